"""The fast way: the customer's steps compiled into loops over the columns, on any number of threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from sim.compiling import compiled
from sim.nature import NATURE, Nature, nature_rows
from sim.state import DIMENSIONS, TALLY, Clock, Floats, Network, Offers, Population, Whole, room_for
from sim.steps import (
    asking,
    buying,
    checking,
    choosing,
    measuring,
    offer,
    owing,
    prospering,
    reacting,
    repertoire,
    selling,
    serving,
    world,
)

Rows = NDArray[np.void]

_live_and_die = world.live_and_die
_state_preference = offer.state_preference
_drift = world.drift
_hear, _raise_expectations, _be_reached = world.hear, world.raise_expectations, world.be_reached
_choose, _buy, _shop = choosing.choose_supplier, buying.buy_under_contract, repertoire.buy_from_repertoire
_keep_account, _count_account = owing.keep_account, owing.count_account
_be_called_on = selling.be_called_on
_be_asked = asking.be_asked
_be_watched = checking.be_watched
_be_valued = measuring.be_valued
_prosper = prospering.prosper
_raise_incidents, _be_served = serving.raise_incidents, serving.be_served
_speak_up, _talk, _be_understood, _be_counted = (
    reacting.speak_up, reacting.talk, reacting.be_understood, reacting.be_counted,
)  # fmt: skip


@compiled
def _turn(start: int, stop: int, people: Rows, relations: Rows, natures: Rows, clock: Clock, tally: Whole) -> None:
    nature = natures[0]
    for i in range(start, stop):
        _live_and_die(people[i], relations[i], nature, clock, tally)


@compiled
def _meet(
    start: int, stop: int, people: Rows, relations: Rows, network: Network, natures: Rows, offers: Rows, clock: Clock,
    tally: Whole, room: Rows,
) -> None:  # fmt: skip
    nature = natures[0]
    contract, sales = nature.contract > 0.0, nature.sales_call_hours > 0.0
    invoices = nature.credit_terms > 0.0
    for i in range(start, stop):
        person, known = people[i], relations[i]
        if person.present == 0:
            continue
        _drift(person, known, nature, clock)
        _hear(person, known, network, nature, offers, clock, room)
        _raise_expectations(person, known, nature, offers, clock, room)
        _be_reached(person, known, nature, offers, clock, tally)
        if contract:
            _choose(person, known, nature, offers, clock, room, tally)
            if invoices:
                _keep_account(person, known, nature, offers, clock, tally)
            _buy(person, known, nature, offers, clock, room, tally)
        else:
            _shop(person, known, nature, offers, clock, room, tally)
        if sales:
            _be_called_on(person, known, nature, offers, clock, tally)
        _raise_incidents(person, known, nature, offers, clock, tally)


@compiled
def _react(
    start: int, stop: int, people: Rows, relations: Rows, natures: Rows, offers: Rows, clock: Clock, tally: Whole
) -> None:
    nature = natures[0]
    invoices = nature.credit_terms > 0.0
    for i in range(start, stop):
        person, known = people[i], relations[i]
        if person.present == 0:
            continue
        _be_served(person, known, nature, offers, clock, tally)
        _prosper(person, known, nature, offers, clock, tally)
        _speak_up(person, known, nature, offers, clock, tally)
        _talk(person, known, nature, offers, clock, tally)
        _be_understood(person, known, nature, offers)
        _be_asked(person, known, nature, offers, clock, tally)
        _be_counted(person, known, tally)
        _be_valued(person, known, nature, offers, clock, tally)
        if invoices:
            _count_account(person, known, nature, clock, tally)
        _be_watched(person, known, tally)


@compiled
def _answer(people: Rows, relations: Rows, natures: Rows, clock: Clock, room: Rows, out: Floats) -> int:
    """Fill in what the people in the first places say they want; how many there are."""
    nature, there = natures[0], 0
    for i in range(out.shape[0]):
        if people[i].present == 0:
            continue
        _state_preference(people[i], relations[i], nature, clock, room)
        for k in range(out.shape[1]):
            out[there, k] = room[0].stated[k]
        there += 1
    return there


class CompiledEngine:
    """Lives the month over columns.

    Args:
        threads: Threads to share the customers among; the results do not depend on it.
    """

    def __init__(self, threads: int = 1) -> None:
        self.threads = max(1, threads)
        self._nature: Nature | None = None
        self._numbers: Rows = np.zeros(0, NATURE)

    def _numbers_of(self, nature: Nature) -> Rows:
        """The numbers as compiled loops take them, written once for all months of a world."""
        if nature is not self._nature:
            self._nature, self._numbers = nature, nature_rows(nature)
        return self._numbers

    def turn(self, people: Population, nature: Nature, clock: Clock, tally: Whole) -> None:
        """People die, leave the category and come."""
        numbers = self._numbers_of(nature)
        self._share(people, tally, lambda a, b, t, s: _turn(a, b, people.person, people.known, numbers, clock, t))

    def answer(self, people: Population, nature: Nature, clock: Clock, asked: int) -> Floats:
        """What the people in the first places say they want, shape (people there, K)."""
        out = np.zeros((asked, DIMENSIONS))
        there = _answer(people.person, people.known, self._numbers_of(nature), clock, room_for(1), out)
        return out[:there]

    def meet(
        self, people: Population, network: Network, nature: Nature, offers: Offers, clock: Clock, tally: Whole
    ) -> None:
        """Customers hear, are reached, choose, pay, buy, use, and run into trouble."""
        numbers = self._numbers_of(nature)
        self._share(
            people,
            tally,
            lambda a, b, t, s: _meet(a, b, people.person, people.known, network, numbers, offers, clock, t, s),
        )

    def react(self, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Customers are served, complain, talk, are understood and counted."""
        numbers = self._numbers_of(nature)
        self._share(
            people, tally, lambda a, b, t, s: _react(a, b, people.person, people.known, numbers, offers, clock, t)
        )

    def _share(self, people: Population, tally: Whole, loop: Callable[[int, int, Whole, Rows], None]) -> None:
        places, firms = people.known.shape
        if self.threads == 1:
            loop(0, places, tally, room_for(firms))
            return
        edges = [places * k // self.threads for k in range(self.threads + 1)]
        tallies = [np.zeros((firms, len(TALLY)), np.int64) for _ in range(self.threads)]
        parts = list(zip(edges[:-1], edges[1:], tallies, strict=True))
        with ThreadPoolExecutor(self.threads) as pool:
            for done in [pool.submit(loop, a, b, t, room_for(firms)) for a, b, t in parts]:
                done.result()
        for part in tallies:
            tally += part
