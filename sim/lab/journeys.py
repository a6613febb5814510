"""Journeys: what happens to watched customers, read from their rows between the phases of a month."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.month import MARKET, PEOPLE, SERVICE, START
from sim.parameters.errors import BadInput
from sim.state import NEVER, NOBODY
from sim.steps.common import GONE
from sim.world import World

COLUMNS = ("month", "customer", "event", "department", "firm", "value", "satisfaction")
CHANGED = 0.005  # a reputation that moves less is not told

Row = Any


class Moment(NamedTuple):
    """A customer before and after one phase."""

    before: Row
    knew: Row
    after: Row
    knows: Row


class Event(NamedTuple):
    """One event; firm is a seat or NOBODY, value counts or measures what the event says."""

    event: str
    department: str
    firm: int
    value: float


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
        self._seen: tuple[NDArray[np.void], NDArray[np.void]] | None = None

    def look(self, phase: str, world: World) -> None:
        """Compare the watched customers with the phase before, and note what happened."""
        people = world.people
        now = people.person[self.places].copy(), people.known[self.places].copy()
        if phase != START and self._seen is not None and world.month >= world.warm_up:
            for k, place in enumerate(self.places):
                moment = Moment(self._seen[0][k], self._seen[1][k], now[0][k], now[1][k])
                self._note(int(place), PHASES[phase](moment, world.month), moment, world)
        self._seen = now

    def _note(self, place: int, events: list[Event], moment: Moment, world: World) -> None:
        names = [firm.name for firm in world.firms]
        for event, department, firm, value in events:
            feeling = float(moment.knows["satisfaction"][firm]) if firm != NOBODY else float("nan")
            name = names[firm] if firm != NOBODY else ""
            self.rows.append((world.month - world.warm_up + 1, place, event, department, name, value, feeling))

    def table(self) -> pd.DataFrame:
        """All events in order; columns as in `COLUMNS`."""
        return pd.DataFrame(self.rows, columns=list(COLUMNS))


def _people(moment: Moment, month: int) -> list[Event]:
    events = []
    if moment.before["present"] == 1 and moment.after["generation"] != moment.before["generation"]:
        events.append(Event("left the market", "", int(moment.before["supplier"]), float(moment.before["tenure"])))
    if moment.after["present"] == 1 and moment.before["present"] != 1:
        events.append(Event("came to the market", "", NOBODY, 0.0))
    return events


def _market(moment: Moment, month: int) -> list[Event]:
    if moment.after["present"] != 1:
        return []
    events = []
    for firm in range(len(moment.knows)):
        events += _heard(moment, firm)
    events += _moved(moment, month)
    for firm in range(len(moment.knows)):
        events += _bought(moment, firm)
    return events + _trouble(moment)


def _heard(moment: Moment, firm: int) -> list[Event]:
    events = []
    before, after = moment.knew[firm], moment.knows[firm]
    if after["contacted"]:
        events.append(Event("was contacted", "marketing", firm, 1.0))
    elif after["aware"] and not before["aware"]:
        events.append(Event("heard of the firm", "", firm, 1.0))
    moved = float(after["reputation"] - before["reputation"])
    if abs(moved) > CHANGED:
        events.append(Event("heard good words" if moved > 0 else "heard bad words", "", firm, moved))
    return events


def _moved(moment: Moment, month: int) -> list[Event]:
    old, new = int(moment.before["supplier"]), int(moment.after["supplier"])
    if old == new:
        return []
    events = []
    if old != NOBODY:
        burned = int(moment.knows["burned"][old]) == month
        silent = int(moment.before["complaint_month"]) == NEVER
        how = "left after complaining" if not silent else "left without a word"
        events.append(Event(how + (", burned" if burned else ""), "sales", old, float(moment.before["tenure"])))
    if new != NOBODY:
        events.append(Event("became a customer", "sales", new, 1.0))
    return events


def _bought(moment: Moment, firm: int) -> list[Event]:
    events = []
    bought, main = int(moment.knows["bought"][firm]), firm == int(moment.after["supplier"])
    if bought:
        events.append(Event("bought", "sales", firm, float(bought)))
    if main and moment.knows["satisfaction"][firm] != moment.knew["satisfaction"][firm]:
        events.append(Event("used the product", "product", firm, float(moment.after["fit"])))
    if main and moment.after["categories"] > moment.before["categories"]:
        events.append(Event("took a further category", "sales", firm, float(moment.after["categories"])))
    if moment.knows["burned"][firm] == GONE and moment.knew["burned"][firm] != GONE:
        events.append(Event("dropped out for good", "", firm, float(bought)))
    return events


def _trouble(moment: Moment) -> list[Event]:
    firm = int(moment.after["supplier"])
    before = int(moment.before["open_incidents"]) if firm == int(moment.before["supplier"]) else 0
    raised = int(moment.after["open_incidents"]) - before
    if firm == NOBODY or raised <= 0:
        return []
    events = [Event("ran into trouble", "service", firm, float(raised))]
    handed = int(moment.after["incident_handoffs"]) - (int(moment.before["incident_handoffs"]) if before else 0)
    if handed > 0:
        events.append(Event("was handed on", "service", firm, float(handed)))
    return events


def _service(moment: Moment, month: int) -> list[Event]:
    if moment.after["present"] != 1:
        return []
    firm = int(moment.after["supplier"])
    events = _desk(moment, firm) if firm != NOBODY else []
    if moment.after["complaints"] > moment.before["complaints"]:
        events.append(Event("complained", "service", firm, float(moment.after["complaints"])))
    if moment.after["discount_until"] > moment.before["discount_until"]:
        events.append(Event("was granted a discount", "sales", firm, 1.0))
    said = int(moment.after["said"])
    if said:
        events.append(Event("praised" if said % 2 else "blamed", "", (said - 1) // 2, 1.0))
    return events


def _desk(moment: Moment, firm: int) -> list[Event]:
    if not moment.before["open_incidents"]:
        return []
    charged = moment.knows["contribution"][firm] < moment.knew["contribution"][firm]
    waited = float(moment.after["incident_age"])
    if not charged:
        gave_up = not moment.after["open_incidents"]
        return [Event("gave up waiting" if gave_up else "waited for service", "service", firm, waited)]
    again = bool(moment.after["open_incidents"])
    return [Event("was served, in vain" if again else "was served", "service", firm, waited)]


PHASES = {PEOPLE: _people, MARKET: _market, SERVICE: _service}


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
    if "," in text:
        return numbers
    count = numbers[0] if numbers else 0
    if not 1 <= count <= customers:
        raise BadInput(f"--watch {text}: between 1 and {customers} customers can be watched")
    return [k * customers // count for k in range(count)]
