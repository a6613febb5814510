"""Which tables a design allows: declared contrasts, their pairing, zero lines, and what its kind has of its own."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pandas as pd

from sim.parameters import BadInput
from sim.statistics.cells import grids
from sim.statistics.columns import COLUMNS, describe_table
from sim.statistics.contour import contour
from sim.statistics.contrasts import at_each_setting, averages, within
from sim.statistics.declaration import Contrast, Design
from sim.statistics.effects import effects
from sim.statistics.extras import there, way_out
from sim.statistics.morris import morris
from sim.statistics.pairing import pairing
from sim.statistics.responses import whole_replicates
from sim.statistics.sampled_worlds import drivers, every_box, shares
from sim.statistics.sobol import sobol

FEWEST_LEVELS = 3  # of each factor of a grid
LIBRARY_OF_BOXES = "ema_workbench"
NO_BOXES = f"boxes of worlds in which a contrast is better need the EMA workbench: {way_out('discovery')}"
BY_KIND = {
    "saltelli": ("sobol", sobol),
    "morris": ("morris", morris),
    "full_factorial": ("effects", effects),
    "fractional_factorial": ("effects", effects),
}
MakeTable = Callable[[], pd.DataFrame]


def analyse(runs: pd.DataFrame, design: Design, monthly: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Tables of a sweep by name; ``attrs["columns"]`` of each describes its columns.

    Args:
        runs: One row per run: ``key``, ``point``, ``replicate``, ``status``, factors and outcomes.
        design: What was declared.
        monthly: Monthly measures of the runs, for the first month in which paired worlds differ.

    Returns:
        With contrasts: ``grids`` of signs where two factors vary around one,
        ``contrasts`` (averaged over the other factors), ``contrasts_by_setting``, ``pairing``, and
        ``zero_lines`` over a grid of two factors; where sampled worlds are crossed, ``shares``, ``drivers``, and
        ``boxes`` if the EMA workbench is installed; by kind of design, ``sobol``, ``morris`` or ``effects``.

    Raises:
        BadInput: Runs that a statistic needs are missing or failed, or the runs do not fit the design.
    """
    return {name: table() for name, table in analyses(runs, design, monthly)}


def analyses(runs: pd.DataFrame, design: Design, monthly: pd.DataFrame | None) -> Iterator[tuple[str, MakeTable]]:
    """Name and maker of each table that a design allows; arguments and errors as `analyse`."""
    if design.contrasts:
        declared = (runs, design.contrasts, design.factors)
        if _has_grid(design):
            yield "grids", partial(grids, *declared, design.seed)
        yield "contrasts", partial(averages, *declared, design.seed)
        yield "contrasts_by_setting", partial(at_each_setting, *declared, design.seed)
        yield "pairing", partial(pairing, *declared, monthly)
    yield from _in_sampled_worlds(runs, design)
    numbered = [(contrast, grid) for contrast in design.contrasts if (grid := grid_of(runs, contrast, design))]
    if numbered:
        yield "zero_lines", partial(_zero_lines, runs, numbered, design.seed)
    if design.kind in BY_KIND and design.outcomes:
        name, analysis = BY_KIND[design.kind]
        yield name, partial(_each, name, analysis, runs, design)


def _has_grid(design: Design) -> bool:
    """Whether around some contrast exactly two factors vary, and all their levels meet."""
    around = [len(design.factors) - 1 - len(contrast.where) for contrast in design.contrasts]
    return design.kind == "full_factorial" and 2 in around


def over_worlds(design: Design) -> list[Contrast]:
    """Contrasts whose levels meet in every sampled world."""
    return [contrast for contrast in design.contrasts if contrast.factor in design.crossed]


def _in_sampled_worlds(runs: pd.DataFrame, design: Design) -> Iterator[tuple[str, MakeTable]]:
    family = over_worlds(design)
    tables = {"shares": shares, "drivers": drivers} | ({"boxes": every_box} if there(LIBRARY_OF_BOXES) else {})
    for name, table in tables.items() if family else ():
        yield name, partial(_of_whole, table, runs, family, design)


def _of_whole(
    table: Callable[..., pd.DataFrame], runs: pd.DataFrame, family: list[Contrast], design: Design
) -> pd.DataFrame:
    return table(whole_replicates(runs), family, design.factors, design.crossed)


def grid_of(runs: pd.DataFrame, contrast: Contrast, design: Design) -> tuple[str, str] | None:
    """The two factors of a full factorial that span a grid around a contrast; None if it has no such grid."""
    if design.kind != "full_factorial":
        return None
    free = [name for name in design.factors if name != contrast.factor and name not in contrast.where]
    here = within(runs, contrast)
    numbers = [pd.api.types.is_numeric_dtype(here[name]) for name in free]
    if len(free) != 2 or not all(numbers) or min(here[name].nunique() for name in free) < FEWEST_LEVELS:
        return None
    return free[0], free[1]


def _zero_lines(runs: pd.DataFrame, grids: list[tuple[Contrast, tuple[str, str]]], seed: int) -> pd.DataFrame:
    parts = []
    for contrast, (across, up) in grids:
        zero_lines = contour(runs, contrast, across, up, seed).zero_line
        parts.append(zero_lines.assign(contrast=contrast.name, across_factor=across, up_factor=up))
    return describe_table("zero_lines", pd.concat(parts, ignore_index=True)[list(COLUMNS["zero_lines"])])


def _each(name: str, analysis: Callable[..., pd.DataFrame], runs: pd.DataFrame, design: Design) -> pd.DataFrame:
    whole = whole_replicates(runs)
    return describe_table(
        name, each_outcome(lambda contrast: analysis(whole, design.factors, contrast, design.seed), design.outcomes)
    )


def each_outcome(analysis: Callable[[str], pd.DataFrame], outcomes: Sequence[str]) -> pd.DataFrame:
    """One table of all outcomes, each analysed alone; ``attrs["left_out"]`` has the reason for each omitted outcome.

    Raises:
        BadInput: No outcome can be analysed.
    """
    parts, left_out = list[pd.DataFrame](), dict[str, str]()
    for outcome in outcomes:
        try:
            parts.append(analysis(outcome))
        except BadInput as trouble:
            left_out[outcome] = str(trouble)
    if not parts:
        raise BadInput("; ".join(dict.fromkeys(left_out.values())))
    table = pd.concat(parts, ignore_index=True)
    table.attrs = parts[0].attrs | {"left_out": left_out}
    return table
