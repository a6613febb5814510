"""The tables of a sweep as CSV files that spreadsheets open."""

from functools import partial
from pathlib import Path

from sim.experiments.sweep.result import Sweep
from sim.files.atomic_file import commit


def export_csv(sweep: Sweep, folder: Path) -> list[Path]:
    """Write runs, months and failures as CSV; numbers with all their digits, so that they read back the same.

    Raises:
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in ("runs", "monthly", "failures"):
        table = getattr(sweep, name)
        path = folder / f"{name}.csv"
        commit(path, partial(table.to_csv, index=False, lineterminator="\n"))
        files.append(path)
    return files
