"""What a month says of a firm's customers, as the departments keep it."""

from collections.abc import Mapping

from sim.model.counts import Counts
from sim.model.firm.customer_management.customer_value import Figures
from sim.model.firm.firm import Firm
from sim.model.state import FIXED_POINT


def figures_of(
    firm: Firm, counts: Counts, costs: Mapping[str, int], weight: float, market: Mapping[str, float]
) -> Figures:
    """Figures of the month, for people and not agents; after the firm has reckoned revenue and margin.

    Args:
        firm: The firm.
        counts: Its counts of the month.
        costs: Its costs by account. [cents]
        weight: People per agent.
        market: Numbers of the market.
    """
    lost = counts.losses_silent + counts.losses_complained + counts.losses_involuntary + counts.lapsed
    now = max(1, counts.customers)
    opening = max(1, counts.customers - counts.gross_adds + lost)
    people, plan = now * weight, firm.plan
    evidence = counts.precision / FIXED_POINT / now * market["needs.spread"] ** 2
    return Figures(
        attrition=lost / opening,
        margin=firm.margin / people,
        revenue=firm.revenue / people,
        service=costs["cost_service"] / 100.0 / people,
        customising=counts.cost_customisation / 100.0 / people,
        demanded=counts.discount_demanded / now,
        adds=counts.gross_adds / now,
        sold=counts.new_business / 100.0 / people,
        known=evidence / (1.0 + evidence),
        pressure=firm.desk.pressure,
        retention_discount=plan.retention_discount,
        utilisation=plan.utilisation,
        priority=plan.priority,
        depth=plan.depth,
        targeting=plan.targeting,
        price=plan.price,
        most_calls=plan.most_calls,
    )
