"""Account of rows that cannot be used: why, how many, and the first ones."""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

SHOWN = 3  # rows shown for each reason
LONGEST_CELL = 40  # characters
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")  # control signs, which could move a terminal


def printable(text: str) -> str:
    """A text of a file without control signs but tabs.

    >>> printable("\\x1b[31mname")
    '[31mname'
    """
    return _UNPRINTABLE.sub("", text)


@dataclass
class DroppedRows:
    """Rows left out, by reason, with the first of each as text.

    Args:
        counts: Rows by reason.
        first: Up to `SHOWN` rows by reason, each with its line in the file.
    """

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, list[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All rows left out."""
        return sum(self.counts.values())

    @property
    def summary(self) -> str:
        """Reasons with their numbers of rows, in one line; empty where no row was left out."""
        return "; ".join(f"{count:,} rows: {reason}" for reason, count in self.counts.items())

    def add(self, reason: str, rows: list[str], count: int) -> None:
        """Count rows under a reason and keep the first ones.

        Args:
            reason: Why they are left out.
            rows: The first of them as text.
            count: How many they are.
        """
        if count:
            self.counts[reason] = self.counts.get(reason, 0) + count
            shown = self.first.setdefault(reason, [])
            shown.extend(rows[: SHOWN - len(shown)])

    def drop(self, table: pd.DataFrame, bad: Any, reason: str) -> pd.DataFrame:
        """The table without some rows, which are counted.

        Args:
            table: The table; its index holds the lines of the file.
            bad: Which rows to leave out. [true or false]
            reason: Why.
        """
        mask = np.asarray(bad, bool)
        if not mask.any():
            return table
        places = np.flatnonzero(mask)
        self.add(reason, [_row_text(table, int(place)) for place in places[:SHOWN]], len(places))
        return table[~mask]

    def as_mapping(self) -> list[dict[str, Any]]:
        """One record a reason, for JSON."""
        return [{"reason": name, "rows": count, "first": self.first[name]} for name, count in self.counts.items()]


def _row_text(table: pd.DataFrame, place: int) -> str:
    cells = (f"{name}={printable(str(value)[:LONGEST_CELL])}" for name, value in table.iloc[place].items())
    return f"line {table.index[place]}: {', '.join(cells)}"
