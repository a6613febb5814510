"""One sales call: the time of others that it takes, what is learned, whether the offer is taken, and how it tires."""

from sim.model.customers.common import cents
from sim.model.customers.draws import draw, draw_pair
from sim.model.customers.notes import flag, note
from sim.model.customers.product_categories import further_categories, has, take, with_category
from sim.model.equations.sales_calls import anger, appeal, chance_to_accept
from sim.model.equations.satisfaction import clip
from sim.model.events import CALLED_ON, TOOK_CATEGORY
from sim.model.month_context import MonthContext
from sim.model.randomness import CALL, CHASING, MEETING
from sim.model.state import OTHER_DEPARTMENTS, TEAM_PER_LINE
from sim.numeric.compiling import rule

PARTIES = 16  # room for the draws of one call: other departments and other teams


@rule
def call(me: MonthContext, firm: int, category: int, by_quota: bool) -> None:
    """A call: counted, borne, prepared with others, answered, and not forgotten at once."""
    me.counts[firm].calls += 1
    first = me.person.offered == 0
    if first:
        me.counts[firm].customers_called += 1
    me.person.offered = with_category(int(me.person.offered), category)
    if by_quota:
        me.counts[firm].calls_by_quota += 1
    fatigue = float(me.person.fatigue)
    trust_lost = anger(fatigue, me.parameters.sales_fatigue_level, me.parameters.sales_anger)
    me.relations[firm].satisfaction = clip(me.relations[firm].satisfaction - trust_lost)
    met = meetings(me, firm, category)
    me.counts[firm].meetings += met
    if me.watched:
        too_many = flag(fatigue > me.parameters.sales_fatigue_level)
        note(me, CALLED_ON, firm, 1.0, (flag(by_quota), flag(first), float(met), too_many, 0.0, 0.0))
    answer(me, firm, category, by_quota)
    me.person.fatigue = fatigue + 1.0


@rule
def answer(me: MonthContext, firm: int, category: int, by_quota: bool) -> None:
    """The customer takes the offer or does not, and says whether there is a need."""
    me.person.told = with_category(int(me.person.told), category)
    if has(int(me.person.holds), category):
        return
    needed = has(int(me.person.wants), category)
    appealing = appeal(needed, by_quota, me.parameters.sales_unneeded_appeal, me.parameters.sales_pressure)
    satisfaction, fatigue = me.relations[firm].satisfaction, float(me.person.fatigue)
    chance = chance_to_accept(
        me.parameters.sales_acceptance, satisfaction, appealing, fatigue, me.parameters.sales_tiring
    )
    if draw(me, CALL, category, me.offers[firm].key) >= chance:
        return
    take(me, category)
    me.counts[firm].categories_sold += 1
    if not needed:
        me.counts[firm].categories_sold_unneeded += 1
    business, chased = cents(me, me.person.rate * price_of_category(me, firm)), chases(me, firm, category)
    me.counts[firm].new_business += business
    me.counts[firm].chases += chased
    if me.watched:
        details = (1.0, flag(not needed), float(business), float(chased), flag(by_quota), satisfaction)
        note(me, TOOK_CATEGORY, firm, float(me.person.categories), details)


@rule
def price_of_category(me: MonthContext, firm: int) -> float:
    """What a further category adds to a purchase at list price. [EUR]"""
    return me.person.spend * me.parameters.economics_category_value * me.offers[firm].price


@rule
def is_busy_with(me: MonthContext, department: int, firm: int) -> bool:
    """Whether a department works on the customer this month: product, marketing, service, finance."""
    if department == 0:
        return float(me.person.depth) > 0.0
    if department == 1:
        return me.relations[firm].contacted == 1
    if department == 2:
        return me.person.open_incidents > 0
    return int(me.person.discount_until) >= me.clock.month


@rule
def meetings(me: MonthContext, firm: int, category: int) -> int:
    """Alignment meetings for a call: one with each team that shares the customer behind a wall."""
    lines = further_categories(me) if int(me.offers[firm].sales_structure) == TEAM_PER_LINE else 0
    key = me.offers[firm].key
    count, height = 0, me.offers[firm].walls
    for party in range(OTHER_DEPARTMENTS + lines):
        if party < OTHER_DEPARTMENTS:
            shared = is_busy_with(me, party, firm)
            height = me.offers[firm].sales_walls[party]
        else:
            line = party - OTHER_DEPARTMENTS
            shared = line != category and has(int(me.person.holds), line)
            height = me.offers[firm].walls
        if shared:
            number = PARTIES * category + party
            if draw_pair(me, MEETING, number, key)[0] < height:
                count += 1
    return count


@rule
def chases(me: MonthContext, firm: int, category: int) -> int:
    """Departments after which an order must be chased: those that it needs and that a wall keeps from knowing of it."""
    key = me.offers[firm].key
    count = 0
    for department in range(OTHER_DEPARTMENTS):
        number = PARTIES * category + department
        needed, hidden = draw_pair(me, CHASING, number, key)
        if needed < me.parameters.service_handoff_need and hidden < me.offers[firm].sales_walls[department]:
            count += 1
    return count
