"""The result of the ledger as tidy tables, written into a folder and read from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.claims.judging import Judged
from sim.experiments.claims.readings import SUPPORTED, VERDICTS
from sim.experiments.claims.verdicts import SUSPECT
from sim.experiments.sweep.store.keys import model_hash
from sim.files.atomic_file import commit, commit_json
from sim.files.atomic_folder import CLAIMS_MARK
from sim.parameters import BadInput
from sim.version import __version__

KIND = "claims"
RUNS = "runs"  # folder inside, with the sweeps of each claim
TABLES: dict[str, Mapping[str, str]] = {
    "verdicts": {
        "id": "claim [text]", "source": "letters of the sources [text]", "sentence": "sentence of the source [text]",
        "statement": "the same, stated so that it can fail [text]",
        "verdict": "supported, refuted, depends, equivalent or inconclusive [text]",
        "effect": "mean paired difference of the first measure in the first base world [unit]",
        "low": "lower end of its 95 % interval [unit]", "high": "upper end [unit]", "unit": "unit of the effect [text]",
        "measure": "measure of the effect [text]", "direction": "what the claim says of it [text]",
        "smallest": "smallest effect that matters [unit]", "world": "base world of the effect [text]",
        "worlds": "base worlds [count]", "pairs": "paired worlds in it [count]",
        "reach": "share of sampled worlds in which all measures have the claimed sign beyond the smallest effect [0-1]",
        "reach_low": "lower end of its 95 % interval by Wilson [0-1]", "reach_high": "upper end [0-1]",
        "reach_worlds": "sampled worlds [count]",
        "reach_refused": "worlds of the bank that the arms do not go with [count]",
        "fails_where": "where it does not hold [text]",
        "registration": "registered, exploratory or not registered [text]",
        "definitional": "why it cannot fail; empty if it can [text]",
        "correlation": "correlation of the arms over pairs [-1-1]",
        "variance_ratio": "variance without over variance with common random numbers [ratio]",
        "search_bound": "tuned decisions at a bound of their range [text]", "untuned": "why arms were not tuned [text]",
        "other_way": "reading in the world in which it should come out the other way [text]",
        "control": "difference with its mechanism off [text]", "mechanisms": "mechanisms that carry it [text]",
        "seconds": "time of this claim in the run that wrote the table [s]",
    },
    "effects": {
        "claim": "claim [text]", "world": "base world [text]", "measure": "measure [text]",
        "one": "arm asked about [text]",
        "other": "arms compared with [text]", "unit": "unit of the numbers [text]",
        "mean": "mean paired difference [unit]", "low": "lower end of its 95 % interval [unit]",
        "high": "upper end [unit]",
        "pairs": "paired worlds [count]", "smallest": "smallest effect that matters [unit]",
        "direction": "what the claim says [text]", "reading": "supported, refuted, equivalent or inconclusive [text]",
        "p_claimed": "p-value against an effect beyond the smallest, as claimed, Holm [0-1]",
        "p_against": "the same, the other way round [0-1]",
        "p_equivalence": "p-value of two one-sided tests, Holm [0-1]",
        "correlation": "correlation of the arms over pairs [-1-1]",
        "variance_ratio": "variance without over variance with common random numbers [ratio]",
        "level_one": "mean of the arm asked about [unit]", "level_other": "mean of what it is compared with [unit]",
        "registered": "whether a verdict rests on it [true or false]",
    },
    "reach": {
        "claim": "claim [text]", "measure": "measure [text]", "world": "sampled world [text]",
        "effect": "paired difference in it [unit]", "smallest": "smallest effect that matters in it [unit]",
        "sign": "claimed, against or within [text]",
    },
    "drivers": {
        "claim": "claim [text]", "measure": "measure [text]", "factor": "factor of the bank [text]",
        "rank_correlation": "rank correlation of the effect with it [-1-1]",
        "low": "lower end of its 95 % interval [-1-1]", "high": "upper end [-1-1]",
        "p": "p-value of it by itself; sentences adjust it for all factors and measures [0-1]",
    },
    "grids": {
        "claim": "claim [text]", "world": "base world [text]", "path": "what varies [key path]", "value": "its value",
        "mean": "mean paired difference [unit]", "low": "lower end of its 95 % interval [unit]",
        "high": "upper end [unit]",
        "unit": "unit of the numbers [text]",
    },
    "tuned": {
        "claim": "claim [text]", "world": "base world [text]", "arm": "arm [text]", "decision": "tuned decision [text]",
        "value": "best value", "low": "lower end of its range", "high": "upper end",
        "at_bound": "whether it lies at a bound beyond which better may lie [true or false]",
    },
}  # fmt: skip


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
        tables: Tables by name; columns as in `TABLES`, and those of questions.
        about: Size, seed, versions, share of claims that are supported.
    """

    tables: Mapping[str, pd.DataFrame]
    about: Mapping[str, Any]

    @property
    def verdicts(self) -> pd.DataFrame:
        """One row a claim."""
        return self.tables["verdicts"]

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
        commit_json(folder / CLAIMS_MARK, self.about)

    @staticmethod
    def read(folder: Path) -> "LedgerResult":
        """Read what `write` wrote.

        Raises:
            BadInput: The folder holds no whole ledger.
        """
        try:
            about = json.loads((folder / CLAIMS_MARK).read_text(encoding="utf-8"))
            tables = {name: _read(folder, name) for name in about["tables"]}
        except (OSError, ValueError, KeyError) as trouble:
            raise BadInput(f"{folder}: this is no folder of claims ({trouble})") from trouble
        return LedgerResult(tables, about)


def _read(folder: Path, name: str) -> pd.DataFrame:
    """A table in which an empty text is a text, and an empty number is missing."""
    table = pd.read_csv(folder / f"{name}.csv")
    texts = {column: "" for column, meaning in TABLES.get(name, {}).items() if "[text]" in meaning and column in table}
    return table.astype(dict.fromkeys(texts, object)).fillna(texts)


def result_of(judged: Sequence[Judged], stamps: Mapping[str, str], about: Mapping[str, Any]) -> LedgerResult:
    """The tables of claims that were judged.

    Args:
        judged: Claims with their rows.
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
    }
    share = float((tables["verdicts"]["verdict"] == SUPPORTED).mean()) if verdicts else 0.0
    whole = {
        "kind": KIND, "version": __version__, "code": model_hash(), "claims": [entry.claim.id for entry in judged],
        "questions": [], "share_supported": share, "suspect": share > SUSPECT, "tables": list(tables),
    }  # fmt: skip
    return LedgerResult(tables, whole | dict(about))


def _framed(name: str, rows: Sequence[Mapping[Any, Any]]) -> pd.DataFrame:
    """A table with its declared columns first, and the factors of sampled worlds after them."""
    table = pd.DataFrame(list(rows))
    declared = list(TABLES[name])
    more = [column for column in table.columns if column not in declared] if name == "reach" else []
    return table.reindex(columns=[*declared, *more])


def dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What each column of each table means: table, column, meaning."""
    rows = [
        (name, column, TABLES.get(name, {}).get(column, "factor of the bank of sampled worlds"))
        for name, table in tables.items()
        for column in table.columns
    ]
    return pd.DataFrame(rows, columns=["table", "column", "meaning"])
