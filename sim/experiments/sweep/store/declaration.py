"""What was declared of a sweep, kept in its folder, and how many runs were known when each contrast was declared."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.design.factors import Factor
from sim.experiments.sweep.store.cleaning import finished_runs
from sim.files.atomic_file import commit_json
from sim.parameters import BadInput
from sim.statistics.declaration import Contrast, Declared

DECLARED = "declared.json"


def declare(folder: Path, experiment: Experiment) -> None:
    """Store an experiment's declarations; a new or changed contrast with the number of runs recorded by then.

    Raises:
        OSError: The folder cannot be written.
    """
    before = declaration(folder) if (folder / DECLARED).exists() else {"contrasts": [], "earlier": []}
    first = _declaration_history(folder, before["contrasts"], [asdict(entry) for entry in experiment.contrasts])
    contents = {
        "design": asdict(experiment.plan) | {"crossed": list(experiment.plan.crossed)},
        "replications": experiment.replications,
        "random_numbers": experiment.random_numbers,
        "stopping": asdict(experiment.stopping) if experiment.stopping else None,
        "factors": {factor.name: _factor_record(factor) for factor in experiment.factors},
        "units": {entry.name: entry.unit_in(experiment.currency) for entry in experiment.outcomes},
        "contrasts": first,
        "earlier": before["earlier"] + [entry for entry in before["contrasts"] if entry not in first],
    }
    if contents != before:
        commit_json(folder / DECLARED, contents)


def declaration(folder: Path) -> dict[str, Any]:
    """What was declared of a sweep.

    Raises:
        BadInput: The folder does not say.
    """
    try:
        record: dict[str, Any] = json.loads((folder / DECLARED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BadInput(f"{folder} does not say what was declared ({DECLARED}); run its sweep again to tell") from None
    return record


def read_declaration(folder: Path, seed: int) -> Declared:
    """What the analysis of a sweep must know of it."""
    record = declaration(folder)
    contrasts = tuple(_contrast(entry["contrast"]) for entry in record["contrasts"])
    design, crossed = (
        record["design"],
        tuple(record["design"].get("crossed", ())),
    )  # folders of earlier versions cross none
    return Declared(design["kind"], tuple(record["factors"]), tuple(record["units"]), contrasts, seed, crossed)


def afterwards(folder: Path) -> list[str]:
    """Sentences on contrasts that were declared, changed or dropped when runs were known already; none if none was."""
    record = declaration(folder)
    notes = [
        f"contrast {entry['contrast']['name']} was declared as it is when {entry['runs']} runs were known already"
        for entry in record["contrasts"]
        if entry["runs"]
    ]
    dropped = [entry["contrast"]["name"] for entry in record["earlier"]]
    return notes + ([f"declared earlier and dropped or changed since: {', '.join(dropped)}"] if dropped else [])


def _declaration_history(
    folder: Path, before: Sequence[dict[str, Any]], contrasts: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Every contrast with the time and the number of recorded runs at its present declaration."""
    by_contrast = {json.dumps(entry["contrast"]): entry for entry in before}
    new = any(json.dumps(entry) not in by_contrast for entry in contrasts)
    runs = len(finished_runs(folder)) if new else 0
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return [by_contrast.get(json.dumps(entry), {"contrast": entry, "at": now, "runs": runs}) for entry in contrasts]


def _factor_record(factor: Factor) -> dict[str, Any]:
    levels = [level.label for level in factor.levels]
    ends = {"low": factor.low, "high": factor.high, "distribution": factor.distribution} if factor.is_range else {}
    return {"sets": list(factor.sets), "unit": factor.unit, "levels": levels} | ends


def _contrast(record: Mapping[str, Any]) -> Contrast:
    return Contrast(**record)
