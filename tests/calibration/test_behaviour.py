"""Behavioural calibration on simulators that are known: truths, coverage, and what must not be said."""

from dataclasses import replace

import numpy as np
import pytest

from sim import BadInput
from sim.calibration.behaviour.bank import usable
from sim.calibration.behaviour.checks import check_on, divided, fit_and_check, signal_of
from sim.calibration.behaviour.identification import IDENTIFIED, NOT_IDENTIFIED, OUT_OF_REACH, number_fits
from sim.calibration.behaviour.posterior import fit_behaviour, interval
from sim.calibration.behaviour.reach import reach_of_patterns
from tests.support.known_simulators import NOISE, NUMBERS, PATTERNS, linear_bank, logits_of, quadratic_bank

SAID, SILENT = slice(0, 3), 3
BANK_RUNS = 1200


@pytest.fixture(scope="module")
def bank():
    return quadratic_bank(BANK_RUNS, seed=3)


@pytest.fixture(scope="module")
def checked(bank):
    return fit_and_check(bank)


def fits_at(checked, summaries, outside=False):
    return number_fits(checked, checked.fit.draws(summaries), outside)


def test_out_of_fold_most_of_the_variance_of_numbers_that_patterns_show_is_explained(checked):
    variance = np.pi**2 / 3.0  # of the logit of a uniform share
    assert (checked.signal.explained[SAID] > 1.0 - 2.0 * NOISE**2 / variance).all()


def test_two_hundred_runs_that_were_not_fitted_lie_in_their_intervals_as_often_as_said(checked):
    """Shares of 200 runs stray by 0.021: all four numbers together by 0.011, each by less than 0.07."""
    assert checked.held_out.runs == 200
    assert 0.86 <= checked.held_out.coverage.mean() <= 0.94
    assert (np.abs(checked.held_out.coverage - 0.9) < 0.07).all()


def test_ranks_of_numbers_in_their_posteriors_are_even(checked):
    assert (checked.held_out.uniform > 0.001).all()  # four numbers: a false alarm in 250 banks


def test_over_ten_banks_intervals_hold_nine_numbers_of_ten():
    """2,000 truths a number stray by less than 0.02 but once in 300."""
    covered = []
    for seed in range(10):
        fitted, unseen = divided(quadratic_bank(1000, seed=100 + seed))
        covered.append(check_on(fit_behaviour(fitted), unseen).coverage)
    assert np.abs(np.mean(covered, axis=0) - 0.9).max() < 0.02 + 1e-9


def test_residuals_of_the_fit_itself_would_make_intervals_too_narrow():
    bank = quadratic_bank(300, seed=5, noise=1.0)
    noisy = replace(bank, summaries=np.hstack([bank.summaries, np.random.default_rng(6).normal(size=(300, 10))]))
    noisy = replace(noisy, patterns=(*PATTERNS, *(f"idle {number}" for number in range(10))))
    fit = fit_behaviour(noisy)
    own = noisy.logits - fit.ridge(fit.features(noisy.summaries), fit.chosen)
    assert (own[:, SAID].std(axis=0) < 0.93 * fit.residuals[:, SAID].std(axis=0)).all()


@pytest.mark.parametrize("noise", [0.1, 0.4])
def test_the_interval_of_a_linear_simulator_is_as_wide_as_its_noise(noise):
    fit = fit_behaviour(linear_bank(2000, seed=1, noise=noise))
    low, high = logits_of(interval(fit.draws(np.zeros(1))) / 2.0)[:, 0]
    assert high - low == pytest.approx(2.0 * 1.645 * noise, rel=0.2)
    assert abs(low + high) < noise


def test_the_truth_of_a_run_lies_in_the_ninety_nine_per_cent_of_its_draws(checked):
    fresh = quadratic_bank(1, seed=77)
    draws = checked.fit.draws(fresh.summaries[0])
    low, high = np.quantile(draws, (0.005, 0.995), axis=0)
    assert ((low < fresh.truths[0]) & (fresh.truths[0] < high)).all()


def test_a_number_that_no_pattern_shows_is_not_identified_and_has_no_estimate(checked, bank):
    silent = fits_at(checked, bank.summaries[0])[SILENT]
    assert (silent.name, silent.verdict, silent.estimate) == (NUMBERS[SILENT], NOT_IDENTIFIED, None)
    assert silent.width > 0.8


def test_numbers_that_patterns_show_are_identified_with_an_estimate_inside_the_interval(checked, bank):
    for row in fits_at(checked, bank.summaries[0])[SAID]:
        assert row.verdict == IDENTIFIED
        assert row.low < row.estimate < row.high


def test_without_observations_a_number_may_be_identified_but_is_not_estimated(checked):
    rows = number_fits(checked, None, outside=False)
    assert [row.verdict for row in rows] == [IDENTIFIED] * 3 + [NOT_IDENTIFIED]
    assert {(row.estimate, row.low, row.high) for row in rows} == {(None, None, None)}


def test_permuted_patterns_give_no_signal_and_identify_nothing(bank):
    permuted = fit_and_check(bank.permuted())
    assert permuted.signal.none
    assert {row.verdict for row in fits_at(permuted, bank.summaries[0])} == {NOT_IDENTIFIED}


def test_patterns_that_show_something_give_a_signal(checked):
    assert not checked.signal.none
    assert checked.signal.by_chance < 0.1


def test_permuting_numbers_or_patterns_says_the_same(bank):
    fit = fit_behaviour(bank.rows(np.arange(400)))
    assert signal_of(fit).by_chance == pytest.approx(max(fit_behaviour(bank.permuted(4)).explained.max(), 0), abs=0.05)


def test_patterns_of_a_run_of_the_same_simulator_lie_inside_the_bank(bank):
    fresh = quadratic_bank(300, seed=8)
    outside = [reach_of_patterns(bank, row).outside for row in fresh.summaries]
    assert np.mean(outside) < 0.05  # one in a hundred by distance, and few beyond all runs in one pattern


@pytest.mark.parametrize("place", range(4))
def test_a_pattern_beyond_every_run_is_out_of_reach_and_named(bank, place):
    seen = np.median(bank.summaries, axis=0)
    seen[place] = bank.summaries[:, place].max() + 1.0
    reach = reach_of_patterns(bank, seen)
    assert reach.outside
    assert reach.culprits == (PATTERNS[place],)


def test_patterns_that_never_go_together_are_out_of_reach_though_each_alone_is_usual(bank):
    seen = np.median(bank.summaries, axis=0)
    seen[0], seen[3] = 4.0, -4.0  # the sum says a is high; mean says that a and c are low together
    seen[2] = 4.0  # and square says that c is high
    assert (bank.summaries.min(axis=0) < seen).all()
    assert (seen < bank.summaries.max(axis=0)).all()
    reach = reach_of_patterns(bank, seen)
    assert reach.distance > reach.farthest
    assert reach.culprits[0] == "mean"


def test_nothing_is_estimated_from_patterns_out_of_reach(checked, bank):
    rows = fits_at(checked, bank.summaries[0], outside=True)
    assert {(row.verdict, row.estimate, row.low) for row in rows} == {(OUT_OF_REACH, None, None)}


def test_a_pattern_that_is_the_same_in_all_runs_is_left_out(bank):
    flat = bank.summaries.copy()
    flat[:, 1] = 0.5
    useful = usable(replace(bank, summaries=flat))
    assert useful.bank.patterns == ("sum", "square", "mean")
    assert useful.left_out == {"product": "it is the same in all runs"}


@pytest.mark.parametrize(("missing", "patterns", "incomplete"), [(60, 4, 60), (61, 3, 0)])
def test_a_pattern_that_more_than_a_twentieth_of_the_runs_lack_is_left_out_else_the_runs_are(
    bank, missing, patterns, incomplete
):
    gaps = bank.summaries.copy()
    gaps[:missing, 0] = np.nan
    useful = usable(replace(bank, summaries=gaps))
    assert (len(useful.bank.patterns), useful.incomplete_runs) == (patterns, incomplete)
    assert len(useful.bank) == BANK_RUNS - incomplete


def test_a_small_bank_is_refused_with_the_way_out(bank):
    with pytest.raises(BadInput, match="199 complete runs; at least 200 are needed: ask for more"):
        usable(bank.rows(np.arange(199)))


def test_a_bank_whose_patterns_say_nothing_is_refused(bank):
    with pytest.raises(BadInput, match="no pattern can be used: sum: it is the same in all runs"):
        usable(replace(bank, summaries=np.ones_like(bank.summaries)))


def test_the_runs_that_are_held_out_are_not_fitted(bank):
    fitted, unseen = divided(bank)
    assert len(fitted) + len(unseen) == BANK_RUNS
    assert not {*map(tuple, fitted.truths)} & {*map(tuple, unseen.truths)}
