"""What patterns say of each number: an estimate with its interval, or that they do not identify it."""

from typing import Any, NamedTuple

import numpy as np

from sim.calibration.behaviour.checks import CheckedFit
from sim.calibration.behaviour.posterior import interval, width_ratio
from sim.model.state import Floats

IDENTIFIED, NOT_IDENTIFIED, OUT_OF_REACH = "identified", "not identified", "out of reach"
WIDEST_POSTERIOR = 0.8  # width of a posterior against the prior from which on patterns have not narrowed it
LEAST_EXPLAINED = 0.2  # out-of-fold R² below which patterns do not say where a number is


class NumberFit(NamedTuple):
    """What is known of one number.

    Args:
        name: Its key path without ``market.``.
        prior: Range over which it was drawn.
        explained: Out-of-fold R².
        width: Width of the 90 % interval against that of the prior; without observed patterns the median of runs that
            were held out.
        coverage: Share of runs held out whose number lies in its 90 % interval.
        uniform: Chance of ranks at least as uneven as those of the runs held out.
        verdict: `IDENTIFIED`, `NOT_IDENTIFIED`, or `OUT_OF_REACH` where the model cannot make the patterns.
        estimate: Median of the posterior; None unless it is identified from observed patterns.
        low: Lower end of the 90 % interval; None without observed patterns, or where they are out of reach.
        high: Upper end.
    """

    name: str
    prior: tuple[float, float]
    explained: float
    width: float
    coverage: float
    uniform: float
    verdict: str
    estimate: float | None
    low: float | None
    high: float | None

    def as_mapping(self) -> dict[str, Any]:
        """As one row of a table."""
        return self._asdict() | {"prior": list(self.prior)}


def verdict_of(explained: float, width: float) -> str:
    """Whether a number is identified: R² of at least .2, and an interval below .8 of the prior's.

    >>> verdict_of(0.9, 0.3), verdict_of(0.9, 0.85), verdict_of(0.1, 0.3)
    ('identified', 'not identified', 'not identified')
    """
    return IDENTIFIED if explained >= LEAST_EXPLAINED and width <= WIDEST_POSTERIOR else NOT_IDENTIFIED


def number_fits(checked: CheckedFit, draws: Floats | None, outside: bool) -> list[NumberFit]:
    """What is known of each number.

    Args:
        checked: The regression and its checks.
        draws: Posterior of observed patterns, shape (draws, numbers); None where there are none.
        outside: Whether the model cannot make them.
    """
    names = checked.fit.bank.numbers
    return [_number_fit(checked, place, draws, outside) for place in range(len(names))]


def _number_fit(checked: CheckedFit, place: int, draws: Floats | None, outside: bool) -> NumberFit:
    bank, held_out = checked.fit.bank, checked.held_out
    explained = float(checked.signal.explained[place])
    width = float((held_out.widths if draws is None else width_ratio(bank, draws))[place])
    verdict = NOT_IDENTIFIED if checked.signal.none else verdict_of(explained, width)
    estimate, low, high = None, None, None
    if outside:
        verdict = OUT_OF_REACH
    elif draws is not None:
        low, high = map(float, interval(draws)[:, place])
        estimate = float(np.median(draws[:, place])) if verdict == IDENTIFIED else None
    return NumberFit(
        bank.numbers[place], (float(bank.low[place]), float(bank.high[place])), explained, width,
        float(held_out.coverage[place]), float(held_out.uniform[place]), verdict, estimate, low, high,
    )  # fmt: skip
