"""From a folder of results to its document: what it holds, whether it is whole, and the builder for it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.claims.readings import VERDICTS
from sim.experiments.comparison_result import Comparison
from sim.experiments.evidence.flagship import Evidence
from sim.files.atomic_folder import CLAIMS_MARK, COMPARISON_MARK, EVIDENCE_MARK
from sim.files.file_hashes import HASHED, refuse_changed
from sim.parameters import BadInput
from sim.reports.document.claims import LedgerFolder, claims_document
from sim.reports.document.comparison import comparison_document
from sim.reports.document.context import Context
from sim.reports.document.evidence import evidence_document
from sim.reports.document.exchange import exchange_of
from sim.reports.document.model import Document
from sim.reports.document.sweep import sweep_document
from sim.reports.document.words import DocumentWords

TOLERANCE = 1e-6
LEDGER_INSIDE = "claims"  # folder of a ledger inside that of evidence
NEEDED_COLUMNS = {
    "runs": ("policy", "replicate", "measure", "year", "value"),
    "gaps": ("policy", "against", "measure", "year", "mean", "low", "high", "replications", "wins", "verdict"),
    "bridge": ("policy", "against", "term", "mean", "low", "high"),
    "whale": ("policy", "replicate", "rank_share", "cumulated"),
    "verdicts": ("id", "sentence", "statement", "verdict", "effect", "low", "high", "unit", "world", "reach",
                 "fails_where",
                 "registration"),
    "effects": ("claim", "world", "measure", "unit", "mean", "low", "high"),
}  # fmt: skip
SHOWN_TABLES = (
    "verdicts", "effects", "reach", "drivers", "grids", "tuned", "phase", "contours", "break_even", "sobol", "silos",
    "wall_heights", "adoption", "answers",
)  # fmt: skip


def document_of(
    folder: Path, words: DocumentWords, currency: str | None = None, command: str = "sim report DIR"
) -> Document:
    """The document of a folder of a comparison, a sweep, a ledger of claims, or evidence.

    Args:
        folder: The folder.
        words: Language and decimal sign; its currency is that of the folder.
        currency: What the reader asked for, as `exchange.exchange_of` takes it.
        command: The command that repeats the document.

    Raises:
        BadInput: The folder is foreign, cut off or changed, or the currency cannot be had.
    """
    if (folder / EVIDENCE_MARK).is_file():
        evidence = checked_evidence(folder)
        about = dict(evidence.tuned.about) | {"scenario": evidence.about["plan"]["scenario"]}
        document = evidence_document(evidence, _context(about, words, currency, command))
        return _with_ledger(document, folder / LEDGER_INSIDE, words, command)
    if (folder / COMPARISON_MARK).is_file():
        comparison = checked_comparison(folder)
        return comparison_document(comparison, _context(comparison.about, words, currency, command))
    if (folder / CLAIMS_MARK).is_file():
        ledger = checked_ledger(folder)
        return claims_document(ledger, _context(_about_of_ledger(ledger), words, currency, command))
    return _of_sweep(folder, words, currency, command)


def _with_ledger(document: Document, folder: Path, words: DocumentWords, command: str) -> Document:
    """The document with the exhibits of a ledger of claims that lies inside its folder, if one does."""
    if not (folder / CLAIMS_MARK).is_file():
        return document
    ledger = checked_ledger(folder)
    claims = claims_document(ledger, _context(_about_of_ledger(ledger), words, None, command))
    return replace(document, exhibits=(*document.exhibits, *claims.exhibits))


def _context(about: Mapping[str, Any], words: DocumentWords, currency: str | None, command: str) -> Context:
    exchange = exchange_of(currency, str(about.get("currency", "EUR")))
    return Context(replace(words, currency=exchange.currency), exchange, about, command)


def _of_sweep(folder: Path, words: DocumentWords, currency: str | None, command: str) -> Document:
    from sim.experiments.sweep.result import Sweep

    try:
        sweep = Sweep.load(folder)
        about, scenarios = sweep.about, sweep.about["scenarios"]
        first = next(iter(scenarios.values()))
        known = {
            "scenario": ", ".join(scenarios), "seed": about["seed"], "currency": first["market"].get("currency", "EUR"),
            "code": about["identity"]["code"], "sha256": next(iter(about["identity"]["worlds"].values()), ""),
        }  # fmt: skip
        return sweep_document(sweep, _context(known, words, currency, command))
    except BadInput:
        raise
    except (OSError, ValueError, KeyError, StopIteration) as trouble:  # those of pyarrow are OSError or ValueError
        raise BadInput(
            f"{folder}: the tables of this sweep cannot be read ({trouble}); run sim sweep again"
        ) from trouble


def checked_comparison(folder: Path) -> Comparison:
    """A comparison whose differences follow from its runs.

    Raises:
        BadInput: A table lacks a column, or its numbers do not fit together.
    """
    comparison = Comparison.read(folder)
    for name in ("runs", "gaps", "bridge", "whale"):
        _refuse_lacking(folder, name, getattr(comparison, name))
    _refuse_other_gaps(folder, comparison)
    return comparison


def checked_evidence(folder: Path) -> Evidence:
    """Evidence of which both comparisons are sound.

    Raises:
        BadInput: As `checked_comparison`, or the mark lacks something.
    """
    evidence = Evidence.read(folder)
    for name in ("tuned", "untuned"):
        checked_comparison(folder / name)
    lacking = {"plan", "seed", "settings", "at_bound", "distance_model"} - set(evidence.about)
    if lacking:
        raise BadInput(f"{folder / EVIDENCE_MARK}: {sorted(lacking)[0]} is missing; run sim evidence again")
    return evidence


def _refuse_lacking(folder: Path, name: str, table: pd.DataFrame) -> None:
    lacking = [column for column in NEEDED_COLUMNS.get(name, ()) if column not in table]
    if lacking or not len(table):
        what = f"the column {lacking[0]} is missing" if lacking else "it has no rows"
        raise BadInput(f"{folder / name}.csv: {what}; the file was cut off or is another one")


def _refuse_other_gaps(folder: Path, comparison: Comparison) -> None:
    """Every mean difference has to follow from the runs beside it."""
    means = comparison.runs.groupby(["policy", "measure", "year"])["value"].mean()
    for row in comparison.gaps.to_dict("records"):
        try:
            first, other = (float(means[row[who], row["measure"], row["year"]]) for who in ("policy", "against"))
        except KeyError as trouble:
            raise BadInput(
                f"{folder / 'runs.csv'}: there is no {trouble}; the file was cut off or is another one"
            ) from trouble
        size = max(abs(first), abs(other), 1e-9)
        if not abs(first - other - float(row["mean"])) <= TOLERANCE * size and np.isfinite(row["mean"]):
            raise BadInput(
                f"{folder / 'gaps.csv'}: {row['measure']} of {row['policy']} against {row['against']} in year "
                f"{row['year']} is {row['mean']:.6g}, but runs.csv gives {first - other:.6g}; "
                "one of the two was changed"
            )


def checked_ledger(folder: Path) -> LedgerFolder:
    """The ledger in a folder.

    Raises:
        BadInput: A table is missing, cut off or changed, a verdict is none, or an effect is not that of its table.
    """
    try:
        about = json.loads((folder / CLAIMS_MARK).read_text(encoding="utf-8"))
        if not isinstance(about, dict):
            raise BadInput(f"{folder / CLAIMS_MARK}: this is not what sim claims writes; run it again")
        refuse_changed(folder, CLAIMS_MARK, about.pop(HASHED, {}))
        there = [name for name in SHOWN_TABLES if (folder / f"{name}.csv").is_file()]
        tables = {name: pd.read_csv(folder / f"{name}.csv") for name in there}
        dictionary = pd.read_csv(folder / "dictionary.csv") if (folder / "dictionary.csv").is_file() else pd.DataFrame()
    except BadInput:
        raise
    except (OSError, ValueError) as trouble:
        raise BadInput(f"{folder}: this is not a folder of sim claims ({trouble})") from trouble
    if about.get("questions") and not about.get("claims"):
        raise BadInput(f"{folder}: it answers questions and judges no claim, so there is no report; draw it: sim chart")
    for name in ("verdicts", "effects"):
        if name not in tables:
            raise BadInput(f"{folder / name}.csv: {name}.csv is missing; run sim claims again")
        _refuse_lacking(folder, name, tables[name])
    _refuse_other_verdicts(folder, about, tables)
    return LedgerFolder(tables, about, _meanings(dictionary))


def _meanings(dictionary: pd.DataFrame) -> dict[str, str]:
    key = next((name for name in ("column", "name") if name in dictionary), "")
    meaning = next((name for name in ("meaning", "definition") if name in dictionary), "")
    return {} if not (key and meaning) else {str(row[key]): str(row[meaning]) for row in dictionary.to_dict("records")}


def _refuse_other_verdicts(folder: Path, about: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> None:
    verdicts, effects = tables["verdicts"], tables["effects"]
    path = folder / "verdicts.csv"
    if about.get("kind", "claims") != "claims" or sorted(map(str, about.get("claims", []))) != sorted(verdicts["id"]):
        raise BadInput(f"{path}: its claims are not those that {CLAIMS_MARK} names; the file was cut off or changed")
    for row in verdicts.to_dict("records"):
        if row["verdict"] not in VERDICTS:
            raise BadInput(f"{path}: {row['id']}: {row['verdict']!r} is no verdict; known are {', '.join(VERDICTS)}")
        own = effects[(effects["claim"] == row["id"]) & (effects["world"] == row["world"])]
        near = np.isclose(own["mean"].to_numpy(float), float(row["effect"]), rtol=1e-4, atol=1e-12)
        if len(own) and np.isfinite(row["effect"]) and not near.any():
            raise BadInput(f"{path}: the effect of {row['id']} is not in effects.csv; one of the files was changed")


def _about_of_ledger(ledger: LedgerFolder) -> dict[str, Any]:
    units = ledger.verdicts["unit"].dropna().astype(str).str.partition("/")[0]
    money = [unit for unit in units if len(unit) == 3 and unit.isupper()]
    named = {key: ledger.about[key] for key in ("seed", "code") if key in ledger.about}
    return named | {"currency": money[0] if money else "EUR"}
