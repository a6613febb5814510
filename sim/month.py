"""One market's month, top to bottom: the file to read first."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from sim.month_end import close_books
from sim.nature import Nature
from sim.organisation.deciding import be_led, decide, put_up_walls
from sim.organisation.firm import answer_rivals, open_desk, served, view_of
from sim.organisation.offers import offers_of, with_desks
from sim.organisation.sales import plan_calls
from sim.population import admit, begin_own_columns
from sim.research import SAMPLE
from sim.state import (
    FINE,
    HOURS_MEAN,
    HOURS_NEW,
    HOURS_OPEN,
    OPEN_OLD,
    TALLY,
    Clock,
    Floats,
    Network,
    Offers,
    Population,
    Whole,
)
from sim.world import World

YEAR = 12


class Engine(Protocol):
    """A way to live the customers' part of a month."""

    def turn(self, people: Population, nature: Nature, clock: Clock, tally: Whole) -> None:
        """People die, leave the category and come."""

    def answer(self, people: Population, nature: Nature, clock: Clock, asked: int) -> Floats:
        """What the people in the first places say they want, shape (people there, K). asked: places"""

    def meet(
        self, people: Population, network: Network, nature: Nature, offers: Offers, clock: Clock, tally: Whole
    ) -> None:
        """Customers hear, are reached, choose, pay, buy, use, and run into trouble."""

    def react(self, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Customers are served, complain, talk, are understood and counted."""


Look = Callable[[str, World], None]
START, PEOPLE, MARKET, SERVICE = "start", "people", "market", "service"  # phases after which somebody may look


def nobody_looks(phase: str, world: World) -> None:
    """Nobody watches the month."""


def live_month(world: World, engine: Engine, look: Look = nobody_looks) -> None:
    """One month, in the order in which it happens; `look` may watch between its phases and changes nothing."""
    begin(world)
    look(START, world)
    engine.turn(world.people, world.nature, world.clock, world.tally)
    admit_newcomers(world)
    look(PEOPLE, world)
    ask_people(world, engine)
    firms_see_and_decide(world)
    offers = put_offers(world)
    engine.meet(world.people, world.network, world.nature, offers, world.clock, world.tally)
    look(MARKET, world)
    hands_work(world)
    engine.react(world.people, world.nature, with_desks(offers, world.firms), world.clock, world.tally)
    look(SERVICE, world)
    close_books(world)
    world.month += 1


def begin(world: World) -> None:
    """What was said last month can be heard now; counting starts from nothing."""
    world.network.audible[:] = world.people.person["said"]
    if world.month == world.warm_up:
        world.people.known["contribution"] = 0  # what customers are worth is counted from where the policies begin
    world.tally = np.zeros((len(world.firms), len(TALLY)), np.int64)


def admit_newcomers(world: World) -> None:
    """Places that were taken this month get their person, and all who are there are counted."""
    present = world.people.person["present"].copy()
    world.there = int(np.count_nonzero(present))
    slots = np.flatnonzero(present == 2)
    if len(slots):
        admit(world.people, slots, world.nature, world.key, world.awareness, world.firm_keys)
        begin_own_columns(world.people, slots)


def ask_people(world: World, engine: Engine) -> None:
    """Once a year market research asks people what they want; lines are placed by what they say."""
    since = world.month - world.warm_up
    if world.month == 0 or (since >= 0 and since % YEAR == 0):
        world.asked = engine.answer(world.people, world.nature, world.clock, min(SAMPLE, len(world.people.person)))
        world.positions, world.settled = {}, {}


def firms_see_and_decide(world: World) -> None:
    """Each firm looks at its own figures, makes its plan and answers its rivals."""
    clock, warm, on = world.clock, world.month < world.warm_up, world.scenario.mechanisms
    best = max(firm.quality for firm in world.firms)
    for firm in world.firms:
        view = view_of(firm, world.month - world.warm_up, best, world.market)
        decide(firm, view, clock, world.market, on)
        if on["leadership"] and not warm:
            be_led(firm, world.month - world.warm_up)
        put_up_walls(firm, warm, world.market, on)
        answer_rivals(firm, world.month, world.market, on["rival_reply"])
        if on["sales_calls"]:
            plan_calls(firm.sales, firm.plan, firm.customers[-1], world.market)


def put_offers(world: World) -> Offers:
    """What customers meet."""
    return offers_of(world.firms, world.lines_at, world.settled, world.market, world.scenario.mechanisms)


def hands_work(world: World) -> None:
    """Service desks work off what they can; new work counts as expected, so that a small sample is no busier desk."""
    for firm, counts in zip(world.firms, world.tally.tolist(), strict=True):
        waiting = (counts[HOURS_OPEN] - counts[HOURS_NEW]) / FINE * world.weight
        new = counts[HOURS_MEAN] / FINE * world.weight
        old = counts[OPEN_OLD] * world.weight
        if world.month == 0:
            open_desk(firm, new, world.market)
        firm.sales.old_incidents = old
        served(firm, new, waiting, old, world.market, world.scenario.mechanisms)
