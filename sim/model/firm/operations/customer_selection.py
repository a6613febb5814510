"""Choosing customers: from which expected margin a firm supplies, and how well sales can estimate it."""

import math
from collections.abc import Mapping

from sim.model.customer_parameters import spread_of_log_gamma
from sim.model.firm.organisation.walls import Walls
from sim.policies.base import Plan

EVERYBODY = -1.0  # decision that declines nobody
NEVER_SO_LITTLE = -1e300  # expected margin that nobody has [EUR]


def spread_of_spending(market: Mapping[str, float]) -> float:
    """Standard deviation of the log of what people spend a month. [1]"""
    rate = spread_of_log_gamma(market["economics.rate_shape"])
    return math.hypot(market["economics.spend_sigma"], rate)


def selection_terms(plan: Plan, walls: Walls, spending: float, market: Mapping[str, float]) -> dict[str, float]:
    """How the firm judges whom to supply, by the names of `sim.model.state.FIXED_TERMS`.

    Args:
        plan: This month's plan.
        walls: Heights of the walls: sales accepts, finance knows what is spent, service what it took.
        spending: What a person spends a month, on average. [EUR]
        market: Numbers of the market.
    """
    spread = spread_of_spending(market)
    return {
        "decline_below": plan.decline_below * spending if plan.decline_below > EVERYBODY else NEVER_SO_LITTLE,
        "value_noise": market["belief.value_error"] * walls.between("sales", "finance") * spread,
        "prospect_noise": market["selection.prospect_error"] * spread,
        "history_seen": 1.0 - walls.between("sales", "service"),
    }
