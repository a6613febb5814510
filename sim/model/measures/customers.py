"""What customers got and what they are worth: service against value, needs met at a profit, surplus, concentration."""

from collections.abc import Mapping

import numpy as np

from sim.model.measures.sales import ratio
from sim.model.state import FIXED_POINT, Floats


def customer_measures(columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """Measures of customers that are no plain count, one value per record.

    Args:
        columns: Numbers by the names of `sim.model.counts.COUNTS` and of `sim.model.measures.RECORD`.
    """
    return {
        "allocation_correlation": _allocation(columns),
        "concentration": _concentration(columns["month"], columns["customers"], columns["supplied"]),
    }


def _allocation(columns: Mapping[str, Floats]) -> Floats:
    names = ("hours_served", "hours_squared", "standing", "standing_squared", "hours_by_standing")
    return correlation(columns["customers"], *(columns[name] / FIXED_POINT for name in names))


def correlation(
    count: Floats, first: Floats, first_squared: Floats, second: Floats, second_squared: Floats, product: Floats
) -> Floats:
    """Linear correlation from sums; 0 where one of the two does not vary.

    Args:
        count: How many.
        first: Sum of the first number.
        first_squared: Sum of its squares.
        second: Sum of the second.
        second_squared: Sum of its squares.
        product: Sum of the products.

    >>> float(correlation(*map(np.array, (3.0, 6.0, 14.0, 12.0, 56.0, 28.0)))[()].round(9))
    1.0
    """
    shared = count * product - first * second
    both = (count * first_squared - first * first) * (count * second_squared - second * second)
    return np.clip(ratio(shared, np.sqrt(np.maximum(0.0, both))), -1.0, 1.0)


def _concentration(months: Floats, customers: Floats, supplied: Floats) -> Floats:
    """Squares of whole numbers are summed before they are divided, so that the order of firms cannot matter."""
    _, place = np.unique(months, return_inverse=True)
    return ratio(np.asarray(np.bincount(place, customers * customers)[place]), supplied * supplied)
