"""A month of receivables: reminders, payment, ledger seen by sales, holds, learning, collections."""

from sim.model.customers.common import to_fixed_point
from sim.model.customers.customer_account import (
    HELD,
    HELD_BY_MISTAKE,
    NOT_HELD,
    collect,
    months_overdue,
    note_account,
    receive_payment,
    reliability,
)
from sim.model.customers.draws import draw
from sim.model.customers.notes import NO_DETAILS, flag, note
from sim.model.customers.service import feel_service
from sim.model.equations.receivables import chance_of_mistake, chance_to_pay, learned_discipline
from sim.model.events import DID_NOT_PAY, HELD_SUPPLY, PAID, REMINDED, SAW_NO_CHECKS, SUPPLIED_ANYWAY
from sim.model.month_context import MonthContext
from sim.model.randomness import LEDGER, OVERRIDE, PAYMENT, POSTING, REMINDER
from sim.model.state import NOBODY
from sim.numeric.compiling import as_float64, inlined, rule


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
        if me.watched:
            note(me, REMINDED, firm, float(overdue), (float(overdue), 0.0, 0.0, 0.0, 0.0, 0.0))
    if overdue >= 0 and pays(me, reminded, pressed):
        note_account(me, PAID, firm, False, 0)
        receive_payment(me, firm)
    elif overdue == 0:
        note_account(me, DID_NOT_PAY, firm, False, 0)
    me.person.held = hold_of(me, firm, overdue)
    if me.person.held != NOT_HELD:
        go_without(me, firm, overdue)
    if overdue >= 1:
        learn_to_pay(me, reminded or me.person.held != NOT_HELD)
    if me.person.owed > 0 and overdue >= me.parameters.credit_write_off:
        collect(me, firm, False)


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
    supply = NOT_HELD
    if overdue >= after:
        if me.person.owed > 0:
            supply = HELD
        elif draw(me, POSTING, 0, key) < me.parameters.credit_posting_delay:
            supply = HELD_BY_MISTAKE
    if supply == NOT_HELD:
        mistaken = chance_of_mistake(me.parameters.credit_ledger_error, me.parameters.credit_error_lasting, after)
        if draw(me, LEDGER, 0, key) < mistaken:
            supply = HELD_BY_MISTAKE
    if supply != NOT_HELD and draw(me, OVERRIDE, 0, key) < me.parameters.credit_override:
        if me.watched:
            note(me, SUPPLIED_ANYWAY, firm, float(max(0, overdue)), (float(overdue), 0.0, 0.0, 0.0, 0.0, 0.0))
        return NOT_HELD
    return supply


@rule
def go_without(me: MonthContext, firm: int, overdue: int) -> None:
    """A month without supply is felt like an incident that nobody solved. overdue: before any payment [months]"""
    me.counts[firm].holds += 1
    if me.person.held == HELD_BY_MISTAKE:
        me.counts[firm].holds_by_mistake += 1
    feel_service(me, firm, 0.0)
    me.person.fit = 0.0
    me.person.depth = 0.0
    if me.watched:
        late = flag(overdue >= me.offers[firm].hold_after)
        mistaken = flag(me.person.held == HELD_BY_MISTAKE)
        note(me, HELD_SUPPLY, firm, 1.0, (float(overdue), mistaken, late, 0.0, 0.0, 0.0))


@rule
def learn_to_pay(me: MonthContext, checked: bool) -> None:
    """What a customer with an overdue account learns from being checked or not."""
    before = as_float64(me.person.discipline)
    me.person.discipline = learned_discipline(
        before, checked, me.parameters.credit_laxity, me.parameters.credit_restoring
    )
    if me.watched and as_float64(me.person.discipline) < before:
        note(me, SAW_NO_CHECKS, int(me.person.supplier), as_float64(me.person.discipline), NO_DETAILS)


@inlined
def count_account(me: MonthContext) -> None:
    """End of the month: what is still owed of accounts whose due month is over, and how disciplined customers are."""
    firm = int(me.person.supplier)
    if firm == NOBODY:
        return
    me.counts[firm].discipline += to_fixed_point(as_float64(me.person.discipline))
    if months_overdue(me) >= 0:
        me.counts[firm].overdue += int(me.person.owed)
