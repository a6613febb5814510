"""The table of facts: who keeps them, and how exact, how late and how dear they are to others in the firm."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sim.model.firm.organisation.information import DEPARTMENT_TASKS, KEEPER
from sim.model.firm.organisation.walls import Walls
from sim.model.randomness import REPORT, normals_of_firm
from sim.model.state import Clock
from sim.policies.base import View


class FactClass(NamedTuple):
    """Facts that are reported with the same lag and error.

    Args:
        facts: Facts of `View`; none where the facts are of single customers.
        precision: Parameter that says how exact they are to others.
        lag: Parameter that says how late.
        cost: Parameter that says what it costs to share them.
        keepers: Departments that keep figures by which others plan; none where `facts` says it.
    """

    facts: tuple[str, ...]
    precision: str
    lag: str
    cost: str
    keepers: tuple[str, ...] = ()


def _planned_by(name: str, *keepers: str) -> FactClass:
    return _figures(name)._replace(keepers=keepers)


def _figures(name: str, *facts: str) -> FactClass:
    return FactClass(facts, f"facts.{name}_error", f"facts.{name}_lag", f"facts.{name}_cost")


FACT_CLASSES: Mapping[str, FactClass] = {
    # figures of the firm, told from department to department (mechanism `facts`)
    "customers": _figures("customers", "customers", "customers_year_ago"),
    "value": _figures("value", "revenue_per_customer", "margin_per_customer"),
    "service": _figures("service", "utilisation"),
    "product": _figures("product", "quality"),
    "invoices": _figures("invoices", "overdue_share"),
    # figures by which others plan (`firm.execution`, `firm.rivals`)
    "causes": _planned_by("causes", "product"),
    "reasons": _planned_by("reasons", "sales"),
    "credits": _planned_by("credits", "finance"),
    "rivals": _planned_by("rivals", "sales"),
    # facts of single customers, each by its own mechanism
    "needs of a customer": FactClass((), "belief.wall_loss", "needs.drift", "decisions.intelligence"),
    "value of a customer": FactClass((), "belief.value_error", "organisation.walls_hide", "organisation.link_cost"),
    "history of a customer's incident": FactClass((), "service.forgetting", "service.handoff_hours", "service.wage"),
    "what a customer holds and said": FactClass((), "decisions.sales_structure", "sales.meeting_hours", "service.wage"),
    "account of a customer": FactClass((), "credit.ledger_error", "credit.posting_delay", "organisation.link_cost"),
}
_TOLD = {fact: name for name, row in FACT_CLASSES.items() for fact in row.facts}
_facts_told = attrgetter(*_TOLD)
_lags = itemgetter(*(FACT_CLASSES[name].lag for name in _TOLD.values()))
_CLASSES_TOLD = tuple((place, name) for place, (name, row) in enumerate(FACT_CLASSES.items()) if row.facts)
_AT_MOST_ONE = ("quality", "overdue_share")


@dataclass
class Reports:
    """What the departments of a firm know of each other's figures.

    Args:
        seen: Figures as they have come through by now, without the error of the last report, by fact.
    """

    seen: dict[str, float] = field(default_factory=dict)


def reported_view(
    reports: Reports,
    facts: View,
    clock: Clock,
    firm_key: int,
    market: Mapping[str, float],
    mechanisms: Mapping[str, bool],
) -> View:
    """Update and return the facts as reported to other departments: lagged, with error.

    Args:
        reports: Changed in place.
        facts: The facts as they are.
        clock: Where we are.
        firm_key: Address of the firm.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    if not mechanisms["facts"]:
        return facts
    note_facts(reports, facts, market)
    errors = errors_of(clock, firm_key, market)
    said: Any = {fact: _within(fact, seen * errors[_TOLD[fact]]) for fact, seen in reports.seen.items()}
    return facts._replace(**said)


def note_facts(reports: Reports, facts: View, market: Mapping[str, float]) -> None:
    """The facts come through to other departments, each with its lag. reports: changed in place"""
    seen = reports.seen
    for fact, step, now in zip(_TOLD, _paces(_lags(market)), _facts_told(facts), strict=True):
        last = seen.get(fact, now)
        seen[fact] = last + step * (now - last)


@lru_cache(maxsize=64)
def _paces(lags: tuple[float, ...]) -> list[float]:
    return list(map(pace, lags))


@lru_cache(maxsize=64)
def pace(lag: float) -> float:
    """Monthly adjustment of reported facts to true facts, as a share of the gap. lag: [months]

    >>> pace(0.0), round(pace(1.0), 2)
    (1.0, 0.63)
    """
    return 1.0 - math.exp(-1.0 / lag) if lag > 0.0 else 1.0


def errors_of(clock: Clock, firm_key: int, market: Mapping[str, float]) -> dict[str, float]:
    """Report of each class of facts against what is reported, this month. firm_key: address of the firm [ratio]"""
    luck = normals_of_firm(clock.key, clock.month, REPORT, len(_CLASSES_TOLD), firm_key)
    return {name: max(0.0, 1.0 + market[FACT_CLASSES[name].precision] * luck[place]) for place, name in _CLASSES_TOLD}


def _within(fact: str, value: float) -> float:
    return min(1.0, value) if fact in _AT_MOST_ONE else value


def cost_of_facts(walls: Walls, hiding_threshold: float, market: Mapping[str, float]) -> float:
    """Running cost of the figures that cross open walls. [EUR/customer/month]"""
    cost, others = 0.0, len(DEPARTMENT_TASKS) - 1
    for number, seeing, keepers in _readers_of_facts(walls, hiding_threshold):
        cost += market[number] * seeing / others / keepers
    return cost


@lru_cache(maxsize=256)  # walls stand for months
def _readers_of_facts(walls: Walls, hiding_threshold: float) -> list[tuple[str, int, int]]:
    """For each keeper of a class: its parameter of cost, the other departments that see the facts, and all keepers."""
    rows = []
    for row in FACT_CLASSES.values():
        keepers = row.keepers or tuple(KEEPER[fact] for fact in row.facts)
        for keeper in keepers:
            others = [name for name in DEPARTMENT_TASKS if name != keeper]
            seeing = [name for name in others if walls.between(keeper, name) < hiding_threshold]
            rows.append((row.cost, len(seeing), len(keepers)))
    return rows
