"""Verdicts: closed forms by z, published numbers by equivalence, directions by the share of replicates."""

import math

import pytest

from sim.validation.judging import ClosedForm, RightSign, Within
from sim.validation.judging_sweeps import InvertedU, NotAbove
from sim.validation.limits_market import _centred
from sim.validation.row import Reading


def readings(*values, expected=0.0, error=1.0):
    return [[Reading("x", value, expected, error)] for value in values]


def test_a_reading_four_errors_off_is_missed():
    assert not ClosedForm().judge(readings(0.0, 4.1)).passed
    assert ClosedForm().judge(readings(0.0, 3.9)).passed


def test_a_small_bias_in_all_replicates_is_missed():
    assert not ClosedForm().judge(readings(*[0.6] * 30)).passed


def test_luck_to_both_sides_is_no_bias():
    assert ClosedForm().judge(readings(*[2.0, -2.0] * 15)).passed


def test_what_is_not_random_may_differ_by_its_rounding_only():
    assert ClosedForm().judge([[Reading("x", 1.0 + 1e-9, 1.0, 1e-6, False)]]).passed
    assert not ClosedForm().judge([[Reading("x", 1.1, 1.0, 1e-6, False)]]).passed


def test_a_difference_where_none_is_allowed_is_missed():
    assert not ClosedForm().judge(readings(1.0, error=0.0)).passed
    assert ClosedForm().judge(readings(0.0, error=0.0)).passed


def test_the_interval_shown_is_what_is_allowed():
    rounded = ClosedForm().judge([[Reading("x", 1.0, 1.0, 0.5, False)]])
    assert (rounded.low, rounded.high) == (0.5, 1.5)
    random = ClosedForm().judge(readings(0.0, error=0.5))
    assert (random.low, random.high) == (-2.0, 2.0)


@pytest.mark.parametrize("gaps", [(0.0, 0.0, 0.0), (1.0, -1.0, 2.0, -2.0)])
def test_firms_without_a_difference_on_average_are_at_zero(gaps):
    assert _centred("profit", gaps).z == 0.0


def test_firms_that_differ_by_the_same_amount_every_time_are_missed():
    assert not ClosedForm().judge([[_centred("profit", (1.0, 1.0, 1.0))]]).passed


def test_no_number_is_missed():
    assert not ClosedForm().judge(readings(math.nan)).passed
    assert not Within(0.0, 1.0).judge(readings(math.nan)).passed
    assert not RightSign("x").judge(readings(math.nan)).passed


def test_a_mean_inside_the_band_with_an_interval_beyond_it_is_missed():
    assert Within(0.4, 0.6).judge(readings(0.49, 0.5, 0.51)).passed
    assert not Within(0.4, 0.6).judge(readings(0.2, 0.5, 0.8)).passed


def test_one_replicate_is_equivalent_to_nothing():
    assert not Within(0.0, 1.0).judge(readings(0.5)).passed


@pytest.mark.parametrize(("wrong", "passes"), [(1, True), (2, False)])
def test_one_wrong_sign_in_twenty_is_borne(wrong, passes):
    assert RightSign("x").judge(readings(*[-1.0] * wrong, *[1.0] * (20 - wrong))).passed is passes


def test_a_median_below_the_floor_is_missed():
    assert not RightSign("x", floor=0.5).judge(readings(0.1, 0.2, 0.3)).passed


def sweep(*profits):
    return [[Reading(f"at {place}", value) for place, value in enumerate(line)] for line in profits]


LEVELS_OF_SWEEP = (0.0, 0.5, 1.0)


def test_an_inverted_u_rises_and_falls():
    judged = InvertedU(LEVELS_OF_SWEEP).judge(sweep((0.0, 1.0, 0.0), (0.1, 1.0, 0.0), (0.0, 1.1, 0.1)))
    assert judged.passed and judged.got == pytest.approx(0.5, abs=0.05)


def test_a_curve_that_only_flattens_is_no_inverted_u():
    assert not InvertedU(LEVELS_OF_SWEEP).judge(sweep((0.0, 1.0, 1.5), (0.1, 1.0, 1.5), (0.0, 1.1, 1.4))).passed


def test_what_must_be_absent_may_be_within_luck():
    assert NotAbove("x").judge(readings(-0.2, 0.1, 0.2)).passed
    assert not NotAbove("x").judge(readings(0.9, 1.0, 1.1)).passed


def test_replicates_without_a_number_count_against_a_row():
    assert not Within(0.0, 1.0).judge(readings(0.5, 0.5, math.nan)).passed
    assert not RightSign("x").judge(readings(1.0, 1.0, math.nan)).passed
    assert not NotAbove("x").judge(readings(-1.0, -1.1, math.nan)).passed
    assert not InvertedU(LEVELS_OF_SWEEP).judge(sweep((0.0, 1.0, 0.0), (0.1, math.nan, 0.0))).passed


def test_one_replicate_shows_no_absence():
    assert not NotAbove("x").judge(readings(-1.0)).passed
