"""Numbers for the reader: few digits, true minus signs, units that stay beside their number."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MINUS, SPACE, DASH = "−", "\u00a0", "–"
CHART_DIGITS = 3
MOST_DECIMALS, MOST_ROUNDED = 4, 0.01  # of numbers along an axis; the latter as a share of the number


class Scale(NamedTuple):
    """From a table's unit to the reader's.

    Args:
        factor: Multiply a value by this.
        unit: Unit of a value.
        gap_unit: Unit of a difference.
    """

    factor: float
    unit: str
    gap_unit: str


PERCENT = Scale(100.0, "%", "points")
UNSCALED = Scale(1.0, "", "")
PEOPLE_SCALE = Scale(1.0, "people", "people")
_MONEY = ((1e9, "bn"), (1e6, "m"), (1e3, "k"), (1.0, ""))


def money(values: Iterable[float], currency: str) -> Scale:
    """The scale of a currency that suits the largest value.

    >>> money([4_000_000.0], "EUR").unit.replace(SPACE, " ")
    'EUR m'
    """
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    size, letter = next((pair for pair in _MONEY if largest >= pair[0]), _MONEY[-1])
    unit = f"{currency}{SPACE}{letter}" if letter else currency
    return Scale(1.0 / size, unit, unit)


def places(values: Iterable[float], digits: int = CHART_DIGITS) -> int:
    """Decimals that show the largest value with a number of significant digits; negative for tens and hundreds."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return 0 if largest == 0.0 else digits - 1 - math.floor(math.log10(largest))


def plain(value: float, decimals: int) -> str:
    """A number with a true minus sign.

    >>> plain(-1234.4, -1)
    '−1,230'
    """
    if not math.isfinite(value):
        return "unknown"
    text = f"{round(value, decimals):,.{max(0, decimals)}f}"
    return (text[1:] if text.startswith("-") and not text.strip("-0.,") else text).replace("-", MINUS)


def even_texts(values: Sequence[float]) -> list[str]:
    """Numbers along an axis with one number of decimals: as many as show each as it is, at most four.

    Numbers that need more, such as steps of a geometric scale, are rounded to within a hundredth of themselves.

    >>> even_texts([0.0, 0.075, 0.15]), even_texts([0.5, 0.7071068, 1.0]), even_texts([0.0, 1.0])
    (['0.000', '0.075', '0.150'], ['0.50', '0.71', '1.00'], ['0', '1'])
    """
    for slack in (1e-9, MOST_ROUNDED):
        for decimals in range(MOST_DECIMALS + 1):
            if all(abs(round(value, decimals) - value) <= slack * abs(value) for value in values):
                return [plain(value, decimals) for value in values]
    return [plain(value, MOST_DECIMALS) for value in values]


def with_sign(value: float, decimals: int) -> str:
    """A number with its sign, except zero.

    >>> with_sign(2.0, 1)
    '+2.0'
    """
    text = plain(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def signed_interval(mean: float, low: float, high: float, decimals: int) -> str:
    """A difference and its interval.

    >>> signed_interval(34.14, 32.1, 36.2, 1).replace(SPACE, " ")
    '+34.1 [+32.1, +36.2]'
    """
    first, second, third = (with_sign(value, decimals) for value in (mean, low, high))
    return f"{first}{SPACE}[{second},{SPACE}{third}]"


def plain_interval(middle: float, low: float, high: float, decimals: int) -> str:
    """A value and its interval, without plus signs."""
    first, second, third = (plain(value, decimals) for value in (middle, low, high))
    return f"{first}{SPACE}[{second},{SPACE}{third}]"


def amount(value: float, currency: str) -> str:
    """An amount of money without its sign, as ``EUR 127 m``."""
    scale = money([value], currency)
    shown = abs(value) * scale.factor
    _, _, size = scale.unit.partition(SPACE)
    text = f"{currency}{SPACE}{plain(shown, places([shown]))}"
    return f"{text}{SPACE}{size}" if size else text


def signed_amount(value: float, currency: str) -> str:
    """An amount of money with its sign, as ``−EUR 5.3 m``."""
    return f"{'+' if value > 0 else MINUS if value < 0 else ''}{amount(value, currency)}"


def span(values: Iterable[float]) -> str:
    """Smallest and largest value in whole numbers, as ``7–10``; one number if they are equal."""
    whole = sorted(round(value) for value in values)
    return f"{whole[0]}" if whole[0] == whole[-1] else f"{whole[0]}{DASH}{whole[-1]}"
