"""Tables as text that lines up, and numbers as a reader wants them."""

import math
from collections.abc import Sequence
from typing import Any

DIGITS = 4


def aligned(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Rows of cells as lines whose columns line up: the first to the left, the others to the right.

    >>> aligned([["name", "value"], ["a", "12.5"]])
    ['  name  value', '  a      12.5']
    """
    if not rows:
        return []
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = []
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        lines.append(indent + "  ".join(cells).rstrip())
    return lines


def short(value: Any) -> str:
    """A number with four digits that count, whole from a thousand on; a text as it is; - for what is not known.

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
