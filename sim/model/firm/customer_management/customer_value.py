"""What a customer is worth, as customer management reckons it, and what it believes its decisions do to that."""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.model.firm.leadership.forecast import RESTED, strain


class Figures(NamedTuple):
    """What is known of a firm's customers in one month, and the decisions under which it came about.

    Args:
        attrition: Share of customers lost. [1/month]
        margin: Margin of a customer after goods, customising and service. [EUR/month]
        revenue: Net revenue of a customer. [EUR/month]
        service: Pay of the desk for each customer. [EUR/month]
        customising: Cost of customising for each customer. [EUR/month]
        demanded: Share of customers who demanded a discount. [1/month]
        adds: New customers for each customer. [1/month]
        sold: Monthly value of the further categories sold, for each customer. [EUR/month]
        known: Trust in the beliefs about customers' needs. [0-1]
        pressure: Hours wanted at the desk per hour available. [ratio]
        retention_discount: As in `Plan`, and so are the others.
        utilisation: Wanted utilisation.
        priority: How far service goes by value.
        depth: Depth of customising.
        targeting: Part of marketing that is targeted.
        price: List price.
        most_calls: Most turns of sales.
    """

    attrition: float
    margin: float
    revenue: float
    service: float
    customising: float
    demanded: float
    adds: float
    sold: float
    known: float
    pressure: float
    retention_discount: float
    utilisation: float
    priority: float
    depth: float
    targeting: float
    price: float
    most_calls: float


class Change(NamedTuple):
    """What another level of a decision is believed to do.

    Args:
        margin: To the margin of a customer. [EUR/month]
        attrition: To the log of the share lost. [log]
        adds: To new customers and what they are worth, as a factor. [ratio]
    """

    margin: float
    attrition: float
    adds: float = 1.0


Numbers = Mapping[str, float]
Effect = Callable[[float, Figures, Numbers, Numbers], Change]


def of_retention(level: float, seen: Figures, believed: Numbers, market: Numbers) -> Change:
    """A discount for those who demand one costs revenue and keeps part of them, the less the more is given already."""
    holders = min(1.0, seen.demanded * market["service.discount_months"])
    strength = believed["believes_retention"]
    then, now = (1.0 - holders * (1.0 - math.exp(-strength * one)) for one in (seen.retention_discount, level))
    return Change(-holders * seen.revenue * (level - seen.retention_discount), math.log(now / then))


def waiting(pressure: float, most: float) -> float:
    """How much waiting a desk makes: the integral of `forecast.strain` over the log of pressure.

    Args:
        pressure: Hours wanted per hour available. [ratio]
        most: Pressure from which strain does not rise further. [ratio]

    >>> round(waiting(0.8, 0.98), 3)
    0.402
    >>> round(waiting(0.9999, 0.98) - waiting(0.99, 0.98), 3) == round(strain(0.98) * math.log(1.01), 3)
    True
    """
    busy = max(1e-9, min(most, pressure))
    beyond = strain(most) * math.log(max(1.0, pressure / most))
    return -math.log(1.0 - busy) * (1.0 - RESTED) / RESTED + beyond


def of_service(level: float, seen: Figures, believed: Numbers, market: Numbers) -> Change:
    """A tighter desk saves pay and loses customers by waiting, along the curve that every manager knows."""
    most = believed["most_busy"]
    now, then = (waiting(seen.pressure * one / seen.utilisation, most) for one in (level, seen.utilisation))
    return Change(-seen.service * (seen.utilisation / level - 1.0), believed["believes_service"] * (now - then))


def of_priority(level: float, seen: Figures, believed: Numbers, market: Numbers) -> Change:
    """Gain of serving by value: shorter waits for valuable customers, scaled by the Gini of value and its precision."""
    rightly = 1.0 / math.sqrt(1.0 + market["belief.value_error"] ** 2)
    unequal = math.erf(market["economics.spend_sigma"] / 2.0)
    spared = believed["believes_service"] * waiting(seen.pressure, believed["most_busy"]) * rightly * unequal
    return Change(0.0, -spared * (level - seen.priority))


def of_depth(level: float, seen: Figures, believed: Numbers, market: Numbers) -> Change:
    """Gain of deeper customising: it keeps customers the firm knows, with diminishing returns, and costs money."""
    usual = (market["customisation.fixed_cost"] + market["customisation.distance_cost"]) * seen.revenue
    whole = seen.customising / seen.depth if seen.depth > 0.0 else usual
    gained = level * (2.0 - level) - seen.depth * (2.0 - seen.depth)
    return Change(-whole * (level - seen.depth), -believed["believes_depth"] * seen.known * gained)


def of_targeting(level: float, seen: Figures, believed: Numbers, market: Numbers) -> Change:
    """Targeting reaches fewer people for the money, and better ones, the less so the more it is used already."""

    def won(share: float) -> float:
        better = 1.0 + believed["believes_targeting"] * share * (2.0 - share)
        return better / (1.0 + (market["marketing.targeting_cost"] - 1.0) * share)

    return Change(0.0, 0.0, won(level) / won(seen.targeting))


def of_pricing(level: float, seen: Figures, believed: Numbers, market: Numbers) -> Change:
    """A higher price earns more of each customer, drives some away and keeps others from coming."""
    dearer = math.log(level / seen.price)
    coming = math.exp(-believed["believes_price_new"] * dearer)
    return Change(seen.revenue * (level / seen.price - 1.0), believed["believes_price"] * dearer, coming)


def of_cross_selling(level: float, seen: Figures, believed: Numbers, market: Numbers) -> Change:
    """More calls sell more, less than in proportion, and tire customers."""
    ratio = level / seen.most_calls
    share = seen.margin / seen.revenue if seen.revenue > 0.0 else 0.0
    lasting = 1.0 / (believed["impatience"] + max(0.0, min(1.0, seen.attrition)))
    return Change(seen.sold * share * lasting * math.log(ratio), believed["believes_calls"] * (ratio - 1.0))


class ManagedDecision(NamedTuple):
    """One decision over which customer management may have a say.

    Args:
        decision: Decision of `Plan`.
        department: Whose decision it is.
        effect: What another level of it is believed to do.
    """

    decision: str
    department: str
    effect: Effect


MANAGED_DECISIONS: Mapping[str, ManagedDecision] = {
    "retention": ManagedDecision("retention_discount", "sales", of_retention),
    "service": ManagedDecision("utilisation", "service", of_service),
    "priority": ManagedDecision("priority", "service", of_priority),
    "depth": ManagedDecision("depth", "product", of_depth),
    "targeting": ManagedDecision("targeting", "marketing", of_targeting),
    "pricing": ManagedDecision("price", "sales", of_pricing),
    "cross_selling": ManagedDecision("most_calls", "sales", of_cross_selling),
}


def worth_of_customer(margin: float, attrition: float, impatience: float) -> float:
    """Worth of a present customer. [EUR]

    Args:
        margin: Margin of a customer. [EUR/month]
        attrition: Share lost. [1/month]
        impatience: Discount rate. [1/month]

    Source:
        Gupta and Lehmann (2003), as in `sim.model.measures.equity`.

    >>> round(worth_of_customer(10.0, 0.1, 0.01), 3)
    81.818
    """
    kept = 1.0 - max(0.0, min(1.0, attrition))
    return margin * kept / (1.0 + impatience - kept)


def equity(level: float, lever: ManagedDecision, seen: Figures, believed: Numbers, market: Numbers) -> float:
    """What present and future customers are believed to be worth under another level of a decision. [EUR/customer]"""
    change = lever.effect(level, seen, believed, market)
    attrition = seen.attrition * math.exp(max(-1.0, min(1.0, change.attrition)))
    worth = worth_of_customer(seen.margin + change.margin, attrition, believed["impatience"])
    return worth * (1.0 + seen.adds * change.adds / believed["impatience"])


def next_level(
    level: float,
    step: float,
    lever: ManagedDecision,
    seen: Figures,
    believed: Numbers,
    market: Numbers,
    allowed: tuple[float, float],
) -> float:
    """The level after a quarter: a step to where customers are believed to be worth most, or none.

    Args:
        level: Level before.
        step: Size of a step.
        lever: The decision.
        seen: What is known of the customers.
        believed: What is believed of effects, and the discount rate.
        market: Numbers of the market.
        allowed: What the decision may be.
    """
    low, high = allowed
    choices = (level, max(low, level - step), min(high, level + step))
    return max(choices, key=lambda one: equity(one, lever, seen, believed, market))
