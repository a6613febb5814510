"""The bank: a sweep over the ranges of the numbers, and its runs as numbers and patterns."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.calibration.behaviour.bank import RunBank
from sim.experiments.behaviour.numbers import NumberRange
from sim.experiments.behaviour.patterns import Pattern, measures_of, patterns_seen, runs_by_firm, scaled
from sim.experiments.behaviour.plan import BehaviourPlan
from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.result import Sweep
from sim.experiments.sweep.store.parts import OK


def bank_experiment(
    world: str, numbers: Sequence[NumberRange], patterns: Sequence[Pattern], plan: BehaviourPlan
) -> Experiment:
    """The sweep that makes a bank; every run has luck of its own, so that luck is part of what intervals hold.

    Args:
        world: Name in the box or path of a scenario file.
        numbers: What is drawn.
        patterns: What is looked at.
        plan: Size and seed.

    Raises:
        BadInput: The world does not go together with a value in the ranges.
    """
    factors = {
        number.column: {"path": f"market.{number.name}", "range": [number.low, number.high]} for number in numbers
    }
    mapping: dict[str, Any] = {
        "name": "behaviour",
        "description": "Bank of runs from which behavioural numbers are calibrated",
        "scenario": world,
        "settings": {"market.customers": plan.customers, "months": plan.months},
        "factors": factors,
        "design": plan.design,
        "seed": plan.seed,
        "random_numbers": "independent",
        "outcomes": {"losses": {"measure": "losses", "firm": "all"}},
        "monthly": measures_of(patterns),
    }
    return Experiment.from_mapping(mapping, "the bank of runs")


def bank_of(made: Sweep, numbers: Sequence[NumberRange], patterns: Sequence[Pattern]) -> RunBank:
    """Numbers and patterns of all runs that went well.

    Args:
        made: The sweep.
        numbers: What was drawn.
        patterns: What is looked at.
    """
    runs = made.runs.set_index("point")
    seen = runs_by_firm(patterns, made.monthly, "point")
    points = [int(point) for point in runs.index[runs["status"] == OK] if point in seen]
    return RunBank(
        tuple(number.name for number in numbers),
        np.array([number.low for number in numbers]),
        np.array([number.high for number in numbers]),
        runs.loc[points, [number.column for number in numbers]].to_numpy(float),
        tuple(row.name for row in patterns),
        np.array([scaled(patterns, patterns_seen(patterns, seen[point])) for point in points]),
    )
