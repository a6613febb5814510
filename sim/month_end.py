"""The end of a month: costs are paid, the month is measured, staff and product move on."""

import numpy as np

from sim.books import Journal, month_of, profit_of, to_cents
from sim.measures import NO_SALES, measured, sales_measured
from sim.measures.equity import MonthOfCustomers, expected_value
from sim.organisation import desk as desks
from sim.organisation.firm import Firm, improve, learn_by_doing, spending, unit_cost
from sim.organisation.sales import month_of_sales, sales_pay, time_of
from sim.policies.base import Plan
from sim.state import TALLY
from sim.world import World


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
        "cost_sales": to_cents(sales_pay(plan if on["sales_calls"] else Plan(), people, market)),
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
    row.update(sales_of(world, firm, counts))
    row["quality"] = firm.quality
    row["price"] = firm.price
    row["unit_cost"] = unit_cost(firm, world.market, world.scenario.mechanisms["experience_curve"])
    return row


def sales_of(world: World, firm: Firm, counts: dict[str, int]) -> dict[str, float]:
    """The measures of the firm's sales; without calls the share spent on selling follows from the walls alone."""
    if not world.scenario.mechanisms["sales_calls"]:
        return {"sales_selling_share": 1.0 - world.market["organisation.alignment"] * firm.plan.walls} | NO_SALES
    time = time_of(firm.sales, month_of_sales(counts, world.weight), world.market)
    known = {name: np.array(value, np.float64) for name, value in (counts | time._asdict()).items()}
    measures = sales_measured(known, world.weight).items()
    return {"sales_selling_share": time.selling_share} | {name: float(value) for name, value in measures}


def move_on(world: World, firm: Firm, counts: dict[str, int], costs: dict[str, int], journal: Journal) -> None:
    """Staff, product, volume and memory of the firm after the month."""
    market, on = world.market, world.scenario.mechanisms
    net = (counts["revenue"] - counts["discounts"]) / 100.0
    learn_by_doing(firm, counts["cost_goods"] / 100.0, market, on["experience_curve"])
    firm.revenue = net
    direct = counts["cost_goods"] + counts["cost_customisation"] + counts["cost_service"]
    firm.margin = net - direct / 100.0
    firm.profit = profit_of(journal) / 100.0
    if on["sales_calls"]:
        firm.sales.year.append(month_of_sales(counts, world.weight))
    firm.complaints = counts["complaints"] * world.weight
    firm.customers.append(counts["customers"] * world.weight)
    desks.live(firm.desk, firm.plan.utilisation, market, on["morale"])
    improve(firm, costs["cost_research"] / 100.0, market, on["research"])
