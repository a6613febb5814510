"""Folders of results: which kind it is by its mark, and its tables, whole and unchanged."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from sim.charts.form import CLAIMS, COMPARISON, EVIDENCE, RUN, STUDY, SWEEP
from sim.charts.names import NONE
from sim.charts.run_tables import run_tables
from sim.experiments.comparison_result import Comparison
from sim.experiments.evidence.flagship import Evidence
from sim.files.atomic_folder import CLAIMS_MARK, COMPARISON_MARK, EVIDENCE_MARK, RUN_MARK, STUDY_MARK
from sim.files.file_hashes import HASHED, refuse_changed
from sim.parameters import BadInput

SWEEP_MARK = "design.parquet"
ReaderLabels = Mapping[str, str]


@dataclass(frozen=True)
class FolderTables:
    """Tables of a folder that are read as they are asked for.

    Args:
        folder: The folder.
        about: What its mark says, and ``labels``: words of the reader by key, for `sim.charts.names.names_of`.
    """

    folder: Path
    about: Mapping[str, Any]

    def has(self, name: str) -> bool:
        """Whether there is such a table."""
        return (self.folder / f"{name}.csv").is_file()

    def table(self, name: str) -> pd.DataFrame:
        """The table ``name.csv``; an empty cell is missing.

        Raises:
            BadInput: It is missing, or no table.
        """
        path = self.folder / f"{name}.csv"
        try:
            return pd.read_csv(path)
        except (OSError, ValueError) as trouble:
            said = "it is missing" if not path.is_file() else str(trouble).splitlines()[0]
            raise BadInput(f"{self.folder}: {name}.csv cannot be read ({said})") from trouble


class Results(NamedTuple):
    """What a folder holds.

    Args:
        kind: One of `sim.charts.form.FOLDER_KINDS`.
        tables: What the forms of this kind take: `RunTables`, `Comparison`, `Evidence`, `SweepTables`, or
            `FolderTables` of a study or of claims.
    """

    kind: str
    tables: Any


def _comparison(folder: Path, labels: ReaderLabels) -> Comparison:
    comparison = Comparison.read(folder)
    return replace(comparison, about={**comparison.about, "labels": labels})


def _evidence(folder: Path, labels: ReaderLabels) -> Evidence:
    evidence = Evidence.read(folder)
    tuned = replace(evidence.tuned, about={**evidence.tuned.about, "labels": labels})
    return replace(evidence, tuned=tuned, about={**evidence.about, "labels": labels})


def _sweep(folder: Path, labels: ReaderLabels) -> Any:
    from sim.charts.sweep_tables import sweep_tables  # loads what stores sweeps, which other folders need not

    return sweep_tables(folder, labels)


def marked_tables(folder: Path, mark: str, labels: ReaderLabels = NONE) -> FolderTables:
    """Tables of a folder whose mark is JSON; if the mark has hashes of files, these are unchanged.

    Raises:
        BadInput: The mark is broken, or a file is missing, changed or cut.
    """
    try:
        about = dict(json.loads((folder / mark).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as trouble:
        raise BadInput(f"{folder}: {mark} is broken ({str(trouble).splitlines()[0]})") from trouble
    refuse_changed(folder, mark, about.get(HASHED, {}))
    return FolderTables(folder, {**about, "labels": labels})


FOLDER_READERS: Mapping[str, tuple[str, Callable[[Path, ReaderLabels], Any]]] = {
    COMPARISON_MARK: (COMPARISON, _comparison),
    EVIDENCE_MARK: (EVIDENCE, _evidence),
    CLAIMS_MARK: (CLAIMS, lambda folder, labels: marked_tables(folder, CLAIMS_MARK, labels)),
    SWEEP_MARK: (SWEEP, _sweep),
    RUN_MARK: (RUN, run_tables),
    STUDY_MARK: (STUDY, lambda folder, labels: marked_tables(folder, STUDY_MARK, labels)),
}  # by the file that marks a folder


def mark_of(folder: Path) -> str | None:
    """The mark of a folder; None if it bears none that charts know."""
    return next((mark for mark in FOLDER_READERS if (folder / mark).is_file()), None)


def read_results(folder: Path, labels: ReaderLabels = NONE) -> Results:
    """The kind of a folder and its tables.

    Args:
        folder: The folder.
        labels: Words of the reader by policy, firm, currency, factor or key path.

    Raises:
        BadInput: The folder bears no mark that charts know, or what it holds is not whole.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder")
    mark = mark_of(folder)
    if mark is None:
        raise BadInput(f"{folder}: this folder holds nothing to draw (there is none of {', '.join(FOLDER_READERS)})")
    kind, read = FOLDER_READERS[mark]
    return Results(kind, read(folder, labels))
