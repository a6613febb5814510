"""Customer-centric: know the customer, join up the departments, customise, serve by estimated value."""

import math
from collections.abc import Mapping
from typing import ClassVar

from sim.parameters.parameter import ASSUMED, Parameter
from sim.policies.base import Defining, Plan, Policy, View

SHAH = (
    "Shah, Rust, Parasuraman, Staelin and Day (2006), The path to customer centricity, Journal of Service Research 9(2)"
)
GALBRAITH = "Galbraith (2005), Designing the Customer-Centric Organization"
FADER = "Fader (2012), Customer Centricity"
HOMBURG = "Homburg, Workman and Jensen (2000), Fundamental changes in marketing organization, JAMS 28(4)"
PINE = "Pine, Victor and Boynton (1993), Making mass customization work, Harvard Business Review"
GUPTA = "Gupta and Lehmann (2005), Managing Customers as Investments"
SEDDON = "Seddon (2003), Freedom from Command and Control, on failure demand"


BEARABLE = "Largest part of a customer's margin that is spent on intelligence"


class CustomerCentric(Policy):
    """Spend on knowing, coordinating and customising, where the customer's margin bears it.

    The firm has low walls, full depth of customising, marketing targeted at people who spend much, and service partly
    by estimated spending. Only spending on intelligence changes with what the firm sees.
    """

    name: ClassVar[str] = "customer_centric"
    summary: ClassVar[str] = "knows needs, joins up departments, customises, serves by estimated value"
    defining: Mapping[str, Defining] | None = {
        "walls": Defining(0.15, "Departments work together around the customer.", SHAH),
        "depth": Defining(1.0, "The offer is fitted to the customer as far as that pays.", PINE),
        "lines": Defining(1.0, "One platform is fitted to customers; a portfolio of customers is managed.", GALBRAITH),
        "intelligence": Defining(0.01, "Knowledge of customers is the asset on which decisions rest.", SHAH),
        "targeting": Defining(0.6, "Customers differ in value, so marketing looks for the valuable ones.", FADER),
        "priority": Defining(0.5, "Service goes partly by the estimated value of the customer.", GUPTA),
        "sales_structure": Defining(2.0, "Account owners sell everything to their customers.", HOMBURG),
        "pay_value": Defining(1.0, "Staff is rewarded by the value of customers, not by volume.", SHAH),
        "process": Defining(0.75, "Processes solve the customer's problem once, with least total work.", SEDDON),
    }
    most_of_margin: ClassVar[float] = 0.05
    numbers: ClassVar[tuple[Parameter, ...]] = (
        Parameter("most_of_margin", "share", most_of_margin, 0.0, 1.0, ASSUMED, BEARABLE),
    )

    def decide(self, view: View) -> Plan:
        """Spend at most `most_of_margin` of the margin on intelligence; while the margin is hidden, as planned."""
        if math.isnan(view.margin_per_customer):
            return self.start
        bearable = max(0.0, self.most_of_margin * view.margin_per_customer / view.spending)
        return self.start.changed({"intelligence": min(self.start.intelligence, bearable)})
