"""The world moves on: deaths, exits, newcomers, drift of needs, words heard, marketing received."""

from sim.model.customers.common import leave
from sim.model.customers.customer_account import close_account
from sim.model.customers.customer_outcome import fails, leave_debts
from sim.model.customers.customer_selection import is_declined
from sim.model.customers.draws import (
    draw_lasting_normals,
    draw_normals,
    draw_of_place,
    draw_pair,
    draw_pair_of_place,
)
from sim.model.customers.notes import NO_DETAILS, flag, note
from sim.model.customers.relations import end_relations
from sim.model.customers.sources import INVOLUNTARY
from sim.model.equations.needs import goal_after_drift
from sim.model.equations.satisfaction import clip, updated_expectation
from sim.model.equations.service import estimated_rank
from sim.model.events import (
    CAME,
    CONTACTED,
    DIED,
    FAILED,
    LEFT_CATEGORY,
    SAW_NEWCOMER_OFFER,
)
from sim.model.month_context import MonthContext
from sim.model.randomness import DEATH, DRIFT, REACH, REFILL, VALUE
from sim.model.state import DIMENSIONS, NEVER, NOBODY
from sim.numeric.compiling import as_float64, inlined, rule

BEST_RANK = 2.0  # what targeted marketing reaches of the best-ranked people, against the mean over people


@inlined
def live_and_die(me: MonthContext) -> None:
    """A person dies, leaves the category, or takes an empty place, by the luck of the place: births are the same."""
    if me.person.present == 0:
        if draw_of_place(me, REFILL) < me.parameters.refill:
            me.person.present = 2
            if me.watched:
                note(me, CAME, NOBODY, 0.0, NO_DETAILS)
        return
    death, exit_ = draw_pair_of_place(me, DEATH)
    dies = death < me.parameters.death
    gone = dies or exit_ < me.parameters.category_exit
    failed = not gone and fails(me)
    if gone or failed:
        if me.person.supplier != NOBODY and failed:
            leave_debts(me)
        if me.person.supplier != NOBODY:
            close_account(me)
        if me.watched:
            code = DIED if dies else LEFT_CATEGORY if gone else FAILED
            details = (as_float64(me.person.outcome), 0.0, 0.0, 0.0, 0.0, 0.0)
            note(me, code, int(me.person.supplier), float(me.person.tenure), details)
        if me.person.supplier != NOBODY:
            if not failed:
                count_going(me, dies)
            leave(me, INVOLUNTARY)
        if me.parameters.contract <= 0.0:
            end_relations(me)
        me.person.present = 0
        me.person.said = 0
        me.person.generation += 1
        for firm in range(len(me.relations)):
            me.relations[firm].bought = 0


@rule
def count_going(me: MonthContext, dies: bool) -> None:
    """A customer is lost to the firm because the person dies or leaves the category."""
    if dies:
        me.counts[int(me.person.supplier)].lost_death += 1
    else:
        me.counts[int(me.person.supplier)].lost_exit += 1


@inlined
def drift(me: MonthContext) -> None:
    """What the customer tries to achieve moves on."""
    if me.parameters.needs_drift <= 0.0:
        return
    for half in range(DIMENSIONS // 2):
        first, second = draw_normals(me, DRIFT, half, 0)
        k = 2 * half
        me.person.goal[k] = goal_after_drift(
            me.person.goal[k], first, me.parameters.needs_drift, me.parameters.needs_spread
        )
        me.person.goal[k + 1] = goal_after_drift(
            me.person.goal[k + 1], second, me.parameters.needs_drift, me.parameters.needs_spread
        )


@rule
def rank_of_value(me: MonthContext, firm: int, walls: float) -> float:
    """Rank of a customer's spending as a department estimates it: the higher the walls to those who know, the worse."""
    error = draw_lasting_normals(me, VALUE, 0, me.offers[firm].key)[0]
    return estimated_rank(as_float64(me.person.standing), error, me.parameters.belief_value_error * walls)


@inlined
def be_reached(me: MonthContext) -> None:
    """Marketing reaches the customer: awareness, promises, and offers made to newcomers only."""
    supplier = int(me.person.supplier)
    for firm in range(len(me.offers)):
        me.relations[firm].contacted = 0
        chance = me.offers[firm].reach_mass + me.offers[firm].reach_targeted
        if chance <= 0.0:
            continue
        number = draw_pair(me, REACH, 0, me.offers[firm].key)[0]  # the second is for the offer to newcomers
        if number < me.offers[firm].reach_mass:
            me.counts[firm].contacts_mass += 1
            be_contacted(me, firm)
        elif number < me.offers[firm].reach_mass + BEST_RANK * me.offers[firm].reach_targeted:
            be_targeted(me, firm, number)
    if supplier != NOBODY and me.person.tenure > 0:
        notice_newcomer_offer(me, supplier)


@rule
def be_targeted(me: MonthContext, firm: int, number: float) -> None:
    """Marketing that picks those who spend much reaches the customer if the rank is high enough. number: luck [0-1]"""
    if is_declined(me, firm):
        return
    rank = rank_of_value(me, firm, me.offers[firm].walls_to_value_marketing)
    if number < me.offers[firm].reach_mass + BEST_RANK * me.offers[firm].reach_targeted * rank:
        me.counts[firm].contacts_targeted += 1
        be_contacted(me, firm)


@rule
def be_contacted(me: MonthContext, firm: int) -> None:
    """A contact makes the firm known and its promise expected."""
    me.relations[firm].contacted = 1
    me.relations[firm].aware = 1
    if me.watched:
        number = draw_pair(me, REACH, 0, me.offers[firm].key)[0]
        mass = flag(number < me.offers[firm].reach_mass)
        raised = flag(me.offers[firm].promise > me.relations[firm].expectation)
        note(me, CONTACTED, firm, 1.0, (mass, 1.0 - mass, raised, 0.0, 0.0, 0.0))
    if me.offers[firm].promise > me.relations[firm].expectation:
        me.relations[firm].expectation = updated_expectation(
            me.relations[firm].expectation, me.offers[firm].promise, me.parameters.marketing_promise_effect
        )


@rule
def notice_newcomer_offer(me: MonthContext, supplier: int) -> None:
    """An existing customer may see what newcomers get."""
    discount = me.offers[supplier].newcomer_discount
    if discount > 0.0 and draw_pair(me, REACH, 0, me.offers[supplier].key)[1] < me.parameters.marketing_notice:
        before = me.relations[supplier].satisfaction
        me.relations[supplier].satisfaction = clip(before - me.parameters.marketing_betrayal * discount)
        if me.watched:
            details = (discount, 0.0, 0.0, 0.0, 0.0, 0.0)
            note(me, SAW_NEWCOMER_OFFER, supplier, me.relations[supplier].satisfaction - before, details)


@rule
def knows_treatment(me: MonthContext, firm: int) -> bool:
    """Whether the customer knows how a firm treats its customers: words heard this month, or own use not long ago."""
    if me.scratch[firm].praise + me.scratch[firm].blame > 0:
        return True
    then = int(me.relations[firm].last_purchase)
    return then != NEVER and me.clock.month - then < me.parameters.choice_lapse


@inlined
def raise_expectations(me: MonthContext) -> None:
    """Expectations of each firm rise towards the best treatment by another firm that the customer knows of."""
    if me.parameters.satisfaction_expectation_trend <= 0.0:
        return
    for firm in range(len(me.offers)):
        best = 0.0
        for rival in range(len(me.offers)):
            better = rival != firm and me.offers[rival].treatment > best
            if better and knows_treatment(me, rival):
                best = me.offers[rival].treatment
        if best > me.relations[firm].expectation:
            me.relations[firm].expectation = updated_expectation(
                me.relations[firm].expectation, best, me.parameters.satisfaction_expectation_trend
            )
