"""What it costs to keep a firm's departments together: links, shared figures, measured value, customer management."""

from collections.abc import Mapping

from sim.organisation.customer_management import Mandate, cost_of_management, has_management
from sim.organisation.deciding import hiding_height
from sim.organisation.facts import cost_of_facts
from sim.organisation.firm import Firm
from sim.organisation.pay import cost_of_measuring


def cost_of_coordination(
    firm: Firm, people: float, warm: bool, market: Mapping[str, float], on: Mapping[str, bool]
) -> float:
    """Cost of keeping departments together for a month. [EUR]

    Args:
        firm: The firm.
        people: Its customers. [people]
        warm: True during the warm-up, when all firms are alike.
        market: Numbers of the market.
        on: Which mechanisms are on.
    """
    open_links = firm.walls.openness() + firm.form.links_between_units(firm.walls)
    links = market["organisation.link_cost"] * open_links if on["link_costs"] else 0.0
    links += cost_of_facts(firm.walls, hiding_height(market, on), market) if on["facts"] else 0.0
    cost = links * people
    if on["departments_pay"] and not warm:
        cost += cost_of_measuring(firm.settings.settings, firm.desk.heads, people, market)
    if has_management(firm.settings.settings, on) and not warm:
        cost += cost_of_management(Mandate(firm.settings.settings), people, market, on)
    return cost
