"""Closed forms of how unequal customers are: lognormal spending, and profit that incidents take away."""

import math

import numpy as np
from scipy import stats

GRID = 2000  # quantiles of a gamma distribution, which is smooth
MOST_INCIDENTS_SUMMED = 400


def gini_of_lognormal(spread: float) -> float:
    """Gini coefficient of lognormal values.

    Args:
        spread: Standard deviation of the log.

    Source:
        Aitchison and Brown (1957), The Lognormal Distribution.

    >>> round(gini_of_lognormal(1.0), 4)
    0.5205
    """
    return float(2.0 * stats.norm.cdf(spread / math.sqrt(2.0)) - 1.0)


def top_share_of_lognormal(spread: float, top: float) -> float:
    """Part of the total that the largest of lognormal values have.

    Args:
        spread: Standard deviation of the log.
        top: Part of the values. [0-1]

    Source:
        Aitchison and Brown (1957), The Lognormal Distribution.

    >>> round(top_share_of_lognormal(1.282, 0.2), 2)
    0.67
    """
    return float(stats.norm.sf(stats.norm.isf(top) - spread))


def profit_of_incidents(
    money: tuple[float, float], shapes: tuple[float, float], incidents: float, top: float
) -> tuple[float, float, float]:
    """Peak against total of the whale curve, share of unprofitable customers, and share of the top of them.

    Args:
        money: Mean bill, and cost of an incident. [EUR]
        shapes: Of the gamma distributions of bills, and of how prone customers are to incidents. [1]
        incidents: Mean incidents of a customer. [count]
        top: Part of the customers. [0-1]

    Source:
        Gamma bills less negative binomial incidents, summed over both distributions.

    >>> peak, losing, _ = profit_of_incidents((100.0, 1.0), (100.0, 100.0), 10.0, 0.2)
    >>> round(peak, 6), round(losing, 6)
    (1.0, 0.0)
    """
    (bill, cost), (shape_of_bills, shape_of_incidents) = money, shapes
    bills = bill * stats.gamma.ppf((np.arange(GRID) + 0.5) / GRID, shape_of_bills) / shape_of_bills
    counts = np.arange(MOST_INCIDENTS_SUMMED)
    weights = stats.nbinom.pmf(counts, shape_of_incidents, shape_of_incidents / (shape_of_incidents + incidents))
    values = (bills[:, None] - cost * counts).ravel()
    chances = np.broadcast_to(weights / GRID, (GRID, MOST_INCIDENTS_SUMMED)).ravel()
    order = np.argsort(-values)
    values, chances = values[order], chances[order]
    total = float(values @ chances)
    gained = float(np.maximum(values, 0.0) @ chances)
    best = chances.cumsum() <= top
    return gained / total, float(chances[values < 0.0].sum()), float(values[best] @ chances[best]) / total
