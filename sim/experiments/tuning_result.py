"""What tuning gave: the search curve, the gain in worlds that the search never saw, and a scenario that has it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from sim.experiments.compare import with_policy
from sim.experiments.samplers import DIRECT
from sim.experiments.search_space import Decisions, names_at_corner
from sim.experiments.tune import TRAINING, Tuned, tune, worth_of
from sim.files.atomic_folder import TUNING_MARK
from sim.parameters import BadInput, Scenario
from sim.statistics.paired import PairedDifference, paired_difference
from sim.statistics.verdicts import search_bound

FIRST_FRESH_REPLICATION = 2 * TRAINING  # the gain is measured in replications from here on, which no search has seen


@dataclass(frozen=True)
class TunedPolicies:
    """Tuned policies of one market.

    Args:
        scenario: The market.
        tunings: Best decisions and trials of each policy.
        gains: Gain over the policy's own decisions in fresh worlds, by policy. [money]
        about: Seed, budget and worlds.
    """

    scenario: Scenario
    tunings: Mapping[str, Tuned]
    gains: Mapping[str, PairedDifference]
    about: Mapping[str, Any]

    def trials(self) -> pd.DataFrame:
        """All trials: policy, number, stage, decisions, net present value and the best so far. [money]"""
        tables = []
        for policy, tuned in self.tunings.items():
            table = tuned.trials.copy()
            table.insert(0, "policy", policy)
            table.insert(1, "trial", range(1, len(table) + 1))
            tables.append(table.assign(best_so_far=table["npv"].cummax()))
        return pd.concat(tables, ignore_index=True)

    def scenario_with(self, policy: str) -> Scenario:
        """The market with the tuned policy in the focal firm."""
        return with_policy(self.scenario, policy, "focal", self.tunings[policy].settings)

    def as_mapping(self) -> dict[str, Any]:
        """All results as one document."""
        policies = {
            policy: {
                "decisions": {name.removeprefix("decisions."): value for name, value in tuned.settings.items()},
                "at_bound": tuned.at_bound,
                "at_corner": names_at_corner(tuned.settings, tuned.ranges),
                "gain": asdict(self.gains[policy]),
            }
            for policy, tuned in self.tunings.items()
        }
        return dict(self.about) | {"policies": policies}

    def write(self, folder: Path) -> None:
        """Write trials, a scenario for each policy that `sim run` takes, and the document, which comes last.

        Raises:
            OSError: The folder cannot be written.
        """
        self.trials().to_csv(folder / "trials.csv", index=False, float_format="%.10g", lineterminator="\n")
        (folder / "scenarios").mkdir()
        for policy in self.tunings:
            text = yaml.safe_dump(self.scenario_with(policy).as_mapping(), sort_keys=False)
            (folder / "scenarios" / f"{file_name(policy)}.yaml").write_text(text, encoding="utf-8")
        (folder / TUNING_MARK).write_text(json.dumps(self.as_mapping(), indent=2) + "\n", encoding="utf-8")


def read_tuning(folder: Path, scenario: Scenario, policies: Sequence[str]) -> dict[str, Tuned]:
    """What `sim tune --out` found for some policies, without the trials.

    Args:
        folder: Where it was written.
        scenario: The market in which it is to be used.
        policies: The policies.

    Raises:
        BadInput: No such folder, a tuning of another market, or a policy that was not tuned.
    """
    try:
        contents = json.loads((folder / TUNING_MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise BadInput(f"{folder}: this is not a folder of sim tune ({trouble})") from trouble
    if contents["sha256"] != scenario.sha256:
        raise BadInput(
            f"{folder}: its policies were tuned in another world than {scenario.name}; tune them in this one"
        )
    missing = [policy for policy in policies if policy not in contents["policies"]]
    if missing:
        raise BadInput(f"{folder}: {missing[0]} was not tuned there; tuned are {', '.join(contents['policies'])}")
    ranges = {name: (low, high) for name, (low, high) in contents["ranges"].items()}
    best = {policy: contents["policies"][policy]["decisions"] for policy in policies}
    return {
        policy: Tuned(policy, {f"decisions.{name}": value for name, value in own.items()}, pd.DataFrame(), ranges)
        for policy, own in best.items()
    }


def file_name(policy: str) -> str:
    """A policy's name as the name of a file.

    >>> file_name("osfa"), file_name("some/where.py:Mine")
    ('osfa', 'Mine')
    """
    return policy.rpartition(":")[2]


def tune_policies(
    scenario: Scenario,
    policies: Sequence[str],
    budget: int = 60,
    worlds: int = 2,
    fresh: int = 8,
    seed: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    search: str = DIRECT,
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> TunedPolicies:
    """Tune policies by equal budgets, and measure what each gained in fresh worlds.

    Args:
        scenario: The market; the focal firm is its first.
        policies: Policies to tune; each also tries what was best for the others.
        budget: Trials for each policy.
        worlds: Worlds a trial.
        fresh: Worlds in which the gain is measured.
        seed: Seed; the scenario's own if left out.
        progress: Called with policies done and policies in all.
        search: ``direct``, or a sampler of optuna, as in `sim.experiments.tune.tune`.
        ranges: Where to search instead, by decision.

    Raises:
        BadInput: Too small a budget, too few worlds, a policy twice, or no such search.
    """
    if worlds < 1 or fresh < 2:
        raise BadInput(f"worlds is {worlds} and fresh worlds are {fresh}; at least 1 and 2 are needed")
    if len({file_name(policy) for policy in policies}) < len(policies):
        raise BadInput("each policy can be tuned once, and needs a name of its own")
    chosen = scenario.seed if seed is None else seed
    tunings = tune(scenario, policies, budget, worlds, chosen, progress=progress, search=search, ranges=ranges)
    gains = {policy: _gain(scenario, policy, tuning, fresh, chosen) for policy, tuning in tunings.items()}
    about = {
        "scenario": scenario.name, "sha256": scenario.sha256, "seed": chosen, "budget": budget, "worlds": worlds,
        "search": search,
    }  # fmt: skip
    searched = {name: list(ends) for tuned in tunings.values() for name, ends in tuned.ranges.items()}
    return TunedPolicies(scenario, tunings, gains, about | {"fresh_worlds": fresh, "ranges": searched})


def _gain(scenario: Scenario, policy: str, tuned: Tuned, fresh: int, seed: int) -> PairedDifference:
    own: Decisions = {name: tuned.trials.iloc[0][name] for name in tuned.ranges}
    best = {name.removeprefix("decisions."): value for name, value in tuned.settings.items()}
    worth = worth_of(
        scenario, policy, [best, own], range(FIRST_FRESH_REPLICATION, FIRST_FRESH_REPLICATION + fresh), seed
    )
    gain = paired_difference(worth[0], worth[1])
    bound = search_bound({policy: tuned.at_bound}, [policy])
    return replace(gain, verdict=bound) if bound else gain
