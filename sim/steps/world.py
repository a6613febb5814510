"""The world moves on: deaths, exits, newcomers, drift of needs, words heard, marketing received."""

from sim.compiling import as_float64, inlined, rule
from sim.month_context import MonthContext
from sim.randomness import AWARE, DEATH, DRIFT, EXIT, NOTICE, REACH, REFILL, VALUE
from sim.rules.feeling import clipped, updated_expectation
from sim.rules.needs import drifted
from sim.rules.service import estimated_rank
from sim.rules.word_of_mouth import chance_to_learn_of, faded, updated_reputation
from sim.state import DIMENSIONS, NEVER, NOBODY
from sim.steps.accounts import close_account
from sim.steps.common import leave
from sim.steps.draws import draw, draw_lasting_normals, draw_normals, draw_of_place
from sim.steps.prospering import fails, leave_debts
from sim.steps.selecting import is_declined


@inlined
def live_and_die(me: MonthContext) -> None:
    """A person dies, leaves the category, or takes an empty place, by the luck of the place: births are the same."""
    if me.person.present == 0:
        if draw_of_place(me, REFILL) < me.parameters.refill:
            me.person.present = 2
        return
    dies = draw_of_place(me, DEATH) < me.parameters.death
    gone = dies or draw_of_place(me, EXIT) < me.parameters.category_exit
    if gone or fails(me):
        if me.person.supplier != NOBODY:
            if not gone:
                leave_debts(me)
            close_account(me)
            leave(me, True)
        me.person.present = 0
        me.person.said = 0
        me.person.generation += 1
        for firm in range(len(me.relations)):
            me.relations[firm].bought = 0


@inlined
def drift(me: MonthContext) -> None:
    """What the customer tries to achieve moves on."""
    if me.parameters.needs_drift <= 0.0:
        return
    for half in range(DIMENSIONS // 2):
        first, second = draw_normals(me, DRIFT, half, 0)
        k = 2 * half
        me.person.goal[k] = drifted(me.person.goal[k], first, me.parameters.needs_drift, me.parameters.needs_spread)
        me.person.goal[k + 1] = drifted(
            me.person.goal[k + 1], second, me.parameters.needs_drift, me.parameters.needs_spread
        )


@rule
def gather(me: MonthContext) -> None:
    """Count what the neighbours said last month, by firm and sign."""
    for firm in range(len(me.scratch)):
        me.scratch[firm].praise = 0
        me.scratch[firm].blame = 0
    slot = int(me.person.slot)
    for place in range(me.network.start[slot], me.network.start[slot + 1]):
        message = int(me.network.audible[me.network.ties[place]])
        if message > 0:
            firm = (message - 1) // 2
            if message % 2 == 1:
                me.scratch[firm].praise += 1
            else:
                me.scratch[firm].blame += 1


@inlined
def hear(me: MonthContext) -> None:
    """Words of others move reputations and make firms known."""
    gather(me)
    me.person.bad_words = 0
    supplier = int(me.person.supplier)
    weight = clipped(me.parameters.word_of_mouth_weight * float(me.person.susceptibility))
    for firm in range(len(me.scratch)):
        good, bad = me.scratch[firm].praise, me.scratch[firm].blame
        if good + bad == 0:
            me.relations[firm].reputation = faded(
                me.relations[firm].reputation, me.parameters.satisfaction_neutral, me.parameters.word_of_mouth_fading
            )
            continue
        me.relations[firm].reputation = updated_reputation(me.relations[firm].reputation, good, bad, weight)
        if firm == supplier:
            me.person.bad_words = min(100, bad)
        if me.relations[firm].aware == 0:
            chance = chance_to_learn_of(good + bad, me.parameters.word_of_mouth_awareness)
            if draw(me, AWARE, 0, me.offers[firm].key) < chance:
                me.relations[firm].aware = 1


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
        number = draw(me, REACH, 0, me.offers[firm].key)
        targeted = me.offers[firm].reach_targeted * 2.0  # for the best rank
        if number >= me.offers[firm].reach_mass + targeted:
            continue
        if targeted > 0.0 and is_declined(me, firm):
            targeted = 0.0
        if targeted > 0.0:
            walls = me.offers[firm].walls_to_value_marketing
            targeted *= rank_of_value(me, firm, walls)
        if number < me.offers[firm].reach_mass:
            me.counts[firm].contacts_mass += 1
        elif number < me.offers[firm].reach_mass + targeted:
            me.counts[firm].contacts_targeted += 1
        else:
            continue
        me.relations[firm].contacted = 1
        me.relations[firm].aware = 1
        if me.offers[firm].promise > me.relations[firm].expectation:
            me.relations[firm].expectation = updated_expectation(
                me.relations[firm].expectation, me.offers[firm].promise, me.parameters.marketing_promise_effect
            )
    if supplier != NOBODY and me.person.tenure > 0:
        notice_newcomer_offer(me, supplier)


@rule
def notice_newcomer_offer(me: MonthContext, supplier: int) -> None:
    """An existing customer may see what newcomers get."""
    discount = me.offers[supplier].newcomer_discount
    if discount > 0.0 and draw(me, NOTICE, 0, me.offers[supplier].key) < me.parameters.marketing_notice:
        me.relations[supplier].satisfaction = clipped(
            me.relations[supplier].satisfaction - me.parameters.marketing_betrayal * discount
        )


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
