"""One market's month, top to bottom: the file to read first."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from sim.books import Journal, month_of, profit_of, to_cents
from sim.measures import measured
from sim.measures.equity import MonthOfCustomers, expected_value
from sim.nature import Nature
from sim.organisation import desk as desks
from sim.organisation.firm import Firm, decide, improve, open_desk, served, set_price, spending, unit_cost, view_of
from sim.organisation.offers import offers_of, with_desks
from sim.population import admit
from sim.research import line_positions, stated_preferences
from sim.state import (
    FINE,
    HOURS_MEAN,
    HOURS_NEW,
    HOURS_OPEN,
    OPEN_OLD,
    TALLY,
    Clock,
    Network,
    Offers,
    Population,
    Whole,
)
from sim.world import World

YEAR = 12
ALWAYS = 2.0  # higher than any wall: nothing is hidden


class Engine(Protocol):
    """A way to live the customers' part of a month."""

    def turn(self, people: Population, nature: Nature, clock: Clock, tally: Whole) -> None:
        """People die, leave the category and come."""

    def meet(
        self, people: Population, network: Network, nature: Nature, offers: Offers, clock: Clock, tally: Whole
    ) -> None:
        """Customers hear, are reached, choose, buy, use, and run into trouble."""

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
    world.network.audible[:] = world.people.said
    world.tally = np.zeros((len(world.firms), len(TALLY)), np.int64)


def admit_newcomers(world: World) -> None:
    """Places that were taken this month get their person."""
    slots = np.flatnonzero(world.people.present == 2)
    if len(slots):
        admit(world.people, slots, world.nature, world.key, world.awareness(), world.firm_keys())


def firms_see_and_decide(world: World) -> None:
    """Each firm looks at its own figures, makes its plan and moves its price."""
    warm = world.month < world.warm_up
    best = max(firm.quality for firm in world.firms)
    hides = world.market["organisation.walls_hide"] if world.scenario.mechanisms["walls_hide"] else ALWAYS
    for firm in world.firms:
        decide(firm, view_of(firm, world.month - world.warm_up, best, world.market), warm, hides)
        set_price(firm, world.month, world.market, world.scenario.mechanisms["rival_reply"])
    since = world.month - world.warm_up
    if world.month == 0 or (since >= 0 and since % YEAR == 0):
        world.asked = stated_preferences(world.people, world.nature, world.clock)
        world.positions = {}


def put_offers(world: World) -> Offers:
    """What customers meet."""
    for lines in {firm.plan.whole_lines for firm in world.firms} - world.positions.keys():
        world.positions[lines] = line_positions(world.asked, lines)
    return offers_of(world.firms, world.positions, world.market, world.scenario.mechanisms)


def hands_work(world: World) -> None:
    """Service desks work off what they can; new work counts as expected, so that a small sample is no busier desk."""
    for seat, firm in enumerate(world.firms):
        waiting = float(world.tally[seat, HOURS_OPEN] - world.tally[seat, HOURS_NEW]) / FINE * world.weight
        new = float(world.tally[seat, HOURS_MEAN]) / FINE * world.weight
        old = float(world.tally[seat, OPEN_OLD]) * world.weight
        if world.month == 0:
            open_desk(firm, new, world.market)
        served(firm, new, waiting, old, world.market, world.scenario.mechanisms)


def close_books(world: World) -> None:
    """Costs are paid, the month is measured, staff and product move on."""
    present = int(np.count_nonzero(world.people.present))
    supplied = int(world.tally[:, 0].sum())
    for seat, firm in enumerate(world.firms):
        counts = dict(zip(TALLY, world.tally[seat].tolist(), strict=True))
        costs = costs_of(world, firm, counts)
        journal = month_of(counts, costs)
        firm.cash += journal.balance("cash")
        remember(firm, counts, costs, world.weight)
        if world.month >= world.warm_up:
            world.rows.append(row_of(world, firm, counts, costs, supplied, present))
        move_on(world, firm, counts, costs, journal)


def costs_of(world: World, firm: Firm, counts: dict[str, int]) -> dict[str, int]:
    """Costs of the firm this month by account. [cents]"""
    market, on, plan = world.market, world.scenario.mechanisms, firm.plan
    people = counts["customers"] * world.weight
    contact = market["marketing.contact_cost"]
    contacts = counts["contacts_mass"] + market["marketing.targeting_cost"] * counts["contacts_targeted"]
    links = market["organisation.link_cost"] * (1.0 - plan.walls) if on["link_costs"] else 0.0
    lines = market["product.line_cost"] * (plan.whole_lines - 1)
    incidents = on["incidents"]
    return {
        "cost_goods": counts["cost_goods"],
        "cost_customisation": counts["cost_customisation"],
        "cost_service": to_cents(desks.payroll(firm.desk, plan.senior, market)) if incidents else 0,
        "cost_sales": to_cents(market["organisation.sales_hours"] * people * market["service.wage"]),
        "cost_marketing": to_cents(contacts * contact * world.weight),
        "cost_coordination": to_cents(links * people),
        "cost_intelligence": to_cents(plan.intelligence * spending(market) * people) if on["belief_learning"] else 0,
        "cost_research": to_cents(plan.research * (counts["revenue"] - counts["discounts"]) / 100.0)
        if on["research"]
        else 0,
        "cost_overhead": to_cents((market["organisation.overhead"] + lines) * market["size"]),
    }


def remember(firm: Firm, counts: dict[str, int], costs: dict[str, int], weight: float) -> None:
    """What the month says of the value of customers."""
    lost = counts["losses_silent"] + counts["losses_complained"] + counts["losses_involuntary"]
    opening = counts["customers"] - counts["gross_adds"] + lost
    direct = ("cost_goods", "cost_customisation", "cost_service", "cost_sales")
    margin = counts["revenue"] - counts["discounts"] - sum(costs[account] for account in direct)
    firm.year.append(MonthOfCustomers(margin / 100.0, opening * weight, lost * weight, counts["customers"] * weight))


def row_of(
    world: World, firm: Firm, counts: dict[str, int], costs: dict[str, int], supplied: int, present: int
) -> dict[str, object]:
    """The measures of one firm and month."""
    lost = counts["losses_silent"] + counts["losses_complained"] + counts["losses_involuntary"]
    opening = counts["customers"] - counts["gross_adds"] + lost
    row: dict[str, object] = {
        "month": world.month - world.warm_up + 1,
        "firm": firm.name,
        "policy": firm.settings.policy,
    }
    row.update(measured(counts, world.weight, costs, opening, supplied, present, world.scenario.customers))
    desk = firm.desk
    value = expected_value(firm.year, world.market["discount_rate"])
    row["clv_expected_mean"] = value
    row["customer_equity"] = value * counts["customers"] * world.weight
    held = counts["categories"] / max(1, counts["customers"])
    row["penetration"] = held / world.market["economics.categories"]
    row["cash"] = firm.cash / 100.0
    row["backlog"] = desk.backlog
    row["utilisation"] = desk.pressure
    row["crisis"] = float(desk.crisis)
    row["morale"] = desk.morale
    row["staff_turnover"] = desk.left / desk.heads if desk.heads else 0.0
    row["sales_selling_share"] = 1.0 - world.market["organisation.alignment"] * firm.plan.walls
    row["quality"] = firm.quality
    row["price"] = firm.price
    row["unit_cost"] = unit_cost(firm, world.market, world.scenario.mechanisms["experience_curve"])
    return row


def move_on(world: World, firm: Firm, counts: dict[str, int], costs: dict[str, int], journal: Journal) -> None:
    """Staff, product, volume and memory of the firm after the month."""
    market, on = world.market, world.scenario.mechanisms
    net = (counts["revenue"] - counts["discounts"]) / 100.0
    starting = firm.customers[0] if world.month == 0 else 0.0
    if starting:
        firm.first_volume = max(1.0, net)
    firm.volume += net / firm.first_volume / market["product.volume_months"]
    firm.revenue = net
    firm.margin = net - (costs["cost_goods"] + counts["cost_service"]) / 100.0
    firm.profit = profit_of(journal) / 100.0
    firm.complaints = counts["complaints"] * world.weight
    firm.customers.append(counts["customers"] * world.weight)
    desks.live(firm.desk, firm.plan.utilisation, market, on["morale"])
    improve(firm, costs["cost_research"] / 100.0, market, on["research"])
