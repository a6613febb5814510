"""Journeys: who holds watched places of a market, and what happens to them, seen between the phases of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.lab.happenings import PHASES, scene_of
from sim.lab.moments import Event, Moment, Row
from sim.month import START
from sim.parameters.errors import BadInput
from sim.state import NOBODY
from sim.world import World

COLUMNS = ("month", "customer", "event", "department", "firm", "value", "satisfaction", "reason")


@dataclass
class Holder:
    """One person who held a watched place while it was watched.

    Args:
        first: The row when first seen.
        since: Recorded month in which the person was first seen; 0 for those who were there before. [months]
        last: The row when last seen.
        until: Recorded month in which the person was last seen. [months]
        contribution: To all firms together, when last seen. [cents]
    """

    first: Row
    since: int
    last: Row
    until: int
    contribution: int = 0


class Journeys:
    """Watches some places of a market; give `look` to `Market.watcher`.

    Args:
        places: Places to watch.
        customers: Number of places in the market.

    Raises:
        BadInput: A place that the market does not have.
    """

    def __init__(self, places: Sequence[int], customers: int) -> None:
        wrong = [place for place in places if not 0 <= place < customers]
        if wrong:
            raise BadInput(f"customer {wrong[0]} is not in this market; customers go from 0 to {customers - 1}")
        self.places = np.array(sorted(set(places)), np.int64)
        self.rows: list[tuple[Any, ...]] = []
        self.holders: dict[tuple[int, int], Holder] = {}
        self._seen: tuple[Any, Any] | None = None

    def look(self, phase: str, world: World) -> None:
        """Compare the watched customers with the phase before, and note what happened."""
        if world.month < world.warm_up:
            return
        people = world.people
        now = (
            people.person.records(self.places).view(np.recarray),
            people.relations.records(self.places).view(np.recarray),
        )
        if phase != START and self._seen is not None:
            scene = scene_of(world, phase)
            for k, place in enumerate(self.places):
                moment = Moment(self._seen[0][k], self._seen[1][k], now[0][k], now[1][k])
                self._note(int(place), PHASES[phase](moment, scene), moment, world)
        self._seen = now
        self._remember(phase, world.month - world.warm_up)

    def _note(self, place: int, events: list[Event], moment: Moment, world: World) -> None:
        names = [firm.name for firm in world.firms]
        for event, department, firm, value, reason in events:
            feeling = float(moment.knows[firm].satisfaction) if firm != NOBODY else float("nan")
            name = names[firm] if firm != NOBODY else ""
            month = world.month - world.warm_up + 1
            self.rows.append((month, place, event, department, name, value, feeling, reason))

    def _remember(self, phase: str, lived: int) -> None:
        """Who holds each place now; those who are there before the first event have been there since month 0."""
        assert self._seen is not None
        for k, place in enumerate(self.places):
            row = self._seen[0][k]
            if row.present != 1:
                continue
            whose = int(place), int(row.generation)
            if whose not in self.holders:
                self.holders[whose] = Holder(row, lived if phase == START else lived + 1, row, lived + 1)
            holder = self.holders[whose]
            holder.last, holder.until = row, lived + 1
            holder.contribution = int(self._seen[1][k].contribution.sum())

    def table(self) -> pd.DataFrame:
        """All events in order; columns as in `COLUMNS`, satisfaction is that with the firm after the phase."""
        return pd.DataFrame(self.rows, columns=list(COLUMNS))


def watched_places(text: str, customers: int) -> list[int]:
    """Places from ``--watch``: a count spread evenly over the market, or places separated by commas.

    Raises:
        BadInput: Neither.

    >>> watched_places("2", 10), watched_places("3,7", 10)
    ([0, 5], [3, 7])
    """
    try:
        numbers = [int(part) for part in text.split(",") if part.strip()]
    except ValueError:
        raise BadInput(f"--watch {text}: give a number of customers, or their numbers as 3,17") from None
    if "," in text and numbers:
        return numbers
    count = numbers[0] if numbers else 0
    if not 1 <= count <= customers:
        raise BadInput(f"--watch {text}: between 1 and {customers} customers can be watched")
    return [k * customers // count for k in range(count)]
