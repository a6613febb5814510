"""Scenario discovery: boxes of factors in which outcomes of interest concentrate, by the patient rule (PRIM)."""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.lab.statistics.columns import described
from sim.lab.statistics.extras import needed
from sim.lab.statistics.responses import responses
from sim.parameters import BadInput

DENSITY = 0.8
MASS = 0.05
MOST_BOXES = 3


def discovered(
    runs: pd.DataFrame,
    factors: Sequence[str],
    outcome: str,
    interesting: Callable[[NDArray[np.float64]], NDArray[np.bool_]],
    density: float = DENSITY,
    mass: float = MASS,
) -> pd.DataFrame:
    """Boxes that hold points of interest and little else.

    Args:
        runs: One row per run of a space-filling design, such as a Latin hypercube or a Sobol sequence.
        factors: Columns of the factors.
        outcome: Column of the outcome.
        interesting: Whether the mean outcome of a point is of interest, from means of shape (points,).
        density: Share of points of interest that a box must hold at least. [share]
        mass: Smallest share of all points that a box may hold. [share]

    Returns:
        One row per box and restricted factor; no rows if no box is dense enough.

    Raises:
        BadInput: A run is missing or failed, no point or every point is of interest, or EMA workbench is not there.

    Source:
        Friedman and Fisher (1999), Bump hunting in high-dimensional data; Bryant and Lempert (2010); by EMA workbench.
    """
    found = responses(runs, factors, outcome)
    wanted = np.asarray(interesting(found.means), dtype=bool)
    if wanted.all() or not wanted.any():
        how_many = "every point is" if wanted.all() else "no point is"
        raise BadInput(f"{how_many} of interest by {outcome}; a box needs some that are and some that are not")
    boxes = _boxes(found.points.reset_index(drop=True), wanted, density, mass)
    rows = [row for number, box in enumerate(boxes, start=1) for row in _limits(number, box, density)]
    return described("boxes", rows)


def _boxes(points: pd.DataFrame, wanted: NDArray[np.bool_], density: float, mass: float) -> list[Any]:
    """Boxes one after another, each among the points that the earlier ones left."""
    prim = needed("ema_workbench.analysis.prim", "discovery")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the library's own use of pandas
        algorithm = prim.Prim(points, wanted, threshold=density, mass_min=mass)
        found = [algorithm.find_box() for _ in range(MOST_BOXES)]
    return [box for box in found if box is not None]


def _limits(number: int, box: Any, density: float) -> list[dict[str, Any]]:
    """The restricted factors of a box, at the largest step of its peeling that is dense enough."""
    steps = box.peeling_trajectory
    dense = np.flatnonzero(steps["density"].to_numpy(float) >= density)
    if not len(dense):
        return []
    place = int(dense[np.argmax(steps["coverage"].to_numpy(float)[dense])])
    step, limits, chances = steps.iloc[place], box.box_lims[place], box.qp[place]
    sizes = {name: float(step[name]) for name in ("coverage", "density", "mass")}
    told = []
    for factor, chance in chances.items():
        values = limits[factor].tolist()
        names = isinstance(values[0], set | frozenset)
        ends = {"low": np.nan, "high": np.nan} if names else {"low": float(values[0]), "high": float(values[1])}
        texts = ", ".join(sorted(map(str, values[0]))) if names else ""
        smallest = np.nanmin(np.asarray(chance, dtype=float))
        told.append({"box": number, "factor": str(factor)} | ends | {"names": texts} | sizes | {"p": float(smallest)})
    return told
