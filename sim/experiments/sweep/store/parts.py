"""Parts: what one chunk of runs leaves behind, one table of runs and one of months, with units in the metadata."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments.sweep.design.factors import Factor
from sim.experiments.sweep.design.outcomes import EUR, NUMBERS, MeasureColumns, Outcome
from sim.experiments.sweep.store.one_run import Run
from sim.files.atomic_file import commit

RUNS, MONTHLY, WORKING = "runs", "monthly", "working"
POLICY = "policy_of_firm"  # a factor may be called policy
RENAMED_COLUMNS = {POLICY: "policy"}  # columns of the store that have another name in a run
OK, FAILED, CRASHED, HUNG = "ok", "failed", "crashed", "hung"
_ADDRESS = (("key", pa.string()), ("replicate", pa.int64()), ("seed", pa.int64()), ("status", pa.string()))
_ABOUT = (("error", pa.string()), ("command", pa.string()), ("seconds", pa.float64()), ("host", pa.string()))
_UNITS = {"seconds": "s"}


@dataclass(frozen=True)
class Recorded:
    """A run that is done or that failed.

    Args:
        run: The run.
        status: `OK`, `FAILED`, `CRASHED` or `HUNG`.
        outcomes: Its numbers by name; empty when it failed.
        months: Its monthly columns that are kept; empty when it failed.
        error: What went wrong.
        seconds: How long it took. [s]
    """

    run: Run
    status: str
    outcomes: Mapping[str, float]
    months: MeasureColumns
    error: str
    seconds: float


@dataclass(frozen=True)
class StoreLayout:
    """Which columns the parts of a sweep have.

    Args:
        factors: Factors by name, with the kind of their labels: `text`, `number` or `flag`.
        outcomes: Outcomes.
        monthly: Measures kept by month.
        currency: Currency of the worlds.
    """

    factors: Mapping[str, str]
    outcomes: tuple[Outcome, ...]
    monthly: tuple[str, ...]
    currency: str = EUR

    @property
    def runs(self) -> pa.Schema:
        """Columns of the table of runs."""
        units = {outcome.name: outcome.unit_in(self.currency) for outcome in self.outcomes}
        numbers = [pa.field(name, pa.float64(), metadata={"unit": unit}) for name, unit in units.items()]
        levels = [pa.field(name, _TYPES[kind]) for name, kind in self.factors.items()]
        return pa.schema([*map(_field, _ADDRESS), *levels, *numbers, *map(_field, _ABOUT)])

    @property
    def months(self) -> pa.Schema:
        """Columns of the table of months."""
        fixed = (("key", pa.string()), ("month", pa.int64()), ("firm", pa.string()), (POLICY, pa.string()))
        units = {name: NUMBERS[name].replace(EUR, self.currency) for name in self.monthly}
        kept = [pa.field(name, pa.float64(), metadata={"unit": unit}) for name, unit in units.items()]
        return pa.schema([*map(_field, fixed), *kept])


_TYPES = {"text": pa.string(), "number": pa.float64(), "flag": pa.bool_()}


def kind_of(factor: Factor) -> str:
    """Kind of a factor's labels: ``text``, ``number`` or ``flag``."""
    kinds = {type(level.label) for level in factor.levels}
    if factor.is_range or kinds <= {int, float}:
        return "number"
    return "flag" if kinds == {bool} else "text"


def label_as(kind: str, label: Any) -> Any:
    """A label in the type of its column.

    >>> label_as("number", 3), label_as("text", 0.5)
    (3.0, '0.5')
    """
    return {"text": str, "number": float, "flag": bool}[kind](label)


def write_part(folder: Path, name: str, layout: StoreLayout, done: Sequence[Recorded], host: str) -> None:
    """Commit a chunk: months first, so that a run that is there has its months.

    Raises:
        OSError: The folder cannot be written; nothing of the chunk counts as lived.
    """
    save = partial(pq.write_table, compression="zstd")
    kept = [run for run in done if run.status == OK and layout.monthly]
    if kept:
        commit(folder / MONTHLY / f"{name}.parquet", partial(save, _months_table(layout, kept)))
    commit(folder / RUNS / f"{name}.parquet", partial(save, _runs_table(folder, layout, done, host)))


def _runs_table(folder: Path, layout: StoreLayout, done: Sequence[Recorded], host: str) -> pa.Table:
    rows = [row for run in done for row in _rows(folder, layout, run, host)]
    return pa.Table.from_pylist(rows, schema=layout.runs)


def _rows(folder: Path, layout: StoreLayout, run: Recorded, host: str) -> Iterator[dict[str, Any]]:
    """A row for each point that the run serves."""
    row = {"key": run.run.key, "replicate": run.run.replicate, "seed": run.run.seed, "status": run.status}
    about = {"error": run.error, "command": "", "seconds": run.seconds, "host": host}
    if run.status != OK:
        about["command"] = shlex.join(["sim", "verify", str(folder), "--run", run.run.key])
    for labels in (run.run.labels, *run.run.twins):
        named = {name: label_as(kind, labels[name]) for name, kind in layout.factors.items()}
        yield row | named | dict(run.outcomes) | about


def _months_table(layout: StoreLayout, kept: Sequence[Recorded]) -> pa.Table:
    lengths = [len(run.months["month"]) for run in kept]
    keys = pa.array(np.repeat(np.array([run.run.key for run in kept], dtype=object), lengths), pa.string())
    columns = [keys, *(_column(kept, field) for field in layout.months if field.name != "key")]
    return pa.Table.from_arrays(columns, schema=layout.months)


def _column(kept: Sequence[Recorded], field: pa.Field) -> pa.Array:
    name = RENAMED_COLUMNS.get(field.name, field.name)
    return pa.array(np.concatenate([run.months[name] for run in kept]), field.type)


def _field(named: tuple[str, pa.DataType]) -> pa.Field:
    name, kind = named
    return pa.field(name, kind, metadata={"unit": _UNITS[name]} if name in _UNITS else None)
