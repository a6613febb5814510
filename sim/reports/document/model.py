"""What a document is before it has a format: one page first, exhibits, grounds for belief, appendix."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

SHARE_WORDS = ("share", "Anteil")
COUNTED_WORDS = ("people", "count", "months", "Personen", "Anzahl", "Monate")
TEXT, NUMBER, COUNT, SHARE, MONEY, BY_UNIT = "text", "number", "count", "share", "money", "by unit"
BARS, LINES, WATERFALL, HEAT = "bars", "lines", "waterfall", "heat"
HEADLINE, SENSITIVITY = "headline", "sensitivity"
CellValue = str | float | int | None


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Args:
        key: Name for machines: lower case, ASCII, underscores.
        title: Name for readers.
        kind: How its cells read; `BY_UNIT`: as the cell of the column ``unit`` in the same row says.
        unit: Unit of all cells; empty for text and for `BY_UNIT`.
        meaning: One sentence for the dictionary.
    """

    key: str
    title: str
    kind: str = TEXT
    unit: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class DocumentTable:
    """A table of plain values; missing is None.

    Args:
        name: Name for machines, unique in a document.
        title: Name for readers.
        columns: Its columns.
        rows: Its rows.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]

    @property
    def keys(self) -> list[str]:
        """Names of the columns for machines."""
        return [column.key for column in self.columns]

    def values(self, key: str) -> list[Any]:
        """Cells of a column."""
        place = self.keys.index(key)
        return [row[place] for row in self.rows]

    def records(self) -> Iterator[dict[str, Any]]:
        """Rows as mappings."""
        for row in self.rows:
            yield dict(zip(self.keys, row, strict=True))

    def kind_of(self, row: Sequence[CellValue], place: int) -> str:
        """Kind of one cell."""
        kind = self.columns[place].kind
        return kind if kind != BY_UNIT else kind_of_unit(str(row[self.keys.index("unit")]))


def kind_of_unit(unit: str) -> str:
    """How a value of some unit reads.

    Units are read in every language of the documents.

    >>> kind_of_unit("share"), kind_of_unit("Personen"), kind_of_unit("EUR"), kind_of_unit("index")
    ('share', 'count', 'money', 'number')
    """
    if unit.startswith(SHARE_WORDS):
        return SHARE
    if unit in COUNTED_WORDS:
        return COUNT
    return MONEY if len(unit.partition("/")[0]) == 3 and unit[:3].isupper() else NUMBER


@dataclass(frozen=True)
class ChartForm:
    """How a chart is drawn from the table of its exhibit; it has no numbers of its own.

    Args:
        kind: `BARS`, `LINES`, `WATERFALL` or `HEAT`.
        category: Column along the first axis.
        value: Column of the values.
        interval: Columns of the ends of the interval; empty if there is none.
        series: Column that says to which series a row belongs; empty for one. Of a heat map: the second axis.
        looks: Colour and dash by series.
        axis: Title of the axis of values, with unit.
        across: Title of the other axis.
        reading: Column of the readings; empty if there is none.
        undecided: Readings that leave a bar pale, whatever its interval.
        span: Lowest and highest number that the axis has to hold, where slides share one; nothing for its own.
    """

    kind: str
    category: str
    value: str
    interval: tuple[str, str] | tuple[()] = ()
    series: str = ""
    looks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    axis: str = ""
    across: str = ""
    reading: str = ""
    undecided: tuple[str, ...] = ()
    span: tuple[float, float] | None = None


@dataclass(frozen=True)
class Exhibit:
    """One finding: title, table, chart and how to read it.

    Args:
        name: Name for machines, unique in a document.
        title: The finding in one sentence, never more than its interval carries.
        subtitle: Metric, unit, period, and what interval is shown.
        table: The numbers.
        note: Where they come from.
        form: The chart; nothing where the table says it all.
        role: `HEADLINE`, `SENSITIVITY` or nothing.
        remarks: How to read it, and where it fails.
    """

    name: str
    title: str
    subtitle: str
    table: DocumentTable
    note: str
    form: ChartForm | None = None
    role: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def alt(self) -> str:
        """The exhibit for readers who cannot see it."""
        parts = [text.rstrip(".") for text in (self.title, self.subtitle, *self.remarks[:1]) if text]
        return ". ".join(parts) + "."


@dataclass(frozen=True)
class DocumentSection:
    """Part of a document: heading, paragraphs, tables."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[DocumentTable, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole document.

    Args:
        kind: What the folder holds: comparison, evidence, sweep or claims.
        title: What it is about.
        front: The page that comes first: label and sentences.
        exhibits: Findings in their order.
        belief: Why one should believe it.
        appendix: Settings, versions, command, dictionary.
        provenance: The same for machines.
    """

    kind: str
    title: str
    front: tuple[tuple[str, tuple[str, ...]], ...]
    exhibits: tuple[Exhibit, ...]
    belief: DocumentSection
    appendix: tuple[DocumentSection, ...]
    provenance: Mapping[str, Any]

    def tables(self) -> list[DocumentTable]:
        """Every table once, in the order of the document."""
        parts = [exhibit.table for exhibit in self.exhibits]
        parts += [table for section in (self.belief, *self.appendix) for table in section.tables]
        return list({table.name: table for table in parts}.values())

    def texts(self) -> list[str]:
        """Every sentence that was made from numbers."""
        texts = [sentence for _, sentences in self.front for sentence in sentences]
        for exhibit in self.exhibits:
            texts += [exhibit.title, exhibit.subtitle, *exhibit.remarks]
        return texts + [text for part in (self.belief, *self.appendix) for text in part.paragraphs]


def as_written(value: float) -> float:
    """A number with the 15 digits that every spreadsheet keeps, so that a table and its workbook hold the same one.

    >>> as_written(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.15g}")


def plain_cell(value: Any) -> CellValue:
    """A cell as a plain value; what is no number is missing.

    >>> plain_cell(float("nan")), plain_cell(True), plain_cell("a")
    (None, 'yes', 'a')
    """
    if value is None or (isinstance(value, float) and value != value):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return None if value in (float("inf"), float("-inf")) else as_written(value)
    return value if isinstance(value, str | int | float) else str(value)


def table_of(name: str, title: str, frame: pd.DataFrame, columns: Sequence[Column]) -> DocumentTable:
    """A table of some columns of a data frame.

    Args:
        name: Name for machines.
        title: Name for readers.
        frame: Where the values are.
        columns: What to take, in this order.
    """
    rows = zip(*([plain_cell(value) for value in frame[column.key]] for column in columns), strict=True)
    return DocumentTable(name, title, tuple(columns), tuple(rows))
