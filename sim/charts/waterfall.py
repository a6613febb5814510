"""Waterfalls upright and on their side: totals from zero, steps between them, hatch where a step is not resolved."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.charts.layout import LEADING, Box, Page
from sim.charts.panel import Panel, PanelWords
from sim.charts.theme import INK, POINT, SLATE, Style
from sim.charts.words import ChartWords, Finding

WIDTH = 0.62
WHISKER = 0.42
MARKERS = ("D", "o")
MARKED = (-0.17, 0.08)  # where marks stand across a bar
HATCH = {"deck": "////", "journal": "////////"}
HATCHING_KEY = "Hatched: the 95\u00a0% interval includes zero, no direction is claimed"


class Bar(NamedTuple):
    """A total or a step, in the reader's unit.

    Args:
        name: What stands beside it.
        start: Where it begins; zero for totals.
        end: Where it ends.
        step: Mean and interval of a step; nothing for totals.
        text: The number in words.
        colour: Fill.
        marks: Further readings of a step, measured from where it begins, each drawn as one of `MARKERS`.
    """

    name: str
    start: float
    end: float
    step: Finding | None
    text: str
    colour: str
    marks: tuple[float, ...] = ()

    @property
    def hatched(self) -> bool:
        """Whether this is a step whose interval includes zero, other than a step that is always zero."""
        return self.step is not None and not self.step.clear and self.step.low != self.step.high

    @property
    def reach(self) -> tuple[float, float]:
        """Lowest and highest point of bar and interval."""
        points = [self.start, self.end]
        if self.step is not None and self.step.low == self.step.low:
            points += [self.start + self.step.low, self.start + self.step.high]
        points += [self.start + mark for mark in self.marks]
        return min(points), max(points)


def _fill(bar: Bar, style: Style) -> dict[str, Any]:
    if bar.hatched:
        return {
            "facecolor": "white",
            "edgecolor": bar.colour,
            "hatch": HATCH[style.name],
            "linewidth": 1.4 * style.hairline,
        }
    return {"facecolor": bar.colour, "edgecolor": bar.colour, "linewidth": 1.4 * style.hairline}


def _with_key(page: Page, bars: Sequence[Bar]) -> Box:
    """Print the key of the hatch where it is needed; returns the body that is left."""
    body, size = page.body, page.style.label
    if not any(bar.hatched for bar in bars):
        return body
    height, width = 0.9 * size * POINT, 2.0 * size * POINT
    page.figure.add_artist(
        Rectangle(
            (body.left / page.width, (body.bottom + 0.02) / page.height),
            width / page.width,
            height / page.height,
            facecolor="white",
            edgecolor=SLATE,
            hatch=HATCH[page.style.name],
            linewidth=page.style.hairline,
        )  # fmt: skip
    )
    page.write(body.left + 1.3 * width, body.bottom + 0.02 + size * POINT, [HATCHING_KEY], size)
    used = page.style.gap(2.0)
    return Box(body.left, body.bottom + used, body.width, body.height - used)


def _limits(bars: Sequence[Bar]) -> tuple[float, float]:
    ends = [end for bar in bars for end in (*bar.reach, 0.0)]
    low, high = min(ends), max(ends)
    return (low, high) if high > low else (low, low + 1.0)


def draw_vertical(
    style: Style, words: ChartWords, bars: Sequence[Bar], axis: str, journal_mm: tuple[float, float]
) -> Page:
    """A waterfall whose bars stand upright, with numbers above and names below."""
    page = Page(style, words, journal_mm)
    body = _with_key(page, bars)
    top = page.write(body.left, body.top, [axis], style.label, colour=SLATE) - 0.1
    names = style.gap(3.0)
    box = Box(body.left, body.bottom + names, body.width, top - body.bottom - names)
    axes = Panel.of_plot(page, box, box).axes
    low, high = _limits(bars)
    space = style.gap(2.6)
    unit = (high - low) / (box.height - space - 0.1)
    axes.set(xlim=(-0.5, len(bars) - 0.5), ylim=(low - 0.1 * unit, high + space * unit))
    axes.set_axis_off()
    axes.axhline(0.0, color=SLATE, linewidth=style.hairline, zorder=1)
    column = box.width / len(bars)
    for place, bar in enumerate(bars):
        _upright(axes, bars, place, style)
        _number(axes, bar, place, space * unit, style)
        _name(page, bar.name, Box(box.left + place * column, box.bottom, column, 0.0))
    return page


def _name(page: Page, name: str, box: Box) -> None:
    """Write a name centred under a column."""
    size = page.style.label
    for number, line in enumerate(page.wrap(name, size, 0.94 * box.width)):
        height = (box.bottom - page.style.gap(0.9 + number)) / page.height
        across = (box.left + 0.5 * box.width) / page.width
        page.figure.text(across, height, line, size=size, color=INK, ha="center", va="baseline")


def _upright(axes: Axes, bars: Sequence[Bar], place: int, style: Style) -> None:
    bar = bars[place]
    axes.add_patch(Rectangle((place - WIDTH / 2, bar.start), WIDTH, bar.end - bar.start, zorder=3, **_fill(bar, style)))
    if place + 1 < len(bars):
        ends = [place + WIDTH / 2, place + 1 - WIDTH / 2]
        axes.plot(ends, [bar.end, bar.end], color=SLATE, linewidth=style.hairline, zorder=2)
    if bar.step is not None and bar.step.low < bar.step.high:
        across = place + WHISKER
        axes.plot([across, across], [bar.start + bar.step.low, bar.start + bar.step.high], color=INK, linewidth=1.6)
        axes.plot([across], [bar.end], marker="o", markersize=5, color=INK, zorder=4)
    for mark, marker, aside in zip(bar.marks, MARKERS, MARKED, strict=False):
        axes.plot([place + aside], [bar.start + mark], **_mark(marker, 6.5, 1.3))


def _mark(marker: str, size: float, width: float) -> dict[str, Any]:
    """How a further reading is drawn: hollow, so that the bar's own end stands out."""
    return {
        "marker": marker, "markersize": size, "markerfacecolor": "white", "markeredgecolor": INK,
        "markeredgewidth": width, "zorder": 6,
    }  # fmt: skip


def _number(axes: Axes, bar: Bar, place: int, space: float, style: Style) -> None:
    """Write the number above a bar and its interval, clear of the zero line."""
    total, top = bar.step is None, bar.reach[1]
    axes.annotate(
        bar.text.replace("\u00a0[", "\n["), (place, 0.0 if top < 0.0 < top + space else top), (0, 4),
        textcoords="offset points", ha="center", va="bottom", size=style.text if total else style.label,
        weight="bold" if total else "normal", color=INK, linespacing=LEADING - 0.1, zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
    )  # fmt: skip


def draw_horizontal(
    style: Style, words: ChartWords, bars: Sequence[Bar], axis: str, journal_mm: tuple[float, float]
) -> Page:
    """A waterfall on its side, with names to the left and numbers to the right."""
    page = Page(style, words, journal_mm)
    body = _with_key(page, bars)
    words_of_axis = PanelWords(across=axis[:1].upper() + axis[1:])
    panel = Panel.of_rows(page, body, [bar.name for bar in bars], [bar.text for bar in bars], words_of_axis)
    panel.horizontal(*_limits(bars), words_of_axis.across)
    panel.axes.axvline(0.0, color=SLATE, linewidth=style.hairline, zorder=1)
    for place in range(len(bars)):
        _sideways(panel.axes, bars, place, style)
    return page


def _sideways(axes: Axes, bars: Sequence[Bar], place: int, style: Style) -> None:
    bar = bars[place]
    axes.add_patch(Rectangle((bar.start, place - WIDTH / 2), bar.end - bar.start, WIDTH, zorder=3, **_fill(bar, style)))
    if place + 1 < len(bars):
        ends = [place + WIDTH / 2, place + 1 - WIDTH / 2]
        axes.plot([bar.end, bar.end], ends, color=SLATE, linewidth=style.hairline, zorder=2)
    if bar.step is not None and bar.step.low < bar.step.high:
        across = [place + WHISKER] * 2
        axes.plot([bar.start + bar.step.low, bar.start + bar.step.high], across, color=INK, linewidth=0.8, zorder=4)
        axes.plot([bar.end], across[:1], marker="o", markersize=2, color=INK, zorder=4)
    for mark, marker, aside in zip(bar.marks, MARKERS, MARKED, strict=False):
        axes.plot([bar.start + mark], [place + aside], **_mark(marker, 2.4, 0.5))
