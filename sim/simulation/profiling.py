"""CPU time of a run by phase of the month, taken between the looks that a month allows."""

import time
from collections.abc import Mapping

from sim.model.phases import (
    BOOKS,
    DECISIONS,
    DESKS,
    MARKET_PHASE,
    OFFERS,
    PEOPLE_PHASE,
    SERVICE_PHASE,
    START_PHASE,
    PhaseObserver,
)
from sim.model.world import World

LIBRARIES, BIRTH, MEASURES, SAVING = "libraries", "birth", "measures", "saving"
PHASE_LABELS: Mapping[str, str] = {
    LIBRARIES: "loading Python and the libraries, reading the scenario",
    BIRTH: "firms, customers and network before the first month",
    START_PHASE: "what was said last month is made audible",
    PEOPLE_PHASE: "customers die, leave and come",
    DECISIONS: "market research, firms' plans, leadership, walls, conduct",
    OFFERS: "what each firm puts before customers",
    MARKET_PHASE: "customers hear, choose, buy, use, run into trouble",
    DESKS: "service desks work",
    SERVICE_PHASE: "customers are served, complain, talk and are counted",
    BOOKS: "books, and what firms learn from the month",
    MEASURES: "monthly measures from the counts",
    SAVING: "the run folder",
}


class Profile:
    """CPU seconds by phase; what passes between two looks belongs to the phase that ends with the second.

    Attributes:
        seconds: CPU seconds of all threads by phase, phases in the order of `PHASE_LABELS`. [s]
    """

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PHASE_LABELS, 0.0)
        self._last = 0.0

    def note(self, phase: str) -> None:
        """Add the time since the last note to a phase; the first note counts from the start of the process."""
        now = time.process_time()
        self.seconds[phase] += now - self._last
        self._last = now

    def look(self, phase: str, world: World) -> None:
        """Note a phase of the month."""
        self.note(phase)

    def watching(self, other: PhaseObserver) -> PhaseObserver:
        """Note each phase before another watcher sees it, whose own time belongs to the next phase."""

        def look(phase: str, world: World) -> None:
            self.note(phase)
            other(phase, world)

        return look
