"""Works that take turns in rounds, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from sim.parameters import Scenario
from sim.simulation.market import Market

Name = TypeVar("Name", bound=Hashable)
FIRST_TIMED_ROUND = 3  # months that a world has run before it is timed


def time_interleaved(works: Mapping[Name, Callable[[], float]], rounds: int) -> dict[Name, list[float]]:
    """Seconds of each work in each round; a round does every work once."""
    times: dict[Name, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(work())
    return times


def world_of(customers: int, months: int = 1200, engine: str = "compiled", threads: int = 1) -> Market:
    """A market of `telecom` whose first months are over."""
    settings = {"market.customers": customers, "months": months, "market.warm_up": 0}
    market = Market(Scenario.load("telecom").with_settings(settings), engine=engine, threads=threads)
    for _ in range(FIRST_TIMED_ROUND if engine == "compiled" else 0):
        market.advance()
    return market


def timed(work: Callable[[], None], count: int, clock: Callable[[], float] = time.thread_time) -> Callable[[], float]:
    """A work that does another so many times and returns the seconds of one of them."""

    def seconds() -> float:
        started = clock()
        for _ in range(count):
            work()
        return (clock() - started) / count

    return seconds


def ratios(times: Mapping[Name, Sequence[float]], one: Name, other: Name) -> list[float]:
    """Time of one work over that of another, round by round.

    >>> ratios({"a": [2.0, 6.0], "b": [1.0, 2.0]}, "a", "b")
    [2.0, 3.0]
    """
    return [a / b for a, b in zip(times[one], times[other], strict=True)]
