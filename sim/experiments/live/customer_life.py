"""One customer's life in two worlds: what happened month by month, each change of satisfaction, and how it ended."""

from collections.abc import Sequence
from typing import Any

from sim.experiments.live.event_numbers import (
    EVENT_KEYS,
    UNEXPLAINED,
    Unit,
)
from sim.experiments.live.frame import GONE, GONE_TO_RIVAL, HEADER, OURS, STATE_SHIFT
from sim.experiments.live.life_events import DIGITS_OF_SATISFACTION, events_of_life
from sim.experiments.live.life_table import alike, life_table, pick_from
from sim.experiments.live.watched_world import WatchedWorld
from sim.model import events as happened
from sim.model.person_numbers import number
from sim.parameters import BadInput
from sim.parameters.checking import count_argument

AWAY = (
    happened.LEFT, happened.NOT_KEPT, happened.LOST_SUPPLIER, happened.DIED, happened.LEFT_CATEGORY, happened.FAILED,
    happened.LAPSED, happened.DROPPED_OUT,
)  # fmt: skip


class Lives:
    """The lives in a pair of watched worlds that were seen equally far; answers come from what was seen.

    Args:
        left: Left world.
        right: Right world.

    Raises:
        BadInput: The worlds were seen for different numbers of months.
    """

    def __init__(self, left: WatchedWorld, right: WatchedWorld) -> None:
        if left.month != right.month:
            raise BadInput(f"the left world was seen for {left.month} months and the right one for {right.month}")
        self.worlds = {"left": left, "right": right}
        self.tables = {side: life_table(world) for side, world in self.worlds.items()}

    def life(self, place: int, month: int) -> dict[str, Any]:
        """The life of who holds a place in a month, or of the last who held it before, in both worlds.

        Args:
            place: Place in the market.
            month: Recorded months.

        Returns:
            ``place``, ``at``, ``months``, ``firm``, ``sides`` (by side, None where the person never was), ``alike`` (by
            side, None where the person never was a customer).

        Raises:
            BadInput: No such place or month, or a place that was always empty.
        """
        left = self.worlds["left"]
        count_argument(place, "place", 0, left.places - 1)
        count_argument(month, "month", 0, left.month)
        generation = _holder_at((left, self.worlds["right"]), place, month)
        sides = {side: _life_in(world, place, generation) for side, world in self.worlds.items()}
        about = {"place": place, "at": month, "months": left.month, "firm": left.firm}
        return about | {"sides": sides, "alike": self._alike(place, generation)}

    def pick(self, rule: str, side: str = "left") -> dict[str, Any]:
        """The life that a rule picks, as `life` gives it, with ``rule`` and ``side``.

        Args:
            rule: ``typical``, ``silent`` or ``saved``, see `pick_from`.
            side: World that the rule is about; the person of ``saved`` stayed in the other.

        Raises:
            BadInput: No such rule or side, or nobody fits.
        """
        if side not in self.worlds:
            raise BadInput(f"side is {side!r}; allowed are left and right")
        table = self.tables[side]
        row = pick_from(rule, table, self.tables[_other(side)])
        return self.life(int(table.place[row]), int(table.until[row])) | {"rule": rule, "side": side}

    def _alike(self, place: int, generation: int) -> dict[str, Any]:
        return {side: self._alike_in(side, place, generation) for side in self.worlds}

    def _alike_in(self, side: str, place: int, generation: int) -> dict[str, Any] | None:
        table, other = self.tables[side], self.tables[_other(side)]
        row = table.row_of(place, generation)
        if row < 0:
            return None
        lives = alike(table, other, row, self.worlds[side].weight)
        about = {"count" if name == "number" else name: value for name, value in lives._asdict().items()}
        return about | {"worth_each": lives.worth / lives.people}


def _other(side: str) -> str:
    return "right" if side == "left" else "left"


def _holder_at(worlds: Sequence[WatchedWorld], place: int, month: int) -> int:
    """Generation of who holds a place, or of the last holder before, or of the first after, in the first world."""
    for world in worlds:
        held = [int(seen.holder[place]) for seen in world.months]
        before = [generation for generation in held[: month + 1] if generation >= 0]
        after = [generation for generation in held[month:] if generation >= 0]
        if before or after:
            return before[-1] if before else after[0]
    raise BadInput(f"place {place} was empty in all {worlds[0].month} months; choose another")


def _life_in(world: WatchedWorld, place: int, generation: int) -> dict[str, Any] | None:
    """One person in one world; None where it never was."""
    months = [month for month, seen in enumerate(world.months) if seen.holder[place] == generation]
    if not months:
        return None
    events = list(events_of_life(world, place, generation, months[0]))
    last = world.months[months[-1]]
    away = [event for event in events if event["event"] in _AWAY_KEYS and event["firm"] in ("", world.firm)]
    stays = months[-1] == world.month and last.supplier[place] == world.seat
    return {
        "person": int(number(place, generation, world.places)),
        "present": [months[0], months[-1]],
        "contribution": Unit(world.weight).each(float(last.contribution[place])),
        "end": None if stays or not away else away[-1],
        "satisfaction": [_satisfaction(world, month, place, generation) for month in range(world.month + 1)],
        "supplier": [_supplier(world, month, place, generation) for month in range(world.month + 1)],
        "events": events,
        "unexplained": round(
            sum(event["change"] for event in events if event["event"] == UNEXPLAINED), DIGITS_OF_SATISFACTION
        ),
    }


_AWAY_KEYS = tuple(EVENT_KEYS[code] for code in AWAY)


def _satisfaction(world: WatchedWorld, month: int, place: int, generation: int) -> float | None:
    """Satisfaction with the firm at the end of a month; None before the person ever was its customer."""
    seen = world.months[month]
    state = seen.frame[HEADER.size + place] >> STATE_SHIFT
    known = seen.holder[place] == generation and state in (OURS, GONE_TO_RIVAL, GONE)
    return round(float(seen.satisfaction[place]), DIGITS_OF_SATISFACTION) if known else None


def _supplier(world: WatchedWorld, month: int, place: int, generation: int) -> str | None:
    """Name of the supplier at the end of a month, empty for none; None while the person is not there."""
    seen = world.months[month]
    if seen.holder[place] != generation:
        return None
    seat = int(seen.supplier[place])
    return world.firms[seat] if seat >= 0 else ""
