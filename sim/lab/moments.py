"""A customer before and after one phase of a month, the scene of it, and an event as it is noted."""

from typing import Any, NamedTuple

import numpy as np

from sim.counts import no_counts
from sim.customer_parameters import CustomerParameters
from sim.month_context import MonthContext
from sim.state import Clock, Network, Offers, scratch_for

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
    parameters: CustomerParameters
    offers: Offers
    network: Network

    def context(self, person: Row, relations: Row) -> MonthContext:
        """The month as its steps take it, for these rows, counted from nothing."""
        scratch, counts = (rows(len(relations)).view(np.recarray) for rows in (scratch_for, no_counts))
        return MonthContext(person, relations, self.parameters, self.offers, self.clock, scratch, counts, self.network)


class Event(NamedTuple):
    """One event; firm is a seat or NOBODY, value counts or measures what the event says, reason is for readers."""

    event: str
    department: str
    firm: int
    value: float
    reason: str = ""
