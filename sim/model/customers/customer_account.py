"""A customer's account with the supplier: bills go in, payments, collections and write-offs clear it as a whole."""

import math

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.customers.draws import draw, draw_lasting_normals
from sim.model.customers.notes import flag, note, per_person
from sim.model.equations.receivables import payment_reliability
from sim.model.events import COLLECTED, PAID, WRITTEN_OFF
from sim.model.month_context import MonthContext
from sim.model.randomness import COLLECTION, PAYER, PAYMENT
from sim.numeric.compiling import as_float64, rule

NOT_HELD, HELD, HELD_BY_MISTAKE = range(3)


@rule
def months_overdue(me: MonthContext) -> int:
    """Months since the oldest unpaid bill fell due: 0 in the month in which it is due, negative before. [months]"""
    if me.person.owed == 0:
        return -1
    return me.clock.month - int(me.person.owed_since) - int(me.parameters.credit_terms)


@rule
def reliability(me: MonthContext) -> float:
    """Chance that the customer pays what is due, as it was born and as it has learned. [0-1]"""
    lasting = draw_lasting_normals(me, PAYER, 0, 0)[0]
    return payment_reliability(
        lasting,
        me.parameters.temper_payment_reliability,
        me.parameters.temper_payment_spread,
        as_float64(me.person.discipline),
    )


@rule
def put_on_account(me: MonthContext, firm: int, net: int) -> None:
    """A bill is owed from now on. net: after discount [cents]"""
    if months_overdue(me) >= MONTHS_PER_YEAR:
        me.counts[firm].shipments_overdue += net
    if me.person.owed == 0:
        me.person.owed_since = me.clock.month
    me.person.owed += net


@rule
def receive_payment(me: MonthContext, firm: int) -> None:
    """The customer pays the whole account."""
    me.counts[firm].received += int(me.person.owed)
    me.person.owed = 0


@rule
def note_account(me: MonthContext, code: int, firm: int, closing: bool, fee: int) -> None:
    """Write down what becomes of the account, before it does. closing: the relation ends; fee: [cents]"""
    if me.watched:
        owed = int(me.person.owed)
        details = (float(months_overdue(me)), flag(closing), float(owed), float(fee), 0.0, 0.0)
        note(me, code, firm, per_person(me, owed), details)


@rule
def collect(me: MonthContext, firm: int, closing: bool) -> None:
    """Collections recover the account for a fee, or it is written off at the cost of what the customer contributed."""
    if draw(me, COLLECTION, 0, 0) < me.parameters.credit_recovery:
        fee = int(math.floor(float(me.person.owed) * me.parameters.credit_collection_fee + 0.5))
        note_account(me, COLLECTED, firm, closing, fee)
        me.counts[firm].collection_fees += fee
        me.counts[firm].collected += int(me.person.owed)
        receive_payment(me, firm)
        return
    note_account(me, WRITTEN_OFF, firm, closing, 0)
    me.counts[firm].written_off += int(me.person.owed)
    me.relations[firm].contribution -= int(me.person.owed)
    me.person.owed = 0


@rule
def close_account(me: MonthContext) -> None:
    """The relation is about to end: the account is paid as reliably as ever, or goes to collections."""
    if me.person.owed == 0:
        return
    firm = int(me.person.supplier)
    if draw(me, PAYMENT, 0, 0) < reliability(me):
        note_account(me, PAID, firm, True, 0)
        receive_payment(me, firm)
    else:
        collect(me, firm, True)


@rule
def count_held(me: MonthContext) -> None:
    """A customer about to leave by choice is counted if last month's supply was held."""
    if me.person.held != NOT_HELD:
        me.counts[int(me.person.supplier)].losses_held += 1
