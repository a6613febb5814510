"""The dealer: addresses never meet, and words at neighbouring addresses are independent, at a stated rate of alarms."""

import itertools

import numpy as np
import pytest
from scipy import stats

from sim.model.randomness import (
    arrival,
    firm_key,
    mix_bits,
    normals,
    uniform,
    uniforms,
    what_for,
    who_and_when,
    word_at,
    world_key,
)
from sim.numeric.compiling import compiled
from sim.numeric.mathematics import log

KEY = world_key(20, 4)
MANY = 40_000
ALARM = 1e-4  # chance that a test of this file fails though all is well
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
WORDS = 2**64


def unshifted(x, bits):
    """The word from which ``x ^ (x >> bits)`` was made."""
    found = x
    for _ in range(64 // bits):
        found = x ^ (found >> bits)
    return found


def unmixed(x):
    """The word that `mix_bits` turns into x: its steps undone one by one."""
    x = (unshifted(x, 31) * pow(SECOND, -1, WORDS)) % WORDS
    x = (unshifted(x, 27) * pow(FIRST, -1, WORDS)) % WORDS
    return unshifted(x, 30)


@pytest.mark.parametrize("x", [0, 1, 2**63, WORDS - 1, 0x0123456789ABCDEF])
def test_mixing_can_be_undone_so_that_no_two_words_become_one(x):
    assert unmixed(mix_bits(x)) == x


@pytest.mark.parametrize("slot", [0, 1, 2**32 - 1])
@pytest.mark.parametrize("generation", [0, 1, 65_535])
@pytest.mark.parametrize("month", [0, 1, 65_535])
def test_person_and_month_can_be_read_back_from_their_word(slot, generation, month):
    packed = unmixed(who_and_when(KEY, slot, generation, month)) ^ KEY
    assert (packed >> 32, packed >> 16 & 0xFFFF, packed & 0xFFFF) == (slot, generation, month)


@pytest.mark.parametrize("purpose", [0, 1, 65_535])
@pytest.mark.parametrize("number", [0, 65_535])
@pytest.mark.parametrize("firm", [0, 1, 2**32 - 1])
def test_purpose_draw_and_firm_can_be_read_back_from_their_word(purpose, number, firm):
    packed = what_for(purpose, number, firm) * pow(0x9E3779B97F4A7C15, -1, WORDS) % WORDS
    assert (packed >> 48, packed >> 32 & 0xFFFF, packed & 0xFFFFFFFF) == (purpose, number, firm)


ALONG = {  # ways to go from address to neighbouring address: slot, generation, month, purpose, draw, firm
    "slots": lambda k: (k, 0, 3, 7, 0, 0),
    "generations": lambda k: (5, k % 65_536, 3, 7, 0, 0),
    "months": lambda k: (k // 1000, 0, k % 1000, 7, 0, 0),
    "purposes": lambda k: (k // 100, 0, 3, k % 100, 0, 0),
    "draws": lambda k: (k // 100, 0, 3, 7, k % 100, 0),
    "firms": lambda k: (k // 3, 0, 3, 7, 0, firm_key(f"firm {k % 3}")),
}


def dealt(way):
    return np.array([uniforms(KEY, *ALONG[way](k)) for k in range(MANY)])


@pytest.mark.parametrize("way", ALONG)
def test_both_numbers_are_uniform_along(way):
    pairs = dealt(way)
    assert min(stats.kstest(pairs[:, side], "uniform").pvalue for side in (0, 1)) > ALARM / len(ALONG) / 2


@pytest.mark.parametrize("way", ALONG)
def test_neighbours_fill_the_square_evenly_along(way):
    numbers = dealt(way).ravel()
    seen, _, _ = np.histogram2d(numbers[:-1:2], numbers[1::2], bins=16, range=[[0, 1], [0, 1]])
    later, _, _ = np.histogram2d(numbers[:-2:2], numbers[2::2], bins=16, range=[[0, 1], [0, 1]])
    assert min(stats.chisquare(table.ravel()).pvalue for table in (seen, later)) > ALARM / len(ALONG) / 2


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(("slots", "months", "purposes", "firms"), 2)))
def test_ways_through_the_addresses_are_not_correlated(one, other):
    first, second = dealt(one)[5:, 0], dealt(other)[5:, 0]
    bound = stats.norm.isf(ALARM / 6 / 2) / np.sqrt(len(first))
    assert abs(np.corrcoef(first, second)[0, 1]) < bound


def test_every_bit_of_an_address_turns_half_of_the_bits_of_its_word():
    what = what_for(7, 0, 0)
    turned = [
        (
            word_at(who_and_when(KEY, slot, 0, 3), what) ^ word_at(who_and_when(KEY, slot ^ 1 << bit, 0, 3), what)
        ).bit_count()
        for slot in range(200)
        for bit in range(20)
    ]
    assert abs(np.mean(turned) - 32.0) < stats.norm.isf(ALARM / 2) * 4.0 / np.sqrt(len(turned))


def test_two_worlds_are_independent():
    other = world_key(20, 5)
    pairs = np.array([(uniform(KEY, slot, 0, 3, 7, 0, 0), uniform(other, slot, 0, 3, 7, 0, 0)) for slot in range(MANY)])
    assert abs(np.corrcoef(pairs.T)[0, 1]) < stats.norm.isf(ALARM / 2) / np.sqrt(MANY)


def test_normal_numbers_are_normal_and_pairs_of_them_independent():
    pairs = np.array([normals(KEY, slot, 0, 3, 7, 0, 0) for slot in range(MANY)])
    assert min(stats.kstest(pairs[:, side], "norm").pvalue for side in (0, 1)) > ALARM / 2
    assert abs(np.corrcoef(pairs.T)[0, 1]) < stats.norm.isf(ALARM / 2) / np.sqrt(MANY)


def test_arrivals_are_exponential_and_the_first_at_its_rate_is_a_logit_choice():
    values = np.array([0.0, 0.5, 1.2])
    when = np.array([[arrival(KEY, slot, 0, 3, 0, 100 + k) for k in range(3)] for slot in range(20_000)])
    assert stats.kstest(when.ravel(), "expon").pvalue > ALARM / 2
    chosen = np.bincount((when * np.exp(-values)).argmin(axis=1))
    assert stats.chisquare(chosen, len(when) * np.exp(values) / np.exp(values).sum()).pvalue > ALARM / 2


@compiled
def _words(key, out):
    for k in range(out.shape[0]):
        out[k, 0], out[k, 1] = uniforms(key, k, k % 7, k % 100, k % 90, k % 3, k * 77_777 % 4_000_000_000)
        out[k, 2] = -log(out[k, 0])


def test_compiled_code_deals_the_same_bits_as_plain_python():
    out = np.zeros((500, 3))
    _words(KEY, out)
    for k in range(500):
        where = KEY, k, k % 7, k % 100, k % 90, k % 3, k * 77_777 % 4_000_000_000
        first, second = uniforms.__wrapped__(*where) if hasattr(uniforms, "__wrapped__") else uniforms.py_func(*where)
        assert out[k].tolist() == [first, second, -log(first)]
