"""Rows of a frame read from a world: newcomers, words on their way, hand-offs, and where needs are drawn."""

import numpy as np
from numpy.typing import NDArray

from sim.experiments.live.frame import HANDOFF_ROW, WORD_ROW, Bounds, thinned
from sim.experiments.live.frame_measures import TOLD_AGAIN_AT
from sim.model import events as happened
from sim.model.world import World

MARGIN_OF_NEEDS = 0.05  # of the range of needs, left around the dots
NO_WORD = 9  # sign of somebody who says nothing
MOST_COUNTED = 127  # incidents that one row can count


def bounds_of(goals: NDArray[np.float64]) -> Bounds:
    """Ends of the goals with a margin. goals: shape (N, 2)"""
    low, high = goals.min(axis=0), goals.max(axis=0)
    margin = MARGIN_OF_NEEDS * np.where(high > low, high - low, 1.0)
    (x0, y0), (x1, y1) = low - margin, high + margin
    return Bounds(float(x0), float(x1), float(y0), float(y1))


def words_of_month(world: World, firm: int) -> NDArray[np.void]:
    """Words about a firm on their way along ties to people who are there, thinned; sign 0 for "I left"."""
    messages, network, present = world.people.said.astype(np.int64), world.network, world.people.present == 1
    signs = np.select([messages == 2 * firm + 1, messages == 2 * firm + 2, messages == -1 - firm], [1, -1, 0], NO_WORD)
    speakers = np.flatnonzero((signs != NO_WORD) & present)
    counts = network.start[speakers + 1] - network.start[speakers]
    rows = np.zeros(int(counts.sum()), WORD_ROW)
    rows["speaker"], rows["sign"] = np.repeat(speakers, counts), np.repeat(signs[speakers], counts)
    places = [network.ties[network.start[speaker] : network.start[speaker + 1]] for speaker in speakers]
    if places:
        rows["listener"] = np.concatenate(places)
    return thinned(rows[present[rows["listener"]]], ("speaker", "listener"))


def handoffs_of_month(events: NDArray[np.void], firm: int) -> NDArray[np.void]:
    """Hand-offs at a firm from service to the stops of an incident, thinned.

    Flags: bit 0 is set where the story is told again, the bits above it count the incidents, 127 at most.

    Args:
        events: Rows of `sim.model.events.EVENT`.
        firm: Seat of the firm.
    """
    handoffs = events[(events["code"] == happened.HANDED_ON) & (events["firm"] == firm)]
    rows = np.zeros(len(handoffs), HANDOFF_ROW)
    stops, again = (handoffs["details"][:, k].astype(np.int64) for k in (0, TOLD_AGAIN_AT))
    rows["place"], rows["stop"] = handoffs["place"], stops
    rows["flags"] = np.minimum(MOST_COUNTED, handoffs["value"].astype(np.int64)) << 1 | again
    return thinned(rows, ("place", "stop"))
