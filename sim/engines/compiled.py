"""The fast way: the phases of the customers' month compiled into loops over the rows, on any number of threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from sim import month as story
from sim.columns import BLOCK
from sim.compiling import compiled
from sim.counts import as_matrix, no_counts
from sim.customer_parameters import PARAMETERS, CustomerParameters, parameter_rows
from sim.month_context import MonthContext, PopulationMonth
from sim.state import DIMENSIONS, Floats, Person, Relations, scratch_for
from sim.steps.checking import be_watched

_population_phase, _survey = story.population_phase, story.survey
_market_phase, _service_phase = story.market_phase, story.service_phase


# A context is made in each loop, since compiled functions cannot return rows; the parameters are a single row. Tables of
# customers come beside the month, not in it: numba looks up the type of a tuple with them in it slowly, in every call.


@compiled
def _everybody_lives_and_dies(start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth) -> None:
    for i in range(start, stop):
        me = MonthContext(
            person[i], relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
            month.counts, month.network,
        )  # fmt: skip
        _population_phase(me)


@compiled
def _everybody_answers(person: Person, relations: Relations, month: PopulationMonth, out: Floats) -> int:
    """Fill in what the people in the first places say they want; how many there are."""
    there = 0
    for i in range(out.shape[0]):
        if person[i].present == 0:
            continue
        me = MonthContext(
            person[i], relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
            month.counts, month.network,
        )  # fmt: skip
        _survey(me)
        for k in range(out.shape[1]):
            out[there, k] = me.scratch[0].stated[k]
        there += 1
    return there


@compiled
def _everybody_meets_the_market(start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth) -> None:
    for i in range(start, stop):
        if person[i].present == 0:
            continue
        me = MonthContext(
            person[i], relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
            month.counts, month.network,
        )  # fmt: skip
        _market_phase(me)


@compiled
def _everybody_is_served(start: int, stop: int, person: Person, relations: Relations, month: PopulationMonth) -> None:
    for i in range(start, stop):
        if person[i].present == 0:
            continue
        me = MonthContext(
            person[i], relations[i], month.parameters[0], month.offers, month.clock, month.scratch,
            month.counts, month.network,
        )  # fmt: skip
        _service_phase(me)
        be_watched(me)


class CompiledEngine:
    """Runs the month over rows.

    Args:
        threads: Threads to share the customers among; the results do not depend on it.
    """

    def __init__(self, threads: int = 1) -> None:
        self.threads = max(1, threads)
        self._parameters: CustomerParameters | None = None
        self._rows: NDArray[np.void] = np.zeros(0, PARAMETERS)

    def population_phase(self, month: PopulationMonth) -> None:
        """People die, leave the category and come."""
        self._share(month, _everybody_lives_and_dies)

    def survey(self, month: PopulationMonth, asked: int) -> Floats:
        """What the people in the first places say they want, shape (people there, K)."""
        out = np.zeros((asked, DIMENSIONS))
        return out[: _everybody_answers(month.person, month.relations, self._as_rows(month), out)]

    def market_phase(self, month: PopulationMonth) -> None:
        """Customers hear, are reached, choose, pay, buy, use, and run into trouble."""
        self._share(month, _everybody_meets_the_market)

    def service_phase(self, month: PopulationMonth) -> None:
        """Customers are served, complain, talk, are understood and counted."""
        self._share(month, _everybody_is_served)

    def _as_rows(self, month: PopulationMonth) -> PopulationMonth:
        """The month with its parameters as compiled loops take them, written once for all months of a world."""
        if month.parameters is not self._parameters:
            self._parameters, self._rows = month.parameters, parameter_rows(month.parameters)
        return month._replace(person=None, relations=None, parameters=self._rows)

    def _share(self, month: PopulationMonth, loop: Callable[[int, int, Person, Relations, PopulationMonth], None]) -> None:
        person, relations, rest = month.person, month.relations, self._as_rows(month)
        places, firms = relations.shape
        if self.threads == 1:
            loop(0, places, person, relations, rest)
            return
        edges = [min(places, places * k // self.threads // BLOCK * BLOCK) for k in range(self.threads)]
        parts = [rest._replace(counts=no_counts(firms), scratch=scratch_for(firms)) for _ in edges]
        with ThreadPoolExecutor(self.threads) as pool:
            work = zip(edges, [*edges[1:], places], parts, strict=True)
            for done in [pool.submit(loop, start, stop, person, relations, part) for start, stop, part in work]:
                done.result()
        total = as_matrix(month.counts)
        for part in parts:
            total += as_matrix(part.counts)
