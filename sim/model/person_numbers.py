"""Numbers of people: a place of the market is held by one person after another, and no number comes again."""

import numpy as np

from sim.model.state import IntArray, Population


def numbers_of(people: Population) -> IntArray:
    """Number of the person in each place, or of the last one where it is empty, shape (N,)."""
    before = people.person["generation"].astype(np.int64) - (people.person["present"] == 0)
    return np.asarray(number(people.person["slot"], before, len(people.person)))


def number_in(people: Population, place: int) -> int:
    """Number of the person in one place, or of the last one if it is empty."""
    row = people.person[place]
    return int(number(place, int(row.generation) - (row.present == 0), len(people.person)))


def number(place: IntArray | int, generation: IntArray | int, places: int) -> IntArray | int:
    """Number of a person, from 1 on; the first holders are numbered by place.

    >>> number(0, 0, 80), number(79, 0, 80), number(0, 1, 80)
    (1, 80, 81)
    """
    return place + generation * places + 1
