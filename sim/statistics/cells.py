"""Cells of a design: an outcome or a contrast at every setting of some factors, averaged over the others."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.model.randomness import resampling
from sim.parameters import BadInput
from sim.statistics.columns import COLUMNS, describe_table
from sim.statistics.contrasts import in_words, pair_runs
from sim.statistics.declaration import Contrast
from sim.statistics.intervals import interval
from sim.statistics.responses import demand, usable

REPLICATE = "replicate"
PAIR = 2
SPREAD_QUANTILES = {"q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}


def outcome_values(runs: pd.DataFrame, factors: Sequence[str], outcome: str) -> pd.Series:
    """An outcome by setting of the factors and replicate; NaN where a run failed or waits.

    Raises:
        BadInput: A column does not exist.
    """
    demand(runs, [REPLICATE, "status", outcome, *factors])
    values = runs[outcome].astype(float).where(usable(runs, outcome))
    return runs.assign(**{outcome: values}).set_index([*factors, REPLICATE])[outcome]


def contrast_values(runs: pd.DataFrame, contrast: Contrast, factors: Sequence[str]) -> pd.Series:
    """Paired differences of a contrast by setting of the other factors and replicate; NaN where a pair is not whole.

    Raises:
        BadInput: As `sim.statistics.contrasts.averages`.
    """
    by_level = pair_runs(runs, contrast, factors)
    return by_level[contrast.one] - by_level[contrast.other]


def cell_means(values: pd.Series, by: Sequence[str], seed: int, label: str) -> pd.DataFrame:
    """Mean of values at each setting of some factors, with its 95 % interval over replicates.

    Args:
        values: By setting and replicate, from `outcome_values` or `contrast_values`.
        by: Factors that make the cells; over all others values are averaged within each replicate, and a replicate
            that lacks one of them is left out of the cell.
        seed: Seed of the bootstrap.
        label: What the values are; with the cell the address of its random numbers.

    Raises:
        BadInput: A factor is none of these runs.
    """
    names = [str(name) for name in values.index.names]
    for name in by:
        if name not in names[:-1]:
            raise BadInput(f"{name!r} is no factor of these runs; there are {', '.join(names[:-1])}")
    rows = []
    groups = values.groupby(level=list(by), sort=True) if by else [((), values)]
    for levels, part in groups:
        grouped = part.groupby(level=REPLICATE)
        means = grouped.mean()[grouped.count() == grouped.size().max()].to_numpy(float)
        rows.append(_cell(by, levels if isinstance(levels, tuple) else (levels,), means, seed, label))
    table = pd.DataFrame(rows)
    table.attrs["columns"] = {name: f"level of {name}" for name in by} | {
        name: meaning for name, meaning in describe_table("grid", []).attrs["columns"].items() if name in table
    }
    return table


def _cell(by: Sequence[str], levels: tuple[Any, ...], means: Any, seed: int, label: str) -> dict[str, Any]:
    row: dict[str, Any] = dict(zip(by, levels, strict=True))
    if len(means) == 0:
        return row | {"mean": np.nan, "low": np.nan, "high": np.nan, "pairs": 0, "sign": "open"}
    estimate = interval(means, resampling(seed, f"{label} at {in_words(by, levels)}"))
    sign = "positive" if estimate.low > 0.0 else "negative" if estimate.high < 0.0 else "open"
    ends = {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}
    return row | ends | {"pairs": len(means), "sign": sign}


def end_differences(values: pd.Series, x: str) -> pd.Series:
    """What changes from the lowest to the highest level of a factor, at each setting of the others and replicate."""
    by_level = values.unstack(x)
    return by_level[by_level.columns.max()] - by_level[by_level.columns.min()]


def grids(runs: pd.DataFrame, family: Sequence[Contrast], factors: Sequence[str], seed: int) -> pd.DataFrame:
    """Contrasts around which exactly two factors vary, at every pair of their levels, with the sign of each cell.

    Raises:
        BadInput: As `sim.statistics.contrasts.averages`.
    """
    parts = []
    for contrast in family:
        around = [name for name in factors if name != contrast.factor and name not in contrast.where]
        if len(around) == PAIR:
            table = cell_means(contrast_values(runs, contrast, factors), around, seed, contrast.label)
            named = {"contrast": contrast.name, "across_factor": around[0], "up_factor": around[1]}
            parts.append(table.rename(columns=dict(zip(around, ("across", "up"), strict=True))).assign(**named))
    return describe_table("grids", pd.concat(parts, ignore_index=True)[list(COLUMNS["grids"])] if parts else [])


def spread_by_month(monthly: pd.DataFrame, by: Sequence[str], measure: str) -> pd.DataFrame:
    """Quantiles over runs of a monthly measure: by, month, q05, q25, median, q75, q95, runs.

    Raises:
        BadInput: A column does not exist.
    """
    demand(monthly, [*by, "month", measure])
    grouped = monthly.groupby([*by, "month"], sort=True)[measure]
    table = pd.DataFrame({name: grouped.quantile(share) for name, share in SPREAD_QUANTILES.items()})
    table["runs"] = grouped.count()
    return table.reset_index()
