"""Tuning as a command: equal budgets, a search curve, the gain in worlds that no search has seen."""

import json

import pandas as pd
import pytest

from sim import BadInput, Scenario
from sim.cli import main
from sim.experiments.samplers import SAMPLERS
from sim.experiments.tune import TRAINING, tune, worth_of
from sim.experiments.tuning_result import FIRST_FRESH_REPLICATION, tune_policies
from sim.parameters.decisions import TUNING_RANGES
from tests.support.worlds import small

TINY = ["--customers", "60", "--years", "1", "--set", "market.size=600", "--set", "market.warm_up=1"]


@pytest.fixture(scope="module")
def found():
    return tune_policies(small(months=8), ["osfa", "customer_centric"], budget=8, worlds=1, fresh=3)


def test_every_policy_has_the_same_number_of_trials(found):
    assert found.trials().groupby("policy").size().to_dict() == {"osfa": 8, "customer_centric": 8}


def test_the_search_curve_never_falls_and_ends_at_the_best(found):
    for _, table in found.trials().groupby("policy"):
        assert table["best_so_far"].is_monotonic_increasing
        assert table["best_so_far"].iloc[-1] == table["npv"].max()


def test_the_gain_is_that_of_the_best_against_the_own_decisions_in_fresh_worlds(found):
    scenario, tuned = found.scenario, found.tunings["osfa"]
    best = {name.removeprefix("decisions."): value for name, value in tuned.settings.items()}
    own = {name: 0.97 if name == "price" else found.trials().query("policy == 'osfa'").iloc[0][name] for name in best}
    worth = worth_of(
        scenario, "osfa", [best, own], range(FIRST_FRESH_REPLICATION, FIRST_FRESH_REPLICATION + 3), scenario.seed
    )
    assert found.gains["osfa"].mean == pytest.approx((worth[0] - worth[1]).mean())


def test_no_world_of_the_gain_is_one_of_the_search():
    assert FIRST_FRESH_REPLICATION > TRAINING + 100_000


def test_a_tuned_scenario_runs_and_has_the_decisions(found, tmp_path):
    found.write(tmp_path)
    again = Scenario.load(tmp_path / "scenarios" / "osfa.yaml")
    decided = again.firms[0].decisions
    assert again.firms[0].policy == "osfa"
    assert all(TUNING_RANGES[name][0] <= decided[name] <= TUNING_RANGES[name][1] for name in ("price", "research"))
    assert len(pd.read_csv(tmp_path / "trials.csv")) == 16


def test_the_command_prints_one_document(capsys, tmp_path):
    words = ["tune", "telecom", "--policy", "osfa", "--budget", "3", "--worlds", "1", "--fresh", "2", *TINY]
    assert main([*words, "--json", "--out", str(tmp_path / "out")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((tmp_path / "out" / "tuning.json").read_text())
    assert set(told["policies"]["osfa"]["decisions"]) == {"utilisation", "research", "price", "marketing"}


@pytest.mark.parametrize(
    ("change", "message"),
    [({"budget": 1}, "at least 2 trials"), ({"worlds": 0}, "at least 1"), ({"fresh": 1}, "at least 1 and 2")],
)
def test_too_little_is_refused(change, message):
    with pytest.raises(BadInput, match=message):
        tune_policies(small(), ["osfa"], **{"budget": 4, **change})


def test_a_search_that_has_climbed_one_hill_spends_the_rest_elsewhere_and_tries_nothing_twice(monkeypatch):
    def two_hills(scenario, policy, points, numbers, seed):
        def hill(point, top):
            return -sum(
                ((point[name] - at) / (TUNING_RANGES[name][1] - TUNING_RANGES[name][0])) ** 2
                for name, at in top.items()
            )

        low = {"utilisation": 0.82, "research": 0.03, "price": 0.97, "marketing": 0.0075}
        high = {"utilisation": 0.7, "research": 0.1, "price": 1.3, "marketing": 0.025}
        return [max(hill(point, low), 1.0 + 2.0 * hill(point, high)) for point in points]

    monkeypatch.setattr("sim.experiments.tune._values", two_hills)
    trials = tune(small(), ["osfa"], budget=150)["osfa"].trials
    assert len(trials) == 150 and not trials.duplicated(list(TUNING_RANGES.keys() - {"depth"})).any()
    assert trials["npv"].max() > 0.99
    assert "further" in set(trials["stage"])


@pytest.mark.parametrize("search", SAMPLERS)
def test_a_sampler_spends_what_the_shared_points_leave_and_repeats(search):
    pytest.importorskip("optuna")
    one, same = (tune_policies(small(months=4), ["osfa"], 6, 1, 2, search=search).trials() for _ in range(2))
    assert one["stage"].tolist() == ["own", "wide", "wide", search, search, search]
    pd.testing.assert_frame_equal(one, same)


def test_a_search_that_is_not_known_is_refused_with_the_nearest_name():
    with pytest.raises(BadInput, match="Did you mean cmaes"):
        tune_policies(small(), ["osfa"], search="cma-es")


def test_a_policy_twice_is_refused():
    with pytest.raises(BadInput, match="once"):
        tune_policies(small(), ["osfa", "osfa"])
