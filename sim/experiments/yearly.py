"""Yearly values of one firm, from its monthly measures, as the rows of measures say."""

from collections.abc import Callable

import pandas as pd

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.measures import COMPARED
from sim.model.measures.measure import LAST, MEAN, SUM
from sim.statistics.reap import present_value

OLD_NAMES = {"satisfaction": "satisfaction_mean", "needs_met": "share_needs_met"}  # in tables of version 0.1.0


def _attrition(part: pd.DataFrame) -> float:
    """The annual customer loss at the end of the year, the number that all commands show."""
    return float(part["attrition_annual"].iloc[-1])


def _attrition_voluntary(part: pd.DataFrame) -> float:
    """The part of it that is by choice, as a share of the ends of the year: of relations where there are any."""
    ended = ("relations_dropped", "relations_ended")
    by_choice, all_ = ended if part["relations_ended"].sum() else ("losses_voluntary", "losses")
    total = part[all_].sum()
    return _attrition(part) * float(part[by_choice].sum() / total) if total else 0.0


def _messages_negative_share(part: pd.DataFrame) -> float:
    sent = part["messages_positive"].sum() + part["messages_negative"].sum()
    return float(part["messages_negative"].sum() / sent) if sent else 0.0


def _npv_with_equity(table: pd.DataFrame, discount_rate: float) -> float:
    equity = float(table["customer_equity"].iloc[-1]) * (1.0 + discount_rate) ** -len(table)
    return present_value(table, discount_rate) + equity


OF_A_YEAR: dict[str, Callable[[pd.DataFrame], float]] = {
    "attrition": _attrition,
    "attrition_voluntary": _attrition_voluntary,
    "messages_negative_share": _messages_negative_share,
}
OF_A_RUN: dict[str, Callable[[pd.DataFrame, float], float]] = {
    "npv": present_value,
    "npv_with_equity": _npv_with_equity,
}
_OF_MONTHS: dict[str, Callable[["pd.Series[float]"], float]] = {
    SUM: lambda months: float(months.sum()),
    LAST: lambda months: float(months.iloc[-1]),
    MEAN: lambda months: float(months.mean()),
}


def yearly(table: pd.DataFrame, discount_rate: float) -> pd.DataFrame:
    """Yearly values of one firm from its monthly table; year 0 has the values of the whole run.

    Args:
        table: Monthly measures of one firm.
        discount_rate: Discount rate. [1/month]

    Returns:
        Columns measure, year and value; measures as in `sim.model.measures.COMPARED`.
    """
    names = [name for name in COMPARED if name not in OF_A_RUN]
    rows: list[tuple[str, int, float]] = []
    for year, part in table.groupby((table["month"] - 1) // MONTHS_PER_YEAR + 1):
        rows += [(name, int(year), of_year(name, part)) for name in names]
    rows += [(name, 0, value(table, discount_rate)) for name, value in OF_A_RUN.items()]
    return pd.DataFrame(rows, columns=["measure", "year", "value"])


def of_year(name: str, part: pd.DataFrame) -> float:
    """One measure of a year. part: its months"""
    return OF_A_YEAR[name](part) if name in OF_A_YEAR else _OF_MONTHS[COMPARED[name].of_year](part[name])


def with_present_names(table: pd.DataFrame) -> pd.DataFrame:
    """A table of a comparison with measures named as they are now, whichever version wrote it."""
    return table.assign(measure=table["measure"].replace(OLD_NAMES)) if "measure" in table else table
