"""The mechanism bridge: a value gap split over groups of decisions, or over mechanisms, by living every combination."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.compare import with_policy
from sim.experiments.comparison_result import Comparison
from sim.experiments.parallel import side_by_side
from sim.model.phases import PhaseObserver
from sim.model.state import Floats
from sim.parameters import BadInput, Scenario
from sim.policies import Policy, policy_named
from sim.policies.decision_groups import USUAL_GROUPS, few_enough, groups_of
from sim.policies.defining import defining_of
from sim.policies.mixture import mixture_text
from sim.simulation.warm_up import warmed_up
from sim.statistics.intervals import students_interval
from sim.statistics.reap import present_value
from sim.statistics.shapley import Split, shapley_split

BY_DECISIONS, BY_MECHANISMS = "decisions", "mechanisms"
WITHOUT = "without these"
Settings = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class MechanismBridge:
    """What makes the difference between two policies, as tidy tables.

    Args:
        steps: policy, against, kind, term, switched, reading (``alone``, ``last`` or ``shapley``), mean, low, high.
            Each replication's Shapley values add up to its whole difference. [money]
        worlds: replicate, switched and npv of every world lived; of a bridge over mechanisms npv is that of the policy
            minus that of the rival. [money]
    """

    steps: pd.DataFrame
    worlds: pd.DataFrame


class Contest:
    """Two policies of one scenario, and the worlds between them.

    Args:
        scenario: The market.
        found: The comparison of the two, whose policies' worlds need not be lived again.
        policy: The policy whose lead is explained.
        against: The rival.
        settings: Decisions by policy that the comparison was made with, such as tuned ones.
    """

    def __init__(
        self, scenario: Scenario, comparison: Comparison, policy: str, against: str, settings: Settings | None = None
    ) -> None:
        self.scenario, self.policy, self.against, self.settings = scenario, policy, against, settings or {}
        self.seed, self.adopt = int(comparison.about["seed"]), str(comparison.about["adopt"])
        self.replications = int(comparison.about["replications"])
        worth = comparison.runs[comparison.runs["measure"] == "npv"].pivot(
            index="policy", columns="replicate", values="value"
        )
        unknown = {policy, against} - set(worth.index)
        if unknown or policy == against:
            raise BadInput(f"a bridge leads from one compared policy to another; {policy} and {against} were asked for")
        self.worth: dict[str, Floats] = {name: worth.loc[name].to_numpy(float) for name in (policy, against)}

    def policy_of(self, name: str) -> Policy:
        """One of the two policies as the focal firm has it."""
        firm = self.scenario.firms[0]
        return policy_named(name, firm.way, firm.neutral)

    def between(self, taken: Collection[str]) -> Scenario:
        """The world whose firm follows the rival, with some decisions as the policy takes them."""
        ours, theirs = self.settings.get(self.policy, {}), self.settings.get(self.against, {})
        names = {f"decisions.{name}" for name in taken}
        differing = {key: value for key, value in ours.items() if key in names}
        differing |= {key: value for key, value in theirs.items() if key not in names}
        return with_policy(self.scenario, mixture_text(self.against, self.policy, taken), self.adopt, differing)

    def under(self, policy: str, off: Collection[str]) -> Scenario:
        """The world of one policy with some mechanisms off."""
        world = with_policy(self.scenario, policy, self.adopt, self.settings.get(policy, {}))
        return world.with_settings({f"mechanisms.{name}": False for name in off})

    def simulate(self, worlds: Sequence[Scenario], progress: Callable[[int, int], None] | None) -> Floats:
        """Net present value of the focal firm, one row a world and one column a replication. [money]"""

        def live(task: tuple[int, int], halt: PhaseObserver) -> float:
            market = warmed_up(worlds[task[0]], self.seed, task[1])
            market.watcher = halt
            months = market.run().monthly()
            focal = months[months["firm"] == self.scenario.firms[0].name]
            return present_value(focal, self.scenario.market["discount_rate"])

        work = [(world, number) for number in range(self.replications) for world in range(len(worlds))]
        values = side_by_side(live, work, None, progress)
        return np.array(values).reshape(self.replications, len(worlds)).T


def mechanism_bridge(
    scenario: Scenario,
    comparison: Comparison,
    groups: Mapping[str, Sequence[str]] | None = None,
    mechanisms: Mapping[str, Sequence[str]] | None = None,
    settings: Settings | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """The comparison with the mechanism bridge from its first policy to its last.

    Args:
        scenario: The market that was compared in.
        comparison: The comparison, as `compare` gave it.
        groups: Decisions by group; `sim.policies.decision_groups.USUAL_GROUPS` if neither
            groups nor mechanisms are given.
        mechanisms: Instead of decisions: mechanisms by group, on and off for both policies.
        settings: Decisions by policy that the comparison was made with.
        progress: Called with worlds done and worlds in all.

    Raises:
        BadInput: Both groups and mechanisms, too many of them, or settings that are no decisions.
    """
    if groups and mechanisms:
        raise BadInput("a bridge is over groups of decisions or over mechanisms; ask for one of them")
    policies = list(comparison.about["policies"])
    contest = Contest(scenario, comparison, policies[-1], policies[0], settings)
    if mechanisms:
        bridge = bridge_over_mechanisms(contest, mechanisms, progress)
    else:
        bridge = bridge_over_decisions(contest, groups or groups_of(USUAL_GROUPS), progress)
    return replace(comparison, mechanisms=bridge.steps, mechanism_worlds=bridge.worlds)


def bridge_over_decisions(
    contest: Contest, groups: Mapping[str, Sequence[str]], progress: Callable[[int, int], None] | None = None
) -> MechanismBridge:
    """Split the gap over groups of decisions: in each world some are as the policy takes them, the rest as the rival.

    Args:
        contest: The two policies.
        groups: Decisions by group; together all decisions, so that all groups make the policy itself. Only those are
            switched that define one of the two or were set apart, as by tuning: the rest is equal.
        progress: Called with worlds done and worlds in all.

    Raises:
        BadInput: Too many groups, settings of a policy that are no decisions and so belong to no group, or a policy
            that levers of transformation move.
    """
    groups = _spanned(contest, groups)
    few_enough({name: tuple(group) for name, group in groups.items()})
    foreign = sorted({key for own in contest.settings.values() for key in own if not key.startswith("decisions.")})
    if foreign:
        raise BadInput(f"{foreign[0]} is no decision; a bridge over decisions cannot say to which group it belongs")
    _refuse_ways(contest)
    subsets = _subsets(list(groups))
    worlds = [contest.between([decision for name in on for decision in groups[name]]) for on in subsets[1:-1]]
    values = np.vstack(
        [contest.worth[contest.against], *contest.simulate(worlds, progress), contest.worth[contest.policy]]
    )
    return _bridge_tables(contest, BY_DECISIONS, groups, subsets, values)


def _spanned(contest: Contest, groups: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The groups without decisions in which the two cannot differ, and without groups that hold nothing else."""
    ours, theirs = (contest.settings.get(name, {}) for name in (contest.policy, contest.against))
    differing = {key.removeprefix("decisions.") for key in {**ours, **theirs} if ours.get(key) != theirs.get(key)}
    differing |= {decision for name in contest.worth for decision in defining_of(contest.policy_of(name))}
    kept = {name: tuple(decision for decision in group if decision in differing) for name, group in groups.items()}
    return {name: group for name, group in kept.items() if group} or {name: tuple(groups[name]) for name in groups}


def _refuse_ways(contest: Contest) -> None:
    """A firm that levers move is not one whose decisions can be switched: they depend on how far its staff has come."""
    ways = [name for name in contest.worth if contest.policy_of(name).transition is not None]
    if ways and contest.scenario.mechanisms["transformation"]:
        raise BadInput(
            f"policy {ways[0]} is on its way from one policy to another, and levers decide how far; make the bridge "
            "between the two ends, or with mechanisms.transformation off"
        )


def bridge_over_mechanisms(
    contest: Contest, groups: Mapping[str, Sequence[str]], progress: Callable[[int, int], None] | None = None
) -> MechanismBridge:
    """Split the gap over mechanisms: in each world some work and the others of the list are off for both policies.

    What the policy leads by with all of them off is a term of its own, so that the terms add up to the whole gap.

    Args:
        contest: The two policies.
        groups: Mechanisms by group.
        progress: Called with worlds done and worlds in all.

    Raises:
        BadInput: Too many groups, or a mechanism that is off in this scenario already.
    """
    few_enough({name: tuple(group) for name, group in groups.items()})
    idle = [mechanism for group in groups.values() for mechanism in group if not contest.scenario.mechanisms[mechanism]]
    if idle:
        raise BadInput(f"mechanism {idle[0]} is off in {contest.scenario.name}, so it makes no difference there")
    subsets = _subsets(list(groups))
    off = [[mechanism for name in groups if name not in on for mechanism in groups[name]] for on in subsets[:-1]]
    worlds = [contest.under(policy, mechanism) for policy in (contest.policy, contest.against) for mechanism in off]
    values = contest.simulate(worlds, progress)
    whole = contest.worth[contest.policy] - contest.worth[contest.against]
    return _bridge_tables(
        contest, BY_MECHANISMS, groups, subsets, np.vstack([values[: len(off)] - values[len(off) :], whole])
    )


def _subsets(names: Sequence[str]) -> list[tuple[str, ...]]:
    """All combinations; bit i of the place says whether name i is in it."""
    return [tuple(name for place, name in enumerate(names) if row >> place & 1) for row in range(2 ** len(names))]


def _bridge_tables(
    contest: Contest, kind: str, groups: Mapping[str, Sequence[str]], subsets: list[tuple[str, ...]], values: Floats
) -> MechanismBridge:
    shares = shapley_split(values)
    steps = [
        _step(contest, kind, term, groups[term], reading, getattr(shares, reading)[place])
        for place, term in enumerate(groups)
        for reading in Split._fields
    ]
    if kind == BY_MECHANISMS:
        steps += [_step(contest, kind, WITHOUT, (), reading, values[0]) for reading in Split._fields]
    worlds = pd.DataFrame(
        {"replicate": number, "switched": "+".join(on), "npv": float(value)}
        for number in range(contest.replications)
        for on, value in zip(subsets, values[:, number], strict=True)
    )
    return MechanismBridge(pd.DataFrame(steps), worlds)


def _step(
    contest: Contest, kind: str, term: str, switched: Sequence[str], reading: str, values: Floats
) -> dict[str, Any]:
    low, high = students_interval(values)
    return {
        "policy": contest.policy, "against": contest.against, "kind": kind, "term": term,
        "switched": "+".join(switched), "reading": reading, "mean": float(values.mean()), "low": low, "high": high,
    }  # fmt: skip
