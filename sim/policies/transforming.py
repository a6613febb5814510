"""Transforming: a dated path from one policy to another, by levers where the mechanism `transformation` is on."""

from typing import ClassVar

from sim.policies.base import Plan, Policy, PolicyTransition, View
from sim.policies.defining import between_ends


class Transforming(Policy):
    """Follows one policy until its date and another from then on; where transformation is on, levers lead it there."""

    name: ClassVar[str] = "transforming"
    summary: ClassVar[str] = "a dated path from one policy to another, from product_centric to customer_centric"

    def configure(self, route: PolicyTransition) -> Policy:
        """Goes from the route's origin to its goal from now on."""
        self.transition = route
        self.start = route.origin.start
        self.defining = between_ends(route.origin, route.goal, self.start)
        return self

    def decide(self, view: View) -> Plan:
        """The whole way at once, at the date: an organisation that could be changed by decree."""
        path = self.transition
        if path is None or view.month < path.date:
            return self.start if path is None else path.origin.decide(view)
        return path.goal.decide(view)
