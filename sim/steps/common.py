"""What several steps need: a customer's luck, posting of amounts, joining and leaving a firm."""

import math

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import uniform
from sim.state import (
    FINE,
    GROSS_ADDS,
    LOSSES_COMPLAINED,
    LOSSES_INVOLUNTARY,
    LOSSES_SILENT,
    LOSSES_TIRED,
    NEVER,
    NOBODY,
    Clock,
    Known,
    Person,
    Whole,
)

MEMORY_OF_COMPLAINTS = (
    12  # months in which a complaint counts as "complained before leaving"; a definition of the measure
)
GONE = 32_000  # month of a break that never ends


@rule
def luck(person: Person, known: Known, clock: Clock, purpose: int, draw: int, firm: int) -> float:
    """Uniform number of customer i this month."""
    return uniform(clock.key, int(person.slot), int(person.generation), clock.month, purpose, draw, firm)


@rule
def cents(amount: float, clock: Clock) -> int:
    """Whole cents of an amount per customer [EUR], for the people whom one agent stands for."""
    return int(math.floor(amount * clock.weight * 100.0 + 0.5))


@rule
def fine(value: float) -> int:
    """A fraction in whole millionths."""
    return int(math.floor(value * FINE + 0.5))


@rule
def complained_lately(person: Person, known: Known, month: int) -> bool:
    """True when the customer complained within the memory of the measure."""
    then = int(person.complaint_month)
    return then != NEVER and month - then < MEMORY_OF_COMPLAINTS


@rule
def close_incidents(person: Person, known: Known) -> None:
    """Nothing waits for the desk any more."""
    person.open_incidents = 0
    person.incident_age = 0
    person.open_hours = 0.0
    person.incident_handoffs = 0
    person.told_again = 0


@rule
def close_matters(person: Person, known: Known) -> None:
    """Forget what was open between a customer and the supplier."""
    close_incidents(person, known)
    person.discount_until = NEVER
    person.notice = 0


@rule
def forget_sales(person: Person, known: Known) -> None:
    """What the supplier sold and how often it called is over with the relation."""
    person.holds = 0
    person.told = 0
    person.offered = 0
    person.fatigue = 0.0


@rule
def count_tired(person: Person, known: Known, nature: Nature, tally: Whole) -> None:
    """A customer about to leave by choice is counted if sales calls had become too many."""
    if nature.sales_call_hours > 0.0 and float(person.fatigue) > nature.sales_fatigue_level:
        tally[int(person.supplier), LOSSES_TIRED] += 1


@rule
def leave(person: Person, known: Known, clock: Clock, tally: Whole, involuntary: bool) -> None:
    """The customer leaves the supplier; the loss is counted by kind."""
    firm = int(person.supplier)
    if involuntary:
        tally[firm, LOSSES_INVOLUNTARY] += 1
    elif complained_lately(person, known, clock.month):
        tally[firm, LOSSES_COMPLAINED] += 1
    else:
        tally[firm, LOSSES_SILENT] += 1
    person.supplier = NOBODY
    person.tenure = 0
    person.categories = 1
    forget_sales(person, known)
    close_matters(person, known)


@rule
def join(firm: int, person: Person, known: Known, clock: Clock, tally: Whole) -> None:
    """The customer becomes a customer of a firm."""
    person.supplier = firm
    person.last_firm = firm
    person.tenure = 0
    person.complaint_month = NEVER
    tally[firm, GROSS_ADDS] += 1
