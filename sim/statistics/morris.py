"""Morris screening: elementary effects of every factor, with intervals and the level that noise alone would reach."""

from collections.abc import Sequence

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

LEVELS = 4
MORRIS_RESAMPLES = 2_000
SPREAD = float(special.ndtri(0.5 + CONFIDENCE / 2.0))
Floats = NDArray[np.float64]


def morris(runs: pd.DataFrame, factors: Sequence[str], outcome: str, seed: int, levels: int = LEVELS) -> pd.DataFrame:
    """Mean and mean size of elementary effects, with the interval of the latter over trajectories and replicates.

    Args:
        runs: One row per run of a Morris design; ``point`` in the order of SALib's sampler.
        factors: Columns of the factors, in the order of the design.
        outcome: Column of the outcome.
        seed: Seed of the bootstrap.
        levels: Levels of the design's grid.

    Raises:
        BadInput: A run is missing or failed, or the points are no Morris design.

    Source:
        Morris (1991); Campolongo, Cariboni and Saltelli (2007); estimates by SALib.
    """
    by_point = responses(runs, factors, outcome)
    codes = np.column_stack([pd.factorize(by_point.points[name], sort=True)[0] for name in factors]).astype(float)
    effects = elementary(codes, by_point.values, levels)
    problem = {"num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors)}
    estimates = import_extra("SALib.analyze.morris", "lab").analyze(
        problem, codes, by_point.means, num_levels=levels, num_resamples=2, seed=seed
    )
    spread = _spread(effects, resampling(seed, f"morris of {outcome}"))
    table = pd.DataFrame({"outcome": outcome, "factor": list(factors)})
    for name in ("mu", "mu_star", "sigma"):
        table[name] = np.asarray(estimates[name], float)
    table["low"] = np.maximum(0.0, table["mu_star"] - SPREAD * spread)
    table["high"] = table["mu_star"] + SPREAD * spread
    sizes = {"trajectories": effects.shape[1], "replicates": effects.shape[2]}
    return describe_table("morris", table.assign(noise_floor=noise_floor(effects), **sizes))


def elementary(codes: Floats, values: Floats, levels: int) -> Floats:
    """Elementary effects per whole range of a factor.

    Args:
        codes: Factors in the order of the design, as ranks of their levels, shape (points, factors).
        values: Outcome, shape (points, replicates).
        levels: Levels of the design's grid.

    Returns:
        Shape (factors, trajectories, replicates). [unit of the outcome]

    Raises:
        BadInput: The points are no trajectories that change every factor once, one at a time.
    """
    count = codes.shape[1]
    if len(codes) % (count + 1):
        raise BadInput(
            f"{len(codes)} points are no Morris design of {count} factors, which has {count + 1} a trajectory"
        )
    moves = np.diff(codes.reshape(-1, count + 1, count), axis=1)
    changed = moves != 0.0
    if not ((changed.sum(axis=2) == 1).all() and (changed.sum(axis=1) == 1).all()):
        raise BadInput(
            "these points are no Morris design: each trajectory must change every factor once, one at a time"
        )
    step = levels / (2.0 * (levels - 1.0))
    rises = np.diff(values.reshape(-1, count + 1, values.shape[1]), axis=1) / step
    rises *= np.sign(moves.sum(axis=2))[:, :, None]
    order = changed.argmax(axis=1)
    return np.moveaxis(np.take_along_axis(rises, order[:, :, None], axis=1), 1, 0)


def noise_floor(effects: Floats) -> Floats:
    """Mean size of elementary effects that a factor without effect would show; NaN for one replicate.

    Args:
        effects: Shape (factors, trajectories, replicates).

    Returns:
        Mean of the folded normal of the noise in replicate means, shape (factors,). [unit of the outcome]
    """
    replicates = effects.shape[2]
    if replicates < 2:
        return np.full(len(effects), np.nan)
    variance = effects.var(axis=2, ddof=1).mean(axis=1) / replicates
    return np.asarray(np.sqrt(2.0 / np.pi * variance))


def _spread(effects: Floats, generator: np.random.Generator) -> Floats:
    """Standard deviation of mu_star over resampled trajectories and replicates, shape (factors,)."""
    _, trajectories, replicates = effects.shape
    spreads = []
    for _ in range(MORRIS_RESAMPLES):
        drawn = effects[:, generator.integers(trajectories, size=trajectories)]
        means = drawn @ (generator.multinomial(replicates, np.full(replicates, 1.0 / replicates)) / replicates)
        spreads.append(np.abs(means).mean(axis=1))
    return np.asarray(np.std(spreads, axis=0, ddof=1))
