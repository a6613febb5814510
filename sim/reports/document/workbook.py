"""A document as a workbook: a sheet to read first, one sheet an exhibit with a native chart, real tables, a dictionary."""

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sim.reports.document.archive import with_fixed_dates
from sim.reports.document.drawing import INK, MIST, RULE, SLATE, ticks
from sim.reports.document.extras import library
from sim.reports.document.feed import MOST_NAMES, Feed, feed_of, feed_table, waterfall_series
from sim.reports.document.model import BARS, BY_UNIT, HEAT, LINES, WATERFALL, Document, Exhibit, Table
from sim.reports.document.number_formats import axis_format, cell_format
from sim.reports.document.words import Words

MADE = datetime(2000, 1, 1)
MOST_SHEET_NAME, WIDEST, NARROWEST = 31, 60, 9
README, README_WIDTH = "README", 110
FIRST_ROW = 4  # of a table: title, subtitle and note stand above it
CHART_WIDTH, CHART_HEIGHT = 900, 430


def workbook_of(document: Document, words: Words) -> bytes:
    """The workbook.

    Args:
        document: What to render.
        words: Its language.

    Raises:
        BadInput: The library is not installed.
    """
    contents = io.BytesIO()
    book = library("xlsxwriter", "xlsx").Workbook(contents, {"in_memory": True})
    book.set_properties({"title": document.title, "author": "sim", "created": MADE,
                         "comments": str(document.provenance["command"])})  # fmt: skip
    writer = _Writer(book, words)
    writer.readme(document)
    for exhibit in document.exhibits:
        writer.exhibit(exhibit)
    seen = {exhibit.table.name for exhibit in document.exhibits}
    for table in document.tables():
        if table.name not in seen and table.rows:
            writer.table(table, table.title, "", "")
    for exhibit in document.exhibits:
        if exhibit.form is not None and exhibit.form.kind != HEAT:
            writer.feed(exhibit)
    book.close()
    return with_fixed_dates(contents.getvalue())


def sheet_name(name: str) -> str:
    """A name that a sheet may have.

    >>> sheet_name("a/b" + "x" * 40)[:4], len(sheet_name("x" * 40))
    ('a_bx', 31)
    """
    return re.sub(r"[\[\]:*?/\\']", "_", name)[:MOST_SHEET_NAME]


class _Writer:
    """Writes sheets into one workbook; formats are made once."""

    def __init__(self, book: Any, words: Words) -> None:
        self.book, self.words = book, words
        self.formats: dict[Any, Any] = {}

    def format(self, **properties: Any) -> Any:
        """A format of cells, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": "Arial", "font_size": 10} | properties)
        return self.formats[key]

    def sheet(self, name: str) -> Any:
        """A new sheet that prints on landscape pages as wide as it is."""
        sheet = self.book.add_worksheet(sheet_name(name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet

    def readme(self, document: Document) -> None:
        """What the workbook is, the first page in sentences, and where every sheet is."""
        sheet, words = self.sheet(README), self.words
        sheet.set_column(0, 0, 26, self.format(valign="top"))
        sheet.set_column(1, 1, README_WIDTH, self.format(text_wrap=True, valign="top"))
        sheet.write(0, 0, document.title, self.format(bold=True, font_size=14))
        rows: list[tuple[str, str]] = [(label, "\n".join(sentences)) for label, sentences in document.front]
        rows += [("", ""), (words("table.readme"), words("readme.contents"))]
        rows += [("", words(f"readme.{key}")) for key in ("numbers", "feeds", "missing")]
        rows += [("", text) for part in (document.belief, *document.appendix[:1]) for text in part.paragraphs]
        rows += [(words("slide.notes.provenance"), ", ".join(f"{key}: {value}" for key, value in document.provenance.items()))]
        for number, (label, text) in enumerate(rows, start=2):
            lines = sum(max(1, -(-len(part) // README_WIDTH)) for part in text.split("\n"))
            sheet.set_row(number, 14.0 * lines + 2.0)
            sheet.write(number, 0, label, self.format(bold=True, valign="top", font_color=SLATE))
            sheet.write(number, 1, text, self.format(text_wrap=True, valign="top"))
        start = len(rows) + 3
        sheet.write(start, 0, words("heading.contents"), self.format(bold=True, font_color=SLATE))
        for number, table in enumerate(table for table in document.tables() if table.rows):
            target = f"internal:'{sheet_name(table.name)}'!A1"
            sheet.write_url(start + number, 1, target, self.format(font_color="#0A5596", underline=1), table.title)

    def exhibit(self, exhibit: Exhibit) -> None:
        """The table of an exhibit, and its native chart beside it."""
        sheet, wide = self.table(exhibit.table, exhibit.title, exhibit.subtitle, exhibit.note)
        if exhibit.form is None or not exhibit.table.rows:
            return
        if exhibit.form.kind == HEAT:
            self._shade(sheet, exhibit)
            return
        chart = self._chart(exhibit)
        sheet.insert_chart(FIRST_ROW, wide + 1, chart, {"description": exhibit.alt, "object_position": 2})

    def table(self, table: Table, title: str, subtitle: str, note: str) -> tuple[Any, int]:
        """A sheet with one real table; gives the sheet and the number of columns."""
        sheet = self.sheet(table.name)
        sheet.write(0, 0, title, self.format(bold=True, font_size=14))
        sheet.write(1, 0, subtitle, self.format(font_color=SLATE))
        sheet.write(2, 0, note, self.format(font_color=SLATE, font_size=9))
        columns = [{"header": title, "header_format": self.format(bold=True, font_color="#FFFFFF", bg_color=SLATE, text_wrap=True)}
                   for title in headers(table)]  # fmt: skip
        last = FIRST_ROW + max(1, len(table.rows))
        sheet.add_table(FIRST_ROW, 0, last, len(columns) - 1, {"columns": columns, "name": f"t_{table.name}",
                                                               "style": "Table Style Light 1", "banded_rows": False})  # fmt: skip
        for number, row in enumerate(table.rows, start=FIRST_ROW + 1):
            for place, cell in enumerate(row):
                self._cell(sheet, number, place, (table, row), cell)
        for place, width in enumerate(widths_of(table, self.words)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(FIRST_ROW + 1, 0)
        return sheet, len(columns)

    def _cell(self, sheet: Any, number: int, place: int, source: tuple[Table, Any], cell: Any) -> None:
        table, row = source
        kind = table.kind_of(row, place)
        unit = table.columns[place].unit
        if table.columns[place].kind == BY_UNIT:
            unit = str(row[table.keys.index("unit")]).partition("/")[0]
        if cell is None:
            return
        if isinstance(cell, str):
            sheet.write_string(number, place, cell, self.format(text_wrap=len(cell) > WIDEST, valign="top"))
        else:
            sheet.write_number(number, place, cell, self.format(num_format=cell_format(kind, unit), valign="top"))

    def feed(self, exhibit: Exhibit) -> None:
        """The sheet that a native chart reads, marked as derived."""
        table = feed_table(exhibit, self.words)
        sheet = self.sheet(feed_sheet(exhibit))
        sheet.write_row(0, 0, [column.title for column in table.columns], self.format(bold=True))
        for number, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                if cell is not None:
                    column = table.columns[place]
                    sheet.write(number, place, cell, self.format(num_format=cell_format(column.kind, column.unit)))
        sheet.set_column(0, 0, 40)
        sheet.set_tab_color(MIST)

    def _shade(self, sheet: Any, exhibit: Exhibit) -> None:
        """A scale of colours over the values of a heat map."""
        form = exhibit.form
        assert form is not None
        place = exhibit.table.keys.index(form.value)
        sheet.conditional_format(FIRST_ROW + 1, place, FIRST_ROW + len(exhibit.table.rows), place, {
            "type": "3_color_scale", "mid_type": "num", "mid_value": 0, "min_color": "#5E1A4A", "mid_color": "#FFFFFF",
            "max_color": "#59A14F",
        })  # fmt: skip

    def _chart(self, exhibit: Exhibit) -> Any:
        form = exhibit.form
        assert form is not None
        kinds: Mapping[str, dict[str, str]] = {
            BARS: {"type": "bar"}, LINES: {"type": "line"}, WATERFALL: {"type": "column", "subtype": "stacked"},
        }  # fmt: skip
        feed, table = waterfall_series(exhibit) if form.kind == WATERFALL else feed_of(exhibit), feed_table(exhibit, self.words)
        scale = form.kind == LINES and feed.continuous
        chart = self.book.add_chart({"type": "scatter", "subtype": "straight"} if scale else kinds[form.kind])
        for place in range(1, len(feed.series) + 1):
            chart.add_series(series_of(exhibit, feed, table, place))
        dress(chart, exhibit, feed, self.words)
        return chart


def headers(table: Table) -> list[str]:
    """Titles of columns, each once, as a real table needs them; with their unit."""
    titles: list[str] = []
    for column in table.columns:
        title = f"{column.title} ({column.unit})" if column.unit else column.title
        titles.append(title if title not in titles else f"{title} {len(titles) + 1}")
    return titles


def widths_of(table: Table, words: Words) -> list[float]:
    """Widths of columns in characters."""
    widths = []
    for place, title in enumerate(headers(table)):
        texts = [words.value(row[place], table.kind_of(row, place)) for row in table.rows]
        longest = max((len(text) for text in texts), default=0)
        widths.append(float(min(WIDEST, max(NARROWEST, longest + 2, max(len(word) for word in title.split()) + 3))))
    return widths


def feed_sheet(exhibit: Exhibit) -> str:
    """Name of the sheet that the chart of an exhibit reads."""
    return f"{sheet_name(exhibit.name)[:MOST_SHEET_NAME - 5]} feed"


def series_of(exhibit: Exhibit, feed: Feed, table: Table, place: int) -> dict[str, Any]:
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


def dress(chart: Any, exhibit: Exhibit, feed: Feed, words: Words) -> None:
    """Axes, size and title of a native chart."""
    form = exhibit.form
    assert form is not None
    largest = max(abs(end) for end in feed.ends())
    values: dict[str, Any] = {"name": form.axis, "num_format": axis_format(feed.kind, largest, words), "name_font": {"bold": False},
              "major_gridlines": {"visible": True, "line": {"color": RULE}}, "line": {"none": True}}  # fmt: skip
    categories: dict[str, Any] = {"name": form.across, "label_position": "low", "name_font": {"bold": False}}
    if form.kind != WATERFALL:
        marks = ticks(*(min(0.0, feed.ends()[0]), max(0.0, feed.ends()[1])) if form.kind == BARS else feed.ends())
        values |= {"min": marks[0], "max": marks[-1]}
    if form.kind == BARS:
        chart.set_y_axis(categories | {"reverse": True})
        chart.set_x_axis(values | {"label_position": "high"})
    else:
        if feed.continuous and form.kind == LINES:
            column = exhibit.table.columns[exhibit.table.keys.index(form.category)]
            first, last = (float(feed.categories[place] or 0.0) for place in (0, -1))
            categories |= {"num_format": axis_format(column.kind, last, words), "min": first, "max": ticks(first, last)[-1]}
        chart.set_x_axis(categories)
        chart.set_y_axis(values)
    chart.set_title({"none": True})
    named = form.kind == LINES and len(feed.series) > 1
    chart.set_legend({"position": "right"} if named else {"none": True})
    rows = len(feed.categories)
    height = max(CHART_HEIGHT, 44 * rows + 110) if form.kind == BARS else CHART_HEIGHT
    chart.set_size({"width": CHART_WIDTH, "height": height})
