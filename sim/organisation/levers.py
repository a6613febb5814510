"""Five levers of transformation, and which decisions each of them moves: one table, of which there are three."""

from collections.abc import Mapping, Sequence

from sim.parameters.table import LEVERS
from sim.policies.base import DECISIONS

STRATEGY, PROCESS, TECHNOLOGY, STRUCTURE, CULTURE = range(len(LEVERS))
ADOPTED = (PROCESS, TECHNOLOGY, STRUCTURE, CULTURE)  # by staff; strategy is decided at the top
ADOPTERS = {PROCESS: "service", TECHNOLOGY: "marketing", STRUCTURE: "sales", CULTURE: "service"}  # by whose pay
ROUTINES = "routines"  # not a decision: the height of walls as work meets it that is handed on

_BY_MEANS: dict[int, tuple[str, ...]] = {
    STRATEGY: ("pay_value", "price", "marketing", "newcomer_discount", "research", "decline_below"),
    PROCESS: (ROUTINES, "utilisation", "sales_force", "most_calls", "hold_after", "reminders", "process", "prevention"),
    TECHNOLOGY: ("intelligence", "targeting", "goals_research"),
    STRUCTURE: ("walls", "sales_structure", "lines"),
    CULTURE: ("depth", "priority", "senior", "retention_discount", "promise", "outcome_support"),
}
_CUSTOMISING_BY_PROCESS = _BY_MEANS | {
    PROCESS: (*_BY_MEANS[PROCESS], "depth", "priority"),
    CULTURE: ("senior", "retention_discount", "promise", "outcome_support"),
}
_IN_PARALLEL = _BY_MEANS | {
    PROCESS: ("utilisation", "sales_force", "most_calls", "hold_after", "reminders", "process", "prevention"),
    TECHNOLOGY: ("intelligence", "targeting", "goals_research", "depth"),
    STRUCTURE: ("walls", ROUTINES, "sales_structure", "lines"),
    CULTURE: ("priority", "senior", "retention_discount", "promise", "outcome_support"),
}


def _by_decision(table: Mapping[int, tuple[str, ...]]) -> dict[str, int]:
    """The lever of each decision, where lines of the table give lever and decisions."""
    return {name: lever for lever, names in table.items() for name in names}


MAPPINGS: tuple[Mapping[str, int], ...] = tuple(map(_by_decision, (_BY_MEANS, _CUSTOMISING_BY_PROCESS, _IN_PARALLEL)))


def ways(moved: Sequence[float], mapping: int) -> dict[str, float]:
    """How far each decision, and `ROUTINES`, has gone with its lever.

    A decision that no table knows goes with strategy, which is where the top decides.

    Args:
        moved: How far each lever has moved the firm. [0-1]
        mapping: Number of the table.

    >>> found = ways([0.0, 0.1, 0.2, 0.3, 0.4], 0)
    >>> found["depth"], found["walls"], found[ROUTINES], found["intelligence"], found["price"]
    (0.4, 0.3, 0.1, 0.2, 0.0)
    """
    table = MAPPINGS[mapping]
    return {name: moved[table.get(name, STRATEGY)] for name in (*DECISIONS, ROUTINES)}
