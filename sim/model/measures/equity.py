"""Customer lifetime value as a firm can reckon it: last year's margin and retention, projected."""

import math
from collections.abc import Sequence
from typing import NamedTuple


class MonthOfCustomers(NamedTuple):
    """What one month says of the value of customers.

    Args:
        margin: Revenue less discounts, goods, customisation, service and sales. [money]
        opening: Customers at the start. [people]
        lost: Customers lost. [people]
        customers: Customers at the end. [people]
    """

    margin: float
    opening: float
    lost: float
    customers: float


def expected_value(months: Sequence[MonthOfCustomers], discount_rate: float) -> float:
    """Expected lifetime value of a present customer, from the months given. [money]

    Args:
        months: The last year, or what there is of it.
        discount_rate: Discount rate. [1/month]

    Source:
        Gupta and Lehmann (2003): margin r / (1 + i - r), with margin and retention r held as they were.

    >>> round(expected_value([MonthOfCustomers(100.0, 10.0, 1.0, 10.0)], 0.01), 3)
    81.818
    """
    if not months:
        return 0.0
    margin, opened, losses, served_customers = map(math.fsum, zip(*months, strict=True))
    if served_customers <= 0.0 or opened <= 0.0:
        return 0.0
    retention = max(0.0, 1.0 - losses / opened)
    return margin / served_customers * retention / (1.0 + discount_rate - retention)
