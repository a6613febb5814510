"""Purchases: a transaction log gives purchase rate, dropout and spend (BG/NBD and gamma-gamma)."""

import numpy as np
import pandas as pd

from sim.calibration.kinds.buying import fit_buying
from sim.calibration.kinds.spending import fit_spending
from sim.calibration.known_exit import exit_hazard
from sim.calibration.model_fit import Kind, ModelFit
from sim.calibration.reading.roles import NUMBER, TEXT, TIME, Role
from sim.calibration.reading.table_reading import TableReading
from sim.parameters.errors import BadInput

_LEAST_CUSTOMERS = 50
_LEAST_DAYS = 28
_MOST_CUSTOMERS = 50_000  # more are thinned evenly, so that time stays bounded
_ROLES = (
    Role("customer", TEXT, "who bought", (
        "customer id", "customer", "customer no", "customer number", "client id", "client", "user id", "buyer id",
        "kunde", "kundennummer", "kunden nr", "kunden id", "kundennr", "debitor", "household id", "card id",
        "account id",
    ), identity=True),
    Role("date", TIME, "day of the purchase", (
        "date", "order date", "purchase date", "invoice date", "transaction date", "datum", "bestelldatum",
        "kaufdatum", "rechnungsdatum", "belegdatum", "tag", "day", "timestamp", "time", "zeitpunkt",
    )),
    Role("amount", NUMBER, "what was paid", (
        "amount", "spend", "spend usd", "revenue", "value", "order value", "total", "sales", "sales value", "price",
        "betrag", "umsatz", "wert", "bestellwert", "summe", "netto", "brutto", "preis",
    ), required=False),
)  # fmt: skip


def purchase_days(reading: TableReading) -> pd.DataFrame:
    """One row per customer and day with a purchase, in order: ``customer, date, spend``.

    Raises:
        BadInput: Too few customers or days, or no purchase of any value.
    """
    table: pd.DataFrame = reading.table
    priced = "amount" in table
    if priced:
        amounts = table["amount"]
        table = reading.dropped.drop(table, amounts < 0, "negative amount: a return is no purchase")
        table = reading.dropped.drop(table, table["amount"].isna(), "amount is missing or unreadable")
        if not (table["amount"] > 0).any():
            raise BadInput(f"{reading.path}: no amount is above zero; name the right column: --columns amount=COLUMN")
    days = pd.DataFrame(
        {
            "customer": table["customer"],
            "date": table["date"].dt.normalize(),
            "spend": table["amount"] if priced else np.nan,
        }
    )
    days = days.groupby(["customer", "date"], sort=True)[["spend"]].sum(min_count=1).reset_index()
    count, span = days["customer"].nunique(), (days["date"].max() - days["date"].min()).days if len(days) else 0
    if count < _LEAST_CUSTOMERS:
        raise BadInput(
            f"{reading.path}: {_counted(count)}; at least {_LEAST_CUSTOMERS} are needed to tell how they differ"
        )
    if span < _LEAST_DAYS:
        raise BadInput(f"{reading.path}: all purchases lie within {span} days; at least {_LEAST_DAYS} are needed")
    return thinned(days, count)


def _counted(count: int) -> str:
    return "one customer only" if count == 1 else f"{count} customers only"


def thinned(days: pd.DataFrame, customers: int) -> pd.DataFrame:
    """Every so many customers, where there are more than are needed."""
    step = -(-customers // _MOST_CUSTOMERS)
    if step == 1:
        return days
    codes = pd.factorize(days["customer"])[0]
    return days[codes % step == 0].reset_index(drop=True)


def fit(reading: TableReading, hazard: float) -> tuple[ModelFit, ...]:
    """Buying, and spending where amounts are there.

    Args:
        reading: The file.
        hazard: With which people of the scenario leave the category or die. [1/week]

    Raises:
        BadInput: Nothing can be fitted to such a file.
    """
    days = purchase_days(reading)
    buying = fit_buying(days, hazard)
    return (buying,) if days["spend"].isna().all() else (buying, fit_spending(days, reading.currency))


PURCHASES_KIND = Kind(
    "purchases", "a transaction log: one row a purchase", _ROLES, fit, "cdnow",
    ("purchase", "transaction", "order", "sales", "kauf", "bestell", "umsatz", "bon", "cdnow"),
    lambda scenario: (exit_hazard(scenario),),
)  # fmt: skip
