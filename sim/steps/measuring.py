"""What a month was worth to customers and what they are worth to the firm: counted, and read by no decision."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.rules.improving import surplus
from sim.state import (
    MET_AT_PROFIT,
    NOBODY,
    STANDING,
    STANDING_SQUARED,
    SURPLUS,
    UNPROFITABLE,
    Clock,
    Known,
    Offers,
    Person,
    Whole,
)
from sim.steps.choosing import discount_granted
from sim.steps.common import cents, fine
from sim.steps.reacting import NEED_MET


@rule
def be_valued(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """Count where the customer stands among all, whether it pays, and what being supplied is worth to it."""
    firm = int(person.supplier)
    if firm == NOBODY:
        return
    standing = wide(person.standing)
    tally[firm, STANDING] += fine(standing)
    tally[firm, STANDING_SQUARED] += fine(standing * standing)
    if known[firm].contribution < 0:
        tally[firm, UNPROFITABLE] += 1
    elif known[firm].contribution > 0 and float(person.fit) > NEED_MET:
        tally[firm, MET_AT_PROFIT] += 1
    tally[firm, SURPLUS] += cents(surplus_in_money(firm, person, known, nature, offers, clock), clock)


@rule
def surplus_in_money(firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> float:
    """Utility above having no supplier, at the customer's own price weight, for what is spent in a month. [EUR]"""
    weight = wide(person.price_weight)
    if weight <= 0.0:
        return 0.0
    price = offers[firm].price * (1.0 - discount_granted(firm, person, known, offers, clock))
    gained = surplus(
        known[firm].satisfaction,
        wide(person.fit),
        nature.choice_outside,
        nature.choice_experience_weight,
        nature.choice_fit_weight,
    )
    return wide(person.rate) * person.spend * (gained / weight + 1.0 - price)
