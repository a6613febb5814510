"""Blocks of customers in the world: lives, drift of needs, words heard, marketing received."""

from sim.model.customers.environment import BEST_RANK, be_targeted, live_and_die
from sim.model.equations.needs import goal_after_drift
from sim.model.equations.satisfaction import clip, updated_expectation
from sim.model.month_context import MonthContext
from sim.model.randomness import DEATH, DRIFT, REACH, REFILL, normals_of, what_for, who_and_when, word_at
from sim.model.state import DIMENSIONS
from sim.numeric.compiled_bits import fine_uniform, lower_uniform, upper_uniform
from sim.numeric.compiling import inlined
from sim.simulation.engines.lanes import Block


@inlined
def live_and_die_in(block: Block) -> None:
    """Those whose month it is to come or to go are found in a loop; few are, and they take the step itself."""
    month, parameters = block.month, block.month.parameters[0]
    death, exit_, refill = parameters.death, parameters.category_exit, parameters.refill
    key, now = month.clock.key, month.clock.month
    going, coming = what_for(DEATH, 0, 0), what_for(REFILL, 0, 0)
    for lane in range(block.stop - block.start):
        place = block.start + lane
        person = block.person[place]
        who = who_and_when(key, place, 0, now)
        bits = word_at(who, going)
        goes = (upper_uniform(bits) < death) | (lower_uniform(bits) < exit_)
        comes = fine_uniform(word_at(who, coming)) < refill
        there = person.present != 0
        block.lanes[lane].flag = 1 if (goes & there) | (comes & (not there)) else 0
    for lane in range(block.stop - block.start):
        if block.lanes[lane].flag != 0:
            i = block.start + lane
            live_and_die(
                MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )
            )  # fmt: skip


@inlined
def remember_who(block: Block) -> None:
    """The word of each person and month, from which all its draws are made."""
    key, now = block.month.clock.key, block.month.clock.month
    for lane in range(block.stop - block.start):
        place = block.start + lane
        block.lanes[lane].who = who_and_when(key, place, block.person[place].generation, now)


@inlined
def drift_in(block: Block) -> None:
    """What the customers try to achieve moves on."""
    parameters = block.month.parameters[0]
    drift, spread = parameters.needs_drift, parameters.needs_spread
    if drift <= 0.0:
        return
    first, second = what_for(DRIFT, 0, 0), what_for(DRIFT, 1, 0)
    for n in range(block.stop - block.start):
        lane = block.lanes[n]
        lane.shock[0], lane.shock[1] = normals_of(word_at(lane.who, first))
        lane.shock[2], lane.shock[3] = normals_of(word_at(lane.who, second))
    for k in range(DIMENSIONS):
        for n in range(block.stop - block.start):
            person = block.person[block.start + n]
            goal = person.goal[k]
            moved = goal_after_drift(goal, block.lanes[n].shock[k], drift, spread)
            person.goal[k] = moved if person.present != 0 else goal


@inlined
def be_reached_in(block: Block) -> None:
    """Marketing to all, and the offer to newcomers, in loops; whom marketing may have picked takes the step itself."""
    for firm in range(block.relations.firms):
        offer = block.month.offers[firm]
        if offer.reach_mass + offer.reach_targeted > 0.0 or offer.newcomer_discount > 0.0:
            draw_reach(block, firm)
        be_contacted_in(block, firm)
        if offer.newcomer_discount > 0.0:
            notice_newcomer_offer_in(block, firm)


@inlined
def draw_reach(block: Block, firm: int) -> None:
    """Both numbers of each customer's luck with one firm's marketing."""
    what = what_for(REACH, 0, block.month.offers[firm].key)
    for n in range(block.stop - block.start):
        lane = block.lanes[n]
        bits = word_at(lane.who, what)
        lane.number = upper_uniform(bits)
        lane.second = lower_uniform(bits)


@inlined
def be_contacted_in(block: Block, firm: int) -> None:
    """Contacts of one firm: they make it known and its promise expected."""
    month, parameters, offer = block.month, block.month.parameters[0], block.month.offers[firm]
    mass, promise, effect = offer.reach_mass, offer.promise, parameters.marketing_promise_effect
    limit = mass + BEST_RANK * offer.reach_targeted
    contacts, picked = 0, 0
    for n in range(block.stop - block.start):
        person, relation, lane = block.person[block.start + n], block.relations[block.start + n][firm], block.lanes[n]
        there = person.present != 0
        reached = there & (lane.number < mass) & (limit > 0.0)
        picks = there & (lane.number >= mass) & (lane.number < limit)
        contacts += 1 if reached else 0
        picked += 1 if picks else 0
        lane.flag = 1 if picks else 0
        known, before, expected = relation.aware, relation.contacted, relation.expectation
        relation.aware = 1 if reached else known
        contacted = 1 if reached else 0
        relation.contacted = contacted if there else before
        raised = updated_expectation(expected, promise, effect)
        relation.expectation = raised if reached & (promise > expected) else expected
    month.counts[firm].contacts_mass += contacts
    if picked > 0:
        for n in range(block.stop - block.start):
            if block.lanes[n].flag != 0:
                i = block.start + n
                me = MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )  # fmt: skip
                be_targeted(me, firm, block.lanes[n].number)


@inlined
def notice_newcomer_offer_in(block: Block, firm: int) -> None:
    """Customers of a firm may see what newcomers get."""
    parameters, discount = block.month.parameters[0], block.month.offers[firm].newcomer_discount
    notice, betrayal = parameters.marketing_notice, parameters.marketing_betrayal
    for n in range(block.stop - block.start):
        person, relation = block.person[block.start + n], block.relations[block.start + n][firm]
        own = (person.supplier == firm) & (person.tenure > 0) & (person.present != 0)
        before = relation.satisfaction
        after = clip(before - betrayal * discount)
        relation.satisfaction = after if own & (block.lanes[n].second < notice) else before
