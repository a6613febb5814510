"""What several steps need: a customer's luck, posting of amounts, joining and leaving a firm."""

import math

from sim.compiling import rule
from sim.randomness import uniform
from sim.state import (
    FINE,
    GROSS_ADDS,
    LOSSES_COMPLAINED,
    LOSSES_INVOLUNTARY,
    LOSSES_SILENT,
    NEVER,
    NOBODY,
    Clock,
    Population,
    Whole,
)

MEMORY_OF_COMPLAINTS = (
    12  # months in which a complaint counts as "complained before leaving"; a definition of the measure
)
GONE = 32_000  # month of a break that never ends


@rule
def luck(i: int, people: Population, clock: Clock, purpose: int, draw: int, firm: int) -> float:
    """Uniform number of customer i this month."""
    return uniform(clock.key, i, int(people.generation[i]), clock.month, purpose, draw, firm)


@rule
def cents(amount: float, clock: Clock) -> int:
    """Whole cents of an amount per customer [EUR], for the people whom one agent stands for."""
    return int(math.floor(amount * clock.weight * 100.0 + 0.5))


@rule
def fine(value: float) -> int:
    """A fraction in whole millionths."""
    return int(math.floor(value * FINE + 0.5))


@rule
def complained_lately(i: int, people: Population, month: int) -> bool:
    """True when the customer complained within the memory of the measure."""
    then = int(people.complaint_month[i])
    return then != NEVER and month - then < MEMORY_OF_COMPLAINTS


@rule
def close_matters(i: int, people: Population) -> None:
    """Forget what was open between a customer and the supplier."""
    people.open_incidents[i] = 0
    people.incident_age[i] = 0
    people.open_hours[i] = 0.0
    people.incident_handoffs[i] = 0
    people.told_again[i] = 0
    people.discount_until[i] = NEVER


@rule
def leave(i: int, people: Population, clock: Clock, tally: Whole, involuntary: bool) -> None:
    """The customer leaves the supplier; the loss is counted by kind."""
    firm = int(people.supplier[i])
    if involuntary:
        tally[firm, LOSSES_INVOLUNTARY] += 1
    elif complained_lately(i, people, clock.month):
        tally[firm, LOSSES_COMPLAINED] += 1
    else:
        tally[firm, LOSSES_SILENT] += 1
    people.supplier[i] = NOBODY
    people.tenure[i] = 0
    people.categories[i] = 1
    close_matters(i, people)


@rule
def join(i: int, firm: int, people: Population, clock: Clock, tally: Whole) -> None:
    """The customer becomes a customer of a firm."""
    people.supplier[i] = firm
    people.last_firm[i] = firm
    people.tenure[i] = 0
    people.complaint_month[i] = NEVER
    tally[firm, GROSS_ADDS] += 1
