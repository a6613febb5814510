"""Problems of customers: shortfalls above what is borne in silence, and whether they were spoken of or made good."""

import numpy as np
from numpy.typing import NDArray

from sim.model.events import ASKED_DISCOUNT, COMPLAINED, RESOLVED, SILENT, logged_events
from sim.model.world import World

NO_PROBLEM, BORNE, ASKED, IN_VAIN, MADE_GOOD = range(5)  # demanded a discount only; complained, in vain or not
PROBLEM_EVENTS = (
    (ASKED_DISCOUNT, ASKED),
    (SILENT, BORNE),
    (COMPLAINED, IN_VAIN),
    (RESOLVED, MADE_GOOD),
)  # the last one counts
PROBLEM_COLUMNS = ("problem", "severity")


def watch_everybody(world: World) -> None:
    """Let events of all customers be written from the next month on."""
    world.watched = np.ones(len(world.people.person), np.bool_)


def problems_of_month(world: World) -> dict[str, NDArray[np.generic]]:
    """Columns of the month that has ended, each of shape (places,).

    Returns:
        ``problem``: one of `NO_PROBLEM` to `MADE_GOOD`; ``severity``: expectation less experience. [0-1]
    """
    events, places = logged_events(world.log), len(world.people.person)
    problem, severity = np.zeros(places, np.int8), np.zeros(places, np.float32)
    for code, kind in PROBLEM_EVENTS:
        some = events[events["code"] == code]
        problem[some["place"]] = kind
        if kind != MADE_GOOD:
            severity[some["place"]] = some["details"][:, 1 if kind == ASKED else 0]
    return {"problem": problem, "severity": severity}
