"""Tuning as a command: equal budgets, a search curve, the gain in worlds that no search has seen."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from sim import BadInput, Scenario
from sim.cli import main
from sim.experiments.compare import compare
from sim.experiments.samplers import SAMPLERS
from sim.experiments.search_bound import with_search_bounds
from sim.experiments.search_space import ranges_with, tunable_decisions
from sim.experiments.tune import TRAINING, tune, worth_of
from sim.experiments.tuning_result import FIRST_FRESH_REPLICATION, read_tuning, tune_policies
from sim.parameters.decisions import TUNING_RANGES
from sim.policies import policy_named
from sim.statistics.verdicts import CLEAR, NO_DIFFERENCE
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
    own = {name: found.trials().query("policy == 'osfa'").iloc[0][name] for name in best}
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
    tuned = tunable_decisions(policy_named("osfa"), Scenario.load("telecom").mechanisms)
    assert set(told["policies"]["osfa"]["decisions"]) == set(tuned)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"budget": 1}, "at least 2 trials"), ({"worlds": 0}, "at least 1"), ({"fresh": 1}, "at least 1 and 2")],
)
def test_too_little_is_refused(change, message):
    with pytest.raises(BadInput, match=message):
        tune_policies(small(), ["osfa"], **{"budget": 4, **change})


def test_a_search_that_has_climbed_one_hill_spends_the_rest_elsewhere_and_tries_nothing_twice(monkeypatch):
    ranges = ranges_with(None, small().firms[0].neutral)

    def two_hills(scenario, policy, points, numbers, seed):
        def hill(point, top):
            shares = {name: (point[name] - low) / (high - low) for name, (low, high) in ranges.items() if name in top}
            return -sum((shares[name] - at) ** 2 for name, at in top.items())

        low = {"utilisation": 0.6, "research": 0.3, "price": 0.3, "marketing": 0.25}
        high = {"utilisation": 0.2, "research": 0.8, "price": 0.9, "marketing": 0.8}
        return [max(hill(point, low), 1.0 + 2.0 * hill(point, high)) for point in points]

    monkeypatch.setattr("sim.experiments.tune._values", two_hills)
    tuned = tune(small(), ["osfa"], budget=600)["osfa"]
    trials = tuned.trials
    assert len(trials) == 600 and not trials.duplicated(list(tuned.ranges)).any()
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


# --- what is tuned, and where a range ends too soon -------------------------------------------------------------------

PRICE_ALONE = f"{Path(__file__).parents[1] / 'support' / 'policy_of_everything_but_price.py'}:EverythingButPrice"
UP_TO_A_LOW_PRICE, WIDE = {"price": (0.5, 0.75)}, {"price": (0.5, 2.0)}


@pytest.fixture(scope="module")
def at_bound():
    return tune_policies(small(months=24), [PRICE_ALONE], 14, 1, 2, ranges=UP_TO_A_LOW_PRICE)


def test_no_decision_that_defines_a_policy_is_tuned_and_every_other_with_something_to_act_on_is():
    world = small(mechanisms__invoices=True)
    tuned = tunable_decisions(policy_named("customer_centric"), world.mechanisms)
    assert set(tuned) == {
        "price", "utilisation", "research", "marketing", "newcomer_discount", "retention_discount", "promise", "senior",
        "hold_after", "reminders", "survey_size", "prospect_data",
    }  # fmt: skip


def test_a_best_value_at_the_bound_of_its_range_decides_nothing_and_is_named(at_bound):
    assert at_bound.tunings[PRICE_ALONE].settings == {"decisions.price": 0.75}
    assert at_bound.gains[PRICE_ALONE].verdict == f"not decided: search bound (price of {PRICE_ALONE})"


def test_a_comparison_with_a_policy_at_a_bound_decides_nothing(at_bound):
    tuned = at_bound.tunings[PRICE_ALONE]
    found = compare(small(), (PRICE_ALONE, "osfa"), 2, settings={PRICE_ALONE: tuned.settings})
    found = with_search_bounds(found, {PRICE_ALONE: tuned.at_bound, "osfa": []})
    assert set(found.gaps["verdict"]) == {f"not decided: search bound (price of {PRICE_ALONE})"}
    assert found.about["at_bound"] == {PRICE_ALONE: ["price"]}


def test_a_wider_range_removes_the_bound():
    wide = tune_policies(small(months=24), [PRICE_ALONE], 14, 1, 2, ranges=WIDE)
    assert wide.tunings[PRICE_ALONE].at_bound == []
    assert wide.gains[PRICE_ALONE].verdict in (*CLEAR, NO_DIFFERENCE)


@pytest.mark.long
def test_the_command_compares_tuned_policies_and_says_which_search_ended_at_a_bound(capsys, tmp_path):
    words = ["tune", "telecom", "--policy", PRICE_ALONE, "--policy", "osfa", "--budget", "6", "--worlds", "1"]
    narrow = ["--range", "price=0.5:0.51", "--fresh", "2", "--out", str(tmp_path / "t")]
    sets = ["--set", "market.customers=60", "--set", "market.size=600", "--set", "months=12"]
    assert main([*words, *narrow, *sets]) == 0
    tuned = ["--policies", f"{PRICE_ALONE},osfa", "--tuned", str(tmp_path / "t"), "--replications", "2"]
    assert main(["compare", "telecom", *sets, *tuned, "--bridge", "reap", "--out", str(tmp_path / "c")]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert re.search(r"Not decided: search bound \([^)]*price[^)]* of", told)
    assert set(pd.read_csv(tmp_path / "c" / "decisions.csv")["kind"]) == {"defining", "nuisance"}
    assert "not decided: search bound" in (tmp_path / "c" / "report.html").read_text(encoding="utf-8")


def test_a_tuning_of_another_world_is_refused(found, tmp_path):
    found.write(tmp_path)
    with pytest.raises(BadInput, match="tuned in another world"):
        read_tuning(tmp_path, small(months=9), ["osfa"])


def test_a_policy_that_was_not_tuned_is_refused_by_name(found, tmp_path):
    found.write(tmp_path)
    with pytest.raises(BadInput, match="hybrid was not tuned there; tuned are osfa, customer_centric"):
        read_tuning(tmp_path, found.scenario, ["hybrid"])


def test_a_policy_that_does_not_say_what_defines_it_cannot_be_tuned():
    with pytest.raises(BadInput, match="does not say which decisions define it"):
        tune(small(), [f"{Path(__file__).parents[1] / 'support' / 'policy_using_every_fact.py'}:EveryFact"])


@pytest.mark.parametrize(
    ("ranges", "message"),
    [({"reserch": (0.0, 0.1)}, "Did you mean research"), ({"price": (0.4, 1.0)}, "must lie between 0.5 and 2")],
)
def test_a_range_that_is_not_allowed_is_refused(ranges, message):
    with pytest.raises(BadInput, match=message):
        tune(small(), ["osfa"], ranges=ranges)
