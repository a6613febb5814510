"""Studies over sampled worlds, and the world in which policies can differ by their running costs only."""

import numpy as np
import pandas as pd
import pytest

from sim.cli import main
from sim.experiments.studies.policies import leads, policies_study
from sim.experiments.studies.transformation import course, transformation_study
from sim.experiments.studies.walls import HEIGHTS, walls_study
from sim.experiments.studies.worlds import SAMPLED_WORLDS, Sample, sample_worlds
from sim.parameters import MARKET, BadInput
from sim.policies import Plan
from sim.statistics.verdicts import SEARCH_BOUND
from tests.support.sweeps import shipped_experiment
from tests.support.worlds import focal, run_market, small

pytestmark = pytest.mark.long

TINY = {"market.customers": 60, "market.size": 600, "months": 3, "market.warm_up": 2}
RUNNING = ("walls", "intelligence", "depth")


@pytest.fixture(scope="module")
def few():
    sample = sample_worlds(4)
    return Sample(tuple(world.with_settings(TINY) for world in sample.worlds), sample.numbers, sample.seed)


def test_sampled_worlds_vary_every_factor_within_what_is_allowed():
    allowed = {f"market.{one.name}": (one.low, one.high) for one in MARKET}
    for factor in shipped_experiment(SAMPLED_WORLDS).factors:
        for path in factor.paths:
            assert allowed[path][0] <= factor.low < factor.high <= allowed[path][1]
    assert (sample_worlds(8).numbers.nunique() == 8).all()


def test_a_study_needs_two_worlds():
    with pytest.raises(BadInput, match="at least 2 are needed"):
        sample_worlds(1)


@pytest.fixture(scope="module")
def studied(few):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sim.experiments.studies.policies.TRIALS", 8)
        return policies_study(few, ("osfa", "hybrid"))


def test_every_world_has_its_best_height_and_no_wall_is_confirmed_against_itself(few):
    study = walls_study(few)
    shares = study.summary[[f"best_{height:g}" for height in HEIGHTS]]
    assert np.allclose(shares.sum(axis=1), 1.0) and len(study.worlds) == 2 * len(few.worlds)
    assert (study.worlds["lead"].isna() == (study.worlds["best"] == 0.0)).all()


def test_the_winner_of_a_decided_world_has_the_highest_value(studied):
    decided = studied.worlds[studied.worlds["winner"] != SEARCH_BOUND]
    best = decided[["tuned_osfa", "tuned_hybrid"]].to_numpy().argmax(axis=1)
    assert list(decided["winner"]) == [("osfa", "hybrid")[place] for place in best]


def test_a_world_in_which_a_search_ended_at_a_bound_has_no_winner(studied):
    bound = (studied.worlds[["osfa_at_bound", "hybrid_at_bound"]] != "").any(axis=1)
    assert ((studied.worlds["winner"] == SEARCH_BOUND) == bound).all()
    assert set(studied.summary["not_decided"]) == {int(bound.sum())}


def test_worlds_are_won_or_not_decided(few, studied):
    assert studied.summary["wins"].sum() + studied.summary["not_decided"].iloc[0] == len(few.worlds)


def test_what_a_lead_goes_with_is_said_of_decided_worlds_only(few, studied):
    worlds = studied.worlds.assign(winner="osfa")
    assert set(leads(few, worlds, ("osfa", "hybrid"))["factor"]) == set(few.numbers)
    assert not len(leads(few, worlds.assign(winner=SEARCH_BOUND), ("osfa", "hybrid")))


def test_the_study_publishes_what_defines_its_policies(studied, tmp_path):
    studied.write(tmp_path)
    assert set(pd.read_csv(tmp_path / "decisions.csv")["policy"]) == {"osfa", "hybrid"}


def test_the_command_writes_what_it_found(few, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sim.experiments.studies.worlds.sample_worlds", lambda count: few)
    assert main(["study", "walls", "--out", str(tmp_path / "s")]) == 0
    assert len(pd.read_csv(tmp_path / "s" / "worlds.csv")) == 2 * len(few.worlds)
    assert {path.name for path in (tmp_path / "s").iterdir()} == {
        "study.json",
        "worlds.csv",
        "summary.csv",
        "drivers.csv",
    }
    assert "no advantage of walls" in capsys.readouterr().out


@pytest.mark.slow
def test_without_their_advantages_no_world_prefers_walls_beyond_chance():
    study = walls_study(sample_worlds(40))
    free = study.summary.set_index("arm").loc["no advantage of walls"]
    assert free["clearly_better_walled"] <= 1 + 3 * free["expected_by_chance"]  # false alarms: well below 1 in 100


def test_where_customers_are_alike_and_known_policies_differ_by_their_running_costs_to_the_cent():
    equal = {name: value for name, value in Plan()._asdict().items() if name not in RUNNING}
    world = small(
        months=8, market__needs__spread=0.0, market__needs__distortion=0.0, market__organisation__alignment=0.0,
        mechanisms__needs_drift=False, mechanisms__handoffs=False, mechanisms__specialisation=False,
        mechanisms__walls_hide=False, mechanisms__finance=False, mechanisms__own_books=False,
        mechanisms__meetings=False, mechanisms__facts=False, mechanisms__own_lines=False,
        **{f"firms__0__decisions__{name}": value for name, value in equal.items()},
    )  # fmt: skip
    one, other = (
        focal(run_market(world.with_settings({"firms.0.policy": name}))) for name in ("osfa", "customer_centric")
    )
    costs = ["cost_coordination", "cost_intelligence"]
    moved = {name for name in one if not one[name].equals(other[name])}
    assert {"policy", "profit", "cash", *costs} <= moved
    assert moved <= {
        "policy",
        "profit",
        "operating_profit",
        "cash",
        "clv_expected_mean",
        "customer_equity",
        "belief_precision",
        *costs,
    }
    saved = (other[costs].sum(axis=1) - one[costs].sum(axis=1)) * 100
    assert ((one["profit"] - other["profit"]) * 100).round().tolist() == saved.round().tolist()
    assert (saved.round() != 0).all()


def test_a_transformation_that_loses_for_good_never_breaks_even():
    found = course(np.array([1.0, 0.5, 0.5]), np.ones(3))
    assert found["depth"] == found["gap"] == -1.0 and np.isnan(found["break_even"])


def test_every_world_of_a_transformation_is_ahead_or_not(few, monkeypatch):
    monkeypatch.setattr("sim.experiments.studies.transformation.STUDY_MONTHS", 15)
    summary = transformation_study(few).summary
    ends = summary[["loss_first_gain_later", "gain_without_a_dip", "never_ahead"]].sum(axis=1)
    assert (ends == len(few.worlds)).all() and len(summary) == 2
