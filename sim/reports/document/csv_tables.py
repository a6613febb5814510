"""Tables of a document as CSV in one archive, with the decimal sign of the reader's locale."""

import csv
import io
import zipfile

from sim.reports.document.archive import with_fixed_dates
from sim.reports.document.model import CellValue, Document, DocumentTable
from sim.reports.document.words import DocumentWords


def csv_of(document: Document, words: DocumentWords) -> bytes:
    """A ZIP archive with one CSV file a table; with a decimal comma, cells are separated by semicolons.

    Args:
        document: What to render.
        words: Its decimal sign; the file of every language has a point unless another sign was asked for.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for table in document.tables():
            archive.writestr(f"{table.name}.csv", table_text(table, words.decimal or "."))
    return with_fixed_dates(result.getvalue())


def table_text(table: DocumentTable, decimal: str) -> str:
    """One table as CSV text: six significant digits, empty for missing.

    Args:
        table: The table.
        decimal: Decimal sign.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if decimal == "," else ",", lineterminator="\n")
    writer.writerow(table.keys)
    writer.writerows([_cell(cell, decimal) for cell in row] for row in table.rows)
    return text.getvalue()


def _cell(cell: CellValue, decimal: str) -> str:
    if cell is None:
        return ""
    return f"{cell:.6g}".replace(".", decimal) if isinstance(cell, float) else str(cell)
