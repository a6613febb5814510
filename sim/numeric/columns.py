"""Columns instead of rows: every field of a table of customers lies in one contiguous column of one buffer."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.numeric.rows import PLACE, Relations, Row

BLOCK = 128  # places are padded to a multiple of this, so that loops over blocks need no remainder
ALWAYS, NUMBERED = -1, -2
CELL = 64  # bytes kept for the one value of a column that is not kept, so that threads do not share cache lines


class Field(NamedTuple):
    """One declared field.

    Args:
        name: Name.
        kind: Type of one value as numpy writes it.
        values: Values a place holds; 0 for a plain number.
        before: Bytes a place takes in the columns before this one.
        rare: Row in the table of rare columns, `ALWAYS` for a column that is always kept, or `NUMBERED` for the
            number of the place itself, which takes no memory.
        neutral: Value of a rare column that is not kept.
    """

    name: str
    kind: str
    values: int
    before: int
    rare: int
    neutral: float

    @property
    def size(self) -> int:
        """Bytes of one value."""
        return np.dtype(self.kind).itemsize


class Layout:
    """How the fields of one table lie in memory: field by field, each column padded to whole blocks.

    A value of a field that is always kept has the address
    ``base + (before + value * size) * padded + place * size``, and that of a further firm lies
    ``width * padded`` bytes on. A rare field has a place, a stride and a stride between firms in a small table
    instead: a column that is not kept has strides of 0 and lives in one cell that holds its neutral value.

    Args:
        name: Name of the table.
        declared: Names, types and shapes of the fields.
        rare: Neutral value of each field that is kept only where it is needed.
        by_firm: True if every place has a row for each firm.
        fixed: Places of every table of this layout, if that is known to compiled code; 0 if it is not.
    """

    def __init__(
        self, name: str, declared: np.dtype[Any], rare: Mapping[str, float], by_firm: bool, fixed: int = 0
    ) -> None:
        self.name, self.declared, self.by_firm, self.fixed = name, declared, by_firm, fixed
        self.fields: dict[str, Field] = {}
        self.width = 0
        for one in declared.names or ():
            kind, values = _kind_and_values(declared[one])
            row = list(rare).index(one) if one in rare else NUMBERED if one == PLACE else ALWAYS
            self.fields[one] = Field(one, kind, values, self.width, row, rare.get(one, 0.0))
            if row == ALWAYS:
                self.width += np.dtype(kind).itemsize * max(1, values)
        self.rare = tuple(rare)

    def __reduce__(self) -> Any:
        return Layout, (
            self.name,
            self.declared,
            {one: self.fields[one].neutral for one in self.rare},
            self.by_firm,
            self.fixed,
        )


def _kind_and_values(declared: np.dtype[Any]) -> tuple[str, int]:
    if declared.subdtype is None:
        return declared.str, 0
    base, shape = declared.subdtype
    return base.str, int(shape[0])


def padded_places(places: int) -> int:
    """Places of a column: whole blocks, and an odd number of them, so that columns do not fall on the same cache sets.

    >>> padded_places(1), padded_places(129), padded_places(384)
    (128, 384, 384)
    """
    blocks = max(1, -(-places // BLOCK))
    return (blocks + 1 - blocks % 2) * BLOCK


class Table:
    """Rows of one layout, in columns.

    ``table["rate"]`` is the column of a field as a numpy array that can be written to: shape (places,), or
    (places, values), with (places, firms, …) for tables by firm. ``table[7]`` is the row of one place, to be read and
    written by attribute; of a table by firm it is the list of its rows by firm.

    Args:
        layout: What is kept and how.
        places: Rows.
        firms: Firms; 1 for tables that are not by firm.
        kept: Rare columns that are kept.
    """

    def __init__(self, layout: Layout, places: int, firms: int = 1, kept: Collection[str] = ()) -> None:
        self.layout, self.places, self.firms, self.padded = layout, places, firms, padded_places(places)
        self.buffer = _aligned(layout.width * self.padded * firms)
        self.base = self.buffer.ctypes.data
        self.rare = np.zeros((max(1, len(layout.rare)), 3), np.int64)  # address, stride, stride between firms [bytes]
        self.rare_base = self.rare.ctypes.data
        self.kept: dict[str, NDArray[Any]] = {}
        self._columns: dict[str, NDArray[Any]] = {}
        self.writable: dict[str, NDArray[Any]] = {}
        for field in layout.fields.values():
            self._place(field)
        for name in kept:
            self.keep(name)

    def _place(self, field: Field) -> None:
        if field.rare == NUMBERED:
            return
        if field.rare == ALWAYS:
            start, step = field.before * self.padded, field.size * self.padded
            self._show(field, self.buffer[start:], field.size, self.layout.width * self.padded, step)
            return
        cell = _aligned(CELL)
        self._show(field, cell, 0, 0, 0)
        self.writable[field.name][...] = field.neutral
        self.rare[field.rare] = (cell.ctypes.data, 0, 0)

    def _show(self, field: Field, bytes_: NDArray[np.uint8], place: int, firm: int, value: int) -> None:
        shape: tuple[int, ...] = (self.places,)
        strides: tuple[int, ...] = (place,)
        if self.layout.by_firm:
            shape, strides = (*shape, self.firms), (*strides, firm)
        if field.values:
            shape, strides = (*shape, field.values), (*strides, value)
        column: NDArray[Any] = np.ndarray(shape, np.dtype(field.kind), bytes_.data, 0, strides)
        self.writable[field.name] = column
        self._columns[field.name] = column.view()
        self._columns[field.name].flags.writeable = place > 0

    def keep(self, name: str) -> None:
        """Give a rare column memory of its own, filled with its neutral value; nothing happens if it has some.

        Raises:
            KeyError: There is no such rare column.
        """
        field = self.layout.fields[name]
        if field.rare < 0 or name in self.kept:
            return
        column = _aligned(field.size * max(1, field.values) * self.padded * self.firms)
        by_firm = field.size * max(1, field.values) * self.padded
        self._show(field, column, field.size, by_firm, field.size * self.padded)
        self.writable[name][...] = field.neutral
        self.kept[name] = column
        self.rare[field.rare] = (column.ctypes.data, field.size, by_firm)

    def is_kept(self, name: str) -> bool:
        """Whether a column has memory of its own."""
        return self.layout.fields[name].rare == ALWAYS or name in self.kept

    def columns(self) -> Iterator[tuple[str, NDArray[Any]]]:
        """Name and values of every column that is kept."""
        return ((name, self._columns[name]) for name in self.layout.fields if self.is_kept(name))

    def copy_from(self, other: "Table") -> None:
        """Take over all values of a table of the same shape; rare columns that it keeps are kept from now on."""
        for name in other.kept:
            self.keep(name)
        for name, column in other.columns():
            self.writable[name][...] = column
        for name in self.kept:
            if not other.is_kept(name):
                self.writable[name][...] = self.layout.fields[name].neutral

    def copy(self) -> "Table":
        """A table of its own with the same columns and values."""
        new = Table(self.layout, self.places, self.firms, self.kept)
        new.buffer[:] = self.buffer
        for name, column in self.kept.items():
            new.kept[name][:] = column
        return new

    def records(self, places: Any = slice(None)) -> NDArray[np.void]:
        """A copy of some rows as a structured array, shape (places,) or (places, firms)."""
        shape = np.empty(self.places, np.bool_)[places].shape
        copy = np.zeros((*shape, self.firms) if self.layout.by_firm else shape, self.layout.declared)
        for name in self.layout.fields:
            copy[name] = self[name][places]
        return copy

    @property
    def shape(self) -> tuple[int, ...]:
        """Places, and firms of a table by firm."""
        return (self.places, self.firms) if self.layout.by_firm else (self.places,)

    @property
    def nbytes(self) -> int:
        """Bytes of all columns."""
        return int(self.buffer.nbytes + sum(column.nbytes for column in self.kept.values()))

    def tobytes(self) -> bytes:
        """The bytes of all columns that are kept, in order."""
        return b"".join(np.ascontiguousarray(column).tobytes() for _, column in self.columns())

    def __reduce__(self) -> Any:  # memory lies elsewhere in a copy, so it is made anew and filled
        return _filled, (self.layout, self.places, self.firms, dict(self.columns()))

    def __len__(self) -> int:
        return self.places

    def __getitem__(self, name: Any) -> Any:
        if name == PLACE:
            return np.arange(self.places, dtype=self.layout.fields[PLACE].kind)
        if isinstance(name, str):
            return self._columns[name]
        return Relations(self, int(name)) if self.layout.by_firm else Row(self, int(name))

    def __setitem__(self, name: str, values: Any) -> None:
        self.keep(name)
        self.writable[name][...] = values


def _filled(layout: Layout, places: int, firms: int, columns: Mapping[str, NDArray[Any]]) -> Table:
    table = Table(layout, places, firms)
    for name, column in columns.items():
        table[name] = column
    return table


def _aligned(size: int) -> NDArray[np.uint8]:
    """Zeroed bytes that begin on a cache line."""
    room = np.zeros(size + CELL, np.uint8)
    start = -room.ctypes.data % CELL
    return room[start : start + size]
