"""From plans to what customers meet: one row a firm."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.firm.firm import Firm, spending, unit_cost
from sim.model.firm.operations.customer_selection import selection_terms
from sim.model.firm.operations.improvement import dearness, handling, improvement, repeating, support, trouble
from sim.model.firm.operations.receivables import hold_after
from sim.model.firm.operations.service_desk import morale_loss, wage
from sim.model.firm.organisation.figures import books_seen_by, feedback_seen
from sim.model.firm.organisation.practice import handling_after_practice
from sim.model.firm.organisation.walls import hiding_height
from sim.model.firm.product_lines import filled, unit_costs
from sim.model.firm.rates import Rates, Standing, rates_of
from sim.model.state import FIXED_TERMS, MOST_LINES, MOVING, OFFER, Floats
from sim.parameters.decisions import OFFERED

# Where a firm's lines lie, shape (MOST_LINES, K), by its key, their number, and whether product gets research late.
LinePositions = Callable[[int, int, bool], Floats]
_TO_MOVE = (0.0,) * (2 * MOST_LINES + len(MOVING))  # written every month


class Settled(NamedTuple):
    """Terms and rates that stay fixed while plan, walls and organisation form stay fixed.

    Args:
        standing: What it follows from.
        row: The firm's row of dtype OFFER as bare eight-byte columns.
        rates: What the firm pays.
    """

    standing: Standing
    row: Floats
    rates: Rates


def offers_of(
    firms: Sequence[Firm],
    lines_at: LinePositions,
    last_month: dict[int, Settled],
    market: Mapping[str, float],
    mechanisms: Mapping[str, bool],
) -> NDArray[np.void]:
    """Offers of all firms this month.

    Args:
        firms: The firms by seat.
        lines_at: Line positions of a firm.
        last_month: What stood then, by key of the firm; brought up to date.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    rows = np.empty((len(firms), OFFER.itemsize // 8))  # all columns are eight bytes wide
    for seat, firm in enumerate(firms):
        standing = Standing(firm.plan, firm.walls, firm.routines, firm.form)
        stood = last_month.get(firm.key)
        if stood is None or stood.standing != standing:
            row = _row_of(firm.key, standing, lines_at, market, mechanisms)
            stood = last_month[firm.key] = Settled(standing, row, rates_of(standing, market, mechanisms))
        rows[seat] = stood.row
    rows[:, -len(_TO_MOVE) :] = [
        [*terms_of_lines(firm, market, mechanisms), *moving(firm, market, mechanisms).values()] for firm in firms
    ]
    return np.ndarray((len(firms),), OFFER, rows)


def _row_of(
    key: int,
    standing: Standing,
    lines_at: LinePositions,
    market: Mapping[str, float],
    mechanisms: Mapping[str, bool],
) -> Floats:
    """A firm's row with its fixed terms, as bare eight-byte columns."""
    lines, told = standing.plan.whole_lines, fixed_terms(standing, market, mechanisms)
    walls = (*standing.routines.of_service, *standing.walls.of_sales)
    late = standing.walls.between("product", "marketing") >= hiding_height(market, mechanisms)
    where = lines_at(key, lines, late).ravel().tolist()
    row = np.array([0.0, 0.0, *where, *walls, *map(told.__getitem__, FIXED_TERMS), *_TO_MOVE])  # in the order of OFFER
    row.view(np.int64)[:2] = key, lines
    return row


def fixed_terms(standing: Standing, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> dict[str, float]:
    """Offer terms that change only with plan, walls or organisation form, named as in `FIXED_TERMS`."""
    plan, walls, routines = standing.plan, standing.walls, standing.routines
    hiding = hiding_height(market, mechanisms)
    cost, budget, most = market["marketing.contact_cost"], spending(market), market["marketing.most_reach"]
    return {
        **{name: getattr(plan, name) for name in OFFERED},
        "reach_mass": _reach(plan.marketing * (1.0 - plan.targeting) * budget, cost, most, mechanisms),
        "reach_targeted": _reach(
            plan.marketing * plan.targeting * budget, cost * market["marketing.targeting_cost"], most, mechanisms
        ),
        "depth": plan.depth if mechanisms["customisation"] else 0.0,
        "signal": _signal(standing, market, mechanisms) / dearness(plan, market, mechanisms),
        "selling": 1.0 - market["organisation.alignment"] * walls.mean(walls.of_sales),
        "wage": wage(plan.senior, market),
        "repeating": repeating(plan, market, mechanisms),
        "hold_after": hold_after(plan, walls, market, mechanisms),
        "support": support(plan, budget, market) if mechanisms["outcome"] else 0.0,
        "walls": walls.common,
        "walls_of_service": routines.mean(routines.of_service),
        "walls_of_sales": walls.mean(walls.of_sales),
        "walls_to_value_marketing": walls.mean(walls.to_value("marketing")),
        "walls_to_value_service": walls.mean(walls.to_value("service")),
        "unit_walls": standing.form.wall_between_units(routines.common),
        "desk_lines": standing.form.lines_at_a_desk(plan.whole_lines),
        "books_of_marketing": books_seen_by("marketing", walls, hiding),
        "books_of_service": books_seen_by("service", walls, hiding),
        **selection_terms(plan, walls, budget, market),
    }


def _signal(standing: Standing, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    if not mechanisms["belief_learning"]:
        return 0.0
    walls, spend = standing.walls, standing.plan.intelligence * spending(market)
    paid = market["belief.paid_signal"] * spend / (spend + market["belief.spend_scale"])
    loss, met, bought = market["belief.wall_loss"], walls.of_contact, walls.between("product", "marketing")
    unseen = 1.0 - feedback_seen(walls, hiding_height(market, mechanisms))
    free = market["belief.base_signal"] * (1.0 - market["belief.feedback"] * unseen)
    signal = (1.0 - loss * met) * (free + paid) - loss * (bought - met) * paid
    return signal * standing.form.sharpness(market)


def _reach(budget: float, cost: float, most: float, mechanisms: Mapping[str, bool]) -> float:
    return min(most, budget / cost) if mechanisms["advertising"] else 0.0


def terms_of_lines(firm: Firm, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> list[float]:
    """Quality of each line, then unit cost of each."""
    qualities = filled(firm.lines, [line.quality for line in firm.lines])
    return qualities + filled(firm.lines, unit_costs(firm.lines, market, mechanisms["experience_curve"]))


def moving(firm: Firm, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> dict[str, float]:
    """Offer terms of one firm that may change every month, named and ordered as `MOVING`."""
    desk, sales, state = firm.desk, firm.sales, firm.improvement
    loss, customers = morale_loss(desk, market), firm.customers[-1]
    return {
        "price": firm.price,
        "reference_price": math.fsum(firm.prices) / len(firm.prices),
        "newcomer_discount": firm.promotion,
        "quality": firm.quality,
        "treatment": firm.treatment,
        "unit_cost": unit_cost(firm, market, mechanisms["experience_curve"]),
        "served_share": desk.served_share,
        "wait": desk.wait,
        "morale_loss": market["service.morale_effect"] * loss,
        "rework": (market["service.rework"] + market["service.rework_morale"] * loss)
        * max(0.0, 1.0 + market["pay.rush_rework"] * firm.hours_skipped),
        "handling": (1.0 - firm.hours_skipped)
        * handling(firm.plan, market, mechanisms)
        * handling_after_practice(desk.practice, market, mechanisms),
        "sales_structure": sales.structure,
        "rota_from": sales.rota_from,
        "rota_to": sales.rota_to,
        "trouble": trouble(state, market, mechanisms),
        "improvement": improvement(state, market, mechanisms),
        "goals": state.goals if mechanisms["goals_research"] else 0.0,
        "hours_mean": desk.average_demand / customers if customers > 0.0 else 0.0,
    }


def update_service_terms(offers: NDArray[np.void], firms: Sequence[Firm]) -> NDArray[np.void]:
    """The same offers after the desks have worked: how much of the open work was reached, and the wait.

    Args:
        offers: Rows of dtype OFFER, changed in place.
        firms: The firms by seat.
    """
    offers["served_share"] = [firm.desk.served_share for firm in firms]
    offers["wait"] = [firm.desk.wait for firm in firms]
    return offers
