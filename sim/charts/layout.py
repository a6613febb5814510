"""Page layout: title, subtitle, note, wrapped text, panels and axes; lengths in inches."""

import re
import string
from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.charts.numbers import plain
from sim.charts.theme import INK, POINT, RULE, SLATE, Style
from sim.charts.words import ChartWords

SMALLEST_TITLE = 20.0
TITLE_LINES = 2
LEADING = 1.25
_BREAKS = re.compile(r"(?<=[-_/.:\u00a0])")


class Box(NamedTuple):
    """A rectangle on the page. [inch]"""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge. [inch]"""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Upper edge. [inch]"""
        return self.bottom + self.height


class PanelBox(NamedTuple):
    """A panel and the plot in it.

    Args:
        panel: All that belongs to the panel: plot, ticks, names and labels.
        plot: The plot alone.
    """

    panel: Box
    plot: Box


class PageFigure(Figure):
    """A figure that knows its panels."""

    panels: list[PanelBox]


class Page:
    """A figure with its words placed, and the body that is left for the chart.

    Args:
        style: Deck or journal.
        words: Title, subtitle, remarks and provenance.
        journal_mm: Width and height in journal style. [mm]
    """

    def __init__(self, style: Style, words: ChartWords, journal_mm: tuple[float, float]) -> None:
        self.style = style
        self.width, self.height = style.size(journal_mm)
        self.figure = PageFigure(figsize=(self.width, self.height), dpi=style.dpi)
        self.figure.panels = []
        self._renderer: Any = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]
        margin = style.margin
        bottom = self._notes(words)
        top = self._heads(words) if style.titled else self.height - margin
        self.body = Box(margin, bottom, self.width - 2 * margin, top - bottom)

    def width_of(self, text: str, size: float, weight: str = "normal") -> float:
        """Width of a text, its longest line. [inch]"""
        font = FontProperties(size=size, weight=weight)
        lines = text.split("\n")
        return (
            max(self._renderer.get_text_width_height_descent(line, font, False)[0] for line in lines) / self.style.dpi
        )

    def head(self, box: Box, place: int, name: str, unit: str) -> float:
        """Head a panel with its name, lettered in a journal, and its unit; returns the lower edge."""
        letter = "" if self.style.titled else f"{string.ascii_lowercase[place]}  "
        names = self.wrap(letter + name, self.style.text, box.width, "bold")
        below = self.write(box.left, box.top, names, self.style.text, "bold")
        units = self.wrap(unit, self.style.label, box.width) if unit else []
        return self.write(box.left, below, units, self.style.label, colour=SLATE) - self.style.gap(0.6)

    def wrap(self, text: str, size: float, width: float, weight: str = "normal") -> list[str]:
        """Lines that fit the width; non-breaking spaces hold, and only a word that is too wide is broken."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width_of(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines += self._broken(word, size, width, weight)
        return lines

    def _broken(self, word: str, size: float, width: float, weight: str) -> list[str]:
        """Pieces of a word that fit the width, broken after a hyphen or the like where there is one."""
        if self.width_of(word, size, weight) <= width:
            return [word]
        parts = [part for part in _BREAKS.split(word) if part]
        pieces = [""]
        for part in parts if len(parts) > 1 else word:
            if pieces[-1] and self.width_of(pieces[-1] + part, size, weight) > width:
                pieces.append("")
            pieces[-1] += part
        if len(parts) == 1:
            return pieces
        return [inner for piece in pieces for inner in self._broken(piece, size, width, weight)]

    def write(
        self, left: float, top: float, lines: Sequence[str], size: float, weight: str = "normal", colour: str = INK
    ) -> float:
        """Write lines downwards from their upper edge; returns the lower edge."""
        pitch = size * LEADING * POINT
        for number, line in enumerate(lines):
            place = (left / self.width, (top - number * pitch - 0.95 * size * POINT) / self.height)
            self.figure.text(*place, line, size=size, weight=weight, color=colour, ha="left", va="baseline")
        return top - len(lines) * pitch

    def _heads(self, words: ChartWords) -> float:
        style, width = self.style, self.width - 2 * self.style.margin
        size = style.title
        lines = self.wrap(words.title, size, width, "bold")
        while len(lines) > TITLE_LINES and size > SMALLEST_TITLE:
            size -= 0.5
            lines = self.wrap(words.title, size, width, "bold")
        below = self.write(style.margin, self.height - 0.3, lines, size, "bold")
        subtitle = self.wrap(words.subtitle, style.text, width)
        return self.write(style.margin, below - 0.1, subtitle, style.text, colour=SLATE) - 0.2

    def _notes(self, words: ChartWords) -> float:
        style, width = self.style, self.width - 2 * self.style.margin
        texts = [words.remarks, words.provenance] if style.titled else [words.provenance]
        lines = [line for text in texts if text for line in self.wrap(text, style.note, width)]
        height = len(lines) * style.note * LEADING * POINT
        foot = 0.25 if style.titled else style.margin
        self.write(style.margin, foot + height, lines, style.note, colour=SLATE)
        rule = foot + height + (0.1 if style.titled else 0.03)
        ends = [style.margin / self.width, 1.0 - style.margin / self.width]
        across = [rule / self.height] * 2
        self.figure.add_artist(Line2D(ends, across, color=RULE, linewidth=style.hairline))
        return rule + (0.15 if style.titled else 0.05)

    def axes(self, box: Box) -> Axes:
        """Bare axes in a box."""
        axes_drawn = self.figure.add_axes(
            (box.left / self.width, box.bottom / self.height, box.width / self.width, box.height / self.height)
        )
        for side in ("top", "right"):
            axes_drawn.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes_drawn.spines[side].set(color=SLATE, linewidth=self.style.hairline)
        axes_drawn.tick_params(
            labelsize=self.style.label, labelcolor=SLATE, color=SLATE, width=self.style.hairline,
            length=0.3 * self.style.label, pad=0.3 * self.style.label,
        )  # fmt: skip
        return axes_drawn

    def vertical_scale(self, axes: Axes, low: float, high: float, count: int = 5) -> None:
        """Round ticks that enclose the values; light grid in a deck, none in a journal."""
        marks, names = round_ticks(low, high, count)
        axes.set_yticks(marks, names)
        axes.set_ylim(marks[0], marks[-1])
        if self.style.titled:
            axes.grid(axis="y", color=RULE, linewidth=self.style.hairline)
            axes.set_axisbelow(True)

    def horizontal_scale(self, axes: Axes, low: float, high: float, count: int = 5) -> None:
        """Round ticks that enclose the values."""
        marks, names = round_ticks(low, high, count)
        axes.set_xticks(marks, names)
        axes.set_xlim(marks[0], marks[-1])

    def under(self, axes: Axes, text: str) -> None:
        """Name the horizontal axis, left-aligned under it, in lines as wide as the axis."""
        box = axes.get_position()
        top = box.y0 * self.height - self.style.gap(1.55)
        lines = self.wrap(text, self.style.label, box.width * self.width)
        self.write(box.x0 * self.width, top, lines, self.style.label, colour=SLATE)


def round_ticks(low: float, high: float, count: int) -> tuple[list[float], list[str]]:
    """Round marks that enclose the values, and their texts.

    >>> round_ticks(0.0, 9.0, 4)[1]
    ['0', '2', '4', '6', '8', '10']
    """
    high = high if high > low else low + 1.0
    marks = [float(mark) for mark in MaxNLocator(count + 1, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]
    marks = [mark for k, mark in enumerate(marks) if _is_needed(marks, k, low, high)]
    step = marks[1] - marks[0]
    decimals = next(places for places in range(12) if abs(round(step, places) - step) < 1e-9 * step)
    return marks, [plain(mark, decimals) for mark in marks]


def _is_needed(marks: Sequence[float], place: int, low: float, high: float) -> bool:
    """Whether a mark is inside the values or is the first one beyond them."""
    below = place + 1 < len(marks) and marks[place + 1] <= low
    above = place > 0 and marks[place - 1] >= high
    return not below and not above
