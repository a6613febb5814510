"""A document as a workbook: a sheet to read first, one an exhibit with a native chart, real tables, a dictionary."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sim.reports.document.archive import with_fixed_dates
from sim.reports.document.drawing import MIST, SLATE
from sim.reports.document.extras import extra_package
from sim.reports.document.feed import feed_of
from sim.reports.document.feed_tables import feed_table
from sim.reports.document.model import BARS, BY_UNIT, HEAT, LINES, WATERFALL, Document, DocumentTable, Exhibit
from sim.reports.document.number_formats import cell_format
from sim.reports.document.waterfall import waterfall_series
from sim.reports.document.words import DocumentWords
from sim.reports.document.workbook_chart import dress, feed_sheet, series_of, sheet_name

MADE = datetime(2000, 1, 1)
WIDEST, NARROWEST = 60, 9
LINE_POINTS = 15.0  # height of a line of text
README, README_WIDTH = "README", 110
FIRST_ROW = 4  # of a table: title, subtitle and note stand above it


def workbook_of(document: Document, words: DocumentWords) -> bytes:
    """The workbook.

    Args:
        document: What to render.
        words: Its language.

    Raises:
        BadInput: The library is not installed.
    """
    contents = io.BytesIO()
    book = extra_package("xlsxwriter", "xlsx").Workbook(contents, {"in_memory": True})
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


class _Writer:
    """Writes sheets into one workbook; formats are made once."""

    def __init__(self, book: Any, words: DocumentWords) -> None:
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
        rows += [
            (
                words("slide.notes.provenance"),
                ", ".join(f"{key}: {value}" for key, value in document.provenance.items()),
            )
        ]
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
            if not exhibit.form.looks:  # a scale of colours would not say who is ahead
                self._shade(sheet, exhibit)
            return
        chart = self._chart(exhibit)
        sheet.insert_chart(FIRST_ROW, wide + 1, chart, {"description": exhibit.alt, "object_position": 2})

    def table(self, table: DocumentTable, title: str, subtitle: str, note: str) -> tuple[Any, int]:
        """A sheet with one real table; gives the sheet and the number of columns."""
        sheet = self.sheet(table.name)
        sheet.write(0, 0, title, self.format(bold=True, font_size=14))
        sheet.write(1, 0, subtitle, self.format(font_color=SLATE))
        sheet.write(2, 0, note, self.format(font_color=SLATE, font_size=9))
        head = self.format(bold=True, font_color="#FFFFFF", bg_color=SLATE, text_wrap=True)
        columns = [{"header": title, "header_format": head} for title in headers(table)]
        last = FIRST_ROW + max(1, len(table.rows))
        look = {"columns": columns, "name": f"t_{table.name}", "style": "Table Style Light 1", "banded_rows": False}
        sheet.add_table(FIRST_ROW, 0, last, len(columns) - 1, look)
        for number, row in enumerate(table.rows, start=FIRST_ROW + 1):
            lines = max(-(-len(cell) // WIDEST) if isinstance(cell, str) else 1 for cell in row)
            if lines > 1:
                sheet.set_row(number, LINE_POINTS * lines + 2.0)
            for place, cell in enumerate(row):
                self._cell(sheet, number, place, (table, row), cell)
        for place, width in enumerate(widths_of(table, self.words)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(FIRST_ROW + 1, 0)
        return sheet, len(columns)

    def _cell(self, sheet: Any, number: int, place: int, source: tuple[DocumentTable, Any], cell: Any) -> None:
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
        feed, table = (
            waterfall_series(exhibit) if form.kind == WATERFALL else feed_of(exhibit),
            feed_table(exhibit, self.words),
        )
        scale = form.kind == LINES and feed.continuous
        chart = self.book.add_chart({"type": "scatter", "subtype": "straight"} if scale else kinds[form.kind])
        for place in range(1, len(feed.series) + 1):
            chart.add_series(series_of(exhibit, feed, table, place))
        dress(chart, exhibit, feed, self.words)
        return chart


def headers(table: DocumentTable) -> list[str]:
    """Titles of columns, each once, as a real table needs them; with their unit."""
    titles: list[str] = []
    for column in table.columns:
        title = f"{column.title} ({column.unit})" if column.unit else column.title
        titles.append(title if title not in titles else f"{title} {len(titles) + 1}")
    return titles


def widths_of(table: DocumentTable, words: DocumentWords) -> list[float]:
    """Widths of columns in characters."""
    widths = []
    for place, title in enumerate(headers(table)):
        texts = [words.value(row[place], table.kind_of(row, place)) for row in table.rows]
        longest = max((len(text) for text in texts), default=0)
        widths.append(float(min(WIDEST, max(NARROWEST, longest + 2, max(len(word) for word in title.split()) + 3))))
    return widths
