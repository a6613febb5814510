"""The dealer of addressed draws: a draw is named by who, when, what for and which firm, never by "the next number"."""

import hashlib

import numpy as np

from sim.numeric.compiled_bits import WORD, fine_uniform, lower_uniform, upper_uniform, word
from sim.numeric.compiling import compiled, rule
from sim.numeric.mathematics import cosine_and_sine, exp, log, square_root

# What a draw is for. A purpose never changes its number; new ones are added at the end.
BIRTH, DEATH, EXIT, REFILL, DRIFT, REACH, NOTICE, CONSIDER, CHOICE, TASTE = range(10)
PURCHASES, DROPOUT, USE, INCIDENTS, HOPS, SERVED, SENIOR, REWORK, VOICE, RECOVERY = range(10, 20)
DISCOUNT, TALK, AWARE, CROSS, BELIEF, STATED, VALUE, START, NETWORK, GIVING_UP, TRIAL = range(20, 31)
DEGREE, END, SWAP = range(31, 34)  # networks
TIE, FORGET, DEPARTURE = range(34, 37)  # words of mouth
WANTS, ROTA, NEED, OFFERING, RECORD, CALL, MEETING, CHASING, GIVING_BACK = range(40, 49)  # sales
PAYER, PAYMENT, REMINDER, LEDGER, POSTING, OVERRIDE, COLLECTION = range(60, 67)  # money owed
HEARD, ANSWER = 70, 71
CAUSES, CONFUSION, OWN_OUTCOME, FAILING = range(90, 94)  # doing better, breadth, customers' outcome
REVIEW = 80  # yearly, of a programme
REPORT, OWNER = 120, 121  # what departments are told, and what customer management sees
FIGURE, SAMPLE, BOUGHT_DATA = range(123, 126)  # a figure as reported, who is asked, on whom data is bought
CONDUCT = 122  # which decision an adaptive firm moves, and to which side first

_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB  # multipliers of splitmix64
_GOLDEN = 0x9E3779B97F4A7C15  # odd, so that multiplying by it loses nothing


def world_key(seed: int, replicate: int) -> int:
    """Key of one world: 62 bits from seed and replicate.

    >>> world_key(1, 0) == world_key(1, 0) != world_key(1, 1)
    True
    """
    return int.from_bytes(hashlib.sha256(f"{seed}:{replicate}".encode()).digest()[:8], "little") >> 2


def firm_key(name: str) -> int:
    """Address of a firm: 32 bits of its name, so that its seat in the list cannot matter."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little")


@rule
def mix_bits(x: int) -> int:
    """Mix a word so that every bit of the result depends on every bit given; different words give different results.

    Source:
        Finaliser of SplitMix64: Steele, Lea and Flood (2014); constants: Stafford (2011), variant 13.

    >>> mix_bits(0), mix_bits(1) == mix_bits(1) != mix_bits(2)
    (0, True)
    """
    x = ((x ^ (x >> 30)) * _FIRST) & WORD
    x = ((x ^ (x >> 27)) * _SECOND) & WORD
    return x ^ (x >> 31)


@rule
def who_and_when(key: int, slot: int, generation: int, month: int) -> int:
    """The word of a person and month, mixed: made once for all draws of a customer's month.

    Place (32 bits), generation (16) and month (16) fill a word without overlap, and adding the key bit by bit and
    mixing undo nothing: in one world no two persons or months share a word.
    """
    return mix_bits(word(key) ^ (word(slot) << 32 | word(generation) << 16 | word(month)))


@rule
def what_for(purpose: int, number: int, firm: int) -> int:
    """The word of a purpose (16 bits), draw (16) and firm (32), which fill it without overlap.

    Multiplying by an odd number spreads them over the whole word and loses nothing.
    """
    return ((word(purpose) << 48 | word(number) << 32 | word(firm)) * _GOLDEN) & WORD


@rule
def word_at(who: int, what: int) -> int:
    """The random word at an address made of `who_and_when` and `what_for`.

    For one person and month no two purposes, draws or firms can share a word. Two words of different persons or
    months agree only as two random words do, with a chance of 2**-64.
    """
    return mix_bits((who + what) & WORD)


@compiled
def uniforms(
    key: int, slot: int, generation: int, month: int, purpose: int, draw: int, firm: int
) -> tuple[float, float]:
    """Two uniform numbers in (0, 1) at one address, each of 32 bits.

    Args:
        key: Key of the world, from `world_key`.
        slot: Place of the customer in the pool. [0 - 2**32-1]
        generation: Which person holds the place. [0 - 65535]
        month: Month, 0 for what happens before the first. [0 - 65535]
        purpose: One of the purposes of this module. [0 - 65535]
        draw: Number of the draw within the purpose. [0 - 65535]
        firm: Key of the firm concerned, or 0.
    """
    bits = word_at(who_and_when(key, slot, generation, month), what_for(purpose, draw, firm))
    return upper_uniform(bits), lower_uniform(bits)


@compiled
def uniform(key: int, slot: int, generation: int, month: int, purpose: int, draw: int, firm: int) -> float:
    """One uniform number in (0, 1) of 52 bits at one address; see `uniforms`."""
    return fine_uniform(word_at(who_and_when(key, slot, generation, month), what_for(purpose, draw, firm)))


@rule
def normals_of(bits: int) -> tuple[float, float]:
    """Two standard normal numbers from one random word, up to 6.7 in size, by Box and Muller (1958)."""
    radius = square_root(-2.0 * log(upper_uniform(bits)))
    cosine, sine = cosine_and_sine(lower_uniform(bits))
    return radius * cosine, radius * sine


@compiled
def normals(
    key: int, slot: int, generation: int, month: int, purpose: int, draw: int, firm: int
) -> tuple[float, float]:
    """Two standard normal numbers at one address; see `normals_of`."""
    return normals_of(word_at(who_and_when(key, slot, generation, month), what_for(purpose, draw, firm)))


@compiled
def fill_normals(key: int, month: int, purpose: int, firm: int, out: np.ndarray) -> None:
    """The first of the `normals` of a firm and month at each draw. out: shape (draws,)"""
    for draw in range(out.shape[0]):
        out[draw] = normals(key, 0, 0, month, purpose, draw, firm)[0]


def normals_of_firm(key: int, month: int, purpose: int, draws: int, firm: int) -> list[float]:
    """Standard normal numbers of a firm and month, one for each draw; see `normals`.

    >>> normals_of_firm(1, 2, CAUSES, 3, 7) == [normals(1, 0, 0, 2, CAUSES, draw, 7)[0] for draw in range(3)]
    True
    """
    out = np.empty(draws)
    fill_normals(key, month, purpose, firm, out)
    numbers: list[float] = out.tolist()
    return numbers


@rule
def arrival_of(bits: int) -> float:
    """A standard exponential number from one random word: the time until an event of rate 1."""
    return -log(fine_uniform(bits))


@compiled
def arrival(key: int, slot: int, generation: int, month: int, draw: int, firm: int) -> float:
    """When one firm arrives in one choice, at rate 1.

    Who arrives first at rates exp(value) is chosen with the chances of a logit.
    """
    return arrival_of(word_at(who_and_when(key, slot, generation, month), what_for(CHOICE, draw, firm)))


@rule
def poisson(mean: float, draw: float, most: int) -> int:
    """Poisson count by inversion of one uniform number.

    Args:
        mean: Expected count. [>= 0]
        draw: Uniform number. [0-1]
        most: Largest count returned; a guard, reached with negligible chance.

    >>> poisson(0.0, 0.99, 50), poisson(1.0, 0.3, 50), poisson(1.0, 0.9, 50)
    (0, 0, 2)
    """
    term = exp(-mean)
    total = term
    count = 0
    while draw > total and count < most:
        count += 1
        term *= mean * (1.0 / count)
        total += term
    return count


@compiled
def fill_uniforms(
    key: int, slots: np.ndarray, generations: np.ndarray, purpose: int, firm: int, out: np.ndarray
) -> None:
    """Uniform numbers for many people at month 0, one column a draw. out: shape (people, draws)."""
    for row in range(slots.shape[0]):
        for draw in range(out.shape[1]):
            out[row, draw] = uniform(key, slots[row], generations[row], 0, purpose, draw, firm)


def resampling(seed: int, purpose: str) -> np.random.Generator:
    """Generator to resample results with; its numbers follow from seed and purpose, not from what was drawn before.

    Args:
        seed: Seed of the sweep.
        purpose: What is resampled, in words.

    >>> resampling(1, "a").random() == resampling(1, "a").random() != resampling(1, "b").random()
    True
    """
    address = hashlib.sha256(f"{seed}:resampling:{purpose}".encode()).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(address[:16], "little")))
