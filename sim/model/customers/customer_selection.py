"""Firms choose customers: whom they would rather not supply, and what becomes of those people."""

from sim.model.customers.common import leave
from sim.model.customers.customer_account import close_account, months_overdue
from sim.model.customers.draws import draw_lasting_normals
from sim.model.customers.notes import NO_DETAILS, note
from sim.model.customers.sources import INVOLUNTARY
from sim.model.equations.customer_selection import estimated_hours, estimated_spending, feeling_after_refusal
from sim.model.events import GIVEN_NOTICE, NOT_KEPT, TURNED_AWAY
from sim.model.month_context import MonthContext
from sim.model.randomness import VALUE
from sim.model.state import NEVER, NOBODY
from sim.numeric.compiling import as_float64, rule


@rule
def expected_margin(me: MonthContext, firm: int) -> float:
    """What the firm expects a person to leave it in a month after goods and service, by what it can see. [EUR]"""
    offer, own = me.offers[firm], firm == int(me.person.supplier)
    observed, unobserved = draw_lasting_normals(me, VALUE, 0, offer.key)
    error, variance = offer.value_noise * observed, offer.value_noise * offer.value_noise
    spending, hours = as_float64(me.person.rate) * me.person.spend, offer.hours_mean
    if own:
        spending *= 1.0 + me.parameters.economics_category_value * (int(me.person.categories) - 1)
    else:
        error += offer.prospect_noise * unobserved
        variance += offer.prospect_noise * offer.prospect_noise
    if firm == int(me.person.last_firm):
        hours = estimated_hours(hours, as_float64(me.person.burden), offer.history_seen)
    worth = estimated_spending(spending, error, variance)
    if own and offer.hold_after > 0.0 and months_overdue(me) >= offer.hold_after:
        return -worth * offer.unit_cost - hours * offer.wage  # the ledger says that it will not be paid
    return worth * (offer.price - offer.unit_cost) - hours * offer.wage


@rule
def is_declined(me: MonthContext, firm: int) -> bool:
    """Whether the firm would rather not supply this person."""
    if me.parameters.selection_term <= 0.0:
        return False
    return expected_margin(me, firm) < me.offers[firm].decline_below


@rule
def is_at_end_of_term(me: MonthContext) -> bool:
    """Whether the contract comes up for renewal this month."""
    return me.person.tenure > 0 and int(me.person.tenure) % int(me.parameters.selection_term) == 0


@rule
def review_contract(me: MonthContext) -> None:
    """At the end of a term the supplier may give notice; when the notice is over, supply ends."""
    if me.parameters.selection_term <= 0.0 or me.person.supplier == NOBODY:
        return
    firm = int(me.person.supplier)
    if me.person.notice > 0:
        me.person.notice -= 1
        if me.person.notice == 0:
            be_dropped(me)
    elif is_at_end_of_term(me) and is_declined(me, firm):
        me.counts[firm].notices += 1
        if me.watched:
            details = (expected_margin(me, firm), 0.0, 0.0, 0.0, 0.0, 0.0)
            note(me, GIVEN_NOTICE, firm, me.parameters.selection_notice, details)
        me.person.notice = int(me.parameters.selection_notice)
        me.relations[firm].satisfaction = feeling_after_refusal(
            me.relations[firm].satisfaction, me.parameters.selection_resentment
        )


@rule
def be_dropped(me: MonthContext) -> None:
    """The relation ends because the supplier wants it; the person does not come back soon."""
    firm = int(me.person.supplier)
    me.counts[firm].losses_declined += 1
    me.relations[firm].burned = me.clock.month
    if me.watched:
        note(me, NOT_KEPT, firm, float(me.person.tenure), NO_DETAILS)
    close_account(me)
    leave(me, INVOLUNTARY)


@rule
def be_turned_away(me: MonthContext, firm: int) -> None:
    """The chosen firm refuses the customer, who resents it and does not ask again soon."""
    me.counts[firm].turned_away += 1
    if me.watched:
        note(me, TURNED_AWAY, firm, 1.0, (expected_margin(me, firm), 0.0, 0.0, 0.0, 0.0, 0.0))
    me.person.turned_away = firm + 1
    me.relations[firm].burned = me.clock.month
    me.relations[firm].reputation = feeling_after_refusal(
        me.relations[firm].reputation, me.parameters.selection_resentment
    )
    if me.relations[firm].last_purchase != NEVER:
        me.relations[firm].satisfaction = feeling_after_refusal(
            me.relations[firm].satisfaction, me.parameters.selection_resentment
        )


@rule
def be_remembered(me: MonthContext) -> None:
    """Before the month's service: what it took so far fades, and of a new customer the usual is assumed."""
    firm = int(me.person.supplier)
    if me.parameters.selection_term <= 0.0 or firm == NOBODY:
        return
    if me.person.tenure == 0:
        me.person.burden = me.offers[firm].hours_mean
    else:
        me.person.burden = as_float64(me.person.burden) * (1.0 - 1.0 / me.parameters.selection_memory)
