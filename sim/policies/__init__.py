"""How a firm decides: one strategy a file; a user's own comes from any Python file."""

from sim.policies.base import Defining, Plan, Policy, PolicyTransition, View
from sim.policies.registry import policy_named, policy_names, policy_of, register

__all__ = [
    "Defining",
    "Plan",
    "Policy",
    "PolicyTransition",
    "View",
    "policy_named",
    "policy_names",
    "policy_of",
    "register",
]
