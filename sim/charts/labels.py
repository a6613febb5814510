"""Labels beside the ends of lines: moved apart by isotonic regression until none overlap, each tied to its line."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from scipy.optimize import isotonic_regression

from sim.charts.layout import LEADING, Page
from sim.charts.numbers import SPACE
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
    return (1.3 if page.style.titled else 1.0) * page.style.label * POINT


def _offset(page: Page) -> float:
    """Distance from axes to text. [inch]"""
    key = 0.0 if page.style.titled else 1.6 * page.style.label * POINT
    return _leader(page) + key + 0.3 * page.style.label * POINT


def separate(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as possible to where they are wanted, without overlap and inside the limits.

    >>> separate([0.0, 0.0], [1.0, 1.0], -5.0, 5.0)
    [-0.5, 0.5]
    """
    if not len(wanted):
        return []
    order = np.argsort(np.asarray(wanted, float), kind="stable")
    sizes, aims = np.asarray(heights, float)[order], np.asarray(wanted, float)[order]
    steps = np.concatenate([[0.0], np.cumsum((sizes[1:] + sizes[:-1]) / 2.0)])  # centres that touch, from the lowest
    first = isotonic_regression(aims - steps).x  # centres less their steps never fall: no two labels overlap
    first = np.maximum(np.minimum(first, high - sizes[-1] / 2.0 - steps[-1]), low + sizes[0] / 2.0)
    centres = np.empty(len(order))
    centres[order] = first + steps
    return [float(centre) for centre in centres]


def fitted(page: Page, labels: Sequence[PlacedLabel], room: float, height: float) -> list[PlacedLabel]:
    """Labels wrapped into a room; where they do not fit its height, their first line alone is kept, wrapped.

    Args:
        page: The page.
        labels: The labels.
        room: Width to the right of the plot, leaders included. [inch]
        height: Height of the plot. [inch]
    """
    width = room - _offset(page) - 0.02

    def wrapped(lines: Sequence[str]) -> list[str]:
        return [part for line in lines for part in _wrapped(page, line, width)]

    whole = [label._replace(lines=wrapped(label.lines)) for label in labels]
    if sum(height_of(page, label) for label in whole) <= height:
        return whole
    return [label._replace(lines=wrapped(label.lines[:1])) for label in labels]


def _wrapped(page: Page, line: str, width: float) -> list[str]:
    """A line wrapped; of a number whose interval has no room the number alone, as the interval is drawn too."""
    number, bracket, interval = line.partition(f"{SPACE}[")
    if not bracket or page.width_of(line, page.style.label) <= width:
        return page.wrap(line, page.style.label, width)
    return [number, f"[{interval}"] if page.width_of(f"[{interval}", page.style.label) <= width else [number]


def height_of(page: Page, label: PlacedLabel) -> float:
    """Height of a label with the air around it. [inch]"""
    return (len(label.lines) + 0.3) * page.style.label * LEADING * POINT


def direct_labels(page: Page, axes: Axes, labels: Sequence[PlacedLabel], floor: float | None = None) -> None:
    """Write labels to the right of the axes; coloured text in a deck, black text with a coloured key in a journal.

    Args:
        page: The page.
        axes: Axes in which the lines end.
        labels: The labels.
        floor: Where the lowest label may end; half a line under the axes if left out. [inch]
    """
    box = axes.get_position()
    bottom, height = box.y0 * page.height, box.height * page.height
    low, high = axes.get_ylim()
    ends = [bottom + height * (label.height - low) / (high - low) for label in labels]
    pitch = page.style.label * LEADING * POINT
    heights = [height_of(page, label) for label in labels]
    lowest = bottom - 0.5 * pitch
    if floor is not None and sum(heights) > height + 1.5 * pitch:
        lowest = floor
    centres = separate(ends, heights, lowest, bottom + height + pitch)
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
        ends = [key / page.width, (key + 1.5 * page.style.label * POINT) / page.width]
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
