"""Health of the pairing: what common random numbers gain, and when paired worlds part."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim import Market, Scenario
from sim.experiments.sweep.divergence import divergence, stored_divergence
from sim.journeys.stored_run import ForkOrigin, StoredRun
from sim.parameters import BadInput
from sim.policies import register
from sim.policies.osfa import OneSizeFitsAll
from sim.statistics.declaration import Contrast
from sim.statistics.pairing import pairing
from tests.support.made_up_runs import crossed

AGAINST = Contrast("policy", "new", "old", "npv", smallest=1.0)
SMALL = {"market.customers": 200, "market.size": 2000, "months": 6, "market.warm_up": 4, "firms.0.policy": "osfa"}


def gain(policy):
    return 100.0 + 5.0 * (policy == "new")


def market(settings=None, **where):
    return Market(Scenario.load("telecom").with_settings(SMALL | (settings or {})), **where)


def report(runs, monthly=None, factors=("policy",)):
    return pairing(runs, [AGAINST], factors, monthly).iloc[0]


def test_the_reduction_of_variance_is_that_of_the_formula():
    found = report(crossed({"policy": ["old", "new"]}, gain, 5000, luck=3.0, noise=1.0))
    # each outcome has variance 9 + 1, the difference 1 + 1
    assert found["reduction"] == pytest.approx((10.0 + 10.0) / 2.0, rel=0.08)
    assert found["correlation"] == pytest.approx(9.0 / 10.0, abs=0.01)
    assert found["independent"] == np.ceil(5000 * found["reduction"])


def test_independent_worlds_gain_nothing():
    found = report(crossed({"policy": ["old", "new"]}, gain, 5000, noise=1.0))
    assert found["reduction"] == pytest.approx(1.0, abs=0.06)
    assert found["correlation"] == pytest.approx(0.0, abs=0.05)


def test_worlds_that_never_differ_are_alike_in_every_pair():
    found = report(crossed({"policy": ["old", "new"]}, lambda policy: 100.0, 20, luck=3.0))
    assert (found["alike"], found["reduction"], found["independent"]) == (1.0, np.inf, np.inf)


def test_the_first_month_that_differs_is_read_from_the_monthly_table():
    levels = {"wall": [0.0, 1.0], "word": [1], "policy": ["old", "new"]}
    runs = crossed(levels, lambda wall, word, policy: gain(policy), 3, noise=1.0)
    rows = [
        {
            "key": run.key,
            "month": month,
            "firm": firm,
            "profit": float(month >= 3 + run.replicate) * later,
            "nps": np.nan,
        }
        for run in runs.itertuples()
        for later in [float(run.policy == "new" and run.wall == 1.0 and run.replicate < 2)]
        for month in range(1, 7)
        for firm in ("north", "south")
    ]
    found = pairing(runs, [AGAINST], list(levels), pd.DataFrame(rows)).set_index("at")
    assert (
        found.loc["wall = 1.0, word = 1", "first_month"] == 3
        and found.loc["wall = 1.0, word = 1", "median_month"] == 3.5
    )
    assert np.isnan(found.loc["wall = 0.0, word = 1", "first_month"])


def test_without_other_factors_the_first_month_is_told_too():
    runs = crossed({"policy": ["old", "new"]}, gain, 2, noise=1.0)
    monthly = pd.DataFrame({"key": runs["key"], "month": 4, "firm": "north", "profit": runs["npv"]})
    assert report(runs, monthly)["first_month"] == 4


def test_the_same_world_twice_never_diverges():
    assert len(divergence(market(), market())) == 0


def test_a_policy_under_another_name_never_diverges():
    register(type("Namesake", (OneSizeFitsAll,), {"name": "namesake"}))
    assert len(divergence(market(), market({"firms.0.policy": "namesake"}))) == 0


def test_policies_diverge_when_they_begin_and_not_in_the_warm_up():
    found = divergence(market(), market({"firms.0.policy": "customer_centric"})).set_index("part")
    assert (found.loc["firms", "month"], found.loc["firms", "phase"]) == (1, "decisions")
    assert found.loc["firms", "column"].startswith("plan.") and found.loc["firms", "rows"] == 1
    assert found.loc["customers", "month"] >= 1


@pytest.mark.parametrize(
    "settings, month, phase, column",
    [
        ({"market.death": 0.2}, -3, "people", "present"),
        ({"market.service.base": 0.5}, -3, "service", "satisfaction"),
    ],
)
def test_a_changed_number_is_seen_after_the_phase_that_reads_it(settings, month, phase, column):
    found = divergence(market(), market(settings)).set_index("part").loc["customers"]
    assert (found["month"], found["phase"]) == (month, phase)
    assert column in found["columns"].split(", ")


def test_both_watchers_are_as_before():
    one, seen = market(), []
    one.watcher = lambda phase, world: seen.append(phase)
    watcher = one.watcher
    divergence(one, market({"firms.0.policy": "customer_centric"}))
    assert one.watcher is watcher and seen[:4] == ["start", "people", "decisions", "offers"]


@pytest.mark.parametrize("name, other", [("seed", {"seed": 2}), ("replicate", {"replicate": 1})])
def test_worlds_of_other_luck_are_no_pair(name, other):
    with pytest.raises(BadInput, match=f"not paired: {name} is"):
        divergence(market(), market(**other))


def test_a_stored_run_and_its_fork_differ_from_the_month_of_the_fork_on():
    settings = {"firms.0.decisions.price": 1.3}
    scenario = market().scenario
    origin = StoredRun(Path("nowhere"), scenario, seed=1, replicate=0, same_code=False)
    fork = StoredRun(Path("nowhere"), scenario.with_settings(settings), 1, 0, False, ForkOrigin(origin, 3, settings))
    found = stored_divergence(origin, fork).set_index("part")
    assert (found.loc["firms", "month"], found.loc["firms", "column"]) == (4, "plan.price")
    assert found.loc["customers", "month"] >= 4


def test_stored_runs_of_two_policies_are_lived_from_the_warm_up_on():
    runs = [
        StoredRun(Path("nowhere"), market({"firms.0.policy": policy}).scenario, 1, 0, same_code=False)
        for policy in ("osfa", "product_centric")
    ]
    pd.testing.assert_frame_equal(
        stored_divergence(*runs), divergence(market(), market({"firms.0.policy": "product_centric"}))
    )
