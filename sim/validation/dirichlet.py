"""The NBD-Dirichlet model of repeat buying, fitted to a panel of purchases by brand."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

Floats = NDArray[np.float64]
MOST_IN_DIRICHLET = 200
LEAST_S, MOST_S = 0.01, 50.0
LEAST_K, MOST_K = 0.02, 50.0


class Dirichlet(NamedTuple):
    """A fitted Dirichlet.

    Args:
        mean: Purchases of the category by a person. [count/period]
        shape: Shape of their negative binomial distribution.
        s: How alike people are in their choice of brands; small where everybody has one brand.
        shares: Shares of brands, shape (brands,).
    """

    mean: float
    shape: float
    s: float
    shares: Floats


class BrandMeasures(NamedTuple):
    """Measures of brands, each of shape (brands,).

    Args:
        penetration: Part of people who buy the brand. [0-1]
        rate: Purchases of the brand by its buyers. [count]
        requirements: Part of its buyers' purchases of the category that it has. [0-1]
    """

    penetration: Floats
    rate: Floats
    requirements: Floats


def measured(bought: NDArray[np.int64]) -> BrandMeasures:
    """Measures of a panel. bought: purchases, shape (people, brands)"""
    buyers = bought > 0
    each = bought.sum(axis=0) / np.maximum(1, buyers.sum(axis=0))
    category = (buyers * bought.sum(axis=1)[:, None]).sum(axis=0) / np.maximum(1, buyers.sum(axis=0))
    return BrandMeasures(buyers.mean(axis=0), each, each / category)


def expected(fit: Dirichlet) -> BrandMeasures:
    """Measures of a fitted Dirichlet.

    Source:
        Goodhardt, Ehrenberg and Chatfield (1984), JRSS A 147, 621-655.

    >>> toothpaste = Dirichlet(1.456, 0.78, 1.3, np.array([0.25, 0.19]))
    >>> [values.round(2).tolist() for values in expected(toothpaste)]
    [[0.2, 0.16], [1.82, 1.76], [0.58, 0.55]]
    """
    counts = np.arange(MOST_IN_DIRICHLET)
    chances = stats.nbinom.pmf(counts, fit.shape, fit.shape / (fit.shape + fit.mean))
    none = _chance_of_none(fit, counts)
    penetration = 1.0 - none @ chances
    category = ((1.0 - none) * counts) @ chances / penetration
    rate = fit.mean * fit.shares / penetration
    return BrandMeasures(penetration, rate, rate / category)


def _chance_of_none(fit: Dirichlet, counts: NDArray[np.int64]) -> Floats:
    """Chance that a brand is not among so many purchases, shape (brands, counts)."""
    rest = fit.s * (1.0 - fit.shares)[:, None]
    logs = special.betaln(fit.s * fit.shares[:, None], rest + counts)
    return np.asarray(np.exp(logs - special.betaln(fit.s * fit.shares, fit.s * (1.0 - fit.shares))[:, None]))


def fit_dirichlet(bought: NDArray[np.int64]) -> Dirichlet:
    """Fit by mean, share of people who buy nothing, and penetration of brands, as the source does.

    Args:
        bought: Purchases, shape (people, brands).
    """
    total = bought.sum(axis=1)
    mean, nothing = float(total.mean()), float((total == 0).mean())
    shape = _root(lambda k: (1.0 + mean / k) ** -k - nothing, LEAST_K, MOST_K)
    shares = bought.sum(axis=0) / bought.sum()
    seen = measured(bought).penetration

    def excess(s: float) -> float:
        return float(shares @ (expected(Dirichlet(mean, shape, s, shares)).penetration - seen))

    return Dirichlet(mean, shape, _root(excess, LEAST_S, MOST_S), shares)


def _root(call: Callable[[float], float], low: float, high: float) -> float:
    """Root within two ends, or the end that is nearer to one."""
    if call(low) * call(high) > 0.0:
        return low if abs(call(low)) < abs(call(high)) else high
    return float(optimize.brentq(call, low, high))
