"""What a firm supplies in a month to its customers side by side in lanes: bills, use, further categories, incidents."""

from sim.model.customers.common import to_fixed_point
from sim.model.customers.customer_outcome import EVEN
from sim.model.customers.incidents import begin_incidents, raise_incidents
from sim.model.customers.product_categories import take, wanted_next
from sim.model.customers.purchase import FOURTH, MOST_PURCHASES
from sim.model.equations.choice import demand_at, response
from sim.model.equations.satisfaction import experience_of_use, updated_expectation, updated_satisfaction
from sim.model.equations.service import hours_of_incident
from sim.model.month_context import MonthContext
from sim.model.randomness import INCIDENTS, USE, normals_of, what_for, word_at
from sim.model.state import DIMENSIONS, NEVER, OTHER_DEPARTMENTS
from sim.numeric.compiled_bits import lower_uniform, single, upper_uniform
from sim.numeric.compiling import inlined
from sim.numeric.mathematics import exp, nearest
from sim.simulation.engines.lanes import Block, whole

AT_ONCE = 4  # purchases counted in one loop; few make more in a contract


@inlined
def fill_lanes(block: Block, firm: int, customers: int) -> None:
    """Put what a firm's month with the customers in the places of the lanes needs beside the places."""
    now = block.month.clock.month
    for n in range(customers):
        lane = block.lanes[n]
        i = lane.place
        person, relation = block.person[i], block.relations[i][firm]
        lane.customer = block.lanes[i - block.start].who
        lane.rate, lane.spend, lane.loss_aversion = person.rate, person.spend, person.loss_aversion
        lane.categories, lane.incident_rate = float(person.categories), person.incident_rate
        lane.satisfaction, lane.expectation = relation.satisfaction, relation.expectation
        lane.precision, lane.contribution = relation.precision, relation.contribution
        lane.billed = relation.billed
        lane.new = 1 if relation.last_purchase == NEVER else 0
        lane.discounted = 1 if (person.supplier == firm) & (person.discount_until >= now) else 0
        for k in range(DIMENSIONS):
            lane.goal[k], lane.weight[k] = person.goal[k], person.weight[k]


@inlined
def count_purchases(block: Block, customers: int) -> None:
    """Purchases by inversion of a Poisson distribution, from the mean and the luck of each lane; see `poisson`."""
    count, more = AT_ONCE, 0
    for n in range(customers):
        lane = block.lanes[n]
        mean, luck = lane.mean, lane.luck
        term = exp(-mean)
        total, bought = term, 0.0
        for one in range(1, AT_ONCE + 1):
            bought += 1.0 if luck > total else 0.0
            term *= mean * (1.0 / one)
            total += term
        more += 1 if luck > total else 0
        lane.number, lane.second, lane.bought = term, total, bought
    while more > 0 and count < MOST_PURCHASES:
        count += 1
        part, more = 1.0 / count, 0
        for n in range(customers):
            lane = block.lanes[n]
            total = lane.second
            buys = lane.luck > total
            more += 1 if buys else 0
            lane.bought += 1.0 if buys else 0.0
            term = lane.number * (lane.mean * part)
            lane.number = term
            lane.second = total + term


@inlined
def find_basket(block: Block, firm: int, customers: int) -> None:
    """Value of one purchase at list price 1, in the lane's amount. [EUR]"""
    parameters = block.month.parameters[0]
    value, neutral = parameters.economics_category_value, parameters.satisfaction_neutral
    strength = parameters.economics_basket_response
    demand = demand_at(block.month.offers[firm].price, parameters.economics_basket_elasticity)
    for n in range(whole(customers)):
        lane = block.lanes[n]
        categories = 1.0 + value * (lane.categories - 1.0)
        lane.amount = lane.spend * categories * response(lane.satisfaction, neutral, strength) * demand


@inlined
def pay_in(block: Block, firm: int, customers: int) -> None:
    """Bills and costs of what was bought, from the value of it at list price 1 in the lane's amount."""
    month, parameters, offer = block.month, block.month.parameters[0], block.month.offers[firm]
    fixed_cost, distance_cost = parameters.customisation_fixed_cost, parameters.customisation_distance_cost
    price, newcomer, granted = offer.price, offer.newcomer_discount, offer.retention_discount
    weight, bills = month.clock.weight, 1 if parameters.bills_kept > 0.0 else 0
    revenues, discounts, goods_, customs, purchases = 0, 0, 0, 0, 0
    for n in range(whole(customers)):
        lane = block.lanes[n]
        amount = lane.amount if n < customers else 0.0
        discount = newcomer if lane.new != 0 else granted if lane.discounted != 0 else 0.0
        revenue = nearest(amount * price * weight * 100.0)
        discounted = nearest(amount * price * discount * weight * 100.0)
        goods = nearest(amount * lane.unit_cost * weight * 100.0)
        moved = nearest(amount * (fixed_cost + distance_cost * lane.moved) * weight * 100.0)
        custom = moved if lane.depth > 0.0 else 0
        lane.goods = goods
        lane.contribution += revenue - discounted - goods - custom
        lane.billed += bills * (revenue - discounted)
        revenues += revenue
        discounts += discounted
        goods_ += goods
        customs += custom
        purchases += nearest(lane.bought) if n < customers else 0
    counts = month.counts[firm]
    counts.revenue += revenues
    counts.discounts += discounts
    counts.cost_goods += goods_
    if offer.lines > 1:
        count_lines(block, firm, customers)
    counts.cost_customisation += customs
    counts.purchases += purchases


@inlined
def count_lines(block: Block, firm: int, customers: int) -> None:
    """Count the goods of further lines; see `count_line`."""
    second, third, fourth = 0, 0, 0
    for n in range(whole(customers)):
        lane = block.lanes[n]
        goods, line = lane.goods, lane.line
        second += goods if line == 1.0 else 0
        third += goods if line == 2.0 else 0
        fourth += goods if line == FOURTH else 0
    counts = block.month.counts[firm]
    counts.goods_second += second
    counts.goods_third += third
    counts.goods_fourth += fourth


@inlined
def use_in(block: Block, firm: int, customers: int) -> None:
    """What use was like; the lane's satisfaction and expectation are still those before it."""
    month, parameters, offer = block.month, block.month.parameters[0], block.month.offers[firm]
    weight, level = parameters.satisfaction_quality_weight, parameters.satisfaction_level
    spread, what, experiences, uses = parameters.satisfaction_noise, what_for(USE, 0, offer.key), 0, 0
    for n in range(whole(customers)):
        lane = block.lanes[n]
        noise = spread * normals_of(word_at(lane.customer, what))[0]
        experience = experience_of_use(lane.quality, lane.fit, weight, level, noise)
        times = nearest(lane.uses) if n < customers else 0
        lane.experience = experience
        lane.shortfall, lane.uses = 0.0, float(times)
        experiences += times * to_fixed_point(experience)
        uses += times
    month.counts[firm].experience += experiences
    month.counts[firm].uses += uses


@inlined
def learn_from_use(block: Block, customers: int, learning: float) -> int:
    """What one use does to satisfaction and expectation, for the lanes that still have a use to go; how many had.

    Args:
        block: The block; what a lane experienced is what `use_in` found.
        customers: Lanes in use.
        learning: Weight of this experience. [per experience]
    """
    parameters, learners = block.month.parameters[0], 0
    gap, speed = parameters.satisfaction_disconfirmation, parameters.satisfaction_expectation_use
    for n in range(whole(customers)):
        lane = block.lanes[n]
        before, expected, experience, worst, left = (
            lane.satisfaction,
            lane.expectation,
            lane.experience,
            lane.shortfall,
            lane.uses,
        )
        after = single(updated_satisfaction(before, experience, expected, learning, gap, lane.loss_aversion))
        raised = single(updated_expectation(expected, experience, speed))
        short = expected - experience
        goes_on = left > 0.0
        lane.satisfaction = after if goes_on else before
        lane.expectation = raised if goes_on else expected
        lane.shortfall = short if goes_on & (short > worst) else worst
        lane.uses = left - 1.0
        learners += 1 if left > 1.0 else 0
    return learners


@inlined
def take_further_in(block: Block, firm: int, customers: int) -> None:
    """A further category for those who are lucky and do not hold all."""
    month, parameters = block.month, block.month.parameters[0]
    factor, selling = parameters.economics_cross_sell, month.offers[firm].selling
    most, what, takers = parameters.economics_categories, what_for(INCIDENTS, 0, month.offers[firm].key), 0
    most = float(int(most))
    for n in range(whole(customers)):
        lane = block.lanes[n]
        bits = word_at(lane.customer, what)
        lane.luck = upper_uniform(bits)
        may = (lane.categories < most) & (lane.buys != 0) & (n < customers)
        takes = may & (lower_uniform(bits) < factor * lane.satisfaction * selling)
        lane.flag = 1 if takes else 0
        takers += 1 if takes else 0
    if takers > 0:
        for n in range(customers):
            if block.lanes[n].flag != 0:
                i = block.lanes[n].place
                me = MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )  # fmt: skip
                take(me, wanted_next(me))


@inlined
def raise_incidents_in(block: Block, firm: int, customers: int) -> None:
    """Expected incidents and hours in a loop; who has some takes the step itself, and all if units are walled off."""
    month, parameters, offer = block.month, block.month.parameters[0], block.month.offers[firm]
    by_quality, breed = parameters.service_quality_effect, parameters.service_failure_demand
    trouble, complex_ = offer.trouble, parameters.service_complexity
    handoffs = OTHER_DEPARTMENTS * parameters.service_handoff_need * offer.walls_of_service
    plain, per, lines = parameters.service_hours * offer.handling, parameters.service_handoff_hours, offer.desk_lines
    walled = offer.unit_walls > 0.0
    means, hours_, typical = 0, 0, 0
    for n in range(whole(customers)):
        lane = block.lanes[n]
        product = 1.0 + by_quality * (EVEN - lane.quality)
        prone = product * (1.0 + breed * (1.0 - single(lane.fit))) * trouble
        mean = lane.incident_rate * prone * lane.in_use
        complexity = complex_ * (single(lane.depth) + lines - 1)
        hours = hours_of_incident(plain, handoffs, per, complexity)
        means += to_fixed_point(mean) if n < customers else 0
        hours_ += to_fixed_point(mean * hours) if n < customers else 0
        typical += to_fixed_point(prone * hours) if n < customers else 0
        lane.mean = mean
        lane.flag = 1 if lane.luck > exp(-mean) else 0
    if not walled:
        month.counts[firm].incidents_mean += means
        month.counts[firm].hours_mean += hours_
        month.counts[firm].hours_typical += typical
    for n in range(customers):
        i = block.lanes[n].place
        if walled or block.lanes[n].flag != 0:
            me = MonthContext(
                block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                month.counts, month.network, month.log, False,
            )  # fmt: skip
            if walled:
                raise_incidents(me)
            else:
                begin_incidents(me, firm, block.lanes[n].mean)
