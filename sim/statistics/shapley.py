"""Shapley values: a difference split over switches, exactly, from the values of all their combinations."""

from math import factorial
from typing import NamedTuple

import numpy as np

from sim.model.state import Floats


class Split(NamedTuple):
    """What each switch is worth; arrays of shape (switches, replications).

    Args:
        alone: Switched on when all others are off.
        last: Switched on when all others are on.
        shapley: Mean over all orders of switching on; sums over switches to the whole difference.
    """

    alone: Floats
    last: Floats
    shapley: Floats


def shapley_split(values: Floats) -> Split:
    """Worth of each switch from the values of all combinations.

    Args:
        values: Shape (2 ** k, replications); bit i of the row's number says whether switch i is on.

    Source:
        Shapley (1953).

    >>> found = shapley_split(np.array([[0.0], [1.0], [2.0], [7.0]]))
    >>> found.alone.ravel().tolist(), found.last.ravel().tolist(), found.shapley.ravel().tolist()
    ([1.0, 2.0], [5.0, 6.0], [3.0, 4.0])
    """
    switches = len(values).bit_length() - 1
    every = len(values) - 1
    alone = np.array([values[1 << place] - values[0] for place in range(switches)])
    last = np.array([values[every] - values[every ^ (1 << place)] for place in range(switches)])
    return Split(alone, last, np.array([_mean_over_orders(values, place, switches) for place in range(switches)]))


def _mean_over_orders(values: Floats, place: int, switches: int) -> Floats:
    """Mean worth of one switch, each set of others weighted by the orders in which it comes first."""
    bit, worth = 1 << place, np.zeros(values.shape[1])
    for before in range(len(values)):
        if before & bit:
            continue
        size = before.bit_count()
        weight = factorial(size) * factorial(switches - size - 1) / factorial(switches)
        worth += weight * (values[before | bit] - values[before])
    return worth
