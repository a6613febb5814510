"""Every rule says what it takes, in which unit and from where; and keeps to what it must never do."""

import importlib
import inspect
import math
import pkgutil
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import sim.model.equations
from sim.model.equations import choice, needs, service, word_of_mouth
from sim.model.equations import satisfaction as feeling
from sim.model.randomness import poisson, uniforms

ALARM = 1e-4  # false-alarm rate of each statistical test
share = st.floats(0.0, 1.0)
RULES = [
    (f"{module}.{name}", function)
    for module in (found.name for found in pkgutil.iter_modules(sim.model.equations.__path__))
    for name, function in vars(importlib.import_module(f"sim.model.equations.{module}")).items()
    if inspect.isfunction(function) and function.__module__ == f"sim.model.equations.{module}"
]


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_a_rule_names_unit_source_and_an_example(name, rule):
    told = inspect.getdoc(rule) or ""
    for argument in inspect.signature(rule).parameters:
        assert re.search(rf"^\s+{argument}: .*\[[^\]]+\]", told, re.MULTILINE), f"{name}: {argument} has no unit"
    assert "Source:" in told and ">>>" in told


@given(share, share, share, st.floats(0.0, 1.0), st.floats(0.0, 2.0), st.floats(1.0, 3.0))
def test_satisfaction_stays_between_0_and_1(before, experience, expectation, learning, weight, aversion):
    after = feeling.updated_satisfaction(before, experience, expectation, learning, weight, aversion)
    assert 0.0 <= after <= 1.0


@given(share, share, share, share, st.floats(0.0, 1.0), st.floats(0.0, 2.0), st.floats(1.0, 3.0))
def test_a_better_experience_never_satisfies_less(before, one, other, expectation, learning, weight, aversion):
    low, high = sorted((one, other))
    rest = (expectation, learning, weight, aversion)
    assert feeling.updated_satisfaction(before, low, *rest) <= feeling.updated_satisfaction(before, high, *rest)


@given(share, share, st.floats(0.01, 1.0), share)
def test_a_larger_shortfall_is_never_voiced_less(one, other, scale, propensity):
    low, high = sorted((one, other))
    chances = [feeling.chance_of_voice(gap, 0.2, scale, propensity) for gap in (low, high)]
    assert 0.0 <= chances[0] <= chances[1] <= 1.0


@given(st.floats(0.0, 50.0), st.floats(0.0, 50.0), st.floats(0.1, 10.0))
def test_a_farther_offer_never_fits_better(one, other, tolerance):
    near, far = sorted((one, other))
    assert 0.0 <= needs.fit(far, tolerance) <= needs.fit(near, tolerance) <= 1.0


@given(share, share)
def test_giving_by_rank_keeps_the_mean_and_the_bounds(mean, priority):
    given_out = [service.by_rank(mean, priority, rank) for rank in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert math.isclose(sum(given_out) / 5, mean, abs_tol=1e-12)
    assert min(given_out) >= -1e-12 and max(given_out) <= 1.0 + 1e-12


@given(share, share, st.floats(0.0, 0.5), st.floats(0.0, 3.0))
def test_who_is_more_satisfied_praises_no_less_and_blames_no_more(one, other, most, talk):
    low, high = sorted((one, other))
    praise, blame = word_of_mouth.chance_of_praise, word_of_mouth.chance_of_blame
    assert praise(low, most, talk, 2.0, 0.5) <= praise(high, most, talk, 2.0, 0.5)
    assert blame(low, most, talk, 3.0, 0.5) >= blame(high, most, talk, 3.0, 0.5)


@given(share, share, st.floats(0.0, 0.5), st.floats(0.0, 12.0))
def test_who_is_more_satisfied_considers_leaving_no_more(one, other, base, slope):
    low, high = sorted((one, other))
    chances = [choice.chance_to_consider(level, 0.6, base, slope, 0.0) for level in (low, high)]
    assert 0.0 <= chances[1] <= chances[0] <= 1.0


@pytest.mark.parametrize(
    ("distance", "depth", "variance", "tolerance"), [(1.5, 0.5, 0.4, 1.0), (4.0, 1.0, 0.8, 0.7), (0.0, 0.0, 1.0, 1.5)]
)
def test_expected_fit_is_the_mean_of_fit_under_the_belief(distance, depth, variance, tolerance):
    """Against 200,000 draws of the need from the belief; four standard errors."""
    draws = np.random.default_rng(5).normal(size=(200_000, 4)) * np.sqrt(variance)
    draws[:, 0] += (1.0 - depth) * np.sqrt(distance)
    fits = np.exp(-(draws**2).sum(axis=1) / (8.0 * tolerance**2))
    best = needs.best_expected_fit(variance, tolerance, 4)
    expected = needs.expected_fit(distance, depth, variance, tolerance, best)
    assert abs(fits.mean() - expected) < 4.0 * fits.std() / np.sqrt(len(fits))


@pytest.mark.parametrize("servers", [1, 3, 10, 30])
@pytest.mark.parametrize("utilisation", [0.7, 0.85, 0.95])
def test_waiting_is_close_to_erlang(servers, utilisation):
    """Sakasegawa's approximation lies within 15 %, or a fiftieth of a service time, of the exact M/M/c wait."""
    load = servers * utilisation
    terms = [load**k / math.factorial(k) for k in range(servers)]
    last = load**servers / math.factorial(servers) / (1.0 - utilisation)
    exact = last / (sum(terms) + last) / (servers * (1.0 - utilisation))
    assert service.waiting_months(utilisation, servers, 1.0, 0.985) == pytest.approx(exact, rel=0.15, abs=0.02)


@pytest.mark.parametrize("mean", [0.3, 2.0, 9.0])
def test_counts_by_inversion_are_poisson(mean):
    counts = [poisson(mean, uniforms(7, slot, 0, 0, 0, 0, 0)[0], 200) for slot in range(20_000)]
    edges = np.arange(int(stats.poisson(mean).ppf(0.99)) + 1)
    seen = np.bincount(np.minimum(counts, edges[-1] + 1), minlength=len(edges) + 1)
    expected = len(counts) * np.append(stats.poisson(mean).pmf(edges), stats.poisson(mean).sf(edges[-1]))
    assert stats.chisquare(seen, expected).pvalue > ALARM
