"""Whole numbers that a tool writes with a decimal point (12.0) are whole wherever a file is read."""

from pathlib import Path

import pytest
import yaml

from sim import Experiment, Scenario
from sim.experiments.evidence.plan import EvidencePlan
from sim.parameters.shipped import scenario_names, shipped_folder
from tests.support.sweeps import NPV, design, shipped_experiment

EXPERIMENTS = ("asset-owner", "incentive-conflict")
RANGE = {"path": "market.needs.segments", "range": [2, 6], "distribution": "whole", "levels": 3}
KINDS = {
    "sobol": {"kind": "sobol", "points": 4, "seed": 1},
    "morris": {"kind": "morris", "trajectories": 3, "grid": 4, "seed": 1},
}


def with_points(value):
    """A value with every whole number inside as a number with a decimal point."""
    if isinstance(value, dict):
        return {key: with_points(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_points(inner) for inner in value]
    return float(value) if type(value) is int else value


def rewritten(path, folder):
    """A copy of a file in which every whole number has a decimal point."""
    copy = folder / path.name
    copy.write_text(yaml.safe_dump(with_points(yaml.safe_load(path.read_text(encoding="utf-8"))), sort_keys=False))
    return copy


def test_months_of_an_outcome_may_have_a_decimal_point():
    outcomes = {"early": NPV | {"months": [1.0, 3.0]}}
    outcome = Experiment.from_mapping(design(outcomes=outcomes)).outcomes[0]
    assert (outcome.first, outcome.last) == (1, 3) and {type(outcome.first), type(outcome.last)} == {int}


@pytest.mark.parametrize("months", [[1.5, 3], [True, 3], ["1", 3], [1, 3, 4], 3.0, [1.0, 1e400]])
def test_months_of_an_outcome_that_are_not_whole_are_refused(months):
    with pytest.raises(ValueError, match=r"outcomes\.early\.months is .*write the first and the last month"):
        Experiment.from_mapping(design(outcomes={"early": NPV | {"months": months}}))


@pytest.mark.parametrize("kind", KINDS)
def test_a_design_with_decimal_points_is_the_same_design(kind):
    factors = {"segments": RANGE, "spread": {"path": "market.needs.spread", "range": [0.5, 1.0], "levels": 2}}
    outcomes = {"early": NPV | {"months": [1, 3]}}
    given = design(factors=factors, design=KINDS[kind], outcomes=outcomes, seed=7)
    found, expected = Experiment.from_mapping(with_points(given)), Experiment.from_mapping(given)
    assert found == expected and [point.settings for point in found.points] == [p.settings for p in expected.points]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_shipped_experiment_with_decimal_points_is_the_same_experiment(name, tmp_path):
    path = shipped_folder("experiments") / f"{name}.yaml"
    assert Experiment.load(rewritten(path, tmp_path)) == shipped_experiment(name)


@pytest.mark.parametrize("name", scenario_names())
def test_a_shipped_scenario_with_decimal_points_is_the_same_scenario(name, tmp_path):
    path = shipped_folder("scenarios") / f"{name}.yaml"
    assert Scenario.load(rewritten(path, tmp_path)).sha256 == Scenario.load(path).sha256


def test_the_plan_of_the_evidence_with_decimal_points_is_the_same_plan(tmp_path):
    path = Path(shipped_folder("experiments")) / "evidence.yaml"
    assert EvidencePlan.load(rewritten(path, tmp_path)) == EvidencePlan.load(path)
