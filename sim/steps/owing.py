"""A month with what is owed: reminders, payment, what the ledger shows sales, holds, learning, collections."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import LEDGER, OVERRIDE, PAYMENT, POSTING, REMINDER
from sim.rules.credit import chance_of_mistake, chance_to_pay, learned_discipline
from sim.state import (
    DISCIPLINE,
    HOLDS,
    HOLDS_BY_MISTAKE,
    NOBODY,
    OVERDUE,
    REMINDERS,
    Clock,
    Known,
    Offers,
    Person,
    Whole,
)
from sim.steps.accounts import (
    HELD,
    HELD_BY_MISTAKE,
    NOT_HELD,
    collect,
    months_overdue,
    receive_payment,
    reliability,
)
from sim.steps.common import fine, luck
from sim.steps.serving import feel_service


@rule
def keep_account(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """Before the month's supply: what is due is paid or not, and supply is held or not."""
    firm, pressed = int(person.supplier), int(person.held) != NOT_HELD
    person.held = NOT_HELD
    if firm == NOBODY:
        return
    overdue = months_overdue(person, known, nature, clock)
    reminded = is_reminded(firm, overdue, person, known, offers, clock)
    if reminded:
        tally[firm, REMINDERS] += 1
    if overdue >= 0 and pays(reminded, pressed, person, known, nature, clock):
        receive_payment(firm, person, known, tally)
    person.held = hold_of(firm, overdue, person, known, nature, offers, clock)
    if person.held != NOT_HELD:
        go_without(firm, person, known, nature, tally)
    if overdue >= 1:
        learn_to_pay(reminded or person.held != NOT_HELD, person, known, nature)
    if person.owed > 0 and overdue >= nature.credit_write_off:
        collect(firm, person, known, nature, clock, tally)


@rule
def is_reminded(firm: int, overdue: int, person: Person, known: Known, offers: Offers, clock: Clock) -> bool:
    """Whether finance reminds the customer this month. overdue: [months]"""
    return overdue >= 1 and luck(person, known, clock, REMINDER, 0, 0) < offers[firm].reminders


@rule
def pays(reminded: bool, pressed: bool, person: Person, known: Known, nature: Nature, clock: Clock) -> bool:
    """Whether the customer pays what is due. pressed: last month's supply was held"""
    reminder = nature.credit_reminder_effect if reminded else 0.0
    hold = nature.credit_hold_effect if pressed else 0.0
    chance = chance_to_pay(reliability(person, known, nature, clock), reminder, hold)
    return luck(person, known, clock, PAYMENT, 0, 0) < chance


@rule
def hold_of(firm: int, overdue: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> int:
    """What becomes of this month's supply. overdue: before any payment of the month [months]"""
    after, key = offers[firm].hold_after, offers[firm].key
    if after <= 0.0 or person.tenure == 0:
        return NOT_HELD
    found = NOT_HELD
    if overdue >= after:
        if person.owed > 0:
            found = HELD
        elif luck(person, known, clock, POSTING, 0, key) < nature.credit_posting_delay:
            found = HELD_BY_MISTAKE
    if found == NOT_HELD:
        mistaken = chance_of_mistake(nature.credit_ledger_error, nature.credit_error_lasting, after)
        if luck(person, known, clock, LEDGER, 0, key) < mistaken:
            found = HELD_BY_MISTAKE
    if found != NOT_HELD and luck(person, known, clock, OVERRIDE, 0, key) < nature.credit_override:
        return NOT_HELD
    return found


@rule
def go_without(firm: int, person: Person, known: Known, nature: Nature, tally: Whole) -> None:
    """A month without supply is felt like an incident that nobody solved."""
    tally[firm, HOLDS] += 1
    if person.held == HELD_BY_MISTAKE:
        tally[firm, HOLDS_BY_MISTAKE] += 1
    feel_service(firm, 0.0, person, known, nature)
    person.fit = 0.0
    person.depth = 0.0


@rule
def learn_to_pay(checked: bool, person: Person, known: Known, nature: Nature) -> None:
    """What a customer with an overdue account learns from being checked or not."""
    person.discipline = learned_discipline(
        wide(person.discipline), checked, nature.credit_laxity, nature.credit_restoring
    )


@rule
def count_account(person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """End of the month: what is still owed of accounts whose due month is over, and how disciplined customers are."""
    firm = int(person.supplier)
    if firm == NOBODY:
        return
    tally[firm, DISCIPLINE] += fine(wide(person.discipline))
    if months_overdue(person, known, nature, clock) >= 0:
        tally[firm, OVERDUE] += int(person.owed)
