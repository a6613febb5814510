"""Numbers of walls: how much higher the wall between two departments is than the common one."""

from itertools import combinations

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

DEPARTMENTS_OF_WALLS = ("product", "marketing", "sales", "service", "finance")

# fmt: off
WALLS: tuple[P, ...] = tuple(
    P(f"organisation.walls.{first}_{second}", "0-1", 0.0, -1.0, 1.0, ASSUMED, f"How much higher the wall between {first} and {second} is than the common one (decisions.walls); it stays between 0 and 1")
    for first, second in combinations(DEPARTMENTS_OF_WALLS, 2)
)
# fmt: on
