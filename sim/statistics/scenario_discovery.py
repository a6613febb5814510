"""Scenario discovery: boxes of factors in which outcomes of interest concentrate, by the patient rule (PRIM)."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.parameters import BadInput
from sim.statistics.columns import describe_table
from sim.statistics.extras import import_extra
from sim.statistics.responses import responses

DENSITY = 0.8
MASS = 0.05
MOST_BOXES = 3


def discover_boxes(
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
    by_point = responses(runs, factors, outcome)
    wanted = np.asarray(interesting(by_point.means), dtype=bool)
    return find_boxes(by_point.points.reset_index(drop=True), wanted, outcome, density, mass)


def find_boxes(
    points: pd.DataFrame, wanted: NDArray[np.bool_], what: str, density: float = DENSITY, mass: float = MASS
) -> pd.DataFrame:
    """Boxes of points of interest.

    Args:
        points: One row a point, one column a factor.
        wanted: Whether each point is of interest, shape (points,).
        what: By what it is, for a message.
        density: As `discover_boxes`.
        mass: As `discover_boxes`.

    Raises:
        BadInput: No point or every point is of interest, or EMA workbench is not there.
    """
    if wanted.all() or not wanted.any():
        how_many = "every point is" if wanted.all() else "no point is"
        raise BadInput(f"{how_many} of interest by {what}; a box needs some that are and some that are not")
    boxes = enumerate(_boxes(points, wanted, density, mass), start=1)
    return describe_table("boxes", [row for number, (box, place) in boxes for row in _limits(number, box, place)])


def _boxes(points: pd.DataFrame, wanted: NDArray[np.bool_], density: float, mass: float) -> Iterator[tuple[Any, int]]:
    """Boxes and the reported step of each; each is searched among the points outside the earlier boxes."""
    prim = import_extra("ema_workbench.analysis.prim", "discovery")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the library's own use of pandas
        algorithm = prim.Prim(points, wanted, threshold=density, mass_min=mass)
        for _ in range(MOST_BOXES):
            box = algorithm.find_box()
            dense = _dense(box, density) if box is not None else None
            if not dense:
                return
            place = _prune(box, max(dense, key=lambda step: box.peeling_trajectory["coverage"][step]), density)
            box.select(place)
            yield box, place


def _dense(box: Any, density: float) -> list[int]:
    """Steps of a box that are dense enough."""
    return [int(step) for step in np.flatnonzero(box.peeling_trajectory["density"].to_numpy(float) >= density)]


def _prune(box: Any, place: int, density: float) -> int:
    """The step without the restrictions that density can do without, the one that gives most coverage taken off first.

    Source:
        Friedman and Fisher (1999), section 15: redundant input variables.
    """
    while True:
        first = len(box.peeling_trajectory)
        for factor in list(box.qp[place]):
            box.drop_restriction(factor, place)
        freed = [step for step in _dense(box, density) if step >= first and len(box.qp[step])]
        if not freed:
            return place
        place = max(freed, key=lambda step: box.peeling_trajectory["coverage"][step])


def _limits(number: int, box: Any, place: int) -> list[dict[str, Any]]:
    """The restricted factors of a box at a step."""
    step, limits, chances = box.peeling_trajectory.iloc[place], box.box_lims[place], box.qp[place]
    sizes = {name: float(step[name]) for name in ("coverage", "density", "mass")}
    rows = []
    for factor, chance in chances.items():
        values = limits[factor].tolist()
        names = isinstance(values[0], set | frozenset)
        ends = {"low": np.nan, "high": np.nan} if names else {"low": float(values[0]), "high": float(values[1])}
        texts = ", ".join(sorted(map(str, values[0]))) if names else ""
        rows.append({"box": number, "factor": str(factor)} | ends | {"names": texts} | sizes | {"p": _smallest(chance)})
    return rows


def _smallest(chances: Any) -> float:
    """The smaller quasi p-value of the two limits of a factor; the library writes -1 where a limit restricts nothing.

    >>> _smallest([-1, 0.02])
    0.02
    """
    finite = [float(chance) for chance in np.asarray(chances, dtype=float) if chance >= 0.0]
    return min(finite, default=float("nan"))
