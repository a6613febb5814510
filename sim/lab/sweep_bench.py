"""Speed of sweeps: saved runs per hour beside a bare pool and Mesa's batch runner, overhead of a run, parent memory."""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import mesa
import numpy as np

from sim.lab.design import Experiment
from sim.lab.design.outcomes import Columns
from sim.lab.runner.executors import begin_worker
from sim.lab.runner.progress import Progress
from sim.lab.store.folder import runs_of
from sim.lab.store.living import Run, live_run
from sim.lab.sweep import sweep
from sim.market import Market
from sim.parameters import Scenario

HOUR = 3600.0
POLICIES = ("product_centric", "osfa", "customer_centric")


def measured_design(customers: int, months: int, replications: int) -> Experiment:
    """Three policies in telecom, as often as asked."""
    return Experiment.from_mapping(
        {
            "name": "bench",
            "scenario": "telecom",
            "settings": {"market.customers": customers, "months": months},
            "factors": {"policy": {"policies": list(POLICIES)}},
            "outcomes": {"npv": {"measure": "profit", "aggregation": "present_value"}},
            "replications": replications,
        }
    )


class Sizes(NamedTuple):
    """How much is measured."""

    customers: int
    months: int
    replications: int
    rounds: int
    empty_runs: int


FULL = Sizes(1_000, 120, 40, 3, 50_000)
QUICK = Sizes(50, 2, 1, 0, 30)  # no rounds: pools are not started


class Measured(NamedTuple):
    """One thing measured: values of rounds, unit, bound, whether it is the most allowed, and how it was measured."""

    name: str
    values: list[float]
    unit: str
    target: float | None
    at_most: bool
    note: str


def measure_sweeps(sizes: Sizes) -> Iterator[Measured]:
    """Everything about sweeps; rounds do each work once, so that a busy machine slows all alike."""
    workers = os.cpu_count() or 1
    rounds = [runs_per_hour(*sizes[:3], workers) for _ in range(sizes.rounds)]
    told = f"{sizes.customers} customers, {sizes.months} months, {workers} workers, pools started anew"
    if rounds:
        yield Measured("saved_runs_per_hour", [one["sweep"] for one in rounds], "1/h", None, False, told)
        for rival, target in (("bare_pool", 0.9), ("mesa_batch_run", None)):
            ratios = [one["sweep"] / one[rival] for one in rounds]
            yield Measured(f"saved_over_{rival}", ratios, "ratio", target, False, "the rival saves nothing")
    took, grown = overhead(sizes.empty_runs)
    told = f"{sizes.empty_runs} runs that do nothing, one worker, start-up included"
    yield Measured("overhead_of_a_run", [took], "ms", 1.0, True, told)
    yield Measured("parent_memory_of_a_sweep", [grown], "MB", 300.0, True, told)


def runs_per_hour(customers: int, months: int, replications: int, workers: int) -> dict[str, float]:
    """Runs per hour of a sweep that saves them, of a bare pool that saves nothing, and of Mesa's batch runner.

    Args:
        customers: Customers of a world.
        months: Months of a run.
        replications: Replications of three policies.
        workers: Processes.
    """
    experiment = measured_design(customers, months, replications)
    works: dict[str, Callable[[], None]] = {
        "sweep": lambda: _swept(experiment, workers),
        "bare_pool": lambda: _bare(experiment, workers),
        "mesa_batch_run": lambda: _by_mesa(experiment, workers),
    }
    count = len(POLICIES) * replications
    return {name: count / _seconds(work) * HOUR for name, work in works.items()}


def overhead(runs: int) -> tuple[float, float]:
    """Time that a sweep adds to a run that does nothing, and how much the parent grew.

    Args:
        runs: Number of runs.

    Returns:
        Milliseconds a run with one worker, start-up included; most growth of the parent's memory while running. [MB]
    """
    experiment = measured_design(100, 12, runs // len(POLICIES))
    before, most = resident(), [0.0]

    def look(progress: Progress) -> None:
        most[0] = max(most[0], resident() - before)

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        sweep(experiment, Path(folder) / "out", workers=1, live=nothing_happens, progress=look)
        return (time.perf_counter() - started) / runs * 1e3, most[0]


def nothing_happens(run: Run, scenario: Scenario) -> Columns:
    """A run without a world: twelve months of one firm."""
    return NOTHING


NOTHING: Columns = {
    "month": np.arange(1, 13),
    "firm": np.array(["north"] * 12, dtype=object),
    "policy": np.array(["osfa"] * 12, dtype=object),
    "profit": np.zeros(12),
}


def resident() -> float:
    """Memory of this process that is in use now. [MB]"""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:  # not on this system
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Collected(Market):
    """A market as Mesa's batch runner takes it: policy by name, profits collected."""

    def __init__(self, scenario: Scenario, policy: str, replicate: int, rng: int | None = None) -> None:
        super().__init__(scenario.with_settings({"firms.0.policy": policy}), seed=1, replicate=replicate)
        self.datacollector = mesa.DataCollector({"month": "month"})

    def step(self) -> None:
        """Live one month; the profits are read at the end, as in a sweep."""
        super().step()
        if not self.running:
            self.monthly()


def _swept(experiment: Experiment, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sweep(experiment, Path(folder) / "out", workers=workers)


def _bare(experiment: Experiment, workers: int) -> None:
    context = multiprocessing.get_context("spawn")
    works = [(run, experiment.scenario_of(experiment.points[run.point])) for run in runs_of(experiment)]
    with context.Pool(workers, initializer=begin_worker) as pool:
        for _ in pool.imap_unordered(_lived, works, chunksize=4):
            pass


def _lived(work: tuple[Run, Scenario]) -> int:
    return len(live_run(*work)["month"])


def _by_mesa(experiment: Experiment, workers: int) -> None:
    given = {"scenario": [experiment.scenario], "policy": list(POLICIES), "replicate": range(experiment.replications)}
    steps = experiment.scenario.months + int(experiment.scenario.market["warm_up"])
    mesa.batch_run(Collected, given, number_processes=workers, max_steps=steps, display_progress=False)


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
