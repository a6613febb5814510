"""How departments carry out a plan by the figures they know: the same rules for every policy."""

import math
from collections.abc import Sequence
from operator import sub
from typing import NamedTuple

from sim.model.counts import Counts
from sim.model.firm.operations.service_desk import MonthOfWork
from sim.model.firm.organisation.figures import Channel, Figure, FigureMemory, figure_as_known


class MonthOfFeedback(NamedTuple):
    """What a month says of reasons for leaving and of credits.

    Args:
        left: Customers who left by choice. [agents]
        to_service: Of these, left over low satisfaction, trouble or bad words. [agents]
        to_price: Of these, left over the price or an offer of a rival. [agents]
        credits: Discounts and refunds. [cents]
        revenue: At list price. [cents]
    """

    left: int
    to_service: int
    to_price: int
    credits: int
    revenue: int


class Feedback(NamedTuple):
    """Reasons for leaving and credits over some years.

    Args:
        to_service: Part of those who left by choice who did so over the service. [0-1]
        to_price: Part who did so over prices. [0-1]
        credits: Credits against revenue. [0-1]
    """

    to_service: float
    to_price: float
    credits: float


class Execution(NamedTuple):
    """How the plan of a month is carried out, against what it would be if all figures were known as they are.

    Args:
        staffing: Hours planned for the desk. [ratio]
        research: Research that serves. [ratio]
    """

    staffing: float = 1.0
    research: float = 1.0


CUSTOMERS = Figure("customers", "marketing", "service", "customers", 0)
CAUSES = Figure("causes", "product", "service", "causes", 1)
FEEDBACK = (
    Figure("to_service", "sales", "product", "reasons", 2),
    Figure("to_price", "sales", "product", "reasons", 2),
    Figure("credits", "finance", "product", "credits", 3),
)


def month_of_feedback(counts: Counts) -> MonthOfFeedback:
    """What is remembered of a month."""
    return MonthOfFeedback(
        counts.losses_silent + counts.losses_complained,
        counts.lost_dissatisfaction + counts.lost_trouble + counts.lost_word,
        counts.lost_price + counts.lost_rival,
        counts.discounts,
        counts.revenue,
    )


def feedback_of(months: Sequence[MonthOfFeedback]) -> Feedback:
    """Reasons for leaving and credits over the months given; 0 where there are none.

    >>> feedback_of([MonthOfFeedback(2, 1, 0, 10, 50), MonthOfFeedback(2, 2, 1, 0, 50)])
    Feedback(to_service=0.75, to_price=0.25, credits=0.1)
    """
    left, to_service, to_price, credits, revenue = map(sum, zip(*months, strict=True))
    return Feedback(
        to_service / left if left else 0.0,
        to_price / left if left else 0.0,
        credits / revenue if revenue else 0.0,
    )


def causes_of(months: Sequence[MonthOfWork]) -> float:
    """Trouble that customers bring, against one incident a month each at the usual quality, fit and process. [ratio]

    >>> causes_of([MonthOfWork(1.0, 10.0), MonthOfWork(3.0, 10.0)])
    0.2
    """
    hours, typical = map(math.fsum, zip(*months, strict=True))
    return hours / typical if typical > 0.0 else 0.0


def execution_of(
    memory: FigureMemory,
    customers: float,
    work: Sequence[MonthOfWork],
    months: Sequence[MonthOfFeedback],
    channel: Channel,
) -> Execution:
    """How this month's plan is carried out.

    Args:
        memory: Changed in place.
        customers: Customers. [people]
        work: Work expected in the months of the last years; not empty.
        months: Feedback of these months; not empty.
        channel: What lies between the departments.
    """
    market, causes, feedback = channel.market, causes_of(work), feedback_of(months)
    known = figure_as_known(memory, CUSTOMERS, customers, channel) * figure_as_known(memory, CAUSES, causes, channel)
    heard = [figure_as_known(memory, *pair, channel) for pair in zip(FEEDBACK, feedback, strict=True)]
    return Execution(
        staffing_by(known, customers * causes, market["service.planned_by_figures"]),
        research_by(Feedback(*heard), feedback, market["product.research_aim"]),
    )


def staffing_by(known: float, true: float, part: float) -> float:
    """Hours planned against those that true figures would give.

    Args:
        known: Work by the figures that are known.
        true: Work by the figures as they are.
        part: Part of the staffing that is planned by figures. [0-1]

    >>> staffing_by(3.0, 3.0, 0.3), staffing_by(1.5, 3.0, 0.5)
    (1.0, 0.75)
    """
    return 1.0 + part * (known / true - 1.0) if true > 0.0 else 1.0


def research_by(known: Feedback, true: Feedback, part: float) -> float:
    """Research that serves: less the part that aims at reasons for leaving and credits that are not so.

    Args:
        known: Feedback as product knows it.
        true: Feedback as it is.
        part: Part of research that is aimed by feedback. [0-1]

    >>> research_by(Feedback(0.5, 0.25, 0.1), Feedback(0.25, 0.5, 0.1), 0.5)
    0.875
    """
    gaps = map(abs, map(sub, known, true))
    others = abs((1.0 - known.to_service - known.to_price) - (1.0 - true.to_service - true.to_price))
    missed = 0.5 * (math.fsum(gaps) + others)
    return 1.0 - part * min(1.0, missed)
