"""Waterfalls as stacked columns and as levels: where each bar begins and ends."""

from collections.abc import Sequence
from itertools import accumulate

from sim.charts.theme import GAIN, LOSS, SLATE
from sim.reports.document.feed import Feed, FeedSeries, Number, feed_of
from sim.reports.document.model import Exhibit, as_written

STACKED = {"base": "", "total": SLATE, "gain": GAIN, "loss": LOSS, "gain below": GAIN, "loss below": LOSS}


def waterfall_series(exhibit: Exhibit) -> Feed:
    """The stacked columns of a waterfall: hidden base, totals, increases, decreases; levels below zero are kept.

    Args:
        exhibit: A waterfall; its series column says ``total`` or ``step``.
    """
    plain = feed_of(exhibit)
    form = exhibit.form
    assert form is not None
    parts = exhibit.table.values(form.series)
    values = [float(value or 0.0) for value in plain.series[0].values]
    starts, ends = levels_of(values, [str(part) for part in parts])
    columns: dict[str, list[Number]] = {name: [] for name in STACKED}
    for start, end, part in zip(starts, ends, parts, strict=True):
        name = "total" if part == "total" else "gain" if end >= start else "loss"
        base, above, below = stacked(start, end)
        heights = {"base": base, name: above or below, f"{name} below": below if above else 0.0}
        for column, cells in columns.items():
            cells.append(as_written(heights.get(column, 0.0)))
    nothing, rows = (None,) * len(values), plain.series[0].rows
    made = tuple(
        FeedSeries(name, tuple(cells), nothing, nothing, rows, form.looks.get(name.partition(" ")[0], (look, "solid")))
        for (name, cells), look in zip(columns.items(), STACKED.values(), strict=True)
        if any(cells) or name in ("base", "total", "gain", "loss")
    )
    return Feed(plain.kind, plain.unit, plain.categories, made)


def stacked(start: float, end: float) -> tuple[float, float, float]:
    """A bar between two levels as stacked columns have it: hidden base, height above zero, height below zero.

    >>> stacked(2.0, 5.0), stacked(-1.0, -3.0), stacked(-1.0, 2.0)
    ((2.0, 3.0, 0.0), (-1.0, 0.0, -2.0), (0.0, 2.0, -1.0))
    """
    low, high = min(start, end), max(start, end)
    if low >= 0.0:
        return low, high - low, 0.0
    return (high, 0.0, low - high) if high <= 0.0 else (0.0, high, low)


def levels_of(values: Sequence[float], parts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Where each bar of a waterfall begins and ends; totals begin at zero.

    >>> levels_of([10.0, -4.0, 6.0], ["total", "step", "total"])
    ([0.0, 10.0, 0.0], [10.0, 6.0, 6.0])
    """
    starts: list[float] = []
    ends: list[float] = []
    for value, part in zip(values, parts, strict=True):
        start = 0.0 if part == "total" or not ends else ends[-1]
        starts.append(start)
        ends.append(list(accumulate((start, value)))[-1])
    return starts, ends
