"""A sweep: its runs as tables, also while it runs, and the statistics of what it declared."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiments.sweep.analysis import Analysis, Observer, PairedWorlds, analyse_sweep
from sim.experiments.sweep.store.folder import manifest
from sim.experiments.sweep.store.tables import read_months
from sim.experiments.sweep.sweep_folder import SweepFolder
from sim.experiments.sweep.views import SweepViews
from sim.files.notebook import card
from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.statistics.analysis import each_outcome, over_worlds
from sim.statistics.bands import bands
from sim.statistics.contour import Contour, contour
from sim.statistics.contrasts import AVERAGE, at_each_setting, averages
from sim.statistics.declaration import Contrast
from sim.statistics.effects import effects
from sim.statistics.morris import morris
from sim.statistics.pairing import pairing
from sim.statistics.responses import whole_replicates
from sim.statistics.sampled_worlds import drivers, scenario_discovery, shares
from sim.statistics.scenario_discovery import discover_boxes
from sim.statistics.sobol import sobol

Indices = Callable[[pd.DataFrame, tuple[str, ...], str, int], pd.DataFrame]


@dataclass(frozen=True)
class Sweep(SweepFolder, SweepViews):
    """The folder of a sweep as tables; every look reads what is committed now.

    Tables carry units: ``attrs["units"]`` by column, ``attrs["columns"]`` with the meaning of statistics, and a column
    ``unit`` where it differs by row.
    """

    @staticmethod
    def load(folder: str | Path) -> "Sweep":
        """The sweep in a folder.

        Raises:
            BadInput: This is no sweep folder.
        """
        place = Path(folder).absolute()
        manifest(place)
        return Sweep(place)

    def _repr_html_(self) -> str:
        """A card for notebooks: name, runs by status, and what can be asked."""
        runs = self.runs
        counts = ", ".join(f"{count} {status}" for status, count in runs["status"].value_counts().items())
        declared = self.declared
        lines = [f"{len(runs)} runs: {counts}", f"factors: {', '.join(declared.factors)}"]
        lines.append(f"outcomes: {', '.join(declared.outcomes)}")
        lines.append(f"contrasts: {', '.join(contrast.name for contrast in declared.contrasts) or 'none declared'}")
        return card(f"Sweep {self.about.get('name', self.folder.name)}", lines)

    def contrasts(self) -> pd.DataFrame:
        """Every declared contrast, averaged over the other factors; Holm over the declared family."""
        design = self.declared
        return self._with_units(averages(self.runs, design.contrasts, design.factors, design.seed))

    def contrast(self, which: str | Contrast, at: str = AVERAGE) -> pd.DataFrame:
        """One contrast: its row of the declared family, or each setting of the other factors.

        Args:
            which: Name of a declared contrast; or one of yours, which is then a family of its own.
            at: ``average`` over the other factors, or ``each`` of their settings with Holm over these.

        Raises:
            BadInput: No such contrast, or as `sim.statistics.contrasts.averages`.
        """
        design, asked_contrast = self.declared, self._contrast(which)
        if at not in (AVERAGE, "each"):
            raise BadInput(f"at is {at!r}; allowed are {AVERAGE} and each")
        if at == AVERAGE and isinstance(which, str):
            all_contrasts = self.contrasts()
            return all_contrasts[all_contrasts["contrast"] == which].reset_index(drop=True)
        table = averages if at == AVERAGE else at_each_setting
        return self._with_units(table(self.runs, [asked_contrast], design.factors, design.seed))

    def pairing(self, *which: str | Contrast) -> pd.DataFrame:
        """Health report of the pairing of contrasts, all declared ones if none is named, at each setting."""
        design = self.declared
        family = [self._contrast(name) for name in which] or design.contrasts
        return self._with_units(pairing(self.runs, family, design.factors, read_months(self.folder)))

    def divergence(self, which: str | Contrast) -> pd.DataFrame:
        """First difference of the first whole pair of worlds of a contrast: month, phase, columns.

        Raises:
            BadInput: No such contrast or pair, or the folder was lived by other code.
        """
        return PairedWorlds(self.folder, self.declared).divergence(self.runs, self._contrast(which))

    def effects(self, *outcomes: str) -> pd.DataFrame:
        """Main effects and two-factor interactions of a factorial, of all outcomes if none is named."""
        return self._each(effects, outcomes)

    def sobol(self, *outcomes: str) -> pd.DataFrame:
        """Sobol indices of a Saltelli design; refuses runs that failed."""
        return self._each(sobol, outcomes)

    def morris(self, *outcomes: str) -> pd.DataFrame:
        """Elementary effects of a Morris design; refuses runs that failed."""
        return self._each(morris, outcomes)

    def contour(self, which: str | Contrast, across: str, up: str) -> Contour:
        """A contrast over the grid of two factors, and where it changes its sign.

        Raises:
            BadInput: As `sim.statistics.contour.contour`.
        """
        result = contour(self.runs, self._contrast(which), across, up, self.declared.seed)
        for table in result:
            table.attrs["units"] = {side: self.units.get(name, "") for side, name in (("across", across), ("up", up))}
        return result

    def zero_line(self, which: str | Contrast, across: str, up: str) -> pd.DataFrame:
        """Where a contrast changes its sign over two factors, with the 95 % interval of the crossing."""
        return self.contour(which, across, up).zero_line

    def bands(self, which: str | Contrast, measure: str, firm: str) -> pd.DataFrame:
        """Monthly curve of a contrast in a measure that is kept by month, with its simultaneous 95 % band."""
        asked_contrast = self._contrast(which)
        asked = Contrast(
            asked_contrast.factor,
            asked_contrast.one,
            asked_contrast.other,
            measure,
            asked_contrast.smallest,
            asked_contrast.direction,
            asked_contrast.name,
            asked_contrast.where,
        )
        result = bands(self.runs, read_months(self.folder), asked, self.declared.factors, firm, self.declared.seed)
        result.attrs["units"] = dict.fromkeys(result.columns.drop("month"), self.units.get(measure, ""))
        return result

    def shares(self, *which: str | Contrast) -> pd.DataFrame:
        """Share of sampled worlds in which contrasts, all crossed ones if none is named, are better, equivalent, worse.

        Raises:
            BadInput: As `sim.statistics.sampled_worlds.shares`.
        """
        return self._over_worlds(shares, which)

    def drivers(self, *which: str | Contrast) -> pd.DataFrame:
        """Rank correlation of the differences of contrasts with every sampled factor; otherwise as `shares`."""
        return self._over_worlds(drivers, which)

    def boxes(self, which: str | Contrast, above: float | None = None, below: float | None = None) -> pd.DataFrame:
        """Boxes of factors in which points have a mean outcome, or worlds a paired difference, beyond an amount: PRIM.

        Args:
            which: An outcome; or a contrast, declared or yours. A name that is both is the outcome.
            above: Values above this are of interest. [unit of the outcome]
            below: Values below this are. A contrast needs neither: then it is being better by more than its smallest
                effect of interest that counts.

        Raises:
            BadInput: Not exactly one bound, or as `sim.statistics.scenario_discovery.discover_boxes` or
                `sim.statistics.sampled_worlds.scenario_discovery`.
        """
        design, bounds = self.declared, [bound for bound in (above, below) if bound is not None]
        runs = whole_replicates(self.runs)
        if isinstance(which, Contrast) or which not in design.outcomes:
            if len(bounds) > 1:
                raise BadInput("boxes of a contrast take one bound at most, above or below")
            asked_contrast = self._contrast(which)
            return self._with_units(
                scenario_discovery(runs, asked_contrast, design.factors, design.crossed, above, below)
            )
        if len(bounds) != 1:
            raise BadInput("boxes of an outcome need one bound, above or below")
        beyond = np.greater if above is not None else np.less
        return self._with_units(discover_boxes(runs, design.factors, which, lambda means: beyond(means, bounds[0])))

    def analysis(self, observe: Observer | None = None) -> Analysis:
        """All that the design allows, and what had to be refused; partial sweeps by what is committed.

        Args:
            observe: Called with the name of each table before it is made.
        """
        return analyse_sweep(self.folder, self.runs, self.declared, self.units, observe)

    def _over_worlds(self, table: Callable[..., pd.DataFrame], which: tuple[str | Contrast, ...]) -> pd.DataFrame:
        design = self.declared
        family = [self._contrast(name) for name in which] or over_worlds(design)
        if not family:
            raise BadInput("no contrast was declared over a crossed factor; name one")
        return self._with_units(table(whole_replicates(self.runs), family, design.factors, design.crossed))

    def _each(self, indices: Indices, outcomes: tuple[str, ...]) -> pd.DataFrame:
        design, runs = self.declared, whole_replicates(self.runs)
        if len(outcomes) == 1:
            return self._with_units(indices(runs, tuple(design.factors), outcomes[0], design.seed))
        factors, named = tuple(design.factors), outcomes or design.outcomes
        return self._with_units(each_outcome(lambda name: indices(runs, factors, name, design.seed), named))

    def _contrast(self, which: str | Contrast) -> Contrast:
        if isinstance(which, Contrast):
            return which
        by_name = {candidate.name: candidate for candidate in self.declared.contrasts}
        if which not in by_name:
            names = ", ".join(by_name) or "none"
            raise BadInput(f"no contrast {which!r} was declared.{nearest(which, by_name)} There are: {names}")
        return by_name[which]
