"""From plans to what customers meet: one row a firm."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.organisation.desk import morale_loss, wage
from sim.organisation.firm import Firm, spending, unit_cost
from sim.state import OFFER, Floats

MOST_REACH = 0.9  # a medium never reaches everybody


def _signal(firm: Firm, market: Mapping[str, float], on: Mapping[str, bool]) -> float:
    if not on["belief_learning"]:
        return 0.0
    spend = firm.plan.intelligence * spending(market)
    paid = market["belief.paid_signal"] * spend / (spend + market["belief.spend_scale"])
    return (1.0 - market["belief.wall_loss"] * firm.plan.walls) * (market["belief.base_signal"] + paid)


def _reach(budget: float, cost: float, on: Mapping[str, bool]) -> float:
    return min(MOST_REACH, budget / cost) if on["advertising"] else 0.0


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
    plans = [firm.plan for firm in firms]
    cost, budget = market["marketing.contact_cost"], spending(market)
    dear = cost * market["marketing.targeting_cost"]
    mass = [_reach(p.marketing * (1.0 - p.targeting) * budget, cost, on) for p in plans]
    targeted = [_reach(p.marketing * p.targeting * budget, dear, on) for p in plans]
    losses = [morale_loss(firm.desk, market) for firm in firms]
    lines = [max(1, round(p.lines)) for p in plans]
    offers = np.zeros(len(firms), OFFER)
    offers["key"] = [firm.key for firm in firms]
    offers["price"] = [firm.price for firm in firms]
    offers["reference_price"] = [float(np.mean(firm.prices)) for firm in firms]
    offers["newcomer_discount"] = [p.newcomer_discount for p in plans]
    offers["retention_discount"] = [p.retention_discount for p in plans]
    offers["promise"] = [p.promise for p in plans]
    offers["reach_mass"] = mass
    offers["reach_targeted"] = targeted
    offers["quality"] = [firm.quality for firm in firms]
    offers["best_quality"] = max(firm.quality for firm in firms)
    offers["unit_cost"] = [unit_cost(firm, market, on["experience_curve"]) for firm in firms]
    offers["depth"] = [p.depth if on["customisation"] else 0.0 for p in plans]
    offers["lines"] = lines
    offers["position"] = [positions[count] for count in lines]
    offers["walls"] = [p.walls for p in plans]
    offers["signal"] = [_signal(firm, market, on) for firm in firms]
    offers["selling"] = [1.0 - market["organisation.alignment"] * p.walls for p in plans]
    offers["priority"] = [p.priority for p in plans]
    offers["served_share"] = [firm.desk.served_share for firm in firms]
    offers["wait"] = [firm.desk.wait for firm in firms]
    offers["senior"] = [p.senior for p in plans]
    offers["morale_loss"] = [market["service.morale_effect"] * loss for loss in losses]
    offers["rework"] = [market["service.rework"] + market["service.rework_morale"] * loss for loss in losses]
    offers["wage"] = [wage(p.senior, market) for p in plans]
    return offers
