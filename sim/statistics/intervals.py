"""The 95 % interval of a mean difference: Student's from thirty pairs on and below eight, else expanded BCa."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

CONFIDENCE = 0.95
MANY = 30  # pairs from which on the t interval is trusted
FEWEST_PAIRS_FOR_RESAMPLES = 8  # pairs below which resamples are too alike to tell anything
INTERVAL_RESAMPLES = 9_999
ROUNDING = 1e-12  # relative differences up to this are rounding, not spread


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
        generator: For the bootstrap, from `sim.model.randomness.resampling`.

    Source:
        Student (1908); Efron (1987), Better bootstrap confidence intervals; its level expanded for few values as in
        Hesterberg (2015), What teachers should know about the bootstrap, without which BCa covers about 91 %.
    """
    mean = float(gaps.mean())
    if len(gaps) < 2:
        return Interval(mean, float("nan"), float("nan"), "none")
    if alike(gaps):
        return Interval(mean, mean, mean, "exact")
    if FEWEST_PAIRS_FOR_RESAMPLES <= len(gaps) < MANY:
        low, high = _acceleration(gaps, generator)
        if low <= mean <= high:  # else so many values are alike that there is no acceleration
            return Interval(mean, low, high, "bca")
    return Interval(mean, *students_interval(gaps), "t")


def students_interval(gaps: NDArray[np.float64]) -> tuple[float, float]:
    """Ends of the 95 % t interval of a mean; NaN for a single value.

    Source:
        Student (1908).
    """
    if len(gaps) < 2:
        return float("nan"), float("nan")
    mean = float(gaps.mean())
    half = float(students_reach(len(gaps)) * gaps.std(ddof=1) / np.sqrt(len(gaps)))
    return mean - half, mean + half


def students_intervals(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Mean of each column with the ends of its 95 % t interval; NaN for a single row.

    Args:
        values: One row a replication, shape (replications, n).

    Source:
        Student (1908).

    >>> [end.round(2).tolist() for end in students_intervals(np.array([[1.0, 5.0], [3.0, 5.0]]))]
    [[2.0, 5.0], [-10.71, 5.0], [14.71, 5.0]]
    """
    mean = values.mean(axis=0)
    if len(values) < 2:
        return mean, np.full_like(mean, np.nan), np.full_like(mean, np.nan)
    half = students_reach(len(values)) * values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return mean, mean - half, mean + half


def students_reach(count: ArrayLike) -> Any:
    """Half-width of a 95 % t interval in standard errors, for one number of values or an array of them.

    >>> round(float(students_reach(10)), 3)
    2.262
    """
    return special.stdtrit(np.asarray(count) - 1, 0.5 + CONFIDENCE / 2.0)


def alike(gaps: NDArray[np.float64]) -> bool:
    """Whether all values are the same, up to rounding.

    >>> alike(np.zeros(3)), alike(np.array([0.1 + 0.2, 0.3])), alike(np.array([0.0, 1e-9]))
    (True, True, False)
    """
    return bool(np.ptp(gaps) <= ROUNDING * np.abs(gaps).max())


def _acceleration(gaps: NDArray[np.float64], generator: np.random.Generator) -> tuple[float, float]:
    level = expanded_level(len(gaps))
    from scipy import stats  # heavy, and a sweep that runs needs none of it

    bootstrap = stats.bootstrap(
        (gaps,), np.mean, confidence_level=level, n_resamples=INTERVAL_RESAMPLES, method="BCa", rng=generator
    ).confidence_interval
    return float(bootstrap.low), float(bootstrap.high)


def expanded_level(count: int) -> float:
    """Level at which a bootstrap of few values covers as Student's interval does at 95 %. [0-1]

    >>> round(expanded_level(10), 3), round(expanded_level(1000), 3)
    (0.983, 0.95)
    """
    reach = students_reach(count) * np.sqrt(count / (count - 1.0))
    return float(2.0 * special.ndtr(reach) - 1.0)
