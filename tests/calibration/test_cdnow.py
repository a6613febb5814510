"""The purchase log of CDNOW: fitted to its first 39 weeks, forecast in the 39 that follow."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.calibration import cohort, fitted_world, purchase_log
from sim.calibration.goodness import compare_counts
from sim.calibration.kinds.buying import chance_of_repeats, check_regularity, fit_bg_nbd, forecast_buying
from sim.experiments.evidence.cohort_fit import WEEKS_FITTED
from sim.parameters import BadInput, Scenario

CELLS = 8  # repeat purchases 0 to 6, and 7 or more


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
def simulated(sample):
    """A cohort of the world with the numbers fitted to weeks 1 to 39, and no factor on them.

    The fitted dropout is all leaving that the log shows, also that of the category, which must not be counted twice.
    """
    log = purchase_log.read_log()
    world = fitted_world.world_from(fitted_world.fit_log(log), Scenario.load("cdnow"), 1.0)
    policies = {f"firms.{seat}.policy": "osfa" for seat in range(len(world.firms))}
    world = world.with_settings(policies | {"market.customers": 300_000, "market.category_exit": 0.0})
    first = log.groupby("customer")["date"].transform("min")
    repeats = (log["date"] > first).groupby(log["customer"]).sum().to_numpy()
    return SimpleNamespace(log=log, cohort=cohort.follow(world, 18, 1, 0), repeats=repeats)


@pytest.mark.slow
@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="without a factor 19.9 % too few are bought, 14.8 % there"
)
def test_the_simulated_cohort_forecasts_weeks_40_to_78_no_worse_than_bg_nbd(simulated):
    seen = purchase_log.weekly_repeats(simulated.log)
    people = len(simulated.repeats)
    weekly = cohort.weekly(simulated.cohort.repeats, len(seen)) * people / simulated.cohort.members
    bg_nbd = fitted_world.bg_nbd_weekly(simulated.log, len(seen))
    own, rival = (abs(made[WEEKS_FITTED:].sum() / seen[WEEKS_FITTED:].sum() - 1.0) for made in (weekly, bg_nbd))
    assert own <= rival


@pytest.mark.slow
@pytest.mark.xfail(strict=True, reason="Cohen's w is 0.16: one repeat purchase is too common (23 %, in the log 17 %)")
def test_repeat_purchases_of_the_simulated_cohort_spread_as_those_of_the_log(simulated):
    made = simulated.cohort.counts.sum(axis=1)
    expected = counted(made) * len(simulated.repeats) / len(made)
    assert compare_counts("repeats", counted(simulated.repeats), expected, 0).passed


@pytest.mark.slow
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="the share is 0.585, that of the log 0.678")
def test_the_first_fifth_of_the_simulated_cohort_spends_what_that_of_the_log_does(simulated):
    of_log = simulated.log.groupby("customer")["spend"].sum().to_numpy()
    assert share_of_the_first_fifth(simulated.cohort.spend) == pytest.approx(share_of_the_first_fifth(of_log), abs=0.06)
