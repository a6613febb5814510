"""Which policy earns most in sampled worlds, when each is first tuned by the same budget."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from sim.experiments.compare import with_policy
from sim.experiments.studies.worlds import (
    FIRST_CONFIRMING_REPLICATION,
    RunProgress,
    Sample,
    Study,
    about,
    drivers,
    values_of,
)
from sim.experiments.tune import TRAINING
from sim.model.state import Floats
from sim.parameters import Scenario
from sim.parameters.decisions import TUNING_RANGES
from sim.parameters.policy_transitions import TransitionSettings
from sim.policies import policy_named

MOVES: Mapping[str, tuple[float, ...]] = {"price": (0.9, 1.15), "research": (0.4, 2.0), "marketing": (0.5, 2.0)}
# One more decision is moved half-way to either end of its range: the weight of a mixture, else one that, unlike walls,
# lines and priority, defines no policy.
MIXING: Mapping[str, str] = {"hybrid": "policy_settings.weight"}
WEIGHTS = (0.0, 1.0)
SHARED = "utilisation"
TRIALS = 4 + sum(map(len, MOVES.values()))  # each move alone, none, and the best of each decision together
FINAL = 2  # fresh replications in which the tuned policies meet
Decisions = dict[str, float]


def trial_points(policy: str) -> list[Decisions]:
    """A policy's own decisions, and each move of a single one; as many for every policy.

    >>> [round(point["decisions.price"], 3) for point in trial_points("osfa") if "decisions.price" in point]
    [0.873, 1.115]
    >>> trial_points("hybrid")[-2:]
    [{'policy_settings.weight': 0.25}, {'policy_settings.weight': 0.75}]
    """
    start = policy_named(policy).start
    moves = [{f"decisions.{name}": factor * getattr(start, name)} for name, pair in MOVES.items() for factor in pair]
    if policy in MIXING:
        return [{}, *moves, *_half_way(MIXING[policy], TransitionSettings().weight, WEIGHTS)]
    return [{}, *moves, *_half_way(f"decisions.{SHARED}", getattr(start, SHARED), TUNING_RANGES[SHARED])]


def _half_way(name: str, own: float, ends: tuple[float, float]) -> list[Decisions]:
    """Two moves of one decision: from its own value half-way to either end of its range."""
    return [{name: round((own + end) / 2.0, 6)} for end in ends]


def together(points: Sequence[Decisions], values: Floats) -> Decisions:
    """For each decision the move that was best, if better than none."""
    result: dict[str, tuple[float, float]] = {}
    for point, value in zip(points[1:], values[1:], strict=True):
        for name, decision in point.items():
            if value > result.get(name, (float(values[0]), 0.0))[0]:
                result[name] = (float(value), decision)
    return {name: decision for name, (_, decision) in result.items()}


def tune_in_worlds(policy: str, sample: Sample, progress: RunProgress = None) -> tuple[list[Decisions], Floats]:
    """The best of a policy's trials in each world, in one training replication, and the value untuned. [money]"""
    points = trial_points(policy)
    tried = [with_policy(world, policy, "focal", point) for world in sample.worlds for point in points]
    values = values_of(tried, (TRAINING,), sample.seed, progress).reshape(len(sample.worlds), len(points))
    joined = [together(points, row) for row in values]
    last = values_of(_adopt(policy, sample, joined), (TRAINING,), sample.seed, progress)[:, 0]
    best = [points[int(row.argmax())] for row in values]
    settings = [
        whole if value >= row.max() else single
        for whole, single, value, row in zip(joined, best, last, values, strict=True)
    ]
    return settings, values[:, 0]


def _adopt(policy: str, sample: Sample, decisions: Sequence[Decisions]) -> list[Scenario]:
    return [with_policy(world, policy, "focal", own) for world, own in zip(sample.worlds, decisions, strict=True)]


def policies_study(sample: Sample, policies: Sequence[str], progress: RunProgress = None) -> Study:
    """Net present value of each policy in every world, tuned in fresh replications, and untuned in the training one.

    Args:
        sample: The worlds.
        policies: Policies of the focal firm; its rivals stay as they are.
        progress: Called with worlds done and worlds in all, once for each policy and stage.
    """
    numbers = range(FIRST_CONFIRMING_REPLICATION, FIRST_CONFIRMING_REPLICATION + FINAL)
    columns: dict[str, Any] = {}
    for policy in policies:
        settings, own = tune_in_worlds(policy, sample, progress)
        best = values_of(_adopt(policy, sample, settings), numbers, sample.seed, progress)
        columns |= {f"untuned_{policy}": own, f"tuned_{policy}": best.mean(axis=1)}
        columns |= {f"run_{k}_{policy}": best[:, k] for k in range(FINAL)}
        columns |= {f"{policy}_{name.rpartition('.')[2]}": _column(settings, name) for name in tunable_settings(policy)}
    worlds = sample.numbers.add_prefix("drawn_").assign(**columns)
    worlds["winner"] = winners(worlds, policies, "tuned")
    record = about("policies", sample) | {"policies": list(policies), "trials": TRIALS, "final": FINAL}
    return Study(worlds, summary_of(worlds, policies), leads(sample, worlds, policies), record)


def leads(sample: Sample, worlds: pd.DataFrame, policies: Sequence[str]) -> pd.DataFrame:
    """What each policy's lead over the best of its rivals goes with."""
    tables = []
    for policy in policies:
        others = worlds[[f"tuned_{other}" for other in policies if other != policy]].max(axis=1)
        lead = (worlds[f"tuned_{policy}"] - others).to_numpy(float)
        tables.append(drivers(f"{policy} minus the best rival", sample, lead))
    return pd.concat(tables, ignore_index=True)


def tunable_settings(policy: str) -> list[str]:
    """Settings of the firm that the trials of a policy move, each by two single moves."""
    return list(dict.fromkeys(name for point in trial_points(policy) for name in point))


def _column(settings: Sequence[Decisions], name: str) -> list[float]:
    return [setting.get(name, float("nan")) for setting in settings]


def winners(worlds: pd.DataFrame, policies: Sequence[str], how: str) -> pd.Series:
    """The policy of the highest value in each world."""
    values = worlds[[f"{how}_{policy}" for policy in policies]].to_numpy(float)
    return pd.Series([policies[place] for place in values.argmax(axis=1)], worlds.index)


def summary_of(worlds: pd.DataFrame, policies: Sequence[str]) -> pd.DataFrame:
    """Wins of each policy with Wilson intervals, those that every fresh replication agrees on, and wins untuned."""
    rows = []
    runs = [winners(worlds, policies, f"run_{number}") for number in range(FINAL)]
    same = np.logical_and.reduce([run == runs[0] for run in runs])
    for policy in policies:
        won, before = worlds["winner"] == policy, winners(worlds, policies, "untuned") == policy
        reach = stats.binomtest(int(won.sum()), len(worlds)).proportion_ci(method="wilson")
        rows.append(
            {
                "policy": policy, "worlds": len(worlds), "wins": int(won.sum()), "share": float(won.mean()),
                "low": reach.low, "high": reach.high, "wins_in_every_run": int((same & won).sum()),
                "wins_untuned": int(before.sum()),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)
