"""A firm's cost rates per customer, per head and per month, while plan, walls and organisation form stay fixed."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.model.firm.firm import spending
from sim.model.firm.operations.sales_force import sales_pay
from sim.model.firm.operations.service_desk import wage
from sim.model.firm.organisation.organisation_form import OrganisationForm
from sim.model.firm.organisation.reporting import cost_of_facts
from sim.model.firm.organisation.walls import Walls, hiding_height
from sim.policies.base import Plan

UNMANAGED = Plan()  # sales as they are where nobody plans calls


class Standing(NamedTuple):
    """Inputs of a firm's offer terms and cost rates; the cache key while nothing changes.

    Args:
        plan: Its plan.
        walls: Heights of its walls.
        routines: Heights of the walls as incidents meet them that are handed on.
        form: How it is divided.
    """

    plan: Plan
    walls: Walls
    routines: Walls
    form: OrganisationForm


class Rates(NamedTuple):
    """What a firm pays at these rates.

    Args:
        head: Pay of one at the service desk. [EUR/month]
        sales: Pay of sales, by the customer. [EUR/month]
        links: Links between departments and shared figures, by the customer. [EUR/month]
        intelligence: Learning what customers need, by the customer. [EUR/month]
        support: Support of customers' outcomes, by the customer. [EUR/month]
        research: Research, of net revenue. [share]
        overhead: Fixed overhead, further lines and further units. [EUR/month]
        overhead_size: Overhead that grows with size, by the customer. [EUR/month]
    """

    head: float
    sales: float
    links: float
    intelligence: float
    support: float
    research: float
    overhead: float
    overhead_size: float


def rates_of(standing: Standing, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> Rates:
    """The rates of a firm.

    Args:
        standing: What they follow from.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    plan, budget = standing.plan, spending(market)
    by_size = market["organisation.overhead_by_size"]
    further = market["product.line_cost"] * (plan.whole_lines - 1) + standing.form.cost_of_units(market)
    return Rates(
        head=market["service.hours_per_head"] * wage(plan.senior, market) if mechanisms["incidents"] else 0.0,
        sales=sales_pay(plan if mechanisms["sales_calls"] else UNMANAGED, 1.0, market),
        links=cost_of_links(standing, market, mechanisms),
        intelligence=plan.intelligence * budget if mechanisms["belief_learning"] else 0.0,
        support=plan.outcome_support * budget if mechanisms["outcome"] else 0.0,
        research=plan.research if mechanisms["research"] else 0.0,
        overhead=(market["organisation.overhead"] * (1.0 - by_size) + further) * market["size"],
        overhead_size=market["organisation.overhead"] * by_size / market["organisation.overhead_share"],
    )


def cost_of_links(standing: Standing, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Cost of links between departments, and of the figures that cross open walls. [EUR/customer/month]"""
    walls, cost = standing.walls, 0.0
    if mechanisms["link_costs"]:
        cost = market["organisation.link_cost"] * (walls.openness() + standing.form.links_between_units(walls))
    return cost + (cost_of_facts(walls, hiding_height(market, mechanisms), market) if mechanisms["facts"] else 0.0)
