"""Blocks of customers who listen and talk: words heard, firms forgotten, and who says something."""

from sim.model.customers.word_of_mouth import hear, talk
from sim.model.equations.word_of_mouth import (
    chance_of_blame,
    chance_of_praise,
    chance_to_forget,
    chance_to_tell,
    faded_reputation,
    opinion,
)
from sim.model.month_context import MonthContext
from sim.model.randomness import DEPARTURE, FORGET, TALK, what_for, word_at
from sim.model.state import EXPERIENCE_UNIT, NEVER
from sim.numeric.columns import Table
from sim.numeric.compiled_bits import fine_uniform
from sim.numeric.compiling import inlined
from sim.simulation.engines.lanes import Block


@inlined
def hear_in(block: Block, spoken_to: Table) -> None:
    """Nobody spoke to most: what they think of firms fades; those who heard something take the step itself."""
    month, parameters = block.month, block.month.parameters[0]
    neutral, fading = parameters.satisfaction_neutral, parameters.word_of_mouth_fading
    forgetting = parameters.word_of_mouth_forgetting
    for n in range(block.stop - block.start):
        person = block.person[block.start + n]
        there = person.present != 0
        block.lanes[n].flag = 1 if there & (spoken_to[block.start + n].heard == 0) else 0
        bad = person.bad_words
        person.bad_words = 0 if there else bad
    for firm in range(block.relations.firms):
        for n in range(block.stop - block.start):
            relation = block.relations[block.start + n][firm]
            before = relation.reputation
            after = faded_reputation(before, neutral, fading)
            relation.reputation = after if block.lanes[n].flag != 0 else before
        if forgetting > 0.0:
            forget_in(block, firm)
    for n in range(block.stop - block.start):
        i = block.start + n
        if spoken_to[i].heard != 0 and block.person[i].present != 0:
            hear(
                MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )
            )  # fmt: skip


@inlined
def forget_in(block: Block, firm: int) -> None:
    """Those who heard nothing may forget a firm; the lane's flag says who heard nothing."""
    parameters, what = block.month.parameters[0], what_for(FORGET, 0, block.month.offers[firm].key)
    most, half = parameters.word_of_mouth_forgetting, parameters.word_of_mouth_own_experience
    for n in range(block.stop - block.start):
        person, relation, lane = block.person[block.start + n], block.relations[block.start + n][firm], block.lanes[n]
        chance, known = chance_to_forget(most, EXPERIENCE_UNIT * relation.experience, half), relation.aware
        forgets = (lane.flag != 0) & (person.supplier != firm) & (fine_uniform(word_at(lane.who, what)) < chance)
        relation.aware = 0 if forgets else known


@inlined
def talk_in(block: Block) -> None:
    """Whose luck says that they talk take the step itself."""
    month, parameters = block.month, block.month.parameters[0]
    most_praise, most_blame = parameters.word_of_mouth_positive, parameters.word_of_mouth_negative
    former = parameters.word_of_mouth_former
    look_for_departures(block)
    half = parameters.word_of_mouth_own_experience
    for firm in range(block.relations.firms):
        what = what_for(TALK, 0, month.offers[firm].key)
        for n in range(block.stop - block.start):
            person, lane = block.person[block.start + n], block.lanes[n]
            relation, own = block.relations[block.start + n][firm], person.supplier == firm
            felt, tried = relation.satisfaction, relation.last_purchase != NEVER
            heard, months = relation.reputation, EXPERIENCE_UNIT * relation.experience
            thought = opinion(felt, heard, months, half) if tried else heard
            satisfaction = felt if own else thought
            talkative = person.talk * (1.0 if person.supplier == firm else former)
            number = fine_uniform(word_at(lane.who, what))
            praises = number < chance_of_praise(satisfaction, most_praise, talkative)
            blames = number >= 1.0 - chance_of_blame(satisfaction, most_blame, talkative)
            talks = (praises | blames) & (person.last_firm == firm) & (person.present != 0)
            before = lane.flag
            lane.flag = 1 if talks else before
    for n in range(block.stop - block.start):
        person = block.person[block.start + n]
        before = person.said
        person.said = 0 if person.present != 0 else before
    for n in range(block.stop - block.start):
        if block.lanes[n].flag != 0:
            i = block.start + n
            talk(
                MonthContext(
                    block.person[i], block.relations[i], parameters, month.offers, month.clock, month.scratch,
                    month.counts, month.network, month.log, False,
                )
            )  # fmt: skip


@inlined
def look_for_departures(block: Block) -> None:
    """Flag those who left a firm not long ago and whose luck says that they tell of it."""
    parameters = block.month.parameters[0]
    most, months, what = parameters.word_of_mouth_departure, parameters.word_of_mouth_departure_months, 0
    for n in range(block.stop - block.start):
        block.lanes[n].flag = 0
    if most <= 0.0:
        return
    what = what_for(DEPARTURE, 0, 0)
    for n in range(block.stop - block.start):
        person, lane = block.person[block.start + n], block.lanes[n]
        lately = (person.left_firm > 0) & (person.tenure < months) & (person.present != 0)
        tells = fine_uniform(word_at(lane.who, what)) < chance_to_tell(most, person.talk)
        lane.flag = 1 if lately & tells else 0
