"""Firms choose customers: whom they would rather not supply, and what becomes of those people."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import VALUE, normals
from sim.rules.selecting import estimated_hours, estimated_spending, resented
from sim.state import (
    LOSSES_DECLINED,
    NEVER,
    NOBODY,
    NOTICES,
    TURNED_AWAY,
    Clock,
    Known,
    Offers,
    Person,
    Whole,
)
from sim.steps.accounts import close_account
from sim.steps.common import leave


@rule
def expected_margin(firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> float:
    """What the firm expects a person to leave it in a month after goods and service, by what it can see. [EUR]"""
    offer, own = offers[firm], firm == int(person.supplier)
    seen, unseen = normals(clock.key, int(person.slot), int(person.generation), 0, VALUE, 0, offer.key)
    error, variance = offer.value_noise * seen, offer.value_noise * offer.value_noise
    spending, hours = wide(person.rate) * person.spend, offer.hours_mean
    if own:
        spending *= 1.0 + nature.economics_category_value * (int(person.categories) - 1)
    else:
        error += offer.prospect_noise * unseen
        variance += offer.prospect_noise * offer.prospect_noise
    if firm == int(person.last_firm):
        hours = estimated_hours(hours, wide(person.burden), offer.history_seen)
    worth = estimated_spending(spending, error, variance)
    return worth * (offer.price - offer.unit_cost) - hours * offer.wage


@rule
def is_declined(firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> bool:
    """Whether the firm would rather not supply this person."""
    if nature.selection_term <= 0.0:
        return False
    return expected_margin(firm, person, known, nature, offers, clock) < offers[firm].decline_below


@rule
def is_at_end_of_term(person: Person, known: Known, nature: Nature) -> bool:
    """Whether the contract comes up for renewal this month."""
    return person.tenure > 0 and int(person.tenure) % int(nature.selection_term) == 0


@rule
def review_contract(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """At the end of a term the supplier may give notice; when the notice is over, supply ends."""
    if nature.selection_term <= 0.0 or person.supplier == NOBODY:
        return
    firm = int(person.supplier)
    if person.notice > 0:
        person.notice -= 1
        if person.notice == 0:
            be_dropped(person, known, nature, clock, tally)
    elif is_at_end_of_term(person, known, nature) and is_declined(firm, person, known, nature, offers, clock):
        tally[firm, NOTICES] += 1
        person.notice = int(nature.selection_notice)
        known[firm].satisfaction = resented(known[firm].satisfaction, nature.selection_resentment)


@rule
def be_dropped(person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """The relation ends because the supplier wants it; the person does not come back soon."""
    firm = int(person.supplier)
    tally[firm, LOSSES_DECLINED] += 1
    known[firm].burned = clock.month
    close_account(person, known, nature, clock, tally)
    leave(person, known, clock, tally, True)


@rule
def be_turned_away(firm: int, person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """A firm does not accept somebody who had chosen it: it is resented, told, and not asked again soon."""
    tally[firm, TURNED_AWAY] += 1
    person.turned_away = firm + 1
    known[firm].burned = clock.month
    known[firm].reputation = resented(known[firm].reputation, nature.selection_resentment)
    if known[firm].last_purchase != NEVER:
        known[firm].satisfaction = resented(known[firm].satisfaction, nature.selection_resentment)


@rule
def be_remembered(person: Person, known: Known, nature: Nature, offers: Offers) -> None:
    """Before the month's service: what it took so far fades, and of a new customer the usual is assumed."""
    firm = int(person.supplier)
    if nature.selection_term <= 0.0 or firm == NOBODY:
        return
    if person.tenure == 0:
        person.burden = offers[firm].hours_mean
    else:
        person.burden = wide(person.burden) * (1.0 - 1.0 / nature.selection_memory)
