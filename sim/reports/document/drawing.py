"""Text widths, ticks and SVG elements for the charts of documents."""

import html
import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
from PIL import ImageFont

SVG_FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
FAMILY = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, SLATE, MIST, RULE = "#1A1A1A", "#4A5561", "#B4BDC7", "#D9DDE2"
LABEL = 13.0
MEASURED = 100  # size at which widths are read off the font
TICK_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(SVG_FONT), MEASURED)


@cache
def width_of(text: str, size: float = LABEL) -> float:
    """Width of a text in DejaVu Sans, which is wider than Arial, so that what fits here fits there. [px]"""
    return float(_font().getlength(text)) * size / MEASURED


def wrap(text: str, width: float, size: float = LABEL) -> list[str]:
    """Lines of a text that are no wider than a width; a word is never cut.

    >>> wrap("a b", 1.0)
    ['a', 'b']
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def column_shares(
    titles: Sequence[str], cells: Sequence[Sequence[str]], wide: float, size: float, padding: float
) -> tuple[float, ...]:
    """Widths of the columns of a table as shares: every word stands whole where there is room, the rest by text.

    Args:
        titles: Titles of the columns.
        cells: Rows of texts.
        wide: Width of the table. [pt]
        size: Size of the text. [pt]
        padding: Left and right margin of a cell together. [pt]
    """
    least, wants = [], []
    for place, title in enumerate(titles):
        texts = {title, *(part for row in cells for part in row[place].split("\n"))}
        words = {word for shown in texts for word in shown.split(" ")}
        least.append(1.1 * max(width_of(word, size) for word in words) + padding + 1.0)
        wants.append(1.1 * max(width_of(shown, size) for shown in texts) + padding + 1.0)
    room = wide - sum(least)
    if room <= 0.0:
        return tuple(width / sum(least) for width in least)
    extra = [max(0.0, want - width) for want, width in zip(wants, least, strict=True)]
    if sum(extra) > room:
        extra = [room * part**0.7 / sum(other**0.7 for other in extra) for part in extra]
    widths = [width + part for width, part in zip(least, extra, strict=True)]
    return tuple(width / sum(widths) for width in widths)


def ticks(low: float, high: float, most: int = 6, least: float = 0.0) -> list[float]:
    """Round numbers from at or below the lowest to at or above the highest value.

    Args:
        low: Lowest value.
        high: Highest value.
        most: About how many.
        least: Smallest step, 1 for counts.

    >>> ticks(0.0, 9.0)
    [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    """
    span = high - low or abs(high) or 1.0
    raw = max(span / max(1, most - 1), least)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(step * power for step in TICK_STEPS if step * power >= raw * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(place * step, 12) for place in range(first, last + 1)]


def element(name: str, inside: str = "", **attributes: Any) -> str:
    """One SVG element; underscores in names of attributes become hyphens."""
    texts = " ".join(f'{key.rstrip("_").replace("_", "-")}="{_attribute(value)}"' for key, value in attributes.items())
    return f"<{name} {texts}>{inside}</{name}>" if inside else f"<{name} {texts}/>"


def _attribute(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else html.escape(str(value))


def text(across: float, down: float, words: str, **attributes: Any) -> str:
    """One line of text."""
    made = {"x": across, "y": down, "font_size": LABEL, "fill": INK} | attributes
    return element("text", html.escape(words), **made)


def line(start: tuple[float, float], end: tuple[float, float], **attributes: Any) -> str:
    """A straight line."""
    made = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], "stroke": SLATE, "stroke_width": 1} | attributes
    return element("line", "", **made)


def picture(width: float, height: float, parts: Iterable[str], title: str) -> str:
    """A whole SVG picture with its text for readers who cannot see it."""
    inside = element("title", html.escape(title)) + "".join(parts)
    return element("svg", inside, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:.0f} {height:.0f}",
                   width=f"{width:.0f}", height=f"{height:.0f}", role="img", font_family=FAMILY)  # fmt: skip
