"""Policies tuned by equal budgets before they are compared, kept in the folder of a question."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.claims.questions.designs import BreakEven, PhaseDiagrams, Silos
from sim.experiments.claims.questions.plan import CENTRE, CORNERS, TUNED_FORMS
from sim.experiments.claims.questions.run import QuestionRun
from sim.experiments.search_space import names_at_bound
from sim.experiments.tune import Tuned, tune
from sim.files.atomic_file import commit_json
from sim.parameters import Scenario
from sim.parameters.decisions import CODE, DECISION_ROWS

TUNED_COLUMNS = ["claim", "world", "arm", "decision", "value", "low", "high", "at_bound"]
TunedDecisions = Mapping[str, Mapping[str, float]]  # tuned settings such as ``decisions.price``, by policy
Kept = dict[str, dict[str, Tuned]]  # tuned policies by place


ENDS = (0, 1)


def tune_question(run: QuestionRun) -> None:
    """Tune everything that a question compares, so that `tuned_at` finds it; nothing where its form tunes nothing.

    Args:
        run: The question at work.

    Raises:
        BadInput: As `tuned_at`.
    """
    design = run.question.design
    if run.question.form not in TUNED_FORMS:
        return
    assert not isinstance(design, BreakEven | Silos), "forms that compare policies have some"
    places = tuning_places(design, run.size.places) if isinstance(design, PhaseDiagrams) else {CENTRE: {}}
    tuned_at(run, places, design.policies)


def tuning_places(design: PhaseDiagrams, places: str) -> dict[str, Mapping[str, float]]:
    """Settings of the worlds in which policies are tuned: the world as it comes, or the corners of every diagram."""
    if places != CORNERS:
        return {CENTRE: {}}
    return {
        corner(name, i, j): {axis.path: axis.at(float(end)) for axis, end in zip(axes, (i, j), strict=True)}
        for name, axes in design.diagrams.items()
        for i in ENDS
        for j in ENDS
    }


def corner(diagram: str, across: int, up: int) -> str:
    """Name of a corner of a diagram; across and up are 0 or 1."""
    return f"{diagram} {across} {up}"


def tuned_at(run: QuestionRun, places: Mapping[str, Mapping[str, Any]], policies: tuple[str, ...]) -> Kept:
    """Tune the policies at every place, as far as the folder does not have them yet.

    Args:
        run: The question at work; its size says how many trials in how many training worlds.
        places: Settings by name of the place.
        policies: Policies of the focal firm.

    Raises:
        BadInput: As `sim.experiments.tune.tune`.
    """
    run.folder.mkdir(parents=True, exist_ok=True)
    return {name: _at(run, name, run.scenario.with_settings(settings), policies) for name, settings in places.items()}


def _at(run: QuestionRun, name: str, world: Scenario, policies: tuple[str, ...]) -> dict[str, Tuned]:
    size, seed = run.size, run.question.seed
    asked = {"sha256": world.sha256, "policies": list(policies), "trials": size.trials, "training": size.training}
    path = run.folder / f"tuned-{name}.json"
    kept = _kept(path, asked | {"seed": seed})
    if not kept:
        searches = tune(world, policies, size.trials, size.training, seed)
        kept = {
            policy: {"settings": made.settings, "ranges": {key: list(ends) for key, ends in made.ranges.items()}}
            for policy, made in searches.items()
        }
        commit_json(path, asked | {"seed": seed, "tuned": kept})
    return {policy: _tuned(policy, made) for policy, made in kept.items()}


def _tuned(policy: str, made: Mapping[str, Any]) -> Tuned:
    ranges = {name: (float(low), float(high)) for name, (low, high) in made["ranges"].items()}
    return Tuned(policy, dict(made["settings"]), pd.DataFrame(), ranges)


def _kept(path: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was tuned before by the same search in the same world; nothing otherwise."""
    if not path.is_file():
        return {}
    contents = json.loads(path.read_text(encoding="utf-8"))
    return dict(contents["tuned"]) if all(contents.get(key) == value for key, value in asked.items()) else {}


def settings_of(policy: str, decided: Mapping[str, float], seat: int = 0) -> dict[str, Any]:
    """A policy with its tuned decisions as settings of one firm.

    >>> settings_of("osfa", {"decisions.price": 1.1})
    {'firms.0.policy': 'osfa', 'firms.0.decisions.price': 1.1}
    """
    return {f"firms.{seat}.policy": policy} | {f"firms.{seat}.{name}": value for name, value in decided.items()}


def between(corners: Mapping[tuple[int, int], Mapping[str, float]], across: float, up: float) -> dict[str, float]:
    """Decisions inside a diagram from those of its corners: in proportion to the distance from each side.

    Counts and codes, which have nothing between them, are those of the nearest corner.

    Args:
        corners: Decisions at the corners, by 0 or 1 across and up.
        across: Share of the way across.
        up: Share of the way up.

    >>> price = {(0, 0): {"decisions.price": 1.0}, (0, 1): {"decisions.price": 1.0}}
    >>> between(price | {(1, 0): {"decisions.price": 1.2}, (1, 1): {"decisions.price": 1.2}}, 0.5, 0.3)
    {'decisions.price': 1.1}
    """
    near = corners[round(across), round(up)]
    shares = {(i, j): abs(1 - i - across) * abs(1 - j - up) for i in (0, 1) for j in (0, 1)}
    return {
        name: value if _is_whole(name) else round(sum(shares[place] * corners[place][name] for place in shares), 6)
        for name, value in near.items()
    }


def _is_whole(name: str) -> bool:
    row = DECISION_ROWS[name.removeprefix("decisions.")]
    return row.kind == CODE or row.unit == "count"


def tuned_table(question: str, kept: Kept) -> pd.DataFrame:
    """Every tuned decision at every place, and whether its search ended at a bound."""
    rows = [
        {"claim": question, "world": place, "arm": policy, "decision": name.removeprefix("decisions."), "value": value}
        | dict(zip(("low", "high"), made.ranges[name.removeprefix("decisions.")], strict=True))
        | {"at_bound": name.removeprefix("decisions.") in names_at_bound({name: value}, made.ranges)}
        for place, policies in kept.items()
        for policy, made in policies.items()
        for name, value in made.settings.items()
    ]
    return pd.DataFrame(rows, columns=TUNED_COLUMNS)
