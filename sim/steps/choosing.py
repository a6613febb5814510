"""Evaluate and choose: who looks around, and which firm they take."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import CONSIDER, TASTE, gumbel, normals
from sim.rules.choice import chance_to_consider, price_trigger, value_of_firm
from sim.rules.needs import fit
from sim.state import NEVER, NOBODY, Clock, Offers, Population, Scratch, Whole
from sim.steps.common import join, leave, luck
from sim.steps.offer import nearest_line, state_preference

UNTHINKABLE = -1e9


@rule
def is_burned(i: int, firm: int, people: Population, nature: Nature, clock: Clock) -> bool:
    """True while the customer stays away from the firm after a bad end."""
    then = int(people.burned[i, firm])
    return then != NEVER and clock.month - then < nature.choice_burn_months


@rule
def reasons_to_look(i: int, people: Population, nature: Nature, offers: Offers) -> float:
    """Extra chance of looking around from this month's events."""
    supplier = int(people.supplier[i])
    reasons = nature.choice_consider_word * people.bad_words[i]
    if people.incident_age[i] >= 1:
        reasons += nature.choice_consider_ticket
    price = offers.price[supplier]
    dearer = price_trigger(price, offers.reference_price[supplier])
    for firm in range(offers.key.shape[0]):
        if firm != supplier and people.contacted[i, firm] == 1:
            reasons += nature.choice_consider_contact
            offered = offers.price[firm] * (1.0 - offers.newcomer_discount[firm])
            dearer = max(dearer, price_trigger(price, offered))
    return reasons + nature.choice_consider_price * dearer


@rule
def looks_around(i: int, people: Population, nature: Nature, offers: Offers, clock: Clock) -> bool:
    """Whether the customer considers the market this month."""
    supplier = int(people.supplier[i])
    number = luck(i, people, clock, CONSIDER, 0, 0)
    if supplier == NOBODY:
        return number < nature.choice_entry
    return number < chance_to_consider(
        people.satisfaction[i, supplier],
        nature.satisfaction_neutral,
        nature.choice_consider,
        nature.choice_consider_slope,
        reasons_to_look(i, people, nature, offers),
    )


@rule
def worth(
    i: int, firm: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch
) -> float:
    """Utility of one known firm before the luck of the day."""
    own = firm == int(people.supplier[i])
    known = people.last_purchase[i, firm] != NEVER
    standing = people.satisfaction[i, firm] if known else people.reputation[i, firm]
    _, distance = nearest_line(i, firm, people, offers, scratch)
    discount = 0.0 if known else offers.newcomer_discount[firm]
    offer = nature.choice_promotion_weight * discount
    if people.contacted[i, firm] == 1 and not own:
        offer += nature.choice_contact_weight
    if own and nature.contract:
        offer += nature.choice_switching_cost
    taste = normals(clock.key, i, int(people.generation[i]), 0, TASTE, 0, offers.key[firm])[0]
    value = value_of_firm(
        standing,
        fit(distance, nature.needs_tolerance),
        offers.price[firm] * (1.0 - discount),
        offer,
        nature.choice_experience_weight,
        nature.choice_fit_weight,
        people.price_weight[i],
    )
    return value + nature.choice_taste * taste + nature.choice_habit_weight * people.habit[i, firm]


@rule
def judge(i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch) -> None:
    """Utility of every firm; unknown and burned ones are unthinkable."""
    state_preference(i, people, nature, clock, scratch)
    for firm in range(offers.key.shape[0]):
        if people.aware[i, firm] == 0 or is_burned(i, firm, people, nature, clock):
            scratch.value[firm] = UNTHINKABLE
        else:
            scratch.value[firm] = worth(i, firm, people, nature, offers, clock, scratch)


@rule
def pick(i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch, draw: int) -> int:
    """The best firm of the moment, or nobody: a logit choice by one keyed Gumbel number a firm."""
    generation = int(people.generation[i])
    best = NOBODY
    most = nature.choice_outside + gumbel(clock.key, i, generation, clock.month, draw, 0)
    for firm in range(offers.key.shape[0]):
        if scratch.value[firm] > UNTHINKABLE:
            value = scratch.value[firm] + gumbel(clock.key, i, generation, clock.month, draw, offers.key[firm])
            if value > most:
                best, most = firm, value
    return best


@rule
def choose_supplier(
    i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch, tally: Whole
) -> None:
    """Contract: those who look around choose a supplier, or none."""
    if not looks_around(i, people, nature, offers, clock):
        return
    judge(i, people, nature, offers, clock, scratch)
    chosen = pick(i, people, nature, offers, clock, scratch, 0)
    supplier = int(people.supplier[i])
    if chosen == supplier:
        return
    if supplier != NOBODY:
        if people.satisfaction[i, supplier] < nature.choice_burn_threshold:
            people.burned[i, supplier] = clock.month
        leave(i, people, clock, tally, False)
    if chosen != NOBODY:
        join(i, chosen, people, clock, tally)
