"""A chart of rows: a dot or bar with its interval, a name before and a number after; forests, indices, tornados."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.charts.chart import Chart
from sim.charts.layout import Box, Page
from sim.charts.panel import Panel, PanelWords
from sim.charts.theme import INK, MIST, POINT, RULE, SLATE, Style, settings
from sim.charts.words import ChartWords, Finding

BAR = 0.5
MOST_ROWS_BY_STYLE = {"deck": 7, "journal": 12}  # by style: names may take three lines


class RowMark(NamedTuple):
    """One row, in the reader's unit.

    Args:
        name: What stands before it.
        value: Mean and interval.
        text: The number after it.
        fill: Colour of the dot, or of the bar.
        hollow: A second reading, drawn as a hollow dot above the first; None for none.
        band: Half-width of the band around zero that means nothing in practice; 0 for none.
        start: Where a bar begins; None for a dot without a bar.
        other: A second bar from the same start with its interval and fill; None for none.
    """

    name: str
    value: Finding
    text: str
    fill: str
    hollow: Finding | None = None
    band: float = 0.0
    start: float | None = None
    other: tuple[Finding, str] | None = None

    @property
    def ends(self) -> list[float]:
        """All that must be inside the scale."""
        readings = [self.value, *([self.hollow] if self.hollow else []), *([self.other[0]] if self.other else [])]
        values = [end for finding in readings for end in (finding.mean, finding.low, finding.high)]
        values += [0.0 if self.start is None else self.start, self.band, -self.band]
        return [value for value in values if value == value]


def draw_row_chart(
    name: str, style: Style, words: ChartWords, rows: Sequence[RowMark], axis: str, about: Mapping[str, Any],
    keys: Sequence[tuple[str, str]] = (), line: tuple[float, str] | None = None,
) -> Chart:  # fmt: skip
    """Rows around a common scale.

    Args:
        name: Name of the chart.
        style: Deck or journal.
        words: Its texts.
        rows: The rows, the uppermost first.
        axis: Name and unit of the scale.
        about: What the numbers come from.
        keys: Colour and meaning of what is drawn, printed under the axis.
        line: A value to mark by a dashed line, and its name.
    """
    with settings(style):
        page = Page(style, words, (183.0, min(165.0, 34.0 + 8.0 * len(rows))))
        body = page.body
        if style.titled:
            body = body._replace(bottom=body.top - min(body.height, style.gap(5.0) + 1.0 * len(rows)))
            body = Box(body.left, body.bottom, body.width, page.body.top - body.bottom)
        key = style.gap(1.6) if keys else 0.0
        above = style.gap(1.2) if line else 0.0
        box = body._replace(height=body.height - above)
        panel = Panel.of_rows(
            page, box, [row.name for row in rows], [row.text for row in rows], PanelWords(across=axis), key
        )
        ends = [end for row in rows for end in row.ends] + ([line[0]] if line else [])
        panel.horizontal(min(ends), max(ends), axis)
        for place, row in enumerate(rows):
            _row(panel.axes, row, place, style)
        if line:
            _line(page, panel, line)
        _keys(page, Box(panel.plot.left, body.bottom, panel.plot.width, key), keys)
    return Chart(name, style, page.figure, words, about)


def _row(axes: Axes, row: RowMark, place: int, style: Style) -> None:
    if row.band:
        axes.add_patch(
            Rectangle((-row.band, place - 0.42), 2.0 * row.band, 0.84, facecolor=RULE, linewidth=0, zorder=0)
        )
    for value, fill in ((row.value, row.fill), *([row.other] if row.other else [])):
        if row.start is not None:
            width = value.mean - row.start
            axes.add_patch(Rectangle((row.start, place - BAR / 2), width, BAR, facecolor=fill, linewidth=0, zorder=2))
        clear = value.clear or row.start is not None
        axes.plot(
            [value.low, value.high], [place, place], color=INK if clear else SLATE, linewidth=0.7 * style.line, zorder=3
        )
        if row.start is None:
            _dot(axes, value.mean, place, fill, style)
    if row.hollow:
        height = place - 0.27
        axes.plot([row.hollow.low, row.hollow.high], [height, height], color=MIST, linewidth=0.6 * style.line, zorder=3)
        _dot(axes, row.hollow.mean, height, "white", style)


def _dot(axes: Axes, value: float, height: float, fill: str, style: Style) -> None:
    axes.plot(
        [value], [height], marker="o", markersize=3.0 * style.line, markerfacecolor=fill, markeredgecolor=INK,
        markeredgewidth=0.4 * style.line, zorder=4, clip_on=False,
    )  # fmt: skip


def _line(page: Page, panel: Panel, line: tuple[float, str]) -> None:
    """A dashed line with its name above the plot."""
    value, name = line
    panel.axes.axvline(value, color=SLATE, linewidth=page.style.hairline, linestyle=(0, (4, 3)), zorder=1)
    low, high = panel.axes.get_xlim()
    width = page.width_of(name, page.style.label)
    at = panel.plot.left + panel.plot.width * (value - low) / (high - low)
    left = min(max(panel.plot.left, at - width / 2.0), panel.box.right - width)
    page.write(left, panel.plot.top + page.style.gap(1.2), [name], page.style.label, colour=SLATE)


def _keys(page: Page, box: Box, keys: Sequence[tuple[str, str]]) -> None:
    """Squares of colour with their meaning, side by side."""
    left, size = box.left, 0.9 * page.style.label * POINT
    for colour, text in keys:
        page.figure.add_artist(
            Rectangle(
                (left / page.width, (box.bottom + 0.02) / page.height), size / page.width, size / page.height,
                facecolor=colour, edgecolor=INK, linewidth=0.5 * page.style.hairline,
            )
        )  # fmt: skip
        page.write(left + 1.5 * size, box.bottom + 0.02 + size, [text], page.style.label)
        left += page.width_of(text, page.style.label) + page.style.gap(1.6)
