"""Needs: how well an offer fits a goal, and how far a firm may sensibly move towards what it believes."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp, square_root


@rule
def fit(distance_squared: float, tolerance: float) -> float:
    """How well an offer serves a goal.

    Args:
        distance_squared: Weighted squared distance of the offer from the goal. [sd^2]
        tolerance: Misfit at which fit falls to exp(-1/8). [sd]

    Returns:
        Fit. [0-1]

    Source:
        Assumed form (Gaussian preference, as in ideal-point models: Coombs 1964).

    >>> fit(0.0, 1.0)
    1.0
    """
    return exp(-distance_squared / (8.0 * tolerance * tolerance))


@rule
def best_expected_fit(variance: float, tolerance: float, dimensions: int) -> float:
    """Fit that a firm expects of an offer that lies where it believes the need to be.

    Args:
        variance: Believed remaining variance of the need per dimension. [sd^2]
        tolerance: As in `fit`. [sd]
        dimensions: Number of dimensions of need, an even number. [count]

    Returns:
        Expected fit. [0-1]

    Source:
        Expectation of `fit` under a normal belief, in closed form.

    >>> best_expected_fit(0.0, 1.0, 4), best_expected_fit(4.0, 1.0, 4)
    (1.0, 0.25)
    """
    wider = 1.0 + variance / (4.0 * tolerance * tolerance)
    expected = 1.0
    for _ in range(dimensions // 2):
        expected /= wider
    return expected


@rule
def expected_fit(believed_squared: float, depth: float, variance: float, tolerance: float, best: float) -> float:
    """Expected fit after the offer moves part of the way to the believed need.

    Args:
        believed_squared: Squared believed distance of the need from the base offer. [sd^2]
        depth: Part of the way that the offer is moved. [0-1]
        variance: Believed remaining variance of the need per dimension. [sd^2]
        tolerance: As in `fit`. [sd]
        best: Expected fit of an offer moved all the way, from `best_expected_fit`. [0-1]

    Returns:
        Expected fit. [0-1]

    Source:
        Expectation of `fit` under a normal belief, in closed form.

    >>> expected_fit(4.0, 1.0, 0.0, 1.0, 0.75)
    0.75
    """
    missing = (1.0 - depth) * (1.0 - depth) * believed_squared
    return best * exp(-missing / (8.0 * tolerance * tolerance + 2.0 * variance))


@rule
def goal_after_drift(goal: float, shock: float, drift: float, spread: float) -> float:
    """A goal one month on: a random walk that keeps its spread over the population.

    Args:
        goal: Goal in one dimension. [sd]
        shock: Standard normal number. [1]
        drift: Monthly drift as a share of the spread. [1/month]
        spread: Standard deviation of goals. [sd]

    Returns:
        Goal next month. [sd]

    Source:
        Ornstein-Uhlenbeck step in discrete time.

    >>> goal_after_drift(1.0, 0.5, 0.0, 1.0)
    1.0
    """
    return goal * square_root(1.0 - drift * drift) + drift * spread * shock


@rule
def updated_precision(precision: float, signal: float, drift: float, spread: float) -> float:
    """Precision of a belief after a month of learning and drift.

    Args:
        precision: Precision before. [1/sd^2]
        signal: Precision gained this month. [1/sd^2]
        drift: Monthly drift as a share of the spread. [1/month]
        spread: Standard deviation of goals. [sd]

    Returns:
        Precision after. [1/sd^2]

    Source:
        Kalman filter of a random walk: Kalman (1960).

    >>> updated_precision(1.0, 1.0, 0.0, 1.0)
    2.0
    """
    gained = precision + signal
    if gained <= 0.0:
        return 0.0
    moved = drift * spread
    return 1.0 / (1.0 / gained + moved * moved)
