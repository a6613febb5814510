"""Maximum likelihood: the search, standard errors from the curvature, and intervals of what follows from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from sim.model.state import Floats

NORMAL_95 = 1.959963984540054  # quantile of the normal distribution for 95 % between the ends
_STEP = 1e-4  # of the second differences
_WIDEST = 1.5  # standard error of a logarithm beyond which the data do not tell the number


@dataclass(frozen=True)
class EstimateInterval:
    """An estimate with its standard error and 95 % interval.

    Args:
        value: Estimate.
        error: Standard error.
        low: Lower end.
        high: Upper end.
        identified: Whether the data tell the number at all.
    """

    value: float
    error: float
    low: float
    high: float
    identified: bool = True


@dataclass(frozen=True)
class Maximum:
    """A maximum of a log-likelihood.

    Args:
        point: Where it is, in the coordinates of the search.
        covariance: Of the point, from the curvature; not a number where that is flat.
        log_likelihood: At the maximum.
    """

    point: Floats
    covariance: Floats
    log_likelihood: float

    def positive(self, log_of: Callable[[Floats], float]) -> EstimateInterval:
        """EstimateInterval of a positive number, by the delta method on its logarithm.

        Args:
            log_of: Logarithm of the number at a point.
        """
        centre, error = log_of(self.point), self._error(log_of)
        value = float(np.exp(centre))
        if not np.isfinite(error) or error > _WIDEST:
            return EstimateInterval(value, float("nan"), 0.0, float("inf"), False)
        half = NORMAL_95 * error
        return EstimateInterval(value, value * error, float(np.exp(centre - half)), float(np.exp(centre + half)))

    def share(self, logit_of: Callable[[Floats], float]) -> EstimateInterval:
        """EstimateInterval of a number between 0 and 1, by the delta method on its log odds."""
        centre, error = logit_of(self.point), self._error(logit_of)
        value = float(_logistic(centre))
        if not np.isfinite(error) or error > 2.0 * _WIDEST:
            return EstimateInterval(value, float("nan"), 0.0, 1.0, False)
        half = NORMAL_95 * error
        ends = (float(_logistic(centre - half)), float(_logistic(centre + half)))
        return EstimateInterval(value, error * value * (1.0 - value), *ends)

    def plain(self, number_of: Callable[[Floats], float]) -> EstimateInterval:
        """EstimateInterval of any number, by the delta method."""
        centre, error = number_of(self.point), self._error(number_of)
        if not np.isfinite(error):
            return EstimateInterval(centre, float("nan"), -float("inf"), float("inf"), False)
        return EstimateInterval(centre, error, centre - NORMAL_95 * error, centre + NORMAL_95 * error)

    def _error(self, number_of: Callable[[Floats], float]) -> float:
        steps = np.eye(len(self.point)) * _STEP
        slope = np.array([(number_of(self.point + h) - number_of(self.point - h)) / (2.0 * _STEP) for h in steps])
        variance = float(slope @ self.covariance @ slope)
        return float(np.sqrt(variance)) if variance > 0.0 else float("nan")


def _logistic(number: float) -> float:
    return float(1.0 / (1.0 + np.exp(-number)))


def coordinate(place: int) -> Callable[[Floats], float]:
    """The function that takes one coordinate of a point."""
    return lambda at: float(at[place])


def maximise(
    log_likelihood: Callable[[Floats], float], starts: Sequence[Sequence[float] | Floats], step: float = 1e-3
) -> Maximum:
    """The highest point that a search from some starts finds, in coordinates without bounds.

    Args:
        log_likelihood: Of all data, at a point.
        starts: Where the search sets out.
        step: Of the second differences; larger where the log-likelihood has small kinks.
    """
    first = log_likelihood(np.asarray(starts[0], float))
    scale = max(1.0, abs(first)) if np.isfinite(first) else 1.0

    def loss(point: Floats) -> float:
        value = log_likelihood(point) if np.abs(point).max() < 30.0 else -np.inf  # no further than e^30
        return -value / scale if np.isfinite(value) else 1e10

    searches = [_search(loss, np.asarray(start, float)) for start in starts]
    best = min(searches, key=lambda search: search[1])
    return Maximum(best[0], covariance_at(log_likelihood, best[0], step), -best[1] * scale)


def _search(loss: Callable[[Floats], float], start: Floats) -> tuple[Floats, float]:
    options = {"maxiter": 4000, "maxfev": 4000, "xatol": 1e-6, "fatol": 1e-12}
    rough = optimize.minimize(loss, start, method="BFGS", options={"maxiter": 200})
    origin = rough.x if rough.fun < loss(start) else start
    fine = optimize.minimize(loss, origin, method="Nelder-Mead", options=options)
    return np.asarray(fine.x), float(fine.fun)


def covariance_at(log_likelihood: Callable[[Floats], float], point: Floats, step_size: float) -> Floats:
    """Inverse of the negative second differences at a point; not a number where they are not a maximum's."""
    size = len(point)
    step = step_size * np.maximum(1.0, np.abs(point))
    curvature = np.empty((size, size))
    for i in range(size):
        for j in range(i + 1):
            first, second = np.zeros(size), np.zeros(size)
            first[i], second[j] = step[i], step[j]
            corners = (
                log_likelihood(point + first + second)
                - log_likelihood(point + first - second)
                - log_likelihood(point - first + second)
                + log_likelihood(point - first - second)
            )
            curvature[i, j] = curvature[j, i] = corners / (4.0 * step[i] * step[j])
    try:
        covariance = np.linalg.inv(-curvature)
    except np.linalg.LinAlgError:
        return np.full((size, size), np.nan)
    return (
        np.asarray(covariance)
        if np.isfinite(covariance).all() and (np.diag(covariance) > 0).all()
        else _robust(curvature)
    )


def _robust(curvature: Floats) -> Floats:
    """Covariance where some direction is flat: that direction has an enormous variance."""
    if not np.isfinite(curvature).all():
        return np.full(curvature.shape, np.nan)
    values, vectors = np.linalg.eigh(-curvature)
    return np.asarray((vectors / np.maximum(values, 1e-8)) @ vectors.T)


def of_mean(values: Floats) -> EstimateInterval:
    """Mean of independent numbers with its 95 % interval.

    >>> of_mean(np.array([1.0, 3.0])).value
    2.0
    """
    mean = float(np.mean(values))
    error = float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")
    if not np.isfinite(error):
        return EstimateInterval(mean, error, -float("inf"), float("inf"), False)
    return EstimateInterval(mean, error, mean - NORMAL_95 * error, mean + NORMAL_95 * error)
