"""What paired runs say of each measure of a claim: the effect in a world, and its reach over sampled worlds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.claims.designs import ARM
from sim.experiments.claims.measures import SCALE, ClaimMeasure
from sim.parameters import BadInput
from sim.statistics.contrasts import Pairs
from sim.statistics.intervals import CONFIDENCE, alike, students_interval
from sim.statistics.pairing import correlation, reduction
from sim.statistics.responses import GOOD
from sim.statistics.verdicts import SIGNIFICANCE_LEVEL, equivalence_p, holm

SUPPORTED, REFUTED, DEPENDS = "supported", "refuted", "depends"
EQUIVALENT, INCONCLUSIVE = "equivalent", "inconclusive"
VERDICTS = (SUPPORTED, REFUTED, DEPENDS, EQUIVALENT, INCONCLUSIVE)
CLAIMED, AGAINST, WITHIN = "claimed", "against", "within"


class PairedEffect(NamedTuple):
    """Paired differences of one measure.

    Args:
        gaps: Difference between arms, one per pair. [unit of the measure]
        one: Outcome of the arm asked about.
        other: Outcome of what it is compared with.
        smallest: Smallest effect that matters. [unit of the measure]
    """

    gaps: NDArray[np.float64]
    one: NDArray[np.float64]
    other: NDArray[np.float64]
    smallest: float


def paired_effect(runs: pd.DataFrame, measure: ClaimMeasure, index: str = "replicate") -> PairedEffect:
    """Paired differences of a measure, by the runs of all arms.

    Args:
        runs: One row a run, with the arm in column ``arm``.
        measure: The measure.
        index: Column that pairs the arms.

    Raises:
        BadInput: A run is missing or has no finite outcome.
    """
    levels = by_arm(runs, measure.column, index)
    weights = measure.weights
    gaps = sum((weight * levels[arm] for arm, weight in weights.items()), np.zeros(len(levels)))
    one = levels[measure.subject].to_numpy(float)
    return PairedEffect(np.asarray(gaps, float), one, one - np.asarray(gaps, float), smallest_of(runs, measure))


def by_arm(runs: pd.DataFrame, column: str, index: str) -> pd.DataFrame:
    """An outcome with one row a pair and one column an arm.

    Raises:
        BadInput: A run is missing or has no finite outcome.
    """
    broken = runs[(runs["status"] != GOOD) | ~np.isfinite(runs[column].astype(float))]
    if len(broken):
        first = broken.iloc[0]
        raise BadInput(f"{len(broken)} runs have no {column}, the first is {first['key']} ({first['status']})")
    return runs.pivot(index=index, columns=ARM, values=column)


def smallest_of(runs: pd.DataFrame, measure: ClaimMeasure) -> float:
    """Smallest effect in the unit of the measure: as stated, or a share of the revenue of the arm compared with."""
    if not measure.is_share:
        return measure.smallest
    compared = runs[runs[ARM] == list(measure.weights)[1]]
    return measure.smallest * float(np.abs(compared[measure.column + SCALE].astype(float)).mean())


def effects_in_world(runs: pd.DataFrame, measures: Sequence[ClaimMeasure]) -> list[dict[str, Any]]:
    """One row a measure: effect, interval, tests after Holm over the measures with a direction, and the reading."""
    effects = [(measure, paired_effect(runs, measure)) for measure in measures]
    judged = [pair for pair in effects if pair[0].direction]
    adjusted = [holm([test(effect, measure) for measure, effect in judged]) for test in (_beyond, _against, _equal)]
    by_name = {measure.name: ps for (measure, _), *ps in zip(judged, *adjusted, strict=True)}
    return [_row(measure, effect, by_name.get(measure.name)) for measure, effect in effects]


def _row(measure: ClaimMeasure, effect: PairedEffect, tests: Sequence[float] | None) -> dict[str, Any]:
    low, high = students_interval(effect.gaps)
    pairs = Pairs("", effect.one, effect.other, 0)
    return {
        "measure": measure.name, "one": measure.subject, "other": measure.rivals, "unit": measure.unit,
        "mean": float(effect.gaps.mean()), "low": low, "high": high, "pairs": len(effect.gaps),
        "smallest": effect.smallest, "direction": measure.direction, "reading": reading(tests) if tests else "",
        "p_claimed": tests[0] if tests else np.nan, "p_against": tests[1] if tests else np.nan,
        "p_equivalence": tests[2] if tests else np.nan, "correlation": correlation(pairs),
        "variance_ratio": reduction(pairs), "level_one": float(effect.one.mean()),
        "level_other": float(effect.other.mean()), "registered": bool(measure.direction),
    }  # fmt: skip


def reading(tests: Sequence[float]) -> str:
    """What tests say of one measure in one world.

    Args:
        tests: P-values after Holm that the effect is not beyond the smallest one as claimed, not beyond it the other
            way round, and not within.

    >>> reading([0.01, 1.0, 1.0]), reading([1.0, 0.01, 1.0]), reading([1.0, 1.0, 0.01]), reading([0.3, 1.0, 0.2])
    ('supported', 'refuted', 'equivalent', 'inconclusive')
    """
    words = (SUPPORTED, REFUTED, EQUIVALENT)
    return next((word for word, p in zip(words, tests, strict=True) if p < SIGNIFICANCE_LEVEL), INCONCLUSIVE)


def _beyond(effect: PairedEffect, measure: ClaimMeasure) -> float:
    return beyond_p(measure.sign * effect.gaps, effect.smallest)


def _against(effect: PairedEffect, measure: ClaimMeasure) -> float:
    return beyond_p(-measure.sign * effect.gaps, effect.smallest)


def _equal(effect: PairedEffect, measure: ClaimMeasure) -> float:
    return equivalence_p(effect.gaps, effect.smallest)


def beyond_p(gaps: NDArray[np.float64], smallest: float) -> float:
    """P-value that the mean is not above the smallest effect; below 5 % where the 95 % interval lies above it.

    Source:
        Student (1908), the one-sided test at half the level of the two-sided interval.

    >>> beyond_p(np.array([2.0, 2.0]), 1.0), beyond_p(np.array([0.0, 0.0]), 1.0)
    (0.0, 1.0)
    """
    if alike(gaps):
        return 0.0 if len(gaps) > 1 and gaps[0] > smallest else 1.0
    return min(1.0, 2.0 * float(stats.ttest_1samp(gaps, smallest, alternative="greater").pvalue))


def effects_in_sampled_worlds(
    runs: pd.DataFrame, measures: Sequence[ClaimMeasure], world: str
) -> Iterable[dict[str, Any]]:
    """One row a measure and sampled world: its effect, the smallest that matters there, and the sign.

    Args:
        runs: One row a run.
        measures: The measures.
        world: Column with the name of the sampled world.
    """
    for name, part in runs.groupby(world, sort=False):
        for measure in measures:
            effect = paired_effect(part, measure)
            mean = float(effect.gaps.mean())
            yield {
                "measure": measure.name, "world": name, "effect": mean, "smallest": effect.smallest,
                "gain": measure.sign * mean,
                "sign": sign_word(measure.sign * mean, effect.smallest),
            }  # fmt: skip


def sign_word(gain: float, smallest: float) -> str:
    """Whether an effect is as claimed, against the claim, or too small to matter.

    >>> sign_word(2.0, 1.0), sign_word(-2.0, 1.0), sign_word(0.5, 1.0)
    ('claimed', 'against', 'within')
    """
    return CLAIMED if gain > smallest else AGAINST if gain < -smallest else WITHIN


class ClaimReach(NamedTuple):
    """Share of sampled worlds in which all measures have the claimed sign, with Wilson's 95 % interval.

    Args:
        share: The share; NaN without worlds.
        low: Lower end.
        high: Upper end.
        worlds: Number of worlds.
        against: Share of worlds in which some measure has the other sign.
        against_low: Lower end of its interval.
    """

    share: float
    low: float
    high: float
    worlds: int
    against: float
    against_low: float


NO_REACH = ClaimReach(np.nan, np.nan, np.nan, 0, np.nan, np.nan)


def reach_of(rows: Sequence[Mapping[str, Any]]) -> ClaimReach:
    """The reach of a claim by the rows of `effects_in_sampled_worlds`.

    Source:
        Wilson (1927), by scipy.
    """
    if not rows:
        return NO_REACH
    signs = pd.DataFrame(rows).groupby("world")["sign"]
    kinds = [set(words) for _, words in signs]
    whole, against, count = kinds.count({CLAIMED}), sum(AGAINST in words for words in kinds), len(kinds)
    low, high = wilson(whole, count)
    return ClaimReach(whole / count, low, high, count, against / count, wilson(against, count)[0])


def wilson(count: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share.

    >>> [round(end, 3) for end in wilson(9, 10)]
    [0.596, 0.982]
    """
    ends = stats.binomtest(count, of).proportion_ci(CONFIDENCE, method="wilson")
    return float(ends.low), float(ends.high)
