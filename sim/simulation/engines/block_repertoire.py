"""Blocks of customers with a repertoire: each purchase is a choice, and each firm supplies those who chose it."""

from sim.model.customers.common import GONE
from sim.model.customers.incidents import raise_incidents
from sim.model.customers.repertoire import buy_from_repertoire, settle_supplier
from sim.model.equations.choice import response
from sim.model.equations.repertoire import chance_in_use
from sim.model.month_context import MonthContext
from sim.model.state import NEVER, NOBODY
from sim.numeric.columns import Table
from sim.numeric.compiling import inlined
from sim.numeric.mathematics import nearest
from sim.simulation.engines.block_choices import choose_firms, count_occasions_in, judge_in, put_in_order
from sim.simulation.engines.block_supply import (
    fill_lanes,
    find_basket,
    learn_from_use,
    pay_in,
    raise_incidents_in,
    take_further_in,
    use_in,
)
from sim.simulation.engines.block_tailoring import tailor_in
from sim.simulation.engines.lanes import Block, whole


@inlined
def buy_from_repertoire_in(block: Block, by_firm: Table) -> None:
    """Choices, what was bought from each firm, and whose customers they are; who drops out takes the step itself."""
    count_occasions_in(block)
    forget_last_month(block)
    most = put_in_order(block)
    if most > 0:
        judge_in(block, by_firm)
        choose_firms(block, by_firm, most)
        write_choices(block, by_firm)
        for firm in range(block.relations.firms):
            receive_in(block, firm, by_firm)
    settle_in(block)
    for firm in range(block.relations.firms):
        remember_main_firm(block, firm, by_firm)
        customers = line_up_customers(block, firm)
        take_further_in(block, firm, customers)
        raise_incidents_in(block, firm, customers)
    step_in(block)


@inlined
def forget_last_month(block: Block) -> None:
    """Purchases are counted from nothing."""
    for n in range(block.stop - block.start):
        block.lanes[n].stepped = 0
        person = block.person[block.start + n]
        before = person.purchases
        person.purchases = 0 if person.present != 0 else before
    for firm in range(block.relations.firms):
        for n in range(block.stop - block.start):
            relation = block.relations[block.start + n][firm]
            before = relation.bought
            relation.bought = 0 if block.person[block.start + n].present != 0 else before


@inlined
def write_choices(block: Block, by_firm: Table) -> None:
    """Write purchases and habits into the rows of those who did not drop out."""
    for n in range(block.lanes[1].many):
        at = block.lanes[n].order
        if block.lanes[at].stepped == 0:
            for firm in range(block.relations.firms):
                relation, one = block.relations[block.start + at][firm], by_firm[n][firm]
                relation.bought = nearest(one.times)
                relation.habit = one.habit


@inlined
def receive_in(block: Block, firm: int, by_firm: Table) -> None:
    """What was bought from one firm this month: bill, cost and use."""
    customers = find_buyers(block, firm)
    fill_lanes(block, firm, customers)
    tailor_in(block, firm, customers)
    find_basket(block, firm, customers)
    for n in range(whole(customers)):
        lane = block.lanes[n]
        lane.amount = lane.bought * lane.amount
        lane.uses = lane.bought
    pay_in(block, firm, customers)
    use_in(block, firm, customers)
    learning, more = block.month.parameters[0].satisfaction_learning_purchase, customers
    while more > 0:
        more = learn_from_use(block, customers, learning)
    for n in range(customers):
        lane = block.lanes[n]
        relation, one = block.relations[lane.place][firm], by_firm[lane.place - block.start][firm]
        relation.satisfaction = lane.satisfaction
        relation.expectation = lane.expectation
        relation.contribution = lane.contribution
        relation.billed = lane.billed
        relation.last_purchase = block.month.clock.month
        one.fit, one.depth, one.line, one.shortfall = lane.fit, lane.depth, lane.line, lane.shortfall


@inlined
def find_buyers(block: Block, firm: int) -> int:
    """Give each of those who bought from a firm a lane that knows the place; how many there are."""
    count = 0
    for i in range(block.start, block.stop):
        bought = block.relations[i][firm].bought
        lane = block.lanes[count]
        lane.place, lane.bought = i, float(bought)
        count += 1 if (bought > 0) & (block.person[i].present != 0) else 0
    return count


@inlined
def settle_in(block: Block) -> None:
    """Who belongs to the firm with the strongest habit already stays there; all others take the step itself."""
    month, parameters = block.month, block.month.parameters[0]
    lead, lapse, now = parameters.choice_main_lead, parameters.choice_lapse, month.clock.month
    for n in range(block.stop - block.start):
        block.lanes[n].number, block.lanes[n].chosen = -1.0, float(NOBODY)
    for firm in range(block.relations.firms):
        number = float(firm)
        for n in range(block.stop - block.start):
            relation, lane = block.relations[block.start + n][firm], block.lanes[n]
            habit, most, chosen = relation.habit, lane.number, lane.chosen
            strength = habit + (lead if block.person[block.start + n].supplier == firm else 0.0)
            lately = (relation.last_purchase != NEVER) & (now - relation.last_purchase < lapse)
            stronger = lately & (strength > most)
            lane.number = strength if stronger else most
            lane.chosen = number if stronger else chosen
    for n in range(block.stop - block.start):
        i = block.start + n
        moves = nearest(block.lanes[n].chosen) != block.person[i].supplier
        if moves and block.person[i].present != 0 and block.lanes[n].stepped == 0:
            settle_supplier(
                MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )
            )  # fmt: skip


@inlined
def remember_main_firm(block: Block, firm: int, by_firm: Table) -> None:
    """Purchases from the main firm, and how they were, are remembered with the person."""
    for n in range(block.stop - block.start):
        person, one = block.person[block.start + n], by_firm[n][firm]
        bought = block.relations[block.start + n][firm].bought
        main = (person.supplier == firm) & (bought > 0) & (block.lanes[n].stepped == 0) & (person.present != 0)
        purchases, fit, depth, shortfall = person.purchases, person.fit, person.depth, person.shortfall
        line, bought_line = person.line, nearest(one.line)
        person.purchases = bought if main else purchases
        person.fit = one.fit if main else fit
        person.depth = one.depth if main else depth
        person.line = bought_line if main else line
        person.shortfall = one.shortfall if main else shortfall


@inlined
def line_up_customers(block: Block, firm: int) -> int:
    """Put the customers of a firm into lanes side by side."""
    count = 0
    for i in range(block.start, block.stop):
        person, stepped = block.person[i], block.lanes[i - block.start].stepped
        block.lanes[count].place = i
        count += 1 if (person.supplier == firm) & (person.present != 0) & (stepped == 0) else 0
    quality = block.month.offers[firm].line_quality
    for n in range(count):
        lane = block.lanes[n]
        i = lane.place
        person, relation = block.person[i], block.relations[i][firm]
        lane.customer = block.lanes[i - block.start].who
        lane.buys = 1 if person.purchases > 0 else 0
        lane.incident_rate, lane.rate, lane.mean = person.incident_rate, person.rate, relation.habit
        lane.flag = 1 if (relation.last_purchase != NEVER) & (relation.burned != GONE) else 0
        lane.satisfaction, lane.categories = relation.satisfaction, float(person.categories)
        lane.fit, lane.depth = person.fit, person.depth
        lane.quality = quality[person.line]
    find_use(block, count)
    return count


@inlined
def find_use(block: Block, customers: int) -> None:
    """Incidents come to customers by the chance that they use the firm's supply; see `use_of_supplier`."""
    parameters = block.month.parameters[0]
    neutral, strength = parameters.satisfaction_neutral, parameters.economics_frequency_response
    for n in range(whole(customers)):
        lane = block.lanes[n]
        use = chance_in_use(lane.rate * response(lane.satisfaction, neutral, strength) * lane.mean)
        lane.in_use = use if lane.flag != 0 else 0.0


@inlined
def step_in(block: Block) -> None:
    """Those who dropped out take the steps."""
    month, stepped = block.month, 0
    for n in range(block.stop - block.start):
        stepped += block.lanes[n].stepped
    if stepped > 0:
        for i in range(block.start, block.stop):
            if block.lanes[i - block.start].stepped != 0:
                me = MonthContext(
                    block.person[i], block.relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )  # fmt: skip
                buy_from_repertoire(me)
                if block.person[i].supplier != NOBODY:
                    raise_incidents(me)
