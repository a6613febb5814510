"""What became of the customers of a year ago, and of relations in a repertoire, as the firm's books say."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.counts import Counts


class MonthOfRelations(NamedTuple):
    """What one month says of a firm's relations in a repertoire.

    Args:
        purchases: Purchases. [purchases of agents]
        ended: Share of the relations of the month that ended in it. [share]
    """

    purchases: float
    ended: float


def month_of_relations(counts: Counts) -> MonthOfRelations:
    """What is remembered of a month for a year."""
    ended = counts.relations_dropped + counts.relations_gone
    there = counts.relations + ended
    return MonthOfRelations(float(counts.purchases), ended / there if there else 0.0)


def dropout_in_a_year(months: Sequence[MonthOfRelations]) -> float:
    """Chance that a live relation ends within a year, from the ends of the months given. [share/year]

    >>> round(dropout_in_a_year([MonthOfRelations(3.0, 0.5), MonthOfRelations(2.0, 0.0)]), 6), dropout_in_a_year([])
    (0.984375, 0.0)
    """
    kept = math.prod(1.0 - month.ended for month in months)
    return 1.0 - float(kept ** (MONTHS_PER_YEAR / len(months))) if months else 0.0


def expected_complaints(months: Sequence[tuple[float, float]]) -> float:
    """Complaints expected of the present customers, by the mean of up to three years: few agents complain now and then.

    Args:
        months: Expected complaints given what happened, and customers, of each month; the last is this one.

    >>> expected_complaints([(1.0, 10.0), (5.0, 20.0)]), expected_complaints([(0.0, 0.0)])
    (4.0, 0.0)
    """
    complaints, customers = map(math.fsum, zip(*months, strict=True))
    return months[-1][1] * complaints / customers if customers > 0.0 else 0.0


def lost_in_a_year(before: float, lasting: float, months: int) -> float:
    """Share of the customers of a year ago who have not been customers ever since. [share/year]

    Args:
        before: Customers a year ago, or at the start of a younger world. [people]
        lasting: Customers who have been so since. [people]
        months: Months since; fewer than twelve are brought to a year. [months]

    >>> lost_in_a_year(200.0, 150.0, 12), round(lost_in_a_year(200.0, 100.0, 6), 6), lost_in_a_year(0.0, 0.0, 12)
    (0.25, 0.75, 0.0)
    """
    kept = min(1.0, lasting / before) if before > 0.0 else 1.0
    return 1.0 - float(kept ** (MONTHS_PER_YEAR / months))
