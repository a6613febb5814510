"""Two stored runs compared: stored measures first, then what was set, then the first moment that differs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.sweep.divergence import stored_divergence
from sim.journeys.stored_run import StoredRun
from sim.parameters import BadInput
from sim.parameters.checking import every_value

LABELS = ("month", "firm")


@dataclass(frozen=True)
class MeasuresApart:
    """The first month in which stored measures differ.

    Args:
        month: The month. [months]
        firm: First firm that differs in it, in the order of the table.
        measures: Its differing measures by name, with the value of either run.
        months: Recorded months of either run. [months]
    """

    month: int
    firm: str
    measures: dict[str, tuple[Any, Any]]
    months: tuple[int, int]


@dataclass(frozen=True)
class RunDifference:
    """In what two stored runs differ.

    Args:
        measures: The first month that differs in the tables that were stored, or None.
        settings: Key paths that differ, with the value of either run; None where a run has no such key.
        moments: At most one row for firms and one for customers, as `divergence` has them.
        notes: What must be known to read it.
    """

    measures: MeasuresApart | None
    settings: dict[str, tuple[Any, Any]]
    moments: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.measures is None and not self.settings


def run_difference(stored_run: StoredRun, other: StoredRun) -> RunDifference:
    """Compare two stored runs; where they differ, both are run again side by side to find the first moment.

    Raises:
        BadInput: A folder has no monthly measures.
    """
    measures, settings = measures_apart(stored_run, other), settings_apart(stored_run, other)
    notes = [
        f"{run.folder} was written by other code than the present" for run in (stored_run, other) if not run.same_code
    ]
    moments = pd.DataFrame()
    if measures is not None or settings:
        try:
            moments = stored_divergence(stored_run, other)
            if not len(moments):
                notes.append("run again by the present code, decisions and customers of both are the same to the bit")
        except BadInput as trouble:
            notes.append(f"no first moment can be named: {trouble}")
    return RunDifference(measures, settings, moments, tuple(notes))


def settings_apart(run: StoredRun, other: StoredRun) -> dict[str, tuple[Any, Any]]:
    """Key paths of scenario, seed, replicate and fork that differ."""
    mine, theirs = every_value(run.record()), every_value(other.record())
    paths = [*mine, *(path for path in theirs if path not in mine)]
    return {
        path.removeprefix("scenario."): (mine.get(path), theirs.get(path))
        for path in paths
        if mine.get(path) != theirs.get(path)
    }


def measures_apart(stored_run: StoredRun, other: StoredRun) -> MeasuresApart | None:
    """The first month and firm in which a stored measure differs, over the months that both have."""
    tables = [run.stored_months() for run in (stored_run, other)]
    months = int(tables[0]["month"].max()), int(tables[1]["month"].max())
    first, second = (table[table["month"] <= min(months)].reset_index(drop=True) for table in tables)
    if len(first) != len(second) or list(first["firm"]) != list(second["firm"]):
        names = [", ".join(dict.fromkeys(table["firm"])) for table in (first, second)]
        return MeasuresApart(1, "", {"firm": (names[0], names[1])}, months)
    shared = [name for name in first.columns if name in second.columns and name not in LABELS]
    apart = {name: _unequal(first[name].to_numpy(), second[name].to_numpy()) for name in shared}
    rows = np.flatnonzero(np.logical_or.reduce(list(apart.values())))
    if not len(rows):
        return None if months[0] == months[1] else MeasuresApart(min(months) + 1, "", {"months": months}, months)
    row = int(rows[0])
    values = {name: (first[name].iloc[row], second[name].iloc[row]) for name in shared if apart[name][row]}
    return MeasuresApart(int(first["month"].iloc[row]), str(first["firm"].iloc[row]), values, months)


def _unequal(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Where two columns differ; two numbers that are none are alike."""
    return np.asarray((first != second) & ~((first != first) & (second != second)))
