"""Buying from a repertoire: trial, occasions, habit, dropout, and whose customer a person is."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import DROPOUT, TRIAL
from sim.rules.choice import chance_of_dropout
from sim.state import NEVER, NOBODY, PURCHASES_MADE, Clock, Known, Offers, Person, Room, Whole
from sim.steps.buying import basket, occasions, pay, take_further_category, use
from sim.steps.choosing import UNTHINKABLE, judge, pick
from sim.steps.common import GONE, count_tired, join, leave, luck
from sim.steps.holding import usefulness
from sim.steps.offer import tailor


@rule
def occasions_in_repertoire(person: Person, known: Known, nature: Nature, clock: Clock) -> int:
    """Purchase occasions of the month; a person without supplier may have to try a firm first, on some day of it."""
    supplier = int(person.supplier)
    neutral = nature.satisfaction_neutral
    if supplier != NOBODY:
        return occasions(person, known, nature, clock, known[supplier].satisfaction, 1.0)
    if nature.choice_trial <= 0.0:
        return occasions(person, known, nature, clock, neutral, 1.0)
    number = luck(person, known, clock, TRIAL, 0, 0)
    if number >= nature.choice_trial:
        return 0
    return 1 + occasions(person, known, nature, clock, neutral, 1.0 - number / nature.choice_trial)


@rule
def buy_from_repertoire(
    person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole
) -> None:
    """Every purchase is a choice among known firms; loyalty is habit."""
    firms = len(offers)
    bought = occasions_in_repertoire(person, known, nature, clock)
    person.purchases = 0
    for firm in range(firms):
        known[firm].bought = 0
    if bought > 0:
        judge(person, known, nature, offers, clock, room)
        for occasion in range(bought):
            chosen = pick(person, known, nature, offers, clock, room, occasion)
            if chosen != NOBODY:
                known[chosen].bought += 1
                learn_habit(chosen, person, known, nature, firms)
                may_drop_out(chosen, occasion, person, known, nature, offers, clock, room)
    for firm in range(firms):
        if known[firm].bought > 0:
            receive(firm, int(known[firm].bought), person, known, nature, offers, clock, room, tally)
    settle_supplier(person, known, nature, clock, tally)
    main = int(person.supplier)
    if main != NOBODY and known[main].bought > 0:
        person.purchases = known[main].bought
        person.fit = room[main].fit
        person.depth = room[main].depth
        person.shortfall = room[main].shortfall
        take_further_category(main, person, known, nature, offers, clock)


@rule
def learn_habit(chosen: int, person: Person, known: Known, nature: Nature, firms: int) -> None:
    """Habit follows purchases."""
    for firm in range(firms):
        target = 1.0 if firm == chosen else 0.0
        habit = wide(known[firm].habit)
        known[firm].habit = habit + nature.choice_habit_learning * (target - habit)


@rule
def receive(
    firm: int, times: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room,
    tally: Whole,
) -> None:  # fmt: skip
    """What was bought from one firm this month: bill, cost and use."""
    fitting, depth, moved = tailor(firm, person, known, nature, offers, clock, room)
    if firm == int(person.supplier):
        fitting *= usefulness(person, known, nature)
    tally[firm, PURCHASES_MADE] += times
    pay(firm, times * basket(firm, person, known, nature), depth, moved, person, known, nature, offers, clock, tally)
    room[firm].fit = fitting
    room[firm].depth = depth
    room[firm].shortfall = use(
        firm, fitting, times, nature.satisfaction_learning_purchase, person, known, nature, offers, clock, tally
    )


@rule
def may_drop_out(
    firm: int, occasion: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room
) -> None:
    """After a repeat purchase the relation with a firm may be over for good."""
    base = wide(person.dropout)
    if base <= 0.0 or (known[firm].last_purchase == NEVER and known[firm].bought < 2):
        return
    chance = chance_of_dropout(
        base, known[firm].satisfaction, nature.satisfaction_neutral, nature.economics_dropout_response
    )
    if luck(person, known, clock, DROPOUT, occasion, offers[firm].key) < chance:
        known[firm].burned = GONE
        room[firm].value = UNTHINKABLE


@rule
def main_firm(person: Person, known: Known, nature: Nature, clock: Clock) -> int:
    """The firm with the strongest habit among those bought from lately; the present one keeps a lead."""
    best, most = NOBODY, -1.0
    for firm in range(len(known)):
        then = int(known[firm].last_purchase)
        strength = wide(known[firm].habit)
        if firm == int(person.supplier):
            strength += nature.choice_main_lead
        if then != NEVER and clock.month - then < nature.choice_lapse and strength > most:
            best, most = firm, strength
    return best


@rule
def settle_supplier(person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """Repertoire: a customer belongs to the main firm; a change of main firm or a lapse is a loss."""
    main = main_firm(person, known, nature, clock)
    supplier = int(person.supplier)
    if main == supplier:
        return
    if supplier != NOBODY:
        if known[supplier].satisfaction < nature.choice_burn_threshold:
            known[supplier].burned = max(int(known[supplier].burned), clock.month)
        count_tired(person, known, nature, tally)
        leave(person, known, clock, tally, False)
    if main != NOBODY:
        join(main, person, known, clock, tally)
