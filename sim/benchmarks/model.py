"""Speed and memory: CPU time of interleaved rounds in one process, compared as ratios, each with its target."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from sim.benchmarks import against
from sim.benchmarks.plain_mesa import PlainMarket
from sim.benchmarks.processes import RUN, STARTS, in_process
from sim.benchmarks.timed_engine import share_outside
from sim.parameters import Scenario
from sim.simulation.market import Market

FIRST_TIMED_ROUND = 3  # months lived before a world is timed
Done = TypeVar("Done")


class Measurement(NamedTuple):
    """One thing measured.

    Args:
        name: What.
        value: Median over rounds, or None when left out.
        unit: Unit.
        target: Bound on the value, or None when there is none.
        at_most: True when the value must not exceed the target, False when it must reach it.
        rounds: Number of rounds.
        low: Smallest round.
        high: Largest round.
        note: How it was measured.
    """

    name: str
    value: float | None
    unit: str
    target: float | None
    at_most: bool
    rounds: int
    low: float | None
    high: float | None
    note: str

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without target or value."""
        if self.target is None or self.value is None:
            return None
        return self.value <= self.target if self.at_most else self.value >= self.target


class ModelSizes(NamedTuple):
    """How much is measured; quick sizes show that everything runs, and judge nothing."""

    small: int
    middle: int
    base: int
    large: int
    threaded: int
    run_customers: int
    run_months: int
    rounds: int


FULL_MODEL_SIZES = ModelSizes(2_000, 20_000, 10_000, 1_000_000, 100_000, 1_000, 120, 5)
QUICK_MODEL_SIZES = ModelSizes(50, 100, 200, 1_000, 1_000, 50, 2, 1)


@dataclass(frozen=True)
class Bench:
    """All measurements at given sizes.

    Args:
        sizes: `FULL_MODEL_SIZES` or `QUICK_MODEL_SIZES`.
        other: A checkout of version 0.1.0 to time in turns with this one.
    """

    sizes: ModelSizes
    other: Path | None = None

    def measure(self) -> Iterator[Measurement]:
        """Every measurement in turn; quick ones carry no target."""
        _world(self.sizes.small, months=1).run()  # compiles, if need be
        for part in (
            self.versions,
            self.engines,
            self.scaling,
            self.threads,
            self.columns,
            self.outside,
            self.processes,
            self.sweeps,
        ):
            for result in part():
                yield result if self.sizes is FULL_MODEL_SIZES else result._replace(target=None)

    def versions(self) -> Iterator[Measurement]:
        """The customers' phases beside those of version 0.1.0, where a checkout of it is given."""
        if self.other is not None:
            for one in against.measure_versions(self.other, self.sizes.run_customers, self.sizes.rounds):
                yield _result(*one)

    def engines(self) -> Iterator[Measurement]:
        """Compiled against agents, and against a plain Mesa loop."""
        for size in (self.sizes.small, self.sizes.middle):
            times = time_interleaved(
                {
                    "compiled": _months(_world(size).step, max(1, 40_000 // size)),
                    "agents": _months(_world(size, engine="agents").step, 1),
                    "mesa": _months(PlainMarket(size, 1).step, 2),
                },
                self.sizes.rounds,
            )
            yield _result(f"agents_over_compiled_{size}", _ratios(times, "agents", "compiled"), "ratio", 30.0, False,
                          "Mesa agents living the same rules, bit for bit")  # fmt: skip
            yield _result(f"plain_mesa_over_compiled_{size}", _ratios(times, "mesa", "compiled"), "ratio", None, False,
                          "a plain Mesa loop with a dozen draws, not the same model")  # fmt: skip

    def scaling(self) -> Iterator[Measurement]:
        """Cost of a customer-month in a large and a small world."""
        base, large = self.sizes.base, self.sizes.large
        times = time_interleaved(
            {"base": _months(_world(base).step, 20), "large": _months(_world(large).step, 1)}, self.sizes.rounds
        )
        for size, which in ((base, "base"), (large, "large")):
            values = [seconds / size * 1e9 for seconds in times[which]]
            yield _result(f"cost_{size}", values, "ns/customer-month", None, True, "telecom, 3 firms, one thread")
        values = [ratio * base / large for ratio in _ratios(times, "large", "base")]
        yield _result(f"cost_{large}_over_{base}", values, "ratio", 1.2, True, "per customer-month")

    def threads(self) -> Iterator[Measurement]:
        """Two threads against one, by the clock on the wall: only an idle machine shows the speed-up."""
        one, two = _world(self.sizes.threaded), _world(self.sizes.threaded, threads=2)
        works = {"one": _months(one.step, 2, time.perf_counter), "two": _months(two.step, 2, time.perf_counter)}
        times = time_interleaved(works, self.sizes.rounds)
        yield _result("two_threads_speed_up", _ratios(times, "one", "two"), "ratio", None, False,
                      f"wall time, {self.sizes.threaded} customers; depends on what else runs")  # fmt: skip
        same = one.world.people.person.tobytes() == two.world.people.person.tobytes()
        yield _result("two_threads_same_bits", [float(same)], "0 or 1", 1.0, False, "every column of every customer")

    def columns(self) -> Iterator[Measurement]:
        """Bytes of the columns, network included."""
        world = _world(self.sizes.base).world
        arrays = (world.people.person, world.people.relations, *world.network)
        size = sum(array.nbytes for array in arrays) / self.sizes.base
        yield _result("bytes_per_customer", [size], "bytes", 320.0, True, "3 firms, network of mean degree 10")

    def outside(self) -> Iterator[Measurement]:
        """Share of a run that is not the customers' months: birth, firms, books, measures, checks, table."""
        customers, months = self.sizes.run_customers, self.sizes.run_months
        shares = [share_outside(customers, months) for _ in range(self.sizes.rounds + 1)]
        yield _result("share_outside_compiled_loop", shares[1:], "share", 0.25, True,
                      f"{customers} customers, {months} months, birth and table included")  # fmt: skip

    def processes(self) -> Iterator[Measurement]:
        """Fresh processes: start-up, first run after install, and the peak of a large run."""
        tiny = ("--customers", "100", "--years", "1")
        starts = [in_process(*RUN, *tiny) for _ in range(self.sizes.rounds)]
        yield _result("start_up", [start.seconds for start in starts], "s", 3.0, True, "a whole small run; CPU time")
        for words, name, bound in STARTS:
            spent = [in_process(*words).seconds for _ in range(self.sizes.rounds)]
            yield _result(name, spent, "s", bound, True, f"sim {' '.join(words)}; CPU time")
        size = str(self.sizes.large)
        large = in_process(*RUN, "--customers", size, "--years", "1", "--set", "market.warm_up=1")
        yield _result(f"peak_memory_{size}", [large.peak / 1e6], "MB", 2000.0, True, "resident, of a whole process")
        if self.sizes is not FULL_MODEL_SIZES:
            yield Measurement("first_run", None, "s", None, True, 0, None, None, "left out by --quick")
            yield Measurement(
                "first_run_says_so_once", None, "0 or 1", None, False, 0, None, None, "left out by --quick"
            )
            return
        with tempfile.TemporaryDirectory() as folder:
            first, second = (in_process(*RUN, *tiny, cache=folder) for _ in range(2))
        yield _result("first_run", [first.seconds], "s", None, True, "compiles everything; CPU time")
        once = first.messages.count("compiling") == 1 and "compiling" not in second.messages
        yield _result("first_run_says_so_once", [float(once)], "0 or 1", 1.0, False, "the second run is silent")

    def sweeps(self) -> Iterator[Measurement]:
        """Saved runs per hour beside rivals that save nothing, and what a run costs beyond its world."""
        from sim.benchmarks import sweep as sweep_bench

        for one in sweep_bench.measure_sweeps(
            sweep_bench.FULL_SWEEP_SIZES if self.sizes is FULL_MODEL_SIZES else sweep_bench.QUICK_SWEEP_SIZES
        ):
            yield _result(*one)


def time_interleaved(works: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each work in each round; a round does every work once, so that a busy machine slows all alike."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(work())
    return times


def _world(customers: int, months: int = 1200, engine: str = "compiled", threads: int = 1) -> Market:
    settings = {"market.customers": customers, "months": months, "market.warm_up": 0}
    market = Market(Scenario.load("telecom").with_settings(settings), engine=engine, threads=threads)
    for _ in range(FIRST_TIMED_ROUND if engine == "compiled" else 0):
        market.advance()
    return market


def _months(step: Callable[[], None], count: int, clock: Callable[[], float] = time.thread_time) -> Callable[[], float]:
    def seconds() -> float:
        started = clock()
        for _ in range(count):
            step()
        return (clock() - started) / count

    return seconds


def _ratios(times: Mapping[str, Sequence[float]], one: str, other: str) -> list[float]:
    return [a / b for a, b in zip(times[one], times[other], strict=True)]


def _result(
    name: str, values: Sequence[float], unit: str, target: float | None, at_most: bool, note: str
) -> Measurement:
    middle = statistics.median(values)
    return Measurement(name, middle, unit, target, at_most, len(values), min(values), max(values), note)
