"""Blocks of customers who buy under contract: firm by firm, in lanes of its own customers."""

from sim.model.customers.common import to_fixed_point
from sim.model.customers.customer_outcome import EVEN
from sim.model.customers.product_categories import take, wanted_next
from sim.model.customers.purchase import MOST_PURCHASES
from sim.model.customers.service import begin_incidents, raise_incidents
from sim.model.equations.choice import demand_at, response
from sim.model.equations.satisfaction import experience_of_use, updated_expectation, updated_satisfaction
from sim.model.equations.service import hours_of_incident
from sim.model.month_context import MonthContext
from sim.model.randomness import CONSIDER, INCIDENTS, USE, normals_of, poisson, what_for, word_at
from sim.model.state import DIMENSIONS, NEVER, OTHER_DEPARTMENTS
from sim.numeric.compiled_bits import lower_uniform, single, upper_uniform
from sim.numeric.compiling import inlined
from sim.numeric.mathematics import exp, nearest
from sim.simulation.engines.block_tailoring import tailor_in
from sim.simulation.engines.lanes import Block

MOST_IN_LANES = 5  # purchases counted in the loop; who makes more is counted by the rule


@inlined
def buy_in(block: Block) -> None:
    """A month of supply under contract, and the incidents it brings, firm by firm."""
    for n in range(block.stop - block.start):
        person = block.person[block.start + n]
        before = person.purchases
        person.purchases = 0 if person.present != 0 else before
    for firm in range(block.relations.firms):
        for n in range(block.stop - block.start):
            relation = block.relations[block.start + n][firm]
            before = relation.bought
            relation.bought = 0 if block.person[block.start + n].present != 0 else before
        customers = line_up(block, firm)
        count_occasions(block, firm, customers)
        tailor_in(block, firm, customers)
        pay_in(block, firm, customers)
        use_in(block, firm, customers)
        write_back(block, firm, customers)
        take_further_in(block, firm, customers)
        raise_incidents_in(block, firm, customers)


@inlined
def line_up(block: Block, firm: int) -> int:
    """Put the customers of a firm into lanes side by side; how many there are."""
    month, count = block.month, 0
    for i in range(block.start, block.stop):
        person = block.person[i]
        if person.supplier == firm and person.present != 0:
            relation, lane = block.relations[i][firm], block.lanes[count]
            lane.place, lane.customer = i, block.lanes[i - block.start].who
            lane.rate, lane.spend, lane.loss_aversion = person.rate, person.spend, person.loss_aversion
            lane.categories, lane.incident_rate = float(person.categories), person.incident_rate
            lane.satisfaction, lane.expectation = relation.satisfaction, relation.expectation
            lane.precision, lane.contribution = relation.precision, relation.contribution
            lane.new = 1 if relation.last_purchase == NEVER else 0
            lane.discounted = 1 if person.discount_until >= month.clock.month else 0
            for k in range(DIMENSIONS):
                lane.goal[k], lane.weight[k] = person.goal[k], person.weight[k]
                lane.stated[k], lane.error[k] = float(person.stated_error[k]), float(relation.belief_error[k])
            count += 1
    return count


@inlined
def count_occasions(block: Block, firm: int, customers: int) -> None:
    """Purchase occasions of the month by inversion of a Poisson distribution."""
    parameters, what = block.month.parameters[0], what_for(CONSIDER, 0, 0)
    neutral, strength = parameters.satisfaction_neutral, parameters.economics_frequency_response
    demand, many = demand_at(block.month.offers[firm].price, parameters.economics_frequency_elasticity), 0
    for n in range(customers):
        lane = block.lanes[n]
        lane.luck = lower_uniform(word_at(lane.customer, what))
        mean = lane.rate * response(lane.satisfaction, neutral, strength)
        mean *= 1.0
        mean *= demand
        lane.mean = mean
        term = exp(-mean)
        total = term
        more = 1.0 if lane.luck > total else 0.0
        bought = more
        for count in range(1, MOST_IN_LANES):
            term *= mean * (1.0 / count)
            total += term
            more = more if lane.luck > total else 0.0
            bought += more
        lane.bought = bought
        many += 1 if more > 0.0 else 0
    if many > 0:
        for n in range(customers):
            lane = block.lanes[n]
            if lane.bought >= MOST_IN_LANES:
                lane.bought = float(poisson(lane.mean, lane.luck, MOST_PURCHASES))


@inlined
def pay_in(block: Block, firm: int, customers: int) -> None:
    """Bills and costs of what was bought."""
    month, parameters, offer = block.month, block.month.parameters[0], block.month.offers[firm]
    share, value = parameters.economics_fixed_share, parameters.economics_category_value
    neutral, strength = parameters.satisfaction_neutral, parameters.economics_basket_response
    fixed_cost, distance_cost = parameters.customisation_fixed_cost, parameters.customisation_distance_cost
    price, unit_cost, newcomer, granted = (
        offer.price,
        offer.unit_cost,
        offer.newcomer_discount,
        offer.retention_discount,
    )
    weight, demand = month.clock.weight, demand_at(offer.price, parameters.economics_basket_elasticity)
    revenues, discounts, goods_, customs, purchases = 0, 0, 0, 0, 0
    for n in range(customers):
        lane = block.lanes[n]
        size = lane.spend * (1.0 + value * (lane.categories - 1.0)) * response(lane.satisfaction, neutral, strength)
        basket = size * demand
        amount = (share * lane.rate + (1.0 - share) * lane.bought) * basket
        discount = newcomer if lane.new != 0 else granted if lane.discounted != 0 else 0.0
        revenue = nearest(amount * price * weight * 100.0)
        discounted = nearest(amount * price * discount * weight * 100.0)
        goods = nearest(amount * unit_cost * weight * 100.0)
        moved = nearest(amount * (fixed_cost + distance_cost * lane.moved) * weight * 100.0)
        custom = moved if lane.depth > 0.0 else 0
        lane.contribution += revenue - discounted - goods - custom
        revenues += revenue
        discounts += discounted
        goods_ += goods
        customs += custom
        purchases += nearest(lane.bought)
    counts = month.counts[firm]
    counts.revenue += revenues
    counts.discounts += discounts
    counts.cost_goods += goods_
    counts.cost_customisation += customs
    counts.purchases += purchases


@inlined
def use_in(block: Block, firm: int, customers: int) -> None:
    """What use was like, and what it does to satisfaction and expectation."""
    month, parameters, offer = block.month, block.month.parameters[0], block.month.offers[firm]
    quality, weight, level = offer.quality, parameters.satisfaction_quality_weight, parameters.satisfaction_level
    spread, learning = parameters.satisfaction_noise, parameters.satisfaction_learning_use
    gap, speed = parameters.satisfaction_disconfirmation, parameters.satisfaction_expectation_use
    what, experiences = what_for(USE, 0, offer.key), 0
    for n in range(customers):
        lane = block.lanes[n]
        noise = spread * normals_of(word_at(lane.customer, what))[0]
        experience = experience_of_use(quality, lane.fit, weight, level, noise)
        experiences += to_fixed_point(experience)
        expected, satisfaction = lane.expectation, lane.satisfaction
        lane.satisfaction = single(
            updated_satisfaction(satisfaction, experience, expected, learning, gap, lane.loss_aversion)
        )
        short = expected - experience
        lane.shortfall = short if short > 0.0 else 0.0
        lane.expectation = updated_expectation(expected, experience, speed)
    month.counts[firm].experience += experiences
    month.counts[firm].uses += customers


@inlined
def write_back(block: Block, firm: int, customers: int) -> None:
    """Write what lanes hold into the rows of the customers."""
    now, promoted = block.month.clock.month, block.month.offers[firm].newcomer_discount > 0.0
    for n in range(customers):
        lane = block.lanes[n]
        person, relation = block.person[lane.place], block.relations[lane.place][firm]
        bought = nearest(lane.bought)
        relation.bought = bought
        relation.satisfaction = lane.satisfaction
        relation.expectation = lane.expectation
        relation.contribution = lane.contribution
        relation.last_purchase = now
        person.purchases = bought
        person.fit = lane.fit
        person.depth = lane.depth
        person.shortfall = lane.shortfall
        person.promoted = 1 if (lane.new != 0) & promoted else 0


@inlined
def take_further_in(block: Block, firm: int, customers: int) -> None:
    """A further category for those who are lucky and do not hold all."""
    month, parameters = block.month, block.month.parameters[0]
    factor, selling = parameters.economics_cross_sell, month.offers[firm].selling
    most, what, takers = parameters.economics_categories, what_for(INCIDENTS, 0, month.offers[firm].key), 0
    most = float(int(most))
    for n in range(customers):
        lane = block.lanes[n]
        bits = word_at(lane.customer, what)
        lane.luck = upper_uniform(bits)
        takes = (lower_uniform(bits) < factor * lane.satisfaction * selling) & (lane.categories < most)
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
    product = 1.0 + parameters.service_quality_effect * (EVEN - offer.quality)
    breed, trouble, complex_ = parameters.service_failure_demand, offer.trouble, parameters.service_complexity
    handoffs = OTHER_DEPARTMENTS * parameters.service_handoff_need * offer.walls_of_service
    plain, per, lines = parameters.service_hours * offer.handling, parameters.service_handoff_hours, offer.desk_lines
    saved, walled = parameters.service_specialisation * offer.walls_of_service, offer.unit_walls > 0.0
    means, hours_ = 0, 0
    for n in range(customers):
        lane = block.lanes[n]
        mean = lane.incident_rate * product * (1.0 + breed * (1.0 - single(lane.fit))) * trouble
        complexity = complex_ * (single(lane.depth) + lines - 1)
        hours = hours_of_incident(plain, handoffs, per, saved, complexity)
        means += to_fixed_point(mean)
        hours_ += to_fixed_point(mean * hours)
        lane.mean = mean
        lane.flag = 1 if lane.luck > exp(-mean) else 0
    if not walled:
        month.counts[firm].incidents_mean += means
        month.counts[firm].hours_mean += hours_
    for n in range(customers):
        i = block.lanes[n].place
        if walled or block.lanes[n].flag != 0 or block.person[i].open_incidents > 0:
            me = MonthContext(
                block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                month.counts, month.network, month.log, False,
            )  # fmt: skip
            if walled:
                raise_incidents(me)
            else:
                begin_incidents(me, firm, block.lanes[n].mean)
