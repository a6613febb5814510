"""People come into the world: their needs, economics, temper and ties, all from addressed draws."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.compiling import compiled
from sim.nature import Nature
from sim.randomness import AWARE, BIRTH, START, WANTS, fill_uniforms, uniform
from sim.state import DIMENSIONS, FURTHER_CATEGORIES, NEVER, NOBODY, Floats, Population, Whole

Rows = NDArray[np.void]

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


def _wants(u: Floats, nature: Nature) -> NDArray[np.int64]:
    """Which further categories serve a need, a bit each; u: uniform numbers, shape (people, categories)."""
    return (u < nature.economics_category_need) @ (1 << np.arange(FURTHER_CATEGORIES))


def _lognormal(normal: Floats, mean: float | Floats, spread: float) -> Floats:
    """Lognormal values whose median is `mean`; a spread of zero gives the value itself."""
    return np.asarray(mean * np.exp(spread * normal))


def _gamma(uniform: Floats, mean: float, shape: float) -> Floats:
    return np.asarray(mean * special.gammaincinv(shape, uniform) / shape)


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
    people.wants[slots] = _wants(_uniforms(key, slots, generations, WANTS, FURTHER_CATEGORIES), nature)
    goals, weights = _needs(nature, key, u[:, :9])
    _settle(people.person, slots, goals, weights, _economics(nature, u[:, 9:16]), _temper(nature, u[:, 16:21]))
    start, neutral = nature.satisfaction_start, nature.satisfaction_neutral
    _give_relations(people.person, people.known, slots, start, neutral, key, np.array(awareness), firms)


def _needs(nature: Nature, key: int, u: Floats) -> tuple[Floats, Floats]:
    """Goals and importances of the dimensions, each of shape (people, K)."""
    centres = segment_centres(nature, key)
    segment = np.minimum((u[:, 0] * len(centres)).astype(np.int64), len(centres) - 1)
    between = math.sqrt(nature.needs_spread_between) * centres[segment]
    normal = special.ndtri(u[:, 1:])
    within = math.sqrt(1.0 - nature.needs_spread_between) * normal[:, :DIMENSIONS]
    raw = np.exp(nature.needs_weight_spread * normal[:, DIMENSIONS:])
    return nature.needs_spread * (between + within), raw / (raw.sum(axis=1, keepdims=True) / DIMENSIONS)


def _economics(nature: Nature, u: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Rate of purchases, spend, weight of the price, rate of incidents and chance of dropping out."""
    normal = special.ndtri(u[:, 1:3])
    spend = nature.economics_spend * np.exp(-0.5 * nature.economics_spend_sigma**2)
    dropout = np.zeros(len(u))
    if nature.economics_dropout_a > 0.0:
        dropout = special.betaincinv(nature.economics_dropout_a, nature.economics_dropout_b, u[:, 4])
    return (
        _gamma(u[:, 0], nature.economics_purchase_rate, nature.economics_rate_shape),
        _lognormal(normal[:, 0], spend, nature.economics_spend_sigma),
        _lognormal(normal[:, 1], nature.economics_price_weight, nature.economics_price_sigma),
        _gamma(u[:, 3], nature.economics_incident_rate, nature.economics_incident_shape),
        dropout,
    )


def _temper(nature: Nature, u: Floats) -> Floats:
    """Loss aversion above 1, voice, talkativeness, susceptibility and boldness, shape (people, 5)."""
    means = (
        nature.temper_loss_aversion - 1.0, nature.temper_voice, nature.temper_talk, nature.temper_susceptibility,
        nature.temper_boldness,
    )  # fmt: skip
    return _lognormal(special.ndtri(u), np.array(means), nature.temper_spread)


@compiled
def _settle(
    people: Rows, slots: Whole, goals: Floats, weights: Floats, economics: tuple[Floats, ...], temper: Floats
) -> None:
    """Write who the newcomers are into their rows."""
    rate, spend, price_weight, incident_rate, dropout = economics
    for place in range(slots.shape[0]):
        one = people[slots[place]]
        for k in range(DIMENSIONS):
            one.goal[k] = goals[place, k]
            one.weight[k] = weights[place, k]
        one.rate, one.spend, one.price_weight = rate[place], spend[place], price_weight[place]
        one.incident_rate, one.dropout = incident_rate[place], dropout[place]
        one.loss_aversion = 1.0 + temper[place, 0]
        one.voice = min(1.0, temper[place, 1])
        one.talk, one.susceptibility = temper[place, 2], temper[place, 3]
        one.boldness = min(1.0, temper[place, 4])


@compiled
def _give_relations(
    people: Rows, relations: Rows, slots: Whole, start: float, neutral: float, key: int, awareness: Floats, firms: Whole
) -> None:
    """No history with any firm; some are known from the start."""
    for place in range(slots.shape[0]):
        one = people[slots[place]]
        one.present = 1
        one.categories = 1
        one.holds = one.told = one.offered = 0
        one.fatigue = 0.0
        one.tenure = one.served_months = one.messages = 0
        one.complaints = 0
        one.supplier = one.last_firm = one.complaint_month = one.discount_until = NOBODY
        one.fit = one.depth = one.shortfall = 0.0
        for firm in range(relations.shape[1]):
            known = relations[slots[place], firm]
            known.satisfaction = known.expectation = start
            known.reputation = neutral
            known.habit = known.precision = 0.0
            known.burned = known.last_purchase = NEVER
            known.contacted = known.bought = 0
            known.contribution = 0
            known.aware = 0
            if uniform(key ^ firms[firm], one.slot, one.generation, 0, AWARE, 0, 0) < awareness[firm]:
                known.aware = 1


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
