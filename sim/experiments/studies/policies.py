"""Which policy earns most in sampled worlds, when each is first tuned by the same budget."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from sim.experiments.compare import with_policy
from sim.experiments.decision_table import decision_table
from sim.experiments.studies.worlds import (
    FIRST_CONFIRMING_REPLICATION,
    RunProgress,
    Sample,
    Study,
    about,
    drivers,
    values_of,
)
from sim.experiments.tune import Tuned, tune
from sim.parameters import Scenario
from sim.statistics.drivers import FEWEST_WORLDS
from sim.statistics.verdicts import SEARCH_BOUND

TRIALS = 40  # of each policy in each world
FINAL = 2  # fresh replications in which the tuned policies meet


def tune_in_worlds(policies: Sequence[str], sample: Sample, progress: RunProgress = None) -> list[dict[str, Tuned]]:
    """The best that tuning by equal budgets finds for each policy in each world, in one training replication."""
    tunings = []
    for done, world in enumerate(sample.worlds, start=1):
        tunings.append(tune(world, policies, TRIALS, 1, sample.seed))
        if progress:
            progress(done, len(sample.worlds))
    return tunings


def policies_study(sample: Sample, policies: Sequence[str], progress: RunProgress = None) -> Study:
    """Net present value of each policy in every world, tuned in fresh replications, and untuned in the training one.

    A world in which a decision of any policy was tuned to a bound of its range has no winner.

    Args:
        sample: The worlds.
        policies: Policies of the focal firm; its rivals stay as they are.
        progress: Called with worlds done and worlds in all, once for the tuning and once for each policy.
    """
    numbers = range(FIRST_CONFIRMING_REPLICATION, FIRST_CONFIRMING_REPLICATION + FINAL)
    tunings = tune_in_worlds(policies, sample, progress)
    columns: dict[str, Any] = {}
    for policy in policies:
        own = [tuning[policy] for tuning in tunings]
        tuned = [
            with_policy(world, policy, "focal", tuned_policy.settings)
            for world, tuned_policy in zip(sample.worlds, own, strict=True)
        ]
        best = values_of(tuned, numbers, sample.seed, progress)
        columns |= {f"untuned_{policy}": [float(tuned_policy.trials.iloc[0]["npv"]) for tuned_policy in own]}
        columns |= {f"tuned_{policy}": best.mean(axis=1)} | {f"run_{k}_{policy}": best[:, k] for k in range(FINAL)}
        columns |= {
            f"{policy}_{name}": [tuned_policy.settings[f"decisions.{name}"] for tuned_policy in own]
            for name in own[0].ranges
        }
        columns[f"{policy}_at_bound"] = [" ".join(tuned_policy.at_bound) for tuned_policy in own]
    worlds = sample.numbers.add_prefix("drawn_").assign(**columns)
    bound = np.array([any(tuned_policy.at_bound for tuned_policy in tuning.values()) for tuning in tunings])
    worlds["winner"] = winners(worlds, policies, "tuned").mask(bound, SEARCH_BOUND)
    record = about("policies", sample) | {"policies": list(policies), "trials": TRIALS, "final": FINAL}
    tables = summary_of(worlds, policies), leads(sample, worlds, policies)
    return Study(worlds, *tables, record, decision_table(_first_worlds(sample, policies)))


def _first_worlds(sample: Sample, policies: Sequence[str]) -> dict[str, Scenario]:
    return {policy: with_policy(sample.worlds[0], policy, "focal", {}) for policy in policies}


def leads(sample: Sample, worlds: pd.DataFrame, policies: Sequence[str]) -> pd.DataFrame:
    """What each policy's lead over the best of its rivals goes with, in the worlds that are decided."""
    decided = (worlds["winner"] != SEARCH_BOUND).to_numpy()
    if decided.sum() < FEWEST_WORLDS:
        return pd.DataFrame(columns=["gap", "factor", "rank_correlation"])
    part = Sample(sample.worlds, sample.numbers[decided], sample.seed)
    tables = []
    for policy in policies:
        others = worlds[[f"tuned_{other}" for other in policies if other != policy]].max(axis=1)
        lead = (worlds[f"tuned_{policy}"] - others).to_numpy(float)[decided]
        tables.append(drivers(f"{policy} minus the best rival", part, lead))
    return pd.concat(tables, ignore_index=True)


def winners(worlds: pd.DataFrame, policies: Sequence[str], how: str) -> pd.Series:
    """The policy of the highest value in each world."""
    values = worlds[[f"{how}_{policy}" for policy in policies]].to_numpy(float)
    return pd.Series([policies[place] for place in values.argmax(axis=1)], worlds.index)


def summary_of(worlds: pd.DataFrame, policies: Sequence[str]) -> pd.DataFrame:
    """Wins of each policy with Wilson intervals, those that every fresh replication agrees on, and wins untuned.

    Shares are of the worlds that are decided; `not_decided` counts those in which a search ended at a bound.
    """
    decided = worlds["winner"] != SEARCH_BOUND
    rows = []
    runs = [winners(worlds, policies, f"run_{number}") for number in range(FINAL)]
    same = np.logical_and.reduce([run == runs[0] for run in runs])
    for policy in policies:
        won, before = worlds["winner"] == policy, winners(worlds, policies, "untuned") == policy
        share, low, high = _share(int(won.sum()), int(decided.sum()))
        rows.append(
            {
                "policy": policy, "worlds": len(worlds), "not_decided": int((~decided).sum()), "wins": int(won.sum()),
                "share": share, "low": low, "high": high, "wins_in_every_run": int((same & won).sum()),
                "wins_untuned": int(before.sum()),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _share(wins: int, worlds: int) -> tuple[float, float, float]:
    """Share of wins with its 95 % Wilson interval; NaN where no world is decided."""
    if not worlds:
        return float("nan"), float("nan"), float("nan")
    reach = stats.binomtest(wins, worlds).proportion_ci(method="wilson")
    return wins / worlds, float(reach.low), float(reach.high)
