"""One market's month, from top to bottom, of its firms and of each customer: the file to read first.

A step such as `drift(me)` is a function of `sim/model/customers/`; `me` is one customer with all that a step may read
and write. `sim month` prints each step with its fields.
"""

from collections.abc import Callable

import numpy as np

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.counts import by_firm, no_counts
from sim.model.customers.choice import choose_supplier
from sim.model.customers.customer_outcome import prosper
from sim.model.customers.customer_value import be_valued
from sim.model.customers.environment import be_reached, drift, live_and_die, raise_expectations
from sim.model.customers.incidents import raise_incidents
from sim.model.customers.offer import state_preference
from sim.model.customers.opinion import remember_use
from sim.model.customers.purchase import buy_under_contract
from sim.model.customers.reaction import be_counted, be_understood, speak_up
from sim.model.customers.receivables import count_account, keep_account
from sim.model.customers.relations import keep_history
from sim.model.customers.repertoire import buy_from_repertoire
from sim.model.customers.sales_calls import be_called_on
from sim.model.customers.service import be_served
from sim.model.customers.survey import be_asked, be_surveyed
from sim.model.customers.word_of_mouth import hear, talk
from sim.model.events import NO_LOG, empty_log
from sim.model.expected_work import chances_of_rework, share_who_stay
from sim.model.firm.decide import apply_leadership, decide, update_silo_walls
from sim.model.firm.firm import open_desk, view_of, work_desk
from sim.model.firm.firm_conduct import follow_conduct, posted
from sim.model.firm.offers import offers_of, update_service_terms
from sim.model.firm.operations.sales_force import plan_calls
from sim.model.firm.operations.service_desk import MonthOfWork, carry_over, expected_hours
from sim.model.firm.product_lines import fit_range
from sim.model.market_exit import keep_out, leave_market
from sim.model.month_context import MonthContext, PopulationMonth
from sim.model.month_end import close_books
from sim.model.phases import (
    BOOKS,
    DECISIONS,
    DESKS,
    MARKET_PHASE,
    OFFERS,
    PEOPLE_PHASE,
    SERVICE_PHASE,
    START_PHASE,
    Engine,
    PhaseObserver,
    nobody_looks,
)
from sim.model.population import admit, begin_own_columns
from sim.model.state import FIXED_POINT, OFFER, Offers
from sim.model.world import World
from sim.numeric.compiling import inlined
from sim.parameters.conduct import ADAPTIVE, FIXED

NO_OFFERS = np.zeros(0, OFFER)  # before the firms have decided


def run_month(world: World, engine: Engine, look: PhaseObserver = nobody_looks) -> None:
    """One month in its order. After each phase `look` gets its name and the world, and must change nothing."""
    begin(world)
    leave_market(world, month_of(world, NO_OFFERS))
    look(START_PHASE, world)
    engine.population_phase(month_of(world, NO_OFFERS))
    admit_newcomers(world)
    look(PEOPLE_PHASE, world)
    ask_people(world, engine)
    firms_see_and_decide(world)
    look(DECISIONS, world)
    offers = make_offers(world)
    look(OFFERS, world)
    engine.market_phase(month_of(world, offers))
    look(MARKET_PHASE, world)
    work_service_desks(world, offers)
    look(DESKS, world)
    engine.service_phase(month_of(world, update_service_terms(offers, world.firms)))
    look(SERVICE_PHASE, world)
    close_books(world)
    look(BOOKS, world)
    world.month += 1


@inlined
def population_phase(me: MonthContext) -> None:
    """One place: its person dies, leaves the category or stays; an empty place may be taken."""
    live_and_die(me)


@inlined
def survey(me: MonthContext) -> None:
    """One customer says to market research what it wants, when `ask_people` asks."""
    state_preference(me)


@inlined
def market_phase(me: MonthContext) -> None:
    """One customer meets the market, in this order.

    Needs drift; neighbours' messages are heard; expectations rise towards the best treatment known; marketing arrives.
    With contracts, the customer may change supplier, pays what is due, then buys and uses the month's supply. In a
    repertoire, each purchase is a choice. Then sales staff may call, and incidents arise and are handed on.
    A step whose mechanism is off finds neutral numbers and does nothing.
    """
    drift(me)
    hear(me)
    raise_expectations(me)
    be_reached(me)
    if me.parameters.contract > 0.0:
        choose_supplier(me)
        if me.parameters.credit_terms > 0.0:
            keep_account(me)
        buy_under_contract(me)
    else:
        buy_from_repertoire(me)
    if me.parameters.sales_call_hours > 0.0:
        be_called_on(me)
    raise_incidents(me)


@inlined
def service_phase(me: MonthContext) -> None:
    """One customer after the desks have worked, in this order.

    Open incidents are served, wait or are given up; the customer's own outcome moves; a disappointed customer complains
    or demands a discount; messages are sent, to be heard next month. Firms learn or forget what the customer needs;
    it remembers what it used, and answers a survey. At the end customer, value, purchases and account are counted.
    """
    be_served(me)
    prosper(me)
    speak_up(me)
    talk(me)
    be_understood(me)
    remember_use(me)
    be_surveyed(me)
    be_asked(me)
    be_counted(me)
    be_valued(me)
    if me.parameters.contract <= 0.0:
        keep_history(me)
    if me.parameters.credit_terms > 0.0:
        count_account(me)


PHASES = (population_phase, survey, market_phase, service_phase)


def steps_of(phase: Callable[[MonthContext], None]) -> tuple[str, ...]:
    """Names of the steps that a phase lists, in their order.

    >>> steps_of(population_phase)
    ('live_and_die',)
    """
    return tuple(name for name in phase.__code__.co_names if name in globals())


def month_of(world: World, offers: Offers) -> PopulationMonth:
    """The month as the customers meet it."""
    people = world.people
    return PopulationMonth(
        people.person, people.relations, world.parameters, offers, world.clock, world.scratch, world.counts,
        world.network, world.log,
    )  # fmt: skip


def begin(world: World) -> None:
    """Last month's messages become audible, and counts start at zero; contributions do so when the warm-up ends."""
    world.network.audible[:] = world.people.person["said"]
    if world.month == world.warm_up:
        for name in ("contribution", "billed"):  # what customers are worth is counted from where the policies begin
            if world.people.relations.is_kept(name):
                world.people.relations[name] = 0
    world.counts = no_counts(len(world.firms))
    world.log = empty_log(world.watched, len(world.firms)) if len(world.watched) else NO_LOG


def admit_newcomers(world: World) -> None:
    """Draw a person for each place that was refilled this month, and count who is present."""
    present = world.people.person["present"].copy()
    world.there = int(np.count_nonzero(present))
    slots = (present == 2).nonzero()[0]
    if len(slots):
        admit(world.people, slots, world.parameters, world.key, world.awareness, world.firm_keys)
        begin_own_columns(world.people, slots)
    keep_out(world)


def ask_people(world: World, engine: Engine) -> None:
    """Ask a sample what it wants, to position lines: in month 0, at the end of the warm-up, and yearly from then on."""
    since = world.month - world.warm_up
    if world.month == 0 or (since >= 0 and since % MONTHS_PER_YEAR == 0):
        places = len(world.people.person)
        own = world.scenario.mechanisms["market_research"]
        asked = places if own else min(int(world.market["needs.sample"]), places)
        stated = engine.survey(month_of(world, NO_OFFERS), asked)
        if own:
            world.take_samples(stated)
        else:
            world.asked = stated
        world.positions, world.settled = {}, {}


def firms_see_and_decide(world: World) -> None:
    """Each firm looks at its own figures and plans; conduct moves the plan, and walls and sales calls follow from it.

    What firms know of each other is taken down before any of them decides, so that seats cannot matter.
    """
    clock, warm, on = world.clock, world.month < world.warm_up, world.scenario.mechanisms
    trading = [firm for firm in world.firms if not firm.finance.has_exited]
    best = max((firm.quality for firm in trading), default=0.0)
    conduct = world.conduct
    known = posted(trading) if conduct.kind != FIXED else []
    for firm in trading:
        view = view_of(firm, world.month - world.warm_up, best, world.market)
        decide(firm, view, clock, world.market, on)
        if on["leadership"] and not warm and conduct.kind != ADAPTIVE:
            apply_leadership(firm, world.month - world.warm_up)
        update_silo_walls(firm, warm, world.market, on)
        follow_conduct(firm, known, conduct)
        fit_range(firm.lines, firm.plan.whole_lines if on["own_lines"] else 1)
        if on["sales_calls"]:
            plan_calls(firm.sales, firm.plan, firm.customers[-1], world.market)


def make_offers(world: World) -> Offers:
    """The offer of each firm this month: price, lines, discounts, service terms and reach of marketing."""
    return offers_of(world.firms, world.lines_at, world.settled, world.market, world.scenario.mechanisms)


def work_service_desks(world: World, offers: Offers) -> None:
    """Each service desk computes which share of its work it reaches and how long customers wait.

    New and waiting work enter at their expected, not their sampled size; otherwise few agents would shake a desk.
    """
    reworks = chances_of_rework(offers, world.parameters)
    for firm, counts, rework in zip(world.firms, by_firm(world.counts), reworks, strict=True):
        if firm.finance.has_exited:
            continue
        firm.workload.append(MonthOfWork(float(counts.hours_mean), float(counts.hours_typical)))
        new = expected_hours(firm.workload) * world.weight / FIXED_POINT
        if world.month == 0:
            open_desk(firm, new, world.market)
        waiting = firm.desk.carried * share_who_stay(firm, counts, world.weight)
        old = waiting * counts.incidents_mean / counts.hours_mean if counts.hours_mean else 0.0
        firm.sales.old_incidents = old
        work_desk(firm, new, waiting, old, world.market, world.scenario.mechanisms)
        carry_over(firm.desk, new + waiting, world.parameters.service_giving_up, rework)
