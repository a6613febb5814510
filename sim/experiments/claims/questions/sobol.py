"""What drives the answer: total-order Sobol indices of the paired difference between two tuned policies."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.claims.questions.answer import (
    Answer,
    AnswerEffect,
    answer_row,
    at_bound_words,
    interval_in_words,
    number,
    policy_words,
)
from sim.experiments.claims.questions.designs import SobolIndices
from sim.experiments.claims.questions.plan import CENTRE
from sim.experiments.claims.questions.run import NPV, QuestionRun, by_world
from sim.experiments.claims.questions.tuning import settings_of, tuned_at, tuned_table
from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.design.points import Point
from sim.model.state import Floats
from sim.statistics.sobol import sobol

SAMPLING_SEED = 1
DIFFERENCE = "difference"
SOBOL_COLUMNS = [
    "factor", "total", "low", "high", "first", "noise_share", "total_clean", "total_clean_low", "total_clean_high",
    "rows", "replicates",
]  # fmt: skip
RENAMED = {"total_low": "low", "total_high": "high"}
UNIT = "share of the variance of the difference"


def saltelli_points(run: QuestionRun, design: SobolIndices) -> tuple[Point, ...]:
    """Points of the Saltelli design over the factors.

    Raises:
        BadInput: A factor that the world does not take.
    """
    question, size = run.question, run.size
    counts = {"market.customers": size.customers, "months": size.months}
    contents = {
        "name": question.id, "scenario": question.world, "settings": counts | dict(question.settings),
        "factors": dict(design.factors), "outcomes": NPV,
        "design": {"kind": "saltelli", "points": size.rows, "seed": SAMPLING_SEED},
    }  # fmt: skip
    return Experiment.from_mapping(contents, question.id).points


def sobol_answer(run: QuestionRun, design: SobolIndices) -> Answer:
    """Indices of the difference in net present value; both policies are tuned in the world as it comes."""
    tuned = tuned_at(run, {CENTRE: {}}, design.policies)
    points = saltelli_points(run, design)
    worlds: dict[str, Any] = {
        _world(point, policy): dict(point.settings) | settings_of(policy, tuned[CENTRE][policy].settings)
        for point in points
        for policy in design.policies
    }
    values = by_world(run.live(worlds, NPV), "npv")
    ours, theirs = design.policies
    gaps = {point.number: values[_world(point, ours)] - values[_world(point, theirs)] for point in points}
    indices = sobol_table(points, gaps, run.question.seed)
    kept = tuned_table(run.question.id, tuned)
    words, effect = in_words(indices, design.policies)
    row = answer_row(run.question, words + at_bound_words(kept), effect, run.size.months)
    return Answer(run.question.id, {"sobol": indices, "tuned": kept}, row)


def _world(point: Point, policy: str) -> str:
    return f"{point.number} {policy}"


def sobol_table(points: tuple[Point, ...], gaps: Mapping[int, Floats], seed: int) -> pd.DataFrame:
    """Indices by factor, the highest total first; all are zero where the difference never varies.

    Args:
        points: Points of a Saltelli design.
        gaps: Difference by number of the point, one a replicate.
        seed: Seed of the bootstrap.
    """
    factors = tuple(points[0].labels)
    if np.ptp(np.array(list(gaps.values()))) == 0.0:
        nothing = [{"factor": name, "total": 0.0, "low": 0.0, "high": 0.0, "first": 0.0} for name in factors]
        return pd.DataFrame(nothing).reindex(columns=SOBOL_COLUMNS)
    runs = pd.DataFrame(
        {"key": f"{point.number} {replicate}", "point": point.number, "replicate": replicate, "status": "ok"}
        | dict(point.labels)
        | {DIFFERENCE: gap}
        for point in points
        for replicate, gap in enumerate(gaps[point.number])
    )
    table = sobol(runs, factors, DIFFERENCE, seed).rename(columns=RENAMED)
    return table[SOBOL_COLUMNS].sort_values("total", ascending=False, ignore_index=True)


def in_words(indices: pd.DataFrame, policies: tuple[str, ...]) -> tuple[str, AnswerEffect]:
    """Which factors clearly matter; the first is called the strongest only where its interval is above the next."""
    first, second = indices.iloc[0], indices.iloc[1]
    effect = AnswerEffect(float(first["total"]), float(first["low"]), float(first["high"]), UNIT)
    what = f"the difference between {policy_words(policies[0])} and {policy_words(policies[1])}"
    if not indices["total"].any():
        return f"Nothing moves {what}: it is the same in all worlds.", effect
    clear = [str(factor) for factor in indices.loc[indices["low"] > 0.0, "factor"]]
    if not clear:
        return f"No number clearly moves {what}; the intervals of all indices hold zero.", effect
    alone = float(first["low"]) > float(second["high"])
    lead = "most" if alone else f"with the highest index, not clearly above that of {_words(str(second['factor']))}"
    sentence = f"{_words(clear[0]).capitalize()} moves {what} {lead}: total index {interval_in_words(effect)}."
    others = f" Clearly above zero are also {', '.join(map(_words, clear[1:]))}." if clear[1:] else ""
    return sentence + others + _noise_in_words(float(first["noise_share"])), effect


def _noise_in_words(share: float) -> str:
    return "" if np.isnan(share) else f" Luck is {number(100.0 * share)} % of the variance over the sampled worlds."


def _words(factor: str) -> str:
    """A factor as words.

    >>> _words("needs_spread")
    'needs spread'
    """
    return factor.replace("_", " ")
