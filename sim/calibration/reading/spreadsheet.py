"""Excel files: the first sheet with a table, read row by row; merged headings are refused."""

import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from sim.calibration.reading.text_format import refuse_values
from sim.parameters.errors import BadInput

MOST_UNPACKED = 1 << 29  # bytes
MOST_ABOVE = 30  # rows that may stand above the heading
EXTRA = 'reading Excel needs openpyxl: pip install "customer-centricity[calibration]", or save the sheet as CSV'


def read_spreadsheet(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """Cells and what was guessed.

    Raises:
        BadInput: No openpyxl, damaged, too large, no table, or a heading with empty cells or values.
    """
    try:
        from openpyxl import load_workbook  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        raise BadInput(f"{path}: {EXTRA}") from None
    _refuse_size(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = next(iter(book.worksheets))
        cells, heading = _table(sheet.iter_rows(values_only=True), f"{path}: sheet {sheet.title}")
        guesses = {"format": "Excel", "sheet": str(sheet.title), "heading": f"row {heading}"}
        book.close()
    except (KeyError, StopIteration, zipfile.BadZipFile, ValueError, OSError, SyntaxError) as trouble:
        if isinstance(trouble, BadInput):
            raise
        raise BadInput(f"{path}: this Excel file is damaged or has no sheet ({type(trouble).__name__})") from None
    return cells, guesses


def _refuse_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, OSError):
        raise BadInput(f"{path}: this is neither an Excel file nor text; save the table as .xlsx or CSV") from None
    if size > MOST_UNPACKED:
        raise BadInput(f"{path}: {size:,} bytes unpacked; at most {MOST_UNPACKED:,} are read; save the sheet as CSV")


def _table(rows: Iterator[tuple[Any, ...]], where: str) -> tuple[pd.DataFrame, int]:
    above = list(islice(rows, MOST_ABOVE))
    place = next((k for k, row in enumerate(above) if sum(cell is not None for cell in row) > 1), None)
    if place is None:
        raise BadInput(f"{where}: there is no table with a heading in the first {MOST_ABOVE} rows")
    names = _names(above[place], where, place + 1)
    blank = (None,) * len(names)
    body = [(row + blank)[: len(names)] for row in [*above[place + 1 :], *rows]]
    wide = max((_width(row) for row in body), default=0)
    if wide == 0:
        raise BadInput(f"{where}: there are no rows under the heading in row {place + 1}")
    table = pd.DataFrame(body, columns=names, dtype=object)
    table.index = pd.RangeIndex(place + 2, place + 2 + len(table))
    return table[table.notna().any(axis=1)], place + 1


def _width(row: tuple[Any, ...]) -> int:
    return max((k + 1 for k, cell in enumerate(row) if cell is not None), default=0)


def _names(row: tuple[Any, ...], where: str, line: int) -> list[str]:
    cells = row[: _width(row)]
    texts = [None if cell is None else str(cell).strip() for cell in cells]
    lost = [_letter(k) for k, text in enumerate(texts) if not text]
    doubled = sorted({text for text in texts if text and texts.count(text) > 1})
    if lost or doubled:
        what = f"columns {', '.join(lost)} have no heading" if lost else f"two columns have the name {doubled[0]!r}"
        raise BadInput(
            f"{where}, row {line}: {what}; merged headings cannot be read: give every column one name in one row"
        )
    names = [text for text in texts if text]
    refuse_values(names, f"{where}, row {line}")
    return names


def _letter(place: int) -> str:
    """Letter of a column as Excel shows it.

    >>> _letter(0), _letter(27)
    ('A', 'AB')
    """
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)
