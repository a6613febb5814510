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
    names = [number_text(series.name, words) for series in feed.series]
    left = max(width_of(name) for name in (*names, form.axis)) + 16.0
    wide, high = (WIDTH - left) / len(feed.categories), min(46.0, HIGH / max(1, len(names)))
    most = max(abs(end) for end in feed.ends()) or 1.0
    parts = [text(0.0, 14.0, form.axis, fill=SLATE)]
    for row, series in enumerate(reversed(feed.series)):
        top = 24.0 + row * high
        parts.append(text(left - 8.0, top + high / 2 + 4.5, names[len(names) - 1 - row], text_anchor="end", fill=SLATE))
        for place, value in enumerate(series.values):
            winner = winner_of(exhibit, series.rows[place]) if value is not None else ""
            look = shade(value, most, form.looks[winner][0]) if winner in form.looks else shade(value, most)
            parts.append(element("rect", "", x=left + place * wide, y=top, width=wide, height=high, fill=look[0],
                                 stroke=RULE, data_row=series.rows[place]))  # fmt: skip
            if value is not None and width_of(words.value(value, feed.kind)) < wide:
                across, middle = left + (place + 0.5) * wide, top + high / 2 + (11.0 if winner else 4.5)
                parts.append(text(across, middle, words.value(value, feed.kind), text_anchor="middle", fill=look[1]))
                if winner:
                    parts.append(
                        text(across, middle - 15.0, winner, text_anchor="middle", fill=look[1], font_size=11.0)
                    )
    bottom = 24.0 + len(names) * high
    for place, category in enumerate(feed.categories):
        parts.append(
            text(left + (place + 0.5) * wide, bottom + 17.0, words.value(category, "number"), text_anchor="middle")
        )
    parts.append(text(left, bottom + 38.0, form.across, fill=SLATE))
    return picture(WIDTH, bottom + BOTTOM, parts, exhibit.alt)


def winner_of(exhibit: Exhibit, row: int) -> str:
    """Who is ahead in a cell, where the form names the column that says so."""
    form = exhibit.form
    assert form is not None
    return str(exhibit.table.values(form.reading)[row]) if form.reading and row >= 0 else ""


def number_text(name: str, words: DocumentWords) -> str:
    """The name of a row that is a number, as its readers write it.

    >>> number_text("0.075", DocumentWords("de"))
    '0,075'
    """
    try:
        return words.number(float(name))
    except ValueError:
        return name


def shade(value: float | int | None, most: float, colour: str = "") -> tuple[str, str]:
    """Fill and colour of text of a cell: green above zero, plum below, white where nothing is resolved.

    Args:
        value: Value of the cell.
        most: Largest value without its sign.
        colour: Colour of the side that is ahead, in place of green and plum.

    >>> shade(None, 1.0), shade(1.0, 1.0)[0]
    (('#FFFFFF', '#1A1A1A'), '#59A14F')
    """
    if value is None:
        return "#FFFFFF", INK
    end = (0x59, 0xA1, 0x4F) if value >= 0 else (0x5E, 0x1A, 0x4A)
    if colour:
        end = (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))
    part = 0.15 + 0.85 * min(1.0, abs(float(value)) / most)
    mixed = [round(255 + (channel - 255) * part) for channel in end]
    return "#{:02X}{:02X}{:02X}".format(*mixed), "#FFFFFF" if (value < 0 or colour) and part > 0.5 else INK
