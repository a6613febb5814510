"""A policy of which every department decides by what the others tell it."""

from math import isnan, tanh

from sim.policies.base import Plan, Policy, View


class EveryFact(Policy):
    """Spends by every fact that it is told."""

    name = "nosy"
    summary = "listens to every department"
    start = Plan(walls=0.0)

    def decide(self, view: View) -> Plan:
        """A little more of everything, the larger the facts are."""
        facts = (view.customers / 1000.0, view.revenue_per_customer / 100.0, view.utilisation, view.quality)
        told = sum(tanh(fact) for fact in (*facts, view.overdue_share) if not isnan(fact))
        marketing, research = self.start.marketing * (1.0 + told), self.start.research * (1.0 + told)
        return self.start.changed({"marketing": marketing, "research": research, "price": 1.0 + 0.01 * told})
