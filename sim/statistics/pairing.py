"""Health report of the pairing: what common random numbers gained, and when paired worlds begin to differ."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.statistics.columns import describe_table
from sim.statistics.contrasts import AVERAGE, FEWEST_PAIRS, Pairs, contrast_columns, in_words, settings, within
from sim.statistics.declaration import Contrast
from sim.statistics.responses import GOOD, demand


def pairing(
    runs: pd.DataFrame, family: Sequence[Contrast], factors: Sequence[str], monthly: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How well the worlds of every contrast are paired, at each setting of the other factors.

    Args:
        runs: One row per run.
        family: Declared contrasts.
        factors: Columns of all factors.
        monthly: Monthly measures of the runs; with them the first month that differs is told.

    Raises:
        BadInput: As `sim.statistics.contrasts.averages`.
    """
    rows = []
    for contrast in family:
        months = None if monthly is None else first_months(runs, monthly, contrast, factors)
        for pairs in settings(runs, contrast, factors):
            rows.append(_row(contrast, pairs) | ({} if months is None else _divergence_summary(months, pairs.at)))
    return describe_table("pairing", rows)


def _row(contrast: Contrast, pairs: Pairs) -> dict[str, Any]:
    gained = reduction(pairs)
    count = len(pairs.one)
    return contrast_columns(contrast) | {
        "at": pairs.at, "pairs": count, "correlation": correlation(pairs), "reduction": gained,
        "independent": math.ceil(count * gained) if math.isfinite(gained) else gained,
        "alike": float((pairs.gaps == 0.0).mean()) if count else float("nan"),
    }  # fmt: skip


def correlation(pairs: Pairs) -> float:
    """Correlation of the two levels over replicates; NaN if one of them never varies."""
    if len(pairs.one) < FEWEST_PAIRS or np.ptp(pairs.one) == 0.0 or np.ptp(pairs.other) == 0.0:
        return float("nan")
    return float(np.corrcoef(pairs.one, pairs.other)[0, 1])


def reduction(pairs: Pairs) -> float:
    """Variance of the difference under independent seeds over that under common random numbers.

    Returns:
        ``(var one + var other) / var (one - other)``; infinite if the difference never varies, NaN for one pair.

    Source:
        Law (2015), Simulation modeling and analysis, section 11.2.
    """
    if len(pairs.one) < FEWEST_PAIRS:
        return float("nan")
    apart = float(pairs.one.var(ddof=1) + pairs.other.var(ddof=1))
    together = float(pairs.gaps.var(ddof=1))
    return apart / together if together > 0.0 else float("inf")


def first_months(runs: pd.DataFrame, monthly: pd.DataFrame, contrast: Contrast, factors: Sequence[str]) -> pd.DataFrame:
    """First month in which any measure of any firm differs, pair by pair.

    Args:
        runs: One row per run.
        monthly: One row per run (``key``), month and firm.
        contrast: Whose levels are paired.
        factors: Columns of all factors.

    Returns:
        Columns ``at``, ``replicate`` and ``month``; NaN for a pair that never differs.
    """
    demand(monthly, ["key", "month", "firm"])
    others = [name for name in factors if name != contrast.factor]
    here = within(runs, contrast)
    good = here[here["status"] == GOOD]
    first, second = (good[good[contrast.factor] == level] for level in (contrast.one, contrast.other))
    pairs = first.merge(second, on=[*others, "replicate"], suffixes=("_one", "_other"))
    places = (
        [in_words(others, values) for values in zip(*(pairs[name] for name in others), strict=True)]
        if others
        else AVERAGE
    )
    table = pairs[["replicate"]].assign(at=places)
    if not len(table):
        return table.assign(month=np.nan)
    return table.assign(month=_differing(monthly, pairs["key_one"], pairs["key_other"]).to_numpy())


def _differing(monthly: pd.DataFrame, series: pd.Series, other: pd.Series) -> pd.Series:
    measures = monthly.select_dtypes("number").columns.drop("month")
    one_side, second = (
        pd.DataFrame({"pair": keys.index, "key": keys}).merge(monthly, on="key").set_index(["pair", "month", "firm"])
        for keys in (series, other)
    )
    one_side, second = one_side[measures].align(second[measures], join="outer", axis=0)
    apart = ((one_side != second) & ~(one_side.isna() & second.isna())).any(axis=1)
    first = apart[apart].reset_index().groupby("pair")["month"].min()
    return first.reindex(series.index).astype(float)


def _divergence_summary(months: pd.DataFrame, at: str) -> dict[str, float]:
    own = months.loc[months["at"] == at, "month"]
    return {"first_month": float(own.min()), "median_month": float(own.median())}
