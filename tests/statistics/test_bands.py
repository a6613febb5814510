"""Simultaneous bands of monthly curves."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.parameters import BadInput
from sim.statistics.bands import band, bands
from sim.statistics.declaration import Contrast
from tests.support.made_up_runs import crossed

AGAINST = Contrast("policy", "new", "old", "profit", smallest=1.0)


def curves(rng, count, months=36):
    """Differences that wander: neighbouring months are alike."""
    return 0.3 * np.cumsum(rng.normal(size=(count, months)), axis=1) + 0.2 * rng.normal(size=(count, months))


@pytest.fixture(scope="module")
def studies():
    rng = np.random.default_rng(9)
    return [band(curves(rng, 30), rng, 400) for _ in range(600)]


def test_whole_curves_lie_in_their_bands_as_often_as_they_say(studies):
    assert 0.93 <= np.mean([((one.low <= 0) & (one.high >= 0)).all() for one in studies]) <= 0.97


def test_whole_curves_leave_intervals_month_by_month_much_more_often(studies):
    reach = stats.t.ppf(0.975, 29)
    assert np.mean([(np.abs(one.mean) <= reach * one.error).all() for one in studies]) < 0.8


def test_months_without_any_difference_have_a_band_of_no_width():
    rng = np.random.default_rng(1)
    values = curves(rng, 30)
    values[:, :12] = 0.0
    values[3, 11] = 5.0  # a single pair differs: no resample without it may widen the band without bound
    found = band(values, rng)
    assert (found.low[:11] == 0).all() and (found.high[:11] == 0).all()
    assert np.isfinite(found.high).all() and (found.high[11:] > found.low[11:]).all()


def test_too_few_curves_are_refused():
    with pytest.raises(BadInput, match="at least 10 paired curves; there are 9"):
        band(np.zeros((9, 3)), np.random.default_rng(1))


@pytest.fixture(scope="module")
def sweep():
    levels = {"wall": [0.0, 1.0], "policy": ["old", "new"]}
    runs = crossed(levels, lambda wall, policy: 0.0, 12)
    rng = np.random.default_rng(2)
    rows = [
        (run.key, month, firm, (firm == "north") * (month * run.wall * (run.policy == "new") + 0.1 * rng.normal()))
        for run in runs.itertuples()
        for month in range(1, 7)
        for firm in ("north", "south")
    ]
    return runs, pd.DataFrame(rows, columns=["key", "month", "firm", "profit"])


def test_the_curve_of_a_contrast_is_the_mean_over_settings_and_replicates(sweep):
    runs, monthly = sweep
    found = bands(runs, monthly, AGAINST, ["wall", "policy"], "north", seed=1)
    assert np.allclose(found["mean"], found["month"] / 2, atol=0.15)
    assert ((found["low"] < found["low_month"]) & (found["high"] > found["high_month"])).all()


def test_a_replicate_with_a_failed_run_is_left_out(sweep):
    runs, monthly = sweep
    broken = runs.assign(status=np.where(runs["key"] == "run-1-5", "failed", "ok"))
    kept = runs[runs["replicate"] != 5]
    found, expected = (bands(table, monthly, AGAINST, ["wall", "policy"], "north", 1) for table in (broken, kept))
    pd.testing.assert_frame_equal(found, expected)


def test_an_unknown_firm_is_refused_by_name(sweep):
    with pytest.raises(BadInput, match="Did you mean north"):
        bands(*sweep, AGAINST, ["wall", "policy"], "nort", 1)
