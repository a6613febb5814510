"""Sales calls: who is called on by whom, with which offer, what is taken, given back, and who is tired of it."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import NEED, OFFERING, ROTA, uniforms
from sim.rules.selling import calls_due, is_by_quota, rested, trust_in_belief
from sim.state import (
    CATEGORIES_NEEDED,
    CATEGORIES_NEEDED_HELD,
    CATEGORIES_UNNEEDED_HELD,
    FATIGUE,
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
from sim.steps.common import fine
from sim.steps.giving_back import give_back
from sim.steps.holding import further_categories, has, in_common

ALL_HELD, NO_NEED_SEEN = -1, -2  # instead of a category to offer


@rule
def be_called_on(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """A month with the supplier's sales: what serves no need may go back, and every team whose turn it is may call."""
    firm = int(person.supplier)
    person.calls = 0
    person.pushed = 0
    if firm == NOBODY:
        return
    person.fatigue = rested(float(person.fatigue), nature.sales_fatigue_time)
    give_back(firm, person, known, nature, offers, clock, tally)
    if further_categories(nature) > 0:
        teams = teams_of(firm, nature, offers)
        for team in range(teams):
            if is_due(firm, team, teams, person, known, offers, clock):
                visit(firm, team, person, known, nature, offers, clock, tally)
    count_needs(firm, person, known, nature, tally)


@rule
def teams_of(firm: int, nature: Nature, offers: Offers) -> int:
    """Sales teams that keep a rota of their own."""
    if int(offers[firm].sales_structure) == TEAM_PER_LINE:
        return further_categories(nature)
    return 1


@rule
def is_due(firm: int, team: int, teams: int, person: Person, known: Known, offers: Offers, clock: Clock) -> bool:
    """Whether it is this customer's turn; teams that see each other's calls spread them, the others do not."""
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    phase = uniforms(clock.key, slot, generation, 0, ROTA, 0, key)[0] + team / teams
    if teams > 1:
        own, hidden = uniforms(clock.key, slot, generation, 0, ROTA, 1 + team, key)
        if hidden < offers[firm].walls:
            phase = own
    return calls_due(phase, offers[firm].rota_from / teams, offers[firm].rota_to / teams) > 0


@rule
def visit(
    firm: int, team: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole
) -> None:
    """A customer's turn: a call if there is something to offer."""
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    firmness, start = uniforms(clock.key, slot, generation, clock.month, OFFERING, 2 * team, key)
    by_quota = is_by_quota(offers[firm].pay_value, firmness)
    sees = sees_what_is_held(firm, team, person, known, offers, clock)
    category = to_offer(firm, team, by_quota, sees, start, person, known, nature, offers, clock)
    tally[firm, VISITS] += 1
    if category == NO_NEED_SEEN:
        tally[firm, PREPARATIONS] += 1
    elif category != ALL_HELD:
        call(firm, team, category, by_quota, person, known, nature, offers, clock, tally)


@rule
def sees_what_is_held(firm: int, team: int, person: Person, known: Known, offers: Offers, clock: Clock) -> bool:
    """Owners and line teams see what they must; one team for all sees it unless a wall hides the books."""
    if int(offers[firm].sales_structure) != ONE_TEAM:
        return True
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    hidden, _ = uniforms(clock.key, slot, generation, clock.month, OFFERING, 2 * team + 1, key)
    return hidden >= offers[firm].walls


@rule
def to_offer(
    firm: int, team: int, by_quota: bool, sees: bool, start: float, person: Person, known: Known, nature: Nature,
    offers: Offers, clock: Clock,
) -> int:  # fmt: skip
    """What is offered: of what is not held, if that is seen, something of the quota or something believed needed."""
    categories = further_categories(nature)
    first, choices = int(start * categories), categories
    if int(offers[firm].sales_structure) == TEAM_PER_LINE:
        first, choices = team, 1
    found = ALL_HELD
    for step in range(choices):
        category = (first + step) % categories
        if sees and has(int(person.holds), category):
            continue
        if by_quota or is_believed_needed(firm, category, person, known, nature, offers, clock):
            return category
        found = NO_NEED_SEEN
    return found


@rule
def is_believed_needed(
    firm: int, category: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock
) -> bool:
    """What the firm believes: the truth as far as it knows the customer, else a guess by how common the need is."""
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
