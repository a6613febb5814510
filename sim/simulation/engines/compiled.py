"""The fast way: the phases of the customers' month compiled into loops over the rows, on any number of threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model import month as story
from sim.model.counts import as_matrix, no_counts
from sim.model.customer_parameters import PARAMETER_DTYPE, CustomerParameters, parameter_rows
from sim.model.customers.range_check import be_watched
from sim.model.events import append, room_like
from sim.model.month_context import MonthContext, PopulationMonth
from sim.model.state import DIMENSIONS, Floats, Person, Relations, scratch_for
from sim.numeric.columns import BLOCK, Table
from sim.numeric.compiling import compiled_phase
from sim.simulation.engines.blocks import (
    be_served_by_blocks,
    live_and_die_by_blocks,
    meet_market_by_blocks,
    shop_by_blocks,
    spread_words,
)
from sim.simulation.engines.lanes import lanes_by_firm, lanes_for_a_block, nobody_spoken_to

_population_phase, _survey = story.population_phase, story.survey
_market_phase, _service_phase = story.market_phase, story.service_phase


# A context is made in each loop, since compiled functions cannot return rows; the parameters are a single row. Tables
# of customers come beside the month, not in it: numba finds out the type of a tuple with them in it slowly.


@compiled_phase
def _everybody_lives_and_dies(
    start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth
) -> None:
    watching = len(month.log.watched) > 0
    for i in range(start, stop):
        me = MonthContext(
            person[i], relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
            month.counts, month.network, month.log, watching and month.log.watched[i],
        )  # fmt: skip
        _population_phase(me)


@compiled_phase
def _everybody_answers(person: Person, relations: Relations, month: PopulationMonth, out: Floats) -> int:
    """Fill in what the people in the first places say they want; how many there are."""
    there, watching = 0, False
    for i in range(out.shape[0]):
        if person[i].present == 0:
            continue
        me = MonthContext(
            person[i], relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
            month.counts, month.network, month.log, watching and month.log.watched[i],
        )  # fmt: skip
        _survey(me)
        for k in range(out.shape[1]):
            out[there, k] = me.scratch[0].stated[k]
        there += 1
    return there


@compiled_phase
def _everybody_meets_the_market(
    start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth
) -> None:
    watching = len(month.log.watched) > 0
    for i in range(start, stop):
        if person[i].present == 0:
            continue
        me = MonthContext(
            person[i], relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
            month.counts, month.network, month.log, watching and month.log.watched[i],
        )  # fmt: skip
        _market_phase(me)


@compiled_phase
def _everybody_is_served(start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth) -> None:
    watching = len(month.log.watched) > 0
    for i in range(start, stop):
        if person[i].present == 0:
            continue
        me = MonthContext(
            person[i], relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
            month.counts, month.network, month.log, watching and month.log.watched[i],
        )  # fmt: skip
        _service_phase(me)
        be_watched(me)


def nobody_is_watched(month: PopulationMonth) -> bool:
    """Whether nothing has to be written down: that is done by steps, and blocks are to the same bit."""
    return len(month.log.watched) == 0


def lives_are_plain(month: PopulationMonth) -> bool:
    """Whether nothing but age and chance makes people go, so that few do."""
    return bool(month.parameters.outcome_failing <= 0.0) and nobody_is_watched(month)


def market_is_plain(month: PopulationMonth) -> bool:
    """Whether no mechanism is on that only the steps of the market phase know."""
    numbers = month.parameters
    rare = (
        numbers.credit_terms, numbers.sales_call_hours, numbers.outcome_pace, numbers.selection_term,
        numbers.satisfaction_expectation_trend, numbers.choice_confusion,
    )  # fmt: skip
    return max(rare) <= 0.0 and set(month.person.kept) <= {"dropout", "propensity"} and nobody_is_watched(month)


def service_is_plain(month: PopulationMonth) -> bool:
    """Whether no mechanism is on that only the steps of the service phase know."""
    numbers = month.parameters
    rare = (numbers.credit_terms, numbers.outcome_pace, numbers.selection_term, numbers.word_of_mouth_leaver_memory)
    kept = {"dropout", "propensity", "fatigue", "told", "offered"}
    return max(rare) <= 0.0 and set(month.person.kept) <= kept and nobody_is_watched(month)


class CompiledEngine:
    """Runs the month over columns, in blocks of customers where the world's mechanisms allow it.

    Args:
        threads: Threads to share the customers among; the results do not depend on it.
    """

    def __init__(self, threads: int = 1) -> None:
        self.threads = max(1, threads)
        self._parameters: CustomerParameters | None = None
        self._rows: NDArray[np.void] = np.zeros(0, PARAMETER_DTYPE)
        self._lanes = [lanes_for_a_block() for _ in range(self.threads)]
        self._by_firm: list[Table] = []
        self._spoken_to: Table | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Without the rows of parameters: a copy of them could be written to, for which loops would compile anew."""
        return vars(self) | {"_parameters": None, "_rows": None}

    def population_phase(self, month: PopulationMonth) -> None:
        """People die, leave the category and come."""
        if lives_are_plain(month):
            self._share(month, live_and_die_by_blocks, self._lanes)
        else:
            self._share(month, _everybody_lives_and_dies)

    def survey(self, month: PopulationMonth, asked: int) -> Floats:
        """What the people in the first places say they want, shape (people there, K)."""
        out = np.zeros((asked, DIMENSIONS))
        return out[: _everybody_answers(month.person, month.relations, self._as_rows(month), out)]

    def market_phase(self, month: PopulationMonth) -> None:
        """Customers hear, are reached, choose, pay, buy, use, and run into trouble."""
        if not market_is_plain(month):
            self._share(month, _everybody_meets_the_market)
            return
        if self._spoken_to is None or len(self._spoken_to) != len(month.person):
            self._spoken_to = nobody_spoken_to(len(month.person))
        spread_words(month.network, self._spoken_to)
        spoken_to = [self._spoken_to] * self.threads
        if month.parameters.contract:
            self._share(month, meet_market_by_blocks, self._lanes, spoken_to)
            return
        if not self._by_firm or self._by_firm[0].firms != len(month.offers):
            self._by_firm = [lanes_by_firm(len(month.offers)) for _ in range(self.threads)]
        self._share(month, shop_by_blocks, self._lanes, spoken_to, self._by_firm)

    def service_phase(self, month: PopulationMonth) -> None:
        """Customers are served, complain, talk, are understood and counted."""
        if service_is_plain(month):
            self._share(month, be_served_by_blocks, self._lanes)
        else:
            self._share(month, _everybody_is_served)

    def _as_rows(self, month: PopulationMonth) -> PopulationMonth:
        """The month with its parameters as compiled loops take them, written once for all months of a world."""
        if month.parameters is not self._parameters:
            self._parameters, self._rows = month.parameters, parameter_rows(month.parameters)
        return PopulationMonth(None, None, self._rows, *month[3:])

    def _share(self, month: PopulationMonth, loop: Callable[..., None], *by_thread: list[Table]) -> None:
        """Run a loop over all places, each thread over its own. by_thread: further arguments, one for each thread"""
        person, relations, rest = month.person, month.relations, self._as_rows(month)
        places, firms = relations.shape
        if self.threads == 1:
            loop(0, places, person, relations, rest, *(own[0] for own in by_thread))
            return
        edges = [places * k // self.threads // BLOCK * BLOCK for k in range(self.threads)]
        parts = [
            rest._replace(counts=no_counts(firms), scratch=scratch_for(firms), log=room_like(rest.log)) for _ in edges
        ]
        work = zip(edges, [*edges[1:], places], parts, *by_thread, strict=True)
        with ThreadPoolExecutor(self.threads) as pool:
            done = [pool.submit(loop, start, stop, person, relations, *part) for start, stop, *part in work]
            for one in done:
                one.result()
        total = as_matrix(month.counts)
        for part in parts:
            total += as_matrix(part.counts)
            append(month.log, part.log)
