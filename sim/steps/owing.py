"""A month with what is owed: reminders, payment, what the ledger shows sales, holds, learning, collections."""

from sim.compiling import as_float64, inlined, rule
from sim.month_context import MonthContext
from sim.randomness import LEDGER, OVERRIDE, PAYMENT, POSTING, REMINDER
from sim.rules.credit import chance_of_mistake, chance_to_pay, learned_discipline
from sim.state import NOBODY
from sim.steps.accounts import (
    HELD,
    HELD_BY_MISTAKE,
    NOT_HELD,
    collect,
    months_overdue,
    receive_payment,
    reliability,
)
from sim.steps.common import to_fixed_point
from sim.steps.draws import draw
from sim.steps.serving import feel_service


@inlined
def keep_account(me: MonthContext) -> None:
    """Before the month's supply: what is due is paid or not, and supply is held or not."""
    firm, pressed = int(me.person.supplier), int(me.person.held) != NOT_HELD
    me.person.held = NOT_HELD
    if firm == NOBODY:
        return
    overdue = months_overdue(me)
    reminded = is_reminded(me, firm, overdue)
    if reminded:
        me.counts[firm].reminders += 1
    if overdue >= 0 and pays(me, reminded, pressed):
        receive_payment(me, firm)
    me.person.held = hold_of(me, firm, overdue)
    if me.person.held != NOT_HELD:
        go_without(me, firm)
    if overdue >= 1:
        learn_to_pay(me, reminded or me.person.held != NOT_HELD)
    if me.person.owed > 0 and overdue >= me.parameters.credit_write_off:
        collect(me, firm)


@rule
def is_reminded(me: MonthContext, firm: int, overdue: int) -> bool:
    """Whether finance reminds the customer this month. overdue: [months]"""
    return overdue >= 1 and draw(me, REMINDER, 0, 0) < me.offers[firm].reminders


@rule
def pays(me: MonthContext, reminded: bool, pressed: bool) -> bool:
    """Whether the customer pays what is due. pressed: last month's supply was held"""
    reminder = me.parameters.credit_reminder_effect if reminded else 0.0
    hold = me.parameters.credit_hold_effect if pressed else 0.0
    chance = chance_to_pay(reliability(me), reminder, hold)
    return draw(me, PAYMENT, 0, 0) < chance


@rule
def hold_of(me: MonthContext, firm: int, overdue: int) -> int:
    """What becomes of this month's supply. overdue: before any payment of the month [months]"""
    after, key = me.offers[firm].hold_after, me.offers[firm].key
    if after <= 0.0 or me.person.tenure == 0:
        return NOT_HELD
    found = NOT_HELD
    if overdue >= after:
        if me.person.owed > 0:
            found = HELD
        elif draw(me, POSTING, 0, key) < me.parameters.credit_posting_delay:
            found = HELD_BY_MISTAKE
    if found == NOT_HELD:
        mistaken = chance_of_mistake(me.parameters.credit_ledger_error, me.parameters.credit_error_lasting, after)
        if draw(me, LEDGER, 0, key) < mistaken:
            found = HELD_BY_MISTAKE
    if found != NOT_HELD and draw(me, OVERRIDE, 0, key) < me.parameters.credit_override:
        return NOT_HELD
    return found


@rule
def go_without(me: MonthContext, firm: int) -> None:
    """A month without supply is felt like an incident that nobody solved."""
    me.counts[firm].holds += 1
    if me.person.held == HELD_BY_MISTAKE:
        me.counts[firm].holds_by_mistake += 1
    feel_service(me, firm, 0.0)
    me.person.fit = 0.0
    me.person.depth = 0.0


@rule
def learn_to_pay(me: MonthContext, checked: bool) -> None:
    """What a customer with an overdue account learns from being checked or not."""
    me.person.discipline = learned_discipline(
        as_float64(me.person.discipline), checked, me.parameters.credit_laxity, me.parameters.credit_restoring
    )


@inlined
def count_account(me: MonthContext) -> None:
    """End of the month: what is still owed of accounts whose due month is over, and how disciplined customers are."""
    firm = int(me.person.supplier)
    if firm == NOBODY:
        return
    me.counts[firm].discipline += to_fixed_point(as_float64(me.person.discipline))
    if months_overdue(me) >= 0:
        me.counts[firm].overdue += int(me.person.owed)
