"""Measures that a frame carries: of the table of measures, and those that need the months before or single cases."""

from typing import Any, NamedTuple

import numpy as np

from sim.model.firm.firm import view_of
from sim.model.measures import BY_NAME, monthly_measures
from sim.model.state import NOBODY, OTHER_DEPARTMENTS, Floats, IntArray
from sim.model.world import World

STOPS = ("product", "marketing", "sales", "finance")  # of an incident, by number
OTHER_UNIT = "other_unit"  # the stop after them: service of another product line
NEEDED_AT, TOLD_AGAIN_AT = 2, 2  # details of an incident (departments needed, one bit each) and of a hand-off


class FrameMeasure(NamedTuple):
    """What a page must know of a measure.

    Args:
        name: Name; of those in the table of measures, theirs.
        unit: Unit.
        kind: As in the table of measures.
        better: ``higher``, ``lower`` or ``neutral``.
    """

    name: str
    unit: str
    kind: str
    better: str


_OF_TABLE = (
    "customers", "gross_adds", "losses", "losses_voluntary", "losses_silent", "losses_complained",
    "attrition_annual", "market_share", "satisfaction_mean", "share_satisfied", "satisfaction_perceived",
    "share_needs_met", "nps", "reputation_mean", "messages_positive", "messages_negative", "incidents", "handoffs",
    "complaints", "backlog", "wait_mean", "utilisation", "morale", "repeat_contacts", "quality", "price", "revenue",
    "cost_service", "cost_coordination", "profit", "cash", "customer_equity", "clv_expected_mean", "new_business",
    "sales_selling_share",
)  # fmt: skip
_OWN = (
    FrameMeasure("profit_total", "EUR", "stock", "higher"),  # profit of all months since the first
    FrameMeasure("revenue_per_customer", "EUR", "rate", "higher"),  # as sales sees it
    FrameMeasure("margin_per_customer", "EUR", "rate", "higher"),  # as finance sees it
    FrameMeasure("messages_net", "count", "count", "higher"),  # positive messages less negative ones
    *(FrameMeasure(f"cases_for_{name}", "count", "count", "neutral") for name in STOPS),  # incidents that need it
    *(FrameMeasure(f"handoffs_to_{name}", "count", "count", "lower") for name in STOPS),  # hand-offs of the month
    FrameMeasure("waiting_at_service", "people", "stock", "lower"),  # people with an open incident, end of the month
    *(FrameMeasure(f"waiting_for_{name}", "people", "stock", "lower") for name in STOPS),  # of them, handed on to it
)
FRAME_MEASURES = (
    *(FrameMeasure(name, BY_NAME[name].unit, BY_NAME[name].kind, BY_NAME[name].direction) for name in _OF_TABLE),
    *_OWN,
)
MEASURE_NAMES = tuple(measure.name for measure in FRAME_MEASURES)
PROFIT_AT, TOTAL_AT = MEASURE_NAMES.index("profit"), MEASURE_NAMES.index("profit_total")
DEPARTMENT_FIGURES = {
    "marketing": "customers", "sales": "revenue_per_customer", "product": "quality", "service": "utilisation",
    "finance": "margin_per_customer",
}  # fmt: skip
"""By department, the figure that it keeps itself and is judged by, among the measures of a frame."""


class Cases(NamedTuple):
    """Incidents of the month at one firm, counted in agents.

    Args:
        needed: Incidents that need a stop, shape (stops,).
        handed: Hand-offs to a stop, shape (stops,).
        waiting: Stops of each customer with an open incident at the end of the month, one bit each, shape (n,).
    """

    needed: Floats
    handed: Floats
    waiting: IntArray


def measures_now(world: World, seat: int, cases: Cases, total: float) -> Floats:
    """Measures of the month that has just ended, in the order of `FRAME_MEASURES`, shape (K,).

    Args:
        world: The world after at least one recorded month.
        seat: Seat of the firm.
        cases: Its incidents.
        total: Its profit of the months before. [EUR]
    """
    firms = len(world.firms)
    columns = monthly_measures(
        world.records[-firms:], world.counted[-1:], world.weight, world.market["economics.categories"]
    )
    place = int(np.flatnonzero(columns["seat"] == seat)[0])
    values = {name: float(columns[name][place]) for name in _OF_TABLE}
    values |= _figures(world, seat) | _of_cases(world.weight, cases)
    values["profit_total"] = total + values["profit"]
    values["messages_net"] = values["messages_positive"] - values["messages_negative"]
    return np.array([values[name] for name in MEASURE_NAMES])


def _figures(world: World, seat: int) -> dict[str, float]:
    """Figures that departments keep, as they are at the end of the month."""
    view = view_of(world.firms[seat], world.month - world.warm_up, 0.0, world.market)
    return {name: float(getattr(view, name)) for name in ("revenue_per_customer", "margin_per_customer")}


def _of_cases(weight: float, cases: Cases) -> dict[str, float]:
    values = {"waiting_at_service": weight * len(cases.waiting)}
    for stop, name in enumerate(STOPS):
        values[f"cases_for_{name}"] = weight * float(cases.needed[stop])
        values[f"handoffs_to_{name}"] = weight * float(cases.handed[stop])
        values[f"waiting_for_{name}"] = weight * float(np.count_nonzero(cases.waiting >> stop & 1))
    return values


def measures_before(world: World, seat: int) -> Floats:
    """Measures before the first month: customers are known, nothing has been earned, all else is no number."""
    values = dict.fromkeys(MEASURE_NAMES, float("nan")) | {"profit_total": 0.0}
    values["customers"] = float(np.count_nonzero(world.people.supplier == seat)) * world.weight
    return np.array([values[name] for name in MEASURE_NAMES])


def stop_bits(handoffs: Any, places: int) -> IntArray:
    """Stops to which each place was handed on this month, one bit each, shape (places,). handoffs: rows of events"""
    bits = np.zeros(places, np.int64)
    np.bitwise_or.at(bits, handoffs["place"], 1 << handoffs["details"][:, 0].astype(np.int64))
    return bits


def needed_by_stop(incidents: Any) -> Floats:
    """Incidents that need each stop, for agents, shape (stops,). incidents: rows of events"""
    bits = incidents["details"][:, NEEDED_AT].astype(np.int64)
    return np.array([incidents["value"][bits >> stop & 1 == 1].sum() for stop in range(OTHER_DEPARTMENTS + 1)])


def handed_by_stop(handoffs: Any) -> Floats:
    """Hand-offs to each stop, for agents, shape (stops,). handoffs: rows of events"""
    stops = handoffs["details"][:, 0].astype(np.int64)
    return np.asarray(np.bincount(stops, handoffs["value"], OTHER_DEPARTMENTS + 1), np.float64)


def supplier_or_empty(world: World) -> IntArray:
    """Seat of each place's supplier; -1 for none, -2 for an empty place, shape (N,)."""
    people = world.people
    return np.where(people.present == 1, people.supplier.astype(np.int64), NOBODY - 1)
