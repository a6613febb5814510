import numpy as np
import pytest

from sim.network import small_world
from sim.randomness import NETWORK, uniforms

KEY = 987654321


def drawn_by_hand(places, degree, rewiring):
    """The definition, with sets: tie each place to the next ones on the ring, some of them rewired to anyone."""
    reach = min(round(degree / 2), (places - 1) // 2)
    friends = [set() for _ in range(places)]
    for slot in range(places):
        for step in range(reach):
            other = (slot + step + 1) % places
            if uniforms(KEY, slot, 0, 0, NETWORK, step, 0)[0] < rewiring:
                other = int(uniforms(KEY, slot, 0, 0, NETWORK, reach + step, 0)[0] * places)
            if other != slot:
                friends[slot].add(other)
                friends[other].add(slot)
    return [sorted(one) for one in friends]


@pytest.mark.parametrize(("places", "degree", "rewiring"), [(200, 10, 0.1), (30, 8, 1.0), (11, 10, 0.5), (10, 60, 0.3)])
def test_the_compiled_network_is_the_one_of_the_definition(places, degree, rewiring):
    made = small_world(places, degree, rewiring, KEY)
    lists = [made.ties[made.start[i] : made.start[i + 1]].tolist() for i in range(places)]
    assert lists == drawn_by_hand(places, degree, rewiring)
    assert made.start[-1] == len(made.ties)


def test_a_degree_of_nothing_is_a_world_without_ties():
    made = small_world(50, 0, 0.1, KEY)
    assert len(made.ties) == 0
    assert np.array_equal(made.start, np.zeros(51))
