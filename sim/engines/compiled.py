"""The fast way: the customer's steps compiled into loops over the columns, on any number of threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim.compiling import compiled
from sim.nature import Nature
from sim.state import TALLY, Clock, Network, Offers, Population, Scratch, Whole, scratch_for
from sim.steps import buying, choosing, reacting, serving, world

_live_and_die = world.live_and_die
_drift = world.drift
_hear, _raise_expectations, _be_reached = world.hear, world.raise_expectations, world.be_reached
_choose, _buy, _shop = choosing.choose_supplier, buying.buy_under_contract, buying.buy_from_repertoire
_raise_incidents, _be_served = serving.raise_incidents, serving.be_served
_speak_up, _talk, _be_understood, _be_counted = (
    reacting.speak_up, reacting.talk, reacting.be_understood, reacting.be_counted,
)  # fmt: skip


@compiled
def _turn(start: int, stop: int, people: Population, nature: Nature, clock: Clock, tally: Whole) -> None:
    for i in range(start, stop):
        _live_and_die(i, people, nature, clock, tally)


@compiled
def _meet(
    start: int, stop: int, people: Population, network: Network, nature: Nature, offers: Offers, clock: Clock,
    tally: Whole, scratch: Scratch,
) -> None:  # fmt: skip
    for i in range(start, stop):
        if people.present[i] == 0:
            continue
        _drift(i, people, nature, clock)
        _hear(i, people, network, nature, offers, clock, scratch)
        _raise_expectations(i, people, nature, offers)
        _be_reached(i, people, nature, offers, clock, tally)
        if nature.contract:
            _choose(i, people, nature, offers, clock, scratch, tally)
            _buy(i, people, nature, offers, clock, scratch, tally)
        else:
            _shop(i, people, nature, offers, clock, scratch, tally)
        _raise_incidents(i, people, nature, offers, clock, tally)


@compiled
def _react(
    start: int, stop: int, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole
) -> None:
    for i in range(start, stop):
        if people.present[i] == 0:
            continue
        _be_served(i, people, nature, offers, clock, tally)
        _speak_up(i, people, nature, offers, clock, tally)
        _talk(i, people, nature, offers, clock, tally)
        _be_understood(i, people, nature, offers)
        _be_counted(i, people, tally)


class CompiledEngine:
    """Lives the month over columns.

    Args:
        threads: Threads to share the customers among; the results do not depend on it.
    """

    def __init__(self, threads: int = 1) -> None:
        self.threads = max(1, threads)

    def turn(self, people: Population, nature: Nature, clock: Clock, tally: Whole) -> None:
        """People die, leave the category and come."""
        self._share(people, tally, lambda a, b, t, s: _turn(a, b, people, nature, clock, t))

    def meet(
        self, people: Population, network: Network, nature: Nature, offers: Offers, clock: Clock, tally: Whole
    ) -> None:
        """Customers hear, are reached, choose, buy, use, and run into trouble."""
        self._share(people, tally, lambda a, b, t, s: _meet(a, b, people, network, nature, offers, clock, t, s))

    def react(self, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Customers are served, complain, talk, are understood and counted."""
        self._share(people, tally, lambda a, b, t, s: _react(a, b, people, nature, offers, clock, t))

    def _share(self, people: Population, tally: Whole, loop: Callable[[int, int, Whole, Scratch], None]) -> None:
        places, firms = people.aware.shape
        edges = [places * k // self.threads for k in range(self.threads + 1)]
        tallies = [np.zeros((firms, len(TALLY)), np.int64) for _ in range(self.threads)]
        parts = list(zip(edges[:-1], edges[1:], tallies, strict=True))
        if self.threads == 1:
            loop(0, places, tallies[0], scratch_for(firms))
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                for done in [pool.submit(loop, a, b, t, scratch_for(firms)) for a, b, t in parts]:
                    done.result()
        for part in tallies:
            tally += part
