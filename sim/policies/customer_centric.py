"""Customer-centric: know the customer, join up the departments, customise, serve by estimated value."""

import math
from typing import ClassVar

from sim.policies.base import Plan, Policy, View


class CustomerCentric(Policy):
    """Spend on knowing, coordinating and customising, where the customer's margin bears it.

    `start` is the plan of every month; `sim params decisions` explains its numbers. The firm has low walls, full depth
    of customising, marketing targeted at people who spend much, and service partly by estimated spending. Only
    spending on intelligence changes with what the firm sees.
    """

    name: ClassVar[str] = "customer_centric"
    summary: ClassVar[str] = "knows needs, joins up departments, customises, serves by estimated value"
    start: Plan = Plan(
        price=1.0, research=0.03, walls=0.15, marketing=0.00625, targeting=0.6, depth=1.0, intelligence=0.01,
        retention_discount=0.1, senior=0.3, priority=0.5, promise=0.45, sales_structure=2.0, pay_value=1.0,
        process=0.75,
    )  # fmt: skip
    most_of_margin: ClassVar[float] = 0.05

    def decide(self, view: View) -> Plan:
        """Spend at most `most_of_margin` of the margin on intelligence; while the margin is hidden, as planned."""
        if math.isnan(view.margin_per_customer):
            return self.start
        bearable = max(0.0, self.most_of_margin * view.margin_per_customer / view.spending)
        return self.start.changed({"intelligence": min(self.start.intelligence, bearable)})
