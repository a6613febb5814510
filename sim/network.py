"""Who hears whom: a small-world network, tied place by place from addressed draws."""

import numpy as np

from sim.compiling import compiled
from sim.randomness import NETWORK, uniforms
from sim.state import Half, Network, Whole


def small_world(places: int, degree: float, rewiring: float, key: int) -> Network:
    """A small-world network as sorted neighbour lists.

    Args:
        places: Number of places.
        degree: Mean number of ties, rounded to an even number.
        rewiring: Share of ties rewired at random.
        key: Key of the world.

    Source:
        Watts and Strogatz (1998).
    """
    reach = min(int(round(degree / 2.0)), (places - 1) // 2)
    start = np.zeros(places + 1, np.int64)
    if reach < 1:
        return Network(start, np.zeros(0, np.int32), np.zeros(places, np.int8))
    partners = np.empty((places, reach), np.int32)
    _draw_partners(key, rewiring, partners, start)
    np.cumsum(start, out=start)
    ties = np.empty(int(start[-1]), np.int32)
    _list_neighbours(partners, start, ties, start[:-1].copy())
    del partners
    return Network(start, ties[: _drop_doubles(start, ties)].copy(), np.zeros(places, np.int8))


@compiled
def _draw_partners(key: int, rewiring: float, partners: Half, degrees: Whole) -> None:
    """Each place ties itself to the next ones on a ring, or to anyone; degrees: ties of place i in element i + 1."""
    places, reach = partners.shape
    for slot in range(places):
        for step in range(reach):
            other = (slot + step + 1) % places
            if uniforms(key, slot, 0, 0, NETWORK, step, 0)[0] < rewiring:
                anyone = uniforms(key, slot, 0, 0, NETWORK, reach + step, 0)[0]
                other = min(int(anyone * places), places - 1)
            partners[slot, step] = other
            if other != slot:
                degrees[slot + 1] += 1
                degrees[other + 1] += 1


@compiled
def _list_neighbours(partners: Half, start: Whole, ties: Half, free: Whole) -> None:
    """Write both ends of each tie and sort each list. free: next free element of each list, used up."""
    places, reach = partners.shape
    for slot in range(places):
        for step in range(reach):
            other = int(partners[slot, step])
            if other != slot:
                ties[free[slot]] = other
                ties[free[other]] = slot
                free[slot] += 1
                free[other] += 1
    for slot in range(places):
        for place in range(start[slot] + 1, start[slot + 1]):
            one = ties[place]
            before = place - 1
            while before >= start[slot] and ties[before] > one:
                ties[before + 1] = ties[before]
                before -= 1
            ties[before + 1] = one


@compiled
def _drop_doubles(start: Whole, ties: Half) -> int:
    """Move sorted lists together without repeated neighbours; returns the number of ties that stay."""
    kept = 0
    first = start[0]
    for slot in range(start.shape[0] - 1):
        begin, last = kept, start[slot + 1]
        for place in range(first, last):
            if kept == begin or ties[place] != ties[kept - 1]:
                ties[kept] = ties[place]
                kept += 1
        first = last
        start[slot + 1] = kept
    return kept
