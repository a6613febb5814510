"""How a firm decides: one strategy a file; a user's own comes from any Python file."""

from sim.policies.base import Plan, Policy, PolicyTransition, View
from sim.policies.registry import policy_named, policy_names, policy_of, register

__all__ = ["Plan", "Policy", "PolicyTransition", "View", "policy_names", "policy_named", "policy_of", "register"]
