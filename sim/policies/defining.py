"""Which decisions define a policy, and which it leaves to the neutral plan of the market."""

from collections.abc import Collection, Mapping

from sim.parameters.decisions import DECISIONS, Plan
from sim.policies.base import Defining, Policy

UNDECLARED = "The policy does not say which decisions define it, so every decision does."
NO_SOURCE = "none"


def defining_of(policy: Policy) -> Mapping[str, Defining]:
    """The decisions that define a policy, by name; every one where the policy does not say.

    >>> class Mine(Policy):
    ...     start = Plan()
    >>> len(defining_of(Mine())) == len(DECISIONS)
    True
    """
    if policy.defining is None:
        return {name: Defining(value, UNDECLARED, NO_SOURCE) for name, value in policy.start._asdict().items()}
    return policy.defining


def nuisance_of(policy: Policy) -> tuple[str, ...]:
    """The decisions that do not define a policy, in the order of the plan."""
    return tuple(name for name in DECISIONS if name not in defining_of(policy))


def on_neutral(policy: Policy, neutral: Plan) -> Policy:
    """The policy with all decisions that do not define it as the market's neutral plan has them."""
    if policy.defining is not None and neutral != Plan():
        policy.start = neutral.changed({name: row.value for name, row in policy.defining.items()})
    return policy


def of_mixture(base: Policy, other: Policy, taken: Collection[str]) -> dict[str, Defining]:
    """What defines a policy that takes some decisions from another: each as its owner has it."""
    owners = {name: defining_of(other if name in taken else base) for name in DECISIONS}
    return {name: rows[name] for name, rows in owners.items() if name in rows}


def between_ends(origin: Policy, goal: Policy, start: Plan) -> dict[str, Defining]:
    """What defines a policy that lies between two others: whatever defines either. start: its own plan"""
    ends = {end.name: defining_of(end) for end in (origin, goal)}
    names = [name for name in DECISIONS if any(name in rows for rows in ends.values())]
    return {name: _joined(name, origin, goal, getattr(start, name)) for name in names}


def _joined(name: str, origin: Policy, goal: Policy, value: float) -> Defining:
    rows = {end.name: row for end in (origin, goal) if (row := defining_of(end).get(name))}
    first, last = getattr(origin.start, name), getattr(goal.start, name)
    reason = f"Between {origin.name} ({first:g}) and {goal.name} ({last:g})."
    return Defining(value, reason, "; ".join(dict.fromkeys(row.source for row in rows.values())))
