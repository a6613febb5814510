"""The shifted beta-geometric distribution (sBG) of lifetimes, fitted by maximum likelihood."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special


class SbgFit(NamedTuple):
    """A fitted sBG.

    Args:
        alpha: First beta parameter of churn.
        beta: Second beta parameter.
        error_log_alpha: Standard error of the log of alpha.
        error_log_beta: Standard error of the log of beta.
    """

    alpha: float
    beta: float
    error_log_alpha: float
    error_log_beta: float


def fit_sbg(stayed: NDArray[np.int64], periods: int) -> SbgFit:
    """Fit to lifetimes of which some periods are known.

    Args:
        stayed: Renewals of each customer. [count]
        periods: Periods that are known; who stayed so long is censored. [count]

    Source:
        Fader and Hardie (2007), Journal of Interactive Marketing 21(1), 76-90.
    """
    counts = np.bincount(np.minimum(stayed, periods), minlength=periods + 1).astype(float)

    def loss(logs: NDArray[np.float64]) -> float:
        alpha, beta = np.exp(logs)
        return -float(counts @ _log_chances(alpha, beta, periods))

    best = optimize.minimize(loss, np.log([0.7, 2.0]), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-7})
    errors = np.sqrt(np.diag(np.linalg.inv(_curvature(loss, best.x))))
    return SbgFit(*map(float, np.exp(best.x)), *map(float, errors))


def _log_chances(alpha: float, beta: float, periods: int) -> NDArray[np.float64]:
    """Log chance to leave after 0, 1, … renewals, and to be still there after the last period."""
    left = special.betaln(alpha + 1.0, beta + np.arange(periods)) - special.betaln(alpha, beta)
    return np.append(left, special.betaln(alpha, beta + periods) - special.betaln(alpha, beta))


def _curvature(
    loss: Callable[[NDArray[np.float64]], float], at: NDArray[np.float64], step: float = 1e-3
) -> NDArray[np.float64]:
    """Second derivatives by differences."""
    size = len(at)
    steps = np.eye(size) * step
    second = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            corners = [loss(at + a * steps[i] + b * steps[j]) * a * b for a in (1, -1) for b in (1, -1)]
            second[i, j] = sum(corners) / (4.0 * step * step)
    return second
