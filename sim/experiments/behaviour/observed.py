"""Patterns that were observed: read from a file that names them, or taken from a stored run."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.behaviour.patterns import Pattern, patterns_seen, runs_by_firm
from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.parameters.yaml_reader import read_yaml

MONTHLY_TABLE = "monthly.parquet"
FEWEST_OBSERVED = 2


def read_observed(path: Path, patterns: Sequence[Pattern]) -> dict[str, float]:
    """Observed patterns by name, in their units.

    Args:
        path: YAML or JSON file with a line ``pattern: value`` for each pattern that is known, or the folder of a run.
        patterns: Patterns that the market has.

    Raises:
        BadInput: No such file, an unknown pattern, a value that it cannot have, or fewer than two patterns.
    """
    values = _of_run(path, patterns) if path.is_dir() else _of_file(path, patterns)
    if len(values) < FEWEST_OBSERVED:
        raise BadInput(f"{path}: {len(values)} patterns are known; at least {FEWEST_OBSERVED} at once are needed")
    return values


def _of_run(folder: Path, patterns: Sequence[Pattern]) -> dict[str, float]:
    table = folder / MONTHLY_TABLE
    if not table.is_file():
        raise BadInput(f"{folder}: this folder holds no run (there is no {MONTHLY_TABLE})")
    months = pd.read_parquet(table).assign(run=0)
    seen = patterns_seen(patterns, runs_by_firm(patterns, months, "run")[0])
    return {name: value for name, value in seen.items() if math.isfinite(value)}


def _of_file(path: Path, patterns: Sequence[Pattern]) -> dict[str, float]:
    contents, lines = read_yaml(path)
    rows = {row.name: row for row in patterns}
    for name in contents:
        if name not in rows:
            known = ", ".join(rows)
            raise BadInput(f"{path}: {name!r} is no pattern of this market.{nearest(str(name), rows)} Known: {known}")
    return {str(name): _value(path, rows[name], value) for name, value in contents.items()}


def _value(path: Path, row: Pattern, value: Any) -> float:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    if not plain or not math.isfinite(value) or not row.scale.low <= value <= row.scale.high:
        bounds = f" between {row.scale.low:g} and {row.scale.high:g}" if math.isfinite(row.scale.low) else ""
        raise BadInput(f"{path}: {row.name} is {value!r} [{row.unit}]; a number{bounds} is needed")
    return float(value)
