"""One row of `sim bench`: what was measured, beside its bound and where the figure comes from."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple

THIS_RUN, ELSEWHERE, SKIPPED = "this run", "recorded elsewhere", "skipped"


class Bound(NamedTuple):
    """What a figure is held against.

    Args:
        target: The bound, in the unit of the figure.
        at_most: True when the figure must not exceed it, False when it must reach it.
    """

    target: float
    at_most: bool


def at_most(target: float) -> Bound:
    """A bound from above.

    >>> at_most(1.2)
    Bound(target=1.2, at_most=True)
    """
    return Bound(target, True)


def at_least(target: float) -> Bound:
    """A bound from below.

    >>> at_least(5.0)
    Bound(target=5.0, at_most=False)
    """
    return Bound(target, False)


class Result(NamedTuple):
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
        source: `THIS_RUN`, `ELSEWHERE` or `SKIPPED`.
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
    source: str = THIS_RUN

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without target or value, and for what this run did not measure."""
        if self.target is None or self.value is None or self.source != THIS_RUN:
            return None
        return self.value <= self.target if self.at_most else self.value >= self.target

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of the target; None without one of them."""
        return None if self.target is None or self.value is None else self.value / self.target


def measured(name: str, values: Sequence[float], unit: str, bound: Bound | None, note: str) -> Result:
    """What the rounds of this run gave.

    >>> one = measured("start_up", [0.2, 0.1, 0.6], "s", at_most(0.4), "")
    >>> one.value, one.met, one.ratio, one.low, one.high
    (0.2, True, 0.5, 0.1, 0.6)
    """
    target, above = bound or (None, True)
    middle = statistics.median(values)
    return Result(name, middle, unit, target, above, len(values), min(values), max(values), note)


def skipped(name: str, unit: str, bound: Bound | None, why: str) -> Result:
    """A row without a figure, which says why there is none.

    >>> skipped("twin", "ratio", None, "no compiler").source
    'skipped'
    """
    target, above = bound or (None, True)
    return Result(name, None, unit, target, above, 0, None, None, why, SKIPPED)
