"""Product-centric: better products, several lines, volume and market share."""

import math
from typing import ClassVar

from sim.policies.base import Plan, Policy, View


class ProductCentric(Policy):
    """Invest in the product and defend market share."""

    name: ClassVar[str] = "product_centric"
    summary: ClassVar[str] = "better products in several lines, sold by volume; defends its number of customers"
    start: Plan = Plan(
        price=1.0,
        research=0.07,
        walls=0.9,
        lines=2.0,
        marketing=0.00875,
        promise=0.65,
        newcomer_discount=0.15,
        senior=0.2,
        sales_structure=1.0,
    )

    def decide(self, view: View) -> Plan:
        """Advertise more while customers are being lost, in proportion to the loss over a year."""
        if math.isnan(view.customers):
            return self.start
        lost_share = max(0.0, 1.0 - view.customers / max(view.customers_year_ago, 1.0))
        return self.start.changed({"marketing": self.start.marketing * (1.0 + lost_share)})
