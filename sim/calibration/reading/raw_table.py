"""Files as tables of text: CSV, gzip, Parquet and Excel, within bounded memory."""

import gzip
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pandas as pd

from sim.calibration.reading.dropped_rows import SHOWN, DroppedRows, printable
from sim.calibration.reading.spreadsheet import read_spreadsheet
from sim.calibration.reading.text_format import SEPARATORS, TextFormat, guess_text_format
from sim.parameters.errors import BadInput

SAMPLE = 1 << 20  # bytes from which the format is guessed; no line may be longer
MOST_BYTES = 1 << 30  # of text, unpacked
_MOST_ROWS = 20_000_000
SAMPLE_OF = "give a sample of the customers"  # the way out where a file is too large
MOST_COLUMNS = 1000  # each is looked at for each role
_ROWS_AT_ONCE = 4096  # of a Parquet file, whose cells may be far larger than the file
GZIP, PARQUET, EXCEL, OLD_EXCEL = b"\x1f\x8b", b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class RawTable:
    """A file as it stands.

    Args:
        cells: Cells as text, or as the file's own types; the index holds the lines of the file.
        guesses: What was guessed of the format, by name.
        dropped: Rows that are not as wide as the heading.
    """

    cells: pd.DataFrame
    guesses: dict[str, str]
    dropped: DroppedRows = field(default_factory=DroppedRows)


def read_raw(path: Path) -> RawTable:
    """Read a file, whatever its format.

    Raises:
        BadInput: Missing, too large, damaged, or no table.
    """
    try:
        if path.exists() and not path.is_file():
            kind = "a folder" if path.is_dir() else "a device or a pipe"
            raise BadInput(f"{path}: this is {kind}, and no file; give a file with the table")
        with path.open("rb") as file:
            start = file.read(8)
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such file") from None
    except OSError as trouble:
        raise BadInput(f"{path}: the file cannot be read ({trouble.strerror})") from None
    if start.startswith(PARQUET):
        return _parquet(path)
    if start.startswith(EXCEL):
        cells, guesses = read_spreadsheet(path)
        _refuse_width(len(cells.columns), path)
        cells.columns = [printable(name) for name in cells.columns]
        return RawTable(cells, guesses)
    if start.startswith(OLD_EXCEL):
        raise BadInput(f"{path}: this is an Excel file of before 2007; save it as .xlsx or CSV")
    return _text(path, start.startswith(GZIP))


def _parquet(path: Path) -> RawTable:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            rows = file.metadata.num_rows
            if rows > _MOST_ROWS:
                raise BadInput(f"{path}: {rows:,} rows; at most {_MOST_ROWS:,} are read; {SAMPLE_OF}")
            _refuse_width(len(file.schema_arrow), path)
            cells = _table_of(file, path).to_pandas()
    except (pa.ArrowException, OSError) as trouble:
        raise BadInput(f"{path}: this Parquet file is damaged ({_first_line(trouble)})") from None
    cells.columns = [printable(str(name)) for name in cells.columns]
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return RawTable(cells, {"format": "Parquet"})


def _table_of(file: Any, path: Path) -> Any:
    """The table of an open Parquet file, read piece by piece so that it stops before memory is full."""
    import pyarrow as pa

    pieces, given = [], 0
    for piece in file.iter_batches(_ROWS_AT_ONCE):
        given += piece.nbytes
        if given > MOST_BYTES:
            raise BadInput(f"{path}: more than {MOST_BYTES:,} bytes of cells; {SAMPLE_OF}")
        pieces.append(piece)
    return pa.Table.from_batches(pieces, file.schema_arrow)


def _refuse_width(columns: int, path: Path) -> None:
    if columns > MOST_COLUMNS:
        raise BadInput(
            f"{path}: {columns:,} columns; at most {MOST_COLUMNS:,} are read; give only the columns that are meant, "
            "with one row a line"
        )


def _text(path: Path, packed: bool) -> RawTable:
    try:
        with _open(path, packed) as file:
            sample = file.read(SAMPLE)
    except (OSError, EOFError, zlib.error) as trouble:
        raise BadInput(f"{path}: the gzip file is damaged ({_first_line(trouble)})") from None
    if len(sample) == SAMPLE and b"\n" not in sample and b"\r" not in sample:
        raise BadInput(f"{path}:1: the first line has more than {SAMPLE:,} bytes; a table has one row a line")
    cut = sample if len(sample) < SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample
    form = guess_text_format(cut, str(path))
    _refuse_width(len(form.headings), path)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise BadInput(f"{path}: {size:,} bytes; at most {MOST_BYTES:,} are read; {SAMPLE_OF}")
    guesses = {
        "format": "text, gzip" if packed else "text",
        "encoding": form.encoding,
        "separator": SEPARATORS[form.separator],
        "heading": f"line {form.skipped + 1}",
    }
    dropped = DroppedRows()
    cells = _rows(path, packed, form, dropped)
    return RawTable(cells, guesses, dropped)


def _open(path: Path, packed: bool) -> IO[bytes]:
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]


class _Bounded:
    """A file that refuses to give more than `MOST_BYTES`."""

    def __init__(self, file: IO[bytes], where: Path) -> None:
        self.file, self.where, self.given, self.closed = file, where, 0, False

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        part = self.file.read(size)
        self.given += len(part)
        if self.given > MOST_BYTES:
            raise BadInput(f"{self.where}: more than {MOST_BYTES:,} bytes of text; {SAMPLE_OF}")
        return part

    def close(self) -> None:
        """Close the file."""
        self.closed = True

    def readable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """No."""
        return False

    def seekable(self) -> bool:
        """No."""
        return False


def _rows(path: Path, packed: bool, form: TextFormat, dropped: DroppedRows) -> pd.DataFrame:
    import pyarrow as pa
    from pyarrow import csv

    def refuse(row: Any) -> str:
        line = "a line" if row.number is None else f"line {row.number}"
        shown = [f"{line}: {printable(row.text[:80])}"] if len(dropped.first.get(_WIDTH, ())) < SHOWN else []
        dropped.add(_WIDTH, shown, 1)
        return "skip"

    names = list(form.headings)
    reading = csv.ReadOptions(
        use_threads=False, block_size=SAMPLE, skip_rows=form.skipped + 1, column_names=names,
        encoding="utf8" if form.encoding.startswith("utf-8") else form.encoding,
    )  # fmt: skip
    parsing = csv.ParseOptions(
        delimiter=form.separator, newlines_in_values=form.quoted_lines, invalid_row_handler=refuse
    )
    types = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    try:
        with _open(path, packed) as file, csv.open_csv(_Bounded(file, path), reading, parsing, types) as blocks:
            table = blocks.read_all()
    except (pa.ArrowException, OSError, EOFError, zlib.error, UnicodeError) as trouble:
        raise _trouble(path, trouble) from None
    cells = table.to_pandas()
    cells.index = pd.RangeIndex(form.skipped + 2, form.skipped + 2 + len(cells))
    return cells


_WIDTH = "another number of cells than the heading"


def _trouble(path: Path, trouble: BaseException) -> BadInput:
    said = str(trouble)
    if isinstance(trouble.__cause__, BadInput):
        return trouble.__cause__
    if "straddl" in said or "block" in said:
        return BadInput(f"{path}: a line has more than {SAMPLE:,} bytes; a table has one row a line")
    if "UTF8" in said or isinstance(trouble, UnicodeError):
        return BadInput(f"{path}: the file mixes encodings; save it anew as UTF-8")
    return BadInput(f"{path}: the table is damaged ({_first_line(trouble)})")


def _first_line(trouble: BaseException) -> str:
    return (str(trouble) or type(trouble).__name__).splitlines()[0][:120]
