"""A heat map as SVG, and how its cells are shaded."""

from sim.reports.document.axis import BOTTOM, HIGH, WIDTH
from sim.reports.document.drawing import (
    INK,
    RULE,
    SLATE,
    element,
    picture,
    text,
    width_of,
)
from sim.reports.document.feed import Feed
from sim.reports.document.model import Exhibit
from sim.reports.document.words import DocumentWords


def draw_heat(exhibit: Exhibit, feed: Feed, words: DocumentWords) -> str:
    """A grid of cells, shaded by size around zero; cells without a value stay white and are outlined."""
    form = exhibit.form
    assert form is not None
    names = [series.name for series in feed.series]
    left = max(width_of(name) for name in (*names, form.axis)) + 16.0
    wide, high = (WIDTH - left) / len(feed.categories), min(46.0, HIGH / max(1, len(names)))
    most = max(abs(end) for end in feed.ends()) or 1.0
    parts = [text(0.0, 14.0, form.axis, fill=SLATE)]
    for row, series in enumerate(reversed(feed.series)):
        top = 24.0 + row * high
        parts.append(text(left - 8.0, top + high / 2 + 4.5, series.name, text_anchor="end", fill=SLATE))
        for place, value in enumerate(series.values):
            look = shade(value, most)
            parts.append(element("rect", "", x=left + place * wide, y=top, width=wide, height=high, fill=look[0],
                                 stroke=RULE, data_row=series.rows[place]))  # fmt: skip
            if value is not None and width_of(words.value(value, feed.kind)) < wide:
                parts.append(text(left + (place + 0.5) * wide, top + high / 2 + 4.5, words.value(value, feed.kind),
                                  text_anchor="middle", fill=look[1]))  # fmt: skip
    bottom = 24.0 + len(names) * high
    for place, category in enumerate(feed.categories):
        parts.append(
            text(left + (place + 0.5) * wide, bottom + 17.0, words.value(category, "number"), text_anchor="middle")
        )
    parts.append(text(left, bottom + 38.0, form.across, fill=SLATE))
    return picture(WIDTH, bottom + BOTTOM, parts, exhibit.alt)


def shade(value: float | int | None, most: float) -> tuple[str, str]:
    """Fill and colour of text of a cell: green above zero, plum below, white where nothing is resolved.

    >>> shade(None, 1.0), shade(1.0, 1.0)[0]
    (('#FFFFFF', '#1A1A1A'), '#59A14F')
    """
    if value is None:
        return "#FFFFFF", INK
    end = (0x59, 0xA1, 0x4F) if value >= 0 else (0x5E, 0x1A, 0x4A)
    part = 0.15 + 0.85 * min(1.0, abs(float(value)) / most)
    mixed = [round(255 + (channel - 255) * part) for channel in end]
    return "#{:02X}{:02X}{:02X}".format(*mixed), "#FFFFFF" if value < 0 and part > 0.5 else INK
