"""Lines of a phase diagram on which two policies are worth the same: which are drawn, and in which strokes."""

from collections.abc import Sequence

import pandas as pd


def borders(lines: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Lines between policies that are clearly worth most somewhere; others part nothing that is drawn.

    Args:
        lines: Rows of the table of contours of one diagram.
        cells: Rows of the table of phases of the same diagram.
    """
    winners = set(cells.loc[cells["resolved"].astype(str).str.lower() == "true", "winner"])
    sides = [name for name in ("one", "other") if name in lines]
    return lines[lines[sides].isin(winners).all(axis=1)]


def branches(lines: pd.DataFrame) -> list[pd.DataFrame]:
    """Lines that are drawn in one stroke: of two policies and one direction of crossing, without a hole across.

    Args:
        lines: Rows of the table of contours of one diagram.

    >>> both = {"x": [1.0, 1.0, 2.0, 2.0, 4.0], "y": [1.0, 5.0, 1.1, 5.1, 1.3], "rising": [True, False] * 2 + [True]}
    >>> [part["y"].tolist() for part in branches(pd.DataFrame(both))]
    [[1.0, 1.1, 1.3], [5.0, 5.1]]
    """
    groups = [name for name in ("one", "other", "rising") if name in lines]
    parts = [part for _, part in lines.groupby(groups, sort=False)] if groups else [lines]
    return [stroke for part in parts for stroke in _strokes(part.sort_values(["x", "y"]), sorted(lines["x"].unique()))]


def _strokes(part: pd.DataFrame, across: Sequence[float]) -> list[pd.DataFrame]:
    """Crossings of one kind from left to right, by their order upwards, cut where a place across has none."""
    strokes: list[pd.DataFrame] = []
    for _, own in part.groupby(part.groupby("x").cumcount(), sort=True):
        places = pd.Series([across.index(x) for x in own["x"]], index=own.index)
        strokes += [stroke for _, stroke in own.groupby((places.diff() > 1).cumsum())]
    return strokes
