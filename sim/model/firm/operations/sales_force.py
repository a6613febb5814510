"""Sales staff: hours kept, what events take of them, and how fast the rota of calls can go round."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.model.counts import Counts
from sim.model.measures.sales import SalesTime
from sim.model.state import ACCOUNT_OWNERS, TEAM_PER_LINE
from sim.policies.base import Plan


class MonthOfSales(NamedTuple):
    """What sales did in a month, for people and not agents.

    Args:
        visits: Turns that came up on the rotas. [count]
        calls: Calls made. [count]
        preparations: Turns that ended in seeing no need. [count]
        meetings: Alignment meetings. [count]
        chases: Departments after which orders were chased. [count]
    """

    visits: float
    calls: float
    preparations: float
    meetings: float
    chases: float


@dataclass
class SalesForce:
    """State of a firm's sales.

    Args:
        hours: Hours paid this month. [h]
        structure: One of the structures of `sim.model.state`.
        rota_from: Turns that a customer has had by the start of this month. [count]
        rota_to: The same by its end. [count]
        old_incidents: Incidents older than a month, when last seen. [count]
        escalations: Hours that they take this month. [h]
        at_floor: Whether only the hours that are always kept for selling are left.
        year: The last months under the present structure.
    """

    hours: float = 0.0
    structure: int = 0
    rota_from: float = 0.0
    rota_to: float = 0.0
    old_incidents: float = 0.0
    escalations: float = 0.0
    at_floor: bool = False
    year: deque[MonthOfSales] = field(default_factory=deque)


def limit(plan: Plan, market: Mapping[str, float]) -> float:
    """Most turns of a customer in a month: teams that walls hide from each other cannot keep one limit. [count]"""
    further = int(market["economics.categories"]) - 1
    teams = max(1, further) if plan.whole_structure == TEAM_PER_LINE else 1
    return plan.most_calls * (1.0 + (teams - 1) * plan.walls)


def call_hours(structure: int, market: Mapping[str, float]) -> float:
    """Hours of a call: specialists of one category are faster, owners keep up with everything. [h]"""
    plain = market["sales.call_hours"]
    if structure == TEAM_PER_LINE:
        return plain * (1.0 - market["sales.specialisation"])
    return plain * (1.0 + market["sales.keeping_up"]) if structure == ACCOUNT_OWNERS else plain


def selling_hours(months: MonthOfSales, structure: int, market: Mapping[str, float]) -> float:
    """Hours of calls and of preparing for them. [h]"""
    return call_hours(structure, market) * (months.calls + market["sales.preparation"] * months.preparations)


def meeting_hours(months: MonthOfSales, market: Mapping[str, float]) -> float:
    """Hours of alignment meetings. [h]"""
    return market["sales.meeting_hours"] * months.meetings


def chasing_hours(months: MonthOfSales, market: Mapping[str, float]) -> float:
    """Hours of chasing orders. [h]"""
    return market["sales.chasing_hours"] * months.chases


def month_of_sales(counts: Counts, weight: float) -> MonthOfSales:
    """What sales did by the counts of the firm. weight: people per agent [1]"""
    return MonthOfSales(
        *(
            count * weight
            for count in (counts.visits, counts.calls, counts.preparations, counts.meetings, counts.chases)
        )
    )


def time_of(force: SalesForce, month: MonthOfSales, market: Mapping[str, float]) -> SalesTime:
    """Sales hours of the month by use."""
    meetings, chasing = meeting_hours(month, market), chasing_hours(month, market)
    return SalesTime(force.hours, meetings, force.escalations, chasing, float(force.at_floor))


def plan_calls(force: SalesForce, plan: Plan, people: float, market: Mapping[str, float]) -> None:
    """How far the rotas go round this month with the hours that are left after escalations.

    Args:
        force: Changed in place.
        plan: This month's plan.
        people: Customers. [people]
        market: Numbers of the market.
    """
    if plan.whole_structure != force.structure:
        force.structure = plan.whole_structure
        force.year.clear()  # other teams: what a turn took says nothing of what it will take
    force.hours = paid_hours(plan, people, market)
    least = market["sales.least_selling"] * force.hours
    wanted = market["sales.escalation_hours"] * force.old_incidents
    force.escalations = min(wanted, force.hours - least)
    force.rota_from = force.rota_to
    if force.hours > 0.0:
        turns, force.at_floor = turns_possible(force, force.hours - wanted, least, market)
        force.rota_to += min(turns / people, limit(plan, market))


def turns_possible(force: SalesForce, left: float, least: float, market: Mapping[str, float]) -> tuple[float, bool]:
    """Turns for which the hours last, by what a turn took in the last year; and whether only the kept hours are left.

    Args:
        force: The sales staff.
        left: Hours left after escalations, negative if they want more than there is. [h]
        least: Hours that are kept for selling whatever happens. [h]
        market: Numbers of the market.
    """
    year = MonthOfSales(*(math.fsum(column) for column in zip(*force.year, strict=True))) if force.year else None
    if year is None or year.visits <= 0.0 or selling_hours(year, force.structure, market) <= 0.0:
        year = MonthOfSales(1.0, 1.0, 0.0, 0.0, 0.0)
    selling = selling_hours(year, force.structure, market) / year.visits
    follow_up = (meeting_hours(year, market) + chasing_hours(year, market)) / year.visits
    by_hours = left / (selling + follow_up)
    return max(by_hours, least / selling), by_hours < least / selling


def paid_hours(plan: Plan, people: float, market: Mapping[str, float]) -> float:
    """Sales hours available for a number of customers. [h]"""
    return market["organisation.sales_hours"] * people * plan.sales_force


def sales_pay(plan: Plan, people: float, market: Mapping[str, float]) -> float:
    """Pay of sales for a month, with what it costs to measure customer value where pay hangs on it. [EUR]"""
    hours = paid_hours(plan, people, market)
    heads = hours / market["service.hours_per_head"]
    return hours * market["service.wage"] + plan.pay_value * market["sales.measuring_cost"] * heads
