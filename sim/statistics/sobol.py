"""Sobol indices of a Saltelli design: of replicate means, and of the expected outcome, cleaned of replicate noise."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from sim.model.randomness import resampling
from sim.parameters import BadInput
from sim.statistics.columns import describe_table
from sim.statistics.extras import import_extra
from sim.statistics.intervals import CONFIDENCE
from sim.statistics.responses import responses

SOBOL_RESAMPLES = 400
FEWEST_ROWS = 8
SPREAD = float(special.ndtri(0.5 + CONFIDENCE / 2.0))
Floats = NDArray[np.float64]


def sobol(runs: pd.DataFrame, factors: Sequence[str], outcome: str, seed: int) -> pd.DataFrame:
    """First and total-order indices with intervals over base rows and replicates.

    Args:
        runs: One row per run of a Saltelli design; ``point`` in the order of SALib's sampler.
        factors: Columns of the factors, in the order of the design.
        outcome: Column of the outcome.
        seed: Seed of the bootstrap.

    Raises:
        BadInput: A run is missing or failed, the points are no Saltelli design, or the outcome never varies.

    Source:
        Saltelli et al. (2010), by SALib; clean indices by products across replicates, see `docs/statistics.md`.
    """
    by_point = responses(runs, factors, outcome)
    blocks = _blocks(by_point.points, by_point.values)
    if np.ptp(blocks) == 0.0:
        raise BadInput(f"{outcome} is the same in all runs; there is no variance to divide among factors")
    rows, replicates = blocks.shape[1:]
    indices = _indices(blocks, np.full(replicates, 1.0))
    low, high = _ends(indices, _resample(blocks, resampling(seed, f"sobol of {outcome}")))
    share = noise_share(np.concatenate([blocks[0], blocks[-1]]))
    table = [
        {"outcome": outcome, "factor": name}
        | {
            f"{kind}{end}": values[k, j]
            for k, kind in enumerate(("first", "total", "first_clean", "total_clean"))
            for end, values in (("", indices), ("_low", low), ("_high", high))
        }
        | {"noise_share": share, "rows": rows, "replicates": replicates}
        for j, name in enumerate(factors)
    ]
    return describe_table("sobol", table)


def noise_share(values: Floats) -> float:
    """Share of the variance of replicate means that is noise: what no factor and no common luck explains.

    Args:
        values: Outcome, shape (points, replicates).
    """
    points, replicates = values.shape
    if replicates < 2:
        return float("nan")
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    noise = (rest**2).sum() / ((points - 1) * (replicates - 1)) / replicates
    return float(min(1.0, noise / values.mean(axis=1).var(ddof=1)))


def _blocks(points: pd.DataFrame, values: Floats) -> Floats:
    """The outcome as A, one block per factor, and B; shape (factors + 2, base rows, replicates).

    Raises:
        BadInput: The points are no Saltelli design.
    """
    count = points.shape[1]
    codes = np.column_stack([pd.factorize(points[name])[0] for name in points])
    for step in (count + 2, 2 * count + 2):
        if len(points) % step == 0 and _is_saltelli(codes.reshape(-1, step, count)):
            if len(points) // step < FEWEST_ROWS:
                raise BadInput(f"the design has {len(points) // step} base rows; at least {FEWEST_ROWS} are needed")
            shaped = values.reshape(-1, step, values.shape[1])
            return np.moveaxis(shaped[:, [*range(count + 1), step - 1]], 1, 0)
    raise BadInput(
        f"these {len(points)} points are no Saltelli design of {count} factors: each base row needs A, one row per "
        f"factor that differs from A in that factor alone, and B, in this order ({count + 2} or {2 * count + 2} points)"
    )


def _is_saltelli(codes: NDArray[np.int64]) -> bool:
    first, mixed, second = codes[:, 0], codes[:, 1 : codes.shape[2] + 1], codes[:, -1]
    own = np.eye(codes.shape[2], dtype=bool)
    return bool((mixed == np.where(own, second[:, None], first[:, None])).all())


def _indices(blocks: Floats, weights: Floats) -> Floats:
    """First, total, clean first and clean total index by factor, shape (4, factors)."""
    estimators = import_extra("SALib.analyze.sobol", "lab")
    means = blocks @ (weights / weights.sum())
    first, *mixed, second = means - means.mean()
    indices = [
        [estimate(first, sample, second) for sample in mixed]
        for estimate in (estimators.first_order, estimators.total_order)
    ]
    return np.array([*indices, *_clean(blocks, weights)])


def _clean(blocks: Floats, weights: Floats) -> Floats:
    """Indices of the expected outcome, shape (2, factors): products of different replicates share no noise."""
    first, *mixed, second = blocks - blocks[[0, -1]].mean(axis=(0, 1))
    across = _across(weights)
    ends = np.concatenate([first, second])
    variance = across(ends, ends)
    steps = [sample - first for sample in mixed]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.array([[across(second, step) for step in steps], [across(s, s) / 2.0 for s in steps]]) / variance


def _across(weights: Floats) -> Callable[[Floats, Floats], np.float64]:
    """Mean over rows of products of two quantities in different replicates; NaN if there is one replicate only."""
    pairs = weights.sum() ** 2 - (weights**2).sum()

    def product(first_weights: Floats, right: Floats) -> np.float64:
        same = (first_weights * right) @ weights**2
        value = ((first_weights @ weights) * (right @ weights) - same).mean()
        return np.float64(value / pairs if pairs > 0.0 else np.nan)

    return product


def _resample(blocks: Floats, generator: np.random.Generator) -> Floats:
    """Indices of resampled rows and replicates, shape (resamples, 4, factors).

    Source:
        Owen (2007), The pigeonhole bootstrap: both ways at once, which errs on the wide side.
    """
    rows, replicates = blocks.shape[1:]
    samples = []
    for _ in range(SOBOL_RESAMPLES):
        weights = generator.multinomial(replicates, np.full(replicates, 1.0 / replicates)).astype(float)
        samples.append(_indices(blocks[:, generator.integers(rows, size=rows)], weights))
    return np.array(samples)


def _ends(indices: Floats, resampled: Floats) -> tuple[Floats, Floats]:
    """Ends of the 95 % intervals by the standard deviation of the resamples, as SALib has them."""
    is_estimable: Any = np.isfinite(resampled).sum(axis=0) > SOBOL_RESAMPLES // 4
    spread = np.where(is_estimable, np.nanstd(np.where(is_estimable, resampled, 0.0), axis=0, ddof=1), np.nan)
    return indices - SPREAD * spread, indices + SPREAD * spread
