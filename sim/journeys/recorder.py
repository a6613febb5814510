"""Journeys: the customers at watched places of a market and their events, as written by the steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.journeys.event_words import words_of
from sim.model.events import empty_log, logged_events
from sim.model.person_numbers import number
from sim.model.phases import MARKET_PHASE, PEOPLE_PHASE, SERVICE_PHASE, START_PHASE
from sim.model.state import NOBODY
from sim.model.world import World
from sim.parameters.errors import BadInput

EventRow = Any
SEEN = (START_PHASE, PEOPLE_PHASE, MARKET_PHASE, SERVICE_PHASE)  # phases after which who holds a place is looked up
EVENT_COLUMNS = ("month", "customer", "unique_id", "event", "department", "firm", "value", "satisfaction", "reason")


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

    first: EventRow
    since: int
    last: EventRow
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
        self.mask = np.zeros(customers, np.bool_)
        self.mask[self.places] = True
        self.rows: list[tuple[Any, ...]] = []
        self.holders: dict[tuple[int, int], Holder] = {}
        self._seen: tuple[Any, Any] | None = None

    def look(self, phase: str, world: World) -> None:
        """Record the watched customers, and put their events into words at the end of the month."""
        if phase == START_PHASE:
            world.watched = self.mask
            world.log = empty_log(self.mask, len(world.firms))
        if world.month < world.warm_up or phase not in SEEN:
            return
        people = world.people
        rows = people.person.records(self.places), people.relations.records(self.places)
        self._seen = rows[0].view(np.recarray), rows[1].view(np.recarray)
        self._remember(phase, world.month - world.warm_up)
        if phase == SERVICE_PHASE:
            self._note(world)

    def _note(self, world: World) -> None:
        names, month = [firm.name for firm in world.firms], world.month - world.warm_up + 1
        for event in logged_events(world.log):
            words = words_of(event)
            if words is not None:
                firm, place = int(event["firm"]), int(event["place"])
                person = number(place, int(event["generation"]), len(world.people.person))
                name, value = names[firm] if firm != NOBODY else "", float(event["value"])
                about = (month, place, person, words.name, words.department, name)
                self.rows.append((*about, value, float(event["satisfaction"]), words.reason))

    def _remember(self, phase: str, months: int) -> None:
        """Note the customer at each place; those present before the first event joined in month 0."""
        assert self._seen is not None
        for k, place in enumerate(self.places):
            row = self._seen[0][k]
            if row.present != 1:
                continue
            whose = int(place), int(row.generation)
            if whose not in self.holders:
                self.holders[whose] = Holder(row, months if phase == START_PHASE else months + 1, row, months + 1)
            holder = self.holders[whose]
            holder.last, holder.until = row, months + 1
            holder.contribution = int(self._seen[1][k].contribution.sum())

    def table(self) -> pd.DataFrame:
        """All events in order; columns as in `EVENT_COLUMNS`, satisfaction is that with the firm when it happened."""
        return pd.DataFrame(self.rows, columns=list(EVENT_COLUMNS))


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
