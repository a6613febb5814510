"""What sales did: calls, time by use, new business, and how far customers hold what they need."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.state import FINE


class SalesTime(NamedTuple):
    """Sales hours of a month by use.

    Args:
        paid: Hours paid. [h]
        meetings: Alignment meetings. [h]
        escalations: Escalations. [h]
        chasing: Chasing orders. [h]
        at_floor: Whether only the hours that are always kept for selling were left.
    """

    paid: float
    meetings: float
    escalations: float
    chasing: float
    at_floor: bool

    @property
    def selling_share(self) -> float:
        """Share of the hours that is left for selling. [0-1]"""
        away = self.meetings + self.escalations + self.chasing
        return max(0.0, 1.0 - away / self.paid) if self.paid > 0.0 else 0.0


def sales_measured(counts: Mapping[str, int], weight: float, time: SalesTime) -> dict[str, float]:
    """Measures of the sales of one firm and month.

    Args:
        counts: Tally of the firm by the names of `sim.state.TALLY`.
        weight: People per agent.
        time: Sales hours by use.
    """
    new, customers = counts["new_business"] / 100.0, max(1, counts["customers"])
    return {
        "sales_calls": counts["calls"] * weight,
        "sales_calls_by_quota": counts["calls_by_quota"] * weight,
        "calls_per_customer": counts["calls"] / customers,
        "calls_per_customer_called": counts["calls"] / max(1, counts["customers_called"]),
        "call_fatigue_mean": counts["fatigue"] / FINE / customers,
        "losses_tired": counts["losses_tired"] * weight,
        "new_business": new,
        "new_business_per_hour": new / time.paid if time.paid > 0.0 else 0.0,
        "sales_hours_meetings": time.meetings,
        "sales_hours_escalations": time.escalations,
        "sales_hours_chasing": time.chasing,
        "sales_floor": float(time.at_floor),
        "categories_sold": counts["categories_sold"] * weight,
        "categories_sold_unneeded": counts["categories_sold_unneeded"] * weight,
        "categories_given_up": counts["categories_given_up"] * weight,
        "categories_returned": counts["categories_returned"] * weight,
        "refunds": counts["refunds"] / 100.0,
        "needs_covered": counts["categories_needed_held"] / max(1, counts["categories_needed"]),
        "share_unneeded": counts["categories_unneeded_held"] / max(1, counts["categories"]),
    }
