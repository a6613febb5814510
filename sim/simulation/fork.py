"""Forking a world: settings that cannot change without another past, and the copy of the state."""

from copy import deepcopy

from sim.model.world import World
from sim.parameters.errors import BadInput
from sim.parameters.scenario import Scenario
from sim.policies import policy_of
from sim.policies.memory import take_over

PAST = (
    "size",
    "warm_up",
    "network.degree",
    "network.rewiring",
    "network.degree_spread",
    "network.homophily",
    "needs.segments",
)  # numbers that made the past
BEGINNING = ("offers.start_share", "offers.quality", "money.cash")  # a firm's numbers that only its first month reads


def refuse_another_past(before: Scenario, after: Scenario, months: int) -> None:
    """Stop a fork that would need another past, or in which a change could not show.

    Args:
        before: What the world was made of.
        after: What it is to be made of from now on.
        months: Recorded months lived. [months]

    Raises:
        BadInput: Names what cannot change.
    """
    changed = [f"market.{key}" for key in PAST if before.market[key] != after.market[key]]
    named = ("customers", "customer_class", "relationship")
    changed += [f"market.{key}" for key in named if getattr(before, key) != getattr(after, key)]
    changed += ["market.network"] if before.network != after.network else []
    changed += ["seed"] if before.seed != after.seed else []
    if [firm.name for firm in before.firms] != [firm.name for firm in after.firms]:
        changed.append("firms.*.name")
    for old, new in zip(before.firms, after.firms, strict=False):
        changed += [f"firms.{old.name}.{key}" for key in BEGINNING if old.settings[key] != new.settings[key]]
    changed += ["mechanisms.invoices"] if before.mechanisms["invoices"] and not after.mechanisms["invoices"] else []
    if changed:
        raise BadInput(f"a fork keeps its past, so {', '.join(changed)} cannot change; run a new world instead")
    if after.months < months:
        raise BadInput(
            f"months is {after.months}, but {months} months were simulated already; give at least {months + 1}"
        )


def copy_state(source: World, target: World) -> None:
    """Copy the state of one world to another of the same shape."""
    target.people.person.copy_from(source.people.person)
    target.people.relations.copy_from(source.people.relations)
    target.people.own[:] = source.people.own
    for firm, model in zip(target.firms, source.firms, strict=True):
        settings, policy = firm.settings, firm.policy
        vars(firm).update(deepcopy({k: v for k, v in vars(model).items() if k not in ("settings", "policy")}))
        firm.settings, firm.policy = settings, policy
        if (settings.policy, settings.way.ends()) == (model.settings.policy, model.settings.way.ends()):
            take_over(policy, model.policy, policy_of(model.settings))
    target.month = source.month
    target.asked = source.asked
    target.samples, target.positions = dict(source.samples), dict(source.positions)
    target.records = list(source.records)
    target.counted = list(source.counted)
    target.followed = list(source.followed)
