"""Declared contrasts: paired differences between two levels of a factor, with interval, effect size and verdict."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.randomness import resampling
from sim.parameters import BadInput
from sim.statistics.columns import describe_table
from sim.statistics.declaration import Contrast
from sim.statistics.intervals import interval
from sim.statistics.responses import demand, example_keys, usable
from sim.statistics.verdicts import difference_p, equivalence_p, holm, verdict

AVERAGE = "average"
ZERO = "exactly zero in every pair"
FEWEST_PAIRS = 2
TOO_FEW = f"fewer than {FEWEST_PAIRS} whole pairs: run more replications, or those that failed"


class Pairs(NamedTuple):
    """Paired outcomes of one contrast at one setting of the other factors, or averaged over them.

    Args:
        at: The setting in words, or ``average``.
        one: Outcome at the level asked about, one per pair.
        other: Outcome at the baseline in the same replicates.
        missing: Pairs that lack a usable run.
    """

    at: str
    one: NDArray[np.float64]
    other: NDArray[np.float64]
    missing: int

    @property
    def gaps(self) -> NDArray[np.float64]:
        """Differences, one per pair."""
        return self.one - self.other


def averages(runs: pd.DataFrame, family: Sequence[Contrast], factors: Sequence[str], seed: int) -> pd.DataFrame:
    """Every contrast averaged over the settings of the other factors; Holm over these contrasts.

    Args:
        runs: One row per run.
        family: Declared contrasts.
        factors: Columns of all factors.
        seed: Seed of the bootstrap.

    Raises:
        BadInput: An unknown column or level, or a run that is there twice.
    """
    return _table(((contrast, average(pair_runs(runs, contrast, factors))) for contrast in family), seed)


def at_each_setting(runs: pd.DataFrame, family: Sequence[Contrast], factors: Sequence[str], seed: int) -> pd.DataFrame:
    """Every contrast at every setting of the other factors; Holm over all of these rows; otherwise as `averages`."""
    return _table(((contrast, pairs) for contrast in family for pairs in settings(runs, contrast, factors)), seed)


def settings(runs: pd.DataFrame, contrast: Contrast, factors: Sequence[str]) -> Iterator[Pairs]:
    """The pairs of a contrast, setting by setting of the other factors.

    Raises:
        BadInput: As `averages`.
    """
    by_level = pair_runs(runs, contrast, factors)
    others = [name for name in factors if name != contrast.factor]
    groups = by_level.groupby(others, sort=True, dropna=False) if others else [((), by_level)]
    for values, part in groups:
        whole = part.dropna().to_numpy(float)
        yield Pairs(in_words(others, values), whole[:, 0], whole[:, 1], len(part) - len(whole))


def in_words(names: Sequence[str], values: Sequence[Any]) -> str:
    """A setting of factors in words; ``average`` if there are no other factors.

    >>> in_words(["wall", "word"], [0.5, 1])
    'wall = 0.5, word = 1'
    """
    return ", ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True)) or AVERAGE


def average(by_level: pd.DataFrame) -> Pairs:
    """Pairs averaged over settings within each replicate; a replicate that lacks a setting is left out."""
    places = len(by_level.groupby(level=list(range(by_level.index.nlevels - 1)))) if by_level.index.nlevels > 1 else 1
    replicates = by_level.index.get_level_values("replicate").nunique()
    parts = by_level.dropna().groupby(level="replicate")
    means = parts.mean()[parts.size() == places].to_numpy(float)
    return Pairs(AVERAGE, means[:, 0], means[:, 1], replicates - len(means))


def pair_runs(runs: pd.DataFrame, contrast: Contrast, factors: Sequence[str]) -> pd.DataFrame:
    """Outcome by setting of the other factors and replicate; two columns, the level asked about first."""
    demand(runs, ["key", "replicate", "status", contrast.factor, contrast.outcome, *factors])
    levels = [contrast.one, contrast.other]
    runs = within(runs, contrast)
    _refuse_unknown(runs, contrast)
    part = runs[runs[contrast.factor].isin(levels)]
    index = [*(name for name in factors if name != contrast.factor), "replicate"]
    twice = part[part.duplicated([*index, contrast.factor])]
    if len(twice):
        raise BadInput(f"{contrast.label}: the same setting and replicate is there twice: {example_keys(twice)}")
    outcome = part[contrast.outcome].astype(float).where(usable(part, contrast.outcome))
    by_level = part.assign(**{contrast.outcome: outcome}).pivot(
        index=index, columns=contrast.factor, values=contrast.outcome
    )
    return by_level[levels]


def within(runs: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
    """The runs at the levels of other factors where a contrast is taken.

    Raises:
        BadInput: There are none.
    """
    demand(runs, contrast.where)
    here = np.ones(len(runs), dtype=bool)
    for name, level in contrast.where.items():
        here &= (runs[name] == level).to_numpy()
    if not here.any():
        raise BadInput(f"{contrast.label}: no run has these levels")
    return runs[here]


def _refuse_unknown(runs: pd.DataFrame, contrast: Contrast) -> None:
    there = list(runs[contrast.factor].unique())
    for level in (contrast.one, contrast.other):
        if level not in there:
            shown = ", ".join(str(value) for value in there)
            raise BadInput(f"{contrast.label}: no run has {contrast.factor} = {level}; there are: {shown}")


def _table(family: Any, seed: int) -> pd.DataFrame:
    rows = [_row(contrast, pairs, seed) for contrast, pairs in family]
    table = pd.DataFrame(rows)
    for name in ("p_difference", "p_equivalence"):
        table[f"{name}_holm"] = holm(table[name])
    judged = (table[name] for name in ("mean", "p_difference_holm", "p_equivalence_holm", "direction"))
    verdicts = [verdict(mean, zero, small, to) for mean, zero, small, to in zip(*judged, strict=True)]
    return describe_table("contrasts", table.drop(columns="direction").assign(verdict=verdicts))


def contrast_columns(contrast: Contrast) -> dict[str, Any]:
    """The columns that say which contrast a row is about."""
    return {
        "contrast": contrast.name, "factor": contrast.factor, "one": contrast.one, "other": contrast.other,
        "where": in_words(list(contrast.where), list(contrast.where.values())) if contrast.where else "",
        "outcome": contrast.outcome,
    }  # fmt: skip


def _row(contrast: Contrast, pairs: Pairs, seed: int) -> dict[str, Any]:
    columns = contrast_columns(contrast) | {"at": pairs.at, "pairs": len(pairs.one), "missing": pairs.missing}
    estimate = _unknown(pairs) if len(pairs.one) < FEWEST_PAIRS else _estimate(contrast, pairs, seed)
    return columns | estimate | {"smallest": contrast.smallest, "direction": contrast.direction}


def _estimate(contrast: Contrast, pairs: Pairs, seed: int) -> dict[str, Any]:
    estimate = interval(pairs.gaps, resampling(seed, f"{contrast.label} at {pairs.at}"))
    baseline = float(pairs.other.mean())
    return {
        "baseline": baseline, "mean": estimate.mean, "low": estimate.low, "high": estimate.high,
        "per_cent": 100.0 * estimate.mean / abs(baseline) if baseline else float("nan"), "method": estimate.method,
        "p_difference": difference_p(pairs.gaps), "p_equivalence": equivalence_p(pairs.gaps, contrast.smallest),
        "note": "" if np.any(pairs.gaps) else ZERO,
    }  # fmt: skip


def _unknown(pairs: Pairs) -> dict[str, Any]:
    """What can be said with fewer than two whole pairs: nothing."""
    numbers = ("baseline", "mean", "low", "high", "per_cent", "p_difference", "p_equivalence")
    return dict.fromkeys(numbers, float("nan")) | {"method": "none", "note": TOO_FEW}
