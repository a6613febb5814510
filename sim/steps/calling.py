"""One sales call: the time of others that it takes, what is learned, whether the offer is taken, and how it tires."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import CALL, CHASING, MEETING, uniforms
from sim.rules.feeling import clipped
from sim.rules.selling import anger, appeal, chance_to_accept
from sim.state import (
    CALLS,
    CALLS_BY_QUOTA,
    CATEGORIES_SOLD,
    CATEGORIES_SOLD_UNNEEDED,
    CHASES,
    CUSTOMERS_CALLED,
    MEETINGS,
    NEW_BUSINESS,
    OTHER_DEPARTMENTS,
    TEAM_PER_LINE,
    Clock,
    Known,
    Offers,
    Person,
    Whole,
)
from sim.steps.common import cents, luck
from sim.steps.holding import further_categories, has, take, with_one_more

PARTIES = 16  # room for the draws of one call: other departments and other teams


@rule
def call(
    firm: int, category: int, by_quota: bool, person: Person, known: Known, nature: Nature, offers: Offers,
    clock: Clock, tally: Whole,
) -> None:  # fmt: skip
    """A call: counted, borne, prepared with others, answered, and not forgotten at once."""
    tally[firm, CALLS] += 1
    if person.offered == 0:
        tally[firm, CUSTOMERS_CALLED] += 1
    person.offered = with_one_more(int(person.offered), category)
    if by_quota:
        tally[firm, CALLS_BY_QUOTA] += 1
    fatigue = float(person.fatigue)
    lost = anger(fatigue, nature.sales_fatigue_level, nature.sales_anger)
    known[firm].satisfaction = clipped(known[firm].satisfaction - lost)
    tally[firm, MEETINGS] += meetings(firm, category, person, known, nature, offers, clock)
    answer(firm, category, by_quota, person, known, nature, offers, clock, tally)
    person.fatigue = fatigue + 1.0


@rule
def answer(
    firm: int, category: int, by_quota: bool, person: Person, known: Known, nature: Nature, offers: Offers,
    clock: Clock, tally: Whole,
) -> None:  # fmt: skip
    """The customer takes the offer or does not, and says whether there is a need."""
    person.told = with_one_more(int(person.told), category)
    if has(int(person.holds), category):
        return
    needed = has(int(person.wants), category)
    appealing = appeal(needed, by_quota, nature.sales_unneeded_appeal, nature.sales_pressure)
    satisfaction, fatigue = known[firm].satisfaction, float(person.fatigue)
    chance = chance_to_accept(nature.sales_acceptance, satisfaction, appealing, fatigue, nature.sales_tiring)
    if luck(person, known, clock, CALL, category, offers[firm].key) >= chance:
        return
    take(category, person, known)
    tally[firm, CATEGORIES_SOLD] += 1
    if not needed:
        tally[firm, CATEGORIES_SOLD_UNNEEDED] += 1
    tally[firm, NEW_BUSINESS] += cents(person.rate * price_of_category(firm, person, known, nature, offers), clock)
    tally[firm, CHASES] += chases(firm, category, person, known, nature, offers, clock)


@rule
def price_of_category(firm: int, person: Person, known: Known, nature: Nature, offers: Offers) -> float:
    """What a further category adds to a purchase at list price. [EUR]"""
    return person.spend * nature.economics_category_value * offers[firm].price


@rule
def is_busy_with(department: int, firm: int, person: Person, known: Known, clock: Clock) -> bool:
    """Whether a department has the customer in hand this month: product, marketing, service, finance."""
    if department == 0:
        return float(person.depth) > 0.0
    if department == 1:
        return known[firm].contacted == 1
    if department == 2:
        return person.open_incidents > 0
    return int(person.discount_until) >= clock.month


@rule
def meetings(
    firm: int, category: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock
) -> int:
    """Alignment meetings for a call: one with each team that shares the customer behind a wall."""
    lines = further_categories(nature) if int(offers[firm].sales_structure) == TEAM_PER_LINE else 0
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    count, height = 0, offers[firm].walls
    for party in range(OTHER_DEPARTMENTS + lines):
        if party < OTHER_DEPARTMENTS:
            shared = is_busy_with(party, firm, person, known, clock)
            height = offers[firm].sales_walls[party]
        else:
            line = party - OTHER_DEPARTMENTS
            shared = line != category and has(int(person.holds), line)
            height = offers[firm].walls
        if shared:
            draw = PARTIES * category + party
            if uniforms(clock.key, slot, generation, clock.month, MEETING, draw, key)[0] < height:
                count += 1
    return count


@rule
def chases(firm: int, category: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> int:
    """Departments after which an order must be chased: those that it needs and that a wall keeps from knowing of it."""
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    count = 0
    for department in range(OTHER_DEPARTMENTS):
        draw = PARTIES * category + department
        needed, hidden = uniforms(clock.key, slot, generation, clock.month, CHASING, draw, key)
        if needed < nature.service_handoff_need and hidden < offers[firm].sales_walls[department]:
            count += 1
    return count
