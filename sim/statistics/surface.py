"""A smooth surface through the cells of a grid, with its interval: where it is zero is the line of break-even."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.parameters import BadInput
from sim.statistics.cells import REPLICATE
from sim.statistics.intervals import students_reach

Floats = NDArray[np.float64]
HIGHEST_DEGREE = 3
FINENESS = 61  # points of the surface along each axis
FEWEST_LEVELS = 3


class FittedSurface(NamedTuple):
    """A polynomial in two factors.

    Args:
        table: Columns x, y, mean, low, high: the surface and its 95 % interval at points that are close together.
        degree: Degree of the polynomial.
        r_squared: Share of the variance of cell means that it explains.
        replicates: Replicates that have every cell.
    """

    table: pd.DataFrame
    degree: int
    r_squared: float
    replicates: int


def fit_surface(values: pd.Series, x: str, y: str) -> FittedSurface:
    """The least-squares polynomial through the cells of a grid, and Student's interval of its mean.

    One fit per replicate keeps what the cells of a replicate share, their people and their luck.

    Args:
        values: By setting and replicate, from `sim.statistics.cells`; over other factors they are averaged.
        x: Factor across; numbers, three levels or more.
        y: Factor up; numbers, three levels or more.

    Raises:
        BadInput: Too few levels, or fewer than two replicates that have every cell.

    Source:
        Box and Wilson (1951), On the experimental attainment of optimum conditions.
    """
    cells = values.groupby(level=[x, y, REPLICATE]).mean().unstack(REPLICATE).dropna(axis="columns")
    across, up = (np.asarray(cells.index.get_level_values(name), float) for name in (x, y))
    degree = min(HIGHEST_DEGREE, len(np.unique(across)) - 1, len(np.unique(up)) - 1)
    if degree < FEWEST_LEVELS - 1:
        raise BadInput(f"a surface over {x} and {y} needs {FEWEST_LEVELS} levels of each")
    if cells.shape[1] < 2:
        raise BadInput(
            f"a surface over {x} and {y} needs 2 replicates that have every cell; there are {cells.shape[1]}"
        )
    basis = _basis(_scaled(across, across), _scaled(up, up), degree)
    slopes = np.linalg.lstsq(basis, cells.to_numpy(float), rcond=None)[0]
    fine_x, fine_y = (np.linspace(axis.min(), axis.max(), FINENESS) for axis in (across, up))
    wide, high = (grid.ravel() for grid in np.meshgrid(fine_x, fine_y))
    fitted = _basis(_scaled(wide, across), _scaled(high, up), degree) @ slopes
    return FittedSurface(
        _table(x, y, wide, high, fitted), degree, _explained(cells.to_numpy(float), basis @ slopes), cells.shape[1]
    )


def _table(x: str, y: str, wide: Floats, high: Floats, fitted: Floats) -> pd.DataFrame:
    mean, count = fitted.mean(axis=1), fitted.shape[1]
    half = float(students_reach(count)) * fitted.std(axis=1, ddof=1) / np.sqrt(count)
    return pd.DataFrame({x: wide, y: high, "mean": mean, "low": mean - half, "high": mean + half})


def _explained(cells: Floats, fitted: Floats) -> float:
    means = cells.mean(axis=1)
    total = float(((means - means.mean()) ** 2).sum())
    return 1.0 - float(((means - fitted.mean(axis=1)) ** 2).sum()) / total if total else float("nan")


def _scaled(values: Floats, axis: Floats) -> Floats:
    """Values of an axis from -1 to 1, so that powers stay small."""
    return 2.0 * (values - axis.min()) / np.ptp(axis) - 1.0


def _basis(x: Floats, y: Floats, degree: int) -> Floats:
    """Products of powers up to a total degree, shape (points, terms)."""
    powers = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
    return np.column_stack([x**i * y**j for i, j in powers])
