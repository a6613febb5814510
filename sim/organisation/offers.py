"""From plans to what customers meet: one row a firm."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.organisation.desk import morale_loss, wage
from sim.organisation.firm import Firm, unit_cost
from sim.state import Floats, Offers

MOST_REACH = 0.9  # a medium never reaches everybody


def _signal(firm: Firm, market: Mapping[str, float], on: Mapping[str, bool]) -> float:
    if not on["belief_learning"]:
        return 0.0
    spend = firm.plan.intelligence
    paid = market["belief.paid_signal"] * spend / (spend + market["belief.spend_scale"])
    return (1.0 - market["belief.wall_loss"] * firm.plan.walls) * (market["belief.base_signal"] + paid)


def _reach(budget: float, cost: float, on: Mapping[str, bool]) -> float:
    return min(MOST_REACH, budget / cost) if on["advertising"] else 0.0


def offers_of(
    firms: Sequence[Firm], positions: Mapping[int, Floats], market: Mapping[str, float], on: Mapping[str, bool]
) -> Offers:
    """What the firms put before customers this month.

    Args:
        firms: The firms by seat.
        positions: Line positions by number of lines, shape (MOST_LINES, K).
        market: Numbers of the market.
        on: Which mechanisms are on.
    """
    plans = [firm.plan for firm in firms]
    cost = market["marketing.contact_cost"]
    dear = cost * market["marketing.targeting_cost"]
    mass = [_reach(p.marketing * (1.0 - p.targeting), cost, on) for p in plans]
    targeted = [_reach(p.marketing * p.targeting, dear, on) for p in plans]
    losses = [morale_loss(firm.desk, market) for firm in firms]
    lines = [max(1, round(p.lines)) for p in plans]
    return Offers(
        key=np.array([firm.key for firm in firms], np.int64),
        price=np.array([firm.price for firm in firms]),
        reference_price=np.array([float(np.mean(firm.prices)) for firm in firms]),
        newcomer_discount=np.array([p.newcomer_discount for p in plans]),
        retention_discount=np.array([p.retention_discount for p in plans]),
        promise=np.array([p.promise for p in plans]),
        reach_mass=np.array(mass),
        reach_targeted=np.array(targeted),
        quality=np.array([firm.quality for firm in firms]),
        best_quality=np.full(len(firms), max(firm.quality for firm in firms)),
        unit_cost=np.array([unit_cost(firm, market, on["experience_curve"]) for firm in firms]),
        depth=np.array([p.depth if on["customisation"] else 0.0 for p in plans]),
        lines=np.array(lines, np.int64),
        position=np.stack([positions[count] for count in lines]),
        walls=np.array([p.walls for p in plans]),
        signal=np.array([_signal(firm, market, on) for firm in firms]),
        selling=np.array([1.0 - market["organisation.alignment"] * p.walls for p in plans]),
        priority=np.array([p.priority for p in plans]),
        served_share=np.array([firm.desk.served_share for firm in firms]),
        wait=np.array([firm.desk.wait for firm in firms]),
        senior=np.array([p.senior for p in plans]),
        morale_loss=np.array([market["service.morale_effect"] * loss for loss in losses]),
        rework=np.array([market["service.rework"] + market["service.rework_morale"] * loss for loss in losses]),
        wage=np.array([wage(p.senior, market) for p in plans]),
    )
