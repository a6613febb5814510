"""The next numbers of a world: what moves towards what, by what was measured."""

from collections.abc import Mapping

from sim.experiments.supply.conditions import PRICE_BAND, BestReply
from sim.experiments.supply.measuring import Seen
from sim.experiments.supply.steps import budget_factor, damped, lerner_factor
from sim.parameters import MARKET, Scenario
from sim.parameters.targets import PROFIT_AND_LOSS, Target

SIGNIFICANT_DIGITS = 4  # significant digits of a calibrated number
EDGE = 0.1  # part of a band that steps keep away from its ends
EFFECTS = {"marketing": "choice.contact_weight", "research": "product.opportunity"}  # by which budgets act
SHARE_NUMBERS = {"goods": "product.unit_cost", "service": "service.hours", "overhead": "organisation.overhead"}
FOLLOWING_REPLIES = (
    "utilisation",
    "newcomer_discount",
    "retention_discount",
)  # of the neutral plan
CALIBRATED_NUMBERS = (
    "economics.price_weight", *SHARE_NUMBERS.values(), *EFFECTS.values(), "product.frontier", "neutral.marketing",
    "neutral.research", "rivals.usual_cost",
    *(f"neutral.{name}" for name in FOLLOWING_REPLIES),
)  # fmt: skip
_RANGES = {row.name: (row.low, row.high) for row in MARKET}


def next_numbers(scenario: Scenario, seen: Seen, targets: Mapping[str, Target]) -> dict[str, float]:
    """Numbers of the market for the next round, by key path without ``market.``.

    Args:
        scenario: The world as it was measured.
        seen: What was measured.
        targets: Bands of the industry and of every world.
    """
    moved = {"economics.price_weight": _price_weight(scenario, seen, targets)}
    moved |= _shares(scenario, seen, targets) | _budgets(scenario, seen, targets)
    moved |= {"product.frontier": _frontier(scenario, moved)} | _taken(seen, targets)
    moved |= _usual_cost(scenario, moved)
    return {name: _allowed(name, value) for name, value in moved.items()}


def _usual_cost(scenario: Scenario, moved: Mapping[str, float]) -> dict[str, float]:
    """What identical firms' unit cost has come to when the policies begin moves with the unit cost they start from."""
    number = SHARE_NUMBERS["goods"]
    usual, before = scenario.market["rivals.usual_cost"], scenario.market[number]
    return {"rivals.usual_cost": usual * moved[number] / before} if usual and before and number in moved else {}


def _allowed(name: str, value: float) -> float:
    low, high = _RANGES[name]
    return float(f"{min(high, max(low, value)):.{SIGNIFICANT_DIGITS}g}")


def _inner(target: Target) -> tuple[float, float]:
    """The band without its edges."""
    edge = EDGE * (target.high - target.low)
    return target.low + edge, target.high - edge


def _price_weight(scenario: Scenario, seen: Seen, targets: Mapping[str, Target]) -> float:
    """By Lerner's condition, as far as own elasticity stays in its band."""
    now, best = seen.elasticities["own_elasticity"], seen.replies["price"].best
    by_size = scenario.market["organisation.overhead_by_size"] * seen.figures["overhead"].mean
    wanted = lerner_factor(best, seen.figures["goods"].mean + seen.figures["service"].mean + by_size)
    low, high = _inner(targets["own_elasticity"])
    factor = min(max(damped(wanted), high / now), low / now) if now < 0.0 else 1.0
    return scenario.market["economics.price_weight"] * min(2.0, max(0.5, factor))


def _goods_aim(seen: Seen, targets: Mapping[str, Target]) -> float:
    """The middle of the band, or where the best price is too high or too low as far towards an end as is needed."""
    best, (low, high) = seen.replies["price"].best, _inner(targets["goods"])
    if PRICE_BAND[0] <= best <= PRICE_BAND[1]:
        return min(high, max(low, seen.figures["goods"].mean))
    return min(high, max(low, seen.figures["goods"].mean / best))


def _shares(scenario: Scenario, seen: Seen, targets: Mapping[str, Target]) -> dict[str, float]:
    """Cost numbers in proportion to the shares that are wanted; overhead takes what is left beside the profit."""
    if not set(PROFIT_AND_LOSS) <= set(targets):
        return {}
    aims = {"goods": _goods_aim(seen, targets), "service": targets["service"].middle}
    rest = sum(targets[name].middle for name in ("marketing", "research", "profit"))
    low, high = _inner(targets["overhead"])
    aims["overhead"] = min(high, max(low, 1.0 - rest - sum(aims.values())))
    return {
        number: scenario.market[number] * min(4.0, max(0.25, aims[share] / max(1e-6, seen.figures[share].mean)))
        for share, number in SHARE_NUMBERS.items()
    }


def _budgets(scenario: Scenario, seen: Seen, targets: Mapping[str, Target]) -> dict[str, float]:
    """Budgets at the industry's shares, and effects by which these pay best."""
    numbers: dict[str, float] = {}
    if "research" in targets:
        numbers["neutral.research"] = targets["research"].middle
    if "marketing" in targets:
        advertising = seen.figures["advertising"].mean
        left = targets["marketing"].middle - (seen.figures["marketing"].mean - advertising)
        factor = max(0.25, left / advertising) if advertising > 0.0 else 1.0
        numbers["neutral.marketing"] = scenario.market["neutral.marketing"] * min(4.0, factor)
    for decision, effect in EFFECTS.items():
        numbers[effect] = scenario.market[effect] * _effect_factor(decision, seen.replies[decision], numbers)
    return numbers


def _frontier(scenario: Scenario, moved: Mapping[str, float]) -> float:
    """Ageing in proportion to what research gains, so that quality rests where it did."""
    market = scenario.market

    def gain(numbers: Mapping[str, float]) -> float:
        research = numbers.get("neutral.research", market["neutral.research"])
        return float(numbers["product.opportunity"] * research ** market["product.research_exponent"])

    before = gain(market)
    return market["product.frontier"] * (gain(moved) / before if before > 0.0 else 1.0)


def _taken(seen: Seen, targets: Mapping[str, Target]) -> dict[str, float]:
    """Neutral values at their best replies; the desk's as far as its real utilisation stays in its band."""
    taken = {f"neutral.{name}": seen.replies[name].best for name in FOLLOWING_REPLIES if name in seen.replies}
    if "neutral.utilisation" in taken:
        low, high = _inner(targets["utilisation"])
        above = max(seen.figures["utilisation"]) - seen.replies["utilisation"].start
        taken["neutral.utilisation"] = min(high - above, max(low - above, taken["neutral.utilisation"]))
    return taken


def _effect_factor(decision: str, reply: BestReply, numbers: Mapping[str, float]) -> float:
    """No step where the reply rests, so that noise of a flat optimum moves nothing."""
    wanted = numbers.get(f"neutral.{decision}", reply.start)
    return 1.0 if reply.holds(decision) else damped(budget_factor(reply.best, max(1e-4, wanted)))
