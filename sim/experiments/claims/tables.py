"""The result of the ledger as tidy tables, written into a folder and read from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.claims.columns import LEDGER_TABLES
from sim.experiments.claims.judging import Judged
from sim.experiments.claims.questions.answer import ANSWER_COLUMNS, Answer
from sim.experiments.claims.readings import SUPPORTED, VERDICTS
from sim.experiments.claims.verdicts import SUSPECT
from sim.experiments.sweep.store.keys import model_hash
from sim.files.atomic_file import commit, commit_json
from sim.files.atomic_folder import CLAIMS_MARK
from sim.files.file_hashes import HASHED, hashes_of, refuse_changed
from sim.files.notebook import card
from sim.parameters import BadInput
from sim.version import __version__

KIND = "claims"
SAMPLED_FACTOR = "factor of the bank of sampled worlds"
RUNS = "runs"  # folder inside, with the sweeps of each claim


def refuse_foreign_folder(folder: Path) -> None:
    """Stop before work is lost: the folder must be new, empty, or hold a ledger or its runs.

    Raises:
        BadInput: It holds something else.
    """
    if folder.is_file():
        raise BadInput(f"{folder} is a file; name a folder")
    there = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    if there and not there & {CLAIMS_MARK, RUNS}:
        raise BadInput(f"{folder} holds {min(there)} and no ledger (there is no {CLAIMS_MARK}); choose another folder")


@dataclass(frozen=True)
class LedgerResult:
    """Verdicts and the tables that they rest on.

    Args:
        tables: Tables by name; columns as in `LEDGER_TABLES`, and those of questions.
        about: Size, seed, versions, share of claims that are supported.
    """

    tables: Mapping[str, pd.DataFrame]
    about: Mapping[str, Any]

    @property
    def verdicts(self) -> pd.DataFrame:
        """One row a claim."""
        return self.tables["verdicts"]

    def _repr_html_(self) -> str:
        """A card for notebooks: every claim with its verdict and its reach."""
        shown = self.verdicts[["id", "verdict", "effect", "unit", "reach"]]
        counts = ", ".join(f"{count} {word}" for word, count in self.counts().items())
        return card("Ledger of claims", [counts], list(shown.columns), shown.to_numpy())

    def counts(self) -> dict[str, int]:
        """Number of claims by verdict."""
        given = list(self.verdicts["verdict"])
        return {word: given.count(word) for word in VERDICTS}

    def write(self, folder: Path) -> None:
        """Write all tables and what their columns mean; ``claims.json``, without which nothing is read, comes last.

        Raises:
            OSError: The folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CLAIMS_MARK).unlink(missing_ok=True)
        for name, table in {**self.tables, "dictionary": dictionary(self.tables)}.items():
            place = folder / f"{name}.csv"
            commit(place, partial(table.to_csv, index=False, float_format="%.6g", lineterminator="\n"))
        written = [f"{name}.csv" for name in (*self.tables, "dictionary")]
        commit_json(folder / CLAIMS_MARK, dict(self.about) | {HASHED: hashes_of(folder, written)})

    @staticmethod
    def read(folder: Path) -> "LedgerResult":
        """Read what `write` wrote.

        Raises:
            BadInput: The folder holds no whole ledger, or a table was changed or cut after it was written.
        """
        try:
            about = json.loads((folder / CLAIMS_MARK).read_text(encoding="utf-8"))
            refuse_changed(folder, CLAIMS_MARK, about.pop(HASHED, {}))
            tables = {name: _read(folder, name) for name in about["tables"]}
        except (OSError, ValueError, KeyError, AttributeError) as trouble:
            raise BadInput(f"{folder}: this is no folder of claims ({trouble})") from trouble
        return LedgerResult(tables, about)


def _read(folder: Path, name: str) -> pd.DataFrame:
    """A table in which an empty text is a text, and an empty number is missing."""
    table = pd.read_csv(folder / f"{name}.csv")
    texts = {
        column: "" for column, meaning in LEDGER_TABLES.get(name, {}).items() if "[text]" in meaning and column in table
    }
    return table.astype(dict.fromkeys(texts, object)).fillna(texts)


def result_of(
    judged: Sequence[Judged], answers: Sequence[Answer], stamps: Mapping[str, str], about: Mapping[str, Any]
) -> LedgerResult:
    """The tables of claims that were judged and of questions that were answered.

    Args:
        judged: Claims with their rows.
        answers: Answers to questions.
        stamps: What is said of the registration of each claim.
        about: What the run says of itself.
    """
    verdicts = [entry.verdict | {"registration": stamps.get(entry.claim.id, "")} for entry in judged]
    tables = {
        "verdicts": _framed("verdicts", verdicts),
        "effects": _framed("effects", [row for entry in judged for row in entry.effects]),
        "reach": _framed("reach", [row for entry in judged for row in entry.reach]),
        "drivers": _framed("drivers", [row for entry in judged for row in entry.drivers.to_dict("records")]),
        "grids": _framed("grids", [row for entry in judged for row in entry.grids]),
        "tuned": _framed("tuned", [row for entry in judged for row in entry.tuned]),
    } | _tables_of_questions(answers, stamps)
    share = float((tables["verdicts"]["verdict"] == SUPPORTED).mean()) if verdicts else 0.0
    whole = {
        "kind": KIND, "version": __version__, "code": model_hash(), "claims": [entry.claim.id for entry in judged],
        "questions": [entry.id for entry in answers], "share_supported": share, "suspect": share > SUSPECT,
        "tables": list(tables),
    }  # fmt: skip
    return LedgerResult(tables, whole | dict(about))


def _tables_of_questions(answers: Sequence[Answer], stamps: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Answers, and every table of a question under its own name, with the question in the first column."""
    if not answers:
        return {}
    rows = [dict(entry.row) | {"registration": stamps.get(entry.id, "")} for entry in answers]
    parts: dict[str, list[pd.DataFrame]] = {}
    for entry in answers:
        for name, table in entry.tables.items():
            named = table.drop(columns="question", errors="ignore")
            named.insert(0, "question", entry.id)
            parts.setdefault("tuned_of_questions" if name == "tuned" else name, []).append(named)
    answers_table = pd.DataFrame(rows)[[*ANSWER_COLUMNS, "registration"]]
    return {"answers": answers_table} | {name: pd.concat(part, ignore_index=True) for name, part in parts.items()}


def _framed(name: str, rows: Sequence[Mapping[Any, Any]]) -> pd.DataFrame:
    """A table with its declared columns first, and the factors of sampled worlds after them."""
    table = pd.DataFrame(list(rows))
    declared = list(LEDGER_TABLES[name])
    more = [column for column in table.columns if column not in declared] if name == "reach" else []
    return table.reindex(columns=[*declared, *more])


def dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What each column of each table means: table, column, meaning."""
    rows = [
        (name, column, LEDGER_TABLES.get(name, {}).get(column, SAMPLED_FACTOR))
        for name, table in tables.items()
        for column in table.columns
    ]
    return pd.DataFrame(rows, columns=["table", "column", "meaning"])
