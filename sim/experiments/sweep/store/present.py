"""Keeps the tables of a folder at the present design: its runs, rightly labelled, and no others."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments.sweep.design.factors import Label
from sim.experiments.sweep.store.cleaning import finished_runs, keep_only, parts, read_part
from sim.experiments.sweep.store.one_run import Run
from sim.experiments.sweep.store.parts import MONTHLY, RUNS, StoreLayout, label_as
from sim.files.atomic_file import commit

OTHER = "other"  # runs of earlier designs; they come back when a design has them again
Labels = Mapping[str, Label]


def labels_by_key(runs: Iterable[Run]) -> dict[str, list[Labels]]:
    """Labels of every point that has a run; points with the same world share one."""
    result: dict[str, list[Labels]] = {}
    for run in runs:
        result.setdefault(run.key, []).append(run.labels)
    return result


def keep_present(folder: Path, layout: StoreLayout, runs: Iterable[Run]) -> None:
    """Move runs of other designs to `OTHER`, bring back those that this design has, and label all as it does.

    A process that is killed in between leaves every run in at least one of both places; the next call goes on.

    Args:
        folder: Folder of the sweep, held by this process.
        layout: Columns of its parts.
        runs: All runs of the present design.

    Raises:
        OSError: The folder cannot be written.
    """
    wanted = labels_by_key(runs)
    for room in (RUNS, MONTHLY):
        (folder / OTHER / room).mkdir(parents=True, exist_ok=True)
    for path in parts(folder, RUNS):
        _sort_out(folder, path.name, layout, wanted)
    for path in parts(folder / OTHER, RUNS):
        _bring_back(folder, path.name, layout, wanted)


def _sort_out(folder: Path, name: str, layout: StoreLayout, wanted: Mapping[str, list[Labels]]) -> None:
    table = read_part(folder / RUNS / name)
    keys = set(table["key"].to_pylist())
    gone = keys - wanted.keys()
    if gone:
        _copy(folder, folder / OTHER, name, gone)
        keep_only(folder, name, keys - gone)
    if keys - gone:
        kept = _with_labels(read_part(folder / RUNS / name) if gone else table, layout, wanted)
        if gone or not kept.equals(table):
            _write(kept, folder / RUNS / name)


def _bring_back(folder: Path, name: str, layout: StoreLayout, wanted: Mapping[str, list[Labels]]) -> None:
    keys = set(read_part(folder / OTHER / RUNS / name, columns=["key"])["key"].to_pylist())
    there = finished_runs(folder)
    missing = {key for key in keys & wanted.keys() if key not in there}
    if missing:
        back = _copy(folder / OTHER, folder, name, missing)
        _write(_with_labels(read_part(folder / RUNS / back), layout, wanted), folder / RUNS / back)
    if keys & (wanted.keys() | there.keys()):
        keep_only(folder / OTHER, name, keys - wanted.keys() - there.keys())


def _copy(source: Path, target: Path, name: str, keys: Collection[str]) -> str:
    """Copy some runs of a part, months first; the name of the copy follows from the runs."""
    copy = f"part-{hashlib.blake2b(''.join(sorted(keys)).encode(), digest_size=12).hexdigest()}.parquet"
    for room in (MONTHLY, RUNS):
        if (source / room / name).exists():
            table = read_part(source / room / name)
            _write(table.filter(pa.array([key in keys for key in table["key"].to_pylist()])), target / room / copy)
    return copy


def _with_labels(table: pa.Table, layout: StoreLayout, wanted: Mapping[str, list[Labels]]) -> pa.Table:
    """One row for every point of the present design that has a run of the table."""
    first: dict[str, dict[str, Any]] = {}
    for row in table.to_pylist():
        first.setdefault(row["key"], row)
    rows = [
        row | {name: label_as(kind, labels[name]) for name, kind in layout.factors.items()}
        for key, row in first.items()
        for labels in wanted[key]
    ]
    return pa.Table.from_pylist(rows, schema=table.schema)


def _write(table: pa.Table, path: Path) -> None:
    commit(path, partial(pq.write_table, table, compression="zstd"))
