"""Blocks of customers under contract: who looks around and chooses."""

from sim.model.customers.choice import choose_supplier
from sim.model.equations.choice import demand_at, price_over_stay, price_trigger
from sim.model.month_context import MonthContext
from sim.model.randomness import CONSIDER, what_for, word_at
from sim.model.state import NEVER, WORD_UNIT
from sim.numeric.compiled_bits import upper_uniform
from sim.numeric.compiling import inlined
from sim.numeric.mathematics import exp
from sim.simulation.engines.lanes import Block

ROUNDED = 1.0 + 1e-7, 1e-12  # a bound is not summed in the order of the step, so it is a little higher


@inlined
def choose_in(block: Block) -> None:
    """Whose luck is below the highest chance that they can have takes the step itself."""
    find_reasons(block)
    month, parameters = block.month, block.month.parameters[0]
    entry, base, slope = highest_entry(block), parameters.choice_consider, parameters.choice_consider_slope
    neutral, word, ticket = (
        parameters.satisfaction_neutral,
        parameters.choice_consider_word,
        parameters.choice_consider_ticket,
    )
    contact, price = parameters.choice_consider_contact, parameters.choice_consider_price
    complaint, months = parameters.choice_consider_complaint, parameters.choice_complaint_months
    what, now = what_for(CONSIDER, 0, 0), month.clock.month
    for n in range(block.stop - block.start):
        person, lane = block.person[block.start + n], block.lanes[n]
        reasons = word * (WORD_UNIT * person.bad_words) + contact * lane.rivals + price * lane.trigger
        reasons += ticket if person.incident_age >= 1 else 0.0
        aggrieved = (person.grievance == 1) & (now - person.complaint_month < months)
        reasons += complaint if aggrieved else 0.0
        chance = (base * exp(slope * (neutral - lane.satisfaction)) + reasons) * ROUNDED[0] + ROUNDED[1]
        chance = person.propensity * chance if person.supplier >= 0 else entry
        lane.flag = 1 if (upper_uniform(word_at(lane.who, what)) < chance) & (person.present != 0) else 0
    for n in range(block.stop - block.start):
        if block.lanes[n].flag != 0:
            i = block.start + n
            choose_supplier(
                MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )
            )  # fmt: skip


@inlined
def find_reasons(block: Block) -> None:
    """Satisfaction with the supplier, rivals that were in touch, and the highest price trigger anybody can have."""
    neutral, last = block.month.parameters[0].satisfaction_neutral, block.month.clock.month - 1
    for n in range(block.stop - block.start):
        lane = block.lanes[n]
        lane.satisfaction, lane.trigger, lane.rivals = neutral, 0.0, 0
    for firm in range(block.relations.firms):
        own, rival, end = highest_triggers(block, firm)
        for n in range(block.stop - block.start):
            person, relation, lane = (
                block.person[block.start + n],
                block.relations[block.start + n][firm],
                block.lanes[n],
            )
            mine = person.supplier == firm
            touched = (relation.contacted == 1) & (person.supplier != firm)
            satisfaction, before = relation.satisfaction, lane.satisfaction
            lane.satisfaction = satisfaction if mine else before
            lane.rivals += 1 if touched else 0
            ended = (person.promoted == 1) | ((person.discount_until != NEVER) & (person.discount_until == last))
            highest_own = end if ended & (end > own) else own
            trigger = highest_own if mine else rival if touched else 0.0
            highest = lane.trigger
            lane.trigger = trigger if trigger > highest else highest


@inlined
def highest_entry(block: Block) -> float:
    """The highest chance that somebody without supplier looks around, who knows the cheapest firm or none."""
    month, parameters = block.month, block.month.parameters[0]
    demand = 1.0
    for firm in range(len(month.offers)):
        demand = max(demand, demand_at(month.offers[firm].price, parameters.economics_entry_elasticity))
    return parameters.choice_entry * demand * ROUNDED[0] + ROUNDED[1]


@inlined
def highest_triggers(block: Block, firm: int) -> tuple[float, float, float]:
    """The highest price triggers of a firm: to its customers, to others whom it reaches, and when a discount ends."""
    offers, parameters = block.month.offers, block.month.parameters[0]
    newcomer, granted = offers[firm].newcomer_discount, offers[firm].retention_discount
    offered, rival = price_over_stay(offers[firm].price, newcomer, 1.0, parameters.choice_expected_stay), 0.0
    end = parameters.choice_discount_end * price_trigger(1.0, 1.0 - max(newcomer, granted))
    offered /= offers[firm].reference_price
    for other in range(len(offers)):
        if other != firm:
            rival = max(rival, price_trigger(offers[other].price / offers[other].reference_price, offered))
    return price_trigger(offers[firm].price / offers[firm].reference_price, 1.0), rival, end
