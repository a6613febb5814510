"""The Dirichlet of brand choice returns what it was made of."""

import numpy as np
import pytest
from scipy import stats

from sim.validation import patterns_brands
from sim.validation.dirichlet import BrandMeasures, Dirichlet, expected, fit_dirichlet, measured
from sim.validation.limits_buying import OBSERVED_WEEKS, chi_square, observed_shares

TRUE = Dirichlet(3.0, 0.8, 1.5, np.array([0.5, 0.3, 0.2]))
# Fitted to 15 panels of row E1 pooled: what a quarter of its six brands looks like.
BRANDS_OF_E1 = Dirichlet(1.342, 0.687, 2.14, np.array([0.379, 0.241, 0.159, 0.105, 0.073, 0.043]))
PEOPLE_OF_E1 = 19_838


@pytest.fixture(scope="module")
def panel():
    """Purchases of a large panel drawn from the Dirichlet."""
    rng = np.random.default_rng(20_261_129)
    counts = rng.negative_binomial(TRUE.shape, TRUE.shape / (TRUE.shape + TRUE.mean), 100_000)
    return rng.multinomial(counts, rng.dirichlet(TRUE.s * TRUE.shares, len(counts)))


def test_a_fit_returns_how_alike_people_are(panel):
    assert fit_dirichlet(panel).s == pytest.approx(TRUE.s, rel=0.05)


@pytest.mark.parametrize("name", ["penetration", "rate", "requirements"])
def test_a_drawn_panel_has_the_measures_of_theory(panel, name):
    assert getattr(measured(panel), name) == pytest.approx(getattr(expected(TRUE), name), rel=0.02)


def test_shares_weighted_by_purchases_are_kept(panel):
    theory = expected(TRUE)
    assert theory.penetration * theory.rate == pytest.approx(TRUE.mean * TRUE.shares)


def test_a_panel_is_as_far_from_the_dirichlet_as_the_worse_of_both_measures(monkeypatch):
    alike, off = np.ones(3), np.full(3, 0.8)
    monkeypatch.setattr(patterns_brands, "quarter_of", lambda here: None)
    monkeypatch.setattr(patterns_brands, "fit_dirichlet", lambda bought: None)
    monkeypatch.setattr(patterns_brands, "measured", lambda bought: BrandMeasures(alike, alike, alike))
    monkeypatch.setattr(patterns_brands, "expected", lambda fit: BrandMeasures(alike, alike, off))
    assert patterns_brands.read_dirichlet(None)[0].got == pytest.approx(0.25)


@pytest.mark.parametrize("cut", [1, 4])
def test_customers_are_observed_for_as_many_weeks_as_they_were_in_the_source(cut):
    first, last = OBSERVED_WEEKS
    weeks = last - first + 1
    bought = np.zeros((last * cut + 1, 2 * weeks))
    bought[last * cut :] = 9.0  # in the last week, which only those see who are observed longest
    shares = observed_shares(bought, cut)
    assert (shares[0], shares[-1]) == (pytest.approx(1.0 - 1.0 / weeks), pytest.approx(1.0 / weeks))


def test_chi_square_is_the_squared_distance_against_what_is_expected():
    assert chi_square(np.array([30.0, 70.0]), np.array([0.5, 0.5])) == pytest.approx(2 * 20.0**2 / 50.0)


def purchases_of_known_brands(rng, people):
    """Purchases by chance among the brands that a person knows, each known independently of the others."""
    mean, shape = patterns_brands.TOOTHPASTE
    counts = rng.negative_binomial(shape, shape / (shape + mean), people)
    known = rng.random((people, len(patterns_brands.KNOWN))) < np.array(patterns_brands.KNOWN)
    some = known.any(axis=1)
    return rng.multinomial(counts[some], known[some] / known[some].sum(axis=1, keepdims=True))


def test_a_dirichlet_market_of_the_same_brands_meets_the_criterion_of_double_jeopardy():
    rng, ranks = np.random.default_rng(20_261_130), []
    for _ in range(40):
        counts = rng.negative_binomial(
            BRANDS_OF_E1.shape, BRANDS_OF_E1.shape / (BRANDS_OF_E1.shape + BRANDS_OF_E1.mean), PEOPLE_OF_E1
        )
        bought = rng.multinomial(counts, rng.dirichlet(BRANDS_OF_E1.s * BRANDS_OF_E1.shares, PEOPLE_OF_E1))
        ranks.append(stats.spearmanr(bought.sum(axis=0), measured(bought).rate).statistic)
    assert np.mean(np.array(ranks) > 0.8) >= 0.95


def test_brands_known_by_lot_differ_less_in_purchases_per_buyer_than_in_the_dirichlet():
    """By more than four standard errors, over ten panels."""
    rng, differences = np.random.default_rng(20_261_130), []
    for _ in range(10):
        bought = purchases_of_known_brands(rng, PEOPLE_OF_E1)
        seen, theory = measured(bought).rate, expected(fit_dirichlet(bought)).rate
        differences.append((theory[0] - theory[-1]) - (seen[0] - seen[-1]))
    assert np.mean(differences) > 4.0 * np.std(differences, ddof=1) / np.sqrt(len(differences))
