"""From plans to what customers meet: one row a firm."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.organisation.credit import hold_after
from sim.organisation.desk import morale_loss, wage
from sim.organisation.firm import Firm, spending, unit_cost
from sim.organisation.improvement import better_terms, dearness, handling, support
from sim.organisation.selection import selection_terms
from sim.organisation.walls import Walls
from sim.state import OFFER, TERMS, Floats


def _signal(firm: Firm, market: Mapping[str, float], on: Mapping[str, bool]) -> float:
    if not on["belief_learning"]:
        return 0.0
    spend = firm.plan.intelligence * spending(market)
    paid = market["belief.paid_signal"] * spend / (spend + market["belief.spend_scale"])
    loss, met, bought = market["belief.wall_loss"], firm.walls.of_contact, firm.walls.between("product", "marketing")
    signal = (1.0 - loss * met) * (market["belief.base_signal"] + paid) - loss * (bought - met) * paid
    return signal * firm.form.sharpness(market)


def _reach(budget: float, cost: float, most: float, on: Mapping[str, bool]) -> float:
    return min(most, budget / cost) if on["advertising"] else 0.0


def offers_of(
    firms: Sequence[Firm], positions: Mapping[int, Floats], market: Mapping[str, float], on: Mapping[str, bool]
) -> NDArray[np.void]:
    """What the firms put before customers this month.

    Args:
        firms: The firms by seat.
        positions: Line positions by number of lines, shape (MOST_LINES, K).
        market: Numbers of the market.
        on: Which mechanisms are on.
    """
    best = max(firm.quality for firm in firms)
    offers = np.zeros(len(firms), OFFER)
    terms = offers.view(np.float64).reshape(len(firms), -1)[:, -len(TERMS) :]  # all columns are eight bytes wide
    for seat, firm in enumerate(firms):
        lines = firm.plan.whole_lines
        offers["key"][seat], offers["lines"][seat] = firm.key, lines
        offers["position"][seat] = positions[lines]
        offers["service_walls"][seat], offers["sales_walls"][seat] = _sides(firm.routines, firm.walls)
        told = _terms(firm, best, market, on)
        terms[seat] = [told[name] for name in TERMS]
    return offers


def _terms(firm: Firm, best: float, market: Mapping[str, float], on: Mapping[str, bool]) -> dict[str, float]:
    """What one firm puts before customers, by the names of `sim.state.TERMS`."""
    plan, walls = firm.plan, firm.walls
    cost, budget, most = market["marketing.contact_cost"], spending(market), market["marketing.most_reach"]
    return {
        "price": firm.price,
        "reference_price": math.fsum(firm.prices) / len(firm.prices),
        "newcomer_discount": firm.promotion,
        "retention_discount": plan.retention_discount,
        "promise": plan.promise,
        "reach_mass": _reach(plan.marketing * (1.0 - plan.targeting) * budget, cost, most, on),
        "reach_targeted": _reach(
            plan.marketing * plan.targeting * budget, cost * market["marketing.targeting_cost"], most, on
        ),
        "quality": firm.quality,
        "treatment": firm.treatment,
        "unit_cost": unit_cost(firm, market, on["experience_curve"]),
        "depth": plan.depth if on["customisation"] else 0.0,
        "signal": _signal(firm, market, on) / dearness(plan, market, on),
        "selling": 1.0 - market["organisation.alignment"] * walls.mean(walls.of_sales),
        "priority": plan.priority,
        "sales_structure": firm.sales.structure,
        "rota_from": firm.sales.rota_from,
        "rota_to": firm.sales.rota_to,
        "pay_value": plan.pay_value,
        "hold_after": hold_after(plan, walls, market, on),
        "reminders": plan.reminders,
        **_walls(walls, firm.routines),
        **_service(firm, market, on),
        **better_terms(firm.improvement, plan, market, on),
        "support": support(plan, budget, market) if on["outcome"] else 0.0,
        **selection_terms(plan, walls, firm.desk, firm.customers[-1], budget, market),
        "unit_walls": firm.form.wall_between_units(firm.routines.common),
        "desk_lines": firm.form.lines_at_a_desk(plan.whole_lines),
    }


@lru_cache(maxsize=256)  # walls stand for months
def _walls(walls: Walls, routines: Walls) -> dict[str, float]:
    return {
        "walls": walls.common,
        "walls_of_service": routines.mean(routines.of_service),
        "walls_of_sales": walls.mean(walls.of_sales),
        "walls_to_value_marketing": walls.mean(walls.to_value("marketing")),
        "walls_to_value_service": walls.mean(walls.to_value("service")),
    }


@lru_cache(maxsize=256)
def _sides(service: Walls, sales: Walls) -> tuple[Floats, Floats]:
    """Heights of the walls around service and around sales, ready to be copied."""
    return np.array(service.of_service), np.array(sales.of_sales)


def _service(firm: Firm, market: Mapping[str, float], on: Mapping[str, bool]) -> dict[str, float]:
    plan, desk = firm.plan, firm.desk
    loss = morale_loss(desk, market)
    return {
        "served_share": desk.served_share,
        "wait": desk.wait,
        "senior": plan.senior,
        "morale_loss": market["service.morale_effect"] * loss,
        "rework": (market["service.rework"] + market["service.rework_morale"] * loss)
        * max(0.0, 1.0 + market["pay.rush_rework"] * firm.rush),
        "handling": (1.0 - firm.rush) * handling(plan, market, on),
        "wage": wage(plan.senior, market),
    }


def with_desks(offers: NDArray[np.void], firms: Sequence[Firm]) -> NDArray[np.void]:
    """The same offers after the desks have worked: how much of the open work was reached, and the wait.

    Args:
        offers: Rows of dtype OFFER, changed in place.
        firms: The firms by seat.
    """
    offers["served_share"] = [firm.desk.served_share for firm in firms]
    offers["wait"] = [firm.desk.wait for firm in firms]
    return offers
