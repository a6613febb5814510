"""Every arm of a claim tunes the same decisions by the same budget, so that neither side is a straw man."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiments.claims.claim import Claim, arms_in
from sim.experiments.claims.designs import LedgerSize
from sim.experiments.search_space import ranges_with
from sim.experiments.sweep.store.keys import model_hash
from sim.experiments.tune import tune
from sim.files.atomic_file import commit_json
from sim.parameters import BadInput, Scenario


class TunedArm(NamedTuple):
    """What tuning gave one arm in one world.

    Args:
        settings: Settings of the focal firm by key path, such as ``firms.0.decisions.price``.
        at_bound: Decisions that ended at a bound of their range.
        why_not: Why nothing was tuned; empty if it was.
    """

    settings: dict[str, float]
    at_bound: list[str]
    why_not: str


def tuned_arms(claim: Claim, world: str, size: LedgerSize, folder: Path) -> dict[str, TunedArm]:
    """Best decisions of every arm in a base world; read from the folder where they were found before.

    Args:
        claim: The claim.
        world: The base world.
        size: Trials, and worlds of a trial.
        folder: Where they are kept.
    """
    if not claim.tuned or not size.trials:
        return {}
    place = folder / "tuned-arms.json"
    about = {"claim": claim.sha256, "world": Scenario.load(world).sha256, "trials": size.trials, "seed": size.seed,
             "training": size.training, "code": model_hash()}  # fmt: skip
    kept = _kept(place, about)
    if kept is not None:
        return kept
    scenarios = arms_in(claim, Scenario.load(world), {})
    arms = {name: _tuned(scenario, claim, size) for name, scenario in scenarios.items()}
    folder.mkdir(parents=True, exist_ok=True)
    commit_json(place, {"about": about, "arms": {name: arm._asdict() for name, arm in arms.items()}})
    return arms


def _kept(place: Path, about: Mapping[str, Any]) -> dict[str, TunedArm] | None:
    if not place.is_file():
        return None
    contents = json.loads(place.read_text(encoding="utf-8"))
    if contents["about"] != about:
        return None
    return {name: TunedArm(**arm) for name, arm in contents["arms"].items()}


def _tuned(scenario: Scenario, claim: Claim, size: LedgerSize) -> TunedArm:
    policy = scenario.firms[0].policy
    try:
        best = tune(scenario, [policy], size.trials, size.training, size.seed, only=claim.tuned)[policy]
    except BadInput as trouble:
        return TunedArm({}, [], str(trouble))
    settings = {f"firms.0.{path}": value for path, value in best.settings.items()}
    return TunedArm(settings, best.at_bound, "")


def tuning_rows(claim: Claim, world: str, arms: Mapping[str, TunedArm]) -> list[dict[str, Any]]:
    """One row an arm and decision: the value, the range in which it was searched, and whether it lies at its bound."""
    ranges = ranges_with(None, Scenario.load(world).firms[0].neutral)
    rows = []
    for name, arm in arms.items():
        for path, value in arm.settings.items():
            decision = path.rpartition(".")[2]
            low, high = ranges[decision]
            rows.append({
                "claim": claim.id, "world": Path(world).stem, "arm": name, "decision": decision, "value": value,
                "low": low, "high": high, "at_bound": decision in arm.at_bound,
            })  # fmt: skip
    return rows
