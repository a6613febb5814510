"""The Dirichlet of brand choice returns what it was made of."""

import numpy as np
import pytest

from sim.validation.dirichlet import Dirichlet, expected, fit_dirichlet, measured

TRUE = Dirichlet(3.0, 0.8, 1.5, np.array([0.5, 0.3, 0.2]))


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
