"""Phases of a month: who runs those of the customers, and after which somebody may look."""

from collections.abc import Callable
from typing import Protocol

from sim.model.month_context import PopulationMonth
from sim.model.state import Floats
from sim.model.world import World


class Engine(Protocol):
    """A way to run the phases of the customers' month for everybody."""

    def population_phase(self, month: PopulationMonth) -> None:
        """`population_phase` of every place, held or empty."""

    def survey(self, month: PopulationMonth, asked: int) -> Floats:
        """What the people in the first places say they want, shape (people there, K). asked: places"""

    def market_phase(self, month: PopulationMonth) -> None:
        """`market_phase` of everybody who is there."""

    def service_phase(self, month: PopulationMonth) -> None:
        """`service_phase` of everybody who is there, and a look for numbers that are none or out of range."""


PhaseObserver = Callable[[str, World], None]
START_PHASE, PEOPLE_PHASE, DECISIONS, OFFERS, MARKET_PHASE, DESKS, SERVICE_PHASE, BOOKS = (
    "start",
    "people",
    "decisions",
    "offers",
    "market",
    "desks",
    "service",
    "books",
)  # phases after which somebody may look


def nobody_looks(phase: str, world: World) -> None:
    """Nobody watches the month."""
