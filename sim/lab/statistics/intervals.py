"""The 95 % interval of a mean difference: Student's from thirty pairs on, BCa bootstrap below."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95
MANY = 30  # pairs from which on the t interval is trusted
RESAMPLES = 9_999


class Interval(NamedTuple):
    """A mean with its interval.

    Args:
        mean: Mean.
        low: Lower end; NaN for a single value.
        high: Upper end.
        method: ``t``, ``bca``, ``exact`` where all values are the same, ``none`` for a single value.
    """

    mean: float
    low: float
    high: float
    method: str


def interval(gaps: NDArray[np.float64], generator: np.random.Generator) -> Interval:
    """Mean of paired differences with its 95 % interval.

    Args:
        gaps: One difference per pair, shape (pairs,).
        generator: For the bootstrap, from `sim.randomness.resampling`.

    Source:
        Student (1908); Efron (1987), Better bootstrap confidence intervals.
    """
    mean = float(gaps.mean())
    if len(gaps) < 2:
        return Interval(mean, float("nan"), float("nan"), "none")
    if np.ptp(gaps) == 0.0:
        return Interval(float(gaps[0]), float(gaps[0]), float(gaps[0]), "exact")
    low, high = student(gaps) if len(gaps) >= MANY else _accelerated(gaps, generator)
    return Interval(mean, low, high, "t" if len(gaps) >= MANY else "bca")


def student(gaps: NDArray[np.float64]) -> tuple[float, float]:
    """Student's 95 % interval of the mean of at least two values."""
    found = stats.ttest_1samp(gaps, 0.0).confidence_interval(CONFIDENCE)
    return float(found.low), float(found.high)


def _accelerated(gaps: NDArray[np.float64], generator: np.random.Generator) -> tuple[float, float]:
    found = stats.bootstrap(
        (gaps,), np.mean, confidence_level=CONFIDENCE, n_resamples=RESAMPLES, method="BCa", rng=generator
    ).confidence_interval
    return float(found.low), float(found.high)
