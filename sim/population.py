"""People come into the world: their needs, economics, temper and ties, all from addressed draws."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy import special

from sim.compiling import compiled
from sim.nature import Nature
from sim.randomness import AWARE, BIRTH, NETWORK, START, fill_uniforms, uniforms
from sim.state import DIMENSIONS, NEVER, NOBODY, Floats, Half, Network, Population, Whole

_SEGMENT_PLACES = 2**32 - 1000  # addresses that no customer holds
_DRAWS = 24
_TOGETHER = 50_000  # people filled in at a time, so that a large birth needs little room


def _uniforms(key: int, slots: Whole, generations: Whole, purpose: int, draws: int) -> Floats:
    out = np.empty((len(slots), draws))
    fill_uniforms(key, slots, generations, purpose, out)
    return out


@lru_cache(maxsize=16)
def segment_centres(nature: Nature, key: int) -> Floats:
    """Centres of the segments of need, shape (segments, K), spread 1 per dimension before scaling."""
    count = int(nature.needs_segments)
    slots = np.arange(_SEGMENT_PLACES, _SEGMENT_PLACES + count, dtype=np.int64)
    raw = special.ndtri(_uniforms(key, slots, np.zeros(count, np.int64), BIRTH, DIMENSIONS))
    if count == 1:
        return np.zeros((1, DIMENSIONS))
    centred = raw - raw.mean(axis=0)
    return np.asarray(centred / np.sqrt((centred**2).mean()))


def _lognormal(uniform: Floats, mean: float, spread: float) -> Floats:
    """Lognormal values whose median is `mean`; a spread of zero gives the value itself."""
    return np.asarray(mean * np.exp(spread * special.ndtri(uniform)))


def _gamma(uniform: Floats, mean: float, shape: float) -> Floats:
    return np.asarray(mean * special.gammaincinv(shape, uniform) / shape)


def _share(uniform: Floats, mean: float, spread: float) -> Floats:
    return np.clip(_lognormal(uniform, mean, spread), 0.0, 1.0)


def admit(people: Population, slots: Whole, nature: Nature, key: int, awareness: Sequence[float], firms: Whole) -> None:
    """Fill places with new people; who they are depends on place and generation alone.

    Args:
        people: Columns, changed in place.
        slots: Places to fill.
        nature: Numbers of the world.
        key: Key of the world.
        awareness: Share of people who know each firm when they come.
        firms: Keys of the firms.
    """
    for first in range(0, len(slots), _TOGETHER):
        _admit_some(people, slots[first : first + _TOGETHER], nature, key, awareness, firms)


def _admit_some(
    people: Population, slots: Whole, nature: Nature, key: int, awareness: Sequence[float], firms: Whole
) -> None:
    generations = people.generation[slots].astype(np.int64)
    u = _uniforms(key, slots, generations, BIRTH, _DRAWS)
    _give_needs(people, slots, nature, key, u)
    _give_economics(people, slots, nature, u[:, 9:16])
    _give_temper(people, slots, nature, u[:, 16:21])
    _give_relations(people, slots, nature, key, generations, awareness, firms)
    people.present[slots] = 1


def _give_needs(people: Population, slots: Whole, nature: Nature, key: int, u: Floats) -> None:
    centres = segment_centres(nature, key)
    segment = np.minimum((u[:, 0] * len(centres)).astype(np.int64), len(centres) - 1)
    between = np.sqrt(nature.needs_spread_between) * centres[segment]
    within = np.sqrt(1.0 - nature.needs_spread_between) * special.ndtri(u[:, 1:5])
    people.goal[slots] = nature.needs_spread * (between + within)
    raw = np.exp(nature.needs_weight_spread * special.ndtri(u[:, 5:9]))
    people.weight[slots] = raw / raw.mean(axis=1, keepdims=True)


def _give_economics(people: Population, slots: Whole, nature: Nature, u: Floats) -> None:
    people.rate[slots] = _gamma(u[:, 0], nature.economics_purchase_rate, nature.economics_rate_shape)
    people.spend[slots] = _lognormal(
        u[:, 1], nature.economics_spend * np.exp(-0.5 * nature.economics_spend_sigma**2), nature.economics_spend_sigma
    )
    people.price_weight[slots] = _lognormal(u[:, 2], nature.economics_price_weight, nature.economics_price_sigma)
    people.incident_rate[slots] = _gamma(u[:, 3], nature.economics_incident_rate, nature.economics_incident_shape)
    people.dropout[slots] = 0.0
    if nature.economics_dropout_a > 0.0:
        people.dropout[slots] = special.betaincinv(nature.economics_dropout_a, nature.economics_dropout_b, u[:, 4])
    people.categories[slots] = 1


def _give_temper(people: Population, slots: Whole, nature: Nature, u: Floats) -> None:
    spread = nature.temper_spread
    people.loss_aversion[slots] = 1.0 + (nature.temper_loss_aversion - 1.0) * np.exp(spread * special.ndtri(u[:, 0]))
    people.voice[slots] = _share(u[:, 1], nature.temper_voice, spread)
    people.talk[slots] = _lognormal(u[:, 2], nature.temper_talk, spread)
    people.susceptibility[slots] = _lognormal(u[:, 3], nature.temper_susceptibility, spread)
    people.boldness[slots] = _share(u[:, 4], nature.temper_boldness, spread)


def _give_relations(
    people: Population,
    slots: Whole,
    nature: Nature,
    key: int,
    generations: Whole,
    awareness: Sequence[float],
    firms: Whole,
) -> None:
    for column, value in (
        (people.satisfaction, nature.satisfaction_start),
        (people.expectation, nature.satisfaction_start),
        (people.reputation, nature.satisfaction_neutral),
        (people.habit, 0.0),
        (people.precision, 0.0),
        (people.contacted, 0),
        (people.burned, NEVER),
        (people.last_purchase, NEVER),
    ):
        column[slots] = value
    for column in (people.tenure, people.complaints, people.contribution, people.served_months, people.messages):
        column[slots] = 0
    for column in (people.supplier, people.last_firm, people.complaint_month, people.discount_until):
        column[slots] = NOBODY
    people.fit[slots] = 0.0
    people.shortfall[slots] = 0.0
    for seat, share in enumerate(awareness):
        out = np.empty((len(slots), 1))
        fill_uniforms(key ^ int(firms[seat]), slots, generations, AWARE, out)
        people.aware[slots, seat] = out[:, 0] < share


def start_with_suppliers(people: Population, key: int, shares: Sequence[float]) -> None:
    """Give the starting customers to the firms by their starting shares."""
    slots = np.arange(len(people.present), dtype=np.int64)
    u = _uniforms(key, slots, np.zeros(len(slots), np.int64), START, 1)[:, 0]
    edge = 0.0
    for seat, share in enumerate(shares):
        chosen = slots[(u >= edge) & (u < edge + share)]
        people.supplier[chosen] = seat
        people.last_firm[chosen] = seat
        people.last_purchase[chosen, seat] = 0
        people.aware[chosen, seat] = 1
        people.habit[chosen, seat] = 1.0
        people.tenure[chosen] = 1
        edge += share


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
