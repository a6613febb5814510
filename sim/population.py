"""People come into the world: their needs, economics, temper and ties, all from addressed draws."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.nature import Nature
from sim.randomness import AWARE, BIRTH, NETWORK, START, fill_uniforms
from sim.state import DIMENSIONS, NEVER, NOBODY, Floats, Network, Population, Whole

_SEGMENT_PLACES = 2**32 - 1000  # addresses that no customer holds
_DRAWS = 24


def _uniforms(key: int, slots: Whole, generations: Whole, purpose: int, draws: int) -> Floats:
    out = np.empty((len(slots), draws))
    fill_uniforms(key, slots, generations, purpose, out)
    return out


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


def start_with_suppliers(people: Population, key: int, shares: Sequence[float], firms: Whole) -> None:
    """Give the starting customers to the firms by their starting shares, in a race that knows no seats."""
    slots = np.arange(len(people.present), dtype=np.int64)
    addresses = [*firms.tolist(), 0]
    arrivals = np.full((len(slots), len(addresses)), np.inf)
    for column, share in enumerate([*shares, max(0.0, 1.0 - sum(shares))]):
        if share > 0.0:
            luck = _uniforms(key ^ int(addresses[column]), slots, np.zeros(len(slots), np.int64), START, 1)[:, 0]
            arrivals[:, column] = -np.log(luck) / share
    first = arrivals.argmin(axis=1)
    for seat in range(len(shares)):
        chosen = slots[first == seat]
        people.supplier[chosen] = seat
        people.last_firm[chosen] = seat
        people.last_purchase[chosen, seat] = 0
        people.aware[chosen, seat] = 1
        people.habit[chosen, seat] = 1.0
        people.tenure[chosen] = 1


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
    if reach < 1:
        return Network(np.zeros(places + 1, np.int64), np.zeros(0, np.int32), np.zeros(places, np.int8))
    slots = np.arange(places, dtype=np.int64)
    u = _uniforms(key, slots, np.zeros(places, np.int64), NETWORK, 2 * reach)
    pairs = []
    for step in range(reach):
        near = (slots + step + 1) % places
        far = np.minimum((u[:, reach + step] * places).astype(np.int64), places - 1)
        pairs.append(_ties(slots, np.where(u[:, step] < rewiring, far, near), places))
    return _neighbour_lists(np.unique(np.concatenate(pairs)), places)


def _ties(one: Whole, other: Whole, places: int) -> Whole:
    real = one != other
    one, other = one[real], other[real]
    return np.concatenate((one * places + other, other * places + one))


def _neighbour_lists(ties: NDArray[np.int64], places: int) -> Network:
    counts = np.bincount(ties // places, minlength=places)
    start = np.zeros(places + 1, np.int64)
    np.cumsum(counts, out=start[1:])
    return Network(start, (ties % places).astype(np.int32), np.zeros(places, np.int8))
