"""Tables as text that lines up, and numbers as a reader wants them."""

import math
import shutil
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 4
NARROWEST = 40  # characters below which a terminal is not believed


def width() -> int:
    """Columns of the terminal; 80 where there is none and COLUMNS does not say. [characters]"""
    return max(NARROWEST, shutil.get_terminal_size((80, 24)).columns)


def align(rows: Sequence[Sequence[str]], indent: str = "  ", space: int | None = None) -> list[str]:
    """Rows of cells as lines whose columns line up: the first to the left, the others to the right.

    A table that is wider than the terminal goes on below itself, its first column again at the left.

    Args:
        rows: Cells, all rows of one length.
        indent: What each line begins with.
        space: Characters of a line; those of the terminal if left out.

    >>> align([["name", "value"], ["a", "12.5"]])
    ['  name  value', '  a      12.5']
    >>> align([["name", "value", "unit"], ["a", "12.5", "EUR"]], space=14)
    ['  name  value', '  a      12.5', '', '  name  unit', '  a      EUR']
    """
    if not rows:
        return []
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines: list[str] = []
    for columns in _beside(widths, (width() if space is None else space) - len(indent)):
        lines += [""] if lines else []
        for row in rows:
            cells = [row[0].ljust(widths[0]), *(row[k].rjust(widths[k]) for k in columns)]
            lines.append((indent + "  ".join(cells)).rstrip())
    return lines


def _beside(widths: Sequence[int], space: int) -> list[list[int]]:
    """Columns after the first, in groups that fit a line beside it; at least one a group."""
    groups: list[list[int]] = [[]]
    rest = space - widths[0]
    for k, column_width in enumerate(widths[1:], start=1):
        if groups[-1] and rest < column_width + 2:
            groups.append([])
            rest = space - widths[0]
        groups[-1].append(k)
        rest -= column_width + 2
    return groups


def wrap(text: str, indent: str = "    ") -> list[str]:
    """A text as lines of the terminal's width; further lines are indented, and no word is cut."""
    return textwrap.wrap(text, width(), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [
        ""
    ]


def of_table(table: "pd.DataFrame", write: Callable[[Any], str] | None = None) -> list[str]:
    """A table of numbers and texts as aligned lines.

    Args:
        table: The table; its column names are the head.
        write: How a cell is written; `short` if left out.
    """
    rows = [[str(name) for name in table.columns]]
    rows += [[(write or short)(cell) for cell in row] for row in table.itertuples(index=False)]
    return align(rows, indent="")


def short(value: Any) -> str:
    """A number with four significant digits, whole from a thousand on; a text unchanged; - if unknown.

    >>> short(-1234567.8), short(0.012345), short(12), short(float("nan")), short("telecom")
    ('-1,234,568', '0.01235', '12', '-', 'telecom')
    """
    if isinstance(value, str):
        return value
    number = float(value)
    if math.isnan(number):
        return "-"
    if math.isinf(number):
        return "infinite" if number > 0 else "-infinite"
    if number == int(number) or abs(number) >= 10 ** (DIGITS - 1):
        return f"{number:,.0f}"
    return f"{number:.{DIGITS}g}"


def span(low: float, high: float) -> str:
    """An interval.

    >>> span(-1200.4, 3.0)
    '[-1,200, 3]'
    """
    return f"[{short(low)}, {short(high)}]"


def probability(value: float) -> str:
    """A p-value.

    >>> probability(0.00004), probability(0.0312), probability(float("nan"))
    ('<0.001', '0.031', '-')
    """
    return "-" if math.isnan(value) else "<0.001" if value < 0.001 else f"{value:.3f}"
