"""Simultaneous bands for monthly curves: the whole curve of differences lies inside in 95 of 100 studies."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.randomness import resampling
from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.statistics.columns import describe_table
from sim.statistics.contrasts import within
from sim.statistics.declaration import Contrast
from sim.statistics.intervals import CONFIDENCE, students_reach
from sim.statistics.responses import GOOD, demand

BAND_RESAMPLES = 2_000
FEWEST_CURVES = 10


class Band(NamedTuple):
    """A mean curve with its band, each of shape (months,).

    Args:
        mean: Mean curve.
        low: Lower edge.
        high: Upper edge.
        error: Standard error of the mean, month by month.
    """

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    error: NDArray[np.float64]


def band(curves: NDArray[np.float64], generator: np.random.Generator, resamples: int = BAND_RESAMPLES) -> Band:
    """Simultaneous 95 % band of the mean of curves, by the bootstrap of the largest studentised deviation.

    Args:
        curves: One curve per replicate, shape (replicates, months).
        generator: From `sim.model.randomness.resampling`.
        resamples: Bootstrap samples.

    Raises:
        BadInput: Fewer than ten curves, whose bootstrap would promise too much.

    Source:
        Montiel Olea and Plagborg-Møller (2019), Simultaneous confidence bands, Journal of Applied Econometrics 34.
    """
    count = len(curves)
    if count < FEWEST_CURVES:
        raise BadInput(f"a simultaneous band needs at least {FEWEST_CURVES} paired curves; there are {count}")
    mean, error = curves.mean(axis=0), curves.std(axis=0, ddof=1) / np.sqrt(count)
    weights = generator.multinomial(count, np.full(count, 1.0 / count), resamples) / count
    half = float(np.quantile(_largest(weights, curves - mean, error), CONFIDENCE)) * error
    return Band(mean, mean - half, mean + half, error)


def _largest(
    weights: NDArray[np.float64], away: NDArray[np.float64], error: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Largest deviation over months of each resampled mean, in its own standard errors, shape (resamples,)."""
    moved = weights @ away
    own = np.sqrt(np.maximum(weights @ away**2 - moved**2, 0.0) / (len(away) - 1))
    unit = np.where(own > 0.0, own, error)  # a resample of equal curves has no error of its own
    return np.abs(np.divide(moved, unit, out=np.zeros_like(moved), where=unit > 0.0)).max(axis=1)


def bands(
    runs: pd.DataFrame, monthly: pd.DataFrame, contrast: Contrast, factors: Sequence[str], firm: str, seed: int
) -> pd.DataFrame:
    """Monthly curve of a contrast with its band, averaged over the settings of the other factors.

    Args:
        runs: One row per run.
        monthly: One row per run (``key``), month and firm; the contrast's outcome is one of its columns.
        contrast: Levels to compare.
        factors: Columns of all factors.
        firm: Firm whose measure is compared.
        seed: Seed of the bootstrap.

    Raises:
        BadInput: Fewer than ten replicates have all their runs, or a column does not exist.
    """
    demand(monthly, ["key", "month", "firm", contrast.outcome])
    demand(runs, ["key", "replicate", "status", *factors])
    _refuse_unknown(monthly, firm)
    curves = _curves(runs, monthly[monthly["firm"] == firm], contrast, factors)
    estimate = band(curves.to_numpy(float), resampling(seed, f"band of {contrast.label}, {firm}"))
    table = pd.DataFrame({"month": curves.columns, "mean": estimate.mean, "low": estimate.low, "high": estimate.high})
    half = estimate.error * float(students_reach(len(curves)))
    return describe_table("bands", table.assign(low_month=estimate.mean - half, high_month=estimate.mean + half))


def _refuse_unknown(monthly: pd.DataFrame, firm: str) -> None:
    firms = [str(name) for name in monthly["firm"].unique()]
    if firm not in firms:
        raise BadInput(f"there is no firm {firm!r}.{nearest(firm, firms)} There are: {', '.join(firms)}")


def _curves(runs: pd.DataFrame, monthly: pd.DataFrame, contrast: Contrast, factors: Sequence[str]) -> pd.DataFrame:
    """Difference by replicate (rows) and month (columns); replicates that lack a run are left out."""
    runs = within(runs, contrast)
    others = [name for name in factors if name != contrast.factor]
    places = len(runs.drop_duplicates(others)) if others else 1
    good = runs.loc[runs["status"] == GOOD, ["key", "replicate", contrast.factor]]
    values = monthly[["key", "month", contrast.outcome]].merge(good, on="key")
    sides = {}
    for level in (contrast.one, contrast.other):
        own = values[values[contrast.factor] == level].groupby(["replicate", "month"])[contrast.outcome]
        sides[level] = own.mean()[own.count() == places]
    return (sides[contrast.one] - sides[contrast.other]).unstack("month").dropna()
