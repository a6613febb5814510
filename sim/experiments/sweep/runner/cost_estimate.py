"""Cost of a sweep, extrapolated from the time and bytes of two runs."""

import os
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.store.folder import layout_of, runs_of
from sim.experiments.sweep.store.one_run import simulate_run
from sim.experiments.sweep.store.parts import MONTHLY, OK, RUNS, Recorded, write_part

STARTING = 2.0  # seconds until workers are there


class Expectation(NamedTuple):
    """What a sweep will cost.

    Args:
        points: Points of the design.
        replications: Replications of each; the most, when a stopping rule is declared.
        runs: Runs.
        workers: Workers.
        seconds_of_run: Time of one run. [s]
        seconds: Time of all with so many workers. [s]
        megabytes: Room on the disk. [MB]
    """

    points: int
    replications: int
    runs: int
    workers: int
    seconds_of_run: float
    seconds: float
    megabytes: float


def estimate_cost(experiment: Experiment, workers: int | None = None) -> Expectation:
    """What an experiment will cost on this machine.

    Raises:
        RunFailed: The first point cannot be lived.
        BadInput: A policy cannot be had.
    """
    run = next(runs_of(experiment, range(1)))
    scenario = experiment.scenario_of(experiment.points[run.point])
    simulate_run(run, scenario)  # the first loads what is compiled
    started = time.perf_counter()
    columns = simulate_run(run, scenario)
    seconds = time.perf_counter() - started
    count = workers or os.cpu_count() or 1
    points, runs = len(experiment.points), len(experiment.points) * experiment.replications
    layout = layout_of(experiment)
    outcomes = {outcome.name: outcome.of(columns, scenario) for outcome in layout.outcomes}
    size = _bytes(experiment, [Recorded(run, OK, outcomes, columns, "", seconds)] * 10) / 10.0
    whole = STARTING + seconds * runs / count
    return Expectation(points, experiment.replications, runs, count, seconds, whole, size * runs / 1e6)


def _bytes(experiment: Experiment, done: list[Recorded]) -> float:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in (RUNS, MONTHLY):
            (folder / name).mkdir()
        write_part(folder, "part", layout_of(experiment), done, "")
        return float(sum(path.stat().st_size for path in folder.rglob("*.parquet")))
