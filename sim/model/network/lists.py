"""Ties as neighbour lists: both ends know each other, once, whatever the order of the ties."""

import numpy as np

from sim.model.state import Int32Array, IntArray, Network
from sim.numeric.compiling import compiled


def neighbour_lists(places: int, ones: Int32Array, others: Int32Array) -> Network:
    """Sorted neighbour lists; self-ties and repeated ties are dropped.

    Args:
        places: Number of places.
        ones: One end of each tie, shape (ties,).
        others: The other end.
    """
    start = np.zeros(places + 1, np.int64)
    _count(ones, others, start)
    np.cumsum(start, out=start)
    ties, turned = np.empty(int(start[-1]), np.int32), np.empty(int(start[-1]), np.int32)
    _list_neighbours(ones, others, turned, start[:-1].copy())
    _turn_round(start, turned, ties, start[:-1].copy())
    neighbours = ties[: _drop_doubles(start, ties)].copy()
    return Network(start.astype(np.int32), neighbours, np.zeros(places, np.int8))


@compiled
def _count(ones: Int32Array, others: Int32Array, degrees: IntArray) -> None:
    """Count the ties of place i in element i + 1."""
    for tie in range(ones.shape[0]):
        if ones[tie] != others[tie]:
            degrees[ones[tie] + 1] += 1
            degrees[others[tie] + 1] += 1


@compiled
def _list_neighbours(ones: Int32Array, others: Int32Array, ties: Int32Array, free: IntArray) -> None:
    """Write both ends of each tie. free: next free element of each list, used up."""
    for tie in range(ones.shape[0]):
        first, second = int(ones[tie]), int(others[tie])
        if first != second:
            ties[free[first]] = second
            ties[free[second]] = first
            free[first] += 1
            free[second] += 1


@compiled
def _turn_round(start: IntArray, ties: Int32Array, turned: Int32Array, free: IntArray) -> None:
    """Write the same lists again, place by place, so that each comes out sorted however long it is."""
    for slot in range(start.shape[0] - 1):
        for place in range(start[slot], start[slot + 1]):
            other = int(ties[place])
            turned[free[other]] = slot
            free[other] += 1


@compiled
def _drop_doubles(start: IntArray, ties: Int32Array) -> int:
    """Move sorted lists together without repeated neighbours; returns the number of ties that stay."""
    count = 0
    first = start[0]
    for slot in range(start.shape[0] - 1):
        begin, last = count, start[slot + 1]
        for place in range(first, last):
            if count == begin or ties[place] != ties[count - 1]:
                ties[count] = ties[place]
                count += 1
        first = last
        start[slot + 1] = count
    return count
