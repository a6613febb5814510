"""Buy and use: occasions, bills, cost of what is delivered, the experience of use, categories, lapse and dropout."""

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.customers.common import cents, to_fixed_point
from sim.model.customers.customer_account import NOT_HELD, months_overdue, put_on_account
from sim.model.customers.customer_outcome import EVEN
from sim.model.customers.draws import draw_normals, draw_pair
from sim.model.customers.notes import NO_DETAILS, flag, note, per_person
from sim.model.customers.offer import tailor
from sim.model.customers.price import discount_granted, lowest_known_price
from sim.model.customers.product_categories import take, usefulness, wanted_next
from sim.model.equations.choice import demand_at, response
from sim.model.equations.satisfaction import experience_of_use, updated_expectation, updated_satisfaction
from sim.model.events import BILLED, BOUGHT, TOOK_CATEGORY, USED
from sim.model.month_context import MonthContext
from sim.model.randomness import CONSIDER, INCIDENTS, USE, poisson
from sim.model.state import MOST_LINES, NEVER, NOBODY
from sim.numeric.compiling import as_float64, inlined, rule

FOURTH = MOST_LINES - 1
MOST_PURCHASES = 60  # guard of the inversion


@rule
def occasions(me: MonthContext, satisfaction: float, part: float) -> int:
    """Purchase occasions of the month, or of the part of it that is left; fewer where the supplier is dearer."""
    supplier = int(me.person.supplier)
    price = lowest_known_price(me) if supplier == NOBODY else me.offers[supplier].price
    mean = as_float64(me.person.rate) * response(
        satisfaction, me.parameters.satisfaction_neutral, me.parameters.economics_frequency_response
    )
    mean *= response(as_float64(me.person.outcome), EVEN, me.parameters.outcome_buying)
    mean *= demand_at(price, me.parameters.economics_frequency_elasticity)
    return poisson(mean * part, draw_pair(me, CONSIDER, 0, 0)[1], MOST_PURCHASES)


@rule
def basket(me: MonthContext, firm: int) -> float:
    """Value of one purchase at list price 1, smaller where the firm is dearer. [EUR]"""
    categories = 1.0 + me.parameters.economics_category_value * (int(me.person.categories) - 1)
    satisfaction = me.relations[firm].satisfaction
    return (
        me.person.spend
        * categories
        * response(satisfaction, me.parameters.satisfaction_neutral, me.parameters.economics_basket_response)
        * demand_at(me.offers[firm].price, me.parameters.economics_basket_elasticity)
    )


@rule
def discount_now(me: MonthContext, firm: int) -> float:
    """Discount that applies to this month's purchases. [share]"""
    if me.relations[firm].last_purchase == NEVER:
        return me.offers[firm].newcomer_discount
    return discount_granted(me, firm)


@rule
def pay(me: MonthContext, firm: int, amount: float, depth: float, moved: float) -> None:
    """Post revenue, discount and cost of what was bought. amount: value at list price 1 [EUR]."""
    list_amount = amount * me.offers[firm].price
    revenue = cents(me, list_amount)
    discount = cents(me, list_amount * discount_now(me, firm))
    line = int(me.scratch[firm].line)
    goods = cents(me, amount * me.offers[firm].line_cost[line])
    custom = 0
    if depth > 0.0:
        custom = cents(
            me, amount * (me.parameters.customisation_fixed_cost + me.parameters.customisation_distance_cost * moved)
        )
    me.counts[firm].revenue += revenue
    me.counts[firm].discounts += discount
    me.counts[firm].cost_goods += goods
    count_line(me, firm, line, goods)
    me.counts[firm].cost_customisation += custom
    me.relations[firm].contribution += revenue - discount - goods - custom
    if me.parameters.bills_kept > 0.0:
        me.relations[firm].billed += revenue - discount
    me.relations[firm].last_purchase = me.clock.month
    on_account = me.parameters.credit_terms > 0.0
    late = on_account and months_overdue(me) >= MONTHS_PER_YEAR
    if on_account:
        put_on_account(me, firm, revenue - discount)
    if me.watched and (revenue != 0 or goods != 0):
        net = revenue - discount
        details = (
            float(revenue),
            float(discount),
            float(goods),
            float(custom),
            flag(on_account),
            float(net) * flag(late),
        )
        note(me, BILLED, firm, per_person(me, net), details)


@rule
def count_line(me: MonthContext, firm: int, line: int, goods: int) -> None:
    """Count the goods of further lines; those of the first are the rest. goods: cost [cents]"""
    if line == 1:
        me.counts[firm].goods_second += goods
    elif line == 2:
        me.counts[firm].goods_third += goods
    elif line == FOURTH:
        me.counts[firm].goods_fourth += goods


@rule
def use(me: MonthContext, firm: int, fitting: float, times: int, learning: float) -> float:
    """Using what was bought moves satisfaction and expectation with the firm; returns the worst shortfall."""
    worst = 0.0
    noise = me.parameters.satisfaction_noise * draw_normals(me, USE, 0, me.offers[firm].key)[0]
    level = me.parameters.satisfaction_level + me.parameters.outcome_felt * (as_float64(me.person.outcome) - EVEN)
    experience = experience_of_use(
        me.offers[firm].line_quality[int(me.scratch[firm].line)],
        fitting,
        me.parameters.satisfaction_quality_weight,
        level,
        noise,
    )
    me.counts[firm].experience += times * to_fixed_point(experience)
    me.counts[firm].uses += times
    before = me.relations[firm].satisfaction
    for _ in range(times):
        expectation = me.relations[firm].expectation
        me.relations[firm].satisfaction = updated_satisfaction(
            me.relations[firm].satisfaction,
            experience,
            expectation,
            learning,
            me.parameters.satisfaction_disconfirmation,
            float(me.person.loss_aversion),
        )
        worst = max(worst, expectation - experience)
        me.relations[firm].expectation = updated_expectation(
            expectation, experience, me.parameters.satisfaction_expectation_use
        )
    if me.watched:
        moved, felt = me.relations[firm].satisfaction - before, float(times * to_fixed_point(experience))
        note(me, USED, firm, fitting, (moved, me.relations[firm].expectation, float(times), felt, 0.0, 0.0))
    return worst


@inlined
def buy_under_contract(me: MonthContext) -> None:
    """A month of supply: the bill, what it cost, and how it was in use."""
    firm = int(me.person.supplier)
    me.person.purchases = 0
    for other in range(len(me.relations)):
        me.relations[other].bought = 0
    if firm == NOBODY or me.person.held != NOT_HELD:
        return
    new = me.relations[firm].last_purchase == NEVER
    me.person.promoted = 1 if new and me.offers[firm].newcomer_discount > 0.0 else 0
    bought = occasions(me, me.relations[firm].satisfaction, 1.0)
    me.relations[firm].bought = bought
    fixed = (
        me.parameters.economics_fixed_share * as_float64(me.person.rate)
        + (1.0 - me.parameters.economics_fixed_share) * bought
    )
    fitting, depth, moved = tailor(me, firm)
    fitting *= usefulness(me)
    me.person.fit = fitting
    me.person.line = me.scratch[firm].line
    me.person.depth = depth
    me.person.purchases = bought
    me.counts[firm].purchases += bought
    if me.watched and bought > 0:
        note(me, BOUGHT, firm, float(bought), NO_DETAILS)
    pay(me, firm, fixed * basket(me, firm), depth, moved)
    me.person.shortfall = use(me, firm, fitting, 1, me.parameters.satisfaction_learning_use)
    take_further_category(me, firm)


@rule
def take_further_category(me: MonthContext, firm: int) -> None:
    """A satisfied customer may take a further category, where no sales calls are made."""
    if me.parameters.sales_call_hours > 0.0:
        return
    if int(me.person.categories) < int(me.parameters.economics_categories):
        chance = me.parameters.economics_cross_sell * me.relations[firm].satisfaction * me.offers[firm].selling
        if draw_pair(me, INCIDENTS, 0, me.offers[firm].key)[1] < chance:
            take(me, wanted_next(me))
            if me.watched:
                details = (0.0, 0.0, 0.0, 0.0, 0.0, me.relations[firm].satisfaction)
                note(me, TOOK_CATEGORY, firm, float(me.person.categories), details)
