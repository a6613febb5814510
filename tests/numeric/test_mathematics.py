"""Exponential, logarithm, cosine and sine: as exact as stated, and the same bits in vector loops and plain Python."""

import numpy as np
import pytest

from sim.numeric.compiled_bits import nearest, single, square_root
from sim.numeric.compiling import compiled
from sim.numeric.mathematics import cosine_and_sine, exp, log

RNG = np.random.default_rng(7)
MANY = 20_000
LONG = np.finfo(np.longdouble).nmant >= 63  # the reference must be finer than what is judged
TURN = 2 * np.longdouble("3.14159265358979323846264338327950288")
ARGUMENTS = np.concatenate([RNG.uniform(low, high, MANY) for low, high in ((-708, 709), (-1, 1), (-0.4, 0.4))])
POSITIVE = np.concatenate([RNG.uniform(0, 1, MANY), np.exp(RNG.uniform(-600, 600, MANY)), RNG.uniform(0.7, 1.5, MANY)])


@compiled
def _exp(x, out):
    for k in range(x.shape[0]):
        out[k] = exp(x[k])


@compiled
def _log(x, out):
    for k in range(x.shape[0]):
        out[k] = log(x[k])


@compiled
def _turned(x, out, other):
    for k in range(x.shape[0]):
        out[k], other[k] = cosine_and_sine(x[k])


@compiled
def _rounded(x, out, other, root):
    for k in range(x.shape[0]):
        out[k], other[k], root[k] = nearest(x[k]), single(x[k]), square_root(abs(x[k]))


def in_a_loop(loop, x, results=1):
    out = [np.zeros(len(x)) for _ in range(results)]
    loop(x, *out)
    return out[0] if results == 1 else out


@pytest.mark.skipif(not LONG, reason="no number finer than double precision on this machine")
def test_the_exponential_is_within_four_parts_in_ten_thousand_million_million():
    exact = np.exp(ARGUMENTS.astype(np.longdouble))
    assert np.max(np.abs(in_a_loop(_exp, ARGUMENTS) - exact) / exact) < 4e-16


@pytest.mark.skipif(not LONG, reason="no number finer than double precision on this machine")
def test_the_logarithm_is_within_three_parts_in_ten_thousand_million_million():
    exact = np.log(POSITIVE.astype(np.longdouble))
    assert np.max(np.abs((in_a_loop(_log, POSITIVE) - exact) / exact)) < 3e-16


@pytest.mark.skipif(not LONG, reason="no number finer than double precision on this machine")
def test_cosine_and_sine_are_within_three_parts_in_ten_thousand_million_million():
    turns = RNG.uniform(0, 1, MANY)
    cosine, sine = in_a_loop(_turned, turns, 2)
    angle = turns.astype(np.longdouble) * TURN
    assert max(np.max(np.abs(cosine - np.cos(angle))), np.max(np.abs(sine - np.sin(angle)))) < 3e-16


@pytest.mark.parametrize(("loop", "plain", "x"), [(_exp, exp, ARGUMENTS), (_log, log, POSITIVE)])
def test_one_by_one_and_in_a_loop_give_the_same_bits(loop, plain, x):
    assert in_a_loop(loop, x).tolist() == [plain(one) for one in x.tolist()]


def test_cosines_one_by_one_and_in_a_loop_give_the_same_bits():
    turns = RNG.uniform(0, 1, MANY)
    assert list(zip(*(side.tolist() for side in in_a_loop(_turned, turns, 2)), strict=True)) == [
        cosine_and_sine(one) for one in turns.tolist()
    ]


def test_rounding_one_by_one_and_in_a_loop_gives_the_same_numbers():
    x = np.concatenate([RNG.normal(0, 1e6, MANY), np.arange(-9.5, 10.0)])
    out = in_a_loop(_rounded, x, 3)
    assert out[0].tolist() == [nearest(one) for one in x.tolist()] == np.rint(x).tolist()
    assert out[1].tolist() == [single(one) for one in x.tolist()] == x.astype(np.float32).astype(float).tolist()
    assert out[2].tolist() == np.sqrt(np.abs(x)).tolist()


def test_the_ends_are_held_and_what_is_no_number_stays_none():
    assert exp(-1e9) == exp(-708.0) > 0.0
    assert exp(1e9) == exp(709.0) < np.inf
    assert np.isnan(exp(np.nan))
