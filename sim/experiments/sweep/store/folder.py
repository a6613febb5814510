"""The folder of a sweep: what it was declared to be, what is in it, and whether it may be gone on with."""

import itertools
import json
import platform
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.store.declaration import declare
from sim.experiments.sweep.store.keys import SCHEMA, model_hash, run_key, world_digest
from sim.experiments.sweep.store.one_run import Run
from sim.experiments.sweep.store.parts import MONTHLY, RUNS, WORKING, StoreLayout, kind_of, label_as
from sim.files.atomic_file import commit, commit_json, commit_text
from sim.parameters import BadInput

MANIFEST, DESIGN = "manifest.json", "design.parquet"
SLICE = 5_000  # runs written together
PACKAGES = ("mesa", "numpy", "numba", "pandas", "scipy", "pyarrow")


def layout_of(experiment: Experiment) -> StoreLayout:
    """Which columns the parts of an experiment have."""
    kinds = {factor.name: kind_of(factor) for factor in experiment.factors}
    return StoreLayout(kinds, experiment.outcomes, experiment.monthly, experiment.currency)


def runs_of(experiment: Experiment, replicates: range | None = None) -> Iterator[Run]:
    """All runs, replicate by replicate, so that what is there early is paired.

    Args:
        experiment: The experiment.
        replicates: Numbers of the replications; all of the experiment if left out.
    """
    code = model_hash()
    digests = [world_digest(experiment.scenario_of(point)) for point in experiment.points]
    for replicate in range(experiment.replications) if replicates is None else replicates:
        for point, digest in zip(experiment.points, digests, strict=True):
            seed = experiment.seed_of(point)
            key = run_key(digest, seed, replicate, code)
            yield Run(key, point.number, replicate, seed, point.labels, point.base, point.settings)


def identity(experiment: Experiment) -> dict[str, Any]:
    """What must stay the same for a folder to be gone on with; levels, replications and contrasts may change."""
    return {
        "name": experiment.name,
        "factors": [factor.name for factor in experiment.factors],
        "outcomes": [asdict(outcome) for outcome in experiment.outcomes],
        "monthly": list(experiment.monthly),
        "worlds": {name: world_digest(scenario) for name, scenario in experiment.bases.items()},
        "code": model_hash(),
        "schema": SCHEMA,
    }


def open_folder(folder: Path, experiment: Experiment, command: Sequence[str]) -> None:
    """Make the folder of a sweep, or check that it belongs to the same sweep.

    Raises:
        BadInput: The folder holds something else.
        OSError: The folder cannot be written.
    """
    if folder.is_dir() and any(folder.iterdir()):
        refuse_other(folder, experiment)
    for room in (RUNS, MONTHLY, WORKING):
        (folder / room).mkdir(parents=True, exist_ok=True)
    commit_text(folder / "dictionary.csv", _dictionary(experiment))
    if not (folder / MANIFEST).exists():
        commit_json(folder / MANIFEST, _manifest(experiment, command))
    declare(folder, experiment)


def refuse_other(folder: Path, experiment: Experiment) -> None:
    """Stop unless a folder belongs to this sweep.

    Raises:
        BadInput: It holds something else; says what differs and how to proceed.
    """
    stored, wanted = manifest(folder)["identity"], identity(experiment)
    same = all(stored["worlds"].get(name, digest) == digest for name, digest in wanted["worlds"].items())
    differing = [name for name in wanted if name != "worlds" and stored.get(name) != wanted[name]]
    differing += [] if same else ["worlds"]
    differing += [] if _kinds_of(folder) == dict(layout_of(experiment).factors) else ["kinds"]
    if differing:
        reasons = ", ".join(_SAYS[name] for name in differing)
        raise BadInput(
            f"{folder} holds a sweep with {reasons}; results would mix. Give another folder with --out, "
            f"or delete this one to begin again"
        )


_SAYS = {
    "name": "another name",
    "factors": "other factors",
    "outcomes": "other outcomes",
    "monthly": "other monthly measures",
    "worlds": "another base scenario",
    "code": "another version of the model's code",
    "schema": "another format",
    "kinds": "levels of another kind (texts, numbers or truth values)",
}


def _kinds_of(folder: Path) -> dict[str, str]:
    kinds: dict[str, str] = manifest(folder).get("layout", {}).get("factors", {})
    return kinds


def manifest(folder: Path) -> dict[str, Any]:
    """What a sweep folder says of itself.

    Raises:
        BadInput: This is no sweep folder.
    """
    try:
        record: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        record["identity"]["name"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(f"{folder} is no sweep folder (there is no {MANIFEST}); give another") from None
    return record


def _manifest(experiment: Experiment, command: Sequence[str]) -> dict[str, Any]:
    return {
        "identity": identity(experiment),
        "description": experiment.description,
        "seed": experiment.seed,
        "scenarios": {name: scenario.as_mapping() for name, scenario in experiment.bases.items()},
        "layout": {"factors": dict(layout_of(experiment).factors)},
        "versions": {name: version(name) for name in PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "host": socket.gethostname(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(command),
    }


def write_design(folder: Path, experiment: Experiment, runs: Sequence[Run]) -> None:
    """Write the address of every run; addresses missing from the table of runs are still to be run."""
    kinds = layout_of(experiment).factors
    settings = {point.number: json.dumps(point.settings) for point in experiment.points}
    slices = (runs[begin : begin + SLICE] for begin in range(0, len(runs), SLICE))
    tables = (_addresses(part, kinds, settings) for part in slices)

    def write(path: Path) -> None:
        first = next(tables)
        with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
            for table in itertools.chain([first], tables):
                writer.write_table(table)

    commit(folder / DESIGN, write)


def _addresses(runs: Sequence[Run], kinds: Mapping[str, str], settings: Mapping[int, str]) -> pa.Table:
    columns: dict[str, pa.Array] = {
        "key": pa.array([run.key for run in runs]),
        "point": pa.array([run.point for run in runs], pa.int64()),
        "replicate": pa.array([run.replicate for run in runs], pa.int64()),
        "seed": pa.array([run.seed for run in runs], pa.int64()),
    }
    for name, kind in kinds.items():
        columns[name] = pa.array([label_as(kind, run.labels[name]) for run in runs])
    columns["scenario_of_point"] = pa.array([run.base for run in runs])
    columns["settings_of_point"] = pa.array([settings[run.point] for run in runs])
    return pa.table(columns)


def _dictionary(experiment: Experiment) -> str:
    lines = ["name,kind,unit,meaning"]
    lines += [f'{factor.name},factor,{factor.unit},"{" ".join(factor.sets)}"' for factor in experiment.factors]
    for outcome in experiment.outcomes:
        when = f"months {outcome.first} to {outcome.last or 'the end'}"
        description = f"{outcome.aggregation} of {outcome.measure}, firm {outcome.firm}, {when}"
        lines.append(f'{outcome.name},outcome,{outcome.unit_in(experiment.currency)},"{description}"')
    return "\n".join(lines) + "\n"
