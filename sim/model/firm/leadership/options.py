"""Leadership: each quarter one option from a menu, the same for all firms, by an own forecast over an own horizon."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.model.firm.leadership.forecast import (
    BELIEFS,
    QUARTER,
    QUARTERS,
    Books,
    Stance,
    forecast,
    growth,
    growth_per_belief,
    menu,
    monthly_saving,
    update,
    weights,
)
from sim.policies.base import Plan


@dataclass
class Leadership:
    """State of a firm's leadership.

    Args:
        stance: How far it has moved the policy's decisions.
        months: Books of the last months, as many as five quarters.
        choice: Name of the option taken last.
        missed: Whether the last quarter missed its target.
        cuts: Quarters in which a cut was made.
        beliefs: Believed effects by name: attrition [1/month] or new customers [share] per log of the decision.
    """

    stance: Stance = field(default_factory=Stance)
    months: deque[Books] = field(default_factory=lambda: deque(maxlen=QUARTER * (QUARTERS + 1)))
    choice: str = "keep"
    missed: bool = False
    cuts: int = 0
    beliefs: dict[str, float] = field(default_factory=dict)


def missed_target(months: deque[Books], target: float) -> bool:
    """Whether the last quarter earned less than the mean quarter of the year before it, grown by the target."""
    if len(months) < QUARTER * (QUARTERS + 1):
        return False
    profits = [month.profit for month in months]
    last, before = math.fsum(profits[-QUARTER:]), math.fsum(profits[:-QUARTER]) / QUARTERS
    return last < before + target * abs(before)


def mean_of(months: Sequence[Books], most_busy: float) -> Books:
    """Mean books of some months. most_busy: utilisation beyond which the leadership does not reckon [ratio]"""
    mean = Books(*(math.fsum(column) / len(months) for column in zip(*months, strict=True)))
    return mean._replace(utilisation=min(most_busy, max(0.0, mean.utilisation)))


def lead(leadership: Leadership, perceived: float, numbers: Mapping[str, float | None]) -> None:
    """Choose one option for the quarter that begins; a missed target narrows the menu to what saves money at once.

    Args:
        leadership: Changed in place.
        perceived: Share of customers whom the leadership takes for satisfied. [0-1]
        numbers: Numbers of the firm by key path.
    """
    own = {name.removeprefix("leadership."): float(value or 0.0) for name, value in numbers.items()}
    leadership.beliefs = leadership.beliefs or {name: own[f"believes_{name}"] for name in BELIEFS}
    learn(leadership, perceived, own)
    books, options = mean_of(list(leadership.months)[-QUARTER:], own["most_busy"]), menu(own["step"])
    attrition = min(1.0, books.lost / books.customers) if books.customers > 0.0 else 0.0
    over = weights(int(own["horizon"]), own["impatience"], attrition, own["research_delay"])
    worth = {name: forecast(option, books, perceived, leadership.beliefs, over) for name, option in options.items()}
    leadership.missed = missed_target(leadership.months, own["target"])
    allowed = [name for name in options if name != "cut across the board"]
    if leadership.missed:
        savers = [name for name in allowed if monthly_saving(options[name], books) > 0.0] or ["keep"]
        allowed = savers if own["cuts_waste"] >= 0.5 else ["cut across the board"]
    leadership.choice = max(allowed, key=lambda name: worth[name])
    leadership.cuts += int(leadership.missed and leadership.choice != "keep")
    leadership.stance = leadership.stance.moved(options[leadership.choice], own["fading"], own["most_stance"])


def learn(leadership: Leadership, perceived: float, own: Mapping[str, float]) -> None:
    """Compare what the last option was expected to do to the growth of customers with what happened."""
    months = list(leadership.months)
    if len(months) < 2 * QUARTER + 1:
        return
    option = menu(own["step"])[leadership.choice]
    before = mean_of(months[-2 * QUARTER : -QUARTER], own["most_busy"])
    unit = growth_per_belief(option, before, perceived, own["research_delay"])
    expected = {name: leadership.beliefs[name] * unit[name] for name in BELIEFS}
    came = growth(months[-QUARTER - 1 :]) - growth(months[-2 * QUARTER - 1 : -QUARTER])
    surprise = came - math.fsum(expected.values())
    leadership.beliefs = update(leadership.beliefs, expected, surprise, own["learning"], own["noise"])


def apply_stance(plan: Plan, stance: Stance, ranges: Mapping[str, tuple[float, float]]) -> Plan:
    """The policy's plan as the leadership has moved it, within what is allowed."""

    def within(name: str, value: float) -> float:
        low, high = ranges[name]
        return max(low, min(high, value))

    return plan._replace(
        utilisation=within("utilisation", plan.utilisation * math.exp(-stance.staff)),
        research=within("research", plan.research * math.exp(stance.research)),
        marketing=within("marketing", plan.marketing * math.exp(stance.marketing)),
        price=within("price", plan.price * math.exp(stance.price)),
    )
