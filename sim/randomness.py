"""The dealer of addressed draws: a draw is named by who, when, what for and which firm, never by "the next number"."""

import hashlib
import math

import numpy as np

from sim.compiling import compiled, rule

# What a draw is for. A purpose never changes its number; new ones are added at the end.
BIRTH, DEATH, EXIT, REFILL, DRIFT, REACH, NOTICE, CONSIDER, GUMBEL, TASTE = range(10)
PURCHASES, DROPOUT, USE, INCIDENTS, HOPS, SERVED, SENIOR, REWORK, VOICE, RECOVERY = range(10, 20)
DISCOUNT, TALK, AWARE, CROSS, BELIEF, STATED, VALUE, START, NETWORK, GIVING_UP, TRIAL = range(20, 31)
DEGREE, END, SWAP = range(31, 34)  # networks
WANTS, ROTA, NEED, OFFERING, RECORD, CALL, MEETING, CHASING, GIVING_BACK = range(40, 49)  # sales
PAYER, PAYMENT, REMINDER, LEDGER, POSTING, OVERRIDE, COLLECTION = range(60, 67)  # money owed
HEARD = 70
CAUSES, CONFUSION, OWN_OUTCOME, FAILING = range(90, 94)  # doing better, breadth, customers' outcome
REVIEW = 80  # yearly, of a programme
REPORT, OWNER = 120, 121  # what departments are told, and what customer management sees

_MASK = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_SIX = np.uint64(6)
_LEFT = np.uint64(26)
_MULTIPLY_0 = np.uint64(0xD2511F53)
_MULTIPLY_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_UNIT = 1.0 / 4503599627370496.0  # 2 ** -52


def world_key(seed: int, replicate: int) -> int:
    """Key of one world: 62 bits from seed and replicate.

    >>> world_key(1, 0) == world_key(1, 0) != world_key(1, 1)
    True
    """
    return int.from_bytes(hashlib.sha256(f"{seed}:{replicate}".encode()).digest()[:8], "little") >> 2


def firm_key(name: str) -> int:
    """Address of a firm: 32 bits of its name, so that its seat in the list cannot matter."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little")


@compiled
def uniforms(
    key: int, slot: int, generation: int, month: int, purpose: int, draw: int, firm: int
) -> tuple[float, float]:
    """Two uniform numbers in (0, 1) at one address, by Philox 4x32-10.

    Args:
        key: Key of the world, from `world_key`.
        slot: Place of the customer in the pool. [0 - 2**32-1]
        generation: Which person holds the place. [0 - 65535]
        month: Month, 0 for what happens before the first. [0 - 65535]
        purpose: One of the purposes of this module. [0 - 65535]
        draw: Number of the draw within the purpose. [0 - 65535]
        firm: Key of the firm concerned, or 0.

    Source:
        Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
    """
    k0 = np.uint64(key) & _MASK
    k1 = (np.uint64(key) >> _HALF) & _MASK
    c0 = np.uint64(slot) & _MASK
    c1 = np.uint64((generation << 16) | month) & _MASK
    c2 = np.uint64((purpose << 16) | draw) & _MASK
    c3 = np.uint64(firm) & _MASK
    for _ in range(10):
        p0 = _MULTIPLY_0 * c0
        p1 = _MULTIPLY_1 * c2
        c0 = (p1 >> _HALF) ^ c1 ^ k0
        c1 = p1 & _MASK
        c2 = (p0 >> _HALF) ^ c3 ^ k1
        c3 = p0 & _MASK
        k0 = (k0 + _WEYL_0) & _MASK
        k1 = (k1 + _WEYL_1) & _MASK
    first = ((c0 >> _SIX) << _LEFT) | (c1 >> _SIX)
    second = ((c2 >> _SIX) << _LEFT) | (c3 >> _SIX)
    return (float(first) + 0.5) * _UNIT, (float(second) + 0.5) * _UNIT


@rule
def uniform(key: int, slot: int, generation: int, month: int, purpose: int, draw: int, firm: int) -> float:
    """One uniform number in (0, 1) at one address; see `uniforms`."""
    return uniforms(key, slot, generation, month, purpose, draw, firm)[0]


@compiled
def normals(
    key: int, slot: int, generation: int, month: int, purpose: int, draw: int, firm: int
) -> tuple[float, float]:
    """Two standard normal numbers at one address, by Box and Muller (1958)."""
    first, second = uniforms(key, slot, generation, month, purpose, draw, firm)
    radius = math.sqrt(-2.0 * math.log(first))
    angle = 2.0 * math.pi * second
    return radius * math.cos(angle), radius * math.sin(angle)


@compiled
def gumbel(key: int, slot: int, generation: int, month: int, draw: int, firm: int) -> float:
    """One standard Gumbel number for one firm in one choice."""
    return -math.log(-math.log(uniforms(key, slot, generation, month, GUMBEL, draw, firm)[0]))


@rule
def poisson(mean: float, luck: float, most: int) -> int:
    """Poisson count by inversion of one uniform number.

    Args:
        mean: Expected count. [>= 0]
        luck: Uniform number. [0-1]
        most: Largest count returned; a guard, reached with negligible chance.

    >>> poisson(0.0, 0.99, 50), poisson(1.0, 0.3, 50), poisson(1.0, 0.9, 50)
    (0, 0, 2)
    """
    term = math.exp(-mean)
    total = term
    count = 0
    while luck > total and count < most:
        count += 1
        term *= mean / count
        total += term
    return count


@compiled
def fill_uniforms(key: int, slots: np.ndarray, generations: np.ndarray, purpose: int, out: np.ndarray) -> None:
    """Uniform numbers for many people at month 0, one column a draw. out: shape (people, draws)."""
    for row in range(slots.shape[0]):
        for draw in range(out.shape[1]):
            out[row, draw] = uniforms(key, slots[row], generations[row], 0, purpose, draw, 0)[0]


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
