"""Paired differences under common random numbers, with intervals and a verdict in words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.statistics.intervals import students_interval
from sim.statistics.verdicts import read_interval


@dataclass(frozen=True)
class PairedDifference:
    """Difference of two policies over paired replications.

    Args:
        mean: Mean difference.
        low: Lower end of the 95 % t interval; NaN for a single pair.
        high: Upper end.
        replications: Number of pairs.
        wins: Pairs in which the difference is positive.
        correlation: Correlation between the two policies over replications.
        verdict: ``higher``, ``lower`` or ``no clear difference``.
    """

    mean: float
    low: float
    high: float
    replications: int
    wins: int
    correlation: float
    verdict: str


def paired_difference(values: ArrayLike, against: ArrayLike) -> PairedDifference:
    """Difference of paired values with its 95 % interval.

    Args:
        values: One value per replication.
        against: The value of the rival in the same replications.

    Raises:
        ValueError: The two have different lengths, or are empty.

    Source:
        Student (1908).

    >>> paired_difference([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]).verdict
    'no clear difference'
    """
    first, second = np.asarray(values, dtype=float), np.asarray(against, dtype=float)
    if first.shape != second.shape or first.size == 0:
        raise ValueError("paired values need two equally long, non-empty lists")
    gaps = first - second
    mean = float(gaps.mean())
    low, high = students_interval(gaps)
    wins, verdict = int((gaps > 0).sum()), read_interval(low, high)
    return PairedDifference(mean, low, high, len(gaps), wins, _correlation(first, second), verdict)


def _correlation(first: np.ndarray, second: np.ndarray) -> float:
    if len(first) < 2 or first.std() == 0.0 or second.std() == 0.0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])
