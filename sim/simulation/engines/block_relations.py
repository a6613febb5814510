"""Blocks of customers with a repertoire at the end of a month: purchases are remembered, and relations are counted."""

from sim.model.customers.common import GONE, to_fixed_point
from sim.model.equations.choice import chance_of_dropout, response
from sim.model.equations.repertoire import THIS_YEAR, YEAR_BEFORE, chance_alive, history_after
from sim.model.state import NEVER
from sim.numeric.compiling import inlined
from sim.simulation.engines.lanes import Block


@inlined
def keep_history_in(block: Block) -> None:
    """The month's purchases, firm by firm."""
    for n in range(block.stop - block.start):
        block.lanes[n].order = 0
    for firm in range(block.relations.firms):
        for n in range(block.stop - block.start):
            block.lanes[n].order += block.relations[block.start + n][firm].bought
    for firm in range(block.relations.firms):
        remember_purchases_in(block, firm)
        count_live_relations(block, firm)


@inlined
def remember_purchases_in(block: Block, firm: int) -> None:
    """Months with a purchase from one firm, and who bought in the last year and in the year before."""
    buyers, before, again, everything = 0, 0, 0, 0
    for n in range(block.stop - block.start):
        relation, there = block.relations[block.start + n][firm], block.person[block.start + n].present != 0
        kept = relation.history
        history = history_after(kept, 1 if relation.bought > 0 else 0)
        relation.history = history if there else kept
        lately, earlier = there & (history & THIS_YEAR != 0), there & (history & YEAR_BEFORE != 0)
        buyers += 1 if lately else 0
        everything += block.lanes[n].order if lately else 0
        before += 1 if earlier else 0
        again += 1 if lately & earlier else 0
    counts = block.month.counts[firm]
    counts.buyers += buyers
    counts.category_purchases += everything
    counts.buyers_before += before
    counts.buyers_again += again


@inlined
def count_live_relations(block: Block, firm: int) -> None:
    """Relations with one firm that are not over, and the chances that they are not; see `chance_alive_with`."""
    parameters, now, live, alive = block.month.parameters[0], block.month.clock.month, 0, 0
    neutral, frequency, leaving = (
        parameters.satisfaction_neutral,
        parameters.economics_frequency_response,
        parameters.economics_dropout_response,
    )
    for n in range(block.stop - block.start):
        person, relation = block.person[block.start + n], block.relations[block.start + n][firm]
        tried = (person.present != 0) & (relation.last_purchase != NEVER)
        rate = person.rate * response(relation.satisfaction, neutral, frequency) * relation.habit
        dropout = chance_of_dropout(person.dropout, relation.satisfaction, neutral, leaving)
        chance = to_fixed_point(chance_alive(rate, dropout, float(now - relation.last_purchase)))
        alive += chance if tried else 0
        live += 1 if tried & (relation.burned != GONE) else 0
    block.month.counts[firm].alive += alive
    block.month.counts[firm].relations += live
