"""Sales calls: who is called on by whom, with which offer, what is taken, given back, and who is tired of it."""

from sim.model.customers.common import to_fixed_point
from sim.model.customers.draws import draw, draw_lasting_pair, draw_pair
from sim.model.customers.product_categories import further_categories, has, in_common, with_category
from sim.model.customers.returns import give_back
from sim.model.customers.sales_call import call
from sim.model.equations.sales_calls import calls_due, fatigue_after_rest, is_by_quota, trust_in_belief
from sim.model.month_context import MonthContext
from sim.model.randomness import NEED, OFFERING, RECORD, ROTA
from sim.model.state import FURTHER_CATEGORIES, NOBODY, ONE_TEAM, TEAM_PER_LINE
from sim.numeric.compiling import inlined, rule

ALL_HELD, NO_NEED_SEEN = -1, -2  # instead of a category to offer
TOGETHER = FURTHER_CATEGORIES  # the rota of those who see each other's calls; the others are numbered by category


@inlined
def be_called_on(me: MonthContext) -> None:
    """A month with the supplier's sales: what serves no need may go back, and whose turn it is may be called on."""
    firm = int(me.person.supplier)
    me.person.offered = 0
    if firm == NOBODY:
        return
    me.person.fatigue = fatigue_after_rest(float(me.person.fatigue), me.parameters.sales_fatigue_time)
    give_back(me, firm)
    categories = further_categories(me)
    together = 0
    for category in range(categories):
        if is_on_its_own(me, firm, category):
            take_turn(me, firm, category, 1 << category)
        else:
            together = with_category(together, category)
    take_turn(me, firm, TOGETHER, together)
    count_needs(me, firm)


@rule
def is_on_its_own(me: MonthContext, firm: int, category: int) -> bool:
    """Whether a wall keeps the category's own team from seeing the other teams' calls on this customer."""
    if int(me.offers[firm].sales_structure) != TEAM_PER_LINE:
        return False
    key = me.offers[firm].key
    return draw_lasting_pair(me, ROTA, category, key)[1] < me.offers[firm].walls


@rule
def take_turn(me: MonthContext, firm: int, rota: int, members: int) -> None:
    """One rota, of one team or of those that see each other's calls: its part of all turns, evenly spread."""
    key = me.offers[firm].key
    phase = draw_lasting_pair(me, ROTA, rota, key)[0]
    categories = further_categories(me)
    if categories > 0:
        part = in_common(members, members, categories) / categories
        if calls_due(phase, part * me.offers[firm].rota_from, part * me.offers[firm].rota_to) > 0:
            visit(me, firm, rota, members)


@rule
def visit(me: MonthContext, firm: int, rota: int, members: int) -> None:
    """A customer's turn: a call if there is something to offer."""
    firmness, start = mood_of_seller(me, firm, rota)
    by_quota = is_by_quota(me.offers[firm].pay_value, firmness)
    category = to_offer(me, firm, members, by_quota, start)
    me.counts[firm].visits += 1
    if category == NO_NEED_SEEN:
        me.counts[firm].preparations += 1
    elif category != ALL_HELD:
        call(me, firm, category, by_quota)


@rule
def mood_of_seller(me: MonthContext, firm: int, rota: int) -> tuple[float, float]:
    """How firmly pay must hang on value before the seller of the day follows it, and which category comes to mind."""
    key = me.offers[firm].key
    return draw_pair(me, OFFERING, rota, key)


@rule
def sees_the_record(me: MonthContext, firm: int) -> bool:
    """Owners and line teams have it; of one team for all, today's seller has not where a wall keeps it elsewhere."""
    if int(me.offers[firm].sales_structure) != ONE_TEAM:
        return True
    return draw(me, RECORD, 0, me.offers[firm].key) >= me.offers[firm].walls_of_sales


@rule
def to_offer(me: MonthContext, firm: int, members: int, by_quota: bool, start: float) -> int:
    """What is offered: of what is not held, if that is seen, something of the quota or something believed needed."""
    categories = further_categories(me)
    sees = sees_the_record(me, firm)
    first = ALL_HELD
    for step in range(categories):
        category = (int(start * categories) + step) % categories
        if not has(members, category) or (sees and has(int(me.person.holds), category)):
            continue
        if by_quota or is_believed_needed(me, firm, category, sees):
            return category
        first = NO_NEED_SEEN
    return first


@rule
def is_believed_needed(me: MonthContext, firm: int, category: int, sees: bool) -> bool:
    """Whether the seller believes the customer needs a category: by what is known, else a guess by frequency."""
    if sees and has(int(me.person.told), category):
        return has(int(me.person.wants), category)
    key = me.offers[firm].key
    observed, guess = draw_lasting_pair(me, NEED, category, key)
    if observed < trust_in_belief(me.relations[firm].precision, me.parameters.needs_spread):
        return has(int(me.person.wants), category)
    return guess < me.parameters.economics_category_need


@rule
def count_needs(me: MonthContext, firm: int) -> None:
    """What is needed, what of it is held, what is held for nothing, and how tired customers are of calls."""
    categories, wants, holds = further_categories(me), int(me.person.wants), int(me.person.holds)
    useful = in_common(holds, wants, categories)
    me.counts[firm].categories_needed += 1 + in_common(wants, wants, categories)
    me.counts[firm].categories_needed_held += 1 + useful
    me.counts[firm].categories_unneeded_held += in_common(holds, holds, categories) - useful
    me.counts[firm].fatigue += to_fixed_point(float(me.person.fatigue))
