"""What a number of sampled worlds goes with: its rank correlation with every factor that was drawn."""

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from sim.statistics.intervals import CONFIDENCE

FEWEST_WORLDS = 4  # worlds below which a correlation has no interval


def rank_correlations(numbers: pd.DataFrame, value: NDArray[np.float64]) -> pd.DataFrame:
    """Rank correlation of a value with every number that was drawn, the strongest first.

    Args:
        numbers: What was drawn: one row a world, one column a factor.
        value: One value a world, in the same order, shape (worlds,).

    Returns:
        ``factor``, ``rank_correlation``, and the ends of its 95 % interval ``low`` and ``high``, by itself; NaN for a
        factor of names, and where factor or value never vary.

    Source:
        Spearman (1904); interval: Bonett and Wright (2000), Fisher's z with variance (1 + r² / 2) / (n − 3).
    """
    correlations = [(str(name), _spearman(column, value)) for name, column in numbers.items()]
    rows = [(name, correlation, *_interval(correlation, len(value))) for name, correlation in correlations]
    table = pd.DataFrame(rows, columns=["factor", "rank_correlation", "low", "high"])
    return table.sort_values("rank_correlation", key=lambda column: -column.abs()).reset_index(drop=True)


def _spearman(column: pd.Series, value: NDArray[np.float64]) -> float:
    if not pd.api.types.is_numeric_dtype(column) or column.nunique() < 2 or len(np.unique(value)) < 2:
        return float("nan")
    from scipy import stats  # heavy, and a sweep that runs needs none of it

    return float(stats.spearmanr(column, value).statistic)


def _interval(correlation: float, count: int) -> tuple[float, float]:
    """Ends of the 95 % interval of a rank correlation.

    >>> [round(end, 3) for end in _interval(0.5, 100)]
    [0.326, 0.641]
    """
    if math.isnan(correlation) or count < FEWEST_WORLDS:
        return float("nan"), float("nan")
    if abs(correlation) >= 1.0:
        return correlation, correlation
    half = float(special.ndtri(0.5 + CONFIDENCE / 2.0)) * math.sqrt((1.0 + correlation**2 / 2.0) / (count - 3.0))
    middle = math.atanh(correlation)
    return math.tanh(middle - half), math.tanh(middle + half)
