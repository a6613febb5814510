"""Market research that any firm can buy: where stated preferences lie, and where lines would serve them best."""

import numpy as np
from numpy.typing import NDArray

from sim.compiling import compiled
from sim.nature import Nature, nature_rows
from sim.state import DIMENSIONS, MOST_LINES, Clock, Floats, Population, room_for
from sim.steps.offer import state_preference

SAMPLE = 2_000  # people asked
ROUNDS = 12  # of Lloyd's algorithm; the centres hardly move after that

Rows = NDArray[np.void]
_state_preference = state_preference


@compiled
def _ask(people: Rows, relations: Rows, natures: Rows, clock: Clock, room: Rows, out: Floats) -> None:
    nature = natures[0]
    for i in range(out.shape[0]):
        _state_preference(people[i], relations[i], nature, clock, room)
        for k in range(out.shape[1]):
            out[i, k] = room[0].stated[k]


def stated_preferences(people: Population, nature: Nature, clock: Clock) -> Floats:
    """Stated preferences of a sample, shape (people asked, K)."""
    count = min(SAMPLE, len(people.person))
    out = np.zeros((count, DIMENSIONS))
    _ask(people.person, people.known, nature_rows(nature), clock, room_for(1), out)
    return out[people.present[:count] == 1]


def line_positions(stated: Floats, lines: int) -> Floats:
    """Where so many lines serve the sample best, shape (MOST_LINES, K); unused rows repeat the last line.

    Source:
        Lloyd (1982), started from the farthest points.
    """
    if len(stated) == 0:
        return np.zeros((MOST_LINES, DIMENSIONS))
    centres = [stated.mean(axis=0)]
    while len(centres) < lines:
        gaps = np.min([((stated - centre) ** 2).sum(axis=1) for centre in centres], axis=0)
        centres.append(stated[int(np.argmax(gaps))])
    placed = np.array(centres)
    for _ in range(ROUNDS if lines > 1 else 0):
        nearest = np.argmin(((stated[:, None, :] - placed[None]) ** 2).sum(axis=2), axis=1)
        for line in range(lines):
            if np.any(nearest == line):
                placed[line] = stated[nearest == line].mean(axis=0)
    return np.concatenate((placed, np.repeat(placed[-1:], MOST_LINES - lines, axis=0)))
