"""Adaptive conduct: each quarter a small step of one decision, kept if the firm's own books say that it paid."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.model.firm.conduct import Conduct, MonthOfBooks, Posted, within
from sim.model.firm.leadership.forecast import QUARTER, weights
from sim.model.firm.operations.improvement import Address
from sim.model.randomness import CONDUCT, uniform
from sim.parameters.decisions import SEARCH_RANGES

WHICH, DIRECTION = range(2)  # draws of a quarter: the decision whose turn it is, and the side of its first step


class Horizon(NamedTuple):
    """How a firm weighs profits to come, by the numbers of its leadership.

    Args:
        horizon: Months looked ahead. [months]
        impatience: Discount rate. [1/month]
    """

    horizon: float
    impatience: float


def worth(months: Sequence[MonthOfBooks], horizon: Horizon) -> float:
    """What a quarter is worth by the books: its profit, and the margin of customers gained, over the horizon. [money]

    Args:
        months: Books of the quarter.
        horizon: How profits to come are weighed.

    >>> worth([MonthOfBooks(10.0, 50.0, 20.0, 100.0, 0.0, 100.0)] * 3, Horizon(2.0, 0.0))
    20.0
    """
    profit, _, margin, opening, lost, customers = (math.fsum(column) for column in zip(*months, strict=True))
    attrition = min(1.0, lost / opening) if opening > 0.0 else 0.0
    over = weights(int(horizon.horizon), horizon.impatience, attrition, 1.0)
    gained = (months[-1].customers - months[0].opening) * (margin / customers if customers > 0.0 else 0.0)
    return (profit * over.level + gained * over.growing) / len(months)


class Quarter(NamedTuple):
    """What adapting depends on beside the books.

    Args:
        free: Decisions that the scenario does not fix.
        horizon: How profits to come are weighed.
        where: Address of the luck of the quarter.
        market: Numbers of the market.
    """

    free: Sequence[str]
    horizon: Horizon
    where: Address
    market: Mapping[str, float]


def adapt(conduct: Conduct, own: Posted, rivals: Sequence[Posted], quarter: Quarter) -> None:
    """Judge the last move by the books, then move one decision, which is drawn.

    A move after which a quarter was worth less is taken back, and the next move of the decision goes to the other side.

    Args:
        conduct: Changed in place.
        own: What is known of the firm itself.
        rivals: The other firms.
        quarter: The quarter that begins.

    Source:
        Steps that grow and shrink: Riedmiller and Braun (1993). Imitation of who earns more: Vega-Redondo (1997).
    """
    if len(conduct.months) < QUARTER or not quarter.free:
        return
    taken_back = judge(conduct, quarter)
    conduct.turn = quarter.free[int(len(quarter.free) * luck(quarter.where, WHICH))]
    now = getattr(own.plan, conduct.turn) - taken_back.get(conduct.turn, 0.0)
    wanted = now + own_step(conduct, quarter) + imitation(conduct.turn, now, own, rivals, quarter.market)
    conduct.last_move = within(conduct.turn, wanted) - now
    conduct.shifts[conduct.turn] = conduct.shifts.get(conduct.turn, 0.0) + conduct.last_move


def luck(where: Address, draw: int) -> float:
    """One uniform number of a firm's quarter. draw: its number"""
    return uniform(where.key, 0, 0, where.month, CONDUCT, draw, where.firm)


def judge(conduct: Conduct, quarter: Quarter) -> dict[str, float]:
    """Take the last move back if the quarter was worth less than the one before; returns what was taken back."""
    months, turn = list(conduct.months), conduct.turn
    if not turn or len(months) < 2 * QUARTER:
        return {}
    before, last = (worth(part, quarter.horizon) for part in (months[:QUARTER], months[QUARTER:]))
    step, market = conduct.steps[turn], quarter.market
    if last > before:
        conduct.steps[turn] = math.copysign(min(1.0, market["rivals.step_growth"] * abs(step)), step)
        return {}
    smaller = max(market["rivals.least_step"], market["rivals.step_cut"] * abs(step))
    conduct.steps[turn] = math.copysign(smaller, -step)
    conduct.shifts[turn] -= conduct.last_move
    return {turn: conduct.last_move}


def own_step(conduct: Conduct, quarter: Quarter) -> float:
    """The step of the decision whose turn it is, in its unit; the side of the first one is drawn."""
    first = math.copysign(1.0, luck(quarter.where, DIRECTION) - 0.5)
    low, high = SEARCH_RANGES[conduct.turn]
    return quarter.market["rivals.step"] * (high - low) * conduct.steps.setdefault(conduct.turn, first)


def imitation(name: str, now: float, own: Posted, rivals: Sequence[Posted], market: Mapping[str, float]) -> float:
    """Part of the way to the rival who earns most on its revenue, if that is more than the firm itself earns.

    Args:
        name: The decision.
        now: Its value.
        own: What is known of the firm itself.
        rivals: The other firms; of several who earn the same, their mean counts.
        market: Numbers of the market.
    """
    best = max((rival.profitability for rival in rivals), default=own.profitability)
    if best <= own.profitability:
        return 0.0
    models = [getattr(rival.plan, name) for rival in rivals if rival.profitability == best]
    return market["rivals.imitation"] * (math.fsum(models) / len(models) - now)
