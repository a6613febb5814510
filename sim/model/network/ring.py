"""Small worlds: rings with some ties rewired, one ring for all or one for each block of like people."""

import numpy as np

from sim.model.network.lists import neighbour_lists
from sim.model.randomness import NETWORK, uniform, uniforms
from sim.model.state import Int32Array, IntArray, Network
from sim.numeric.compiling import compiled


def small_world(places: int, degree: float, rewiring: float, key: int) -> Network:
    """A small-world network as sorted neighbour lists: blocks of which there is one.

    Args:
        places: Number of places.
        degree: Mean number of ties, rounded to an even number.
        rewiring: Share of ties rewired at random.
        key: Key of the world.

    Source:
        Watts and Strogatz (1998).
    """
    return blocks(np.zeros(places, np.int64), degree, rewiring, 1.0, key)


def blocks(block: IntArray, degree: float, rewiring: float, homophily: float, key: int) -> Network:
    """A network of blocks: ties within a block are those of a small world, the others lead to anybody.

    With one block, or none but ties within, each block is a small world; without homophily all ties are random.

    Args:
        block: Block of each place, numbers from 0.
        degree: Mean number of ties, rounded to an even number.
        rewiring: Share of the ties within a block that lead to anybody in it instead of the next ones on its ring.
        homophily: Share of ties that stay within the block whatever its size. [0-1]
        key: Key of the world.

    Source:
        Watts and Strogatz (1998) within; blocks: Holland, Laskey and Leinhardt (1983).
    """
    places = len(block)
    reach = min(int(round(degree / 2.0)), (places - 1) // 2)
    order = np.argsort(block, kind="stable").astype(np.int32)
    rank = np.empty(places, np.int32)
    rank[order] = np.arange(places, dtype=np.int32)
    begins = np.searchsorted(block[order], np.arange(int(block.max()) + 2))
    partners = np.empty((places, max(0, reach)), np.int32)
    _draw_partners(key, rewiring, homophily, block, order, rank, begins, partners)
    return neighbour_lists(places, np.repeat(np.arange(places, dtype=np.int32), partners.shape[1]), partners.ravel())


@compiled
def _draw_partners(
    key: int,
    rewiring: float,
    homophily: float,
    block: IntArray,
    order: Int32Array,
    rank: Int32Array,
    begins: IntArray,
    partners: Int32Array,
) -> None:
    """Each place ties itself to the next ones on the ring of its block, to anyone in it, or to anybody."""
    places, reach = partners.shape
    for slot in range(places):
        begin = int(begins[block[slot]])
        size = int(begins[block[slot] + 1]) - begin
        for step in range(reach):
            rewired, stays = uniforms(key, slot, 0, 0, NETWORK, step, 0)
            anyone = uniform(key, slot, 0, 0, NETWORK, reach + step, 0)
            if stays >= homophily:
                partners[slot, step] = min(int(anyone * places), places - 1)
            elif rewired < rewiring:
                partners[slot, step] = order[begin + min(int(anyone * size), size - 1)]
            else:
                partners[slot, step] = order[begin + (int(rank[slot]) - begin + step + 1) % size]
