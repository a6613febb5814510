"""Rows of paired differences around a common zero: a dot and its 95 % interval, with the numbers beside it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from sim.charts.layout import Box, Page
from sim.charts.numbers import places, signed_interval
from sim.charts.tables import MEASURE_LABELS, Tables, finding, last_year, level_of, scale_of, scale_values
from sim.charts.theme import GAIN, INK, LOSS, MIST, SLATE
from sim.charts.words import Finding, in_sentence, per_cent

MOST_MARKS = 2  # rows under a panel that are drawn; more are written


class ForestRow(NamedTuple):
    """One paired difference.

    Args:
        name: What stands before the mark.
        gap: The difference.
        text: Mean and interval in words.
        factor: From the table's unit to the axis.
        better: ``higher`` or ``lower``: what is better for the firm.
        share: The difference in per cent of the level of the other; empty where there is none.
    """

    name: str
    gap: Finding
    text: str
    factor: float
    better: str
    share: str = ""


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
    shares = [
        per_cent(gap.mean, level_of(tables, measure, year, rival)) for rival, gap in zip(rivals, findings, strict=True)
    ]
    return [
        ForestRow(names[rival], gap, text, factor, better, share)
        for rival, gap, text, share in zip(rivals, findings, texts, shares, strict=True)
    ]


def colour_of(row: ForestRow) -> str:
    """Gain, loss, or white where the interval includes zero."""
    if not row.gap.clear:
        return "white"
    return GAIN if row.gap.verdict == row.better else LOSS


def height_of_rows(page: Page, rows: Sequence[ForestRow], width: float) -> float:
    """Height of rows under a panel of that width. [inch]"""
    if len(rows) > MOST_MARKS:
        return page.style.gap(sum(len(lines) + 0.15 for lines in _sentences(page, rows, width)))
    return page.style.gap(2.1 * len(rows))


def _sentences(page: Page, rows: Sequence[ForestRow], width: float) -> list[list[str]]:
    """Each row as wrapped text."""
    return [page.wrap(f"{_head(row)}: {row.text}", page.style.label, width) for row in rows]


def _head(row: ForestRow) -> str:
    return f"… {in_sentence(row.name)}" + (f" ({row.share})" if row.share else "")


def draw_rows(page: Page, box: Box, rows: Sequence[ForestRow], place: Box) -> None:
    """Rows with name and per cent above the mark and the numbers to its right; more than two rows as text alone.

    Args:
        page: The page.
        box: Where the marks stand.
        rows: Differences of one unit, which share the scale.
        place: Where names and texts stand; its left and width count.
    """
    if len(rows) > MOST_MARKS:
        top = box.top
        for lines in _sentences(page, rows, place.width):
            top = page.write(place.left, top, lines, page.style.label) - page.style.gap(0.15)
        return
    pitch = page.style.gap(2.1)
    for number, row in enumerate(rows):
        page.write(place.left, box.top - number * pitch, [_head(row)], page.style.label, colour=SLATE)
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
