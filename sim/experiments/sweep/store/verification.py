"""Stored runs repeated: the results must be bit-identical."""

import json
import random
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq

from sim.experiments.sweep.design.outcomes import MeasureColumns, Outcome
from sim.experiments.sweep.store.cleaning import parts, read_part
from sim.experiments.sweep.store.folder import DESIGN, manifest
from sim.experiments.sweep.store.keys import model_hash, run_key, world_digest
from sim.experiments.sweep.store.one_run import Run, simulate_run
from sim.experiments.sweep.store.parts import MONTHLY, OK, RENAMED_COLUMNS, RUNS
from sim.parameters import BadInput, Scenario
from sim.parameters.checking import count_argument, nearest
from sim.policies.sources import code_digests


class Verified(NamedTuple):
    """One stored run, repeated.

    Args:
        key: Its key.
        status: Its stored status.
        differing: Columns that differ; empty when every bit is the same.
    """

    key: str
    status: str
    differing: tuple[str, ...]


def verify(folder: Path, sample: int, seed: int = 0) -> list[Verified]:
    """Live some stored runs again and compare bits.

    Args:
        folder: A sweep folder.
        sample: How many runs to draw from those that are ok; all when there are fewer.
        seed: Seed of the drawing.

    Raises:
        BadInput: No sweep folder, another version of the model's code, or no run to verify.
    """
    refuse_other_code(folder)
    sample, seed = count_argument(sample, "sample"), count_argument(seed, "seed")
    good = sorted(key for key, row in stored_runs(folder).items() if row["status"] == OK)
    if not good or sample < 1:
        raise BadInput(f"{folder}: {len(good)} runs are stored and {sample} are asked for; there is nothing to verify")
    return [again(folder, key) for key in random.Random(seed).sample(good, min(sample, len(good)))]


def again(folder: Path, key: str) -> Verified:
    """Repeat one run; a run that failed fails again with its exception.

    Raises:
        BadInput: No such run.
    """
    run, scenario, row = find_run(folder, key)
    _refuse_other_policies(folder, run, scenario)
    columns = simulate_run(run, scenario)
    outcomes = [Outcome(**outcome) for outcome in manifest(folder)["identity"]["outcomes"]]
    differing = [
        outcome.name for outcome in outcomes if row and not same(outcome.of(columns, scenario), row[outcome.name])
    ]
    differing += _months_differing(folder, key, columns) if row and row["status"] == OK else []
    return Verified(key, row["status"] if row else "waiting", tuple(differing))


def find_run(folder: Path, key: str) -> tuple[Run, Scenario, dict[str, Any]]:
    """A run of the design with its world, and its stored row, empty when there is none.

    Raises:
        BadInput: No such run in the design.
    """
    design = pq.read_table(folder / DESIGN, filters=[("key", "==", key)]).to_pylist()
    if not design:
        keys = pq.read_table(folder / DESIGN, columns=["key"])["key"].to_pylist()
        raise BadInput(f"{folder}: no run of the design has the key {key}.{nearest(key, keys)}")
    place, about = design[0], manifest(folder)
    base, settings = place["scenario_of_point"], json.loads(place["settings_of_point"])
    labels = {name: place[name] for name in about["layout"]["factors"]}
    run = Run(key, place["point"], place["replicate"], place["seed"], labels, base, settings)
    scenario = Scenario.from_mapping(about["scenarios"][base], str(folder)).with_settings(settings)
    return run, scenario, stored_runs(folder).get(key, {})


def stored_runs(folder: Path) -> dict[str, dict[str, Any]]:
    """Every recorded run by key."""
    rows = (row for path in parts(folder, RUNS) for row in read_part(path).to_pylist())
    return {row["key"]: row for row in rows}


def refuse_other_code(folder: Path) -> None:
    """Stop if the runs of a folder were made by other code.

    Raises:
        BadInput: The code differs, or this is no sweep folder.
    """
    stored = manifest(folder)["identity"]["code"]
    if stored != model_hash():
        raise BadInput(f"{folder} was run by model code {stored}; this is {model_hash()}: go back to that version")


def _refuse_other_policies(folder: Path, run: Run, scenario: Scenario) -> None:
    if run_key(world_digest(scenario), run.seed, run.replicate, model_hash()) != run.key:
        changed = ", ".join(code_digests(scenario)) or "its scenario"
        raise BadInput(f"{folder}: run {run.key} was run by other code of {changed}; bring that code back to verify it")


def same(value: float, other: float | None) -> bool:
    """Whether two numbers have the same bits; NaN equals NaN."""
    return other is not None and np.float64(value).tobytes() == np.float64(other).tobytes()


def _months_differing(folder: Path, key: str, columns: MeasureColumns) -> list[str]:
    paths = parts(folder, MONTHLY)
    table = pq.read_table(paths, filters=[("key", "==", key)]) if paths else None
    if table is None:
        return []
    names = [name for name in table.column_names if name != "key"]
    return [
        f"monthly {name}"
        for name in names
        if table[name].to_pylist() != _plain(columns[RENAMED_COLUMNS.get(name, name)])
    ]


def _plain(column: Any) -> list[Any]:
    values: list[Any] = column.tolist()
    return values
