"""What sales did: calls, time by use, new business, and how far customers hold what they need."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.model.state import Floats


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


def sales_measures(row: Mapping[str, Floats], columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """Measures of sales that are no plain count, one value per record.

    Args:
        row: Measures that are known already.
        columns: Numbers by the names of `sim.model.measures.RECORD`.
    """
    return {"new_business_per_hour": ratio(row["new_business"], columns["sales_hours_paid"])}


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part of the whole as a share or a mean, 0 where there is no whole.

    >>> ratio(np.array([1.0, 2.0]), np.array([4.0, 0.0])).tolist()
    [0.25, 0.0]
    """
    return np.divide(part, whole, out=np.zeros(np.shape(whole)), where=np.asarray(whole) > 0.0)
