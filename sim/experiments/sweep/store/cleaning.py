"""What is committed in a sweep folder, and cleaning it of what a killed sweep left."""

from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments.sweep.store.parts import MONTHLY, OK, RUNS, WORKING
from sim.files.atomic_file import UNFINISHED, commit
from sim.parameters import BadInput


def parts(folder: Path, subfolder: str) -> list[Path]:
    """Whole parts of a table, by name."""
    return sorted((folder / subfolder).glob("*.parquet"))


def read_part(path: Path, columns: list[str] | None = None) -> pa.Table:
    """A part as stored on disk.

    Raises:
        BadInput: It is damaged; says how to go on.
        FileNotFoundError: It was removed at this moment.
    """
    try:
        return pq.read_table(path, columns=columns)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as trouble:
        message = str(trouble).split("\n", maxsplit=1)[0]
        raise BadInput(f"{path} is damaged ({message}); delete it, and the same sweep repeats its runs") from None


def finished_runs(folder: Path) -> dict[str, str]:
    """Status of every run that is recorded, by key."""
    result: dict[str, str] = {}
    for path in parts(folder, RUNS):
        table = read_part(path, columns=["key", "status"])
        result |= dict(zip(table["key"].to_pylist(), table["status"].to_pylist(), strict=True))
    return result


def tidy(folder: Path) -> None:
    """Remove remains of a killed sweep: unfinished files, marks of work, months without runs, duplicate runs."""
    for subfolder in (RUNS, MONTHLY, "."):
        for path in (folder / subfolder).glob(f"*{UNFINISHED}"):
            path.unlink(missing_ok=True)
    for path in (folder / WORKING).glob("*.*"):
        path.unlink(missing_ok=True)
    whole = {path.name for path in parts(folder, RUNS)}
    for path in parts(folder, MONTHLY):
        if path.name not in whole:
            path.unlink()
    _once(folder)


def _once(folder: Path) -> None:
    """Keep one record of a run that two workers committed, the first by name of its part."""
    earlier: set[str] = set()
    for path in parts(folder, RUNS):
        keys = read_part(path, columns=["key"])["key"].to_pylist()
        if earlier & set(keys):
            keep_only(folder, path.name, set(keys) - earlier)
        earlier |= set(keys)


def keep_only(folder: Path, name: str, keys: set[str]) -> None:
    """Write a part again with some of its runs, or remove it when none is left; months last, for they are the fewer."""
    for subfolder in (RUNS, MONTHLY):
        path = folder / subfolder / name
        if not path.exists():
            continue
        table = read_part(path)
        remaining = table.filter(pa.array([key in keys for key in table["key"].to_pylist()]))
        if len(remaining):
            commit(path, partial(pq.write_table, remaining, compression="zstd"))
        else:
            path.unlink()


def forget_failures(folder: Path) -> None:
    """Forget the runs that failed, so that they are repeated."""
    for path in parts(folder, RUNS):
        table = read_part(path, columns=["key", "status"]).to_pylist()
        good = {row["key"] for row in table if row["status"] == OK}
        if len(good) < len(table):
            keep_only(folder, path.name, good)
