"""Blocks of customers at the end of the month: who tells of a departure, what is remembered, and answers to surveys."""

from sim.model.customers.opinion import experience_after
from sim.model.equations.survey import answer, answer_before_rounding
from sim.model.equations.word_of_mouth import share_kept
from sim.model.randomness import ANSWER, what_for, word_at
from sim.numeric.compiled_bits import lower_uniform, upper_uniform
from sim.numeric.compiling import inlined
from sim.simulation.engines.lanes import Block


@inlined
def remember_use_in(block: Block) -> None:
    """A month of use adds to the experience of a firm, and all experience fades."""
    now, kept = block.month.clock.month, share_kept(block.month.parameters[0].satisfaction_half_life)
    for firm in range(block.relations.firms):
        for n in range(block.stop - block.start):
            relation = block.relations[block.start + n][firm]
            before, used = relation.experience, relation.last_purchase == now
            after = experience_after(before, kept, used)
            relation.experience = after if block.person[block.start + n].present != 0 else before


@inlined
def be_surveyed_in(block: Block) -> None:
    """Each customer answers, from 0 to 10, and counts as promoter, detractor or neither."""
    parameters, what = block.month.parameters[0], what_for(ANSWER, 0, 0)
    lowest, highest, noise = parameters.survey_lowest, parameters.survey_highest, parameters.survey_noise
    high, low = parameters.survey_promoter, parameters.survey_detractor
    for n in range(block.stop - block.start):
        lane = block.lanes[n]
        bits = word_at(lane.who, what)
        lane.number, lane.second = upper_uniform(bits), lower_uniform(bits)
    for firm in range(block.relations.firms):
        promoters, detractors = 0, 0
        for n in range(block.stop - block.start):
            person, lane = block.person[block.start + n], block.lanes[n]
            mine = (person.supplier == firm) & (person.present != 0)
            points = answer_before_rounding(block.relations[block.start + n][firm].satisfaction, lowest, highest)
            given = answer(points, noise, lane.number, lane.second)
            promoters += 1 if mine & (given >= high) else 0
            detractors += 1 if mine & (given <= low) & (given < high) else 0
        block.month.counts[firm].promoters += promoters
        block.month.counts[firm].detractors += detractors
