"""What sales did: calls, time by use, new business, and how far customers hold what they need."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.state import FIXED_POINT, Floats


class SalesTime(NamedTuple):
    """Sales hours of a month by use.

    Args:
        sales_hours_paid: Hours paid. [h]
        sales_hours_meetings: Alignment meetings. [h]
        sales_hours_escalations: Escalations. [h]
        sales_hours_chasing: Chasing orders. [h]
        sales_floor: 1 if only the hours that are always kept for selling were left, else 0.
    """

    sales_hours_paid: float
    sales_hours_meetings: float
    sales_hours_escalations: float
    sales_hours_chasing: float
    sales_floor: float

    @property
    def selling_share(self) -> float:
        """Share of the hours that is left for selling. [0-1]"""
        away = self.sales_hours_meetings + self.sales_hours_escalations + self.sales_hours_chasing
        return max(0.0, 1.0 - away / self.sales_hours_paid) if self.sales_hours_paid > 0.0 else 0.0


def sales_measured(known: Mapping[str, Floats], weight: float) -> dict[str, Floats]:
    """Measures of sales, one value per record.

    Args:
        known: Numbers by the names of `sim.counts.COUNTS` and of `SalesTime`.
        weight: People per agent.
    """
    new, customers = known["new_business"] / 100.0, known["customers"]
    counted = {name: known[name] * weight for name in _IN_PEOPLE}
    return counted | {
        "sales_calls": known["calls"] * weight,
        "sales_calls_by_quota": known["calls_by_quota"] * weight,
        "calls_per_customer": ratio(known["calls"], customers),
        "calls_per_customer_called": ratio(known["calls"], known["customers_called"]),
        "call_fatigue_mean": ratio(known["fatigue"] / FIXED_POINT, customers),
        "new_business": new,
        "new_business_per_hour": ratio(new, known["sales_hours_paid"]),
        "sales_hours_meetings": known["sales_hours_meetings"],
        "sales_hours_escalations": known["sales_hours_escalations"],
        "sales_hours_chasing": known["sales_hours_chasing"],
        "sales_floor": known["sales_floor"],
        "refunds": known["refunds"] / 100.0,
        "needs_covered": ratio(known["categories_needed_held"], known["categories_needed"]),
        "share_unneeded": ratio(known["categories_unneeded_held"], known["categories"]),
    }


_IN_PEOPLE = (
    "losses_tired", "categories_sold", "categories_sold_unneeded", "categories_given_up", "categories_returned",
)  # fmt: skip


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part of the whole as a share or a mean, 0 where there is no whole.

    >>> ratio(np.array([1.0, 2.0]), np.array([4.0, 0.0])).tolist()
    [0.25, 0.0]
    """
    return np.divide(part, whole, out=np.zeros(np.shape(whole)), where=np.asarray(whole) > 0.0)
