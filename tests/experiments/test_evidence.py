"""The flagship: the log, its published fit, the world built from it, and the whole pipeline with tiny budgets."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim import BadInput, Market, Scenario
from sim.calibration import cohort, known_exit, purchase_log, purchase_models
from sim.calibration.cohort import Cohort
from sim.calibration.fitted_world import LOG_BESIDE_EXIT, WHOLE_LOG, fit_log, world_from
from sim.cli import main
from sim.experiments import tune as tuning
from sim.experiments.evidence.cohort_fit import WEEKS_FITTED, lay_over, relative_error
from sim.experiments.evidence.flagship import Evidence
from sim.experiments.evidence.plan import EvidencePlan
from sim.experiments.search_space import allowed
from sim.parameters import MECHANISMS
from sim.parameters.decisions import TUNING_RANGES
from sim.parameters.shipped import shipped_folder

pytestmark = pytest.mark.long

NOTHING = f"{Path(__file__).parents[1] / 'support' / 'policy_of_nothing.py'}:Nothing"


@pytest.fixture(scope="module")
def log():
    return purchase_log.read_log()


@pytest.fixture(scope="module")
def fits(log):
    return fit_log(log, Scenario.load("cdnow")).set_index("data")


def test_the_log_is_whole(log):
    assert log.customer.nunique() == 23_570
    whole_weeks = log[log.date < log.date.min() + pd.Timedelta(weeks=77)]
    assert purchase_log.weekly_repeats(log).sum() == len(whole_weeks) - 23_570


def test_the_fit_of_the_sample_meets_the_published_one(fits):
    sample = fits.loc["1-in-10 sample"]
    for name, digits in (("r", 3), ("alpha", 3), ("a", 3), ("b", 3), ("log_likelihood", 1)):
        assert round(sample[name], digits) == purchase_models.PUBLISHED[name]


def test_the_shipped_world_holds_the_fitted_numbers(fits):
    shipped = Scenario.load("cdnow")
    built = world_from(fits.reset_index(), shipped, 1.0)
    for name in ("rate_shape", "dropout_a", "dropout_b", "spend", "spend_sigma"):
        assert shipped.market[f"economics.{name}"] == pytest.approx(built.market[f"economics.{name}"], rel=1e-3)


@pytest.fixture(scope="module")
def laid_over(log, fits):
    """Factor and table of two cohorts of 15,000 laid over the log."""
    plan = EvidencePlan.load()
    small = replace(plan, counts=plan.counts | {"cohort_customers": 15_000, "cohort_worlds": 2})
    return lay_over(log, fits.reset_index(), Scenario.load("cdnow"), small, 1, lambda done, total: None)


def test_the_rate_of_the_shipped_world_is_the_fitted_one_times_the_factor(laid_over, fits):
    """Within three standard errors of the factor; `slow` ones are a third as wide."""
    check_rate(laid_over[0], fits)


@pytest.mark.slow
def test_the_rate_of_the_shipped_world_is_the_factor_of_large_cohorts(log, fits):
    factor = lay_over(
        log, fits.reset_index(), Scenario.load("cdnow"), EvidencePlan.load(), 5, lambda done, total: None
    ).factor
    check_rate(factor, fits)
    assert factor.error < 0.05


def check_rate(factor, fits):
    shipped = Scenario.load("cdnow").market["economics.purchase_rate"] / fits.loc[LOG_BESIDE_EXIT, "monthly_rate"]
    assert shipped == pytest.approx(factor.value, abs=3.0 * factor.error)


def test_the_error_of_the_factor_is_that_of_a_mean():
    """Ten members, of whom one bought nine times: mean 0.9, standard deviation sqrt(8.1)."""
    counts = np.zeros((10, 18))
    counts[0, 0] = 9.0
    cohort_of_ten = Cohort(counts, np.zeros(10))
    assert relative_error([cohort_of_ten]) == pytest.approx(np.sqrt(8.1 / 10.0) / 0.9)


def test_one_factor_meets_the_repeat_purchases_of_the_fitted_weeks(laid_over):
    """Within what fewer customers leave open."""
    fitted = laid_over[1][laid_over[1]["week"] <= WEEKS_FITTED]
    assert fitted["simulated"].sum() == pytest.approx(fitted["observed"].sum(), rel=0.02)


def test_the_likelihood_is_that_of_its_formula_for_one_history():
    """One customer without repeat purchases: (alpha / (alpha + T))^r."""
    seen = purchase_log.Histories(np.array([0.0]), np.array([0.0]), np.array([30.0]), np.array([0.0]))
    found = purchase_models.bg_nbd_log_likelihood(np.array([0.25, 4.0, 0.8, 2.5]), seen)
    assert found == pytest.approx(0.25 * np.log(4.0 / 34.0))


def test_expected_repeats_meet_a_simulation_of_the_process():
    """Against 200,000 histories lived event by event; four standard errors."""
    fit, rng, people, weeks = (
        purchase_models.PurchaseFit(0.5, 5.0, 0.8, 2.5, 0.0, 0),
        np.random.default_rng(2),
        200_000,
        40,
    )
    rate, dropout = rng.gamma(fit.r, 1.0 / fit.alpha, people), rng.beta(fit.a, fit.b, people)
    time, alive, bought = rng.exponential(1.0 / rate), np.ones(people, bool), np.zeros(people)
    while (alive & (time < weeks)).any():
        buys = alive & (time < weeks)
        bought += buys
        alive &= ~buys | (rng.random(people) >= dropout)
        time = np.where(buys, time + rng.exponential(1.0 / rate), time)
    expected = purchase_models.expected_repeats(fit, np.array([float(weeks)]))[0]
    assert abs(bought.mean() - expected) < 4.0 * bought.std() / np.sqrt(people)


@pytest.mark.parametrize("row", [WHOLE_LOG, LOG_BESIDE_EXIT])
def test_a_cohort_of_one_shop_without_rivals_buys_as_the_fitted_model_says(fits, row):
    """All mechanisms of feeling off: rates, trial, dropout and, with the fit beside it, the exit; within a tenth."""
    mapping = Scenario.load("cdnow").as_mapping()
    mapping["firms"] = mapping["firms"][:1]
    mapping["mechanisms"] = {name: name == "births_and_deaths" for name in mapping["mechanisms"]}
    one_row = fits.loc[[row]].rename({row: LOG_BESIDE_EXIT}).reset_index()
    world = world_from(one_row, Scenario.from_mapping(mapping), 1.0)
    world = world.with_settings({"market.customers": 40_000, "market.warm_up": 0})
    if row == WHOLE_LOG:
        world = world.with_settings({"market.category_exit": 0.0, "market.death": 0.0})
    lived = [cohort.follow(world, 18, 1, k) for k in range(2)]
    found = sum(one.repeats.sum() for one in lived) / sum(one.members for one in lived)
    own = fits.loc[row]
    fit = purchase_models.PurchaseFit(own.r, own.alpha, own.a, own.b, 0.0, 0, known_exit.exit_hazard(world))
    entry = np.linspace(0.0, 13.0, 1000)
    expected = purchase_models.expected_repeats(fit, 18 * known_exit.WEEKS_PER_MONTH - entry).mean()
    assert found == pytest.approx(expected, rel=0.1)


def test_cohorts_of_several_quarters_begin_with_that_of_one():
    """The first quarter's members have the same lines; those of later quarters come after it."""
    world = Scenario.load("cdnow").with_settings({"market.customers": 3000, "market.warm_up": 12})
    one, three = (cohort.follow(world, 6, 1, 0, quarters) for quarters in (1, 3))
    assert three.counts.shape[1] == one.counts.shape[1] == 6
    assert one.members < three.members < 6 * one.members
    lines = [sorted(map(tuple, np.column_stack([part.counts, part.spend]).round(6))) for part in (one, three)]
    assert not Counter(lines[0]) - Counter(lines[1])


def test_whoever_takes_the_place_of_a_member_is_none():
    world = Scenario.load("cdnow").with_settings(
        {"market.customers": 2000, "market.death": 0.2, "market.refill": 1.0, "market.warm_up": 1}
    )
    found = cohort.follow(world, 12, 1, 0)
    assert found.repeats[-1] <= found.members


def test_the_dead_buy_nothing():
    market = Market(Scenario.load("cdnow").with_settings({"market.customers": 500, "market.death": 0.2, "months": 3}))
    market.run()
    people = market.world.people
    assert people.bought[people.present == 0].sum() == 0


def test_every_policy_gets_the_same_number_of_trials_and_the_same_points():
    world = Scenario.load("cdnow").with_settings({"market.customers": 100, "months": 6, "market.warm_up": 2})
    tuned = tuning.tune(world, ("osfa", "customer_centric"), 12, 1)
    assert [len(one.trials) for one in tuned.values()] == [12, 12]
    wide = [one.trials[one.trials.stage == "wide"] for one in tuned.values()]
    shared = [name for name in tuned["osfa"].ranges if name in tuned["customer_centric"].ranges]
    assert wide[0][shared].to_numpy().tolist() == wide[1][shared].to_numpy().tolist()
    for one in tuned.values():
        best = one.trials.loc[one.trials.npv.idxmax()]
        assert one.settings == {name: best[name.removeprefix("decisions.")] for name in one.settings}


def test_each_policy_tries_what_was_best_for_the_others():
    world = Scenario.load("cdnow").with_settings({"market.customers": 100, "months": 6, "market.warm_up": 2})
    tuned = tuning.tune(world, ("osfa", "product_centric"), 10, 1)
    first = {name: one.trials[one.trials.stage.isin(["own", "wide"])] for name, one in tuned.items()}
    for name, other in (("osfa", "product_centric"), ("product_centric", "osfa")):
        best = first[other].loc[first[other].npv.idxmax()]
        tried = tuned[name].trials.query("stage in ['own', 'wide', 'of others']")
        assert ((tried.price == best.price) & (tried.marketing == best.marketing)).any()


@pytest.mark.parametrize("name", TUNING_RANGES)
def test_the_search_finds_a_planted_optimum_in_every_decision(name):
    low, high = TUNING_RANGES[name]
    best = allowed(name, low + 0.8 * (high - low), (low, high))
    world = Scenario.load("telecom").with_settings({f"mechanisms.{one}": True for one in MECHANISMS})
    search = tuning._Search(
        world, NOTHING, lambda points: [-abs(point[name] - best) / (high - low) for point in points], 400, TUNING_RANGES
    )
    search.attempt("own", [search.point({})])
    search.search_near()
    assert abs(search.best[name] - best) <= 0.07 * (high - low)


def test_the_whole_pipeline_with_the_smallest_budgets(tmp_path, capsys):
    assert main(["evidence", "--quick", "--out", str(tmp_path / "out"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] and told["folder"] == str(tmp_path / "out")
    found = Evidence.read(tmp_path / "out")
    assert len(found.cohort) == 77
    assert set(found.contrasts["conduct"]) == {"fixed", "reactive", "adaptive"}
    assert set(found.contrasts["years"]) == {2, 5, 10}
    assert len(found.conclusions) == 3
    assert set(found.tuned.decisions["kind"]) == {"defining", "nuisance"}
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Decisions that define a policy" in page and "Other decisions" in page
    outside = page.replace("http://www.w3.org", "").replace("http-equiv", "")
    assert page.startswith("<!doctype html>") and "http" not in outside
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert main(["report", str(tmp_path / "out")]) == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("replications: 1", "whole number between 2"),
        ("replicatoins: 3", "Did you mean replications"),
        ("policies: osfa", "a list of at least two policies"),
        ("conducts: [reactive, wild]", "allowed are fixed, reactive, adaptive"),
        ("conducts: []", "a list of different conducts"),
        ("years: [2, 0]", "a whole number between 1 and 100"),
        ("shaken: {market.needs.spread: [2, 1]}", "a low and a high number"),
    ],
)
def test_a_wrong_plan_is_refused_by_name(tmp_path, line, message):
    key = line.partition(":")[0]
    lines = (shipped_folder("experiments") / "evidence.yaml").read_text().splitlines()
    kept = [one for one in lines if not one.startswith((f"{key}:", "  market.") if key == "shaken" else f"{key}:")]
    (tmp_path / "plan.yaml").write_text("\n".join([*kept, line]) + "\n")
    with pytest.raises(BadInput, match=message):
        EvidencePlan.load(tmp_path / "plan.yaml")


def test_a_missing_carrier_of_the_log_is_said(monkeypatch):
    monkeypatch.setattr(purchase_log, "CARRIER", "no-such-package")
    with pytest.raises(BadInput, match="is not installed"):
        purchase_log.read_log()
