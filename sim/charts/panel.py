"""One panel: head, plot, ticks, names and labels in a box; the plot keeps at least three fifths of its width."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes

from sim.charts.labels import PlacedLabel, direct_labels, fitted, room_for
from sim.charts.layout import LEADING, Box, Page, PanelBox, round_ticks
from sim.charts.theme import INK, POINT, RULE, SLATE

LEAST_PLOT = 0.6  # share of a panel's width that the plot keeps
WIDEST_TEXTS = 0.18  # share that numbers beside rows may take before they stand in two lines


@dataclass(frozen=True)
class PanelWords:
    """Words around a plot.

    Args:
        name: Head of the panel; empty for none.
        unit: Unit under the head.
        across: Name of the horizontal axis.
        place: Number of the panel, which letters it in a journal.
    """

    name: str = ""
    unit: str = ""
    across: str = ""
    place: int = 0


@dataclass(frozen=True)
class Panel:
    """A panel with its axes, recorded on the page.

    Args:
        page: The page.
        box: All of the panel.
        plot: The plot in it.
        axes: The axes of the plot.
        labels: Labels at the ends of its lines, wrapped.
    """

    page: Page
    box: Box
    plot: Box
    axes: Axes
    labels: Sequence[PlacedLabel] = field(default_factory=tuple)

    @staticmethod
    def of_plot(page: Page, box: Box, plot: Box, labels: Sequence[PlacedLabel] = ()) -> "Panel":
        """A panel whose plot is placed already."""
        page.figure.panels.append(PanelBox(box, plot))
        return Panel(page, box, plot, page.axes(plot), labels)

    @staticmethod
    def of_lines(
        page: Page,
        box: Box,
        words: PanelWords,
        values: tuple[float, float],
        labels: Sequence[PlacedLabel] = (),
        ticks: int = 5,
    ) -> "Panel":
        """A panel for lines over a horizontal axis, with a vertical scale and labels where lines end.

        Args:
            page: The page.
            box: Where the panel stands.
            words: Head and axis.
            values: Lowest and highest value drawn.
            labels: Labels at the right end.
            ticks: Wanted number of ticks.
        """
        top = page.head(box, words.place, words.name, words.unit) if words.name else box.top - page.style.gap(0.5)
        marks, names = round_ticks(*values, ticks)
        left = max(page.width_of(name, page.style.label) for name in names) + page.style.gap(0.5)
        room = (1.0 - LEAST_PLOT) * box.width - left
        lines = page.wrap(words.across, page.style.label, LEAST_PLOT * box.width) if words.across else []
        bottom = box.bottom + page.style.gap(2.0 + len(lines))
        kept = fitted(page, labels, room, top - box.bottom) if labels else []
        right = room_for(page, kept) if kept else page.width_of(names[-1], page.style.label) / 2.0
        plot = Box(box.left + left, bottom, box.width - left - min(right, room), top - bottom)
        panel = Panel.of_plot(page, box, plot, kept)
        panel._vertical(marks, names)
        return panel

    def _vertical(self, marks: Sequence[float], names: Sequence[str]) -> None:
        """Ticks; a light grid in a deck, none in a journal; a line at zero where values have both signs."""
        hairline = self.page.style.hairline
        self.axes.set_yticks(marks, names)
        self.axes.set_ylim(marks[0], marks[-1])
        if self.page.style.titled:
            self.axes.grid(axis="y", color=RULE, linewidth=hairline)
            self.axes.set_axisbelow(True)
        if marks[0] < 0.0 < marks[-1]:
            self.axes.axhline(0.0, color=INK, linewidth=hairline)

    def finish(self, across: str) -> None:
        """Name the horizontal axis and write the labels at the ends of lines."""
        self.page.under(self.axes, across)
        if self.labels:
            direct_labels(self.page, self.axes, self.labels, self.box.bottom)

    @staticmethod
    def of_rows(
        page: Page, box: Box, names: Sequence[str], texts: Sequence[str], words: PanelWords, key: float = 0.0
    ) -> "Panel":
        """A panel of rows: a name to the left, marks in the plot, a number to the right; row 0 is the uppermost.

        Args:
            page: The page.
            box: Where the panel stands.
            names: Names of the rows, wrapped.
            texts: Numbers of the rows, in two lines where they would take too much of the width.
            words: Head and axis.
            key: Height left free under the axis. [inch]
        """
        style = page.style
        top = page.head(box, words.place, words.name, words.unit) if words.name else box.top - style.gap(0.4)
        numbers = [_in_lines(page, text, WIDEST_TEXTS * box.width) for text in texts]
        right = max((page.width_of("\n".join(lines), style.label) for lines in numbers), default=0.0) + style.gap(0.45)
        room = (1.0 - LEAST_PLOT) * box.width - right
        heads = [page.wrap(name, style.label, room - style.gap(0.5)) for name in names]
        left = max((page.width_of("\n".join(lines), style.label) for lines in heads), default=0.0) + style.gap(0.5)
        under = page.wrap(words.across, style.label, LEAST_PLOT * box.width) if words.across else []
        bottom = box.bottom + key + style.gap(2.0 + len(under) if under else 0.3)
        plot = Box(box.left + left, bottom, box.width - left - right, top - bottom)
        panel = Panel.of_plot(page, box, plot)
        panel.axes.spines["left"].set_visible(False)
        panel.axes.set(yticks=[], ylim=(len(names) - 0.5, -0.5))
        for place, (head, number) in enumerate(zip(heads, numbers, strict=True)):
            panel.write_beside(place, len(names), box.left, head)
            panel.write_beside(place, len(names), plot.right + style.gap(0.45), number)
        return panel

    def write_beside(self, place: int, rows: int, left: float, lines: Sequence[str], colour: str = INK) -> None:
        """Write lines beside a row, in the middle of its height."""
        size = self.page.style.label
        middle = self.plot.top - (place + 0.5) * self.plot.height / rows
        top = middle + 0.5 * len(lines) * size * LEADING * POINT + 0.05 * size * POINT
        self.page.write(left, top, lines, size, colour=colour)

    def horizontal(self, low: float, high: float, unit: str = "") -> None:
        """A horizontal scale with as many ticks as have room, and a line at zero where values have both signs."""
        widest = self.page.width_of("−10,000 ", self.page.style.label)
        self.page.horizontal_scale(self.axes, low, high, max(1, min(5, int(self.plot.width / widest) - 1)))
        if unit:
            self.page.under(self.axes, unit)
        left, right = self.axes.get_xlim()
        if left < 0.0 < right:
            self.axes.axvline(0.0, color=SLATE, linewidth=self.page.style.hairline, zorder=1)


def _in_lines(page: Page, text: str, width: float) -> list[str]:
    """A number with its interval in one line, or in two where one is too wide."""
    if page.width_of(text, page.style.label) <= width:
        return [text]
    head, _, interval = text.partition("\u00a0[")
    return [head, f"[{interval}"] if interval else page.wrap(text, page.style.label, width)


def beside(box: Box, count: int, gutter: float) -> list[Box]:
    """Boxes of equal width beside each other.

    >>> [round(part.left, 2) for part in beside(Box(0.0, 0.0, 10.0, 1.0), 3, 0.5)]
    [0.0, 3.5, 7.0]
    """
    width = (box.width - gutter * (count - 1)) / count
    return [Box(box.left + place * (width + gutter), box.bottom, width, box.height) for place in range(count)]
