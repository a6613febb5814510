"""Runs made ready for statistics: columns that exist, runs that are there, points by replicates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.parameters import BadInput
from sim.parameters.checking import nearest

GOOD = "ok"  # status of a run that came to its end
WAITING = "waiting"  # status of a run that is not lived yet
MOST_KEYS_NAMED = 5


@dataclass(frozen=True)
class Responses:
    """An outcome at every point of a design in every replicate.

    Args:
        points: Factors, one row per point, by number of the point.
        values: Outcome, shape (points, replicates).
    """

    points: pd.DataFrame
    values: NDArray[np.float64]

    @property
    def means(self) -> NDArray[np.float64]:
        """Mean over the replicates, shape (points,)."""
        return np.asarray(self.values.mean(axis=1))


def demand(runs: pd.DataFrame, columns: Iterable[str]) -> None:
    """See to it that the columns exist.

    Raises:
        BadInput: One does not; names the nearest that does.
    """
    for name in columns:
        if name not in runs.columns:
            present = [str(column) for column in runs.columns]
            raise BadInput(f"the runs have no column {name!r}.{nearest(name, present)} There are: {', '.join(present)}")


def whole_replicates(runs: pd.DataFrame) -> pd.DataFrame:
    """The runs of replicates in which nothing is waiting any more: what designs need that must be whole.

    Replicates are lived one after the other, so that leaving out those under way chooses nothing by its outcome;
    runs that failed stay, to be refused.

    Raises:
        BadInput: No replicate is whole yet.
    """
    under_way = set(runs.loc[runs["status"] == WAITING, "replicate"])
    whole = runs[~runs["replicate"].isin(under_way)]
    if not len(whole):
        raise BadInput(f"{(runs['status'] == WAITING).sum()} of {len(runs)} runs are waiting and no replicate is whole")
    return whole


def usable(runs: pd.DataFrame, outcome: str) -> pd.Series:
    """Which runs came to their end with a finite outcome."""
    return (runs["status"] == GOOD) & np.isfinite(runs[outcome].astype(float))


def example_keys(runs: pd.DataFrame) -> str:
    """Keys of a few runs, for a message."""
    keys = [str(key) for key in runs["key"]]
    return ", ".join(keys[:MOST_KEYS_NAMED]) + (
        f" and {len(keys) - MOST_KEYS_NAMED} more" if len(keys) > MOST_KEYS_NAMED else ""
    )


def responses(runs: pd.DataFrame, factors: Sequence[str], outcome: str) -> Responses:
    """The outcome as points by replicates; nothing may be missing.

    Args:
        runs: One row per run.
        factors: Columns of the factors.
        outcome: Column of the outcome.

    Raises:
        BadInput: A run failed, holds no finite outcome, is there twice or not at all; names it.
    """
    demand(runs, ["key", "point", "replicate", "status", outcome, *factors])
    broken = runs[~usable(runs, outcome)]
    if len(broken):
        why = "one missing value would change every index without a trace"
        raise BadInput(f"{len(broken)} runs have no finite {outcome}: {example_keys(broken)}; {why}: run them again")
    twice = runs[runs.duplicated(["point", "replicate"])]
    if len(twice):
        raise BadInput(f"point and replicate are there twice: {example_keys(twice)}; one run of each is needed")
    by_replicate = runs.pivot(index="point", columns="replicate", values=outcome).sort_index()
    _refuse_gaps(by_replicate)
    points = runs.drop_duplicates("point").set_index("point").sort_index()[list(factors)]
    return Responses(points, by_replicate.to_numpy(float))


def _refuse_gaps(by_replicate: pd.DataFrame) -> None:
    if not len(by_replicate):
        raise BadInput("there are no runs; run the sweep first")
    places = np.argwhere(by_replicate.isna().to_numpy())
    absent = [f"point {by_replicate.index[row]} replicate {by_replicate.columns[column]}" for row, column in places]
    if absent:
        shown = ", ".join(absent[:MOST_KEYS_NAMED])
        raise BadInput(f"{len(absent)} runs are missing: {shown}; the sweep is not complete: run the rest first")
