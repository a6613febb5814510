"""Accounts that fell due: from invoices, from a status by month, or from a table with a column a month."""

import re

import numpy as np
import pandas as pd

from sim.calibration.reading.date_values import DAYS_PER_MONTH
from sim.calibration.reading.number_values import POINT, read_numbers
from sim.calibration.reading.table_reading import TableReading
from sim.model.state import Floats
from sim.parameters.errors import BadInput

LEAST_PAYERS = 30
_STATUS = re.compile(r"(?i)(?:pay|status|month|monat|zahlung)[ _-]?\d+")


def attempts_of(reading: TableReading) -> pd.DataFrame:
    """One row an account that fell due, in order of time: ``customer, late`` (1 or 0), ``months`` late, ``open``.

    Raises:
        BadInput: Neither invoices nor monthly status, or too few payers.
    """
    table = reading.table
    status = [name for name in reading.raw.columns if _STATUS.fullmatch(str(name))]
    if {"due", "paid"} <= set(table):
        attempts = _of_invoices(reading)
    elif {"month", "late"} <= set(table):
        known = reading.dropped.drop(table, table[["month", "late"]].isna().any(axis=1), "month or late is unreadable")
        ordered = known.sort_values("month", kind="stable")
        attempts = _rows(ordered["customer"], ordered["late"].to_numpy(float))
    elif len(status) >= 3:
        attempts = _of_status(reading, status)
    else:
        raise BadInput(
            f"{reading.path}: needed are due and paid, or month and late, or three columns or more such as pay_1, "
            f"pay_2; the columns read are {', '.join(reading.columns)}. Name them: --columns due=COLUMN,paid=COLUMN"
        )
    payers = attempts["customer"].nunique()
    if payers < LEAST_PAYERS:
        raise BadInput(
            f"{reading.path}: {payers} {'payer' if payers == 1 else 'payers'} only; at least {LEAST_PAYERS} are needed"
        )
    if attempts["late"].nunique() < 2:
        who = "everybody was always" if attempts["late"].any() else "nobody was ever"
        raise BadInput(f"{reading.path}: {who} late, so lateness cannot be fitted; check the columns")
    return attempts


def _rows(customer: pd.Series, late: Floats) -> pd.DataFrame:
    rows = pd.DataFrame({"customer": customer.to_numpy(), "late": late, "months": late, "open": False})
    return rows.sort_values("customer", kind="stable", ignore_index=True)


def _of_status(reading: TableReading, status: list[str]) -> pd.DataFrame:
    last_first = any(
        name.lower().startswith("pay") for name in status
    )  # pay_1 is the newest month, as banks number them
    order = sorted(status, key=lambda name: int(re.findall(r"\d+", name)[0]), reverse=last_first)
    cells = np.column_stack([read_numbers(reading.raw[name], POINT).values for name in order])
    people = np.repeat(reading.table["customer"].to_numpy(), len(order))
    known = np.isfinite(flat := cells.ravel())
    reading.guesses["monthly status"] = f"{order[0]} to {order[-1]}, in order of time; above 0 is late"
    return _rows(pd.Series(people[known]), (flat[known] > 0).astype(float))


def _of_invoices(reading: TableReading) -> pd.DataFrame:
    table = reading.dropped.drop(reading.table, reading.table["due"].isna(), "due is missing or unreadable")
    if "amount" in table:
        table = reading.dropped.drop(table, table["amount"] < 0, "negative amount: a credit note")
    if not table["paid"].notna().any():
        raise BadInput(f"{reading.path}: no invoice was ever paid; name the right column: --columns paid=COLUMN")
    end = max(table["due"].max(), table["paid"].max())
    table = reading.dropped.drop(table, table["paid"].isna() & (table["due"] > end), "not due yet")
    table = table.sort_values("due", kind="stable")
    days = (table["paid"].fillna(end) - table["due"]).dt.days.clip(lower=0)
    months = np.ceil(days.to_numpy(float) / DAYS_PER_MONTH)
    rows = pd.DataFrame(
        {
            "customer": table["customer"].to_numpy(),
            "late": (months > 0).astype(float),
            "months": months,
            "open": table["paid"].isna().to_numpy(),
        }
    )
    return rows.sort_values("customer", kind="stable", ignore_index=True)
