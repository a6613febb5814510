"""Evaluate and choose: who looks around, and which firm they take."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import CONSIDER, TASTE, gumbel, normals
from sim.rules.choice import chance_to_consider, price_trigger, value_of_firm
from sim.rules.needs import fit
from sim.state import NEVER, NOBODY, Clock, Known, Offers, Person, Room, Whole
from sim.steps.accounts import close_account, count_held
from sim.steps.common import count_tired, join, leave, luck
from sim.steps.offer import nearest_line, state_preference
from sim.steps.selecting import be_dropped, be_turned_away, is_declined, review_contract

UNTHINKABLE = -1e9


@rule
def is_burned(firm: int, person: Person, known: Known, nature: Nature, clock: Clock) -> bool:
    """True while the customer stays away from the firm after a bad end."""
    then = int(known[firm].burned)
    return then != NEVER and clock.month - then < nature.choice_burn_months


@rule
def discount_granted(firm: int, person: Person, known: Known, offers: Offers, clock: Clock) -> float:
    """Discount that the customer demanded and still has with the supplier. [share]"""
    if firm == int(person.supplier) and int(person.discount_until) >= clock.month:
        return offers[firm].retention_discount
    return 0.0


@rule
def reasons_to_look(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> float:
    """Extra chance of looking around from this month's events."""
    supplier = int(person.supplier)
    reasons = nature.choice_consider_word * person.bad_words
    if person.incident_age >= 1:
        reasons += nature.choice_consider_ticket
    price = offers[supplier].price * (1.0 - discount_granted(supplier, person, known, offers, clock))
    dearer = price_trigger(price, offers[supplier].reference_price)
    for firm in range(len(offers)):
        if firm != supplier and known[firm].contacted == 1:
            reasons += nature.choice_consider_contact
            offered = offers[firm].price * (1.0 - offers[firm].newcomer_discount)
            dearer = max(dearer, price_trigger(price, offered))
    return reasons + nature.choice_consider_price * dearer


@rule
def looks_around(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> bool:
    """Whether the customer considers the market this month."""
    supplier = int(person.supplier)
    number = luck(person, known, clock, CONSIDER, 0, 0)
    if supplier == NOBODY or person.notice > 0:
        return number < nature.choice_entry
    return number < chance_to_consider(
        known[supplier].satisfaction,
        nature.satisfaction_neutral,
        nature.choice_consider,
        nature.choice_consider_slope,
        reasons_to_look(person, known, nature, offers, clock),
    )


@rule
def worth(firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room) -> float:
    """Utility of one known firm before the luck of the day."""
    own = firm == int(person.supplier)
    tried = known[firm].last_purchase != NEVER
    standing = known[firm].satisfaction if tried else known[firm].reputation
    _, distance = nearest_line(firm, person, known, offers, room)
    discount = 0.0 if tried else offers[firm].newcomer_discount
    offer = nature.choice_promotion_weight * discount
    if known[firm].contacted == 1 and not own:
        offer += nature.choice_contact_weight
    if not tried and nature.choice_effort > 0.0:
        offer -= nature.choice_effort * (offers[firm].lines - 1)
    if own and nature.contract:
        offer += nature.choice_switching_cost
    taste = normals(clock.key, int(person.slot), int(person.generation), 0, TASTE, 0, offers[firm].key)[0]
    value = value_of_firm(
        standing,
        fit(distance, nature.needs_tolerance),
        offers[firm].price * (1.0 - max(discount, discount_granted(firm, person, known, offers, clock))),
        offer,
        nature.choice_experience_weight,
        nature.choice_fit_weight,
        wide(person.price_weight),
    )
    return value + nature.choice_taste * taste + nature.choice_habit_weight * wide(known[firm].habit)


@rule
def judge(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room) -> None:
    """Utility of every firm; unknown and burned ones are unthinkable."""
    state_preference(person, known, nature, clock, room)
    for firm in range(len(offers)):
        if known[firm].aware == 0 or is_burned(firm, person, known, nature, clock):
            room[firm].value = UNTHINKABLE
        else:
            room[firm].value = worth(firm, person, known, nature, offers, clock, room)


@rule
def pick(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room, draw: int) -> int:
    """The best firm of the moment, or nobody: a logit choice by one keyed Gumbel number a firm."""
    generation = int(person.generation)
    best = NOBODY
    most = nature.choice_outside + gumbel(clock.key, int(person.slot), generation, clock.month, draw, 0)
    for firm in range(len(offers)):
        if room[firm].value > UNTHINKABLE:
            value = room[firm].value + gumbel(
                clock.key, int(person.slot), generation, clock.month, draw, offers[firm].key
            )
            if value > most:
                best, most = firm, value
    return best


@rule
def be_accepted(
    person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole
) -> int:
    """The best firm of the moment that accepts the person, or nobody."""
    chosen = pick(person, known, nature, offers, clock, room, 0)
    while chosen != NOBODY and chosen != person.supplier and is_declined(chosen, person, known, nature, offers, clock):
        be_turned_away(chosen, person, known, nature, clock, tally)
        room[chosen].value = UNTHINKABLE
        chosen = pick(person, known, nature, offers, clock, room, 0)
    return chosen


@rule
def choose_supplier(
    person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole
) -> None:
    """Contract: those who look around, or are given notice, choose a supplier that takes them, or none."""
    review_contract(person, known, nature, offers, clock, tally)
    if not looks_around(person, known, nature, offers, clock):
        return
    judge(person, known, nature, offers, clock, room)
    supplier = int(person.supplier)
    if person.notice > 0:
        room[supplier].value = UNTHINKABLE
    chosen = be_accepted(person, known, nature, offers, clock, room, tally)
    if chosen == supplier or (person.notice > 0 and chosen == NOBODY):
        return
    if person.notice > 0:
        be_dropped(person, known, nature, clock, tally)
    elif supplier != NOBODY:
        walk_out(supplier, person, known, nature, clock, tally)
    if chosen != NOBODY:
        join(chosen, person, known, clock, tally)


@rule
def walk_out(supplier: int, person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """The customer leaves by choice."""
    if known[supplier].satisfaction < nature.choice_burn_threshold:
        known[supplier].burned = clock.month
    count_tired(person, known, nature, tally)
    count_held(person, known, tally)
    close_account(person, known, nature, clock, tally)
    leave(person, known, clock, tally, False)
