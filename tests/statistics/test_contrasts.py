"""Declared contrasts: intervals, effect sizes, Holm, equivalence."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.weightstats import ttost_paired

from sim.model.randomness import resampling
from sim.parameters import BadInput
from sim.statistics import intervals
from sim.statistics.contrasts import at_each_setting, averages
from sim.statistics.declaration import Contrast
from sim.statistics.intervals import interval
from sim.statistics.verdicts import equivalence_p, holm, verdict
from tests.support.made_up_runs import crossed, runs_of

AGAINST = Contrast("policy", "new", "old", "npv", smallest=1.0)
POLICIES = {"policy": ["old", "new"]}


def gain(by):
    return lambda *point: 100.0 + by * (point[-1] == "new")


def one(runs, contrast=AGAINST, factors=("policy",)):
    return averages(runs, [contrast], factors, seed=1).iloc[0]


@pytest.mark.long
def test_intervals_of_a_thousand_sweeps_cover_as_they_say():
    levels = {"study": range(1000), "policy": ["old", "new"]}
    runs = crossed(levels, lambda study, policy: 100.0 + study + 2.5 * (policy == "new"), 30, luck=5.0, noise=1.0)
    found = at_each_setting(runs, [AGAINST], ["study", "policy"], seed=1)
    assert (found["method"] == "t").all() and len(found) == 1000
    assert 0.93 <= ((found["low"] <= 2.5) & (found["high"] >= 2.5)).mean() <= 0.97


@pytest.mark.long
@pytest.mark.parametrize("count", [12, 20])
@pytest.mark.parametrize("draw, truth", [("normal", 0.0), ("exponential", 1.0)])
def test_bootstrap_intervals_of_few_pairs_cover_nearly_as_they_say(count, draw, truth, monkeypatch):
    monkeypatch.setattr(intervals, "INTERVAL_RESAMPLES", 999)
    rng = np.random.default_rng(8)
    found = [interval(getattr(rng, draw)(size=count), rng) for _ in range(1000)]
    least = 0.93 if draw == "normal" else 0.90
    assert least <= np.mean([one.low <= truth <= one.high for one in found]) <= 0.97


def test_many_pairs_have_students_interval():
    runs = crossed(POLICIES, gain(2.0), 40, luck=3.0, noise=1.0)
    wide = runs.pivot(index="replicate", columns="policy", values="npv")
    expected = stats.ttest_rel(wide["new"], wide["old"])
    found = one(runs)
    assert (found["low"], found["high"]) == pytest.approx(tuple(expected.confidence_interval(0.95)))
    assert found["p_difference"] == pytest.approx(expected.pvalue)


def test_few_pairs_have_a_bootstrap_interval_that_repeats():
    runs = crossed(POLICIES, gain(2.0), 20, noise=1.0)
    assert one(runs)["method"] == "bca"
    assert one(runs)["low"] == one(runs)["low"] < one(runs)["mean"] < one(runs)["high"]


def test_a_policy_without_effect_differs_by_exactly_zero_and_says_so():
    found = one(crossed(POLICIES, gain(0.0), 30, luck=7.0))
    assert tuple(found[["mean", "low", "high", "per_cent"]]) == (0.0, 0.0, 0.0, 0.0)
    assert (found["verdict"], found["note"]) == ("equivalent", "exactly zero in every pair")


def test_differences_are_told_in_units_and_in_per_cent_of_the_baseline():
    found = one(crossed(POLICIES, gain(5.0), 30, luck=1.0))
    assert found["mean"] == pytest.approx(5.0)
    assert found["per_cent"] == pytest.approx(100 * 5.0 / found["baseline"])


def test_averaging_is_over_settings_within_each_replicate():
    levels = {"wall": [0.0, 0.5, 1.0], "policy": ["old", "new"]}
    runs = crossed(levels, lambda wall, policy: wall + (1.0 + 6.0 * wall) * (policy == "new"), 30, luck=2.0, noise=0.5)
    wide = runs.pivot(index=["wall", "replicate"], columns="policy", values="npv")
    gaps = (wide["new"] - wide["old"]).groupby("replicate").mean()
    expected = stats.ttest_1samp(gaps, 0.0).confidence_interval(0.95)
    found = one(runs, factors=("wall", "policy"))
    assert found["pairs"] == 30 and (found["low"], found["high"]) == pytest.approx(tuple(expected))


def test_each_setting_has_its_own_difference():
    levels = {"wall": [0.0, 1.0], "policy": ["old", "new"]}
    runs = crossed(levels, lambda wall, policy: 3.0 * wall * (policy == "new"), 30)
    found = at_each_setting(runs, [AGAINST], ["wall", "policy"], 1).set_index("at")["mean"]
    assert found.to_dict() == pytest.approx({"wall = 0.0": 0.0, "wall = 1.0": 3.0}, abs=1e-12)


def test_holm_steps_down_from_the_smallest():
    # sorted 0.005, 0.011, 0.02, 0.04 times 4, 3, 2, 1, never below the one before
    assert holm([0.02, 0.005, 0.04, 0.011]) == pytest.approx([0.04, 0.02, 0.04, 0.033])


def test_the_family_of_holm_is_the_whole_table():
    runs = crossed({"policy": ["old", "new", "other"]}, gain(0.6), 30, noise=1.0)
    family = [AGAINST, Contrast("policy", "other", "old", "npv", 1.0), Contrast("policy", "new", "other", "npv", 1.0)]
    found = averages(runs, family, ["policy"], 1)
    assert found["p_difference_holm"].tolist() == pytest.approx(holm(found["p_difference"].tolist()))
    assert found["p_difference_holm"].min() == pytest.approx(3 * found["p_difference"].min())


@pytest.mark.parametrize("shift", [0.0, 0.4, 0.9, -2.0])
def test_equivalence_is_that_of_statsmodels(shift):
    rng = np.random.default_rng(4)
    values, against = rng.normal(shift, 1.0, 50), rng.normal(0.0, 1.0, 50)
    expected = ttost_paired(values, against, -0.8, 0.8)[0]
    assert equivalence_p(values - against, 0.8) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    "effect, noise, direction, word",
    [
        (3.0, 0.5, "higher", "better"),
        (3.0, 0.5, "lower", "worse"),
        (-3.0, 0.5, "higher", "worse"),
        (-3.0, 0.5, "lower", "better"),
        (0.3, 0.1, "higher", "equivalent"),
        (0.3, 6.0, "higher", "undecided"),
    ],
)
def test_a_verdict_is_one_of_four_words(effect, noise, direction, word):
    runs = crossed(POLICIES, gain(effect), 40, luck=3.0, noise=noise)
    assert one(runs, Contrast("policy", "new", "old", "npv", 1.0, direction))["verdict"] == word


def test_a_difference_that_is_certain_but_does_not_matter_is_equivalent():
    assert verdict(0.01, difference=1e-9, equivalence=1e-9, direction="higher") == "equivalent"


def test_pairs_that_lack_a_run_are_left_out_and_counted():
    runs = crossed(POLICIES, gain(2.0), 32, noise=1.0)
    runs.loc[3, "status"] = "failed"
    runs.loc[35, "npv"] = np.nan  # the other policy, replicate 3 as well
    runs.loc[7, "npv"] = np.inf
    found = one(runs)
    assert (found["pairs"], found["missing"]) == (30, 2)


def test_a_replicate_that_lacks_one_setting_is_left_out_of_the_average():
    levels = {"wall": [0.0, 1.0], "policy": ["old", "new"]}
    runs = crossed(levels, lambda wall, policy: wall, 30, luck=1.0)
    assert one(runs[runs["key"] != "run-2-4"], factors=("wall", "policy"))["missing"] == 1


@pytest.mark.parametrize(
    "contrast, message",
    [
        (Contrast("polcy", "new", "old", "npv", 1.0), "Did you mean policy"),
        (Contrast("policy", "new", "old", "nvp", 1.0), "Did you mean npv"),
        (Contrast("policy", "newer", "old", "npv", 1.0), "no run has policy = newer; there are: old, new"),
    ],
)
def test_unknown_columns_and_levels_are_named(contrast, message):
    with pytest.raises(BadInput, match=message):
        one(crossed(POLICIES, gain(1.0), 5), contrast)


def test_the_same_run_twice_is_refused_by_name():
    runs = runs_of([["old"], ["new"], ["new"]], np.ones((3, 4)), ["policy"])
    with pytest.raises(BadInput, match="twice: run-2-0, run-2-1"):
        one(runs)


def test_one_pair_is_undecided_and_says_why():
    found = one(crossed(POLICIES, gain(9.0), 1))
    assert (found["pairs"], found["verdict"]) == (1, "undecided") and np.isnan(found["low"])
    assert "fewer than 2 whole pairs" in found["note"]


def test_a_setting_without_pairs_does_not_count_in_the_family():
    levels = {"wall": [0.0, 1.0], "policy": ["old", "new"]}
    runs = crossed(levels, lambda wall, policy: 3.0 * (policy == "new"), 30, noise=1.0)
    broken = runs.assign(status=np.where(runs["wall"] == 0.0, "crashed", "ok"))
    found = at_each_setting(broken, [AGAINST], list(levels), 1).set_index("at")
    assert found.loc["wall = 0.0", "missing"] == 30 and found.loc["wall = 0.0", "verdict"] == "undecided"
    assert found.loc["wall = 1.0", "p_difference_holm"] == found.loc["wall = 1.0", "p_difference"]


@pytest.mark.parametrize(
    "values, message",
    [
        (("a", "a", 1.0, "higher"), "compared with itself"),
        (("a", "b", 0.0, "higher"), "amount above 0"),
        (("a", "b", float("nan"), "higher"), "amount above 0"),
        (("a", "b", 1.0, "up"), "allowed are higher and lower"),
    ],
)
def test_a_contrast_that_makes_no_sense_is_refused(values, message):
    level, other, smallest, direction = values
    with pytest.raises(BadInput, match=message):
        Contrast("policy", level, other, "npv", smallest, direction)


def test_resampling_follows_from_seed_and_purpose():
    first = resampling(1, "a").random(4)
    assert (first == resampling(1, "a").random(4)).all()
    assert not np.isin(first, np.concatenate([resampling(2, "a").random(4), resampling(1, "b").random(4)])).any()
