"""Two sides in paired worlds: the same people and luck for both, how far they are apart, and in how many worlds."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.experiments.game.score import score_of
from sim.experiments.game.sides import GameSide, equally_long
from sim.experiments.game.worlds import GameWorlds, ProgressCall, WorldResult, plain_list, plain_numbers
from sim.model.state import Floats
from sim.statistics.cells import SPREAD_QUANTILES
from sim.statistics.intervals import students_interval

FEWEST_FOR_RANGE = 10  # worlds below which a range over worlds says nothing
ENDS_OF_RANGE = (("low", "q05"), ("high", "q95"))  # ends of a range, of `SPREAD_QUANTILES`
CURVES = ("profit", "customers", "customer_equity", "satisfaction_mean", "messages_negative")  # month by month


def paired_sides(
    worlds: GameWorlds, left: GameSide, right: GameSide, count: int, progress: ProgressCall | None = None
) -> dict[str, Any]:
    """Right minus left over paired worlds, of which the first is the one that was played.

    Args:
        worlds: The worlds of the game.
        left: One side.
        right: The other.
        count: Number of paired worlds.
        progress: Called with worlds done and worlds in all.

    Returns:
        ``measures``: for every score the mean difference, its 95 % interval, the
        difference in the world that was played, and in how many of the worlds right is ahead; ``band``: the
        difference month by month, from ten worlds on with the range in which nine of ten worlds lie.
    """
    left, right = equally_long(worlds, left, right)
    tasks = [(side.script, number) for number in range(count) for side in (left, right)]
    results = worlds.results(tasks, progress)
    pairs = list(zip(results[0::2], results[1::2], strict=True))
    first = [score_of(worlds, pair[0], left.seat) for pair in pairs]
    second = [score_of(worlds, pair[1], right.seat) for pair in pairs]
    gaps = {name: np.array([b[name] - a[name] for a, b in zip(first, second, strict=True)]) for name in first[0]}
    return {
        "left": dict(left.name),
        "right": dict(right.name),
        "worlds": count,
        "measures": {name: summary_of(values) for name, values in gaps.items()},
        "months": [int(month) for month in pairs[0][0].of_firm(0)["month"]],
        "band": {name: _band(pairs, (left.seat, right.seat), name) for name in CURVES},
    }


def summary_of(gaps: Floats) -> dict[str, Any]:
    """Mean of differences over worlds, its 95 % interval, the first world's, and how many are above zero."""
    low, high = students_interval(gaps)
    return plain_numbers({"mean": gaps.mean(), "low": low, "high": high, "played": gaps[0]}) | {
        "ahead": int((gaps > 0.0).sum()),
        "of": len(gaps),
    }


def _band(pairs: Sequence[tuple[WorldResult, WorldResult]], seats: tuple[int, int], measure: str) -> Mapping[str, Any]:
    first = np.array([pair[0].of_firm(seats[0])[measure].to_numpy(float) for pair in pairs])
    second = np.array([pair[1].of_firm(seats[1])[measure].to_numpy(float) for pair in pairs])
    ends = [students_interval(month) for month in (second - first).T]
    band = {"mean": (second - first).mean(axis=0), "left": first[0], "right": second[0]}
    if len(pairs) > 1:
        band |= {"low": [low for low, _ in ends], "high": [high for _, high in ends]}
    if len(pairs) >= FEWEST_FOR_RANGE:
        band |= {
            f"range_{end}": np.quantile(second - first, SPREAD_QUANTILES[name], axis=0) for end, name in ENDS_OF_RANGE
        }
    return {name: plain_list(values) for name, values in band.items()}
