"""Prices by past purchases where tastes are normal and choices logit: the equilibrium of the second period."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

NODES = 120  # of the quadrature over tastes
TURNS = 60  # of best replies, far more than are needed to come to rest
DEAREST = 40.0  # highest price that is searched, in units of utility


class PoachingPrices(NamedTuple):
    """The second period of two firms that know who bought from them, prices in units of utility.

    Args:
        own: Price for own customers.
        poaching: Price for customers of the rival.
        alike: Price of both firms where all customers must pay the same.
        switch: Share of customers who switch. [0-1]
        profit: Profit of a firm per person of the market.
        profit_alike: The same where all customers pay the same.
    """

    own: float
    poaching: float
    alike: float
    switch: float
    profit: float
    profit_alike: float


def poaching_prices(taste: float) -> PoachingPrices:
    """Prices, switching and profits after a first period at equal prices; goods cost nothing.

    Args:
        taste: Standard deviation of the lasting taste for each firm, against a Gumbel luck of scale 1. [utility]

    Source:
        Fudenberg and Tirole (2000), RAND Journal of Economics 31(4), 634-657, second period, for other tastes.

    >>> prices = poaching_prices(0.0)
    >>> round(prices.own, 4) == round(prices.poaching, 4) == round(prices.alike, 4) == 2.0
    True
    """
    gaps, weights = _tastes(taste)
    first = special.expit(gaps)  # chance to have bought from the first firm

    def kept(own: float, rival: float) -> float:
        return float((weights * first * special.expit(gaps + rival - own)).sum())

    def won(poaching: float, rival: float) -> float:
        return float((weights * (1.0 - first) * special.expit(gaps + rival - poaching)).sum())

    own = poaching = alike = 1.0
    for _ in range(TURNS):
        own = _best(partial(_profit, kept, poaching))
        poaching = _best(partial(_profit, won, own))
        alike = _best(partial(_profit, lambda price, rival: kept(price, rival) + won(price, rival), alike))
    switch = 2.0 * won(poaching, own)
    return PoachingPrices(
        own, poaching, alike, switch, own * kept(own, poaching) + poaching * won(poaching, own), alike / 2.0
    )


def switching_share(taste: float, lead: float) -> float:
    """Share who switch where, after a period at equal prices, either firm's rival is cheaper for its customers.

    Args:
        taste: Standard deviation of the lasting taste for each firm, against a Gumbel luck of scale 1. [utility]
        lead: By how much the rival is cheaper. [utility]

    Source:
        Two logit choices of one person.

    >>> round(switching_share(0.0, 0.0), 9)
    0.5
    """
    gaps, weights = _tastes(taste)
    return float(2.0 * (weights * special.expit(gaps) * special.expit(lead - gaps)).sum())


def _profit(demand: Callable[[float, float], float], rival: float, price: float) -> float:
    return price * demand(price, rival)


def _tastes(taste: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Differences of tastes for two firms, and their weights."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return np.sqrt(2.0) * taste * nodes, weights / weights.sum()


def _best(profit: Callable[[float], float]) -> float:
    """The price of the highest profit."""
    search = optimize.minimize_scalar(lambda price: -profit(price), bounds=(0.0, DEAREST), method="bounded")
    return float(search.x)
