"""Five levers of transformation, and which decisions each of them moves: three tables from the rows of decisions."""

from collections.abc import Mapping, Sequence

from sim.parameters.decisions import LEVERS, moved_by
from sim.parameters.decisions import NUMBER_OF_MAPPINGS as TABLES

STRATEGY, PROCESS, TECHNOLOGY, STRUCTURE, CULTURE = range(len(LEVERS))
ADOPTED = (PROCESS, TECHNOLOGY, STRUCTURE, CULTURE)  # by staff; strategy is decided at the top
LEVER_ADOPTERS = {PROCESS: "service", TECHNOLOGY: "marketing", STRUCTURE: "sales", CULTURE: "service"}  # by whose pay
ROUTINES = "routines"  # not a decision: the height of walls as work meets it that is handed on

_ROUTINES = (PROCESS, PROCESS, STRUCTURE)  # the lever that moves them, by table
LEVER_MAPPINGS: tuple[Mapping[str, int], ...] = tuple(moved_by(k) | {ROUTINES: _ROUTINES[k]} for k in range(TABLES))


def ways(moved: Sequence[float], mapping: int) -> dict[str, float]:
    """How far each decision, and `ROUTINES`, has gone with its lever.

    Args:
        moved: How far each lever has moved the firm. [0-1]
        mapping: Number of the table.

    >>> found = ways([0.0, 0.1, 0.2, 0.3, 0.4], 0)
    >>> found["depth"], found["walls"], found[ROUTINES], found["intelligence"], found["price"]
    (0.4, 0.3, 0.1, 0.2, 0.0)
    """
    return {name: moved[lever] for name, lever in LEVER_MAPPINGS[mapping].items()}
