"""A world of identical firms that follow the neutral plan of the market, under its ordinary conduct."""

from typing import Any

from sim.parameters import Scenario
from sim.parameters.conduct import REACTIVE
from sim.policies import policy_of
from sim.policies.defining import defining_of

PLAIN_POLICY = "osfa"  # what defines it is set to the neutral plan too, so that nothing of it is left


def neutral_market(scenario: Scenario, customers: int, months: int) -> Scenario:
    """The scenario with identical firms whose every decision is the neutral one, under reactive conduct.

    Args:
        scenario: The world.
        customers: Customer agents.
        months: Months to simulate.
    """
    settings: dict[str, Any] = {"market.customers": customers, "months": months, "market.conduct": REACTIVE}
    settings |= {f"firms.{seat}.policy": PLAIN_POLICY for seat in range(len(scenario.firms))}
    plain = scenario.with_settings(settings)
    neutral = plain.firms[0].neutral._asdict()
    fixed = {
        f"firms.{seat}.decisions.{name}": neutral[name]
        for seat, firm in enumerate(plain.firms)
        for name in defining_of(policy_of(firm))
    }
    return plain.with_settings(fixed)
