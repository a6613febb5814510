"""The world moves on: deaths, exits, newcomers, drift of needs, words heard, marketing received."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import (
    AWARE,
    DEATH,
    DRIFT,
    EXIT,
    NOTICE,
    REACH,
    REFILL,
    VALUE,
    normals,
    uniform,
)
from sim.rules.feeling import clipped, updated_expectation
from sim.rules.needs import drifted
from sim.rules.service import estimated_rank
from sim.rules.word_of_mouth import chance_to_learn_of, faded, updated_reputation
from sim.state import (
    CONTACTS_MASS,
    CONTACTS_TARGETED,
    DIMENSIONS,
    NEVER,
    NOBODY,
    Clock,
    Known,
    Network,
    Offers,
    Person,
    Room,
    Whole,
)
from sim.steps.accounts import close_account
from sim.steps.common import leave, luck
from sim.steps.prospering import fails, leave_debts
from sim.steps.selecting import is_declined


@rule
def live_and_die(person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """A person dies, leaves the category, or takes an empty place, by the luck of the place: births are the same."""
    if person.present == 0:
        if uniform(clock.key, int(person.slot), 0, clock.month, REFILL, 0, 0) < nature.refill:
            person.present = 2
        return
    dies = uniform(clock.key, int(person.slot), 0, clock.month, DEATH, 0, 0) < nature.death
    gone = dies or uniform(clock.key, int(person.slot), 0, clock.month, EXIT, 0, 0) < nature.category_exit
    if gone or fails(person, known, nature, clock):
        if person.supplier != NOBODY:
            if not gone:
                leave_debts(person, known, nature, clock, tally)
            close_account(person, known, nature, clock, tally)
            leave(person, known, clock, tally, True)
        person.present = 0
        person.said = 0
        person.generation += 1
        for firm in range(len(known)):
            known[firm].bought = 0


@rule
def drift(person: Person, known: Known, nature: Nature, clock: Clock) -> None:
    """What the customer tries to achieve moves on."""
    if nature.needs_drift <= 0.0:
        return
    generation = int(person.generation)
    for half in range(DIMENSIONS // 2):
        first, second = normals(clock.key, int(person.slot), generation, clock.month, DRIFT, half, 0)
        k = 2 * half
        person.goal[k] = drifted(person.goal[k], first, nature.needs_drift, nature.needs_spread)
        person.goal[k + 1] = drifted(person.goal[k + 1], second, nature.needs_drift, nature.needs_spread)


@rule
def gather(person: Person, known: Known, network: Network, room: Room) -> None:
    """Count what the neighbours said last month, by firm and sign."""
    for firm in range(len(room)):
        room[firm].praise = 0
        room[firm].blame = 0
    slot = int(person.slot)
    for place in range(network.start[slot], network.start[slot + 1]):
        message = int(network.audible[network.ties[place]])
        if message > 0:
            firm = (message - 1) // 2
            if message % 2 == 1:
                room[firm].praise += 1
            else:
                room[firm].blame += 1


@rule
def hear(
    person: Person, known: Known, network: Network, nature: Nature, offers: Offers, clock: Clock, room: Room
) -> None:
    """Words of others move reputations and make firms known."""
    gather(person, known, network, room)
    person.bad_words = 0
    supplier = int(person.supplier)
    weight = clipped(nature.word_of_mouth_weight * float(person.susceptibility))
    for firm in range(len(room)):
        good, bad = room[firm].praise, room[firm].blame
        if good + bad == 0:
            known[firm].reputation = faded(
                known[firm].reputation, nature.satisfaction_neutral, nature.word_of_mouth_fading
            )
            continue
        known[firm].reputation = updated_reputation(known[firm].reputation, good, bad, weight)
        if firm == supplier:
            person.bad_words = min(100, bad)
        if known[firm].aware == 0:
            chance = chance_to_learn_of(good + bad, nature.word_of_mouth_awareness)
            if luck(person, known, clock, AWARE, 0, offers[firm].key) < chance:
                known[firm].aware = 1


@rule
def rank_of_value(
    firm: int, walls: float, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock
) -> float:
    """Rank of a customer's spending as a department estimates it: the higher the walls to those who know, the worse."""
    generation = int(person.generation)
    error = normals(clock.key, int(person.slot), generation, 0, VALUE, 0, offers[firm].key)[0]
    return estimated_rank(wide(person.standing), error, nature.belief_value_error * walls)


@rule
def be_reached(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """Marketing reaches the customer: awareness, promises, and offers made to newcomers only."""
    supplier = int(person.supplier)
    for firm in range(len(offers)):
        known[firm].contacted = 0
        chance = offers[firm].reach_mass + offers[firm].reach_targeted
        if chance <= 0.0:
            continue
        number = luck(person, known, clock, REACH, 0, offers[firm].key)
        targeted = offers[firm].reach_targeted * 2.0  # for the best rank
        if number >= offers[firm].reach_mass + targeted:
            continue
        if targeted > 0.0 and is_declined(firm, person, known, nature, offers, clock):
            targeted = 0.0
        if targeted > 0.0:
            walls = offers[firm].walls_to_value_marketing
            targeted *= rank_of_value(firm, walls, person, known, nature, offers, clock)
        if number < offers[firm].reach_mass:
            tally[firm, CONTACTS_MASS] += 1
        elif number < offers[firm].reach_mass + targeted:
            tally[firm, CONTACTS_TARGETED] += 1
        else:
            continue
        known[firm].contacted = 1
        known[firm].aware = 1
        if offers[firm].promise > known[firm].expectation:
            known[firm].expectation = updated_expectation(
                known[firm].expectation, offers[firm].promise, nature.marketing_promise_effect
            )
    if supplier != NOBODY and person.tenure > 0:
        notice_newcomer_offer(supplier, person, known, nature, offers, clock)


@rule
def notice_newcomer_offer(
    supplier: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock
) -> None:
    """An existing customer may see what newcomers get."""
    discount = offers[supplier].newcomer_discount
    if discount > 0.0 and luck(person, known, clock, NOTICE, 0, offers[supplier].key) < nature.marketing_notice:
        known[supplier].satisfaction = clipped(known[supplier].satisfaction - nature.marketing_betrayal * discount)


@rule
def knows_treatment(firm: int, person: Person, known: Known, nature: Nature, clock: Clock, room: Room) -> bool:
    """Whether the customer knows how a firm treats its customers: words heard this month, or own use not long ago."""
    if room[firm].praise + room[firm].blame > 0:
        return True
    then = int(known[firm].last_purchase)
    return then != NEVER and clock.month - then < nature.choice_lapse


@rule
def raise_expectations(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room) -> None:
    """Expectations of each firm rise towards the best treatment by another firm that the customer knows of."""
    if nature.satisfaction_expectation_trend <= 0.0:
        return
    for firm in range(len(offers)):
        best = 0.0
        for rival in range(len(offers)):
            better = rival != firm and offers[rival].treatment > best
            if better and knows_treatment(rival, person, known, nature, clock, room):
                best = offers[rival].treatment
        if best > known[firm].expectation:
            known[firm].expectation = updated_expectation(
                known[firm].expectation, best, nature.satisfaction_expectation_trend
            )
