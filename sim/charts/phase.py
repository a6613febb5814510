"""Phase diagrams of a sweep: a contrast over two factors, cell by cell, with the fitted line of zero."""

from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.contrast_words import title_of_cells
from sim.charts.form import NothingToDraw
from sim.charts.numbers import SPACE, places, with_sign
from sim.charts.phase_chart import PhaseDiagram, phase_chart
from sim.charts.sweep_tables import OutcomeWords, SweepTables
from sim.charts.theme import GAIN, LOSS, Style, looks
from sim.charts.words import ChartWords, Finding, provenance
from sim.parameters import BadInput
from sim.statistics.declaration import Contrast

CLASS_SHARES = (
    0.12,
    0.4,
    0.75,
)  # of the largest difference: edges of the classes of colour, where no smallest effect is known


def draw_phase(tables: SweepTables, style: Style) -> list[Chart]:
    """One phase diagram for each contrast that has a grid of two further factors of numbers.

    Raises:
        NothingToDraw: No contrast has such a grid.
    """
    grids = [(contrast, grid) for contrast in tables.declared.contrasts if (grid := grid_of(tables, contrast))]
    if not grids:
        raise NothingToDraw(
            "No declared contrast has a grid of two further factors of numbers, so that there is no phase diagram."
        )
    return [
        _phase(tables, contrast, grid, style, "phase" if len(grids) == 1 else f"phase-{contrast.name}")
        for contrast, grid in grids
    ]


def grid_of(tables: SweepTables, contrast: Contrast) -> tuple[str, str] | None:
    """The two factors of numbers around a contrast; None if there are not exactly two with two levels or more."""
    design = tables.declared
    free = [name for name in design.factors if name != contrast.factor and name not in contrast.where]
    if design.kind != "full_factorial" or len(free) != 2:
        return None
    numbers = all(pd.api.types.is_numeric_dtype(tables.runs[name]) and tables.runs[name].nunique() > 1 for name in free)
    return (free[0], free[1]) if numbers else None


def _phase(tables: SweepTables, contrast: Contrast, grid: tuple[str, str], style: Style, name: str) -> Chart:
    x, y = grid
    outcome = tables.outcome(contrast.outcome)
    cells = tables.phase(x, y, contrast)
    surface, fit = _surface(tables, contrast, grid)
    scale = outcome.scale(cells["mean"], tables.currency)
    findings = [Finding(*row) for row in cells[["mean", "low", "high"]].to_numpy(float)]
    title = title_of_cells(findings, outcome, tables.sides(contrast), contrast.direction, "cells")
    ours, other = tables.sides(contrast)
    unresolved = 100.0 * sum(not finding.clear for finding in findings) / len(findings)
    key = f"{outcome.label}, {outcome.when}: {ours} minus {other} ({scale.gap_unit or outcome.unit})"
    base = tables.about.get("base", {})
    phase = PhaseDiagram(
        _scaled(cells, x, y, scale.factor), None if surface is None else _scaled(surface, x, y, scale.factor),
        _axis(tables, x), _axis(tables, y), key,
        (ours, other) if contrast.direction == "higher" else (other, ours), _colours(tables, contrast),
        _edges(contrast.smallest * scale.factor, cells["mean"] * scale.factor),
        (base[x], base[y]) if _inside(base, cells, grid) else None,
        f"{unresolved:.0f}{SPACE}% of the {len(cells)} cells are unresolved at {int(cells['pairs'].max())} pairs",
    )  # fmt: skip
    words = ChartWords(
        title, _subtitle(outcome, ours, other), _remarks(phase, fit), provenance(tables.about), _shape(phase)
    )
    return phase_chart(name, style, words, phase, tables.about)


def _surface(tables: SweepTables, contrast: Contrast, grid: tuple[str, str]) -> tuple[pd.DataFrame | None, str]:
    """The fitted surface and a sentence on it; none where the grid or the replicates are too few."""
    try:
        surface = tables.surface(*grid, contrast)
    except BadInput as trouble:
        return None, f"No line of zero is fitted: {trouble}."
    if not (surface.table["mean"].min() < 0.0 < surface.table["mean"].max()):
        return None, "No line of zero: the fitted surface has one sign all over the grid, or is zero."
    return surface.table, (
        f"Line of zero: polynomial of degree {surface.degree} through the cells (R² {surface.r_squared:.2f}), one "
        "fit a replicate; it borrows from neighbouring cells, so that its interval is narrower than the hatch."
    )


def _scaled(table: pd.DataFrame, x: str, y: str, factor: float) -> pd.DataFrame:
    numbers = {end: table[end] * factor for end in ("mean", "low", "high")}
    return pd.DataFrame({"x": table[x].astype(float), "y": table[y].astype(float)} | numbers)


def _axis(tables: SweepTables, factor: str) -> str:
    unit = tables.units.get(factor, "")
    return f"{tables.names.of(factor)} ({unit})" if unit and unit != "1" else tables.names.of(factor)


def _colours(tables: SweepTables, contrast: Contrast) -> tuple[str, str]:
    """Of policies their own; else gain and loss."""
    higher = contrast.direction == "higher"
    if isinstance(contrast.one, str) and contrast.factor in ("policy", "policies"):
        known = looks([contrast.one, str(contrast.other)])
        ours, theirs = known[contrast.one].colour, known[str(contrast.other)].colour
        return (ours, theirs) if higher else (theirs, ours)
    return (GAIN, LOSS) if higher else (LOSS, GAIN)


def _edges(smallest: float, means: pd.Series) -> tuple[float, ...]:
    """Limits of the classes: the smallest effect of interest first, where it is small beside the largest difference."""
    largest = float(means.abs().max())
    first = smallest if 0.0 < smallest < CLASS_SHARES[1] * largest else CLASS_SHARES[0] * largest
    rough = (first, *(share * largest for share in CLASS_SHARES[1:]))
    return tuple(float(f"{edge:.2g}") for edge in rough) if largest else (1.0, 2.0, 3.0)


def _inside(base: Any, cells: pd.DataFrame, grid: tuple[str, str]) -> bool:
    return all(name in base and cells[name].min() <= base[name] <= cells[name].max() for name in grid)


def _subtitle(outcome: OutcomeWords, ours: str, other: str) -> str:
    return (
        f"Each cell is one pair of assumptions; colour: mean paired difference in {outcome.noun}, {outcome.when}, "
        f"{ours} minus {other}; hatched: its 95{SPACE}% interval includes zero."
    )


def _remarks(phase: PhaseDiagram, fit: str) -> str:
    at_base = " The diamond is the base case." if phase.base else ""
    return f"{fit}{at_base} All other numbers at base values; nothing is claimed outside the range."


def _shape(phase: PhaseDiagram) -> str:
    means = phase.cells["mean"]
    digits = places(means)
    low, high = (with_sign(float(end), digits) for end in (means.min(), means.max()))
    size = f"{phase.cells['x'].nunique()} by {phase.cells['y'].nunique()}"
    line = f"; {at}" if (at := zero_in_words(phase)) else ""
    return (
        f"A grid of {size} cells, {phase.across} across and {phase.up} up; differences from {low} to {high}; "
        f"{phase.note}{line}"
    )


def zero_in_words(phase: PhaseDiagram) -> str:
    """Where the fitted surface is nearest to zero at the middle of the vertical axis; empty without a line of zero."""
    if phase.surface is None:
        return ""
    heights = phase.surface["y"].unique()
    middle = phase.surface[phase.surface["y"] == heights[len(heights) // 2]]
    if not middle["mean"].min() < 0.0 < middle["mean"].max():
        return ""
    nearest = middle.loc[middle["mean"].abs().idxmin()]
    return f"at {nearest['y']:.3g} up the line of zero lies at {nearest['x']:.3g} across"
