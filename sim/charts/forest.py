"""Rows of paired differences around a common zero: a dot and its 95 % interval, with the numbers beside it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from sim.charts.layout import Box, Page
from sim.charts.numbers import places, signed_interval
from sim.charts.tables import MEASURE_LABELS, Tables, finding, last_year, scale_of, scale_values
from sim.charts.theme import GAIN, INK, LOSS, MIST, SLATE
from sim.charts.words import Finding, in_sentence


class ForestRow(NamedTuple):
    """One paired difference.

    Args:
        name: What stands before the mark.
        gap: The difference.
        text: Mean and interval in words.
        factor: From the table's unit to the axis.
        better: ``higher`` or ``lower``: what is better for the firm.
    """

    name: str
    gap: Finding
    text: str
    factor: float
    better: str


def rows_of(
    tables: Tables, measure: str, policy: str, rivals: Sequence[str], names: Mapping[str, str]
) -> list[ForestRow]:
    """Differences of one measure in its last year, against each rival, with the same number of decimals."""
    year = last_year(tables, measure)
    findings = [finding(tables, measure, year, policy, rival) for rival in rivals]
    values = [value for gap in findings for value in (gap.mean, gap.low, gap.high)]
    factor = scale_of(tables, measure, scale_values(tables, measure)).factor
    decimals = places(value * factor for value in values)
    texts = [signed_interval(gap.mean * factor, gap.low * factor, gap.high * factor, decimals) for gap in findings]
    better = MEASURE_LABELS[measure].direction
    return [
        ForestRow(names[rival], gap, text, factor, better)
        for rival, gap, text in zip(rivals, findings, texts, strict=True)
    ]


def colour_of(row: ForestRow) -> str:
    """Gain, loss, or white where the interval includes zero."""
    if not row.gap.clear:
        return "white"
    return GAIN if row.gap.verdict == row.better else LOSS


def height_of_rows(page: Page, rows: Sequence[ForestRow]) -> float:
    """Height of rows with the name above the mark. [inch]"""
    return page.style.gap(2.1 * len(rows))


def draw_rows(page: Page, box: Box, rows: Sequence[ForestRow], left: float) -> None:
    """Rows with their name above the mark and the numbers to its right.

    Args:
        page: The page.
        box: Where the marks stand.
        rows: Differences of one unit, which share the scale.
        left: Where names begin. [inch]
    """
    pitch = page.style.gap(2.1)
    for number, row in enumerate(rows):
        page.write(left, box.top - number * pitch, [f"… {in_sentence(row.name)}"], page.style.label, colour=SLATE)
    axes = page.axes(Box(box.left, box.top - pitch * len(rows), box.width, pitch * len(rows)))
    bare(axes)
    ends = [end * row.factor for row in rows for end in (row.gap.low, row.gap.high, 0.0) if end == end]
    reach = max(abs(end) for end in ends) or 1.0
    axes.set(xlim=(-1.08 * reach, 1.08 * reach), ylim=(0.0, len(rows)))
    for number, row in enumerate(rows):
        height = len(rows) - number - 0.76
        axes.plot([0.0, 0.0], [height - 0.18, height + 0.18], color=SLATE, linewidth=page.style.hairline, zorder=1)
        mark(page, axes, row, height)
        top = box.top - number * pitch - page.style.gap(1.1)
        page.write(box.right + page.style.gap(0.5), top, [row.text], page.style.label)


def bare(axes: Axes) -> None:
    """Take frame and ticks away."""
    axes.set_axis_off()


def mark(page: Page, axes: Axes, row: ForestRow, height: float, spread: float = 1.0) -> None:
    """A dot with its interval; the axis shows the value divided by ``spread``."""
    low, high, mean = (value * row.factor / spread for value in (row.gap.low, row.gap.high, row.gap.mean))
    line, size = page.style.line, 3.0 * page.style.line
    axes.plot([low, high], [height, height], color=INK if row.gap.clear else MIST, linewidth=0.7 * line, zorder=2)
    axes.plot(
        [mean], [height], marker="o", markersize=size, markerfacecolor=colour_of(row),
        markeredgecolor=INK if row.gap.clear else SLATE, markeredgewidth=0.4 * line, zorder=3,
    )  # fmt: skip
