"""Blocks of customers after the desks have worked: service, complaints, talk, beliefs, and counting."""

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.customers.common import to_fixed_point
from sim.model.customers.range_check import be_watched
from sim.model.customers.reaction import NEED_MET, speak_up
from sim.model.customers.service import be_served
from sim.model.customers.survey import CONTENT, be_asked
from sim.model.equations.improvement import surplus
from sim.model.equations.needs import updated_precision
from sim.model.month_context import MonthContext
from sim.model.state import NOBODY
from sim.numeric.compiling import inlined
from sim.numeric.mathematics import nearest
from sim.simulation.engines.lanes import Block, find_customers, whole


@inlined
def be_served_in(block: Block) -> None:
    """Who has an open incident, and then who is disappointed, takes the step itself."""
    month, parameters = block.month, block.month.parameters[0]
    tolerance = parameters.temper_tolerance
    for i in range(block.start, block.stop):
        person = block.person[i]
        if person.present != 0 and person.supplier != NOBODY and person.open_incidents > 0:
            be_served(
                MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )
            )  # fmt: skip
    for i in range(block.start, block.stop):
        if block.person[i].shortfall > tolerance and block.person[i].present != 0:
            speak_up(
                MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )
            )  # fmt: skip
    for i in range(block.start, block.stop):
        person = block.person[i]
        before = person.shortfall
        person.shortfall = 0.0 if person.present != 0 else before


@inlined
def be_understood_in(block: Block) -> None:
    """Firms' beliefs fade and sharpen; who knows which firm, and what firms are thought to be, is counted."""
    month, parameters = block.month, block.month.parameters[0]
    drift, spread = parameters.needs_drift, parameters.needs_spread
    for firm in range(block.relations.firms):
        seen, aware, reputation = month.offers[firm].signal, 0, 0
        if spread > 0.0:
            for n in range(block.stop - block.start):
                person, relation = block.person[block.start + n], block.relations[block.start + n][firm]
                precision = relation.precision
                signal = seen if person.supplier == firm else 0.0
                sharper = updated_precision(precision, signal, drift, spread)
                learns = (precision + signal > 0.0) & (person.present != 0)
                relation.precision = sharper if learns else precision
        for n in range(block.stop - block.start):
            person, relation = block.person[block.start + n], block.relations[block.start + n][firm]
            there = person.present != 0
            known, thought = relation.aware, to_fixed_point(relation.reputation)
            aware += known if there else 0
            reputation += thought if there else 0
        month.counts[firm].aware += aware
        month.counts[firm].reputation += reputation


@inlined
def be_counted_in(block: Block) -> None:
    """Customers are asked, counted and valued, firm by firm."""
    for firm in range(block.relations.firms):
        customers = line_up_for_counting(block, firm)
        count_feelings(block, firm, customers)
        count_values(block, firm, customers)
        ask(block, firm, customers)


@inlined
def line_up_for_counting(block: Block, firm: int) -> int:
    """Put what is counted of the customers of a firm into lanes side by side; how many there are."""
    now, customers, lasting = block.month.clock.month, find_customers(block, firm), 0
    span = min(MONTHS_PER_YEAR, now + 1)
    for n in range(customers):
        lane = block.lanes[n]
        i = lane.place
        person, relation = block.person[i], block.relations[i][firm]
        lane.satisfaction, lane.precision = relation.satisfaction, relation.precision
        lane.contribution, lane.categories = relation.contribution, float(person.categories)
        lane.fit, lane.standing, lane.price_weight = person.fit, person.standing, person.price_weight
        lane.rate, lane.spend = person.rate, person.spend
        lane.discounted = 1 if person.discount_until >= now else 0
        person.tenure += 1
        person.served_months += 1
        lasting += 1 if person.tenure > span else 0
    block.month.counts[firm].lasting += lasting
    return customers


@inlined
def count_feelings(block: Block, firm: int, customers: int) -> None:
    """Satisfaction of a firm's customers, by several measures of it, and what is known of them."""
    satisfaction, precision, categories, met, satisfied = 0, 0, 0, 0, 0
    for n in range(whole(customers)):
        lane, real = block.lanes[n], n < customers
        content = lane.satisfaction >= CONTENT
        lane.flag = 0 if content else 1
        satisfied += 1 if content & real else 0
        satisfaction += to_fixed_point(lane.satisfaction) if real else 0
        precision += to_fixed_point(lane.precision) if real else 0
        categories += nearest(lane.categories) if real else 0
        met += 1 if (lane.fit > NEED_MET) & real else 0
    counts = block.month.counts[firm]
    counts.customers += customers
    counts.satisfied += satisfied
    counts.satisfaction += satisfaction
    counts.precision += precision
    counts.categories += categories
    counts.needs_met += met


@inlined
def count_values(block: Block, firm: int, customers: int) -> None:
    """Standing of a firm's customers, whether they pay, and what being supplied is worth to them."""
    month, parameters = block.month, block.month.parameters[0]
    outside, by_feeling = parameters.choice_outside, parameters.choice_experience_weight
    by_fit, offer = parameters.choice_fit_weight, month.offers[firm]
    asked, granted = offer.price, offer.retention_discount
    standing, squared, unprofitable, met, surplus_, weight = 0, 0, 0, 0, 0, month.clock.weight
    for n in range(whole(customers)):
        lane, real = block.lanes[n], n < customers
        standing += to_fixed_point(lane.standing) if real else 0
        squared += to_fixed_point(lane.standing * lane.standing) if real else 0
        unprofitable += 1 if (lane.contribution < 0) & real else 0
        met += 1 if (lane.contribution > 0) & (lane.fit > NEED_MET) & real else 0
        price = asked * (1.0 - (granted if lane.discounted != 0 else 0.0))
        gained = surplus(lane.satisfaction, lane.fit, outside, by_feeling, by_fit)
        minds = lane.price_weight > 0.0
        worth = lane.rate * lane.spend * (gained / (lane.price_weight if minds else 1.0) + 1.0 - price)
        worth = worth if minds else 0.0
        surplus_ += nearest(worth * weight * 100.0) if real else 0
    counts = month.counts[firm]
    counts.standing += standing
    counts.standing_squared += squared
    counts.unprofitable += unprofitable
    counts.met_at_profit += met
    counts.surplus += surplus_


@inlined
def ask(block: Block, firm: int, customers: int) -> None:
    """Who is not satisfied takes the step itself; those who are have been counted."""
    month = block.month
    for n in range(customers):
        if block.lanes[n].flag != 0:
            i = block.lanes[n].place
            be_asked(
                MonthContext(
                    block.person[i], block.relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )
            )  # fmt: skip


@inlined
def be_watched_in(block: Block) -> None:
    """Whoever may have a number that is none, or out of its range, takes the step itself."""
    month = block.month
    look_for_no_numbers(block)
    for firm in range(block.relations.firms):
        for n in range(block.stop - block.start):
            relation, lane = block.relations[block.start + n][firm], block.lanes[n]
            one, two, three, four = relation.satisfaction, relation.expectation, relation.reputation, relation.habit
            sound = (one >= 0.0) & (one <= 1.0) & (two >= 0.0) & (two <= 1.0)
            sound = sound & (three >= 0.0) & (three <= 1.0) & (four >= 0.0) & (four <= 1.0)
            before = lane.flag
            lane.flag = before if sound else 1
    suspects = 0
    for n in range(block.stop - block.start):
        suspects += block.lanes[n].flag
    if suspects > 0:
        for i in range(block.start, block.stop):
            if block.lanes[i - block.start].flag != 0 and block.person[i].present != 0:
                be_watched(
                    MonthContext(
                        block.person[i], block.relations[i], month.parameters[0], month.offers, month.clock,
                        month.scratch, month.counts, month.network, month.log, False,
                    )
                )  # fmt: skip


@inlined
def look_for_no_numbers(block: Block) -> None:
    """Flag whose sum of numbers times nothing is not nothing; other rare columns send the month to the steps."""
    for n in range(block.stop - block.start):
        person = block.person[block.start + n]
        total = person.rate + person.spend + person.price_weight + person.incident_rate + person.open_hours
        total += person.dropout + person.propensity + person.fatigue + person.standing + person.loss_aversion
        total += person.voice + person.talk + person.susceptibility + person.boldness
        total += person.goal[0] + person.goal[1] + person.goal[2] + person.goal[3]
        block.lanes[n].flag = 0 if total * 0.0 == 0.0 else 1
