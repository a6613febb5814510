"""Labels beside the ends of lines: pushed apart until none overlap, tied to their line by a leader."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.charts.layout import LEADING, Page
from sim.charts.theme import INK, POINT, SLATE, Look


class PlacedLabel(NamedTuple):
    """A label at the end of a line.

    Args:
        height: Where the line ends, in data units.
        lines: Lines of text.
        look: Colour and dash of the line.
    """

    height: float
    lines: Sequence[str]
    look: Look


def room_for(page: Page, labels: Sequence[PlacedLabel]) -> float:
    """Width that labels need to the right of the axes, leaders included. [inch]"""
    widest = max(page.width_of("\n".join(label.lines), page.style.label) for label in labels)
    return widest + _offset(page) + 0.02


def _leader(page: Page) -> float:
    return 1.3 * page.style.label * POINT


def _offset(page: Page) -> float:
    """Distance from axes to text. [inch]"""
    key = 0.0 if page.style.titled else 1.9 * page.style.label * POINT
    return _leader(page) + key + 0.3 * page.style.label * POINT


def separate(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as possible to where they are wanted, without overlap and inside the limits.

    >>> separate([0.0, 0.0], [1.0, 1.0], -5.0, 5.0)
    [-0.5, 0.5]
    """
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    blocks: list[list[int]] = []
    for k in order:
        blocks.append([k])
        while len(blocks) > 1 and _top(blocks[-2], wanted, heights, low, high) > _bottom(
            blocks[-1], wanted, heights, low, high
        ):
            last = blocks.pop()
            blocks[-1] += last
    centres = [0.0] * len(wanted)
    for block in blocks:
        edge = _bottom(block, wanted, heights, low, high)
        for k in block:
            centres[k] = edge + heights[k] / 2
            edge += heights[k]
    return centres


def _bottom(block: Sequence[int], wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> float:
    total = sum(heights[k] for k in block)
    middle = sum(wanted[k] for k in block) / len(block)
    return max(low, min(middle - total / 2, high - total))


def _top(block: Sequence[int], wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> float:
    return _bottom(block, wanted, heights, low, high) + sum(heights[k] for k in block)


def direct_labels(page: Page, axes: Axes, labels: Sequence[PlacedLabel]) -> None:
    """Write labels to the right of the axes; coloured text in a deck, black text with a coloured key in a journal."""
    box = axes.get_position()
    bottom, height = box.y0 * page.height, box.height * page.height
    low, high = axes.get_ylim()
    ends = [bottom + height * (label.height - low) / (high - low) for label in labels]
    pitch = page.style.label * LEADING * POINT
    heights = [(len(label.lines) + 0.3) * pitch for label in labels]
    centres = separate(ends, heights, bottom - 0.5 * pitch, bottom + height + pitch)
    for label, end, centre in zip(labels, ends, centres, strict=True):
        _leader_line(page, box.x1 * page.width, end, centre)
        _text(page, box.x1 * page.width, centre, label)


def _leader_line(page: Page, right: float, end: float, centre: float) -> None:
    start = right + 0.25 * page.style.label * POINT
    ends = [start / page.width, (right + _leader(page)) / page.width]
    heights = [end / page.height, centre / page.height]
    page.figure.add_artist(Line2D(ends, heights, color=SLATE, linewidth=page.style.hairline))


def _text(page: Page, right: float, centre: float, label: PlacedLabel) -> None:
    colour = label.look.colour if page.style.titled else INK
    if not page.style.titled:
        key = right + _leader(page)
        ends = [key / page.width, (key + 1.8 * page.style.label * POINT) / page.width]
        page.figure.add_artist(
            Line2D(
                ends,
                [centre / page.height] * 2,
                color=label.look.colour,
                linestyle=label.look.dash,
                linewidth=page.style.line,
            )  # fmt: skip
        )
    top = centre + len(label.lines) * page.style.label * LEADING * POINT / 2
    page.write(right + _offset(page), top, label.lines, page.style.label, colour=colour)
