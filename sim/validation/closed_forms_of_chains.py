"""Closed forms of chains: diffusion on networks, ageing of accounts, and buying until a customer drops out."""

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Floats = NDArray[np.float64]


def bass_in_steps(innovation: float, imitation: float, periods: int) -> Floats:
    """Share of adopters of an endless complete network in steps of one period, shape (periods + 1,).

    Args:
        innovation: Chance to adopt without anybody. [1/period]
        imitation: Further chance when everybody has adopted. [1/period]
        periods: Periods. [count]

    Source:
        Bass (1969), Management Science 15(5), 215-227, in steps.

    >>> np.round(bass_in_steps(0.03, 0.38, 15)[[5, 10, 15]], 5).tolist()
    [0.27291, 0.78264, 0.97816]
    """
    adopted = [0.0]
    for _ in range(periods):
        adopted.append(adopted[-1] + (innovation + imitation * adopted[-1]) * (1.0 - adopted[-1]))
    return np.array(adopted)


def bass_of_few(people: int, chances: tuple[float, float, float], periods: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the number of adopters of a complete network of few, shape (periods + 1,).

    Adopters speak by chance, and everybody hears the same speakers; the distribution follows step by step.

    Args:
        people: People. [count]
        chances: To adopt without anybody, of an adopter to speak, and to adopt on one speaker. [1/period]
        periods: Periods. [count]

    Source:
        Chain-binomial form of Bass (1969).
    """
    innovation, speaks, follows = chances
    counts = np.arange(people + 1)
    chance_by_speakers = 1.0 - (1.0 - innovation) * (1.0 - follows) ** counts
    step = np.zeros((people + 1, people + 1))
    for adopters in counts:
        speakers = stats.binom.pmf(np.arange(adopters + 1), adopters, speaks)
        further = np.arange(people - adopters + 1)
        chances_now = chance_by_speakers[: adopters + 1]
        step[adopters, adopters:] = speakers @ stats.binom.pmf(further, people - adopters, chances_now[:, None])
    state = np.zeros(people + 1)
    state[0] = 1.0
    means, squares = [0.0], [0.0]
    for _ in range(periods):
        state = state @ step
        means.append(float(state @ counts))
        squares.append(float(state @ counts**2))
    spread = np.sqrt(np.maximum(0.0, np.array(squares) - np.array(means) ** 2))
    return np.array(means), spread


def bass_of_pairs(innovation: float, imitation: float, periods: int) -> tuple[Floats, Floats]:
    """Share of adopters among pairs of people in steps, and the share of pairs of two adopters, shape (periods + 1,).

    Args:
        innovation: Chance to adopt without anybody. [1/period]
        imitation: Chance to adopt on the other of the pair. [1/period]
        periods: Periods. [count]

    Source:
        Two-node network of Fibich and Levin (2023), in steps.

    >>> [round(float(bass_of_pairs(0.03, 0.38, 2)[0][t]), 6) for t in (1, 2)]
    [0.03, 0.069826]
    """
    neither, single, shares, both = 1.0, 0.0, [0.0], [0.0]
    for _ in range(periods):
        left = (1.0 - innovation) * (1.0 - imitation)
        single = single * left + neither * 2.0 * innovation * (1.0 - innovation)
        neither *= (1.0 - innovation) ** 2
        shares.append(1.0 - neither - single / 2.0)
        both.append(1.0 - neither - single)
    return np.array(shares), np.array(both)


def ageing_of_accounts(pays: Floats) -> tuple[float, float]:
    """Chance that an account is written off, and months until it is paid or written off.

    Args:
        pays: Chance to be paid in each month in which it is due or overdue, the last before it is written off.

    Source:
        Cyert, Davidson and Thompson (1962), Management Science 8(3), 287-303: N = (I - Q)^-1 and N R.

    >>> bad, periods = ageing_of_accounts(np.array([0.7, 0.75, 0.6]))
    >>> round(bad, 9), round(periods, 9)
    (0.03, 1.375)
    """
    ages = len(pays)
    within = np.zeros((ages, ages))
    within[np.arange(ages - 1), np.arange(1, ages)] = 1.0 - pays[:-1]
    visits = np.linalg.inv(np.eye(ages) - within)
    return float(visits[0, -1] * (1.0 - pays[-1])), float(visits[0].sum())


def bg_nbd_chances(rates: tuple[float, float], dropout: tuple[float, float], age: float, most: int) -> Floats:
    """Chance of each number of repeat purchases, shape (most + 1,).

    Args:
        rates: Shape r and rate alpha of the gamma distribution of purchase rates. [1, periods]
        dropout: Parameters a and b of the beta distribution of dropout after a purchase.
        age: Time since the first purchase. [periods]
        most: Largest number.

    Source:
        Fader, Hardie and Lee (2005), Marketing Science 24(2), 275-284, equation 8.

    >>> np.round(bg_nbd_chances((0.2426, 4.4136), (0.7929, 2.4259), 39.0, 1), 2).tolist()
    [0.57, 0.2]
    """
    (r, alpha), (a, b) = rates, dropout
    x = np.arange(most + 1)
    buying = stats.nbinom.pmf(x, r, alpha / (alpha + age))
    alive = np.exp(special.betaln(a, b + x) - special.betaln(a, b)) * buying
    fewer = stats.nbinom.cdf(x - 1, r, alpha / (alpha + age))
    gone = np.exp(special.betaln(a + 1.0, b + np.maximum(x, 1) - 1.0) - special.betaln(a, b)) * (1.0 - fewer)
    return np.asarray(alive + np.where(x > 0, gone, 0.0))
