"""A customer's account with the supplier: bills go in, payments, collections and write-offs clear it as a whole."""

import math

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import COLLECTION, PAYER, PAYMENT, normals
from sim.rules.credit import payment_reliability
from sim.state import (
    COLLECTED,
    COLLECTION_FEES,
    LOSSES_HELD,
    RECEIVED,
    SHIPMENTS_OVERDUE,
    WRITTEN_OFF,
    Clock,
    Known,
    Person,
    Whole,
)
from sim.steps.common import luck

YEAR = 12
NOT_HELD, HELD, HELD_BY_MISTAKE = range(3)


@rule
def months_overdue(person: Person, known: Known, nature: Nature, clock: Clock) -> int:
    """Months since the oldest unpaid bill fell due: 0 in the month in which it is due, negative before. [months]"""
    if person.owed == 0:
        return -1
    return clock.month - int(person.owed_since) - int(nature.credit_terms)


@rule
def reliability(person: Person, known: Known, nature: Nature, clock: Clock) -> float:
    """Chance that the customer pays what is due, as it was born and as it has learned. [0-1]"""
    lasting = normals(clock.key, int(person.slot), int(person.generation), 0, PAYER, 0, 0)[0]
    return payment_reliability(
        lasting, nature.temper_payment_reliability, nature.temper_payment_spread, wide(person.discipline)
    )


@rule
def put_on_account(
    firm: int, net: int, person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole
) -> None:
    """A bill is owed from now on. net: after discount [cents]"""
    if months_overdue(person, known, nature, clock) >= YEAR:
        tally[firm, SHIPMENTS_OVERDUE] += net
    if person.owed == 0:
        person.owed_since = clock.month
    person.owed += net


@rule
def receive_payment(firm: int, person: Person, known: Known, tally: Whole) -> None:
    """The customer pays the whole account."""
    tally[firm, RECEIVED] += int(person.owed)
    person.owed = 0


@rule
def collect(firm: int, person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """Collections recover the account for a fee, or it is written off at the cost of what the customer contributed."""
    if luck(person, known, clock, COLLECTION, 0, 0) < nature.credit_recovery:
        tally[firm, COLLECTION_FEES] += int(math.floor(float(person.owed) * nature.credit_collection_fee + 0.5))
        tally[firm, COLLECTED] += int(person.owed)
        receive_payment(firm, person, known, tally)
        return
    tally[firm, WRITTEN_OFF] += int(person.owed)
    known[firm].contribution -= int(person.owed)
    person.owed = 0


@rule
def close_account(person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """The relation is about to end: the account is paid as reliably as ever, or goes to collections."""
    if person.owed == 0:
        return
    firm = int(person.supplier)
    if luck(person, known, clock, PAYMENT, 0, 0) < reliability(person, known, nature, clock):
        receive_payment(firm, person, known, tally)
    else:
        collect(firm, person, known, nature, clock, tally)


@rule
def count_held(person: Person, known: Known, tally: Whole) -> None:
    """A customer about to leave by choice is counted if last month's supply was held."""
    if person.held != NOT_HELD:
        tally[int(person.supplier), LOSSES_HELD] += 1
