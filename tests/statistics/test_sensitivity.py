"""Sobol indices, Morris screening and factorial effects against closed forms."""

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import morris as morris_of_salib
from SALib.analyze import sobol as sobol_of_salib
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample
from statsmodels.formula.api import ols

from sim.parameters import BadInput
from sim.statistics.effects import effects
from sim.statistics.morris import morris
from sim.statistics.sobol import sobol
from tests.support.made_up_runs import crossed, runs_of

NAMES = ("x1", "x2", "x3")
PROBLEM = {"num_vars": 3, "names": list(NAMES), "bounds": [[-np.pi, np.pi]] * 3}
A, B = 7.0, 0.1
POINTS = sobol_sample.sample(PROBLEM, 1024, calc_second_order=False, seed=1)


def ishigami(points):
    return np.sin(points[:, 0]) + A * np.sin(points[:, 1]) ** 2 + B * points[:, 2] ** 4 * np.sin(points[:, 0])


def closed_form():
    """Variances of Ishigami and Homma (1990): of x1 alone, of x2 alone, of x1 with x3."""
    one = 0.5 * (1 + B * np.pi**4 / 5) ** 2
    two = A**2 / 8
    mixed = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = one + two + mixed
    return np.array([one, two, 0.0]) / whole, np.array([one + mixed, two, mixed]) / whole


def noisy(replicates, share, points=POINTS, common=0.0):
    """Runs whose noise has a given share of the signal's spread; common luck moves a whole replicate."""
    rng = np.random.default_rng(11)
    signal = ishigami(points)
    noise = share * signal.std() * rng.normal(size=(len(points), replicates))
    return runs_of(points, signal[:, None] + noise + common * rng.normal(size=replicates), NAMES)


def found(runs, suffix=""):
    table = sobol(runs, NAMES, "npv", seed=1)
    return table[f"first{suffix}"].to_numpy(float), table[f"total{suffix}"].to_numpy(float)


def test_sobol_indices_are_those_of_the_closed_form():
    assert np.allclose(found(noisy(1, 0.0)), closed_form(), atol=0.02)


def test_sobol_indices_are_those_of_salib():
    expected = sobol_of_salib.analyze(PROBLEM, ishigami(POINTS), calc_second_order=False, seed=1)
    assert np.allclose(found(noisy(1, 0.0)), (expected["S1"], expected["ST"]), atol=1e-12)


def test_points_with_second_order_rows_give_the_same_indices():
    points = sobol_sample.sample(PROBLEM, 256, calc_second_order=True, seed=1)
    expected = sobol_of_salib.analyze(PROBLEM, ishigami(points), calc_second_order=True, seed=1)
    assert np.allclose(found(noisy(1, 0.0, points)), (expected["S1"], expected["ST"]), atol=0.01)


@pytest.mark.long
def test_replicate_noise_moves_the_indices_of_means_and_not_the_clean_ones():
    runs, share = noisy(10, 1.0), 1.0 / 10.0
    first, total = closed_form()
    assert np.allclose(found(runs), (first / (1 + share), (total + share) / (1 + share)), atol=0.035)
    assert np.allclose(found(runs, "_clean"), closed_form(), atol=0.03)


@pytest.mark.long
def test_intervals_of_clean_indices_hold_the_truth():
    table = sobol(noisy(10, 1.0), NAMES, "npv", seed=1)
    for kind, truth in zip(("first", "total"), closed_form(), strict=True):
        assert (table[f"{kind}_clean_low"] <= truth).all() and (truth <= table[f"{kind}_clean_high"]).all()


@pytest.mark.long
def test_intervals_over_replicates_widen_with_their_noise():
    widths = [
        (table["total_clean_high"] - table["total_clean_low"]).mean()
        for table in (sobol(noisy(10, share), NAMES, "npv", seed=1) for share in (0.0, 1.0))
    ]
    assert widths[1] > 1.2 * widths[0]


@pytest.mark.long
def test_the_noise_share_is_that_of_the_formula():
    share = sobol(noisy(10, 1.0), NAMES, "npv", seed=1)["noise_share"]
    assert np.allclose(share, 0.1 / 1.1, atol=0.006)  # noise 1 / 10 against signal 1 + noise 1 / 10


@pytest.mark.long
def test_luck_that_a_whole_replicate_shares_is_no_noise():
    table = sobol(noisy(10, 0.0, common=50.0), NAMES, "npv", seed=1)
    assert np.allclose(table["noise_share"], 0.0, atol=1e-9)
    assert np.allclose(table["total_clean"], closed_form()[1], atol=0.02)


@pytest.mark.long
def test_one_replicate_knows_no_noise():
    table = sobol(noisy(1, 1.0), NAMES, "npv", seed=1)
    assert table[["noise_share", "first_clean", "total_clean_high"]].isna().all(axis=None)


@pytest.mark.parametrize("analysis", [sobol, morris, effects])
@pytest.mark.parametrize(
    "change, message",
    [
        ({"npv": np.nan}, "1 runs have no finite npv: run-2-0"),
        ({"npv": np.inf}, "1 runs have no finite npv: run-2-0"),
        ({"status": "crashed"}, "1 runs have no finite npv: run-2-0"),
        (None, "1 runs are missing: point 2 replicate 0"),
    ],
)
def test_a_run_that_failed_is_an_error_that_names_it(analysis, change, message):
    runs = noisy(2, 0.1, POINTS[:80])
    place = runs.index[runs["key"] == "run-2-0"]
    runs = (
        runs.drop(place)
        if change is None
        else runs.assign(**{k: runs[k].where(runs["key"] != "run-2-0", v) for k, v in change.items()})
    )
    with pytest.raises(BadInput, match=message):
        analysis(runs, NAMES, "npv", seed=1)


@pytest.mark.parametrize("points", [POINTS[:81], POINTS[:80][::-1], np.random.default_rng(1).normal(size=(80, 3))])
def test_points_that_are_no_saltelli_design_are_refused(points):
    with pytest.raises(BadInput, match="no Saltelli design of 3 factors"):
        sobol(noisy(1, 0.0, points), NAMES, "npv", seed=1)


def test_an_outcome_that_never_varies_is_refused():
    with pytest.raises(BadInput, match="npv is the same in all runs"):
        sobol(runs_of(POINTS[:80], np.ones((80, 2)), NAMES), NAMES, "npv", seed=1)


SLOPES = np.array([4.0, -2.0, 0.0])
TRAJECTORIES = morris_sample.sample({"num_vars": 3, "names": list(NAMES), "bounds": [[0, 10]] * 3}, 20, seed=1)


def linear(replicates, noise):
    rng = np.random.default_rng(5)
    values = TRAJECTORIES @ SLOPES / 10.0  # per whole range
    return runs_of(TRAJECTORIES, values[:, None] + noise * rng.normal(size=(len(values), replicates)), NAMES)


def test_elementary_effects_of_a_linear_outcome_are_its_slopes():
    table = morris(linear(1, 0.0), NAMES, "npv", seed=1)
    assert np.allclose(table["mu"], SLOPES) and np.allclose(table["mu_star"], np.abs(SLOPES))
    assert np.allclose(table["sigma"], 0.0) and np.allclose(table["high"], table["low"])


def test_elementary_effects_are_those_of_salib():
    points = morris_sample.sample(PROBLEM, 30, seed=2)
    expected = morris_of_salib.analyze(PROBLEM, points, ishigami(points), num_resamples=4000, seed=3)
    table = morris(noisy(1, 0.0, points), NAMES, "npv", seed=1)
    for name in ("mu", "mu_star", "sigma"):
        assert np.allclose(table[name], np.asarray(expected[name], float))
    assert np.allclose(table["high"] - table["mu_star"], expected["mu_star_conf"], rtol=0.1)


def test_noise_alone_does_not_lift_a_factor_above_the_noise_floor():
    table = morris(linear(8, 1.0), NAMES, "npv", seed=1).set_index("factor")
    step = 4 / (2 * (4 - 1))
    spread = np.sqrt(2.0 / 8.0) / step  # of one elementary effect: two means of 8 runs with noise 1
    assert table.loc["x3", "noise_floor"] == pytest.approx(spread * np.sqrt(2 / np.pi), rel=0.15)
    assert table.loc["x3", "low"] < table.loc["x3", "noise_floor"] < table.loc["x3", "high"]
    assert (table.loc[["x1", "x2"], "low"] > table.loc[["x1", "x2"], "noise_floor"]).all()


@pytest.mark.parametrize("points", [TRAJECTORIES[:-1], TRAJECTORIES[::2]])
def test_points_that_are_no_trajectories_are_refused(points):
    with pytest.raises(BadInput, match="no Morris design"):
        morris(runs_of(points, np.ones((len(points), 1)), NAMES), NAMES, "npv", seed=1)


LEVELS = {"wall": [0.0, 0.5, 1.0], "policy": ["a", "b"], "word": [0, 1]}


def factorial(replicates=4, noise=0.2):
    def response(wall, policy, word):
        return 10.0 + 2.0 * wall + 3.0 * (policy == "b") + 4.0 * wall**2 * (policy == "b")

    return crossed(LEVELS, response, replicates, luck=5.0, noise=noise)


def test_effects_without_noise_are_those_of_the_equation():
    table = effects(factorial(noise=0.0), list(LEVELS), "npv", seed=1).set_index(["term", "level"])["mean"]
    assert table["policy", "b"] == pytest.approx(3.0 + 4.0 * (0.0 + 0.25 + 1.0) / 3)
    assert table["wall", "1.0"] == pytest.approx(2.0 + 4.0 / 2)
    assert table["wall × policy", "0.5 × b"] == pytest.approx(4.0 * 0.25)
    assert table["wall × policy", "1.0 × b"] == pytest.approx(4.0)
    assert (table[["word", "wall × word", "policy × word"]] == 0.0).all()


def test_effects_are_those_of_least_squares_by_statsmodels():
    runs = factorial(replicates=1).assign(wall=lambda table: table["wall"].astype(str))
    fit = ols("npv ~ (C(wall, Sum) + C(policy, Sum) + C(word, Sum)) ** 2", runs).fit()
    cells = pd.DataFrame([(w, p, d) for w in ("0.0", "1.0") for p in "ab" for d in (0, 1)], columns=list(LEVELS))
    cells["fit"] = fit.predict(cells)
    by = cells.groupby(["wall", "policy"])["fit"].mean()
    expected = by["1.0", "b"] - by["1.0", "a"] - by["0.0", "b"] + by["0.0", "a"]
    table = effects(runs, list(LEVELS), "npv", seed=1).set_index(["term", "level"])["mean"]
    assert table["wall × policy", "1.0 × b"] == pytest.approx(expected)


def test_luck_that_replicates_share_does_not_widen_the_intervals_of_effects():
    calm, lucky = (
        effects(crossed({"a": [0, 1], "b": [0, 1]}, lambda a, b: a, 30, luck, 0.5), ["a", "b"], "npv", 1)
        for luck in (0.0, 100.0)
    )
    assert np.allclose(lucky["high"] - lucky["low"], calm["high"] - calm["low"])


def fraction(names, chosen):
    full = np.array(np.meshgrid(*[[-1, 1]] * len(names))).T.reshape(-1, len(names))
    return full[[chosen(point) for point in full]]


def test_a_half_fraction_of_four_factors_says_which_interactions_are_mixed():
    names = list("abcd")
    points = fraction(names, lambda point: np.prod(point) == 1)  # defining relation I = abcd
    runs = runs_of(points, (points @ [1.0, 2.0, 3.0, 4.0])[:, None] + np.zeros(3), names)
    table = effects(runs, names, "npv", seed=1).set_index("term")
    assert np.allclose(table.loc[names, "mean"], [2.0, 4.0, 6.0, 8.0])
    assert table.loc["a × b", "aliased"] == "c × d" and np.isnan(table.loc["a × b", "mean"])
    assert (table.loc[names, "aliased"] == "").all()


def test_a_quarter_fraction_says_which_main_effects_are_mixed_with_interactions():
    names = list("abc")
    points = fraction(names, lambda point: np.prod(point) == 1)  # I = abc
    runs = runs_of(points, (points @ [1.0, 2.0, 3.0])[:, None] + np.zeros(3), names)
    table = effects(runs, names, "npv", seed=1).set_index("term")
    assert table.loc["a", "aliased"] == "b × c" and table.loc["a", "mean"] == pytest.approx(2.0)


def test_main_effects_that_move_together_are_refused():
    with pytest.raises(BadInput, match="are aliased in this design: a, b"):
        effects(runs_of([[0, 0], [1, 1]], np.ones((2, 2)), "ab"), ["a", "b"], "npv", seed=1)


def test_a_factor_of_one_level_has_no_effect():
    with pytest.raises(BadInput, match="factor b has one level only"):
        effects(runs_of([[0, 1], [1, 1]], np.ones((2, 2)), "ab"), ["a", "b"], "npv", seed=1)
