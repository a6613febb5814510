"""The readable way: every customer is a Mesa agent that lives its month step by step, in plain Python."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from sim.nature import Nature
from sim.state import DIMENSIONS, NEWCOMER, Clock, Floats, Network, Offers, Population, Whole, room_for
from sim.steps.checking import be_watched

if TYPE_CHECKING:
    from sim.agents import Customer


class AgentsEngine:
    """Lives the month agent by agent; a subclass of `Customer` that overrides a step changes what happens.

    Args:
        customers: One agent a place, in order of places.
    """

    def __init__(self, customers: Iterable["Customer"]) -> None:
        self.customers = list(customers)

    def turn(self, people: Population, nature: Nature, clock: Clock, tally: Whole) -> None:
        """People die, leave the category and come."""
        for customer in self.customers:
            customer.live_and_die(nature, clock, tally)
        for place in np.flatnonzero(people.present == NEWCOMER).tolist():
            gone = self.customers[place]
            self.customers[place] = type(gone)(gone.model, place)

    def answer(self, people: Population, nature: Nature, clock: Clock, asked: int) -> Floats:
        """What the people in the first places say they want, shape (people there, K)."""
        room = room_for(1).view(np.recarray)
        said = [customer.answer(nature, clock, room) for customer in self.customers[:asked] if customer.present]
        return np.array(said, np.float64).reshape(-1, DIMENSIONS)

    def meet(
        self, people: Population, network: Network, nature: Nature, offers: Offers, clock: Clock, tally: Whole
    ) -> None:
        """Customers hear, are reached, choose, pay, buy, use, and run into trouble."""
        room = room_for(people.known.shape[1]).view(np.recarray)
        for customer in self.customers:
            if customer.present:
                customer.meet_market(network, nature, offers.view(np.recarray), clock, room, tally)

    def react(self, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Customers are served, complain, talk, are understood and counted."""
        for customer in self.customers:
            if customer.present:
                customer.react(nature, offers.view(np.recarray), clock, tally)
                be_watched(customer.person, customer.known, tally)
