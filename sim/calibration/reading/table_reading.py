"""A client's file as a checked table: one column a role, with everything that was guessed and dropped."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.calibration.reading.column_choice import choose_columns
from sim.calibration.reading.date_values import DateColumn, read_dates
from sim.calibration.reading.dropped_rows import DroppedRows
from sim.calibration.reading.flag_values import read_flags
from sim.calibration.reading.number_values import COMMA, POINT, decimal_sign, read_numbers
from sim.calibration.reading.raw_table import RawTable, read_raw
from sim.calibration.reading.roles import FLAG, NUMBER, TEXT, TIME, Role
from sim.parameters.errors import BadInput

_NOTHING = ("", "nan", "null", "none", "#n/a", "n/a", "<na>")  # what programs write where there is nothing
MOST_UNREADABLE = 0.1  # share of rows whose date or number may be unreadable
DUPLICATE = "equal to another row in every column"


@dataclass(frozen=True)
class TableReading:
    """What was read from a file.

    Args:
        path: The file.
        rows: Rows under the heading.
        table: One column a role; the index holds the lines of the file.
        columns: Column of the file by role.
        guesses: Format, date order, decimal sign and so on, in words.
        dropped: Rows that were left out; kinds add theirs.
        currency: Currency that the cells name, or nothing.
        raw: Every cell of the rows kept, for kinds that read groups of columns.
    """

    path: Path
    rows: int
    table: pd.DataFrame
    columns: Mapping[str, str]
    guesses: dict[str, str]
    dropped: DroppedRows
    currency: str
    raw: pd.DataFrame

    @property
    def used(self) -> int:
        """Rows that were not left out."""
        return self.rows - self.dropped.total

    @property
    def sha256(self) -> str:
        """Hash of the file's bytes."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def read_table(path: Path, roles: Sequence[Role], asked: Mapping[str, str]) -> TableReading:
    """Read a file for a kind.

    Args:
        path: The file.
        roles: What the kind reads of each row.
        asked: Columns by role, as the user gave them.

    Raises:
        BadInput: The file cannot be used; the message says why.
    """
    raw = read_raw(path)
    cells = raw.cells
    if cells.empty:
        raise BadInput(f"{path}: there are no rows under the heading")
    columns = choose_columns(cells, roles, asked, str(path))
    rows = len(cells) + raw.dropped.total
    guesses = dict(raw.guesses)
    if any(role.identity and role.name in columns for role in roles):
        cells = raw.dropped.drop(cells, cells.duplicated(), DUPLICATE)
    table, currency = _typed(cells, {role: columns[role.name] for role in roles if role.name in columns}, raw, path)
    guesses |= raw.guesses
    bad = pd.Series(False, index=table.index)
    for role in (role for role in roles if role.name in columns and role.required):
        missing = table[role.name].isna() & ~bad
        _refuse_most(missing, cells[columns[role.name]], role, path)
        raw.dropped.drop(cells[~bad], missing[~bad].to_numpy(), f"{role.name} is missing or unreadable")
        bad |= missing
    table = table[~bad]
    if table.empty:
        raise BadInput(f"{path}: no row can be used: {'; '.join(raw.dropped.counts) or 'all are empty'}")
    return TableReading(path, rows, table, columns, guesses, raw.dropped, currency, cells[~bad])


def _typed(cells: pd.DataFrame, columns: Mapping[Role, str], raw: RawTable, path: Path) -> tuple[pd.DataFrame, str]:
    """Every role's column as its type; guesses are noted."""
    number_columns = [column for role, column in columns.items() if role.holds == NUMBER]
    sign = _sign(cells, number_columns, raw.guesses)
    table, currencies = {}, set()
    for role, column in columns.items():
        if role.holds == TIME:
            dates = read_dates(cells[column])
            raw.guesses[f"dates in {column}"] = dates.written
            table[role.name] = dates.values
            _refuse_dates(dates, cells[column], role, path)
        elif role.holds == NUMBER:
            numbers = read_numbers(cells[column], sign)
            table[role.name] = pd.Series(numbers.values, index=cells.index)
            currencies |= {numbers.currency} - {""}
        elif role.holds == FLAG:
            table[role.name] = pd.Series(read_flags(cells[column]), index=cells.index)
        else:
            table[role.name] = _texts(cells[column])
    if len(currencies) > 1 or "mixed" in currencies:
        raise BadInput(f"{path}: amounts are in several currencies; convert them into one, or give a file for each")
    return pd.DataFrame(table, index=cells.index), next(iter(currencies), "")


def _texts(cells: pd.Series) -> pd.Series:
    texts = cells.astype("string").str.strip()
    return texts.where(~texts.str.lower().isin(_NOTHING).fillna(True).astype(bool))


def _sign(cells: pd.DataFrame, columns: Sequence[str], guesses: dict[str, str]) -> str:
    signs = [sign for column in columns if (sign := decimal_sign(cells[column])) is not None]
    fallback = COMMA if guesses.get("separator") == "semicolon" else POINT
    sign = max(set(signs), key=signs.count) if signs else fallback
    if columns and guesses.get("format", "").startswith("text"):
        guesses["decimal sign"] = sign if signs else f"{sign} (no number shows it)"
    return sign


def _refuse_dates(dates: DateColumn, cells: pd.Series, role: Role, path: Path) -> None:
    if dates.others <= MOST_UNREADABLE * len(cells):
        return
    if not dates.values.notna().any():
        raise BadInput(
            f"{path}: column {cells.name} holds no dates; name the right column: --columns {role.name}=COLUMN"
        )
    raise BadInput(
        f"{path}: column {cells.name}: {dates.others:,} of {len(cells):,} dates are not written {dates.written}; "
        "write all dates in one way, best as 2024-01-31"
    )


def _refuse_most(missing: pd.Series, cells: pd.Series, role: Role, path: Path) -> None:
    texts = cells[missing].dropna().astype(str).str.strip()
    filled = texts[texts != ""]
    if role.holds != TEXT and len(filled) > MOST_UNREADABLE * len(missing):
        raise BadInput(
            f"{path}: column {cells.name} holds no {role.holds} in {len(filled):,} of {len(missing):,} rows "
            f"(such as {filled.iloc[0]!r:.60}); name the right column: --columns {role.name}=COLUMN"
        )
