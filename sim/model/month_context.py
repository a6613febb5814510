"""What the steps of a month read and write: the month of one customer, and that of the whole population."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sim.model.counts import CountsByFirm
from sim.model.customer_parameters import CustomerParameters
from sim.model.events import Log
from sim.model.state import Clock, Network, Offers, Person, Relations, Scratch
from sim.numeric.rows import by_attribute


class MonthContext(NamedTuple):
    """The month of one customer; every step takes it as `me`.

    Args:
        person: The customer's own row, written by the steps.
        relations: Rows of what the customer knows and feels of each firm, by seat; written by the steps.
        parameters: Numbers of the world.
        offers: Rows of what each firm offers this month, by seat; empty until the firms have decided.
        clock: Key of the world, month, and people per agent.
        scratch: Rows to work in, by seat; hold nothing from one customer to the next.
        counts: Rows of what is counted this month, by seat; added to by the steps.
        network: Who hears whom, and what everybody said last month.
        log: Where what happens to watched customers is written.
        watched: Whether this customer is watched.
    """

    person: Person
    relations: Relations
    parameters: CustomerParameters
    offers: Offers
    clock: Clock
    scratch: Scratch
    counts: CountsByFirm
    network: Network
    log: Log
    watched: bool


class PopulationMonth(NamedTuple):
    """The same month for everybody: one row a place where `MonthContext` has the row of one customer.

    Args:
        person: Rows of dtype PERSON, shape (N,).
        relations: Rows of dtype RELATION, shape (N, M).
        parameters: Numbers of the world: `CustomerParameters`, or for compiled loops one row of them.
        offers: Rows of dtype OFFER, shape (M,), or (0,) until the firms have decided.
        clock: Key of the world, month, and people per agent.
        scratch: Rows of dtype SCRATCH, shape (M,).
        counts: Rows of dtype COUNTS, shape (M,).
        network: Who hears whom, and what everybody said last month.
        log: Where what happens to watched customers is written.
    """

    person: Person
    relations: Relations
    parameters: Any
    offers: Offers
    clock: Clock
    scratch: Scratch
    counts: CountsByFirm
    network: Network
    log: Log


def contexts_of(month: PopulationMonth, places: Iterable[int]) -> Iterator[MonthContext]:
    """The month of single customers, for steps in plain Python; rows are read by attribute. places: of the customers"""
    offers, scratch, counts = map(by_attribute, (month.offers, month.scratch, month.counts))
    log = month.log._replace(rows=by_attribute(month.log.rows))
    rest = (month.parameters, offers, month.clock, scratch, counts, month.network, log)
    watching = len(log.watched) > 0
    for place in places:
        watched = watching and bool(log.watched[place])
        yield MonthContext(month.person[place], month.relations[place], *rest, watched)
