"""Yearly values of one firm, from its monthly measures."""

from typing import Any

import pandas as pd

from sim.lab.reap import present_value

YEAR = 12


def yearly(table: pd.DataFrame, discount_rate: float) -> pd.DataFrame:
    """Yearly values of one firm from its monthly table; year 0 holds what belongs to the whole run.

    Args:
        table: Monthly measures of one firm.
        discount_rate: Discount rate. [1/month]
    """
    rows: list[dict[str, Any]] = []
    for year, part in table.groupby((table["month"] - 1) // YEAR + 1):
        opening = part["customers"].iloc[0] + part["losses"].iloc[0] - part["gross_adds"].iloc[0]
        mean = (opening + part["customers"].sum()) / (len(part) + 1)
        said = part["messages_positive"].sum() + part["messages_negative"].sum()
        values = {
            "profit": part["profit"].sum(),
            "revenue": part["revenue"].sum(),
            "attrition": part["losses"].sum() / mean * YEAR / len(part) if mean else 0.0,
            "attrition_voluntary": part["losses_voluntary"].sum() / mean * YEAR / len(part) if mean else 0.0,
            "messages_negative_share": part["messages_negative"].sum() / said if said else 0.0,
            "customers": part["customers"].iloc[-1],
            "satisfaction": part["satisfaction_mean"].mean(),
            "needs_met": part["share_needs_met"].mean(),
        }
        rows += [{"measure": name, "year": int(year), "value": float(value)} for name, value in values.items()]
    value = present_value(table, discount_rate)
    equity = float(table["customer_equity"].iloc[-1]) * (1.0 + discount_rate) ** -len(table)
    rows.append({"measure": "npv", "year": 0, "value": value})
    rows.append({"measure": "npv_with_equity", "year": 0, "value": value + equity})
    return pd.DataFrame(rows)
