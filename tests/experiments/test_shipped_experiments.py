"""The experiments in the box: what they declare, and what pairing gains in one of them."""

import pytest
import yaml

from sim import Experiment
from sim.parameters.shipped import shipped_folder
from tests.support.sweeps import here, shipped_experiment

WORLDS = {"telecom", "grocery", "commodity", "cdnow", "b2b"}
DECLARING = (
    "policies", "needs-and-customising", "word-of-mouth-and-switching", "wall-height", "horizon", "luck",
    "incentive-conflict", "asset-owner", "shared-skill", "where-it-pays", "pairing",
)  # fmt: skip


@pytest.mark.parametrize("name", DECLARING)
def test_experiments_that_compare_declare_contrasts_with_a_smallest_effect(name):
    assert all(one.smallest > 0.0 for one in shipped_experiment(name).contrasts)
    assert shipped_experiment(name).contrasts


def test_policies_are_compared_in_every_world_of_the_box():
    experiment = shipped_experiment("policies")
    assert {level.label for level in experiment.factors[0].levels} >= WORLDS
    assert {one.where["world"] for one in experiment.contrasts} >= WORLDS


@pytest.mark.slow
def test_pairing_reduces_the_variance_of_policy_contrasts_tenfold_over_horizons(tmp_path):
    """Forty pairs: with twelve the ratio of variances itself reaches from half to twice its value."""
    contents = yaml.safe_load((shipped_folder("experiments") / "horizon.yaml").read_text(encoding="utf-8"))
    del contents["stopping"]
    contents["factors"]["policy"]["policies"] = ["product_centric", "customer_centric"]
    made = here(Experiment.from_mapping(contents | {"replications": 40}), tmp_path / "out")
    assert (made.pairing()["reduction"] >= 10.0).all()


def test_where_it_pays_samples_the_ranges_of_the_sampled_worlds_and_crosses_the_policies():
    wide = {factor.paths: (factor.low, factor.high) for factor in shipped_experiment("sampled-worlds").factors}
    found = shipped_experiment("where-it-pays")
    sampled = [factor for factor in found.factors if factor.name not in found.plan.crossed]
    assert len(sampled) == 10 and all(wide[factor.paths] == (factor.low, factor.high) for factor in sampled)
    assert found.plan.crossed == ("policy",) and len(found.points) == 3 * found.plan.points
    assert {one.other for one in found.contrasts} == {"osfa", "product_centric"}
