"""The hottest steps of the customers' month beside a twin in C++ that does the same work on the same columns."""

import ctypes
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from sim.benchmarks.result import Result, at_most, measured, skipped
from sim.benchmarks.rounds import ratios, time_interleaved
from sim.benchmarks.sizes import Sizes
from sim.benchmarks.twin_layout import header, month_for
from sim.model.counts import no_counts
from sim.model.customer_parameters import parameter_rows
from sim.model.month_context import PopulationMonth
from sim.model.phases import Engine
from sim.model.state import Person, Relations
from sim.numeric.columns import BLOCK, Table
from sim.numeric.compiling import compiled_phase
from sim.parameters import Scenario
from sim.simulation.engines.block_buying import buy_in
from sim.simulation.engines.block_service import be_counted_in
from sim.simulation.engines.block_world import be_reached_in, drift_in, remember_who
from sim.simulation.engines.lanes import Block, lanes_for_a_block
from sim.simulation.market import Market

COMPILERS = ("c++", "g++", "clang++")
SOURCE = Path(__file__).with_name("twin.cpp")
# Strict arithmetic: no contraction of a product and a sum. Errors and traps are of no interest, and change no number.
OPTIONS = (
    "-std=c++17", "-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math", "-shared",
    "-fPIC",
)  # fmt: skip
BOUND = at_most(1.5)
ROUNDS_OF_THE_TWIN = 5  # for each round of other measurements: these are short
MONTHS_BEFORE = 24  # until customers, beliefs and incidents are as in any month
PhaseStep = Callable[[PopulationMonth], None]


@compiled_phase
def _everybody_drifts(person: Person, relations: Relations, month: PopulationMonth, lanes: Table) -> None:
    for first in range(0, len(person), BLOCK):
        block = Block(first, min(len(person), first + BLOCK), person, relations, lanes, month)
        remember_who(block)
        drift_in(block)


@compiled_phase
def _everybody_is_reached(person: Person, relations: Relations, month: PopulationMonth, lanes: Table) -> None:
    for first in range(0, len(person), BLOCK):
        block = Block(first, min(len(person), first + BLOCK), person, relations, lanes, month)
        remember_who(block)
        be_reached_in(block)


@compiled_phase
def _everybody_buys(person: Person, relations: Relations, month: PopulationMonth, lanes: Table) -> None:
    for first in range(0, len(person), BLOCK):
        block = Block(first, min(len(person), first + BLOCK), person, relations, lanes, month)
        remember_who(block)
        buy_in(block)


@compiled_phase
def _everybody_is_counted(person: Person, relations: Relations, month: PopulationMonth, lanes: Table) -> None:
    for first in range(0, len(person), BLOCK):
        block = Block(first, min(len(person), first + BLOCK), person, relations, lanes, month)
        remember_who(block)
        be_counted_in(block)


STEPS: Mapping[str, Callable[..., None]] = {
    "buy": _everybody_buys,
    "be_counted": _everybody_is_counted,
    "be_reached": _everybody_is_reached,
    "drift": _everybody_drifts,
}  # by the name of the function of the twin, the hottest first


def compiler() -> str | None:
    """Path of a C++ compiler: that of the environment variable CXX, or the first of the usual names; None without."""
    names = (os.environ["CXX"],) if os.environ.get("CXX") else COMPILERS
    return next(filter(None, map(shutil.which, names)), None)


def twin_in_cpp(compiler: str) -> Mapping[str, PhaseStep]:
    """The steps in C++, compiled now.

    Raises:
        subprocess.CalledProcessError: The compiler does not take the source.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "layout.h").write_text(header())
        library = Path(folder, "twin.so")
        command = [compiler, *OPTIONS, "-I", folder, "-o", str(library), str(SOURCE)]
        subprocess.run(command, check=True, capture_output=True, text=True)
        loaded = ctypes.CDLL(str(library))  # stays loaded when its file is gone
    return {name: _step_of(loaded[name]) for name in STEPS}


def _step_of(function: Any) -> PhaseStep:
    return lambda month: function(ctypes.byref(month_for(month)))


def steps_of_the_engine() -> Mapping[str, PhaseStep]:
    """The same steps as the compiled engine's blocks do them."""
    lanes = lanes_for_a_block()

    def step_of(loop: Callable[..., None]) -> PhaseStep:
        return lambda month: loop(month.person, month.relations, month._replace(person=None, relations=None), lanes)

    return {name: step_of(loop) for name, loop in STEPS.items()}


class Keeper:
    """An engine that keeps a copy of the month as the service phase of the last month met it.

    Args:
        engine: The engine that does the work.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.month: PopulationMonth | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def service_phase(self, month: PopulationMonth) -> None:
        """Keep the month, then let the engine go on."""
        self.month = copied(month)
        self.engine.service_phase(month)


def copied(month: PopulationMonth) -> PopulationMonth:
    """A month with rows of its own, in which nothing has been counted; parameters are one row."""
    rows = month.parameters if isinstance(month.parameters, np.ndarray) else parameter_rows(month.parameters)
    counts = no_counts(month.relations.firms)
    return month._replace(
        person=month.person.copy(), relations=month.relations.copy(), parameters=rows, counts=counts
    )  # fmt: skip


def usual_month(customers: int, settings: Mapping[str, Any] = MappingProxyType({})) -> PopulationMonth:
    """A month of `telecom` after two years, without own books, which the twin does not know. settings: to change"""
    sizes = {
        "market.customers": customers, "months": MONTHS_BEFORE, "market.warm_up": 0, "mechanisms.own_books": False,
    }  # fmt: skip
    market = Market(Scenario.load("telecom").with_settings(sizes | dict(settings)))
    keeper = Keeper(market.engine)
    market.engine = keeper
    for _ in range(MONTHS_BEFORE):
        market.advance()
    assert keeper.month is not None
    return keeper.month


def measure_twin(sizes: Sizes) -> Iterator[Result]:
    """CPU time of each step in blocks over that of its twin, and of all of them together."""
    found = compiler()
    if found is None:
        yield skipped("blocks_over_cpp", "ratio", BOUND, f"no C++ compiler: none of {', '.join(COMPILERS)}, and no CXX")
        return
    month = usual_month(sizes.base)
    ours, theirs = steps_of_the_engine(), twin_in_cpp(found)
    works = {(side, name): _timed(step, month)
             for side, steps in (("blocks", ours), ("cpp", theirs)) for name, step in steps.items()}  # fmt: skip
    time_interleaved(works, 1)  # compiles
    times = time_interleaved(works, ROUNDS_OF_THE_TWIN * sizes.rounds)
    for side in ("blocks", "cpp"):
        times[side, "all"] = [sum(one) for one in zip(*(times[side, name] for name in ours), strict=True)]
    what = f"{sizes.base} customers of telecom, {Path(found).name} {' '.join(OPTIONS[1:3])}, the same bits"
    for name in ("all", *ours):
        blocks, cpp = (statistics.median(times[side, name]) / sizes.base * 1e9 for side in ("blocks", "cpp"))
        yield measured(
            f"blocks_over_cpp_{name}", ratios(times, ("blocks", name), ("cpp", name)), "ratio", BOUND,
            f"{blocks:.1f} and {cpp:.1f} ns per customer and month; {what}",
        )  # fmt: skip


def _timed(step: PhaseStep, month: PopulationMonth) -> Callable[[], float]:
    """CPU time of one step on fresh columns. [s]"""

    def seconds() -> float:
        fresh = copied(month)
        started = time.thread_time()
        step(fresh)
        return time.thread_time() - started

    return seconds
