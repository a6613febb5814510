"""The whole analysis of a sweep: declared contrasts, their pairing, and what the kind of design allows."""

import pandas as pd

from sim.lab.statistics.columns import described
from sim.lab.statistics.contrasts import at_each_setting, averaged
from sim.lab.statistics.declared import Design
from sim.lab.statistics.effects import effects
from sim.lab.statistics.morris import morris
from sim.lab.statistics.pairing import pairing
from sim.lab.statistics.sobol import sobol

BY_KIND = {
    "saltelli": ("sobol", sobol),
    "morris": ("morris", morris),
    "factorial": ("effects", effects),
    "fractional": ("effects", effects),
}


def analysed(runs: pd.DataFrame, design: Design, monthly: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Tables of a sweep by name; ``attrs["columns"]`` of each tells what its columns mean.

    Args:
        runs: One row per run: ``key``, ``point``, ``replicate``, ``status``, factors and outcomes.
        design: What was declared.
        monthly: Monthly measures of the runs, for the first month in which paired worlds differ.

    Returns:
        With contrasts: ``contrasts`` (averaged over the other factors), ``contrasts_by_setting`` and ``pairing``;
        by kind of design, ``sobol``, ``morris`` or ``effects``.

    Raises:
        BadInput: Runs that a statistic needs are missing or failed, or the runs do not fit the design.
    """
    tables: dict[str, pd.DataFrame] = {}
    if design.contrasts:
        declared = (design.contrasts, design.factors)
        tables["contrasts"] = averaged(runs, *declared, design.seed)
        tables["contrasts_by_setting"] = at_each_setting(runs, *declared, design.seed)
        tables["pairing"] = pairing(runs, *declared, monthly)
    if design.kind in BY_KIND:
        name, analysis = BY_KIND[design.kind]
        parts = [analysis(runs, design.factors, outcome, design.seed) for outcome in design.outcomes]
        tables[name] = described(name, pd.concat(parts, ignore_index=True) if parts else [])
    return tables
