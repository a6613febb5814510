"""The month in blocks of customers: loops of one simple thing over a block, and steps for those who need them.

Each step of the month has a form that does it for a whole block. What is alike for most customers is done by the same
rules in loops that turn into vector code; who meets something rare (dies, chooses, has an incident, complains, hears or
says something) is flagged and takes the step itself, the very one of the agents engine. Customers do not see each
other within a month, so doing a step for a block before the next step changes no bit.
"""

from sim.model.month_context import PopulationMonth
from sim.model.state import Network, Person, Relations
from sim.numeric.columns import BLOCK, Table
from sim.numeric.compiling import compiled_phase
from sim.simulation.engines.block_buying import buy_in
from sim.simulation.engines.block_choosing import choose_in
from sim.simulation.engines.block_relations import keep_history_in
from sim.simulation.engines.block_repertoire import buy_from_repertoire_in
from sim.simulation.engines.block_service import be_counted_in, be_served_in, be_understood_in, be_watched_in
from sim.simulation.engines.block_survey import be_surveyed_in, remember_use_in
from sim.simulation.engines.block_words import hear_in, talk_in
from sim.simulation.engines.block_world import be_reached_in, drift_in, live_and_die_in, remember_who
from sim.simulation.engines.lanes import Block


@compiled_phase
def live_and_die_by_blocks(
    start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth, lanes: Table
) -> None:
    """The population phase of the places from start to stop."""
    for first in range(start, stop, BLOCK):
        live_and_die_in(Block(first, min(stop, first + BLOCK), person, relations, lanes, month))


@compiled_phase
def meet_market_by_blocks(
    start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth, lanes: Table, spoken_to: Table
) -> None:
    """The market phase under contract."""
    for first in range(start, stop, BLOCK):
        block = Block(first, min(stop, first + BLOCK), person, relations, lanes, month)
        remember_who(block)
        drift_in(block)
        hear_in(block, spoken_to)
        be_reached_in(block)
        choose_in(block)
        buy_in(block)


@compiled_phase
def shop_by_blocks(
    start: int,
    stop: int,
    person: Person,
    relations: Relations,
    month: PopulationMonth,
    lanes: Table,
    spoken_to: Table,
    by_firm: Table,
) -> None:
    """The market phase of a repertoire."""
    for first in range(start, stop, BLOCK):
        block = Block(first, min(stop, first + BLOCK), person, relations, lanes, month)
        remember_who(block)
        drift_in(block)
        hear_in(block, spoken_to)
        be_reached_in(block)
        buy_from_repertoire_in(block, by_firm)


@compiled_phase
def be_served_by_blocks(
    start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth, lanes: Table
) -> None:
    """The service phase of the places from start to stop."""
    for first in range(start, stop, BLOCK):
        block = Block(first, min(stop, first + BLOCK), person, relations, lanes, month)
        remember_who(block)
        be_served_in(block)
        talk_in(block)
        be_understood_in(block)
        remember_use_in(block)
        be_surveyed_in(block)
        be_counted_in(block)
        if month.parameters[0].contract <= 0.0:
            keep_history_in(block)
        be_watched_in(block)


@compiled_phase
def spread_words(network: Network, spoken_to: Table) -> None:
    """Note who hears something this month: each of the few who spoke tells all neighbours."""
    for i in range(len(spoken_to)):
        spoken_to[i].heard = 0
    for i in range(len(spoken_to)):
        if network.audible[i] != 0:
            for place in range(network.start[i], network.start[i + 1]):
                spoken_to[network.ties[place]].heard = 1
