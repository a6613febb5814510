"""The equations of the ODD page are those of the code: both are computed for the same numbers."""

import math
import random
import re
from pathlib import Path

import pytest

from sim.model.equations import (
    choice,
    customer_outcome,
    customer_selection,
    improvement,
    needs,
    receivables,
    repertoire,
    sales_calls,
    satisfaction,
    service,
    survey,
    word_of_mouth,
)
from sim.model.firm.customer_management.customer_value import worth_of_customer
from sim.model.firm.leadership.forecast import strain
from sim.model.firm.organisation.reporting import pace
from sim.model.firm.transformation.adoption import gain, uptake
from tests.support.latex import sides, value

PAGE = (Path(__file__).parents[2] / "docs" / "odd.md").read_text(encoding="utf-8")
SUBMODELS = {part.partition(" ")[0]: part for part in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]}
EQUATIONS = {
    (number, *sides(text))
    for number, part in SUBMODELS.items()
    for text in re.findall(r"^```math\n(.*)\n```$", part, re.MULTILINE)
}
DIMENSIONS = 4
TRIALS = 20


def fit_expected(v, t, a, b):
    return needs.expected_fit(b * b, a, v, t, needs.best_expected_fit(v, t, DIMENSIONS))


# How the code comes to each equation, from numbers by the names of the page.
IN_CODE = {
    ("7.2", "g'"): lambda g, N, d, s: needs.goal_after_drift(g, N, d, s),
    ("7.2", "F"): lambda D, t: needs.fit(D, t),
    ("7.4", "p'"): lambda p, sigma, d, s: needs.updated_precision(p, sigma, d, s),
    ("7.4", "E"): lambda v, t, a, b, K: fit_expected(v, t, a, b),
    ("7.5", "r"): lambda z, n, e: service.estimated_rank(z, e, n),
    ("7.6", "c"): lambda k, beta, n, S, T: choice.chance_to_consider(S, n, k, beta, T),
    ("7.6", "p_f"): lambda p, delta, m, M: choice.price_over_stay(p, delta, m, M),
    ("7.6", "u"): lambda w_O, w_F, F, w_P, p_f, X, **rest: choice.value_of_firm(rest["O"], F, p_f, X, w_O, w_F, w_P),
    ("7.7", "f(e)"): lambda e, p: choice.demand_at(p, e),
    ("7.7", "r"): lambda b, S, n: choice.response(S, n, b),
    ("7.7", "A"): lambda q, t, **rest: repertoire.chance_alive(rest["lambda"], q, t),
    ("7.8", "E"): lambda q, Q, F, b, epsilon, N: satisfaction.experience_of_use(Q, F, q, b, epsilon * N),
    ("7.8", "S'"): lambda S, E, delta, G, **rest: satisfaction.updated_satisfaction(
        S, E, E - G, rest["lambda"], delta, 1.0
    ),
    ("7.8", "X'"): lambda X, v, E: satisfaction.updated_expectation(X, E, v),
    ("7.9", "H"): lambda h, a, k, c: service.hours_of_incident(h, k, a, c),
    ("7.10", "W"): lambda tau, u, m: service.waiting_months(u, m, tau, 1.0),
    ("7.11", "x_i"): lambda x, y, r: service.by_rank(x, y, r),
    ("7.12", "v"): lambda y, x, tau, sigma: satisfaction.chance_of_voice(x, tau, sigma, y),
    ("7.13", "P"): lambda M, a, y, S, k: word_of_mouth.chance_of_praise(S, a, y, k, M),
    ("7.13", "B"): lambda M, b, y, S, j: word_of_mouth.chance_of_blame(S, b, y, j, M),
    ("7.13", "R'"): lambda R, w, n, p: word_of_mouth.updated_reputation(R, round(n * p), n - round(n * p), w),
    ("7.13", "O"): lambda R, e, h, S: word_of_mouth.opinion(S, R, e, h),
    ("7.13", "L"): lambda sigma, N: word_of_mouth.strength_of_tie(N, sigma),
    ("7.17", r"\tau"): lambda p, s: sales_calls.trust_in_belief(p, s),
    ("7.17", "a"): lambda k, S, A, theta, phi: sales_calls.chance_to_accept(k, S, A, phi, theta),
    ("7.17", "U"): lambda F, v, n, m: F * sales_calls.useful_share(n, m, v),
    ("7.19", r"\psi"): lambda rho, rho_0: strain(rho),
    ("7.20", "c"): lambda r, m, h: receivables.chance_to_pay(r, m, h),
    ("7.20", "r"): lambda D, q, sigma, z: receivables.payment_reliability(z, q, sigma, D),
    ("7.22", "x"): lambda tau: pace(tau),
    ("7.24", "G"): lambda alpha, v, g, h: gain(v, g, h, alpha),
    ("7.24", "A'"): lambda A, P_e, B, **rest: A + uptake(A, B, P_e, rest["lambda"]),
    ("7.25", "V"): lambda m, r, i: worth_of_customer(m, 1.0 - r, i),
    ("7.27", "x"): lambda w: improvement.spared_share(w),
    ("7.27", "y"): lambda mu, a: improvement.remaining_incidents(mu, a),
    ("7.28", "u"): lambda w_O, S, w_F, F, o: improvement.surplus(S, F, o, w_O, w_F),
    ("7.30", r"\hat{w}"): lambda omega, e, sigma: customer_selection.estimated_spending(omega, e, sigma * sigma),
    ("7.31", "h"): lambda m, x, k, beta, tau: customer_outcome.gain_by_support(m, x / (x + k), beta, tau),
    ("7.31", "c"): lambda f, y: customer_outcome.chance_to_fail(y, f),
    ("7.34", "a"): lambda S, b, h: survey.answer_before_rounding(S, b, h),
}
FIXED = {"K": DIMENSIONS, "rho_0": 0.8}  # numbers that the page states beside an equation


def numbers_for(right, luck):
    """A number between 0.05 and 0.95 for each symbol; what the page fixes is as it says."""
    names = set(
        re.findall(r"\\?[a-zA-Z]+(?:_[a-zA-Z0-9])?", re.sub(r"\\(?:frac|sqrt|exp|min|max|left|right)", " ", right))
    )
    drawn = {name: luck.uniform(0.05, 0.95) for name in sorted(names)}
    return drawn | {name: FIXED[name.lstrip("\\")] for name in names if name.lstrip("\\") in FIXED}


def with_ranges(number, left, drawn, luck):
    """Numbers that an equation is for: whole powers and counts, a shortfall above the tolerance, one desk or more."""
    special = {
        ("7.10", "W"): lambda: {"m": luck.uniform(1.0, 20.0)},
        ("7.12", "v"): lambda: {"x": drawn[r"\tau"] + drawn["x"]},
        ("7.13", "P"): lambda: {"k": luck.randint(0, 4)},
        ("7.13", "B"): lambda: {"j": luck.randint(0, 4)},
        ("7.13", "R'"): lambda: tone(luck),
        ("7.17", "U"): lambda: {"n": luck.randint(0, 3), "m": luck.randint(0, 3)},
    }
    return drawn | special.get((number, left), dict)()


def tone(luck):
    """How many messages, and which share of them is positive."""
    count = luck.randint(1, 6)
    return {"n": count, "p": luck.randint(0, count) / count}


@pytest.mark.parametrize(("number", "left", "right"), sorted(EQUATIONS), ids=lambda part: part.replace("\\", ""))
def test_an_equation_of_the_page_is_that_of_the_code(number, left, right):
    luck = random.Random(f"{number} {left}")
    for _ in range(TRIALS):
        drawn = with_ranges(number, left, numbers_for(right, luck), luck)
        code = IN_CODE[number, left](**{name.lstrip("\\"): one for name, one in drawn.items()})
        assert math.isclose(code, value(right, drawn), rel_tol=1e-6, abs_tol=1e-9)


def test_every_equation_that_is_checked_stands_on_the_page():
    assert {(number, left) for number, left, _ in EQUATIONS} == set(IN_CODE)


def test_an_equation_that_is_wrong_is_seen():
    assert value(r"\exp\left(-\frac{D}{4 t^2}\right)", {"D": 0.5, "t": 0.8}) != pytest.approx(needs.fit(0.5, 0.8))
