"""A customer's account with the supplier: bills go in, payments, collections and write-offs clear it as a whole."""

import math

from sim.compiling import as_float64, rule
from sim.month_context import MonthContext
from sim.randomness import COLLECTION, PAYER, PAYMENT
from sim.rules.credit import payment_reliability
from sim.steps.draws import draw, draw_lasting_normals

YEAR = 12
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
    if months_overdue(me) >= YEAR:
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
def collect(me: MonthContext, firm: int) -> None:
    """Collections recover the account for a fee, or it is written off at the cost of what the customer contributed."""
    if draw(me, COLLECTION, 0, 0) < me.parameters.credit_recovery:
        me.counts[firm].collection_fees += int(
            math.floor(float(me.person.owed) * me.parameters.credit_collection_fee + 0.5)
        )
        me.counts[firm].collected += int(me.person.owed)
        receive_payment(me, firm)
        return
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
        receive_payment(me, firm)
    else:
        collect(me, firm)


@rule
def count_held(me: MonthContext) -> None:
    """A customer about to leave by choice is counted if last month's supply was held."""
    if me.person.held != NOT_HELD:
        me.counts[int(me.person.supplier)].losses_held += 1
