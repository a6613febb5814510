"""Networks with unequal degrees: everybody gets ends of ties, and ends are joined at random."""

import numpy as np

from sim.model.network.lists import neighbour_lists
from sim.model.randomness import DEGREE, END, SWAP, normals, uniform
from sim.model.state import Int32Array, IntArray, Network
from sim.numeric.compiling import compiled
from sim.numeric.mathematics import exp

_MOST_ENDS = 65_535  # addresses of draws of one place
_ROUNDS = 100  # of exchanging ties that cannot be; a handful is needed where any will do


def configuration(places: int, degree: float, spread: float, key: int) -> Network:
    """A network in which degrees are lognormal and who is tied to whom is random.

    Ties to oneself and repeated ties are exchanged with random others, so that mean and spread of the degrees do not
    depend on the number of places; with a spread of 0 and a whole degree everybody has exactly that many ties.

    Args:
        places: Number of places.
        degree: Mean number of ties.
        spread: Standard deviation of the log of the degrees.
        key: Key of the world.

    Source:
        Bollobas (1980); Newman, Strogatz and Watts (2001).
    """
    wanted = np.empty(places, np.int64)
    _draw_degrees(key, degree, spread, wanted)
    owners = np.repeat(np.arange(places, dtype=np.int32), wanted)
    draw = np.empty(len(owners))
    _draw_ends(key, wanted, draw)
    shuffled = owners[np.argsort(draw, kind="stable")]
    pairs = len(shuffled) // 2
    ones, others = shuffled[:pairs].copy(), shuffled[pairs : 2 * pairs].copy()
    for attempt in range(_ROUNDS):
        impossible = _impossible(ones, others)
        if not len(impossible):
            break
        _exchange(key, attempt, impossible, others)
    return neighbour_lists(places, ones, others)


@compiled
def _draw_degrees(key: int, degree: float, spread: float, wanted: IntArray) -> None:
    """Lognormal degrees of the wanted mean, rounded up or down at random so that the mean stays."""
    most = min(_MOST_ENDS, wanted.shape[0] - 1)
    for slot in range(wanted.shape[0]):
        normal = normals(key, slot, 0, 0, DEGREE, 0, 0)[0]
        exact = degree * exp(spread * normal - 0.5 * spread * spread)
        wanted[slot] = min(most, int(exact + uniform(key, slot, 0, 0, DEGREE, 1, 0)))


@compiled
def _draw_ends(key: int, wanted: IntArray, draws: np.ndarray) -> None:
    """Random sort key of each end of a tie."""
    end = 0
    for slot in range(wanted.shape[0]):
        for draw in range(wanted[slot]):
            draws[end] = uniform(key, slot, 0, 0, END, draw, 0)
            end += 1


def _impossible(ones: Int32Array, others: Int32Array) -> IntArray:
    """Which ties lead to oneself or repeat an earlier one."""
    low, high = np.minimum(ones, others).astype(np.int64), np.maximum(ones, others)
    code = (low << 32) | high
    order = np.argsort(code, kind="stable")
    repeated = np.zeros(len(code), bool)
    repeated[order[1:]] = code[order[1:]] == code[order[:-1]]
    return np.flatnonzero(repeated | (ones == others))


@compiled
def _exchange(key: int, attempt: int, impossible: IntArray, others: Int32Array) -> None:
    """Give each impossible tie the far end of a random tie, which takes its own."""
    for tie in impossible:
        draw = uniform(key, tie, attempt, 0, SWAP, 0, 0)
        fellow = min(int(draw * others.shape[0]), others.shape[0] - 1)
        others[tie], others[fellow] = others[fellow], others[tie]
