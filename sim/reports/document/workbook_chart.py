"""Native charts of workbooks: series from the sheet of the feed, axes and size."""

import re
from typing import Any

from sim.reports.document.drawing import INK, MIST, RULE, ticks
from sim.reports.document.feed import MOST_NAMES, Feed
from sim.reports.document.model import BARS, LINES, WATERFALL, DocumentTable, Exhibit
from sim.reports.document.number_formats import axis_format
from sim.reports.document.words import DocumentWords

MOST_SHEET_NAME = 31
CHART_WIDTH, CHART_HEIGHT = 900, 430


def sheet_name(name: str) -> str:
    """A name that a sheet may have.

    >>> sheet_name("a/b" + "x" * 40)[:4], len(sheet_name("x" * 40))
    ('a_bx', 31)
    """
    return re.sub(r"[\[\]:*?/\\']", "_", name)[:MOST_SHEET_NAME]


def feed_sheet(exhibit: Exhibit) -> str:
    """Name of the sheet that the chart of an exhibit reads."""
    return f"{sheet_name(exhibit.name)[: MOST_SHEET_NAME - 5]} feed"


def series_of(exhibit: Exhibit, feed: Feed, table: DocumentTable, place: int) -> dict[str, Any]:
    """One series of a native chart, with references into the sheet of the feed."""
    sheet, rows, source = feed_sheet(exhibit), len(table.rows), feed.series[place - 1]
    form = exhibit.form
    assert form is not None
    colour = source.look[0]
    series: dict[str, Any] = {
        "name": [sheet, 0, place], "categories": [sheet, 1, 0, rows, 0], "values": [sheet, 1, place, rows, place],
    }  # fmt: skip
    if form.kind == LINES:
        dash = "solid" if source.look[1] == "solid" else "dash" if "5.0" in source.look[1] else "round_dot"
        series["line"] = {"color": colour, "width": 2.25, "dash_type": dash}
    else:
        series["fill"] = {"color": colour} if colour else {"none": True}
        series["border"], series["gap"] = {"none": True}, 60
        if form.kind == BARS:
            series["points"] = [None if source.is_clear(row) else {"fill": {"color": MIST}} for row in range(rows)]
    if source.bounded and (form.kind == BARS or rows <= MOST_NAMES):
        places = [table.keys.index(f"{name}_{place}") for name in ("plus", "minus")]
        columns = [f"='{sheet}'!${chr(65 + column)}$2:${chr(65 + column)}${rows + 1}" for column in places]
        bars = {"type": "custom", "plus_values": columns[0], "minus_values": columns[1], "end_style": 0}
        series["y_error_bars"] = bars | {"line": {"color": INK, "width": 1.5}}
        if form.kind == LINES:
            series["y_error_bars"]["line"] = {"color": colour, "width": 1.0}
    return series


def dress(chart: Any, exhibit: Exhibit, feed: Feed, words: DocumentWords) -> None:
    """Axes, size and title of a native chart."""
    form = exhibit.form
    assert form is not None
    largest = max(abs(end) for end in feed.ends())
    values: dict[str, Any] = {
        "name": form.axis, "num_format": axis_format(feed.kind, largest, words), "name_font": {"bold": False},
        "major_gridlines": {"visible": True, "line": {"color": RULE}}, "line": {"none": True},
    }  # fmt: skip
    categories: dict[str, Any] = {"name": form.across, "label_position": "low", "name_font": {"bold": False}}
    if form.kind != WATERFALL:
        marks = feed.marks(form.kind == BARS)
        values |= {"min": marks[0], "max": marks[-1], "major_unit": marks[1] - marks[0]}
    if form.kind == BARS:
        chart.set_y_axis(categories | {"reverse": True})
        chart.set_x_axis(values | {"label_position": "high"})
    else:
        if feed.continuous and form.kind == LINES:
            column = exhibit.table.columns[exhibit.table.keys.index(form.category)]
            first, last = (float(feed.categories[place] or 0.0) for place in (0, -1))
            categories |= {
                "num_format": axis_format(column.kind, last, words),
                "min": first,
                "max": ticks(first, last)[-1],
            }
        chart.set_x_axis(categories)
        chart.set_y_axis(values)
    chart.set_title({"none": True})
    named = form.kind == LINES and len(feed.series) > 1
    chart.set_legend({"position": "right"} if named else {"none": True})
    rows = len(feed.categories)
    height = max(CHART_HEIGHT, 44 * rows + 110) if form.kind == BARS else CHART_HEIGHT
    chart.set_size({"width": CHART_WIDTH, "height": height})
