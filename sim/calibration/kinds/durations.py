"""Durations of customers: contracts with dates, tenures, or a survival table, by whole periods."""

from typing import Any

import numpy as np
import pandas as pd

from sim.calibration.reading.date_values import DAYS_PER_MONTH
from sim.calibration.reading.roles import plain_words
from sim.calibration.reading.table_reading import TableReading
from sim.model.state import Floats
from sim.parameters.errors import BadInput

LEAST_LEAVERS = 30
_NO_TIME = "nobody was with the firm for a whole period, so leaving by tenure cannot be fitted; check the columns"
_LEAST_PERIODS = 4  # of a survival table
_LONGEST = 600  # periods
_UNITS: tuple[tuple[str, set[str], float], ...] = (
    ("days", {"day", "days", "tag", "tage"}, 1.0 / DAYS_PER_MONTH),
    ("months", {"month", "months", "monat", "monate"}, 1.0),
    ("quarters", {"quarter", "quarters", "quartal", "quartale"}, 3.0),
    ("years", {"year", "years", "jahr", "jahre"}, 12.0),
)


class Durations:
    """Customers by whole periods completed.

    Args:
        left: Customers who left in the period after. [shape (periods,)]
        still: Customers still there when last seen. [shape (periods,)]
        months: Length of a period. [months]
        shares: Whether the table has shares, not people.
    """

    def __init__(self, left: Floats, still: Floats, months: float, *, shares: bool = False) -> None:
        self.left, self.open, self.months, self.shares = left, still, months, shares

    @property
    def unit(self) -> str:
        """Month, quarter or year."""
        return {1.0: "month", 3.0: "quarter", 12.0: "year"}[self.months]

    @property
    def at_risk(self) -> Floats:
        """Customers who could leave in each period."""
        total = self.left + self.open
        return total[::-1].cumsum()[::-1] - self.open

    def until(self, periods: int) -> "Durations":
        """The same, seen for some periods only."""
        left, still = self.left[:periods], np.append(self.open[:periods], 0.0)
        beyond = float((self.left[periods:]).sum() + self.open[periods:].sum())
        still[-1] = beyond
        return Durations(np.append(left, 0.0), still, self.months, shares=self.shares)


def durations(reading: TableReading) -> Durations:
    """Durations of a table with dates, with tenures, or of a survival table.

    Raises:
        BadInput: None of the three, or too few leavers.
    """
    table = reading.table
    if {"period", "alive"} <= set(table):
        return _of_survival_table(reading)
    length = 1.0
    if "start" in table and ("end" in table or not {"tenure", "left"} <= set(table)):
        tenure, left = _of_dates(reading)
    elif {"tenure", "left"} <= set(table):
        known = reading.dropped.drop(
            table, table[["tenure", "left"]].isna().any(axis=1), "tenure or left is unreadable"
        )
        known = reading.dropped.drop(known, known["tenure"] < 0, "negative tenure")
        length = _length_of_unit(reading, "tenure", "months")
        in_days = min(1.0, length)
        tenure, left = known["tenure"].to_numpy(float) * in_days, known["left"].to_numpy(float) > 0
    else:
        raise BadInput(
            f"{reading.path}: needed are start (and end), or tenure and left, or period and alive; "
            f"the columns read are {', '.join(reading.columns) or 'none'}. Name them: --columns start=COLUMN,end=COLUMN"
        )
    _refuse_few(reading)
    if left.sum() < LEAST_LEAVERS:
        raise BadInput(f"{reading.path}: {int(left.sum())} customers left; at least {LEAST_LEAVERS} are needed")
    periods = np.minimum(np.floor(tenure), _LONGEST).astype(int)
    if periods.max() == 0:
        raise BadInput(f"{reading.path}: {_NO_TIME}")
    size = int(periods.max()) + 1
    return Durations(
        np.bincount(periods[left], minlength=size).astype(float),
        np.bincount(periods[~left], minlength=size).astype(float),
        max(1.0, length),
    )


def _refuse_few(reading: TableReading) -> None:
    """Stop where the rows are of few customers, whatever number of rows there is."""
    people = reading.table["customer"].nunique() if "customer" in reading.table else LEAST_LEAVERS
    if people < LEAST_LEAVERS:
        count = "one customer" if people == 1 else f"{people} customers"
        raise BadInput(f"{reading.path}: {count} only; at least {LEAST_LEAVERS} are needed; check the columns")


def _length_of_unit(reading: TableReading, role: str, usual: str) -> float:
    """Months in the unit of a column, by its name; the usual unit if that says nothing."""
    words = set(plain_words(reading.columns[role]).split())
    unit = next((unit for unit, names, _ in _UNITS if words & names), usual)
    reading.guesses[f"unit of {role}"] = unit
    return next(months for name, _, months in _UNITS if name == unit)


def _of_dates(reading: TableReading) -> tuple[Floats, Any]:
    table = reading.dropped.drop(reading.table, reading.table["start"].isna(), "start is missing or unreadable")
    end = table["end"] if "end" in table else pd.Series(pd.NaT, index=table.index)
    last = max(table["start"].max(), end.max()) if end.notna().any() else table["start"].max()
    bad = (end < table["start"]).to_numpy(bool)
    table, end = reading.dropped.drop(table, bad, "the end lies before the start"), end[~bad]
    if "customer" in table:
        later = table.sort_values("start").duplicated("customer").reindex(table.index).to_numpy(bool)
        table = reading.dropped.drop(
            table, later, "a further contract of a customer who returned: the first one counts"
        )
        end = end[~later]
    left = end.notna().to_numpy(bool)
    months = (end.fillna(last) - table["start"]).dt.days.to_numpy(float) / DAYS_PER_MONTH
    return months, left


def _of_survival_table(reading: TableReading) -> Durations:
    table = reading.table.dropna(subset=["period", "alive"]).sort_values("period")
    alive, months = table["alive"].to_numpy(float), _length_of_unit(reading, "period", "years")
    in_order = np.array_equal(table["period"], np.arange(len(alive))) and (np.diff(alive) <= 0).all()
    if len(alive) < _LEAST_PERIODS or not in_order or not 0.0 <= alive[-1] < alive[0] or months < 1.0:
        raise BadInput(
            f"{reading.path}: a survival table has a row for each month, quarter or year from 0 on, "
            f"{_LEAST_PERIODS} rows or more; it begins with all, falls, and never rises"
        )
    alive = alive / alive[0]
    people = 1000.0  # a table of shares does not say how many; intervals are those of a thousand customers
    left = np.append(-np.diff(alive), 0.0) * people
    still = np.zeros(len(alive))
    still[-1] = alive[-1] * people
    return Durations(left, still, months, shares=True)
