"""What a leadership expects of an option: money saved at once, and customers kept or won later, by its own beliefs."""

import math
from collections.abc import Mapping
from typing import NamedTuple

QUARTER, QUARTERS = 3, 4
BELIEFS = ("staff", "research", "marketing", "price")
RESTED = 0.8  # utilisation against which strain is measured, the unit of beliefs about service


class Stance(NamedTuple):
    """Shift of the policy's decisions by the leadership; 0 means no shift.

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

    def moved(self, option: "Stance", fading: float, most: float) -> "Stance":
        """The stance after one more option; earlier moves fade. fading: [share/quarter]; most: bound of it [log]"""
        both = ((1.0 - fading) * old + new for old, new in zip(self, option, strict=True))
        return Stance(*(max(-most, min(most, one)) for one in both))


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
        utilisation: Hours wanted at the desk per hour available; a mean of months is below 1. [ratio]
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


class Weights(NamedTuple):
    """Discounted months over a horizon: of a lasting flow, of customers kept each month, and of a slow build-up."""

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


def monthly_saving(option: Stance, books: Books) -> float:
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


def update(
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
        Normalised least mean squares, Widrow and Hoff (1960), on the logs of beliefs, so that effects change size
        and not sign; delayed effects mislead such learning: Rahmandad (2008).

    >>> update({"price": 0.2, "staff": 0.1}, {"price": -0.02, "staff": 0.0}, 0.0, 1.0, 0.01)
    {'price': 0.2, 'staff': 0.1}
    >>> round(update({"price": 0.2}, {"price": -0.02}, -0.02, 1.0, 0.0)["price"] / 0.2, 3)  # twice the loss: e fold
    2.718
    """
    power = noise * noise + math.fsum(one * one for one in expected.values())
    if power <= 0.0:
        return dict(beliefs)
    moves = {name: pace * surprise * expected[name] / power for name in beliefs}
    return {name: value * math.exp(max(-1.0, min(1.0, moves[name]))) for name, value in beliefs.items()}


def growth(months: list[Books]) -> float:
    """Mean monthly growth of customers over the months after the first. [1/month]"""
    first, last = months[0].customers, months[-1].customers
    return math.log(last / first) / (len(months) - 1) if first > 0.0 and last > 0.0 else 0.0


def strain(utilisation: float) -> float:
    """How much waiting a desk adds for each hour it loses, against a desk at four fifths: every manager knows it.

    Args:
        utilisation: Hours wanted per hour available, below 1. [ratio]

    >>> round(strain(0.8), 9), round(strain(0.9), 9), strain(0.0)
    (1.0, 2.25, 0.0)
    """
    return utilisation / (1.0 - utilisation) / (RESTED / (1.0 - RESTED))


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
    return monthly_saving(option, books) * over.level + people * books.margin
