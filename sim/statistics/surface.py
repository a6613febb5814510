"""A smooth surface through a grid of paired differences, and where it crosses zero, with the interval of the line."""

import numpy as np
import pandas as pd

from sim.model.state import Floats
from sim.parameters import BadInput
from sim.statistics.contour import crossings
from sim.statistics.intervals import students_reach

FINE_STEPS = 41  # points of a side at which the line is given
FEWEST_LEVELS = 3
LEVELS_OF_A_CUBIC = 5  # levels of each side from which on the surface is of degree three
LINE_COLUMNS = ["across", "up", "low", "high", "rising"]


def fitted_zero_line(values: Floats, across: Floats, up: Floats) -> pd.DataFrame:
    """Where the mean surface crosses zero on the way up, by place across, with its 95 % interval.

    In every replicate a polynomial of degree two, or three from five levels on, is fitted over the places of the
    levels. The interval of the surface comes from its spread over replicates and from the misfit of the mean surface
    to the cells; it errs on the wide side, since noise of cells is in both. The interval of the line holds all places
    at which the surface may be zero. It is narrower than that of single cells, for it borrows from their neighbours.

    Args:
        values: Paired differences, shape (replicates, levels across, levels up).
        across: Levels across, evenly spread on their scale.
        up: Levels up.

    Returns:
        Columns across, up, low and high (NaN where the interval leaves the diagram), and rising; no row where the
        surface never crosses zero, or where every difference is exactly zero.

    Raises:
        BadInput: Fewer than two replicates or three levels of a side, or an infinite or missing difference.

    Source:
        Response surfaces: Box and Wilson (1951); interval of the crossing: Fieller (1954).
    """
    _refuse_unsound(values, across, up)
    fine = np.linspace(0.0, 1.0, FINE_STEPS)
    if not values.any():
        return pd.DataFrame(columns=LINE_COLUMNS)
    mean, half = _surface(values, fine)
    levels = np.interp(fine, np.linspace(0.0, 1.0, len(up)), up)
    places = np.interp(fine, np.linspace(0.0, 1.0, len(across)), across)
    rows = []
    for place, middle, reach in zip(places, mean, half, strict=True):
        column = pd.DataFrame({"up": levels, "mean": middle, "low": middle - reach, "high": middle + reach})
        rows += [{"across": float(place)} | crossing for crossing in crossings(column)]
    return pd.DataFrame(rows, columns=LINE_COLUMNS)


def _refuse_unsound(values: Floats, across: Floats, up: Floats) -> None:
    replicates, *levels = values.shape
    if levels != [len(across), len(up)]:
        raise BadInput(f"the differences have {levels} levels, and {len(across)} across and {len(up)} up were given")
    if replicates < 2 or min(levels) < FEWEST_LEVELS:
        raise BadInput(
            f"a surface needs 2 replicates and {FEWEST_LEVELS} levels of each side; "
            f"there are {replicates}, and {levels[0]} across and {levels[1]} up"
        )
    if not np.isfinite(values).all():
        raise BadInput("a difference is missing or infinite; a surface needs every cell in every replicate")


def _surface(values: Floats, fine: Floats) -> tuple[Floats, Floats]:
    """Mean surface and half-width of its 95 % interval, each of shape (fine across, fine up)."""
    replicates, *levels = values.shape
    degree = 3 if min(levels) >= LEVELS_OF_A_CUBIC else 2
    cells = _terms(np.linspace(0.0, 1.0, levels[0]), np.linspace(0.0, 1.0, levels[1]), degree)
    places = _terms(fine, fine, degree)
    weights = places @ np.linalg.pinv(cells)
    by_replicate = values.reshape(replicates, -1) @ weights.T
    average = values.mean(axis=0).ravel()
    misfit = average - cells @ np.linalg.lstsq(cells, average, rcond=None)[0]
    variance = by_replicate.var(axis=0, ddof=1) / replicates
    variance += (weights**2).sum(axis=1) * (misfit**2).sum() / (len(cells) - cells.shape[1])
    shape = (len(fine), len(fine))
    half = students_reach(replicates) * np.sqrt(variance)
    return by_replicate.mean(axis=0).reshape(shape), half.reshape(shape)


def _terms(across: Floats, up: Floats, degree: int) -> Floats:
    """Products of powers at every place, up running fastest; shape (places, terms)."""
    x, y = (side.ravel() for side in np.meshgrid(across, up, indexing="ij"))
    return np.column_stack([x**i * y**j for i in range(degree + 1) for j in range(degree + 1 - i)])
