"""Views of a sweep for pictures and papers: cells over two factors, lines over one, the fan of a monthly measure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import pandas as pd

from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.statistics.cells import cell_means, contrast_values, end_differences, outcome_values, spread_by_month
from sim.statistics.declaration import Contrast, Declared
from sim.statistics.surface import FittedSurface, fit_surface
from sim.statistics.tidy_table import TidyTable


class SweepSource(Protocol):
    """What views need of a sweep."""

    @property
    def runs(self) -> pd.DataFrame:
        """One row a run: key, point, replicate, status, factors, outcomes."""

    @property
    def monthly(self) -> pd.DataFrame:
        """One row a run, month and firm, with factors and measures."""

    @property
    def declared(self) -> Declared:
        """Factors, outcomes and contrasts."""

    @property
    def units(self) -> dict[str, str]:
        """Unit by column."""


class SweepViews:
    """Tidy tables of a sweep: one column a factor, one row a cell."""

    def phase(self: SweepSource, x: str, y: str, which: str | Contrast) -> TidyTable:
        """An outcome or a contrast over two factors: x, y, mean, low, high, pairs, sign.

        Args:
            x: Factor across.
            y: Factor up.
            which: An outcome, the name of a declared contrast, or a contrast of yours. A name that is both is the
                outcome. Over all other factors it is averaged within each replicate.

        Raises:
            BadInput: No such factor, outcome or contrast.
        """
        return _cells(self, [x, y], which)

    def line(self: SweepSource, x: str, which: str | Contrast, by: str = "") -> TidyTable:
        """An outcome or a contrast over one factor, for each level of another if one is named; otherwise as `phase`."""
        return _cells(self, [*([by] if by else []), x], which)

    def fan(self: SweepSource, measure: str, by: str = "", firm: str = "") -> TidyTable:
        """Spread over runs of a monthly measure, for each level of a factor if one is named.

        Args:
            measure: A measure that the sweep keeps by month.
            by: Factor of the lines.
            firm: Whose measure; the first firm of the tables if left out.

        Raises:
            BadInput: The sweep does not keep the measure, or has no such firm.
        """
        months = self.monthly
        if measure not in months:
            kept = [str(name) for name in months.columns if name in self.units]
            raise BadInput(f"the sweep does not keep {measure!r} by month.{nearest(measure, kept)} Add it to `monthly`")
        firms = [str(name) for name in months["firm"].unique()]
        if firm and firm not in firms:
            raise BadInput(f"there is no firm {firm!r}.{nearest(firm, firms)} There are: {', '.join(firms)}")
        own = months[months["firm"] == (firm or firms[0])]
        return _tidy(
            spread_by_month(own, [by] if by else [], measure), dict.fromkeys(_SPREAD, self.units.get(measure, ""))
        )

    def ends(self: SweepSource, x: str, which: str | Contrast, by: str = "") -> TidyTable:
        """The paired difference from the lowest to the highest level of a factor; otherwise as `line`."""
        values, label, outcome = _values(self, which)
        _refuse_unknown(self, [x])
        return _table(self, end_differences(values, x), [by] if by else [], f"{label}: ends of {x}", outcome)

    def last_gap(self: SweepSource, measure: str, contrast: Contrast, firm: str = "") -> TidyTable:
        """The paired difference of a contrast in a monthly measure, in the last month."""
        months = self.monthly
        last = months[(months["month"] == months["month"].max()) & (months["firm"] == (firm or months["firm"].iloc[0]))]
        runs = self.runs.merge(last[["point", "replicate", measure]], on=["point", "replicate"], how="left")
        asked = replace(contrast, outcome=measure)
        values = contrast_values(runs, asked, self.declared.factors)
        return _table(self, values, [], f"{asked.label}, last month", measure)

    def surface(self: SweepSource, x: str, y: str, which: str | Contrast) -> FittedSurface:
        """A smooth surface through the cells of `phase`, with its interval.

        Raises:
            BadInput: As `phase` and `sim.statistics.surface.fit_surface`.
        """
        return fit_surface(_values(self, which)[0], x, y)


_SPREAD = ("q05", "q25", "median", "q75", "q95")


def _tidy(table: pd.DataFrame, units: dict[str, str]) -> TidyTable:
    tidy = TidyTable(table)
    tidy.attrs = table.attrs | {"units": {name: unit for name, unit in units.items() if unit}}
    return tidy


def _cells(sweep: SweepSource, by: Sequence[str], which: str | Contrast) -> TidyTable:
    values, label, outcome = _values(sweep, which)
    return _table(sweep, values, by, label, outcome)


def _table(sweep: SweepSource, values: pd.Series, by: Sequence[str], label: str, outcome: str) -> TidyTable:
    units = {name: sweep.units.get(name, "") for name in by}
    table = cell_means(values, by, sweep.declared.seed, label)
    return _tidy(table, units | dict.fromkeys(("mean", "low", "high"), sweep.units.get(outcome, "")))


def _refuse_unknown(sweep: SweepSource, names: Sequence[str]) -> None:
    for name in names:
        if name not in sweep.declared.factors:
            there = ", ".join(sweep.declared.factors)
            raise BadInput(
                f"{name!r} is no factor of this sweep.{nearest(name, sweep.declared.factors)} There are: {there}"
            )


def _values(sweep: SweepSource, which: str | Contrast) -> tuple[pd.Series, str, str]:
    """Values by setting and replicate, what they are, and the outcome behind them."""
    declared = sweep.declared
    by_name = {contrast.name: contrast for contrast in declared.contrasts}
    if isinstance(which, str) and which in declared.outcomes:
        return outcome_values(sweep.runs, declared.factors, which), which, which
    contrast = which if isinstance(which, Contrast) else by_name.get(which)
    if contrast is None:
        known = [*by_name, *declared.outcomes]
        there = f"There are: {', '.join(known)}"
        raise BadInput(f"{which!r} is no contrast and no outcome.{nearest(str(which), known)} {there}")
    return contrast_values(sweep.runs, contrast, declared.factors), contrast.label, contrast.outcome
