"""A customer before and after one phase of a month, the scene of it, and an event as it is noted."""

from typing import Any, NamedTuple

from sim.nature import Nature
from sim.state import Clock, Network, Offers

Row = Any


class Moment(NamedTuple):
    """A customer before and after one phase: the person, and what is known of each firm."""

    before: Row
    knew: Row
    after: Row
    knows: Row


class Scene(NamedTuple):
    """The month in which it happened."""

    clock: Clock
    nature: Nature
    offers: Offers
    network: Network


class Event(NamedTuple):
    """One event; firm is a seat or NOBODY, value counts or measures what the event says, reason is for readers."""

    event: str
    department: str
    firm: int
    value: float
    reason: str = ""
