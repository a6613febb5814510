"""An engine that counts the CPU time of the customers' phases, and the share of a run outside them."""

import time
from collections.abc import Callable
from typing import TypeVar

from sim.model.month_context import PopulationMonth
from sim.model.phases import Engine
from sim.model.state import Floats
from sim.parameters import Scenario
from sim.simulation.engines.compiled import CompiledEngine
from sim.simulation.market import Market

Done = TypeVar("Done")


class Timed:
    """An engine that adds up the CPU time of its months.

    Args:
        engine: The engine that does the work.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.seconds = 0.0

    def population_phase(self, month: PopulationMonth) -> None:
        """People die, leave the category and come."""
        self._timed(lambda: self.engine.population_phase(month))

    def survey(self, month: PopulationMonth, asked: int) -> Floats:
        """What the people in the first places say they want."""
        return self._timed(lambda: self.engine.survey(month, asked))

    def market_phase(self, month: PopulationMonth) -> None:
        """Customers hear, are reached, choose, pay, buy, use, and run into trouble."""
        self._timed(lambda: self.engine.market_phase(month))

    def service_phase(self, month: PopulationMonth) -> None:
        """Customers are served, complain, talk, are understood and counted."""
        self._timed(lambda: self.engine.service_phase(month))

    def _timed(self, work: Callable[[], Done]) -> Done:
        started = time.thread_time()
        done = work()
        self.seconds += time.thread_time() - started
        return done


def share_outside(customers: int, months: int) -> float:
    """Share of the CPU time of a whole run spent outside the customers' months."""
    scenario = Scenario.load("telecom").with_settings({"market.customers": customers, "months": months})
    started = time.thread_time()
    market = Market(scenario)
    engine = Timed(CompiledEngine())
    market.engine = engine
    market.run().monthly()
    return 1.0 - engine.seconds / (time.thread_time() - started)
