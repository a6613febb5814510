"""Closed forms agree with an independent way to compute the same number."""

import numpy as np
import pytest
from scipy import integrate, linalg, stats

from sim.validation import closed_forms, closed_forms_of_chains, closed_forms_of_value
from sim.validation.sbg import fit_sbg

RNG = np.random.default_rng(20_261_129)


@pytest.mark.parametrize(("alpha", "beta"), RNG.uniform([0.4, 1.0], [2.0, 5.0], (4, 2)))
def test_sbg_survival_is_the_mean_of_geometric_survival(alpha, beta):
    mixed, _ = integrate.quad(lambda churn: (1.0 - churn) ** 6 * stats.beta.pdf(churn, alpha, beta), 0.0, 1.0)
    assert closed_forms.sbg_survival(alpha, beta, np.array(6.0)) == pytest.approx(mixed, rel=1e-6)


@pytest.mark.parametrize("renewal", [1, 4, 9])
def test_residual_lifetime_is_the_discounted_sum_of_later_survival(renewal):
    alpha, beta, discount = 0.668, 3.806, 0.1
    periods = np.arange(renewal, 3000)
    survival = closed_forms.sbg_survival(alpha, beta, periods) / closed_forms.sbg_survival(
        alpha, beta, np.array(renewal - 1.0)
    )
    summed = float((survival / (1.0 + discount) ** (periods - renewal)).sum())
    assert closed_forms.residual_lifetime(alpha, beta, renewal, discount) == pytest.approx(summed, rel=1e-9)


@pytest.mark.parametrize(("leaves", "comes"), RNG.uniform(0.02, 0.4, (4, 2)))
def test_two_state_share_is_a_power_of_the_matrix(leaves, comes):
    matrix = np.array([[1.0 - leaves, leaves], [comes, 1.0 - comes]])
    share = (np.array([0.3, 0.7]) @ np.linalg.matrix_power(matrix, 7))[0]
    assert closed_forms.two_state_share(0.3, leaves, comes, np.array(7.0)) == pytest.approx(share, rel=1e-12)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.6), (3, 2.4), (10, 8.0)])
def test_erlang_wait_follows_from_the_stationary_states_of_the_queue(servers, load):
    states = np.arange(400)
    rates = load / np.minimum(np.maximum(states, 1), servers)
    weights = np.exp(np.append(0.0, np.log(rates[1:]).cumsum()))
    waiting = float((np.maximum(states - servers, 0) * weights).sum() / weights.sum())
    assert closed_forms.erlang_wait(servers, load) == pytest.approx(waiting / load, rel=1e-6)


@pytest.mark.parametrize("shape", [0.4, 1.0, 3.0])
def test_gini_of_gamma_is_the_area_of_its_lorenz_curve(shape):
    top, _ = integrate.quad(lambda part: closed_forms.top_share_of_gamma(shape, part), 0.0, 1.0)
    assert closed_forms.gini_of_gamma(shape) == pytest.approx(2.0 * top - 1.0, abs=1e-6)


def test_pairs_are_the_complete_network_of_two():
    speaks, follows = 0.4, 0.5
    mean, _ = closed_forms_of_chains.bass_of_few(2, (0.05, speaks, follows), 12)
    shares, _ = closed_forms_of_chains.bass_of_pairs(0.05, speaks * follows, 12)
    assert mean / 2.0 == pytest.approx(shares, abs=1e-12)


@pytest.mark.long
def test_an_endless_network_is_the_limit_of_many_people_and_of_short_steps():
    few, _ = closed_forms_of_chains.bass_of_few(400, (0.01, 0.5, 0.03 / 0.5 / 399), 40)
    endless = closed_forms_of_chains.bass_in_steps(0.01, 0.03, 40)
    assert few / 400 == pytest.approx(endless, abs=0.01)


def test_chances_of_the_bg_nbd_have_its_mean():
    rates, dropout = (0.5, 6.0), (0.8, 2.5)
    counts = closed_forms_of_chains.bg_nbd_chances(rates, dropout, 20.0, 400)
    assert counts.sum() == pytest.approx(1.0, abs=1e-6)


def test_ageing_of_accounts_is_that_of_a_fundamental_matrix_with_paid_and_bad():
    pays = np.array([0.6, 0.5, 0.4])
    within = np.diag(1.0 - pays[:-1], 1)
    ends = np.column_stack([pays, np.append(np.zeros(2), 1.0 - pays[-1])])
    absorbed = linalg.solve(np.eye(3) - within, ends)
    assert closed_forms_of_chains.ageing_of_accounts(pays)[0] == pytest.approx(absorbed[0, 1], rel=1e-12)


def test_a_fit_of_the_sbg_returns_the_parameters_of_its_own_chances():
    alpha, beta, people = 0.7, 2.0, 4_000_000
    survival = closed_forms.sbg_survival(alpha, beta, np.arange(9))
    counts = np.round(-np.diff(np.append(survival, 0.0)) * people).astype(int)
    fit = fit_sbg(np.repeat(np.arange(9), counts), 8)
    assert (fit.alpha, fit.beta) == (pytest.approx(alpha, rel=0.01), pytest.approx(beta, rel=0.01))


@pytest.mark.parametrize("spread", [0.5, 1.0, 1.6])
def test_gini_of_lognormal_is_the_area_of_its_lorenz_curve(spread):
    top, _ = integrate.quad(lambda part: closed_forms_of_value.top_share_of_lognormal(spread, part), 0.0, 1.0)
    assert closed_forms_of_value.gini_of_lognormal(spread) == pytest.approx(2.0 * top - 1.0, abs=1e-6)


def test_a_whale_curve_of_many_incidents_is_nearly_normal():
    bill, cost, incidents, shape = 1100.0, 10.0, 100.0, 100.0
    peak, losing, _ = closed_forms_of_value.profit_of_incidents((bill, cost), (shape, shape), incidents, 0.2)
    mean = bill - cost * incidents
    spread = np.sqrt(bill**2 / shape + cost**2 * (incidents + incidents**2 / shape))
    normal = stats.norm.cdf(mean / spread) + spread / mean * stats.norm.pdf(mean / spread)
    assert peak == pytest.approx(normal, rel=0.02)
    assert losing == pytest.approx(stats.norm.cdf(-mean / spread), abs=0.02)
