"""What customers owe, how it is paid, and what supply to late payers and holds did."""

from collections.abc import Mapping

from sim.measures.sales import ratio
from sim.state import FIXED_POINT, Floats

DAYS_OF_MONTH = 365.0 / 12.0


def credit_measured(known: Mapping[str, Floats], weight: float) -> dict[str, Floats]:
    """Measures of money owed, one value per record.

    Args:
        known: Numbers by the names of `sim.counts.COUNTS` and of `sim.measures.STANDING`.
        weight: People per agent.
    """
    billed = (known["revenue"] - known["discounts"]) / 100.0
    counted = {name: known[name] * weight for name in ("reminders", "holds", "holds_by_mistake", "losses_held")}
    return counted | {
        "collected": known["collected"] / 100.0,
        "receivables_overdue": known["overdue"] / 100.0,
        "shipments_overdue": known["shipments_overdue"] / 100.0,
        "days_sales_outstanding": DAYS_OF_MONTH * ratio(known["receivables"], billed),
        "payment_discipline": ratio(known["discipline"] / FIXED_POINT, known["customers"]),
    }
