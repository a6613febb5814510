"""Two sides in paired worlds: the same people and luck for both, how far they are apart, and in how many worlds."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.experiments.game.sides import GameSide, equally_long, worth_of_side
from sim.experiments.game.worlds import GameWorlds, ProgressCall, WorldResult, plain_list, plain_numbers
from sim.model.state import Floats
from sim.statistics.intervals import students_interval

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
        ``measures``: for npv, profit, customer_equity and customers_kept the mean difference, its 95 % interval, the
        difference in the world that was played, and in how many of the worlds right is ahead; ``band``: the
        difference month by month.
    """
    left, right = equally_long(worlds, left, right)
    tasks = [(side.script, number) for number in range(count) for side in (left, right)]
    results = worlds.results(tasks, progress)
    pairs = list(zip(results[0::2], results[1::2], strict=True))
    first, second = ([_values(worlds, side, pair[place]) for pair in pairs] for place, side in enumerate((left, right)))
    gaps = {name: np.array([b[name] - a[name] for a, b in zip(first, second, strict=True)]) for name in first[0]}
    return {
        "left": dict(left.name),
        "right": dict(right.name),
        "worlds": count,
        "measures": {name: summary_of(values) for name, values in gaps.items()},
        "months": [int(month) for month in pairs[0][0].of_firm(0)["month"]],
        "band": {name: _band(pairs, (left.seat, right.seat), name) for name in CURVES},
    }


def _values(worlds: GameWorlds, side: GameSide, result: WorldResult) -> dict[str, float]:
    table = result.of_firm(side.seat)
    return {
        "npv": worth_of_side(worlds, side, result),
        "profit": float(table["profit"].sum()) - sum(side.spending),
        "customer_equity": float(table["customer_equity"].iloc[-1]),
        "customers_kept": result.kept[side.seat],
    }


def summary_of(gaps: Floats) -> dict[str, Any]:
    """Mean of differences over worlds, its 95 % interval, the first world's, and how many are above zero."""
    low, high = students_interval(gaps)
    return plain_numbers({"mean": gaps.mean(), "low": low, "high": high, "played": gaps[0]}) | {
        "ahead": int((gaps > 0.0).sum()),
        "of": len(gaps),
    }


def _band(pairs: Sequence[tuple[WorldResult, WorldResult]], seats: tuple[int, int], name: str) -> Mapping[str, Any]:
    first, second = (
        np.array([pair[side].of_firm(seat)[name].to_numpy(float) for pair in pairs]) for side, seat in enumerate(seats)
    )
    ends = [students_interval(month) for month in (second - first).T]
    band = {"mean": (second - first).mean(axis=0), "left": first[0], "right": second[0]}
    if len(pairs) > 1:
        band |= {"low": [low for low, _ in ends], "high": [high for _, high in ends]}
    return {name: plain_list(values) for name, values in band.items()}
