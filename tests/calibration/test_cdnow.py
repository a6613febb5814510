"""The purchase log of CDNOW: fitted to its first 39 weeks, forecast in the 39 that follow."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim.calibration import cohort, fitted_world, purchase_log
from sim.calibration.goodness import compare_counts
from sim.calibration.kinds.buying import check_regularity, forecast_buying
from sim.calibration.kinds.buying_model import chance_of_repeats, fit_bg_nbd
from sim.calibration.known_exit import WEEKS_PER_MONTH
from sim.experiments.evidence.cohort_fit import WEEKS_FITTED, lay_over
from sim.experiments.evidence.plan import EvidencePlan
from sim.parameters import BadInput, Scenario

CELLS = 8  # repeat purchases 0 to 6, and 7 or more
MONTHS_FITTED = round(WEEKS_FITTED / WEEKS_PER_MONTH)


def counted(repeats):
    return np.bincount(np.minimum(repeats, CELLS - 1).astype(int), minlength=CELLS).astype(float)


def share_of_the_first_fifth(values):
    ordered = np.sort(values)[::-1]
    return ordered[: len(ordered) // 5].sum() / ordered.sum()


@pytest.fixture(scope="module")
def sample():
    try:
        return purchase_log.read_log(purchase_log.SAMPLE)
    except BadInput as trouble:
        pytest.skip(str(trouble))


def test_repeat_purchases_of_39_weeks_lie_within_the_chi_square_band(sample):
    """Fader, Hardie and Lee (2005), table 2: chi-square 4.82 with 3 degrees of freedom, p 0.19."""
    past = purchase_log.histories(sample)
    ages, where = np.unique(past.age, return_inverse=True)
    expected = np.bincount(where).astype(float) @ chance_of_repeats(fit_bg_nbd(past), ages, CELLS - 1)
    check = compare_counts("repeats", counted(past.repeats), expected, 4)
    assert check.passed and "chi-square 4.8 with 3 degrees of freedom (p 0.19)" in check.reason


def test_orders_are_not_more_regular_than_poisson(sample):
    assert check_regularity(sample).passed


def test_purchases_of_the_next_39_weeks_are_forecast_better_than_by_the_last_period(sample):
    forecast = forecast_buying(sample)
    assert forecast.check.passed and forecast.model_error < forecast.rival_error


@pytest.fixture(scope="module")
def simulated():
    """56,000 members with the factor on purchase rates that the flagship estimates, by the same rule.

    The factor is the one with which they buy in weeks 1 to 39 what the log has; later weeks are seen by no fit.
    """
    log, plan = purchase_log.read_log(), EvidencePlan.load()
    counts = plan.counts | {"cohort_customers": 300_000, "cohort_quarters": 12}
    world = Scenario.load("cdnow")
    fits = fitted_world.fit_log(log, world)
    laid_over = lay_over(log, fits, world, replace(plan, counts=counts), 1, lambda done, total: None)
    made = np.concatenate([members.counts for members in laid_over.cohorts])
    return SimpleNamespace(
        log=log, table=laid_over.table, months_fitted=made[:, :MONTHS_FITTED].sum(axis=1), months=made.sum(axis=1),
        spend=np.concatenate([members.spend for members in laid_over.cohorts]),
    )  # fmt: skip


@pytest.mark.slow
def test_the_simulated_cohort_forecasts_weeks_40_to_78_no_worse_than_bg_nbd(simulated):
    """Four worlds of 9,400 members miss by 12.1 % on average, from 7.7 to 16.1: no worse, not clearly better."""
    own, rival = (abs(cohort.later(simulated.table, name, WEEKS_FITTED)) for name in ("simulated", "bg_nbd"))
    assert own <= rival


@pytest.mark.slow
def test_repeat_purchases_of_the_simulated_cohort_spread_as_those_of_the_log(simulated):
    """In the 39 weeks of the published histogram; the sampling error of so many members is small against the band."""
    of_log = purchase_log.histories(simulated.log).repeats
    expected = counted(simulated.months_fitted) * len(of_log) / len(simulated.months_fitted)
    assert compare_counts("repeats", counted(of_log), expected, 0).passed


@pytest.mark.slow
@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="w 0.16: one repeat purchase is too common (23 %, in the log 17 %)"
)
def test_repeat_purchases_of_all_18_months_spread_as_those_of_the_log(simulated):
    """BG/NBD fitted to 39 weeks misses this too, by w 0.12 (21 %)."""
    of_log = simulated.log.groupby("customer")["date"].count().to_numpy() - 1
    expected = counted(simulated.months) * len(of_log) / len(simulated.months)
    assert compare_counts("repeats", counted(of_log), expected, 0).passed


@pytest.mark.slow
def test_the_first_fifth_of_the_simulated_cohort_spends_what_that_of_the_log_does(simulated):
    of_log = simulated.log.groupby("customer")["spend"].sum().to_numpy()
    assert share_of_the_first_fifth(simulated.spend) == pytest.approx(share_of_the_first_fifth(of_log), abs=0.06)
