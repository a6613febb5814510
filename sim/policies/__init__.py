"""How a firm decides: one strategy a file; a user's own comes from any Python file."""

from sim.policies.base import Plan, Policy, View
from sim.policies.registry import known, policy_named, register

__all__ = ["Plan", "Policy", "View", "known", "policy_named", "register"]
