"""The folder of a sweep: what it says of itself, and its design and runs as tables, also while it runs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.sweep.analysis import with_units
from sim.experiments.sweep.store.declaration import read_declaration
from sim.experiments.sweep.store.folder import manifest
from sim.experiments.sweep.store.parts import OK
from sim.experiments.sweep.store.tables import ABOUT, HIDDEN, outcomes_of, read_design, read_months, read_runs, units_of
from sim.statistics.declaration import Declared
from sim.statistics.responses import WAITING

ADDRESS = ("key", "point", "replicate", "seed")


@dataclass(frozen=True)
class SweepFolder:
    """What is committed of a sweep, read anew at every look.

    Args:
        folder: The folder.
    """

    folder: Path

    @property
    def about(self) -> dict[str, Any]:
        """Name, seed, versions, command and what else the folder says of itself."""
        return manifest(self.folder)

    @property
    def declared(self) -> Declared:
        """What was declared: kind of design, factors, outcomes, contrasts."""
        return read_declaration(self.folder, self.about["seed"])

    @property
    def design(self) -> pd.DataFrame:
        """Address of every run: key, point, replicate, seed, factors; and scenario and settings of its point."""
        return read_design(self.folder)

    @property
    def runs(self) -> pd.DataFrame:
        """One row a run of the design: key, point, replicate, seed, status, factors, outcomes; NaN unless ok.

        Status is ``ok``, ``failed``, ``crashed``, ``hung``, or ``waiting`` for what is not lived yet.
        """
        outcomes = outcomes_of(self.folder)
        results = read_runs(self.folder)[["key", "status", *outcomes]]
        address = self.design.drop(columns=list(HIDDEN))
        table = address.merge(results, on="key", how="left")
        table["status"] = table["status"].fillna(WAITING)
        factors = [name for name in address.columns if name not in ADDRESS]
        return self._with_units(table[[*ADDRESS, "status", *factors, *outcomes]])

    @property
    def monthly(self) -> pd.DataFrame:
        """One row a run, month and firm: point, replicate, factors, and the measures that are kept."""
        address = self.design.drop(columns=[*HIDDEN, "seed"])
        return self._with_units(address.merge(read_months(self.folder), on="key", how="inner").drop(columns="key"))

    @property
    def failures(self) -> pd.DataFrame:
        """Runs that failed, crashed or hung, with their error and the command to repeat each."""
        results = read_runs(self.folder)
        bad = results.loc[results["status"] != OK, ["key", "status", *ABOUT]]
        return self.design.drop(columns=list(HIDDEN)).merge(bad, on="key", how="inner")

    @property
    def units(self) -> dict[str, str]:
        """Unit of every factor, outcome and monthly measure that has one, by column."""
        return units_of(self.folder)

    def _with_units(self, table: pd.DataFrame) -> pd.DataFrame:
        return with_units(table, self.units)
