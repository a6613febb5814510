"""The network that a scenario asks for."""

from collections.abc import Mapping

import numpy as np

from sim.model.network.configuration import configuration
from sim.model.network.lists import neighbour_lists
from sim.model.network.ring import blocks, small_world
from sim.model.state import Int32Array, IntArray, Network
from sim.parameters.network_ties import NetworkSettings, read_ties


def network_of(asked: NetworkSettings, market: Mapping[str, float], home: IntArray, key: int) -> Network:
    """The network of a world.

    Args:
        asked: Kind of network, and the file of an edge list.
        market: Every number of the market by key path.
        home: Segment at home in each place, shape (places,).
        key: Key of the world.

    Raises:
        BadInput: The edge list cannot be read any more.
    """
    places, degree = len(home), market["network.degree"]
    if asked.kind == "configuration":
        return configuration(places, degree, market["network.degree_spread"], key)
    if asked.kind == "blocks":
        return blocks(home, degree, market["network.rewiring"], market["network.homophily"], key)
    if asked.kind == "edge_list":
        return repeat_ties(read_ties(str(asked.file)).ties, places)
    return small_world(places, degree, market["network.rewiring"], key)


def repeat_ties(ties: Int32Array, places: int) -> Network:
    """The ties of a file, repeated until all places are filled: more agents are more copies of the network.

    >>> repeat_ties(np.array([[0, 1]], np.int32), 4).ties.tolist()
    [1, 0, 3, 2]
    """
    size = int(ties.max()) + 1
    shifts = np.repeat(np.arange(0, places, size, dtype=np.int32), len(ties))
    ones, others = (np.tile(ties[:, end], places // size) + shifts for end in (0, 1))
    return neighbour_lists(places, ones, others)
