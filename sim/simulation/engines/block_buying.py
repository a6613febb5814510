"""Blocks of customers who buy under contract: firm by firm, in lanes of its own customers."""

from sim.model.equations.choice import demand_at, response
from sim.model.randomness import CONSIDER, what_for, word_at
from sim.numeric.compiled_bits import lower_uniform
from sim.numeric.compiling import inlined
from sim.numeric.mathematics import nearest
from sim.simulation.engines.block_supply import (
    count_purchases,
    fill_lanes,
    find_basket,
    learn_from_use,
    pay_in,
    raise_incidents_in,
    take_further_in,
    use_in,
)
from sim.simulation.engines.block_tailoring import tailor_in
from sim.simulation.engines.lanes import Block, find_customers, whole


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
        customers = find_customers(block, firm)
        fill_lanes(block, firm, customers)
        count_occasions(block, firm, customers)
        tailor_in(block, firm, customers)
        bill_in(block, firm, customers)
        use_in(block, firm, customers)
        learn_from_use(block, customers, block.month.parameters[0].satisfaction_learning_use)
        write_back(block, firm, customers)
        take_further_in(block, firm, customers)
        raise_incidents_in(block, firm, customers)


@inlined
def count_occasions(block: Block, firm: int, customers: int) -> None:
    """Purchase occasions of the month."""
    parameters, what = block.month.parameters[0], what_for(CONSIDER, 0, 0)
    neutral, strength = parameters.satisfaction_neutral, parameters.economics_frequency_response
    demand = demand_at(block.month.offers[firm].price, parameters.economics_frequency_elasticity)
    for n in range(whole(customers)):
        lane = block.lanes[n]
        lane.luck = lower_uniform(word_at(lane.customer, what))
        lane.mean = lane.rate * response(lane.satisfaction, neutral, strength) * demand
    count_purchases(block, whole(customers))


@inlined
def bill_in(block: Block, firm: int, customers: int) -> None:
    """A bill of which part is fixed."""
    share = block.month.parameters[0].economics_fixed_share
    find_basket(block, firm, customers)
    for n in range(whole(customers)):
        lane = block.lanes[n]
        lane.amount = (share * lane.rate + (1.0 - share) * lane.bought) * lane.amount
        lane.uses, lane.in_use, lane.buys = 1.0, 1.0, 1
    pay_in(block, firm, customers)


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
        relation.billed = lane.billed
        relation.last_purchase = now
        person.purchases = bought
        person.fit = lane.fit
        person.line = nearest(lane.line)
        person.depth = lane.depth
        person.shortfall = lane.shortfall
        person.promoted = 1 if (lane.new != 0) & promoted else 0
