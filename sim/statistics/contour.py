"""Where a contrast changes its sign over a grid of two factors, with the interval of the zero line."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.randomness import resampling
from sim.parameters import BadInput
from sim.statistics.columns import describe_table
from sim.statistics.contrasts import FEWEST_PAIRS, settings, within
from sim.statistics.declaration import Contrast
from sim.statistics.intervals import interval

Floats = NDArray[np.float64]


class Contour(NamedTuple):
    """A contrast over a grid.

    Args:
        grid: Mean difference with its 95 % interval at every point.
        zero_line: Where the mean difference crosses zero on the way up, by level across, with its 95 % interval.
    """

    grid: pd.DataFrame
    zero_line: pd.DataFrame


def contour(runs: pd.DataFrame, contrast: Contrast, across: str, up: str, seed: int) -> Contour:
    """The zero line of a contrast over the grid of two factors.

    The interval of a crossing holds all levels whose difference may be zero: the ends of the differences' intervals,
    joined by straight lines, are followed to where they cross zero themselves.

    Args:
        runs: One row per run of a grid of ``across``, ``up`` and the factor of the contrast, and nothing else.
        contrast: Levels to compare.
        across: Column of the factor on the horizontal axis; numbers.
        up: Column of the factor on the vertical axis; numbers.
        seed: Seed of the bootstrap.

    Raises:
        BadInput: A factor is no number, the grid has holes, a point has fewer than two whole pairs, or as
            `sim.statistics.contrasts.averages`.

    Source:
        Fieller (1954), Some problems in interval estimation.
    """
    runs = within(runs, contrast)
    _refuse_names(runs, (across, up))
    rows = [_point(runs, contrast, (x, y), (across, up), seed) for x, y in _places(runs, across, up)]
    grid = pd.DataFrame(rows)
    lines = [
        {"across": x} | crossing for x, part in grid.groupby("across") for crossing in crossings(part.sort_values("up"))
    ]
    return Contour(describe_table("grid", grid), describe_table("zero_line", lines))


def _refuse_names(runs: pd.DataFrame, names: tuple[str, str]) -> None:
    for name in names:
        if name not in runs or not pd.api.types.is_numeric_dtype(runs[name]):
            raise BadInput(f"a zero line needs two factors of numbers; {name} is none in these runs")


def _places(runs: pd.DataFrame, across: str, up: str) -> list[tuple[float, float]]:
    """The points of the grid; none may be missing."""
    there = {(float(x), float(y)) for x, y in runs[[across, up]].drop_duplicates().to_numpy()}
    places = [(float(x), float(y)) for x in np.unique(runs[across]) for y in np.unique(runs[up])]
    holes = [f"{across} = {x:g}, {up} = {y:g}" for x, y in places if (x, y) not in there]
    if holes:
        raise BadInput(f"the grid has holes, at {'; '.join(holes[:5])}; a zero line needs all {len(places)} points")
    return places


def _point(
    runs: pd.DataFrame, contrast: Contrast, place: tuple[float, float], names: tuple[str, str], seed: int
) -> dict[str, Any]:
    here = runs[(runs[names[0]] == place[0]) & (runs[names[1]] == place[1])]
    pairs = next(settings(here, contrast, [contrast.factor]))
    if len(pairs.one) < FEWEST_PAIRS:
        where = f"{names[0]} = {place[0]:g}, {names[1]} = {place[1]:g}"
        raise BadInput(f"{contrast.label}: {len(pairs.one)} whole pairs at {where}; at least {FEWEST_PAIRS} are needed")
    estimate = interval(pairs.gaps, resampling(seed, f"{contrast.label} at {place}"))
    sign = "positive" if estimate.low > 0.0 else "negative" if estimate.high < 0.0 else "open"
    ends = {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}
    return {"across": place[0], "up": place[1]} | ends | {"pairs": len(pairs.gaps), "sign": sign}


def crossings(column: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Where the mean crosses zero in one column of a grid, each with the stretch in which zero is possible.

    Args:
        column: Rows with ``up``, in rising order, ``mean``, ``low`` and ``high``.
    """
    levels = column["up"].to_numpy(float)
    mean, low, high = (column[name].to_numpy(float) for name in ("mean", "low", "high"))
    ends = np.sort(np.concatenate([zeros(levels, low), zeros(levels, high)]))
    for place in zeros(levels, mean):
        below, above = ends[ends <= place], ends[ends >= place]
        yield {
            "up": place,
            "low": below[-1] if len(below) else np.nan,
            "high": above[0] if len(above) else np.nan,
            "rising": bool(np.interp(place, levels, np.gradient(mean, levels)) > 0.0),
        }


def zeros(levels: Floats, values: Floats) -> Floats:
    """Where straight lines through points cross or touch zero.

    >>> zeros(np.array([0.0, 1.0, 2.0]), np.array([-1.0, 3.0, 0.0]))
    array([0.25, 2.  ])
    """
    lower, upper = values[:-1], values[1:]
    turns = np.flatnonzero(lower * upper < 0.0)
    between = levels[turns] + np.diff(levels)[turns] * lower[turns] / (lower[turns] - upper[turns])
    return np.sort(np.concatenate([between, levels[values == 0.0]]))
