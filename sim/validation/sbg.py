"""The shifted beta-geometric distribution (sBG) fitted to simulated lifetimes, by the likelihood of the calibration."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calibration.kinds import churn
from sim.calibration.kinds.durations import Durations
from sim.model.calendar import MONTHS_PER_YEAR


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
    left, still = np.append(counts[:-1], 0.0), np.append(np.zeros(periods), counts[-1])
    best = churn.fit_sbg(Durations(left, still, MONTHS_PER_YEAR))
    errors = np.sqrt(np.diag(best.covariance))
    return SbgFit(*map(float, np.exp(best.point)), *map(float, errors))
