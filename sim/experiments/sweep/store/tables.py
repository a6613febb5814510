"""Tables of a sweep folder as committed now; readable while the sweep runs."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.experiments.sweep.store.cleaning import parts, read_part
from sim.experiments.sweep.store.declaration import declaration
from sim.experiments.sweep.store.folder import DESIGN, manifest
from sim.experiments.sweep.store.parts import MONTHLY, POLICY, RUNS
from sim.parameters import BadInput

HIDDEN = ("scenario_of_point", "settings_of_point")
ABOUT = ("error", "command", "seconds", "host")


def read_design(folder: Path) -> pd.DataFrame:
    """Address of every run: key, point, replicate, seed, factors; and scenario and settings of its point.

    Raises:
        BadInput: The sweep has only just begun.
    """
    try:
        return pq.read_table(folder / DESIGN).to_pandas()
    except FileNotFoundError:
        raise BadInput(f"{folder}: the sweep has only just begun; ask again in a moment") from None


def read_runs(folder: Path) -> pd.DataFrame:
    """What is recorded of runs: key, status, outcomes, and what went wrong."""
    outcomes = outcomes_of(folder)
    table = _read(folder, RUNS)
    table = table.drop_duplicates("key", ignore_index=True) if table is not None else None
    columns = ["key", "status", *outcomes, *ABOUT]
    return table if table is not None else _empty({name: float if name in outcomes else str for name in columns})


def read_months(folder: Path) -> pd.DataFrame:
    """What is kept of months: key, month, firm, its policy, measures."""
    table = _read(folder, MONTHLY)
    return table if table is not None else _empty({"key": str, "month": int, "firm": str, POLICY: str})


def outcomes_of(folder: Path) -> list[str]:
    """Names of the outcomes."""
    return [entry["name"] for entry in manifest(folder)["identity"]["outcomes"]]


def units_of(folder: Path) -> dict[str, str]:
    """Unit of every factor, outcome and monthly measure that has one, by column."""
    record = declaration(folder)
    units = {name: entry["unit"] for name, entry in record["factors"].items() if entry["unit"]} | record["units"]
    for room in (MONTHLY, RUNS):
        for path in parts(folder, room)[:1]:
            schema = pq.read_schema(path)
            units |= {f.name: f.metadata[b"unit"].decode() for f in schema if f.metadata and b"unit" in f.metadata}
    return units


def _read(folder: Path, room: str) -> pd.DataFrame | None:
    """A table from its parts; a run that two workers committed counts once. None when there is no part."""
    tables, seen = [], set[str]()
    for path in parts(folder, room):
        try:
            table = read_part(path)
        except FileNotFoundError:  # removed by a sweep that begins at this moment
            continue
        keys = set(pc.unique(table["key"]).to_pylist())
        if keys & seen:
            table = table.filter(pc.is_in(table["key"], pa.array(sorted(keys - seen), pa.string())))
        seen |= keys
        tables.append(table)
    return pa.concat_tables(tables).to_pandas() if tables else None


def _empty(kinds: dict[str, type]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
