"""Rows in plain Python, of tables of columns and of structured arrays: fields are read and written by attribute."""

from functools import cache
from operator import itemgetter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

PLACE = "slot"  # the field that is the number of the place


class Columns(Protocol):
    """What a row needs of its table: the columns it may write, what is declared of them, and the number of firms."""

    writable: Any
    layout: Any
    firms: int

    def is_kept(self, name: str) -> bool:
        """Whether the column has memory."""


class Row:
    """One place of a table, its fields read and written by attribute as whole or double-precision numbers."""

    __slots__ = ("_at", "_table")

    def __init__(self, table: Columns, place: int) -> None:
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_at", (place,))

    def __getattr__(self, name: str) -> Any:
        try:
            column = self._table.writable[name]
        except KeyError:
            if name == PLACE:
                return self._at[0]
            raise AttributeError(f"there is no field {name!r} in {self._table.layout.name}") from None
        at = self._at
        return column.item(at) if column.ndim == len(at) else Values(self._table, name, at)

    def __setattr__(self, name: str, value: Any) -> None:
        _set(self._table, name, self._at, value)


class Relation(Row):
    """What one place holds about one firm."""

    __slots__ = ()

    def __init__(self, table: Columns, place: int, firm: int) -> None:
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_at", (place, firm))


class Relations:
    """What one place holds about every firm, by seat."""

    __slots__ = ("_rows",)

    def __init__(self, table: Columns, place: int) -> None:
        self._rows = [Relation(table, place, firm) for firm in range(table.firms)]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, firm: int) -> Relation:
        return self._rows[int(firm)]


class Values:
    """The values of one field at one place."""

    __slots__ = ("_at", "_name", "_table")

    def __init__(self, table: Columns, name: str, at: tuple[int, ...]) -> None:
        self._table, self._name, self._at = table, name, at

    def __len__(self) -> int:
        return self._table.layout.fields[self._name].values

    def __getitem__(self, value: int) -> Any:
        return self._table.writable[self._name].item((*self._at, value))

    def __setitem__(self, value: int, number: Any) -> None:
        _set(self._table, self._name, (*self._at, value), number)


def _set(table: Columns, name: str, at: tuple[int, ...], value: Any) -> None:
    """Write one value; one that is not neutral into a column that is not kept would change everybody's."""
    if not table.is_kept(name) and value != table.layout.fields[name].neutral:
        raise ValueError(
            f"{name} of {table.layout.name} is not kept in this world, so {value!r} cannot be set; "
            f"keep it first: people.keep({name!r}), or the row of its number in sim.model.population.COLUMNS_OF"
        )
    table.writable[name][at] = value


def by_attribute(rows: NDArray[np.void]) -> NDArray[np.void]:
    """A view of a structured array whose rows are read and written by attribute, much faster than `numpy.recarray`.

    >>> rows = by_attribute(np.zeros(2, [("price", float), ("seat", int)]))
    >>> rows[1].price = 3.0
    >>> rows["price"].tolist()
    [0.0, 3.0]
    """
    dtype: Any = (_record_class(rows.dtype.names or ()), rows.dtype)
    return rows.view(np.dtype(dtype))


@cache
def _record_class(names: tuple[str, ...]) -> type[np.void]:
    """The class of rows with these fields, as attributes."""
    return type("Record", (np.void,), {"__slots__": ()} | {name: _attribute(name) for name in names})


def _attribute(name: str) -> property:
    def put(row: Any, value: Any) -> None:
        row[name] = value

    return property(itemgetter(name), put)
