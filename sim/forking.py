"""Forking a world: what cannot change without another past, and how what was lived is carried over."""

from copy import deepcopy

from sim.parameters.errors import BadInput
from sim.parameters.scenario import Scenario
from sim.world import World

PAST = ("size", "warm_up", "network.degree", "network.rewiring", "needs.segments")  # numbers that made the past


def refuse_another_past(before: Scenario, after: Scenario) -> None:
    """Stop a fork that would need another past.

    Raises:
        BadInput: Names what cannot change.
    """
    changed = [f"market.{key}" for key in PAST if before.market[key] != after.market[key]]
    changed += [f"market.{key}" for key in ("customers", "relationship") if getattr(before, key) != getattr(after, key)]
    if [firm.name for firm in before.firms] != [firm.name for firm in after.firms]:
        changed.append("firms.*.name")
    if changed:
        raise BadInput(f"a fork keeps its past, so {', '.join(changed)} cannot change; run a new world instead")


def copy_state(source: World, target: World) -> None:
    """Copy what was lived from one world to another of the same shape."""
    target.people.person[:] = source.people.person
    target.people.known[:] = source.people.known
    for firm, model in zip(target.firms, source.firms, strict=True):
        settings, policy = firm.settings, firm.policy
        vars(firm).update(deepcopy({k: v for k, v in vars(model).items() if k not in ("settings", "policy")}))
        firm.settings, firm.policy = settings, policy
    target.month = source.month
    target.asked = source.asked
    target.positions = dict(source.positions)
    target.rows = [dict(row) for row in source.rows]
