"""Incidents are served by a desk with limited hours, and what customers make of it."""

from sim.model.customers.common import cents, close_incidents, to_fixed_point
from sim.model.customers.customer_selection import be_remembered
from sim.model.customers.draws import draw
from sim.model.customers.incidents import EVEN
from sim.model.customers.notes import flag, note
from sim.model.customers.own_books import rank_of_value
from sim.model.equations.satisfaction import clip, updated_expectation, updated_satisfaction
from sim.model.equations.service import by_rank
from sim.model.events import GAVE_UP_WAITING, SERVED, WAITED
from sim.model.month_context import MonthContext
from sim.model.randomness import GIVING_UP, REWORK, SENIOR
from sim.model.randomness import SERVED as REACHED
from sim.model.state import NOBODY
from sim.numeric.compiling import as_float64, inlined, rule


@inlined
def be_served(me: MonthContext) -> None:
    """The desk reaches the customer, or the work waits another month, or the customer gives it up, badly served."""
    firm = int(me.person.supplier)
    be_remembered(me)
    if firm == NOBODY or me.person.open_incidents == 0:
        return
    rank = 0.5
    if me.offers[firm].priority > 0.0:
        rank = rank_of_value(me, firm, me.offers[firm].walls_to_value_service, me.offers[firm].books_of_service, 0.0)
    chance = by_rank(me.offers[firm].served_share, me.offers[firm].priority, rank)
    if draw(me, REACHED, 0, me.offers[firm].key) >= chance:
        me.person.incident_age += 1
        details = (me.offers[firm].served_share, flag(rank < EVEN), 0.0, 0.0, 0.0, 0.0)
        if draw(me, GIVING_UP, 0, me.offers[firm].key) < me.parameters.service_giving_up:
            feel_service(me, firm, 0.0)
            if me.watched:
                note(me, GAVE_UP_WAITING, firm, float(me.person.incident_age), details)
            close_incidents(me)
        elif me.watched:
            note(me, WAITED, firm, float(me.person.incident_age), details)
        return
    experience_service(me, firm, rank)


@rule
def experience_service(me: MonthContext, firm: int, rank: float) -> None:
    """Service experience: waiting, hand-offs, repeated stories and rework lower it; the senior tier raises it."""
    wait = me.offers[firm].wait * (1.0 + me.offers[firm].priority * (1.0 - 2.0 * rank)) + float(me.person.incident_age)
    senior = draw(me, SENIOR, 0, me.offers[firm].key) < by_rank(me.offers[firm].senior, me.offers[firm].priority, rank)
    handoffs, repeats = float(me.person.incident_handoffs), float(me.person.told_again)
    rework = me.offers[firm].rework + me.parameters.service_rework_handoff * handoffs
    chance = min(me.parameters.service_most_rework, rework * me.offers[firm].repeating)
    again = draw(me, REWORK, 0, me.offers[firm].key) < chance
    experience = me.parameters.service_base + me.offers[firm].improvement - me.offers[firm].morale_loss
    experience -= me.parameters.service_wait_effect * wait
    experience -= me.parameters.service_handoff_effect * handoffs + me.parameters.service_told_again_effect * repeats
    if senior:
        experience += me.parameters.service_senior_effect
    if again:
        experience -= me.parameters.service_rework_effect
    feel_service(me, firm, clip(experience))
    me.counts[firm].incidents_served += int(me.person.open_incidents)
    me.counts[firm].wait += to_fixed_point(wait * float(me.person.open_incidents))
    cost = charge(me, firm)
    if again:
        me.counts[firm].repeats += 1
    if me.watched:
        details = (
            float(me.person.open_incidents),
            flag(again),
            float(cost),
            handoffs,
            repeats,
            flag(senior) + 2.0 * chance,
        )
        note(me, SERVED, firm, float(me.person.incident_age), details)
    close_or_reopen(me, again)


@rule
def feel_service(me: MonthContext, firm: int, experience: float) -> None:
    """Service moves satisfaction and expectation, and may leave a shortfall to complain about."""
    expectation = me.relations[firm].expectation
    me.relations[firm].satisfaction = updated_satisfaction(
        me.relations[firm].satisfaction,
        experience,
        expectation,
        me.parameters.satisfaction_learning_incident,
        me.parameters.satisfaction_disconfirmation,
        float(me.person.loss_aversion),
    )
    me.person.shortfall = max(float(me.person.shortfall), expectation - experience)
    me.relations[firm].expectation = updated_expectation(
        expectation, experience, me.parameters.satisfaction_expectation_incident
    )


@rule
def charge(me: MonthContext, firm: int) -> int:
    """The hours spent are the customer's cost to serve, which is returned. [cents]"""
    hours = me.person.open_hours
    me.counts[firm].hours_served += to_fixed_point(hours)
    me.counts[firm].hours_squared += to_fixed_point(hours * hours)
    me.counts[firm].hours_by_standing += to_fixed_point(hours * as_float64(me.person.standing))
    if me.parameters.selection_term > 0.0:
        me.person.burden = as_float64(me.person.burden) + hours / me.parameters.selection_memory
    cost = cents(me, hours * me.offers[firm].wage)
    me.counts[firm].cost_service += cost
    me.relations[firm].contribution -= cost
    if me.relations[firm].contribution < 0:
        me.counts[firm].cost_service_unprofitable += cost
    return cost


@rule
def close_or_reopen(me: MonthContext, again: bool) -> None:
    """Work that must be done again comes back next month with the hours of one incident."""
    if again:
        me.person.open_hours = me.person.open_hours / float(me.person.open_incidents)
        me.person.open_incidents = 1
        me.person.incident_age += 1
        return
    close_incidents(me)
