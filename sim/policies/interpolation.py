"""Plans between two plans: each decision so far on its way from the one to the other."""

from collections.abc import Mapping

from sim.parameters.decisions import BUDGET, CODE, DECISIONS, SPARED, Plan, of_kind

NO_MIDDLE, BUDGETS, LESS_BY_SPENDING = of_kind(CODE), of_kind(BUDGET), of_kind(SPARED)


def part_way(first: float, second: float, way: float) -> float:
    """A number so far on its way from one to another; at 0 and at 1 exactly the ends. way: [0-1]

    >>> part_way(0.1, 0.3, 0.0), part_way(0.1, 0.3, 1.0), part_way(1.0, 3.0, 0.25), part_way(0.7, 0.7, 0.3)
    (0.1, 0.3, 1.5, 0.7)
    """
    return second if way >= 1.0 else first + max(0.0, way) * (second - first)


def between(first: Plan, second: Plan, ways: Mapping[str, float]) -> Plan:
    """A plan each of whose decisions is so far on its way from `first` to `second`. ways: by decision [0-1]

    >>> between(Plan(), Plan(walls=0.1, sales_structure=2.0), dict.fromkeys(DECISIONS, 0.5))[10:16]
    (0.3, 1.0, 0.3, 0.0, 2.0, 1.0)
    """
    return Plan(*(_interpolate(name, *pair, ways[name]) for name, pair in _pairs(first, second).items()))


def both_in_full(first: Plan, second: Plan, weight: float) -> Plan:
    """The plan that keeps what either wants where money can buy it; near an end it keeps less of what the other wants.

    Args:
        first: Plan at weight 0.
        second: Plan at weight 1; half-way both are kept in full.
        weight: Where between them. [0-1]

    >>> found = both_in_full(Plan(research=0.07, depth=0.0, walls=0.9), Plan(research=0.03, depth=1.0, walls=0.1), 0.5)
    >>> found.research, found.depth, found.walls
    (0.07, 1.0, 0.1)
    """
    shared = between(first, second, dict.fromkeys(DECISIONS, weight))
    near = {name: pair if weight <= 0.5 else pair[::-1] for name, pair in _pairs(first, second).items()}
    reach = 2.0 * min(weight, 1.0 - weight)
    budgets = {name: part_way(near[name][0], max(near[name]), reach) for name in BUDGETS}
    budgets |= {name: part_way(near[name][0], min(near[name]), reach) for name in LESS_BY_SPENDING}
    return shared.changed(budgets)


def _pairs(first: Plan, second: Plan) -> dict[str, tuple[float, float]]:
    return dict(zip(DECISIONS, zip(first, second, strict=True), strict=True))


def _interpolate(name: str, first: float, second: float, way: float) -> float:
    if name in NO_MIDDLE:
        return first if way < 0.5 else second
    return part_way(first, second, way)
