"""Sales calls: who is called on by whom, with which offer, what is taken, given back, and who is tired of it."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import NEED, OFFERING, RECORD, ROTA, uniforms
from sim.rules.selling import calls_due, is_by_quota, rested, trust_in_belief
from sim.state import (
    CATEGORIES_NEEDED,
    CATEGORIES_NEEDED_HELD,
    CATEGORIES_UNNEEDED_HELD,
    FATIGUE,
    FURTHER_CATEGORIES,
    NOBODY,
    ONE_TEAM,
    PREPARATIONS,
    TEAM_PER_LINE,
    VISITS,
    Clock,
    Known,
    Offers,
    Person,
    Whole,
)
from sim.steps.calling import call
from sim.steps.common import fine, luck
from sim.steps.giving_back import give_back
from sim.steps.holding import further_categories, has, in_common, with_one_more

ALL_HELD, NO_NEED_SEEN = -1, -2  # instead of a category to offer
TOGETHER = FURTHER_CATEGORIES  # the rota of those who see each other's calls; the others are numbered by category


@rule
def be_called_on(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """A month with the supplier's sales: what serves no need may go back, and whose turn it is may be called on."""
    firm = int(person.supplier)
    person.offered = 0
    if firm == NOBODY:
        return
    person.fatigue = rested(float(person.fatigue), nature.sales_fatigue_time)
    give_back(firm, person, known, nature, offers, clock, tally)
    categories = further_categories(nature)
    together = 0
    for category in range(categories):
        if is_on_its_own(firm, category, person, known, offers, clock):
            take_turn(firm, category, 1 << category, person, known, nature, offers, clock, tally)
        else:
            together = with_one_more(together, category)
    take_turn(firm, TOGETHER, together, person, known, nature, offers, clock, tally)
    count_needs(firm, person, known, nature, tally)


@rule
def is_on_its_own(firm: int, category: int, person: Person, known: Known, offers: Offers, clock: Clock) -> bool:
    """Whether a wall keeps the category's own team from seeing the other teams' calls on this customer."""
    if int(offers[firm].sales_structure) != TEAM_PER_LINE:
        return False
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    return uniforms(clock.key, slot, generation, 0, ROTA, category, key)[1] < offers[firm].walls


@rule
def take_turn(
    firm: int, rota: int, members: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock,
    tally: Whole,
) -> None:  # fmt: skip
    """One rota, of one team or of those that see each other's calls: its part of all turns, evenly spread."""
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    phase = uniforms(clock.key, slot, generation, 0, ROTA, rota, key)[0]
    categories = further_categories(nature)
    if categories > 0:
        part = in_common(members, members, categories) / categories
        if calls_due(phase, part * offers[firm].rota_from, part * offers[firm].rota_to) > 0:
            visit(firm, rota, members, person, known, nature, offers, clock, tally)


@rule
def visit(
    firm: int, rota: int, members: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock,
    tally: Whole,
) -> None:  # fmt: skip
    """A customer's turn: a call if there is something to offer."""
    firmness, start = mood_of_seller(firm, rota, person, known, offers, clock)
    by_quota = is_by_quota(offers[firm].pay_value, firmness)
    category = to_offer(firm, members, by_quota, start, person, known, nature, offers, clock)
    tally[firm, VISITS] += 1
    if category == NO_NEED_SEEN:
        tally[firm, PREPARATIONS] += 1
    elif category != ALL_HELD:
        call(firm, category, by_quota, person, known, nature, offers, clock, tally)


@rule
def mood_of_seller(
    firm: int, rota: int, person: Person, known: Known, offers: Offers, clock: Clock
) -> tuple[float, float]:
    """How firmly pay must hang on value before the seller of the day follows it, and which category comes to mind."""
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    return uniforms(clock.key, slot, generation, clock.month, OFFERING, rota, key)


@rule
def sees_the_record(firm: int, person: Person, known: Known, offers: Offers, clock: Clock) -> bool:
    """Owners and line teams have it; of one team for all, today's seller has not where a wall keeps it elsewhere."""
    if int(offers[firm].sales_structure) != ONE_TEAM:
        return True
    return luck(person, known, clock, RECORD, 0, offers[firm].key) >= offers[firm].walls_of_sales


@rule
def to_offer(
    firm: int, members: int, by_quota: bool, start: float, person: Person, known: Known, nature: Nature,
    offers: Offers, clock: Clock,
) -> int:  # fmt: skip
    """What is offered: of what is not held, if that is seen, something of the quota or something believed needed."""
    categories = further_categories(nature)
    sees = sees_the_record(firm, person, known, offers, clock)
    found = ALL_HELD
    for step in range(categories):
        category = (int(start * categories) + step) % categories
        if not has(members, category) or (sees and has(int(person.holds), category)):
            continue
        if by_quota or is_believed_needed(firm, category, sees, person, known, nature, offers, clock):
            return category
        found = NO_NEED_SEEN
    return found


@rule
def is_believed_needed(
    firm: int, category: int, sees: bool, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock
) -> bool:
    """What is believed: what was told or is known of the customer, else a guess by how common the need is."""
    if sees and has(int(person.told), category):
        return has(int(person.wants), category)
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    seen, guess = uniforms(clock.key, slot, generation, 0, NEED, category, key)
    if seen < trust_in_belief(known[firm].precision, nature.needs_spread):
        return has(int(person.wants), category)
    return guess < nature.economics_category_need


@rule
def count_needs(firm: int, person: Person, known: Known, nature: Nature, tally: Whole) -> None:
    """What is needed, what of it is held, what is held for nothing, and how tired customers are of calls."""
    categories, wants, holds = further_categories(nature), int(person.wants), int(person.holds)
    useful = in_common(holds, wants, categories)
    tally[firm, CATEGORIES_NEEDED] += 1 + in_common(wants, wants, categories)
    tally[firm, CATEGORIES_NEEDED_HELD] += 1 + useful
    tally[firm, CATEGORIES_UNNEEDED_HELD] += in_common(holds, holds, categories) - useful
    tally[firm, FATIGUE] += fine(float(person.fatigue))
