"""What a month says of a firm's customers, as the departments keep it."""

from collections.abc import Mapping, Sequence

from sim.organisation.customer_value import Figures
from sim.organisation.firm import Firm
from sim.state import (
    COST_CUSTOMISATION,
    CUSTOMERS,
    DISCOUNT_DEMANDED,
    FINE,
    GROSS_ADDS,
    LOSSES_COMPLAINED,
    LOSSES_INVOLUNTARY,
    LOSSES_SILENT,
    NEW_BUSINESS,
    PRECISION,
)


def figures_of(
    firm: Firm, counts: Sequence[int], costs: Mapping[str, int], weight: float, market: Mapping[str, float]
) -> Figures:
    """Figures of the month, for people and not agents; after the firm has reckoned revenue and margin.

    Args:
        firm: The firm.
        counts: Its tally.
        costs: Its costs by account. [cents]
        weight: People per agent.
        market: Numbers of the market.
    """
    lost = counts[LOSSES_SILENT] + counts[LOSSES_COMPLAINED] + counts[LOSSES_INVOLUNTARY]
    now = max(1, counts[CUSTOMERS])
    opening = max(1, counts[CUSTOMERS] - counts[GROSS_ADDS] + lost)
    people, plan = now * weight, firm.plan
    evidence = counts[PRECISION] / FINE / now * market["needs.spread"] ** 2
    return Figures(
        attrition=lost / opening,
        margin=firm.margin / people,
        revenue=firm.revenue / people,
        service=costs["cost_service"] / 100.0 / people,
        customising=counts[COST_CUSTOMISATION] / 100.0 / people,
        demanded=counts[DISCOUNT_DEMANDED] / now,
        adds=counts[GROSS_ADDS] / now,
        sold=counts[NEW_BUSINESS] / 100.0 / people,
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
