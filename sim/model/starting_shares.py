"""Whose customers people are when a world begins."""

from collections.abc import Sequence

import numpy as np

from sim.model.randomness import START
from sim.model.segments import uniforms_at_birth
from sim.model.state import EXPERIENCE_UNIT, IntArray, Population


def start_with_suppliers(people: Population, key: int, shares: Sequence[float], firms: IntArray, habit: float) -> None:
    """Give the starting customers to the firms by their starting shares, in a race that knows no seats.

    Args:
        people: All places.
        key: Key of the world.
        shares: Starting share of each firm.
        firms: Addresses of the firms by seat.
        habit: Habit with the first firm; nothing under contract, where purchases form none. [0-1]
    """
    slots = np.arange(len(people.present), dtype=np.int64)
    addresses = [*firms.tolist(), 0]
    arrivals = np.full((len(slots), len(addresses)), np.inf)
    for column, share in enumerate([*shares, max(0.0, 1.0 - sum(shares))]):
        if share > 0.0:
            draws = uniforms_at_birth(key, slots, np.zeros(len(slots), np.int64), START, 1, int(addresses[column]))[
                :, 0
            ]
            arrivals[:, column] = -np.log(draws) / share
    first = arrivals.argmin(axis=1)
    for seat in range(len(shares)):
        customers = slots[first == seat]
        people.supplier[customers] = seat
        people.last_firm[customers] = seat
        people.last_purchase[customers, seat] = 0
        people.aware[customers, seat] = 1
        if people.relations.is_kept("habit"):
            people.habit[customers, seat] = habit
        people.experience[customers, seat] = round(1.0 / EXPERIENCE_UNIT)
        people.tenure[customers] = 1
