"""The band around a pair: the same two timelines in many worlds, each with other people and other luck."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiments.live.pair import SIDES, TimelinePair
from sim.experiments.live.timeline import Timeline
from sim.model.measures import BY_NAME
from sim.simulation.market import Market
from sim.simulation.warm_up import warmed_up
from sim.statistics.cells import SPREAD_QUANTILES
from sim.statistics.intervals import students_intervals

Floats = NDArray[np.float64]
BAND_MEASURES = (
    "customers", "attrition_annual", "messages_net", "satisfaction_mean", "nps", "handoffs", "wait_mean", "profit",
    "profit_total", "customer_equity",
)  # fmt: skip
BAND_STEPS = (4, 10, 20, 50)  # worlds after which a band is given
FEWEST_FOR_RANGE = 10  # worlds below which a range over worlds says nothing
RANGE_ENDS = ("q05", "q95")  # ends of the range, of `SPREAD_QUANTILES`
LOWER, HIGHER = -1.0, 1.0
_BETTER = {"messages_net": "higher", "profit_total": "higher"}  # of measures that are not in the table
DIGITS_OF_BAND = 6  # that a number of a band is given with


class PairWorlds:
    """Runs a pair in one world after another, unwatched; the world that is shown is not among them.

    Args:
        pair: What is run.

    Attributes:
        left: Measures of the left side by name, one array a world, each of shape (months,).
        right: The same of the right side.
    """

    def __init__(self, pair: TimelinePair) -> None:
        self.pair = pair
        self.left: list[Mapping[str, Floats]] = []
        self.right: list[Mapping[str, Floats]] = []

    def __len__(self) -> int:
        """Worlds run so far."""
        return len(self.left)

    def add(self) -> int:
        """Run both sides of the next world; how many there are then.

        Raises:
            RunFailed: A number was no number or out of its range.
        """
        pair = self.pair.replicated(self.pair.left.replicate + len(self) + 1)
        left, right = (monthly_of(line, pair.firm) for line in pair.sides)
        self.left.append(left)
        self.right.append(right)
        return len(self)

    def values(self, name: str) -> tuple[Floats, Floats]:
        """A measure on the left and on the right, each of shape (worlds, months). name: one of `BAND_MEASURES`"""
        left, right = (np.array([world[name] for world in side]) for side in (self.left, self.right))
        return left, right

    def band(self) -> dict[str, Any]:
        """The band of the worlds so far, ready for JSON; None stands for what is not known.

        Returns:
            ``worlds``, ``months`` (1, 2, …) and ``measures``; by measure ``better``, ``left`` and ``right`` (each with
            ``mean``, its 95 % interval ``low`` and ``high``, and ``range_low`` and ``range_high``, between which nine
            of ten worlds lie, from ten worlds on), ``difference`` (the same of right less left) and ``ahead`` (part of
            the worlds in which either side is better, by month; where neither is, the two are alike).
        """
        months = list(range(1, self.pair.months + 1))
        return {"worlds": len(self), "months": months, "measures": {name: self._of(name) for name in BAND_MEASURES}}

    def _of(self, name: str) -> dict[str, Any]:
        left, right = self.values(name)
        better = better_of(name)
        gain = (right - left) * (LOWER if better == "lower" else HIGHER)
        ahead = {"left": _plain((gain < 0.0).mean(axis=0)), "right": _plain((gain > 0.0).mean(axis=0))}
        sides = dict(zip(SIDES, map(_curve, (left, right)), strict=True))
        return {"better": better, **sides, "difference": _curve(right - left), "ahead": ahead}


def bands(pair: TimelinePair, steps: Sequence[int] = BAND_STEPS) -> Iterator[dict[str, Any]]:
    """Bands of a pair that grow, as `PairWorlds.band` gives them.

    Args:
        pair: The pair.
        steps: Numbers of worlds after which one is given.
    """
    worlds = PairWorlds(pair)
    for count in range(1, max(steps) + 1):
        worlds.add()
        if count in steps:
            yield worlds.band()


def better_of(name: str) -> str:
    """Whether higher or lower is better. name: of a measure of a band"""
    return _BETTER[name] if name in _BETTER else BY_NAME[name].direction


def monthly_of(timeline: Timeline, firm: str) -> dict[str, Floats]:
    """Measures of a firm in a timeline that nobody watches, by name, each of shape (months,).

    Args:
        timeline: What is run to its end.
        firm: Name of the firm.
    """
    columns = run_unwatched(timeline).measures()
    own = columns["firm"] == firm
    values = {name: np.asarray(columns[name][own], np.float64) for name in BAND_MEASURES if name in columns}
    values["messages_net"] = (columns["messages_positive"] - columns["messages_negative"])[own]
    values["profit_total"] = np.cumsum(values["profit"])
    return values


def run_unwatched(timeline: Timeline) -> Market:
    """A timeline at its end."""
    market = warmed_up(timeline.scenario, timeline.seed, timeline.replicate)
    for change in timeline.changes:
        while market.month < change.month:
            market.advance()
        market = market.fork(dict(change.settings))
    while market.month < timeline.months:
        market.advance()
    return market


def _curve(values: Floats) -> dict[str, list[float | None]]:
    """Mean, interval and range by month. values: shape (worlds, months)"""
    mean, low, high = students_intervals(values)
    few = len(values) < FEWEST_FOR_RANGE
    ends = [SPREAD_QUANTILES[name] for name in RANGE_ENDS]
    spread = np.full((2, values.shape[1]), np.nan) if few else np.quantile(values, ends, axis=0)
    curves = {"mean": mean, "low": low, "high": high, "range_low": spread[0], "range_high": spread[1]}
    return {name: _plain(curve) for name, curve in curves.items()}


def _plain(values: Floats) -> list[float | None]:
    """Numbers for JSON, rounded to a few digits; None for no number."""
    return [float(f"{value:.{DIGITS_OF_BAND}g}") if np.isfinite(value) else None for value in values.tolist()]
