"""Everybody who was the firm's customer in a watched world: how it ended, hand-offs, and what each was worth."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiments.live.watched_world import WatchedWorld
from sim.model import events as happened
from sim.model.state import Floats, IntArray
from sim.parameters import BadInput

SILENT_AT = 4  # detail of a departure that says that no complaint came before it
STAYED, LEFT_SILENTLY, LEFT_AFTER_COMPLAINT, LOST_OTHERWISE = LIFE_ENDINGS = (
    "stayed",
    "left_silently",
    "left_after_complaint",
    "lost_otherwise",
)


class LifeTable(NamedTuple):
    """One row a person who was the firm's customer at the end of some month, each column of shape (n,).

    Args:
        place: Place in the market.
        generation: Which holder of it; the same in every world with the same people.
        ending: Number of the ending in `LIFE_ENDINGS`.
        month: Month of the last departure by choice; 0 for none. [months]
        tenure: Months with the firm at that departure, as the event has it; 0 for none. [months]
        mood: Satisfaction with the firm at that departure, or at the last month seen. [0-1]
        handoffs: Hand-offs of the person's incidents at the firm, from the first month on.
        worth: Contribution to the firm since the policies began, of all people for whom the agent stands. [EUR]
        since: Month when first seen; 0 for those who were there before. [months]
        until: Month when last seen. [months]
    """

    place: IntArray
    generation: IntArray
    ending: IntArray
    month: IntArray
    tenure: Floats
    mood: Floats
    handoffs: IntArray
    worth: Floats
    since: IntArray
    until: IntArray

    def row_of(self, place: int, generation: int) -> int:
        """Row of a person; -1 for somebody who never was a customer."""
        rows = np.flatnonzero((self.place == place) & (self.generation == generation))
        return int(rows[0]) if len(rows) else -1

    def chosen(self, rows: NDArray[np.bool_]) -> "LifeTable":
        """Some of the rows. rows: whether each is wanted, shape (n,)"""
        return LifeTable._make(column[rows] for column in self)


def life_table(world: WatchedWorld) -> LifeTable:
    """The customers of a watched world up to the last month that was seen."""
    size = world.places * (1 + max(int(seen.holder.max()) for seen in world.months))
    since, until = np.full(size, -1), np.full(size, -1)
    ours, stays = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    worth, mood = np.zeros(size), np.zeros(size)
    for month, seen in enumerate(world.months):
        held = np.flatnonzero(seen.holder >= 0)
        people = held + world.places * seen.holder[held].astype(np.int64)
        since[people] = np.where(since[people] < 0, month, since[people])
        until[people] = month
        stays[people] = seen.supplier[held] == world.seat
        ours[people] |= stays[people]
        worth[people], mood[people] = seen.contribution[held] / 100.0, seen.satisfaction[held]
    stays &= until == world.month
    departures = _departures(world, size)
    ending = np.where(
        stays, 0, np.where(departures.gone_by_choice, departures.ending, LIFE_ENDINGS.index(LOST_OTHERWISE))
    )
    rows = np.flatnonzero(ours)
    mood = np.where(departures.month > 0, departures.mood, mood)
    return LifeTable(
        rows % world.places, rows // world.places, ending[rows], departures.month[rows], departures.tenure[rows],
        mood[rows], departures.handoffs[rows], worth[rows], since[rows], until[rows],
    )  # fmt: skip


class _Departures(NamedTuple):
    gone_by_choice: NDArray[np.bool_]
    ending: IntArray
    month: IntArray
    tenure: Floats
    mood: Floats
    handoffs: IntArray


def _departures(world: WatchedWorld, size: int) -> _Departures:
    """Last departure by choice and number of hand-offs of everybody who ever held a place, each of shape (size,)."""
    departures = _Departures(
        np.zeros(size, np.bool_), np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size), np.zeros(size),
        np.zeros(size, np.int64),
    )  # fmt: skip
    for month, seen in enumerate(world.months):
        own = seen.events[seen.events["firm"] == world.seat]
        people = own["place"].astype(np.int64) + world.places * own["generation"].astype(np.int64)
        left, handed = own["code"] == happened.LEFT, own["code"] == happened.HANDED_ON
        np.add.at(departures.handoffs, people[handed], own["value"][handed].astype(np.int64))
        departures.gone_by_choice[people[own["code"] == happened.JOINED]] = False
        departures.gone_by_choice[people[left]] = True
        silent = own["details"][left, SILENT_AT] > 0.0
        departures.ending[people[left]] = np.where(silent, 1, 2)
        departures.month[people[left]], departures.tenure[people[left]] = month, own["value"][left]
        departures.mood[people[left]] = own["satisfaction"][left]
    return departures


class Alike(NamedTuple):
    """How many lives are like one, and what they were worth.

    Args:
        ending: How they ended, one of `LIFE_ENDINGS`.
        handed_on: Whether there was at least one hand-off.
        number: Lives with this ending and with, or without, hand-offs.
        of: Lives of all who were customers.
        people: People for whom these lives stand. [people]
        worth: What they contributed to the firm, together. [EUR]
        elsewhere: What the same people contributed in the other world. [EUR]
    """

    ending: str
    handed_on: bool
    number: int
    of: int
    people: float
    worth: float
    elsewhere: float


def alike(table: LifeTable, other: LifeTable, row: int, weight: float) -> Alike:
    """Lives that ended as one did, with or without hand-offs as that one.

    Args:
        table: Customers of the world.
        other: Customers of the other world.
        row: Row of the one.
        weight: People for whom one life stands. [people]
    """
    handed_on = bool(table.handoffs[row] > 0)
    same = (table.ending == table.ending[row]) & ((table.handoffs > 0) == handed_on)
    number, ending = int(np.count_nonzero(same)), LIFE_ENDINGS[int(table.ending[row])]
    worth, elsewhere = float(table.worth[same].sum()), _worth_of(table.chosen(same), other)
    return Alike(ending, handed_on, number, len(same), number * weight, worth, elsewhere)


def _worth_of(people: LifeTable, table: LifeTable) -> float:
    """What some people contributed in another world. [EUR]"""
    size = 1 + int(max(people.place.max(initial=0), table.place.max(initial=0)))
    wanted = np.isin(table.place + size * table.generation, people.place + size * people.generation)
    return float(table.worth[wanted].sum())


def pick_from(rule: str, table: LifeTable, other: LifeTable) -> int:
    """Row of the person that a rule picks.

    Args:
        rule: ``typical``: of all who left by choice, the one nearest to the median month, time with the firm,
            hand-offs and satisfaction; ``silent``: of those who left without a word, the one who had been a customer
            longest; ``saved``: of those who left here and stayed to the end in the other world, the first to leave.
        table: Customers of the world.
        other: Customers of the other world.

    Raises:
        BadInput: No such rule, or nobody fits.
    """
    if rule not in PICKS:
        raise BadInput(f"pick {rule!r} is not known; known are {', '.join(PICKS)}")
    row = PICKS[rule](table, other)
    if row < 0:
        raise BadInput(f"pick {rule}: in the months so far nobody {_WANTED[rule]}")
    return row


def _typical(table: LifeTable, other: LifeTable) -> int:
    gone = np.flatnonzero((table.ending == 1) | (table.ending == 2))
    if not len(gone):
        return -1
    traits = np.column_stack([column[gone] for column in (table.month, table.tenure, table.handoffs, table.mood)])
    spread = traits.std(axis=0)
    away = (traits - np.median(traits, axis=0)) / np.where(spread > 0.0, spread, 1.0)
    return int(gone[np.argmin((away**2).sum(axis=1))])


def _silent(table: LifeTable, other: LifeTable) -> int:
    return _first(table, table.ending == 1, -table.tenure)


def _saved(table: LifeTable, other: LifeTable) -> int:
    size = 1 + int(max(table.place.max(initial=0), other.place.max(initial=0)))
    stayed = other.chosen((other.ending == 0) & (other.month == 0))
    kept = np.isin(table.place + size * table.generation, stayed.place + size * stayed.generation)
    gone = (table.ending == 1) | (table.ending == 2)
    return _first(table, gone & kept, table.month.astype(np.float64))


def _first(table: LifeTable, wanted: NDArray[np.bool_], order: Floats) -> int:
    rows = np.flatnonzero(wanted)
    return int(rows[np.argmin(order[rows])]) if len(rows) else -1


PICKS = {"typical": _typical, "silent": _silent, "saved": _saved}
_WANTED = {
    "typical": "left the firm by choice",
    "silent": "left the firm without a word",
    "saved": "left the firm in this world and stayed with it in the other",
}
