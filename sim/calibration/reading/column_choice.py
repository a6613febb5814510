"""Which column of a file plays which role: by ``--columns``, by its name, by what it holds."""

from collections.abc import Mapping, Sequence

import pandas as pd

from sim.calibration.reading.date_values import read_dates
from sim.calibration.reading.number_values import POINT, decimal_sign, read_numbers
from sim.calibration.reading.roles import FLAG, NUMBER, TIME, Role, plain_words
from sim.parameters.checking import nearest
from sim.parameters.errors import BadInput

ENOUGH, ENOUGH_DATES = 0.7, 0.3  # share of filled cells that must be what the role holds; mixed dates are told apart
_TRIED = 200  # rows looked at
_OF_NAMES = frozenset(("id", "no", "nr", "number", "nummer", "name", "key", "code", "the", "der", "des"))


def choose_columns(cells: pd.DataFrame, roles: Sequence[Role], asked: Mapping[str, str], where: str) -> dict[str, str]:
    """Column of each role that is there.

    Args:
        cells: The table.
        roles: What is looked for.
        asked: Columns by role, as the user gave them.
        where: Name of the file, for messages.

    Raises:
        BadInput: An unknown role or column, no column for any role, or none for a required one.
    """
    _check_asked(cells, roles, asked, where)
    chosen = dict(asked)
    for guess in (_guess_exactly, _guess):
        for role in (role for role in roles if role.name not in chosen):
            column = guess(cells, role, [name for name in map(str, cells.columns) if name not in chosen.values()])
            if column is not None:
                chosen[role.name] = column
    if not chosen:
        raise BadInput(
            f"{where}: no column was recognised; the file has {_listed(cells)}. Wanted are some of "
            f"{'; '.join(f'{role.name} ({role.meaning})' for role in roles)}. Name them: --columns ROLE=COLUMN"
        )
    missing = [role for role in roles if role.required and role.name not in chosen]
    if missing:
        wanted = "; ".join(f"{role.name} ({role.meaning})" for role in missing)
        raise BadInput(
            f"{where}: no column was recognised as {wanted}; the file has {_listed(cells)}. "
            f"Name it: --columns {missing[0].name}=COLUMN"
        )
    return {role.name: chosen[role.name] for role in roles if role.name in chosen}


def _check_asked(cells: pd.DataFrame, roles: Sequence[Role], asked: Mapping[str, str], where: str) -> None:
    names = [role.name for role in roles]
    for role, column in asked.items():
        if role not in names:
            raise BadInput(f"--columns {role}: no such role.{nearest(role, names)} Known: {', '.join(names)}")
        if list(asked.values()).count(column) > 1:
            raise BadInput(f"--columns {role}={column}: the column is named for two roles; give each its own")
        if column not in cells.columns:
            raise BadInput(
                f"--columns {role}={column}: {where} has no such column."
                f"{nearest(column, map(str, cells.columns))} It has {_listed(cells)}"
            )


def _listed(cells: pd.DataFrame) -> str:
    names = [str(name) for name in cells.columns]
    return f"{', '.join(names[:12])}{', …' if len(names) > 12 else ''}"


def _guess_exactly(cells: pd.DataFrame, role: Role, free: Sequence[str]) -> str | None:
    """By a name that is just that of the role: `due date` is no date of an invoice, which has a word of it too."""
    return _guess_named(cells, role, [name for name in free if (_rank(name, role) or (1, 0))[0] == 0])


def _guess_named(cells: pd.DataFrame, role: Role, free: Sequence[str]) -> str | None:
    ranked = sorted((rank, place, name) for place, name in enumerate(free) if (rank := _rank(name, role)) is not None)
    return next((name for _, _, name in ranked if holds(cells[name], role.holds)), None)


def _guess(cells: pd.DataFrame, role: Role, free: Sequence[str]) -> str | None:
    named = _guess_named(cells, role, free)
    return named if named is not None or not (role.required and role.holds == TIME) else _only_dates(cells, free)


def _only_dates(cells: pd.DataFrame, free: Sequence[str]) -> str | None:
    """The one column that holds dates whatever its name; nothing where none or several do."""
    texts = [name for name in free if not pd.api.types.is_numeric_dtype(cells[name])]
    dates = [name for name in texts if cells[name].notna().any() and holds(cells[name], TIME)]
    return dates[0] if len(dates) == 1 else None


def _rank(name: str, role: Role) -> tuple[int, int] | None:
    """How well a name suits: the same words, then all words of a synonym in it; earlier synonyms first.

    Who somebody is must not be taken from what is known of them: `customer value` is no customer.
    """
    words = plain_words(name)
    parts = set(words.split())
    for place, synonym in enumerate(role.synonyms):
        if words == plain_words(synonym) or words.replace(" ", "") == plain_words(synonym).replace(" ", ""):
            return 0, place
    for place, synonym in enumerate(role.synonyms):
        wanted = set(plain_words(synonym).split())
        if wanted <= parts and not (role.identity and parts - wanted - _OF_NAMES):
            return 1, place
    return None


def holds(cells: pd.Series, kind: str) -> bool:
    """Whether most filled cells of the first rows are what a role holds.

    >>> holds(pd.Series(["1,5", "2"]), "number"), holds(pd.Series(["a", "b"]), "time")
    (True, False)
    """
    filled = cells.dropna()
    filled = filled[filled.astype(str).str.strip() != ""].head(_TRIED)
    if not len(filled):
        return kind == TIME
    if kind == TIME:
        return bool(read_dates(filled).values.notna().mean() >= ENOUGH_DATES)
    if kind == NUMBER:
        values = read_numbers(filled, decimal_sign(filled) or POINT).values
        return bool((values == values).mean() >= ENOUGH)
    return kind != FLAG or filled.astype(str).nunique() <= 12
