"""Mean fields of spreading: Bass by independent draws, words of both signs, and what a lost customer is worth."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def bass_by_draws(innovation: float, imitation: float, periods: int) -> Floats:
    """Share of adopters of an endless complete network where marketing and each adopter are draws of their own.

    Args:
        innovation: Chance to be reached by marketing. [1/period]
        imitation: Expected words heard of when everybody has adopted. [1/period]
        periods: Periods. [count]

    Returns:
        Shares, shape (periods + 1,).

    Source:
        Chain-binomial form of Bass (1969), as in Goldenberg, Libai and Muller (2001), Marketing Letters 12(3).

    >>> np.round(bass_by_draws(0.03, 0.38, 2), 5).tolist()
    [0.0, 0.03, 0.06977]
    """
    adopted = [0.0]
    for _ in range(periods):
        reached = 1.0 - (1.0 - innovation) * math.exp(-imitation * adopted[-1])
        adopted.append(adopted[-1] + reached * (1.0 - adopted[-1]))
    return np.array(adopted)


class Words(NamedTuple):
    """Chances of a market in which words of both signs spread.

    Args:
        innovation: Chance to be reached by marketing. [1/year]
        imitation: Praise heard when everybody is satisfied. [1/year]
        blame: Blame of a dissatisfied person against the praise of a satisfied one. [ratio]
        dissatisfied: Share of adopters who are dissatisfied. [0-1]
        rejecters_talk: Whether who has rejected blames, too.
        may_return: Whether praise wins back who has rejected.
    """

    innovation: float
    imitation: float
    blame: float
    dissatisfied: float
    rejecters_talk: bool
    may_return: bool


def value_of_words(words: Words, discount: float, years: int, cut: int) -> tuple[float, float]:
    """Present value of adoptions per person, and share of people who have rejected for good or so far.

    Args:
        words: Chances.
        discount: Discount rate, compounded continuously. [1/year]
        years: Horizon. [years]
        cut: Steps of a year. [count]

    Source:
        Mean field of Goldenberg, Libai, Moldovan and Muller (2007), International Journal of Research in Marketing
        24(3), 186-200.

    >>> round(value_of_words(Words(0.03, 0.38, 1.0, 0.0, True, False), 0.1, 30, 500)[0], 3)
    0.536
    """
    p, q, m, d, rejecters_talk, may_return = words
    unaware, adopted, rejected, value = 1.0, 0.0, 0.0, 0.0
    for step in range(1, years * cut + 1):
        praise = 1.0 - math.exp(-q * (1.0 - d) * adopted / cut)
        blame = 1.0 - math.exp(-m * q * (d * adopted + rejecters_talk * rejected) / cut)
        joins = unaware * (1.0 - blame) * (1.0 - (1.0 - p / cut) * (1.0 - praise))
        returns = may_return * rejected * praise * (1.0 - blame)
        rejects = unaware * blame
        unaware -= joins + rejects
        adopted += joins + returns
        rejected += rejects - returns
        value += math.exp(-discount * step / cut) * (joins + returns)
    return value, rejected


class Losses(NamedTuple):
    """A part of the adopters that is lost at one time.

    Args:
        period: Period in which they are lost.
        part: Part of the adopters of the time. [0-1]
        talks_on: Whether they go on talking about the product.
    """

    period: int
    part: float
    talks_on: bool


def value_of_lost_adopter(chances: tuple[float, float], losses: Losses, periods: int, discount: float) -> float:
    """What an adopter who is lost would have paid and brought about, in payments of a period, at the time of the loss.

    Args:
        chances: To be reached by marketing, and words heard when everybody has adopted. [1/period]
        losses: Who is lost, and when.
        periods: Horizon. [periods]
        discount: Discount rate. [1/period]

    Source:
        Mean field of Hogan, Lemon and Libai (2003), Journal of Service Research 5(3), 196-208.

    >>> round(value_of_lost_adopter((0.1, 0.0), Losses(3, 0.5, False), 500, 0.1), 6)
    11.0
    """
    everybody, fewer = (_payers(chances, losses._replace(part=part), periods) for part in (0.0, losses.part))
    gap = (everybody - fewer)[losses.period :]
    return float((gap * (1.0 + discount) ** -np.arange(float(len(gap)))).sum() / gap[0])


def _payers(chances: tuple[float, float], losses: Losses, periods: int) -> Floats:
    """Share of people who pay in each period, shape (periods + 1,)."""
    p, q = chances
    ever = paying = talking = 0.0
    path = [0.0]
    for period in range(1, periods + 1):
        new = (1.0 - ever) * (1.0 - (1.0 - p) * math.exp(-q * talking))
        gone = losses.part * paying if period == losses.period else 0.0
        ever, paying, talking = ever + new, paying + new - gone, talking + new - gone * (not losses.talks_on)
        path.append(paying)
    return np.array(path)
