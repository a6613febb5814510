"""One claim from its file to its rows of results: tuned, run in base and sampled worlds, read and judged."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.claims.claim import Claim
from sim.experiments.claims.designs import (
    VALUE,
    WORLD,
    LedgerSize,
    base_experiment,
    base_worlds,
    control_experiment,
    counterexample,
    grid_experiment,
    sampled_worlds,
)
from sim.experiments.claims.failing import fails_where, where_it_fails
from sim.experiments.claims.readings import (
    ClaimReach,
    by_arm,
    effects_in_sampled_worlds,
    effects_in_world,
    paired_effect,
    reach_of,
)
from sim.experiments.claims.tuning import TunedArm, tuned_arms, tuning_rows
from sim.experiments.claims.verdicts import (
    deciding_row,
    drivers_of_reach,
    reading_of_both,
    reading_of_world,
    verdict_of_claim,
)
from sim.experiments.sweep.design import Experiment
from sim.parameters import Scenario
from sim.statistics.intervals import students_interval

AS_SHIPPED, TUNED = "as shipped", "tuned"
RunSweep = Callable[[Experiment, Path], pd.DataFrame]
ResultRow = dict[str, Any]


@dataclass
class Judged:
    """What running a claim gave, as rows of the tables of results.

    Args:
        claim: The claim.
        effects: Rows of ``effects.csv``.
        reach: Rows of ``reach.csv``.
        drivers: Table ``drivers.csv``.
        grids: Rows of ``grids.csv``.
        tuned: Rows of ``tuned.csv``.
        verdict: The row of ``verdicts.csv``.
    """

    claim: Claim
    effects: list[ResultRow] = field(default_factory=list)
    reach: list[ResultRow] = field(default_factory=list)
    drivers: pd.DataFrame = field(default_factory=pd.DataFrame)
    grids: list[ResultRow] = field(default_factory=list)
    tuned: list[ResultRow] = field(default_factory=list)
    verdict: ResultRow = field(default_factory=dict)


def tune_claim(claim: Claim, size: LedgerSize, folder: Path) -> dict[str, dict[str, TunedArm]]:
    """What every arm tunes, by base world; done before anything is run, since it runs in processes of its own."""
    return {world: tuned_arms(claim, world, size, folder / label(world)) for world in base_worlds(claim, size)}


def judge(
    claim: Claim,
    size: LedgerSize,
    bank: Experiment,
    run: RunSweep,
    folder: Path,
) -> Judged:
    """Run a claim and judge it.

    Args:
        claim: The claim.
        size: How much is run.
        bank: The bank of sampled worlds.
        run: Runs an experiment in a folder and gives its table of runs.
        folder: Folder of the runs of this claim.

    Raises:
        BadInput: A run of it failed.
    """
    begun, judged = time.monotonic(), Judged(claim)
    tunings = tune_claim(claim, size, folder)
    for world, arms in tunings.items():
        for decisions, settings in _both_ways(arms).items():
            place = folder / label(world) / decisions.replace(" ", "-")
            runs = run(base_experiment(claim, world, size, settings), place)
            judged.effects += [
                {"claim": claim.id, "world": label(world), "decisions": decisions} | _in_currency(row, world)
                for row in effects_in_world(runs, (*claim.measures, *claim.report))
            ]
        judged.tuned += tuning_rows(claim, world, arms)
    drawn = sampled_worlds(claim, size, bank)
    rows = list(effects_in_sampled_worlds(run(drawn.experiment, folder / "sampled"), claim.measures, WORLD))
    judged.reach = [{"claim": claim.id} | row | dict(drawn.numbers[row["world"]]) for row in rows]
    judged.drivers = drivers_of_reach(rows, drawn.numbers).assign(claim=claim.id)
    judged.grids = _grid_rows(claim, size, run, folder)
    judged.verdict = _verdict_row(judged, reach_of(rows), tunings) | {
        "reach_refused": drawn.refused,
        "control": _control_words(claim, size, run, folder),
        "other_way": _other_way_words(claim, size, run, folder),
        "seconds": round(time.monotonic() - begun, 1),
    }
    return judged


def _both_ways(arms: Mapping[str, TunedArm]) -> dict[str, dict[str, dict[str, float]]]:
    """Settings by arm, as the world has them and as each arm tuned them: a search has luck, so both are run."""
    both: dict[str, dict[str, dict[str, float]]] = {AS_SHIPPED: {}}
    if any(arm.settings for arm in arms.values()):
        both[TUNED] = {name: arm.settings for name, arm in arms.items()}
    return both


def label(world: str) -> str:
    """Name of a world in tables and folders: its name in the box, or the name of its file.

    >>> label("telecom"), label("clients/my-market.yaml")
    ('telecom', 'my-market')
    """
    return Path(world).stem


def _in_currency(row: ResultRow, world: str) -> ResultRow:
    return row | {"unit": str(row["unit"]).replace("EUR", Scenario.load(world).currency)}


def _verdict_row(judged: Judged, reach: ClaimReach, tunings: Mapping[str, Mapping[str, TunedArm]]) -> ResultRow:
    claim, by_world = judged.claim, _readings(judged.effects)
    first = deciding_row(judged.effects)
    shown = (
        "measure", "unit", "direction", "smallest", "pairs", "low", "high", "world", "decisions", "correlation",
        "variance_ratio",
    )  # fmt: skip
    failing = where_it_fails(by_world, judged.reach, judged.drivers)
    return {
        "id": claim.id, "source": claim.source, "sentence": claim.sentence, "statement": claim.statement,
        "verdict": verdict_of_claim(list(by_world.values()), reach), "effect": first["mean"],
        **{name: first[name] for name in shown}, "worlds": ", ".join(by_world), "months": claim.months,
        "reach": reach.share, "reach_low": reach.low, "reach_high": reach.high, "reach_worlds": reach.worlds,
        "fails_where": fails_where(failing | {"reach_worlds": reach.worlds}), **failing,
        "definitional": claim.definitional, "search_bound": _bounds(tunings), "untuned": _untuned(claim, tunings),
        "mechanisms": ", ".join(claim.mechanisms),
    }  # fmt: skip


def _readings(effects: Sequence[ResultRow]) -> dict[str, str]:
    """Reading of each base world: all measures with a direction must hold, as shipped and tuned."""
    registered = [row for row in effects if row["registered"]]
    cases = dict.fromkeys((row["world"], row["decisions"]) for row in registered)
    words = {
        case: reading_of_world([row["reading"] for row in registered if (row["world"], row["decisions"]) == case])
        for case in cases
    }
    return {world: reading_of_both([word for case, word in words.items() if case[0] == world]) for world, _ in cases}


def _bounds(tunings: Mapping[str, Mapping[str, TunedArm]]) -> str:
    """Decisions whose tuned value lies at a bound of the search, in words."""
    parts = [
        f"{', '.join(arm.at_bound)} of {name} in {label(world)}"
        for world, arms in tunings.items()
        for name, arm in arms.items()
        if arm.at_bound
    ]
    return "; ".join(parts)


def _untuned(claim: Claim, tunings: Mapping[str, Mapping[str, TunedArm]]) -> str:
    """Why arms kept the decisions of the scenario; empty where all were tuned."""
    if not claim.tuned:
        return claim.untuned
    arms = [arm for by_name in tunings.values() for arm in by_name.values()]
    return (
        "; ".join(dict.fromkeys(arm.why_not for arm in arms if arm.why_not)) if arms else "quick run: nothing is tuned"
    )


def _control_words(claim: Claim, size: LedgerSize, run: RunSweep, folder: Path) -> str:
    if not claim.control:
        return ""
    runs = run(control_experiment(claim, size), folder / "control")
    most = max(float(np.abs(paired_effect(runs, measure).gaps).max()) for measure in claim.measures)
    return "exactly zero" if most == 0.0 else f"up to {most:.3g}"


def _other_way_words(claim: Claim, size: LedgerSize, run: RunSweep, folder: Path) -> str:
    if claim.other_way is None:
        return ""
    rows = effects_in_world(run(counterexample(claim, size), folder / "other-way"), claim.measures)
    return reading_of_world([row["reading"] for row in rows])


def _grid_rows(claim: Claim, size: LedgerSize, run: RunSweep, folder: Path) -> list[ResultRow]:
    experiment = grid_experiment(claim, size)
    if experiment is None or claim.grid is None:
        return []
    runs = run(experiment, folder / "grid")
    return [
        {"claim": claim.id, "world": label(claim.worlds[0]), "measure": claim.grid.measure.outcome["measure"],
         "path": claim.grid.path, "value": value,
         "mean": float(gaps.mean()), "low": low, "high": high, "unit": claim.grid.measure.unit}
        for value, gaps in _curve(claim, runs) for low, high in [students_interval(gaps)]
    ]  # fmt: skip


def _curve(claim: Claim, runs: pd.DataFrame) -> Iterable[tuple[float, np.ndarray]]:
    """Differences at each value of a curve."""
    assert claim.grid is not None
    measure, values = claim.grid.measure, claim.grid.values
    if VALUE in runs:
        for value in values:
            yield value, paired_effect(runs[runs[VALUE] == value], measure).gaps
        return
    levels = by_arm(runs, measure.column, "replicate")
    for value in values:
        yield value, (levels[f"{value:g}"] - levels[f"{values[0]:g}"]).to_numpy(float)


def in_world(claim: Claim, world: str) -> Claim:
    """The same claim with one base world, such as that of a client."""
    return replace(claim, worlds=(world,))
