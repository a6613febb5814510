"""Relations of a repertoire: what was bought when, who is still a customer, and where the rest of the wallet goes."""

from sim.model.customers.common import GONE, to_fixed_point
from sim.model.customers.notes import NO_DETAILS, note
from sim.model.equations.choice import chance_of_dropout, response
from sim.model.equations.repertoire import (
    THIS_YEAR,
    YEAR_BEFORE,
    chance_alive,
    chance_in_use,
    history_after,
)
from sim.model.events import RELATION_OVER
from sim.model.month_context import MonthContext
from sim.model.state import NEVER
from sim.numeric.compiling import as_float64, inlined, rule


@rule
def rate_with(me: MonthContext, firm: int) -> float:
    """Purchases that a person makes at one firm, by the habit of buying there. [1/month]"""
    frequency = response(
        me.relations[firm].satisfaction, me.parameters.satisfaction_neutral, me.parameters.economics_frequency_response
    )
    return as_float64(me.person.rate) * frequency * as_float64(me.relations[firm].habit)


@rule
def is_live(me: MonthContext, firm: int) -> bool:
    """Whether the person has bought from the firm, and the relation is not over."""
    return me.relations[firm].last_purchase != NEVER and me.relations[firm].burned != GONE


@rule
def use_of_supplier(me: MonthContext, firm: int) -> float:
    """Chance that a customer uses the firm's supply in a month; none where the relation is over."""
    return chance_in_use(rate_with(me, firm)) if is_live(me, firm) else 0.0


@inlined
def keep_history(me: MonthContext) -> None:
    """The month's purchases are remembered, and relations are counted."""
    everything = 0
    for firm in range(len(me.relations)):
        everything += int(me.relations[firm].bought)
    for firm in range(len(me.relations)):
        remember_purchases(me, firm, everything)


@rule
def remember_purchases(me: MonthContext, firm: int, everything: int) -> None:
    """The month's purchases from one firm. everything: purchases from all firms"""
    history = history_after(int(me.relations[firm].history), 1 if me.relations[firm].bought > 0 else 0)
    me.relations[firm].history = history
    this_year, before = history & THIS_YEAR != 0, history & YEAR_BEFORE != 0
    counts = me.counts[firm]
    if this_year:
        counts.buyers += 1
        counts.category_purchases += everything
    if before:
        counts.buyers_before += 1
    if this_year and before:
        counts.buyers_again += 1
    if me.relations[firm].last_purchase != NEVER:
        counts.alive += to_fixed_point(chance_alive_with(me, firm))
        if is_live(me, firm):
            counts.relations += 1


@rule
def chance_alive_with(me: MonthContext, firm: int) -> float:
    """Chance that the relation with a firm is not over, by the person's own rate and dropout."""
    dropout = chance_of_dropout(
        as_float64(me.person.dropout),
        me.relations[firm].satisfaction,
        me.parameters.satisfaction_neutral,
        me.parameters.economics_dropout_response,
    )
    return chance_alive(rate_with(me, firm), dropout, float(me.clock.month - int(me.relations[firm].last_purchase)))


@rule
def end_relations(me: MonthContext) -> None:
    """A person who goes has no relations any more."""
    for firm in range(len(me.relations)):
        if is_live(me, firm):
            me.counts[firm].relations_gone += 1
            if me.watched:
                note(me, RELATION_OVER, firm, 1.0, NO_DETAILS)
