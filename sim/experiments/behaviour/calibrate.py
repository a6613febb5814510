"""Behavioural calibration: a bank of runs, a regression that is checked, and what observed patterns say of numbers."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.calibration.behaviour.bank import RunBank, usable
from sim.calibration.behaviour.checks import CheckedFit, fit_and_check
from sim.calibration.behaviour.identification import number_fits
from sim.calibration.behaviour.posterior import TAIL
from sim.calibration.behaviour.reach import reach_of_patterns
from sim.experiments.behaviour.bank_of_runs import bank_experiment, bank_of
from sim.experiments.behaviour.numbers import NumberRange, number_ranges
from sim.experiments.behaviour.observed import read_observed
from sim.experiments.behaviour.patterns import Pattern, patterns_of, scaled
from sim.experiments.behaviour.plan import BehaviourPlan
from sim.experiments.behaviour.result import BehaviourCalibration, PatternFit
from sim.experiments.sweep.run import sweep
from sim.experiments.sweep.runner.progress import Show
from sim.experiments.sweep.store.keys import model_hash
from sim.files.atomic_folder import BEHAVIOUR_MARK
from sim.files.kept_lines import begin_folder
from sim.parameters import Scenario

BANK_FOLDER = "bank"
USUAL_BEHAVIOUR_PLAN = BehaviourPlan()


class BankFolder(NamedTuple):
    """Where a bank is kept, and how it is filled.

    Args:
        folder: Folder of the calibration; runs that it has are not made again.
        workers: Processes; as many as there are processors if None.
        show: Called about once a second.
    """

    folder: Path
    workers: int | None = None
    show: Show | None = None


def calibrate_behaviour(
    world: str,
    where: BankFolder,
    observed: Path | None = None,
    parameters: Sequence[str] = (),
    plan: BehaviourPlan = USUAL_BEHAVIOUR_PLAN,
) -> BehaviourCalibration:
    """Estimate behavioural numbers from several patterns at once, each with an interval or as not identified.

    Args:
        world: Name in the box or path of a scenario file.
        where: Folder of the bank of runs; a bank that was stopped is gone on with.
        observed: File of patterns, or folder of a run; without it the bank alone is judged.
        parameters: Numbers as in `sim.experiments.behaviour.numbers.number_ranges`.
        plan: Size of the bank.

    Raises:
        BadInput: A world, number, range or pattern that is not allowed; a folder of other work; too few runs.
    """
    scenario, plan = Scenario.load(world), plan.checked()
    numbers, patterns = number_ranges(parameters, scenario), patterns_of(scenario)
    values = read_observed(observed, patterns) if observed is not None else None
    experiment = bank_experiment(world, numbers, patterns, plan)
    about = _about(scenario, numbers, plan)
    begin_folder(where.folder, BEHAVIOUR_MARK, about, "behavioural calibration")
    made = sweep(experiment, where.folder / BANK_FOLDER, where.workers, progress=where.show)
    bank = bank_of(made, numbers, patterns)
    about |= {"runs": plan.runs, "observed": str(observed or ""), "dated": date.today().isoformat()}
    return calibrated(bank, patterns, values, about)


def calibrated(
    bank: RunBank, patterns: Sequence[Pattern], values: Mapping[str, float] | None, about: Mapping[str, Any]
) -> BehaviourCalibration:
    """What a bank says of numbers.

    Args:
        bank: The runs.
        patterns: What they were looked at for.
        values: Observed patterns in their units; None to judge the bank alone.
        about: Where the numbers come from.

    Raises:
        BadInput: Too few runs, or no observed pattern can be used.
    """
    wanted = bank.columns([name for name in bank.patterns if values is None or name in values])
    useful = usable(wanted)
    checked = fit_and_check(useful.bank)
    rows = {row.name: row for row in patterns}
    chosen = [rows[name] for name in useful.bank.patterns]
    if values is None:
        fits = number_fits(checked, None, outside=False)
        return BehaviourCalibration(fits, _pattern_fits(checked, chosen, None, ()), None, checked, useful, about)
    seen = scaled(chosen, values)
    reach = reach_of_patterns(checked.fit.bank, seen)
    fits = number_fits(checked, checked.fit.draws(seen), reach.outside)
    return BehaviourCalibration(
        fits, _pattern_fits(checked, chosen, values, reach.culprits), reach, checked, useful, about
    )


def _pattern_fits(
    checked: CheckedFit, patterns: Sequence[Pattern], values: Mapping[str, float] | None, culprits: Sequence[str]
) -> list[PatternFit]:
    ends = np.quantile(checked.fit.bank.summaries, (TAIL, 0.5, 1.0 - TAIL), axis=0).T
    fits = []
    for row, runs in zip(patterns, ends, strict=True):
        low, middle, high = (row.scale.back(float(end)) for end in runs)
        observed = None if values is None else values[row.name]
        fits.append(PatternFit(row.name, row.unit, row.meaning, observed, low, middle, high, row.name in culprits))
    return fits


def _about(scenario: Scenario, numbers: Sequence[NumberRange], plan: BehaviourPlan) -> dict[str, Any]:
    """What makes a bank the same; a larger one goes on from a smaller one."""
    return {
        "scenario": scenario.name,
        "sha256": scenario.sha256,
        "parameters": {number.name: [number.low, number.high] for number in numbers},
        "customers": plan.customers,
        "months": plan.months,
        "seed": plan.seed,
        "code": model_hash(),
    }
