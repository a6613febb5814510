"""What is kept of each month of a watched world: its frame, its measures, and what happened to each person."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.journeys.event_values import CHANGED
from sim.model import events as happened
from sim.model.state import Floats, IntArray, Population
from sim.simulation.market import Market

KEPT_EVENT = np.dtype(
    [
        ("place", np.uint16),
        ("generation", np.int16),
        ("code", np.uint8),
        ("firm", np.int8),  # seat, or NOBODY
        ("value", np.float32),
        ("satisfaction", np.float32),  # with the firm when the event is written
        ("details", np.float32, (happened.DETAILS,)),
    ]
)
OF_ANY_FIRM = (
    happened.LEFT, happened.JOINED, happened.LOST_SUPPLIER, happened.NOT_KEPT, happened.TURNED_AWAY, happened.LAPSED,
    happened.CONSIDERED_LEAVING, happened.DROPPED_OUT,
)  # fmt: skip
_OF_ANY_FIRM = np.isin(np.arange(len(happened.EVENTS)), OF_ANY_FIRM)


class SeenMonth(NamedTuple):
    """One month as it was seen.

    Args:
        frame: The frame of its end.
        measures: In the order of `FRAME_MEASURES`, shape (K,).
        events: Rows of `KEPT_EVENT`, in the order in which they were written.
        holder: Generation of who holds each place at the end, -1 for an empty place, shape (N,).
        supplier: Seat of each place's supplier at the end; -1 for none, -2 for an empty place, shape (N,).
        satisfaction: With the firm at the end, shape (N,). [0-1]
        contribution: Of each holder to the firm since the policies began, shape (N,). [cents]
        newcomers: Places taken this month, shape (n,).
        first_satisfaction: With the firm when they came, shape (n,). [0-1]
    """

    frame: bytes
    measures: Floats
    events: NDArray[np.void]
    holder: NDArray[np.int16]
    supplier: NDArray[np.int8]
    satisfaction: NDArray[np.float32]
    contribution: IntArray
    newcomers: IntArray
    first_satisfaction: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        """Memory that it takes. [bytes]"""
        return len(self.frame) + sum(part.nbytes for part in self if isinstance(part, np.ndarray))


class Snapshot(NamedTuple):
    """A world as it was after some months, before what is changed then, to be forked.

    Args:
        market: The market; it is copied and never run.
        was_ours: Whether each holder was the firm's customer at the end of some month, shape (N,).
        open_stops: Stops of each place's open incidents, one bit each, shape (N,).
    """

    market: Market
    was_ours: NDArray[np.bool_]
    open_stops: IntArray


def kept_events(events: Any, firm: int) -> NDArray[np.void]:
    """The events of a month that are kept: of one firm, of no firm, and joining and leaving at any firm.

    Words too weak to be felt are left out, as stories leave them out, and purchases, which their bills tell of.

    Args:
        events: Rows of `sim.model.events.EVENT`.
        firm: Seat of the firm.
    """
    codes, firms, values = (np.ascontiguousarray(events[name]) for name in ("code", "firm", "value"))
    near = (firms == firm) | (firms < 0) | _OF_ANY_FIRM[codes]
    faint = (codes == happened.HEARD_WORDS) & (np.abs(values) <= CHANGED)
    unchanged = (codes == happened.SAW_NEWCOMER_OFFER) & (values >= 0.0)
    chosen = np.flatnonzero(near & ~faint & ~unchanged & (codes != happened.BOUGHT))
    rows = np.empty(len(chosen), KEPT_EVENT)
    for name in KEPT_EVENT.names or ():
        rows[name] = events[name][chosen]
    return rows


def holders(people: Population) -> NDArray[np.int16]:
    """Generation of who holds each place, -1 for an empty place, shape (N,)."""
    return np.where(people.present == 1, people.generation, -1).astype(np.int16)
