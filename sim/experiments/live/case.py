"""A case: the incidents that one customer has in one month, how often they are handed on, and how they end."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiments.live.event_numbers import EVENT_KEYS
from sim.experiments.live.frame_measures import NEEDED_AT, TOLD_AGAIN_AT
from sim.experiments.live.watched_world import WatchedWorld
from sim.model import events as happened
from sim.model.state import OTHER_DEPARTMENTS, IntArray

HIDDEN_AT = 3  # detail of an incident that holds the stops behind a wall, one bit each
_INCIDENT, _HANDED_ON, _SERVED, _GAVE_UP, _LEFT = (
    EVENT_KEYS[code]
    for code in (happened.INCIDENT, happened.HANDED_ON, happened.SERVED, happened.GAVE_UP_WAITING, happened.LEFT)
)


class CaseTable(NamedTuple):
    """Cases at the firm in a watched world, each column of shape (n,).

    Args:
        month: Month in which the case began. [months]
        place: Place of the customer.
        generation: Which holder of it.
        needed: Departments needed beside service.
        handoffs: Departments to which it is handed on in that month.
        repeats: How many of them have the story told again.
    """

    month: IntArray
    place: IntArray
    generation: IntArray
    needed: IntArray
    handoffs: IntArray
    repeats: IntArray

    def addresses(self) -> set[tuple[int, int, int]]:
        """Month, place and generation of each case."""
        return set(zip(self.month.tolist(), self.place.tolist(), self.generation.tolist(), strict=True))


def case_table(world: WatchedWorld) -> CaseTable:
    """All cases at the firm so far, in the order of their months."""
    parts = [_cases_of(world, month) for month in range(1, world.month + 1)]
    return CaseTable(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _cases_of(world: WatchedWorld, month: int) -> tuple[IntArray, ...]:
    own = world.months[month].events
    own = own[own["firm"] == world.seat]
    cases, handed = (own[own["code"] == code] for code in (happened.INCIDENT, happened.HANDED_ON))
    again = np.bincount(handed["place"], handed["details"][:, TOLD_AGAIN_AT], world.places)
    places = cases["place"].astype(np.int64)
    needed, hidden = (_bits(cases["details"][:, at]) for at in (NEEDED_AT, HIDDEN_AT))
    months, generations = np.full(len(cases), month), cases["generation"].astype(np.int64)
    return months, places, generations, needed, hidden, again[places].astype(np.int64)


def _bits(values: NDArray[np.float32]) -> IntArray:
    """How many bits are set in each number."""
    whole = values.astype(np.int64)
    return np.sum([whole >> stop & 1 for stop in range(OTHER_DEPARTMENTS + 1)], axis=0, dtype=np.int64)


def most_handed_on(table: CaseTable, other: CaseTable) -> int:
    """Row of the case that was handed on most in its month; -1 if there is none.

    Of several, the one whose story was told most often, then the earliest, then the first place. Cases that the same
    person has in the same month in the other world go before all others.

    Args:
        table: Cases of the world.
        other: Cases of the other world.
    """
    if not len(table.month):
        return -1
    theirs = other.addresses()
    own = zip(table.month.tolist(), table.place.tolist(), table.generation.tolist(), strict=True)
    shared = np.array([address in theirs for address in own])
    keys = (table.place, table.month, -table.repeats, -table.handoffs, ~shared)
    return int(np.lexsort(keys)[0])


def case_of(events: Sequence[Mapping[str, Any]], month: int) -> dict[str, Any] | None:
    """What became of a customer's case; None if the customer had none in that month.

    Args:
        events: Events of the life, as `Lives.life` gives them.
        month: Month in which the case began. [months]

    Returns:
        ``month``, ``needed`` and ``stops`` (departments needed, and those to which it was handed on), ``handoffs``,
        ``repeats``, ``outcome`` (``solved``, ``gave_up``, ``left`` or ``open``), ``months`` (whole months until then),
        ``visits`` (times the desk dealt with it), ``in_vain`` (of them, those after which it came back), and
        ``before``, ``after`` (satisfaction around what the desk did).
    """
    begun = [event for event in events if event["month"] == month and event["event"] == _INCIDENT]
    if not begun:
        return None
    later = list(events)[list(events).index(begun[0]) :]
    handed = [event for event in later if event["month"] == month and event["event"] == _HANDED_ON]
    visits = [event for event in _until_end(later) if event["event"] in (_SERVED, _GAVE_UP)]
    end = _end_of(later)
    return {
        "month": month,
        "needed": begun[0]["numbers"]["needed"],
        "stops": [event["department"] for event in handed],
        "handoffs": len(handed),
        "repeats": sum(int(event["numbers"]["again"]) for event in handed),
        "outcome": _OUTCOMES[end["event"]] if end else "open",
        "months": (end or later[-1])["month"] - month,
        "visits": len(visits),
        "in_vain": sum(int(event["numbers"].get("again", 0)) for event in visits),
        "before": visits[0]["before"] if visits else begun[0]["before"],
        "after": visits[-1]["satisfaction"] if visits else begun[0]["satisfaction"],
    }


_OUTCOMES = {_SERVED: "solved", _GAVE_UP: "gave_up", _LEFT: "left"}


def _end_of(later: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The event that ends a case: served for good, given up, or the customer left."""
    ends = (
        event
        for event in later
        if event["event"] in (_GAVE_UP, _LEFT) or (event["event"] == _SERVED and not event["numbers"]["again"])
    )
    return next(ends, None)


def _until_end(later: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    end = _end_of(later)
    return later if end is None else later[: list(later).index(end) + 1]
