"""The readable way: every customer is a Mesa agent that runs its month step by step, in plain Python."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.model.customers.range_check import be_watched
from sim.model.month_context import MonthContext, PopulationMonth, contexts_of
from sim.model.state import DIMENSIONS, NEWCOMER, Floats

if TYPE_CHECKING:
    from sim.simulation.agents import Customer


class AgentsEngine:
    """Runs the month agent by agent; a subclass of `Customer` that overrides a step or a phase changes what happens.

    Args:
        customers: One agent a place, in order of places.
    """

    def __init__(self, customers: Iterable["Customer"]) -> None:
        self.customers = list(customers)

    def population_phase(self, month: PopulationMonth) -> None:
        """People die, leave the category and come."""
        for customer, me in self._contexts(month):
            customer.population_phase(me)
        for place in np.flatnonzero(month.person["present"] == NEWCOMER).tolist():
            gone = self.customers[place]
            self.customers[place] = type(gone)(gone.model, place)

    def survey(self, month: PopulationMonth, asked: int) -> Floats:
        """What the people in the first places say they want, shape (people there, K)."""
        said = []
        for customer, me in self._contexts(month, asked):
            if me.person.present:
                customer.survey(me)
                said.append(np.array(me.scratch[0].stated))
        return np.array(said, np.float64).reshape(-1, DIMENSIONS)

    def market_phase(self, month: PopulationMonth) -> None:
        """Customers hear, are reached, choose, pay, buy, use, and run into trouble."""
        for customer, me in self._contexts(month):
            if me.person.present:
                customer.market_phase(me)

    def service_phase(self, month: PopulationMonth) -> None:
        """Customers are served, complain, talk, are understood and counted."""
        for customer, me in self._contexts(month):
            if me.person.present:
                customer.service_phase(me)
                be_watched(me)

    def _contexts(self, month: PopulationMonth, most: int | None = None) -> Iterator[tuple["Customer", MonthContext]]:
        """Each customer with its month; rows are read by attribute. most: places, all if left out"""
        customers = self.customers[:most]
        return zip(customers, contexts_of(month, range(len(customers))), strict=True)
