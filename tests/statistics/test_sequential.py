"""When to stop adding replications."""

import numpy as np
import pytest
from scipy import stats

from sim.parameters import BadInput
from sim.statistics.sequential import Rule, enough, halfwidths, stopping


@pytest.fixture(scope="module")
def streams():
    """Paired differences with mean 0 and spread 1, one column a study."""
    return np.random.default_rng(6).normal(size=(200, 2000))


def stopped(streams, rule):
    """Replications at which each study stops, and whether its interval then holds the truth."""
    widths = halfwidths(streams)
    allowed = enough(widths, rule)
    assert allowed.any(axis=0).all()
    place, study = allowed.argmax(axis=0), np.arange(streams.shape[1])
    means = np.cumsum(streams, axis=0)[place, study] / (place + 1)
    return place + 1, np.abs(means) <= widths[place, study]


def test_running_halfwidths_are_students(streams):
    widths = halfwidths(streams[:, :1])[:, 0]
    for count in (2, 20, 200):
        found = stats.ttest_1samp(streams[:count, 0], 0.0).confidence_interval(0.95)
        assert widths[count - 1] == pytest.approx((found.high - found.low) / 2)


def test_halfwidths_do_not_suffer_from_a_large_common_level():
    gaps = np.random.default_rng(1).normal(size=(50, 1))
    assert np.allclose(halfwidths(gaps + 1e9)[1:], halfwidths(gaps)[1:], rtol=1e-5)


@pytest.mark.parametrize("target", [0.5, 0.3])
def test_intervals_of_studies_that_stop_by_the_rule_cover_as_they_say(streams, target):
    count, holds = stopped(streams, Rule(target))
    assert 0.93 <= holds.mean() <= 0.97
    assert count.min() >= 25


def test_looking_from_the_start_and_stopping_at_once_covers_less(streams):
    assert stopped(streams, Rule(0.5, fewest=4, look_ahead=0))[1].mean() < 0.92


def test_studies_need_about_as_many_replications_as_the_formula_says(streams):
    count, _ = stopped(streams, Rule(0.3))
    needed = (1.96 / 0.3) ** 2  # of spread 1
    assert needed < count.mean() < needed + 12


def narrow_from(first, last, target=1.0):
    """Half-widths of one study that are small enough from one count to another."""
    count = np.arange(1, 301)
    return np.where((count >= first) & (count <= last), target / 2, target * 2)[:, None]


def test_one_stops_when_the_look_ahead_is_over():
    allowed = enough(narrow_from(30, 300), Rule(1.0, fewest=20, look_ahead=5))[:, 0]
    assert allowed.argmax() + 1 == 35


def test_a_width_that_is_lost_again_starts_the_look_ahead_anew():
    widths = np.minimum(narrow_from(30, 33), narrow_from(40, 300))
    assert enough(widths, Rule(1.0, look_ahead=5))[:, 0].argmax() + 1 == 45


def test_no_look_comes_before_the_fewest():
    assert enough(narrow_from(2, 300), Rule(1.0, fewest=20, look_ahead=5))[:, 0].argmax() + 1 == 25


def test_the_look_ahead_grows_beyond_a_hundred_replications():
    assert enough(narrow_from(200, 300), Rule(1.0, look_ahead=5))[:, 0].argmax() + 1 == 200 + 5 * 200 // 100


def test_all_contrasts_must_be_narrow_enough(streams):
    both = np.column_stack([streams[:60, 0], 10.0 * streams[:60, 1]])
    assert stopping(both[:, 0], Rule(0.5)).reached
    found = stopping(both, Rule(0.5))
    assert not found.reached and found.held_from == 0
    assert found.halfwidth == pytest.approx(halfwidths(both)[-1].max())


def test_differences_that_are_all_zero_are_enough_after_the_look_ahead():
    assert not stopping(np.zeros(24), Rule(1e-6)).reached
    assert stopping(np.zeros(25), Rule(1e-6)).reached


@pytest.mark.parametrize("numbers", [(0.0, 20, 5), (np.nan, 20, 5), (1.0, 1, 5), (1.0, 20, -1)])
def test_a_rule_that_makes_no_sense_is_refused(numbers):
    with pytest.raises(BadInput, match="needed"):
        Rule(*numbers)
