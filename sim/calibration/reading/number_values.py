"""Numbers as people write them: decimal commas, thousands, currencies, percent, minus behind or in brackets."""

import re
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.model.state import Floats

POINT, COMMA = "point", "comma"
_MONEY = re.compile(
    r"(?<![A-Z])(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|JPY|CAD|AUD|INR|CNY)(?![A-Z])|[€$£¥]|Fr\.|\bkr\b"
)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "Fr.": "CHF", "kr": "SEK"}
_SPACES = re.compile(r"[\s'’\u00a0\u202f\u2009]")
MOST_NUMBER = 1e15  # more is no amount, count or time
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class NumberColumn(NamedTuple):
    """Numbers of a column.

    Args:
        values: The numbers; not a number where the text is none.
        currency: Three letters, if the cells name one currency; `mixed` if they name several; else nothing.
    """

    values: Floats
    currency: str


def decimal_sign(texts: pd.Series) -> str | None:
    """Which sign the numbers of a column use, or None where they do not show it.

    >>> decimal_sign(pd.Series(["1.234,50", "7,5"])), decimal_sign(pd.Series(["1,234"])), decimal_sign(pd.Series(["3"]))
    ('comma', None, None)
    """
    votes = {POINT: 0, COMMA: 0}
    for text in texts.dropna().astype(str).drop_duplicates().head(2000):
        bare = _SPACES.sub("", text)
        point, comma = bare.rfind("."), bare.rfind(",")
        if point >= 0 and comma >= 0:
            votes[POINT if point > comma else COMMA] += 1
        elif point >= 0 or comma >= 0:
            place, name = (point, POINT) if point >= 0 else (comma, COMMA)
            several = bare.count(bare[place]) > 1
            digits = len(re.match(r"\d*", bare[place + 1 :]).group())  # type: ignore[union-attr]
            if several:
                votes[COMMA if name == POINT else POINT] += 1
            elif digits != 3:
                votes[name] += 1
    return None if votes[POINT] == votes[COMMA] else max(votes, key=lambda name: votes[name])


def read_numbers(cells: pd.Series, sign: str) -> NumberColumn:
    """The numbers of a column.

    Args:
        cells: Cells, as text or as numbers.
        sign: Decimal sign, `point` or `comma`.

    >>> read_numbers(pd.Series(["1.234,50 €", "(7)", "5-", "x"]), "comma")
    NumberColumn(values=array([1234.5,   -7. ,   -5. ,    nan]), currency='EUR')
    """
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells):
        return NumberColumn(_bounded(cells.to_numpy(np.float64, na_value=np.nan)), "")
    codes, uniques = pd.factorize(cells)
    numbers = [_read_number(value, sign) for value in uniques]
    table = np.array([*(value for value, _ in numbers), np.nan])
    currencies = {currency for _, currency in numbers if currency}
    return NumberColumn(_bounded(table)[codes], "mixed" if len(currencies) > 1 else next(iter(currencies), ""))


def _bounded(values: Floats) -> Floats:
    return np.where(np.abs(values) <= MOST_NUMBER, values, np.nan)


def _read_number(cell: Any, sign: str) -> tuple[float, str]:
    if not isinstance(cell, str):
        return (float(cell), "") if isinstance(cell, int | float) and not isinstance(cell, bool) else (float("nan"), "")
    money = _MONEY.search(cell)
    bare = _SPACES.sub("", _MONEY.sub("", cell))
    percent = bare.endswith("%")
    bare = bare.removesuffix("%")
    bare = bare.replace(".", "").replace(",", ".") if sign == COMMA else bare.replace(",", "")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    elif bare.endswith("-"):
        bare = f"-{bare[:-1]}"
    if not _NUMBER.fullmatch(bare):
        return float("nan"), ""
    value = float(bare) / (100.0 if percent else 1.0)
    return value, _SIGNS.get(money.group(), money.group()) if money else ""
