"""Luck that a person keeps for life: drawn at birth, some of it kept in small whole numbers."""

import math
from functools import lru_cache

import numpy as np
from scipy import special

from sim.model.randomness import BELIEF, STATED, TASTE, normals
from sim.model.state import DIMENSIONS, LASTING_UNIT, Floats, Person, Relations
from sim.numeric.compiling import rule
from sim.numeric.mathematics import nearest


@rule
def in_lasting_units(normal: float) -> int:
    """A standard normal number of a person's lasting luck as a small whole number, of `LASTING_UNIT` each."""
    return nearest(normal / LASTING_UNIT)


@rule
def keep_errors(person: Person, key: int) -> None:
    """How the person's words distort what it wants, for life."""
    for half in range(DIMENSIONS // 2):
        first, second = normals(key, person.slot, person.generation, 0, STATED, half, 0)
        person.stated_error[2 * half] = in_lasting_units(first)
        person.stated_error[2 * half + 1] = in_lasting_units(second)


@rule
def keep_feeling_for(relation: Relations, person: Person, key: int, firm: int) -> None:
    """How the person takes to a firm, and how the firm errs about it, for life. firm: its key"""
    relation.taste = in_lasting_units(normals(key, person.slot, person.generation, 0, TASTE, 0, firm)[0])
    for half in range(DIMENSIONS // 2):
        first, second = normals(key, person.slot, person.generation, 0, BELIEF, half, firm)
        relation.belief_error[2 * half] = in_lasting_units(first)
        relation.belief_error[2 * half + 1] = in_lasting_units(second)


def standings(spend: Floats, rate: Floats, spend_spread: float, rate_spread: float) -> Floats:
    """Standing of what people spend a month; see `sim.model.population.standing_of`.

    Args:
        spend: Luck with the value of a purchase. [standard normal]
        rate: Luck with the purchase rate. [standard normal]
        spend_spread: Standard deviation of the log of spending.
        rate_spread: Standard deviation of the log of the rate.

    Returns:
        Standings, shape (people,). [standard normal]
    """
    return np.asarray((spend_spread * spend + rate_spread * rate) / _both(spend_spread, rate_spread))


@lru_cache(maxsize=64)
def _both(spend_spread: float, rate_spread: float) -> float:
    return float(np.hypot(spend_spread, rate_spread))


def with_value(draws: Floats, normal: Floats, value: Floats, correlation: float) -> Floats:
    """Uniform luck that goes together with what people spend, by a normal copula.

    Args:
        draws: Luck of its own, shape (people,). [0-1]
        normal: The same as standard normal numbers.
        value: Standing of what each person spends. [standard normal]
        correlation: Of the normal scores; at 0 the luck stays what it was, to the bit. [-1 to 1]

    Returns:
        Luck, shape (people,). [0-1]
    """
    if correlation == 0.0:
        return draws
    mixed = special.ndtr(correlation * value + math.sqrt(1.0 - correlation * correlation) * normal)
    return np.minimum(np.maximum(mixed, 1e-12), 1.0 - 1e-12)


def propensities(draws: Floats, first: float, second: float) -> Floats:
    """Lasting propensity to look around, against its mean over people: beta, so that who is restless goes early.

    Args:
        draws: Luck, shape (people,). [0-1]
        first: First beta parameter; 0: all are alike.
        second: Second beta parameter.

    Returns:
        Factors of mean 1, shape (people,).

    Source:
        Shifted beta-geometric: Fader and Hardie (2007).

    >>> propensities(np.array([0.25, 0.5]), 0.0, 1.0).tolist(), propensities(np.array([0.25, 0.5]), 1.0, 1.0).tolist()
    ([1.0, 1.0], [0.5, 1.0])
    """
    if first <= 0.0:
        return np.ones(len(draws))
    return np.asarray(special.betaincinv(first, second, draws) * ((first + second) / first))
