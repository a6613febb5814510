"""Hybrid: hold on to market share and turn to customer value, at one time, by a weight."""

from typing import ClassVar

from sim.policies.base import DECISIONS, Plan, Policy, PolicyTransition, View
from sim.policies.defining import between_ends
from sim.policies.interpolation import between, both_in_full


class Hybrid(Policy):
    """Decides each matter between two policies; with an additive share it also keeps the budgets of both."""

    name: ClassVar[str] = "hybrid"
    summary: ClassVar[str] = "a weighted mixture of two policies' decisions, of product_centric and customer_centric"

    def configure(self, route: PolicyTransition) -> Policy:
        """Mixes the ends of the route from now on."""
        self.route = route
        self.start = self._mixed(route.origin.start, route.goal.start)
        self.defining = between_ends(route.origin, route.goal, self.start)
        return self

    def decide(self, view: View) -> Plan:
        """Both policies are asked by the same view; each decision lies between their answers."""
        return self._mixed(self.route.origin.decide(view), self.route.goal.decide(view))

    def _mixed(self, plan: Plan, other_plan: Plan) -> Plan:
        weight, additive = self.route.weight, self.route.additive
        shared = between(plan, other_plan, dict.fromkeys(DECISIONS, weight))
        if additive <= 0.0:
            return shared
        return between(shared, both_in_full(plan, other_plan, weight), dict.fromkeys(DECISIONS, additive))
