"""What departments are paid for: pay by volume or by customer value bends each department's own decisions."""

import math
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from sim.parameters.decisions import RANGES
from sim.policies.base import Plan


class Bend(NamedTuple):
    """How pay bends one decision.

    Args:
        department: Whose decision it is.
        decision: Decision of `Plan`, which pay by volume multiplies and pay by value divides.
        by_volume: 1 where volume is served by more of it, -1 where by less.
    """

    department: str
    decision: str
    by_volume: int


BENDS = (
    Bend("marketing", "targeting", -1),  # who is reached: anybody counts the same
    Bend("marketing", "promise", 1),  # what it takes to win them
    Bend("marketing", "newcomer_discount", 1),
    Bend("service", "utilisation", 1),  # few hours for many cases
    Bend("service", "senior", -1),
    Bend("service", "priority", -1),  # a case is a case
    Bend("product", "research", 1),  # the own product's quality, sold in number
    Bend("product", "depth", -1),  # customising disturbs it
    Bend("finance", "hold_after", -1),  # cash collected, whoever pays it
    Bend("finance", "reminders", 1),
)
PAID = ("product", "marketing", "service", "finance")  # sales follows its pay call by call: see `customers.sales_calls`
_WEIGHT_OF = {name: f"pay.{name}" for name in PAID}
_weights = itemgetter(*_WEIGHT_OF.values())
_strengths = itemgetter(*(f"pay.{bend.decision}" for bend in BENDS))


def tilt(department: str, settings: Mapping[str, float | None]) -> float:
    """Where a department's pay leans: 1 all volume, -1 all customer value, 0 both alike or fixed pay. [-1-1]

    >>> tilt("service", {"pay.service": 0.0}), tilt("service", {"pay.service": 0.5}), tilt("service", {})
    (1.0, 0.0, 0.0)
    """
    weight = settings.get(_WEIGHT_OF[department])
    return 0.0 if weight is None else 1.0 - 2.0 * weight


def with_incentives(plan: Plan, settings: Mapping[str, float | None], market: Mapping[str, float]) -> Plan:
    """The plan as the departments carry it out, each by what it is paid for.

    Args:
        plan: The plan as the firm has it.
        settings: Numbers of the firm by key path.
        market: Numbers of the market.
    """
    return _carried_out(plan, _weights(settings), _strengths(market))


@lru_cache(maxsize=256)  # plans stand for months
def _carried_out(plan: Plan, weights: tuple[float | None, ...], strengths: tuple[float, ...]) -> Plan:
    """The plan as carried out. weights: of value in pay, by the names of `PAID`; strengths: of pay, as in `BENDS`"""
    settings = dict(zip(_WEIGHT_OF.values(), weights, strict=True))
    leaning, changed = {department: tilt(department, settings) for department in PAID}, {}
    for (department, decision, by_volume), strength in zip(BENDS, strengths, strict=True):
        low, high = RANGES[decision]
        move = by_volume * strength * leaning[department]
        changed[decision] = max(low, min(high, getattr(plan, decision) * math.exp(move)))
    return plan.changed(changed)


def weights_of_value(plan: Plan, settings: Mapping[str, float | None]) -> dict[str, float]:
    """Part of the pay that hangs on customer value, of the departments that have such pay. [0-1]"""
    weights = {name: settings[key] for name, key in _WEIGHT_OF.items()} | {"sales": plan.pay_value}
    return {name: weight for name, weight in weights.items() if weight is not None}


def hours_skipped(settings: Mapping[str, float | None], market: Mapping[str, float]) -> float:
    """Part of an incident's hours that service leaves out because it is paid by cases; negative where it takes more."""
    return market["pay.rush"] * tilt("service", settings)


def cost_of_measuring(
    settings: Mapping[str, float | None], service_heads: float, people: float, market: Mapping[str, float]
) -> float:
    """Cost of measuring the customer value that pay hangs on; sales' own is part of its pay. [EUR/month]

    Args:
        settings: Numbers of the firm by key path.
        service_heads: Staff of the desk. [heads]
        people: Customers. [people]
        market: Numbers of the market.
    """
    office = market["pay.office_staff"] * people
    paid = [
        (settings[key] or 0.0) * (service_heads if name == "service" else office) for name, key in _WEIGHT_OF.items()
    ]
    return market["sales.measuring_cost"] * math.fsum(paid)
