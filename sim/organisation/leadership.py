"""Leadership: each quarter one option from a menu, the same for all firms, by an own forecast over an own horizon."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.policies.base import Plan

QUARTER, QUARTERS = 3, 4
BELIEFS = ("staff", "research", "marketing", "price")
TIGHTEST, RESTED = 0.98, 0.8  # utilisation beyond which no manager reckons, and against which
MOST_STANCE = 0.5  # guard: a leadership does not move a policy's decision further than this, in logs


class Stance(NamedTuple):
    """How far the leadership has moved the policy's decisions; 0 leaves them as they are.

    Args:
        staff: Log of service hours.
        research: Log of the research budget.
        marketing: Log of the marketing budget.
        price: Log of the list price.
    """

    staff: float = 0.0
    research: float = 0.0
    marketing: float = 0.0
    price: float = 0.0

    def moved(self, option: "Stance", fading: float) -> "Stance":
        """The stance after one more option, within the guard; earlier moves fade. fading: [share/quarter]"""
        both = ((1.0 - fading) * old + new for old, new in zip(self, option, strict=True))
        return Stance(*(max(-MOST_STANCE, min(MOST_STANCE, one)) for one in both))


class Books(NamedTuple):
    """What the leadership reads from a month's books. [EUR; people]

    Args:
        profit: Profit.
        revenue: Net revenue.
        service: Pay of the service desk.
        research: Research.
        marketing: Marketing.
        margin: Margin of a customer after goods, customising and service.
        customers: Customers at the end.
        adds: New customers.
        lost: Customers lost.
        utilisation: Hours wanted at the desk per hour available. [ratio]
    """

    profit: float
    revenue: float
    service: float
    research: float
    marketing: float
    margin: float
    customers: float
    adds: float
    lost: float
    utilisation: float


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


class Weights(NamedTuple):
    """Discounted months over a horizon: of a lasting flow, of customers kept or won each month, and of a slow build-up."""

    level: float
    growing: float
    slow: float


def weights(horizon: int, discount_rate: float, attrition: float, delay: float) -> Weights:
    """How much a monthly euro, a customer kept each month, and one kept by what builds up slowly weigh over a horizon.

    Args:
        horizon: Months looked ahead.
        discount_rate: Discount rate. [1/month]
        attrition: Share of customers lost in a month, of those kept or won too. [1/month]
        delay: Months until research shows in full. [months]

    >>> weights(2, 0.0, 0.0, 1.0), weights(2, 0.0, 0.5, 2.0).slow
    (Weights(level=2.0, growing=3.0, slow=3.0), 1.75)
    """
    level = growing = slow = kept = gained = 0.0
    for month in range(1, horizon + 1):
        worth = (1.0 + discount_rate) ** -month
        kept = kept * (1.0 - attrition) + 1.0
        gained = gained * (1.0 - attrition) + min(1.0, month / delay)
        level += worth
        growing += worth * kept
        slow += worth * gained
    return Weights(level, growing, slow)


def menu(step: float) -> dict[str, Stance]:
    """The options of a quarter, the same for every firm. step: size of a move [log]"""
    singles = {name: Stance(**{name: step}) for name in BELIEFS}
    return (
        {"keep": Stance()}
        | {f"more {name}": option for name, option in singles.items()}
        | {f"less {name}": Stance(*(-one for one in option)) for name, option in singles.items()}
        | {"cut across the board": Stance(-step, -step, -step, 0.0)}
    )


def saved(option: Stance, books: Books) -> float:
    """What an option saves or earns in a month, other things equal. [EUR/month]"""
    spent = option.staff * books.service + option.research * books.research + option.marketing * books.marketing
    return option.price * books.revenue - spent


def growth_per_belief(option: Stance, books: Books, perceived: float, delay: float) -> dict[str, float]:
    """How much monthly growth of customers an option brings in the next quarter for each unit of each belief. [1/month]

    Args:
        option: What is moved.
        books: Means of a quarter's books.
        perceived: Share of customers taken for satisfied. [0-1]
        delay: Months until research shows in full. [months]
    """
    adds = books.adds / books.customers if books.customers > 0.0 else 0.0
    return {
        "staff": (1.0 - perceived) * strain(books.utilisation) * option.staff,
        "research": option.research * min(1.0, QUARTER / delay),
        "marketing": adds * option.marketing,
        "price": -option.price,
    }


def learned(
    beliefs: Mapping[str, float], expected: Mapping[str, float], surprise: float, pace: float, noise: float
) -> dict[str, float]:
    """Beliefs after a quarter whose growth was a surprise; what was not moved is not blamed.

    Args:
        beliefs: Believed effects by name.
        expected: Growth expected from what was moved, by belief. [1/month]
        surprise: Growth that came minus growth that was expected. [1/month]
        pace: How far beliefs follow a surprise. [0-1]
        noise: Growth that comes and goes by itself. [1/month]

    Source:
        Normalised least mean squares, Widrow and Hoff (1960), on the logs of the beliefs, so that an effect changes size
        and not sign; delayed effects mislead such learning: Rahmandad (2008).

    >>> learned({"price": 0.2, "staff": 0.1}, {"price": -0.02, "staff": 0.0}, 0.0, 1.0, 0.01)
    {'price': 0.2, 'staff': 0.1}
    >>> round(learned({"price": 0.2}, {"price": -0.02}, -0.02, 1.0, 0.0)["price"] / 0.2, 3)  # twice the loss: e fold
    2.718
    """
    power = noise * noise + sum(one * one for one in expected.values())
    if power <= 0.0:
        return dict(beliefs)
    moves = {name: pace * surprise * expected[name] / power for name in beliefs}
    return {name: value * math.exp(max(-1.0, min(1.0, moves[name]))) for name, value in beliefs.items()}


def growth(months: list[Books]) -> float:
    """Mean monthly growth of customers over the months after the first. [1/month]"""
    first, last = months[0].customers, months[-1].customers
    return math.log(last / first) / (len(months) - 1) if first > 0.0 and last > 0.0 else 0.0


def strain(utilisation: float) -> float:
    """How much waiting a desk adds for each hour it loses, against a desk at four fifths; every manager knows the curve.

    >>> round(strain(0.8), 9), round(strain(0.9), 9), strain(1.2) == strain(0.98)
    (1.0, 2.25, True)
    """
    busy = min(TIGHTEST, max(0.0, utilisation))
    return busy / (1.0 - busy) / (RESTED / (1.0 - RESTED))


def forecast(option: Stance, books: Books, perceived: float, beliefs: Mapping[str, float], over: Weights) -> float:
    """What the leadership expects an option to be worth over its horizon.

    Args:
        option: What would be moved.
        books: Means of the last quarter's books.
        perceived: Share of customers taken for satisfied; service can only mend the others. [0-1]
        beliefs: Believed effects by name: attrition [1/month] or new customers [share] per log of the decision.
        over: Discounted months of the horizon.

    Returns:
        Expected gain. [EUR]
    """
    care = (1.0 - perceived) * strain(books.utilisation)
    kept = beliefs["staff"] * care * option.staff - beliefs["price"] * option.price
    won = beliefs["marketing"] * option.marketing * books.adds
    people = (kept * books.customers + won) * over.growing
    people += beliefs["research"] * option.research * books.customers * over.slow
    return saved(option, books) * over.level + people * books.margin


def missed_target(months: deque[Books], target: float) -> bool:
    """Whether the last quarter earned less than the mean quarter of the year before it, grown by the target."""
    if len(months) < QUARTER * (QUARTERS + 1):
        return False
    profits = [month.profit for month in months]
    last, before = sum(profits[-QUARTER:]), sum(profits[:-QUARTER]) / QUARTERS
    return last < before + target * abs(before)


def quarter_of(months: deque[Books]) -> Books:
    """Mean books of the last quarter."""
    last = list(months)[-QUARTER:]
    return Books(*(math.fsum(column) / len(last) for column in zip(*last, strict=True)))


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
    books, options = quarter_of(leadership.months), menu(own["step"])
    attrition = min(1.0, books.lost / books.customers) if books.customers > 0.0 else 0.0
    over = weights(int(own["horizon"]), own["impatience"], attrition, own["research_delay"])
    worth = {name: forecast(option, books, perceived, leadership.beliefs, over) for name, option in options.items()}
    leadership.missed = missed_target(leadership.months, own["target"])
    allowed = [name for name in options if name != "cut across the board"]
    if leadership.missed:
        savers = [name for name in allowed if saved(options[name], books) > 0.0] or ["keep"]
        allowed = savers if own["cuts_waste"] >= 0.5 else ["cut across the board"]
    leadership.choice = max(allowed, key=lambda name: worth[name])
    leadership.cuts += int(leadership.missed and leadership.choice != "keep")
    leadership.stance = leadership.stance.moved(options[leadership.choice], own["fading"])


def learn(leadership: Leadership, perceived: float, own: Mapping[str, float]) -> None:
    """Compare what the last option was expected to do to the growth of customers with what happened."""
    months = list(leadership.months)
    if len(months) < 2 * QUARTER + 1:
        return
    option = menu(own["step"])[leadership.choice]
    before = Books(*(math.fsum(column) / QUARTER for column in zip(*months[-2 * QUARTER : -QUARTER], strict=True)))
    unit = growth_per_belief(option, before, perceived, own["research_delay"])
    expected = {name: leadership.beliefs[name] * unit[name] for name in BELIEFS}
    came = growth(months[-QUARTER - 1 :]) - growth(months[-2 * QUARTER - 1 : -QUARTER])
    surprise = came - sum(expected.values())
    leadership.beliefs = learned(leadership.beliefs, expected, surprise, own["learning"], own["noise"])


def led(plan: Plan, stance: Stance, ranges: Mapping[str, tuple[float, float]]) -> Plan:
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
