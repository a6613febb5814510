"""How a phase diagram is drawn: cells, hatch, lines of zero, base case, and the key beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from sim.charts.chart import Chart
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, even_texts, places, with_sign
from sim.charts.panel import Panel
from sim.charts.theme import INK, POINT, SLATE, Style, settings
from sim.charts.waterfall import HATCH
from sim.charts.words import ChartWords, Finding

PHASE_MM = (183.0, 100.0)
STRENGTHS = (0.0, 0.18, 0.5, 1.0)  # how much of the full colour each class has
KEY_SHARE = 0.31
MOST_TICKS = 8


class PhaseDiagram(NamedTuple):
    """What a phase diagram shows.

    Args:
        cells: Columns x, y, mean, low, high: the difference in each cell, in the reader's unit.
        surface: Columns x, y, mean, low, high of a fitted surface on a full grid; None for none.
        across: Name of the horizontal axis.
        up: Name of the vertical axis.
        key: What colour shows, with its unit.
        sides: Names of the side for which a positive, and a negative difference is good.
        colours: Colour of a positive, and of a negative difference.
        edges: Limits of the classes of colour, rising from above zero.
        base: Base case; None where it is not on the diagram.
        note: Further line of the key.
    """

    cells: pd.DataFrame
    surface: pd.DataFrame | None
    across: str
    up: str
    key: str
    sides: tuple[str, str]
    colours: tuple[str, str]
    edges: tuple[float, ...]
    base: tuple[float, float] | None
    note: str


def phase_chart(name: str, style: Style, words: ChartWords, phase: PhaseDiagram, about: Any) -> Chart:
    """A phase diagram with its key.

    Args:
        name: Name of the chart.
        style: Deck or journal.
        words: Its texts.
        phase: What it shows.
        about: What the numbers come from.
    """
    with settings(style):
        page = Page(style, words, PHASE_MM)
        key = KEY_SHARE * page.body.width
        box = page.body._replace(width=page.body.width - key - style.gap(1.5))
        draw_diagram(page, box, phase)
        _draw_key(page, Box(box.right + style.gap(1.5), box.bottom, key, box.height), phase)
    return Chart(name, style, page.figure, words, about)


def draw_diagram(page: Page, box: Box, phase: PhaseDiagram) -> Panel:
    """Cells, lines of zero and base case in a box."""
    style, levels = page.style, [np.unique(phase.cells[axis]) for axis in ("x", "y")]
    ticks = [_ticks(values) for values in levels]
    names = even_texts(ticks[1])
    above = page.wrap(phase.up, style.label, 0.95 * box.width)
    top = page.write(box.left, box.top, above, style.label, colour=SLATE) - style.gap(0.4)
    left = max(page.width_of(text, style.label) for text in names) + style.gap(0.6)
    lines = page.wrap(phase.across, style.label, box.width - left)
    bottom = box.bottom + style.gap(2.0 + len(lines))
    panel = Panel.of_plot(page, box, Box(box.left + left, bottom, box.width - left, top - bottom))
    edges = [_limits(values) for values in levels]
    panel.axes.set(xlim=edges[0][[0, -1]], ylim=edges[1][[0, -1]])
    panel.axes.set_xticks(ticks[0], even_texts(ticks[0]))
    panel.axes.set_yticks(ticks[1], names)
    _draw_cells(panel.axes, phase, levels, edges, style)
    _draw_zero(panel.axes, phase, style)
    if phase.base:
        panel.axes.plot(*[[at] for at in phase.base], **_diamond(style))
    page.under(panel.axes, phase.across)
    return panel


def _ticks(levels: Any) -> list[float]:
    step = -(-len(levels) // MOST_TICKS)
    return [float(level) for level in levels[::step]]


def _limits(levels: Any) -> Any:
    """Edges of cells: half way between levels, and as far beyond the ends."""
    middles = (levels[1:] + levels[:-1]) / 2.0
    return np.concatenate([[1.5 * levels[0] - 0.5 * levels[1]], middles, [1.5 * levels[-1] - 0.5 * levels[-2]]])


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """A colour mixed with white.

    >>> tint("#000000", 0.0)
    (1.0, 1.0, 1.0)
    """
    red, green, blue = (1.0 - strength * (1.0 - int(colour[k : k + 2], 16) / 255.0) for k in (1, 3, 5))
    return red, green, blue


def _class(value: float, edges: Sequence[float]) -> int:
    return int(np.searchsorted(edges, abs(value), side="right"))


def _draw_cells(axes: Axes, phase: PhaseDiagram, levels: Any, edges: Any, style: Style) -> None:
    for row in phase.cells.to_dict("records"):
        column, line = (int(np.searchsorted(levels[k], row[axis])) for k, axis in enumerate(("x", "y")))
        corner = (edges[0][column], edges[1][line])
        size = edges[0][column + 1] - edges[0][column], edges[1][line + 1] - edges[1][line]
        colour = tint(phase.colours[0 if row["mean"] > 0.0 else 1], STRENGTHS[_class(row["mean"], phase.edges)])
        axes.add_patch(
            Rectangle(corner, *size, facecolor=colour, edgecolor="white", linewidth=style.hairline, zorder=1)
        )
        if not Finding(row["mean"], row["low"], row["high"]).clear:
            axes.add_patch(
                Rectangle(
                    corner, *size, fill=False, edgecolor=SLATE, hatch=HATCH[style.name], linewidth=0.0, zorder=2
                )
            )  # fmt: skip


def _draw_zero(axes: Axes, phase: PhaseDiagram, style: Style) -> None:
    """The line of zero of the fitted surface, and those of the ends of its interval."""
    if phase.surface is None:
        return
    wide = phase.surface.pivot(index="y", columns="x", values="mean")
    for end, dash, width in (("low", "dashed", 0.5), ("high", "dashed", 0.5), ("mean", "solid", 0.9)):
        heights = phase.surface.pivot(index="y", columns="x", values=end).to_numpy()
        if heights.min() < 0.0 < heights.max():
            axes.contour(
                wide.columns.to_numpy(float), wide.index.to_numpy(float), heights, levels=[0.0], colors=[INK],
                linestyles=[dash], linewidths=[width * style.line], zorder=3,
            )  # fmt: skip


def _diamond(style: Style) -> dict[str, Any]:
    return {
        "marker": "D", "markersize": 4.0 * style.line, "markerfacecolor": "white", "markeredgecolor": INK,
        "markeredgewidth": 0.6 * style.line, "linestyle": "none", "zorder": 5,
    }  # fmt: skip


def _draw_key(page: Page, box: Box, phase: PhaseDiagram) -> None:
    """Colour bar, lines, hatch, base case and share of unresolved cells, from top to bottom."""
    style = page.style
    top = page.write(box.left, box.top, page.wrap(phase.key, style.label, box.width), style.label) - style.gap(0.5)
    top = _colour_bar(page, Box(box.left, top - style.gap(1.1), box.width, style.gap(1.1)), phase) - style.gap(1.0)
    entries = [
        ("good", f"{phase.sides[0][:1].upper()}{phase.sides[0][1:]} ahead"),
        ("bad", f"{phase.sides[1][:1].upper()}{phase.sides[1][1:]} ahead"),
    ]
    if phase.surface is not None:
        entries += [("solid", "Line of zero, fitted surface"), ("dashed", f"95{SPACE}% interval of the line of zero")]
    entries.append(("hatch", f"Not resolved: 95{SPACE}% interval of the cell includes zero"))
    entries += [("diamond", "Base case")] if phase.base else []
    for kind, text in entries:
        top = _entry(page, box, top, kind, text, phase) - style.gap(0.7)
    page.write(box.left, top, page.wrap(phase.note, style.label, box.width), style.label, colour=SLATE)


def _colour_bar(page: Page, box: Box, phase: PhaseDiagram) -> float:
    """Classes of colour from the most negative to the most positive, with their limits; returns the lower edge."""
    style = page.style
    classes = [(1, strength) for strength in STRENGTHS[:0:-1]] + [(0, strength) for strength in STRENGTHS]
    limits = [-edge for edge in phase.edges[::-1]] + list(phase.edges)
    width = box.width / len(classes)
    for place, (side, strength) in enumerate(classes):
        _patch(
            page,
            Box(box.left + place * width, box.bottom, width, box.height),
            facecolor=tint(phase.colours[side], strength),
            edgecolor=SLATE,
        )
    digits = places([phase.edges[-1]], 2)
    texts = [with_sign(limit, max(digits, places([limit], 1))) for limit in limits]
    all_fit = max(page.width_of(text, style.label) for text in texts) < 0.95 * width
    for place, text in enumerate(texts, start=1):
        left = box.left + place * width - page.width_of(text, style.label) / 2.0
        if all_fit or place % 2 == 1:
            page.write(left, box.bottom - style.gap(0.2), [text], style.label, colour=SLATE)
    return box.bottom - style.gap(1.4)


def _patch(page: Page, box: Box, **look: Any) -> None:
    corner = (box.left / page.width, box.bottom / page.height)
    page.figure.add_artist(
        Rectangle(corner, box.width / page.width, box.height / page.height, linewidth=page.style.hairline, **look)
    )


def _entry(page: Page, box: Box, top: float, kind: str, text: str, phase: PhaseDiagram) -> float:
    """A sample and its meaning; returns the lower edge."""
    size = page.style.label * POINT
    width, middle = 2.6 * size, top - 0.62 * size
    sample = Box(box.left, top - 1.1 * size, width, size)
    better, worse = phase.colours
    if kind in ("good", "bad"):
        _patch(page, sample, facecolor=tint(better if kind == "good" else worse, STRENGTHS[-1]), edgecolor=SLATE)
    elif kind == "hatch":
        _patch(page, sample, facecolor="white", edgecolor=SLATE, hatch=HATCH[page.style.name])
    else:
        ends = [box.left / page.width, (box.left + width) / page.width]
        look = (
            _diamond(page.style)
            if kind == "diamond"
            else {"color": INK, "linestyle": kind, "linewidth": 0.9 * page.style.line}
        )
        xs = [sum(ends) / 2.0] if kind == "diamond" else ends
        page.figure.add_artist(Line2D(xs, [middle / page.height] * len(xs), **look))
    return page.write(
        box.left + width + 0.6 * size,
        top,
        page.wrap(text, page.style.label, box.width - width - 0.6 * size),
        page.style.label,
    )
