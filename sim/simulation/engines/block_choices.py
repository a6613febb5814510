"""Blocks of customers with a repertoire: how often they buy, what each firm is worth to them, and whom they choose."""

from sim.model.customers.purchase import MOST_PURCHASES
from sim.model.equations.choice import chance_of_dropout, demand_at, price_over_stay, response, value_of_firm
from sim.model.equations.needs import fit
from sim.model.equations.word_of_mouth import opinion
from sim.model.randomness import CHOICE, CONSIDER, DROPOUT, TRIAL, arrival_of, what_for, word_at
from sim.model.state import DIMENSIONS, EXPERIENCE_UNIT, LASTING_UNIT, NEVER, NOBODY
from sim.numeric.columns import Table
from sim.numeric.compiled_bits import fine_uniform, lower_uniform, single
from sim.numeric.compiling import inlined
from sim.numeric.mathematics import exp
from sim.simulation.engines.block_supply import count_purchases
from sim.simulation.engines.lanes import Block, whole

NEVER_ARRIVES = 1e300 * 1e10  # infinitely late: a firm that is unknown, or stayed away from


@inlined
def count_occasions_in(block: Block) -> None:
    """Purchase occasions of the month; who has no supplier may have to try a firm first, on some day of it."""
    find_satisfaction(block)
    find_price(block)
    parameters, trial = block.month.parameters[0], block.month.parameters[0].choice_trial
    neutral, strength = parameters.satisfaction_neutral, parameters.economics_frequency_response
    by_price, entry = parameters.economics_frequency_elasticity, parameters.economics_entry_elasticity
    luck, trying = what_for(CONSIDER, 0, 0), what_for(TRIAL, 0, 0)
    for n in range(block.stop - block.start):
        person, lane = block.person[block.start + n], block.lanes[n]
        lane.luck = lower_uniform(word_at(lane.who, luck))
        lane.mean = person.rate * response(lane.satisfaction, neutral, strength) * demand_at(lane.price, by_price)
    if trial > 0.0:
        for n in range(block.stop - block.start):
            lane = block.lanes[n]
            number = fine_uniform(word_at(lane.who, trying))
            chance = trial * demand_at(lane.price, entry)
            part = 1.0 - number / chance
            new = block.person[block.start + n].supplier == NOBODY
            lane.first = (0.0 if number >= chance else 1.0) if new else 0.0
            lane.mean *= (0.0 if number >= chance else part) if new else 1.0
    count_purchases(block, block.stop - block.start)
    for n in range(block.stop - block.start):
        lane = block.lanes[n]
        bought = lane.bought + (lane.first if trial > 0.0 else 0.0)
        lane.bought = bought if block.person[block.start + n].present != 0 else 0.0


@inlined
def find_satisfaction(block: Block) -> None:
    """Satisfaction with the supplier, or the neutral one of those who have none."""
    neutral = block.month.parameters[0].satisfaction_neutral
    for n in range(block.stop - block.start):
        block.lanes[n].satisfaction = neutral
    for firm in range(block.relations.firms):
        for n in range(block.stop - block.start):
            lane = block.lanes[n]
            satisfaction, before = block.relations[block.start + n][firm].satisfaction, lane.satisfaction
            lane.satisfaction = satisfaction if block.person[block.start + n].supplier == firm else before


@inlined
def find_price(block: Block) -> None:
    """List price of the supplier; of those who have none the lowest that they know, or the reference."""
    for n in range(block.stop - block.start):
        block.lanes[n].price, block.lanes[n].trigger = 0.0, 0.0
    for firm in range(block.relations.firms):
        price = block.month.offers[firm].price
        for n in range(block.stop - block.start):
            lane, known = block.lanes[n], block.relations[block.start + n][firm].aware == 1
            lowest, own = lane.price, lane.trigger
            lane.price = price if known & ((lowest <= 0.0) | (price < lowest)) else lowest
            lane.trigger = price if block.person[block.start + n].supplier == firm else own
    for n in range(block.stop - block.start):
        lane = block.lanes[n]
        lowest, own = lane.price, lane.trigger
        lane.price = own if own > 0.0 else lowest if lowest > 0.0 else 1.0


@inlined
def judge_in(block: Block, by_firm: Table) -> None:
    """How late each firm is in the race of a choice: the later, the less it is worth."""
    distortion = block.month.parameters[0].needs_distortion
    for k in range(DIMENSIONS):
        for n in range(block.stop - block.start):
            person = block.person[block.start + n]
            error = LASTING_UNIT * person.stated_error[k]
            block.lanes[n].stated[k] = person.goal[k] + distortion * error
    for firm in range(block.relations.firms):
        find_nearest_line(block, firm)
        find_worth(block, firm)
        find_lateness(block, firm, by_firm)


@inlined
def find_nearest_line(block: Block, firm: int) -> None:
    """Weighted squared distance of the stated preferences from the nearest line of a firm."""
    offer = block.month.offers[firm]
    for n in range(block.stop - block.start):
        block.lanes[n].nearest = 1e300
    for line in range(offer.lines):
        for n in range(block.stop - block.start):
            lane, person, distance = block.lanes[n], block.person[block.start + n], 0.0
            for k in range(DIMENSIONS):
                gap = lane.stated[k] - offer.position[line, k]
                distance += person.weight[k] * gap * gap
            before = lane.nearest
            lane.nearest = distance if distance < before else before


@inlined
def find_worth(block: Block, firm: int) -> None:
    """Utility of one firm before habit, taste and the luck of the day; see `worth`."""
    parameters, offer, now = block.month.parameters[0], block.month.offers[firm], block.month.clock.month
    stay, contact = parameters.choice_expected_stay, parameters.choice_contact_weight
    effort = parameters.choice_effort * (offer.lines - 1) if parameters.choice_effort > 0.0 else 0.0
    by_feeling, by_fit = parameters.choice_experience_weight, parameters.choice_fit_weight
    half = parameters.word_of_mouth_own_experience
    tolerance, price = parameters.needs_tolerance, offer.price
    newcomer, kept = offer.newcomer_discount, offer.retention_discount
    for n in range(block.stop - block.start):
        person, relation, lane = block.person[block.start + n], block.relations[block.start + n][firm], block.lanes[n]
        own, tried = person.supplier == firm, relation.last_purchase != NEVER
        satisfaction, reputation = relation.satisfaction, relation.reputation
        granted, left = kept if own & (person.discount_until >= now) else 0.0, float(person.discount_until - now + 1)
        months = 1.0 if (not tried) | (left < 1.0) else left
        offered = contact if (relation.contacted == 1) & (not own) else 0.0
        offered -= 0.0 if tried else effort
        lane.number = value_of_firm(
            opinion(satisfaction, reputation, EXPERIENCE_UNIT * relation.experience, half) if tried else reputation,
            fit(lane.nearest, tolerance),
            price_over_stay(price, granted if tried else newcomer, months, stay),
            offered,
            by_feeling,
            by_fit,
            person.price_weight,
        )


@inlined
def find_lateness(block: Block, firm: int, by_firm: Table) -> None:
    """How late a firm is: habit and taste bring it forward; who does not know it or stays away never takes it."""
    parameters, now = block.month.parameters[0], block.month.clock.month
    by_taste, by_habit, staying_away = (
        parameters.choice_taste,
        parameters.choice_habit_weight,
        parameters.choice_burn_months,
    )
    for n in range(block.stop - block.start):
        relation = block.relations[block.start + n][firm]
        taste = LASTING_UNIT * relation.taste
        lateness = exp(-(block.lanes[n].number + by_taste * taste + by_habit * relation.habit))
        burned = (relation.burned != NEVER) & (now - relation.burned < staying_away)
        by_firm[n][firm].lateness = NEVER_ARRIVES if burned | (relation.aware == 0) else lateness


@inlined
def put_in_order(block: Block) -> int:
    """Put customers in order by their purchases, most first: `many` of row c are those with at least c.

    Returns:
        Most purchases of anybody. [purchases]
    """
    for c in range(MOST_PURCHASES + 3):
        block.lanes[c].many = 0
    for n in range(block.stop - block.start):
        block.lanes[int(block.lanes[n].bought)].many += 1
    most = MOST_PURCHASES + 1
    while most > 0 and block.lanes[most].many == 0:
        most -= 1
    for c in range(most, -1, -1):
        more = block.lanes[c + 1].many
        block.lanes[c].next = more
        block.lanes[c].many += more
    for n in range(block.stop - block.start):
        row = block.lanes[int(block.lanes[n].bought)]
        block.lanes[row.next].order = n
        row.next += 1
    return most


@inlined
def choose_firms(block: Block, by_firm: Table, most: int) -> None:
    """Every purchase is a choice among known firms; loyalty is habit."""
    for n in range(block.lanes[1].many):
        at = block.lanes[n].order
        block.lanes[n].customer = block.lanes[at].who
        for firm in range(block.relations.firms):
            one = by_firm[n][firm]
            one.ordered, one.times = by_firm[at][firm].lateness, 0.0
            one.habit = block.relations[block.start + at][firm].habit
    for occasion in range(most):
        buyers = block.lanes[occasion + 1].many
        pick_in(block, by_firm, occasion, whole(buyers))
        learn_habits(block, by_firm, buyers)
        if block.month.parameters[0].economics_dropout_a > 0.0:
            look_for_dropouts(block, by_firm, occasion, buyers)


@inlined
def pick_in(block: Block, by_firm: Table, occasion: int, buyers: int) -> None:
    """One purchase of each buyer: the best firm of the moment, or nobody."""
    what, outside = what_for(CHOICE, occasion, 0), exp(-block.month.parameters[0].choice_outside)
    for n in range(buyers):
        lane = block.lanes[n]
        lane.first = arrival_of(word_at(lane.customer, what)) * outside
        lane.chosen = float(NOBODY)
    for firm in range(block.relations.firms):
        what, number = what_for(CHOICE, occasion, block.month.offers[firm].key), float(firm)
        for n in range(buyers):
            lane = block.lanes[n]
            when = arrival_of(word_at(lane.customer, what)) * by_firm[n][firm].ordered
            first, chosen = lane.first, lane.chosen
            lane.first = when if when < first else first
            lane.chosen = number if when < first else chosen


@inlined
def learn_habits(block: Block, by_firm: Table, buyers: int) -> None:
    """Habit follows purchases."""
    learning = block.month.parameters[0].choice_habit_learning
    for firm in range(block.relations.firms):
        number = float(firm)
        for n in range(buyers):
            one, chosen = by_firm[n][firm], block.lanes[n].chosen
            taken = 1.0 if chosen == number else 0.0
            habit = one.habit
            learned = single(habit + learning * (taken - habit))
            one.habit = learned if chosen >= 0.0 else habit
            one.times += taken


@inlined
def look_for_dropouts(block: Block, by_firm: Table, occasion: int, buyers: int) -> None:
    """Flag whose relation with the firm they chose may be over for good: they take the step itself."""
    parameters = block.month.parameters[0]
    neutral, strength = parameters.satisfaction_neutral, parameters.economics_dropout_response
    for n in range(buyers):
        lane = block.lanes[n]
        firm, at = int(lane.chosen), lane.order
        base = block.person[block.start + at].dropout
        if firm != NOBODY and base > 0.0:
            relation = block.relations[block.start + at][firm]
            again = relation.last_purchase != NEVER or by_firm[n][firm].times >= 2.0
            chance = chance_of_dropout(base, relation.satisfaction, neutral, strength)
            number = fine_uniform(word_at(lane.customer, what_for(DROPOUT, occasion, block.month.offers[firm].key)))
            if again and number < chance:
                block.lanes[at].stepped = 1
