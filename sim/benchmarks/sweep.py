"""Speed of sweeps: saved runs per hour beside a bare pool and Mesa's batch runner, overhead of a run, parent memory."""

import math
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import mesa
import numpy as np
import pandas as pd

from sim.benchmarks.result import Result, at_least, at_most, measured
from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.design.outcomes import MeasureColumns
from sim.experiments.sweep.run import sweep
from sim.experiments.sweep.runner.executors import begin_worker
from sim.experiments.sweep.store.folder import runs_of
from sim.experiments.sweep.store.one_run import Run, simulate_run
from sim.parameters import Scenario
from sim.simulation.market import Market

HOUR = 3600.0
POLICIES = ("product_centric", "osfa", "customer_centric")


def benchmark_design(customers: int, months: int, replications: int) -> Experiment:
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


class Setting(NamedTuple):
    """One way of sweeping: customers, months and replications of three policies, workers."""

    customers: int
    months: int
    replications: int
    workers: int

    @property
    def label(self) -> str:
        """Customers, months and workers."""
        return f"{self.customers}x{self.months}_{self.workers}w"


class SweepSizes(NamedTuple):
    """How much is measured."""

    settings: tuple[Setting, ...]
    rounds: int
    empty_runs: int


WORKERS = os.cpu_count() or 1
FULL_SWEEP_SIZES = SweepSizes(
    (Setting(1_000, 120, 26, WORKERS), Setting(1_000, 120, 26, 1), Setting(200, 24, 150, WORKERS)), 3, 50_000
)
FEW_REPLICATIONS = 2  # replications of a sweep whose cost is taken off, so that starting processes does not count
QUICK_SWEEP_SIZES = SweepSizes((), 0, 30)  # pools are not started
IDLE = 0.5  # load of the machine up to which times by the clock on the wall mean something


class Cost(NamedTuple):
    """What some runs cost: by the clock on the wall and of processors, children included. [s]"""

    wall: float
    processors: float


def measure_sweeps(sizes: SweepSizes) -> Iterator[Result]:
    """Everything about sweeps; rounds do each work once, so that a busy machine slows all alike."""
    busy = load()
    found = {setting: [costs(setting) for _ in range(sizes.rounds)] for setting in sizes.settings}
    for setting, rounds in found.items():
        yield from _rates(setting, rounds)
    yield from _speed_up(found, busy)
    took, most = overhead_apart(sizes.empty_runs)
    told = f"{sizes.empty_runs} runs that do nothing, one worker, start-up included; CPU time"
    yield measured("overhead_of_a_run", [took], "ms", at_most(1.0), told)
    yield measured("parent_memory_of_a_sweep", [most], "MB", at_most(300.0), "peak of the whole parent process")


def _rates(setting: Setting, rounds: list[dict[str, Cost]]) -> Iterator[Result]:
    """Runs per hour side by side, then ratios of CPU time: a sweep saves and resumes, its rivals save nothing."""
    count = len(POLICIES) * (setting.replications - FEW_REPLICATIONS)
    for name in rounds[0]:
        rates = [count / one[name].wall * HOUR for one in rounds]
        yield measured(f"{name}_per_hour_{setting.label}", rates, "runs/h", None,
                       "wall time of further runs, start-up left out")  # fmt: skip
    for rival, target in (("bare_pool", 0.95), ("mesa_batch_run", 1.0)):
        ratios = [one[rival].processors / one["saved_runs"].processors for one in rounds]
        name = f"saved_over_{rival}_{setting.label}"
        yield measured(name, ratios, "ratio", at_least(target), "runs per CPU second")


def _speed_up(found: Mapping[Setting, list[dict[str, Cost]]], busy: float) -> Iterator[Result]:
    """All workers against one, by the clock on the wall; judged on an idle machine only."""
    for many in found:
        alone = many._replace(workers=1)
        if many.workers == 2 and alone in found:
            pairs = zip(found[alone], found[many], strict=True)
            ratios = [one["saved_runs"].wall / two["saved_runs"].wall for one, two in pairs]
            told = f"wall time; load of the machine before: {busy:.1f}, judged below {IDLE}"
            name, bound = f"two_workers_over_one_{many.label}", at_least(1.8) if busy < IDLE else None
            yield measured(name, ratios, "ratio", bound, told)


def load() -> float:
    """Processes that want a processor, over the last minute; infinite where the system does not tell."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else math.inf


def costs(setting: Setting) -> dict[str, Cost]:
    """Cost of a sweep that saves its runs, of a bare pool that saves nothing, and of Mesa's batch runner.

    Each is done with few and with many replications; the difference is what further runs cost.
    """
    few, many = (
        benchmark_design(setting.customers, setting.months, count) for count in (FEW_REPLICATIONS, setting.replications)
    )
    rivals = {"saved_runs": _swept, "bare_pool": _bare, "mesa_batch_run": _by_mesa}
    return {name: _further(live, few, many, setting.workers) for name, live in rivals.items()}


def _further(live: Callable[[Experiment, int], None], few: Experiment, many: Experiment, workers: int) -> Cost:
    less, more = _cost(lambda: live(few, workers)), _cost(lambda: live(many, workers))
    return Cost(more.wall - less.wall, more.processors - less.processors)


def overhead_apart(runs: int) -> tuple[float, float]:
    """What `overhead` gives in a process of its own."""
    code = f"from sim.benchmarks.sweep import overhead; print(*overhead({runs}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    took, most = map(float, done.stdout.split())
    return took, most


def overhead(runs: int) -> tuple[float, float]:
    """What a sweep costs beside its worlds.

    Args:
        runs: Number of runs that do nothing.

    Returns:
        CPU time a run with one worker, start-up included [ms]; peak of this process's memory [MB].
    """
    experiment = benchmark_design(100, 12, runs // len(POLICIES))
    with tempfile.TemporaryDirectory() as folder:
        cost = _cost(lambda: _nothing_swept(experiment, Path(folder) / "out"))
    return cost.processors / runs * 1e3, peak()


def _nothing_swept(experiment: Experiment, folder: Path) -> None:
    sweep(experiment, folder, workers=1, live=nothing_happens)


def nothing_happens(run: Run, scenario: Scenario) -> MeasureColumns:
    """A run without a world: twelve months of one firm."""
    return NO_RUNS


NO_RUNS: MeasureColumns = {
    "month": np.arange(1, 13),
    "firm": np.array(["north"] * 12, dtype=object),
    "policy": np.array(["osfa"] * 12, dtype=object),
    "profit": np.zeros(12),
}


def peak() -> float:
    """Most memory that this process ever had since its program began. [MB]"""
    status = Path("/proc/self/status")
    if status.is_file():  # the usage that getrusage tells of a child begins with what its parent had
        found = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return float(found.split()[1]) * 1024.0 / 1e6
    try:
        import resource
    except ImportError:  # not on this system
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1.0 if sys.platform == "darwin" else 1024.0) / 1e6


class Collected(Market):
    """A market as Mesa's batch runner takes it: policy by name; it hands back what a sweep stores, monthly profits."""

    def __init__(self, scenario: Scenario, policy: str, replicate: int, rng: int | None = None) -> None:
        super().__init__(scenario.with_settings({"firms.0.policy": policy}), seed=1, replicate=replicate)
        self.datacollector = mesa.DataCollector({"profits": _profits_at_the_end})


def _profits_at_the_end(market: Market) -> pd.DataFrame | None:
    return None if market.running else market.monthly()[["month", "firm", "policy", "profit"]]


def _swept(experiment: Experiment, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sweep(experiment, Path(folder) / "out", workers=workers)


def _bare(experiment: Experiment, workers: int) -> None:
    context = multiprocessing.get_context("spawn")
    works = [(run, experiment.scenario_of(experiment.points[run.point])) for run in runs_of(experiment)]
    with context.Pool(workers, initializer=begin_worker) as pool:
        for _ in pool.imap_unordered(_simulate, works, chunksize=4):
            pass


def _simulate(work: tuple[Run, Scenario]) -> int:
    return len(simulate_run(*work)["month"])


def _by_mesa(experiment: Experiment, workers: int) -> None:
    given = {"scenario": [experiment.scenario], "policy": list(POLICIES), "replicate": range(experiment.replications)}
    steps = experiment.scenario.months + int(experiment.scenario.market["warm_up"])
    mesa.batch_run(Collected, given, number_processes=workers, max_steps=steps, display_progress=False)


def _cost(work: Callable[[], None]) -> Cost:
    wall, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return Cost(time.perf_counter() - wall, sum(after[:4]) - sum(before[:4]))
