"""Guesses of how a text file is written: encoding, separator, where its heading stands."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sim.calibration.reading.dropped_rows import printable
from sim.parameters.errors import BadInput

SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "vertical bar"}
MOST_LINES_ABOVE = 30  # lines that may stand above the heading
_JSON = re.compile(r"\{\s*(\"|\}|$)|\[\s*[\[{]")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class TextFormat:
    """How a text file is written.

    Args:
        encoding: Name of the encoding.
        separator: Sign between cells.
        skipped: Lines above the heading.
        headings: Names of the columns.
        quoted_lines: Whether a quoted cell may hold the end of a line.
    """

    encoding: str
    separator: str
    skipped: int
    headings: tuple[str, ...]
    quoted_lines: bool


def guess_text_format(sample: bytes, where: str) -> TextFormat:
    """Guess the format from the beginning of a file.

    Args:
        sample: The first bytes.
        where: Name of the file, for messages.

    Raises:
        BadInput: It is no text, or no table.
    """
    encoding = guess_encoding(sample, where)
    lines = [printable(line) for line in sample.decode(encoding, "ignore").splitlines()[:500]]
    if not any(line.strip() for line in lines):
        raise BadInput(f"{where}: the file is empty; a table with a heading and rows is needed")
    _refuse_markup(lines, where)
    separator = guess_separator(lines)
    rows = list(csv.reader(lines, delimiter=separator))
    heading = _heading(rows, where)
    return TextFormat(
        encoding,
        separator,
        heading,
        tuple(cell.strip().lstrip("\ufeff") for cell in rows[heading]),
        any(line.count('"') % 2 for line in lines),
    )


def _refuse_markup(lines: Sequence[str], where: str) -> None:
    """Stop where the file is JSON or HTML, in which a table may be but no row is a line."""
    start = "".join(lines[:3]).lstrip("\ufeff").strip()
    form = "HTML or XML" if start.startswith("<") else "JSON" if _JSON.match(start) else ""
    if form:
        raise BadInput(f"{where}: this is {form}, and no table; export the rows as CSV, Parquet or Excel")


def guess_encoding(sample: bytes, where: str) -> str:
    """UTF-8 where the bytes are valid, UTF-16 by its mark, else the code page of Western Windows.

    Raises:
        BadInput: There are zero bytes, as in no text.

    >>> guess_encoding("Straße;1".encode("cp1252"), "x"), guess_encoding("Straße;1".encode(), "x")
    ('cp1252', 'utf-8')
    """
    for mark, name in _MARKS.items():
        if sample.startswith(mark):
            return name
    if b"\0" in sample:
        raise BadInput(f"{where}: the file is no text, Parquet, Excel or gzip file; export the table as CSV")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def guess_separator(lines: list[str]) -> str:
    """The sign that cuts most lines into the same number of cells, at least two.

    >>> guess_separator(["a;b", "1,5;2", "2,5;3"]), guess_separator(["word", "other"])
    (';', ',')
    """
    best, score = ",", (0.0, 0)
    used = [line for line in lines if line.strip()]
    for separator in SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(used, delimiter=separator))
        width, count = max(widths.items(), key=lambda pair: (pair[1] if pair[0] > 1 else 0, pair[0]))
        if width > 1 and (round(count / len(used), 2), width) > score:
            best, score = separator, (round(count / len(used), 2), width)
    return best


def _heading(rows: list[list[str]], where: str) -> int:
    """The first row as wide as most rows are, without empty cells."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    width = max(widths, key=lambda cells: (widths[cells], cells))
    for place, row in enumerate(rows[:MOST_LINES_ABOVE]):
        if len(row) == width and all(cell.strip() for cell in row):
            quoted = f"; numbers with decimal commas must be quoted, as rows have {len(row)} cells" if place else ""
            refuse_values(row, f"{where}:{place + 1}", quoted)
            _refuse_doubled(row, where, place)
            return place
    raise BadInput(
        f"{where}: no heading was found: a row with a name for each of the {width} columns is needed; headings that "
        "are merged or missing must be written out, one name a column"
    )


def refuse_values(row: Sequence[str], where: str, hint: str = "") -> None:
    """Stop where the first full row holds values, so that nobody takes a customer for a heading.

    Args:
        row: Its cells.
        where: File and place, for the message.
        hint: What else may be wrong.

    Raises:
        BadInput: Half of the cells or more are numbers or days.
    """
    numbers = sum(cell.strip().replace(".", "").replace(",", "").replace("-", "").isdigit() for cell in row)
    if 2 * numbers >= len(row):
        raise BadInput(
            f"{where}: the first row holds values ({', '.join(row[:4])}); a row with the names of the "
            f"columns is needed above{hint}"
        )


def _refuse_doubled(row: list[str], where: str, place: int) -> None:
    """Stop where two columns have one name."""
    names = [cell.strip() for cell in row]
    doubled = sorted(name for name, count in Counter(names).items() if count > 1)
    if doubled:
        raise BadInput(f"{where}:{place + 1}: two columns have the name {doubled[0]!r}; give each its own")
