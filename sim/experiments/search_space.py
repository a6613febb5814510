"""What tuning searches: the decisions that do not define a policy, their ranges, and where a range ends too soon."""

import math
from collections.abc import Mapping

import numpy as np

from sim.parameters import Scenario
from sim.parameters.checking import nearest
from sim.parameters.decisions import DECISION_ROWS, RANGES, TUNING_RANGES, Plan, acts
from sim.parameters.errors import BadInput
from sim.policies import Policy, policy_named
from sim.policies.defining import nuisance_of

Decisions = dict[str, float]
Ranges = Mapping[str, tuple[float, float]]

SEARCH_STEPS = (0.25, 0.125, 0.0625)  # of the search near the best, as shares of a range

BUDGET_REACH = 4.0  # times the usual budget
USUAL = Plan()
# Decisions that every firm takes: a best value at any end says that the search or the world is wrong.
INSIDE = ("price", "utilisation", "marketing", "research")


def is_at_bound(name: str, value: float, low: float, high: float) -> bool:
    """Whether a best value lies at an end of its range beyond which better values may lie.

    At an end of what the decision allows, such as one line or no discount, nothing lies beyond: that is a corner, not a
    bound of the search. Of `INSIDE` every end is a bound.

    Args:
        name: The decision.
        value: Its best value; near an end is within half of the smallest step of the search.
        low: Lower end of the range.
        high: Upper end.

    >>> is_at_bound("price", 0.85, 0.85, 1.35), is_at_bound("price", 1.0, 0.85, 1.35)
    (True, False)
    >>> is_at_bound("newcomer_discount", 0.0, 0.0, 0.3), is_at_bound("newcomer_discount", 0.3, 0.0, 0.3)
    (False, True)
    """
    least, most = (-math.inf, math.inf) if name in INSIDE else RANGES[name]
    return (low > least and is_near(value, low, low, high)) or (high < most and is_near(value, high, low, high))


def is_at_corner(name: str, value: float, low: float, high: float) -> bool:
    """Whether a best value lies at an end of what the decision allows, where that is no bound of the search.

    >>> is_at_corner("newcomer_discount", 0.0, 0.0, 0.3), is_at_corner("price", 0.5, 0.5, 2.0)
    (True, False)
    """
    at_an_end = any(is_near(value, end, low, high) for end in (low, high))
    return at_an_end and not is_at_bound(name, value, low, high)


def names_at_bound(settings: Mapping[str, float], ranges: Ranges) -> list[str]:
    """Decisions that ended at a bound of the search. settings: best values, such as of ``decisions.price``"""
    return [name for name, value in _by_name(settings) if is_at_bound(name, value, *ranges[name])]


def names_at_corner(settings: Mapping[str, float], ranges: Ranges) -> list[str]:
    """Decisions that ended at an end of what they allow, beyond which nothing lies. settings: as above"""
    return [name for name, value in _by_name(settings) if is_at_corner(name, value, *ranges[name])]


def _by_name(settings: Mapping[str, float]) -> list[tuple[str, float]]:
    return [(name.removeprefix("decisions."), value) for name, value in settings.items()]


def is_near(value: float, end: float, low: float, high: float) -> bool:
    """Whether a value lies within half of the smallest step of the search of an end of the range."""
    return abs(value - end) <= 0.5 * SEARCH_STEPS[-1] * (high - low)


def tunable_decisions(policy: Policy, mechanisms: Mapping[str, bool]) -> tuple[str, ...]:
    """What is tuned of a policy: every decision that does not define it and has something to act on.

    Args:
        policy: The policy.
        mechanisms: Which mechanisms are on in the world.
    """
    nuisance = nuisance_of(policy)
    return tuple(name for name in TUNING_RANGES if name in nuisance and acts(name, mechanisms))


def ranges_with(wider: Mapping[str, tuple[float, float]] | None, neutral: Plan = USUAL) -> Ranges:
    """The range of each decision, some of them replaced.

    Budgets for marketing and research reach to `BUDGET_REACH` times what is usual in the market, since industries
    differ by more than any common range could hold.

    Args:
        wider: Ranges to take instead.
        neutral: The neutral plan of the market.

    Raises:
        BadInput: No such decision, or a range that is empty or goes beyond what the decision allows.
    """
    for name, (low, high) in (wider or {}).items():
        if name not in TUNING_RANGES:
            raise BadInput(f"range of {name}: this is no decision that is tuned.{nearest(name, TUNING_RANGES)}")
        least, most = RANGES[name]
        if not least <= low < high <= most:
            raise BadInput(f"range of {name} is {low:g} to {high:g}; it must lie between {least:g} and {most:g}")
    budgets = {name: _budget_range(name, getattr(neutral, name)) for name in ("marketing", "research")}
    return {**TUNING_RANGES, **budgets, **(wider or {})}


def _budget_range(name: str, usual: float) -> tuple[float, float]:
    """From nothing to a multiple of what is usual; the common range where nothing is.

    >>> _budget_range("marketing", 0.0075), _budget_range("research", 0.2), _budget_range("research", 0.0)
    ((0.0, 0.03), (0.0, 0.3), (0.0, 0.12))
    """
    return (0.0, min(RANGES[name][1], BUDGET_REACH * usual)) if usual > 0.0 else TUNING_RANGES[name]


def searched_policy(scenario: Scenario, policy: str) -> Policy:
    """A policy as the focal firm has it, if it says what of it can be tuned.

    Raises:
        BadInput: It does not, or there is no such policy.
    """
    made = policy_named(policy, scenario.firms[0].way, scenario.firms[0].neutral)
    if made.defining is None:
        raise BadInput(
            f"policy {policy} does not say which decisions define it, so all do and none can be tuned; declare them "
            "as defining in its class, as docs/extending.md shows"
        )
    return made


def allowed(name: str, value: float, ends: tuple[float, float]) -> float:
    """A value within its range, and whole where it counts something."""
    within = float(np.clip(value, *ends))
    return float(round(within)) if DECISION_ROWS[name].unit == "count" else round(within, 6)


def spread_points(count: int, ranges: Ranges) -> list[Decisions]:
    """So many points over the ranges; any few of them lie far apart in every direction. ranges: by decision"""
    root = 2.0
    for _ in range(50):  # the positive root of x^(d + 1) = x + 1
        root = (1.0 + root) ** (1.0 / (len(ranges) + 1))
    points = []
    for k in range(1, count + 1):
        places = [(0.5 + k * root ** -(j + 1)) % 1.0 for j in range(len(ranges))]
        pairs = zip(ranges.items(), places, strict=True)
        points.append({name: low + place * (high - low) for (name, (low, high)), place in pairs})
    return points
