"""Segments of need: their centres, and which of them is at home in each place."""

from functools import lru_cache

import numpy as np
from scipy import special

from sim.model.customer_parameters import CustomerParameters
from sim.model.randomness import BIRTH, fill_uniforms
from sim.model.state import DIMENSIONS, Floats, IntArray

_SEGMENT_PLACES = 2**32 - 1000  # addresses that no customer holds
SEGMENT = 0  # number of the draw at birth that decides the segment


def uniforms_at_birth(
    key: int, slots: IntArray, generations: IntArray, purpose: int, draws: int, firm: int = 0
) -> Floats:
    """Uniform numbers of people at birth, shape (people, draws).

    Args:
        key: Key of the world.
        slots: Places of the people.
        generations: Which person holds each place.
        purpose: What the draws are for.
        draws: Number of draws of each person.
        firm: Key of the firm concerned, or 0.
    """
    out = np.empty((len(slots), draws))
    fill_uniforms(key, slots, generations, purpose, firm, out)
    return out


@lru_cache(maxsize=16)
def segment_centres(parameters: CustomerParameters, key: int) -> Floats:
    """Centres of the segments of need, shape (segments, K), spread 1 per dimension before scaling."""
    count = int(parameters.needs_segments)
    slots = np.arange(_SEGMENT_PLACES, _SEGMENT_PLACES + count, dtype=np.int64)
    raw = special.ndtri(uniforms_at_birth(key, slots, np.zeros(count, np.int64), BIRTH, DIMENSIONS))
    if count == 1:
        return np.zeros((1, DIMENSIONS))
    centred = raw - raw.mean(axis=0)
    return np.asarray(centred / np.sqrt((centred**2).mean()))


def home_segments(slots: IntArray, parameters: CustomerParameters, key: int) -> IntArray:
    """Segment at home in each place: that of its first holder."""
    draws = uniforms_at_birth(key, slots, np.zeros(len(slots), np.int64), BIRTH, 1)[:, SEGMENT]
    count = int(parameters.needs_segments)
    return np.minimum((draws * count).astype(np.int64), count - 1)
