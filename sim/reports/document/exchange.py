"""Money of a document: the folder's own currency, or another one at a rate that the reader gives."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from sim.model.measures import COMPARED
from sim.parameters import BadInput


class Exchange(NamedTuple):
    """What amounts are shown in.

    Args:
        currency: Three letters.
        rate: Amount in it for one unit of the folder's currency.
        of: The folder's currency.
    """

    currency: str
    rate: float
    of: str

    @property
    def converts(self) -> bool:
        """Whether amounts change."""
        return self.currency != self.of


def exchange_of(text: str | None, currency: str) -> Exchange:
    """The exchange that was asked for.

    Args:
        text: ``CODE`` or ``CODE=RATE``; nothing for the folder's own.
        currency: Currency of the folder.

    Raises:
        BadInput: Not three letters, no rate where one is needed, or a rate that is no positive number.

    >>> exchange_of("USD=1.08", "EUR").rate, exchange_of(None, "EUR").converts
    (1.08, False)
    """
    if not text:
        return Exchange(currency, 1.0, currency)
    code, equals, number = (part.strip() for part in text.partition("="))
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        raise BadInput(f"--currency {text}: {code!r} is no code of a currency; three capitals such as EUR are needed")
    if not equals and code != currency:
        raise BadInput(
            f"--currency {code}: the amounts of this folder are {currency}, and a new label alone would make them "
            f"wrong. Give the rate, as in --currency {code}=1.08 ({code} for one {currency}), or leave it out"
        )
    rate = _rate(text, number) if equals else 1.0
    if code == currency and rate != 1.0:
        raise BadInput(f"--currency {text}: the amounts of this folder are {currency} already; leave the rate out")
    return Exchange(code, rate, currency)


def _rate(text: str, number: str) -> float:
    try:
        rate = float(number)
    except ValueError:
        rate = math.nan
    if not (math.isfinite(rate) and rate > 0.0):
        raise BadInput(f"--currency {text}: {number!r} is no rate; a number above 0 with a decimal point is needed")
    return rate


def in_money(table: pd.DataFrame, columns: Sequence[str], exchange: Exchange) -> pd.DataFrame:
    """A table whose amounts are converted: rows of measures that are money, or all rows where no measure is named.

    Args:
        table: The table.
        columns: Columns of amounts.
        exchange: What amounts are shown in.
    """
    if not exchange.converts or not len(table):
        return table
    money = [name for name, measure in COMPARED.items() if measure.display == "money"]
    rows = table["measure"].isin(money) if "measure" in table else pd.Series(True, index=table.index)
    result = table.copy()
    for column in columns:
        result[column] = table[column].astype(float).where(~rows, table[column] * exchange.rate)
    return result
