"""Adaptive conduct: each quarter small steps of all decisions, from what is usual to what the firm's own books say."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.model.firm.conduct import Conduct, Posted, profitability, within
from sim.model.firm.leadership.forecast import QUARTER
from sim.model.firm.operations.improvement import Address
from sim.model.randomness import CONDUCT, uniform
from sim.parameters.conduct import ADAPTED
from sim.parameters.decisions import SEARCH_RANGES
from sim.policies.base import Plan

PROFIT, REVENUE = "profit", "revenue"  # what is remembered beside decisions


class Quarter(NamedTuple):
    """What adapting depends on beside the books.

    Args:
        free: Decisions that the scenario does not fix.
        plan: The firm's plan, from which its decisions are shifted.
        usual: The neutral plan of the market: what firms of the industry do.
        horizon: Months that the leadership looks ahead, and back. [months]
        unit_cost: Unit cost now. [share of price]
        where: Address of the luck of the quarter.
        market: Numbers of the market.
    """

    free: Sequence[str]
    plan: Plan
    usual: Plan
    horizon: float
    unit_cost: float
    where: Address
    market: Mapping[str, float]


def adapt(conduct: Conduct, own: Posted, rivals: Sequence[Posted], quarter: Quarter) -> None:
    """Learn from the books of the quarter, then move every free decision by a small step, with a trial around it.

    Args:
        conduct: Changed in place.
        own: What is known of the firm itself.
        rivals: The other firms.
        quarter: The quarter that begins.

    Source:
        Budgets by what is usual for the industry: Bigné (1995); prices by a usual markup: Hall and Hitch (1939). All
        decisions tried at once: Spall (1992). Imitation of who earns more: Vega-Redondo (1997). Without a profit no
        trials, and no waiting: Cyert and March (1963), Robbins and Pearce (1992).
    """
    if len(conduct.months) < QUARTER:
        return
    learn(conduct, own.plan, quarter)
    size = quarter.market["rivals.step"]
    earns = profitability(conduct.months) >= 0.0
    trial, pace = (size, quarter.market["rivals.pace"]) if earns else (0.0, 1.0)
    for name in quarter.free:
        low, high = SEARCH_RANGES[name]
        now = place(name, own.plan)
        stand = conduct.stands.setdefault(name, now)
        wanted = pace * (believed_best(conduct, name, quarter) - stand)
        wanted += imitation(name, now, own, rivals, quarter.market)
        conduct.stands[name] = stand + max(-size, min(size, wanted))
        tried = conduct.stands[name] + trial * side_of_trial(conduct, name, quarter)
        conduct.shifts[name] = within(name, low + tried * (high - low)) - getattr(quarter.plan, name)


def place(name: str, plan: Plan) -> float:
    """Where a decision stands in the range that tuning searches: 0 at its low end, 1 at its high end, or beyond.

    >>> place("newcomer_discount", Plan(newcomer_discount=0.15))
    0.5
    """
    low, high = SEARCH_RANGES[name]
    return (float(getattr(plan, name)) - low) / (high - low)


def learn(conduct: Conduct, plan: Plan, quarter: Quarter) -> None:
    """Add a quarter to what the firm knows of how its profit goes with its decisions.

    Decisions and profit of late are compared with those of the horizon, so that lasting differences of firms drop out.

    Args:
        conduct: Changed in place.
        plan: Decisions in force during the quarter.
        quarter: The quarter that begins.

    Source:
        Distributed lags: Koyck (1954). Recursive estimates with steps that shrink: Robbins and Monro (1951).
    """
    months, market = conduct.months, quarter.market
    revenue = math.fsum(month.revenue for month in months) / len(months)
    scale = conduct.usual.get(REVENUE, revenue)
    profit = math.fsum(month.profit for month in months) / len(months) / scale if scale > 0.0 else 0.0
    seen = {name: place(name, plan) for name in ADAPTED} | {PROFIT: profit, REVENUE: revenue}
    conduct.recent = followed(conduct.recent, seen, market["rivals.smoothing"])
    gaps = {name: recent - conduct.usual.get(name, recent) for name, recent in conduct.recent.items()}
    conduct.usual = followed(conduct.usual, seen, min(1.0, QUARTER / quarter.horizon))
    estimates = {name: slope(conduct, name, market) for name in quarter.free}
    unexplained = gaps[PROFIT] - math.fsum(estimates[name] * gaps[name] for name in quarter.free)
    kept = 1.0 - market["rivals.forgetting"]
    for name in quarter.free:
        gap, without_it = gaps[name], unexplained + estimates[name] * gaps[name]
        conduct.squares[name] = kept * conduct.squares.get(name, 0.0) + gap * gap
        conduct.products[name] = kept * conduct.products.get(name, 0.0) + gap * without_it


def followed(old: Mapping[str, float], new: Mapping[str, float], part: float) -> dict[str, float]:
    """Averages that move part of the way to what is new; what is not known yet is taken as it is. part: [share]

    >>> followed({"price": 0.0}, {"price": 1.0, "profit": 2.0}, 0.5)
    {'price': 0.5, 'profit': 2.0}
    """
    return {name: (1.0 - part) * old.get(name, value) + part * value for name, value in new.items()}


def slope(conduct: Conduct, name: str, market: Mapping[str, float]) -> float:
    """How much profit, as a share of revenue, goes with a decision, over the whole range that tuning searches.

    Few books are trusted little: the estimate is pulled to 0 as by `rivals.trust` quarters of trials without effect.

    Args:
        conduct: What was learned.
        name: The decision.
        market: Numbers of the market.

    Source:
        Ridge regression: Hoerl and Kennard (1970).
    """
    usual = market["rivals.trust"] * market["rivals.step"] * market["rivals.step"]
    squares = conduct.squares.get(name, 0.0) + usual
    return conduct.products.get(name, 0.0) / squares if squares > 0.0 else 0.0


def believed_best(conduct: Conduct, name: str, quarter: Quarter) -> float:
    """What is usual in the industry, moved by what the own books say. [share of range]"""
    usual = quarter.usual._replace(price=usual_price(conduct, quarter)) if name == "price" else quarter.usual
    return place(name, usual) + quarter.market["rivals.response"] * slope(conduct, name, quarter.market)


def usual_price(conduct: Conduct, quarter: Quarter) -> float:
    """Unit cost and what is usually added to it, less what has been passed on already. [ratio]

    What is usually added is the neutral price less the usual unit cost of the industry. Where that is not known, it is
    the unit cost with which the firm began.

    Source:
        A usual addition to direct cost: Hall and Hitch (1939).
    """
    began = quarter.unit_cost if conduct.unit_cost is None else conduct.unit_cost
    usual_cost = quarter.market["rivals.usual_cost"] or began
    return quarter.usual.price + quarter.unit_cost - usual_cost - conduct.passed_on


def side_of_trial(conduct: Conduct, name: str, quarter: Quarter) -> float:
    """The side on which a decision is tried, -1 or 1; once in a while it is drawn anew."""
    draw, where = ADAPTED.index(name), quarter.where
    turned, drawn = (
        uniform(where.key, 0, 0, where.month, CONDUCT, number, where.firm) for number in (draw, len(ADAPTED) + draw)
    )
    if name not in conduct.sides or turned < quarter.market["rivals.trial_turn"]:
        conduct.sides[name] = math.copysign(1.0, 0.5 - drawn)
    return conduct.sides[name]


def imitation(name: str, now: float, own: Posted, rivals: Sequence[Posted], market: Mapping[str, float]) -> float:
    """Part of the way to the rival who earns most on its revenue, if that is more than the firm earns. [share of range]

    Args:
        name: The decision.
        now: Where it stands. [share of range]
        own: What is known of the firm itself.
        rivals: The other firms; of several who earn the same, their mean counts.
        market: Numbers of the market.
    """
    best = max((rival.profitability for rival in rivals), default=own.profitability)
    if best <= own.profitability:
        return 0.0
    models = [place(name, rival.plan) for rival in rivals if rival.profitability == best]
    return market["rivals.imitation"] * (math.fsum(models) / len(models) - now)
