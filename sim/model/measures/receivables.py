"""Measures of receivables: money owed, payments, and the effects of supply holds."""

from collections.abc import Mapping

from sim.model.measures.sales import ratio
from sim.model.state import Floats

DAYS_OF_MONTH = 365.0 / 12.0


def receivables_measures(columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """Measures of money owed that are no plain count, one value per record.

    Args:
        columns: Numbers by the names of `sim.model.counts.COUNTS` and of `sim.model.measures.FIRM_STANDING`.
    """
    billed = (columns["revenue"] - columns["discounts"]) / 100.0
    return {"days_sales_outstanding": DAYS_OF_MONTH * ratio(columns["receivables"], billed)}
