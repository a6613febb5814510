"""Conduct: how far a firm moves price, budgets and discounts away from its plan, by its rivals and its costs."""

import math
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sim.model.firm.leadership.forecast import QUARTER
from sim.parameters.decisions import RANGES
from sim.policies.base import Plan

MATCHED = {  # decisions of rivals that everybody can see, and the number that says how much of them is matched
    "price": "rivals.price_match",
    "newcomer_discount": "rivals.promotion_match",
    "retention_discount": "rivals.promotion_match",
}


class MonthOfBooks(NamedTuple):
    """What conduct reads of a month. [money; people]

    Args:
        profit: Profit.
        revenue: Net revenue.
        margin: Revenue less discounts and direct costs.
        opening: Customers at the start.
        lost: Customers lost.
        customers: Customers at the end.
    """

    profit: float
    revenue: float
    margin: float
    opening: float
    lost: float
    customers: float


class Posted(NamedTuple):
    """What everybody knows of a firm when a quarter begins.

    Args:
        key: Address of the firm.
        customers: Customers. [people]
        profitability: Profit of the last quarter against its revenue. [ratio]
        plan: Decisions in force during the last quarter, as conduct had moved them.
    """

    key: int
    customers: float
    profitability: float
    plan: Plan


class ConductMonth(NamedTuple):
    """What conduct is this month, the same for every firm.

    Args:
        kind: One of `CONDUCTS`.
        since: Months since the policies began. [months]
        key: Key of the world.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """

    kind: str
    since: int
    key: int
    market: Mapping[str, float]
    mechanisms: Mapping[str, bool]


@dataclass
class Conduct:
    """State of a firm's conduct.

    Args:
        shifts: How far each decision stands from the plan, in the unit of the decision.
        unit_cost: Unit cost when the policies began; None before. [share of price]
        passed_on: Shift of the price that follows unit cost. [ratio]
        months: Books of the last quarter.
        stands: Where each adapted decision stands without its trial. [share of the range searched]
        sides: Side on which it is tried, -1 or 1.
        recent: Decisions, profit and revenue of late. [share of the range searched; share of revenue; money]
        usual: The same over the horizon.
        squares: Sum of squares of how far each decision stood from its usual place; older ones are forgotten.
        products: The same with how far profit was from its usual level.
    """

    shifts: dict[str, float] = field(default_factory=dict)
    unit_cost: float | None = None
    passed_on: float = 0.0
    months: deque[MonthOfBooks] = field(default_factory=lambda: deque(maxlen=QUARTER))
    stands: dict[str, float] = field(default_factory=dict)
    sides: dict[str, float] = field(default_factory=dict)
    recent: dict[str, float] = field(default_factory=dict)
    usual: dict[str, float] = field(default_factory=dict)
    squares: dict[str, float] = field(default_factory=dict)
    products: dict[str, float] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """The state as numbers, texts and lists."""
        return vars(self) | {"months": [list(month) for month in self.months]}

    @staticmethod
    def recorded(record: Mapping[str, Any]) -> "Conduct":
        """The state from its record."""
        months = deque((MonthOfBooks(*month) for month in record["months"]), maxlen=QUARTER)
        return Conduct(**{**record, "months": months})


def moved(plan: Plan, conduct: Conduct, fixed: Collection[str] = ()) -> Plan:
    """The plan as conduct moves it, each decision within its range.

    Args:
        plan: The firm's own plan.
        conduct: How far decisions stand from it.
        fixed: Decisions that the scenario fixes; conduct leaves them alone.

    >>> moved(Plan(price=1.9), Conduct(shifts={"price": 0.2})).price
    2.0
    >>> moved(Plan(price=1.0), Conduct(passed_on=-0.1)).price
    0.9
    >>> moved(Plan(price=1.0), Conduct(passed_on=-0.1), ["price"]).price
    1.0
    """
    shifts = {name: shift for name, shift in _shifts_of(conduct).items() if name not in fixed}
    return _shifted(plan, tuple(shifts.items()))


def _shifts_of(conduct: Conduct) -> dict[str, float]:
    return conduct.shifts | {"price": conduct.shifts.get("price", 0.0) + conduct.passed_on}


@lru_cache(maxsize=256)  # plans and shifts stand for a quarter
def _shifted(plan: Plan, shifts: tuple[tuple[str, float], ...]) -> Plan:
    return plan._replace(**{name: within(name, getattr(plan, name) + shift) for name, shift in shifts})


def within(name: str, value: float) -> float:
    """The value of a decision, at the nearest end of its range if it lies outside."""
    low, high = RANGES[name]
    return max(low, min(high, value))


def profitability(months: Sequence[MonthOfBooks]) -> float:
    """Profit against revenue over the last quarter; 0 without revenue. [ratio]"""
    last = list(months)[-QUARTER:]
    revenue = math.fsum([month.revenue for month in last])
    return math.fsum([month.profit for month in last]) / revenue if revenue > 0.0 else 0.0


def pass_on(conduct: Conduct, unit_cost: float, market: Mapping[str, float]) -> None:
    """Move the price by part of what unit cost has changed since the policies began.

    Args:
        conduct: Changed in place.
        unit_cost: Unit cost now. [share of price]
        market: Numbers of the market.

    Source:
        Size: Amiti, Itskhoki and Konings (2019).
    """
    if conduct.unit_cost is None:
        conduct.unit_cost = unit_cost
    conduct.passed_on = market["rivals.pass_through"] * (unit_cost - conduct.unit_cost)


def matching(plan: Plan, rivals: Sequence[Posted], market: Mapping[str, float]) -> dict[str, float]:
    """Shifts that follow rivals: part of the distance from the own plan to theirs, weighted by customers.

    Where all plans are alike and nobody has moved, every shift is exactly 0. The parts are below 1, so that answers to
    answers die out.

    Args:
        plan: The firm's own plan.
        rivals: The other firms.
        market: Numbers of the market.

    Source:
        Form and size for prices: Amiti, Itskhoki and Konings (2019).
    """
    customers = math.fsum(rival.customers for rival in rivals)
    if customers <= 0.0:
        return {}
    return {
        name: market[part]
        * math.fsum(rival.customers * (getattr(rival.plan, name) - getattr(plan, name)) for rival in rivals)
        / customers
        for name, part in MATCHED.items()
    }
