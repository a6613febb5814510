"""Closed forms of theory, each with its source; none of them runs the model."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Floats = NDArray[np.float64]


def geometric_survival(churn: float, periods: NDArray[Any]) -> Floats:
    """Share of a cohort still there at a constant chance of leaving.

    Args:
        churn: Chance of leaving in a period. [0-1]
        periods: Periods since the start.

    Source:
        Geometric distribution.

    >>> round(float(geometric_survival(0.2, np.array(5.0))), 5)
    0.32768
    """
    return np.asarray((1.0 - churn) ** np.asarray(periods, float))


def mean_life(churn: float, periods: int) -> tuple[float, float]:
    """Mean and variance of min(lifetime, periods) in renewals, plus one: 1 / churn for many periods.

    Args:
        churn: Chance of leaving in a period. [0-1]
        periods: Periods that are observed. [count]

    Source:
        Geometric distribution, censored.

    >>> round(mean_life(0.2, 400)[0], 9)
    5.0
    """
    renewals = np.arange(periods + 1)
    chance = churn * (1.0 - churn) ** renewals
    chance[-1] = (1.0 - churn) ** periods
    mean = float((renewals * chance).sum())
    return 1.0 + mean, float((renewals**2 * chance).sum()) - mean**2


def sbg_survival(alpha: float, beta: float, periods: NDArray[Any]) -> Floats:
    """Share of a cohort still there when the chance of leaving is beta distributed over customers.

    Args:
        alpha: First parameter. [1]
        beta: Second parameter. [1]
        periods: Periods since the start.

    Source:
        Fader and Hardie (2007), Journal of Interactive Marketing 21(1), 76-90.

    >>> round(float(sbg_survival(0.668, 3.806, np.array(5.0))), 5)
    0.56187
    """
    return np.asarray(np.exp(special.betaln(alpha, beta + np.asarray(periods, float)) - special.betaln(alpha, beta)))


def residual_lifetime(alpha: float, beta: float, renewal: int, discount: float) -> float:
    """Discounted expected residual lifetime of a customer just before the n-th renewal. [periods]

    Args:
        alpha: First parameter of churn. [1]
        beta: Second parameter. [1]
        renewal: Number n of the renewal that comes next; the first is 1.
        discount: Discount rate. [1/period]

    Source:
        Fader and Hardie (2010), Marketing Science 29(1), 85-93.

    >>> [round(residual_lifetime(0.668, 3.806, n, 0.1), 3) for n in (1, 8)]
    [5.415, 7.53]
    """
    stays = (beta + renewal - 1.0) / (alpha + beta + renewal - 1.0)
    return float(stays * special.hyp2f1(1.0, beta + renewal, alpha + beta + renewal, 1.0 / (1.0 + discount)))


def logit_shares(utilities: Floats) -> Floats:
    """Chance of each alternative.

    Args:
        utilities: Utility of each alternative.

    Source:
        McFadden (1974).

    >>> np.round(logit_shares(np.array([1.0, 0.5, 0.0])), 4).tolist()
    [0.5065, 0.3072, 0.1863]
    """
    weights = np.exp(utilities - np.max(utilities))
    return np.asarray(weights / weights.sum())


def margin_multiple(retention: float, interest: float, periods: int) -> float:
    """Value of a customer per unit of margin, first paid after one period: r / (1 + i - r) without an end.

    Args:
        retention: Chance of staying for a further period. [0-1]
        interest: Discount rate. [1/period]
        periods: Horizon. [count]

    Source:
        Gupta and Lehmann (2003), Journal of Interactive Marketing 17(1), 9-24.

    >>> round(margin_multiple(0.8, 0.1, 1000), 4)
    2.6667
    """
    factor = retention / (1.0 + interest)
    return retention / (1.0 + interest - retention) * (1.0 - factor**periods)


def two_state_share(start: float, leaves: float, comes: float, periods: NDArray[Any]) -> Floats:
    """Share of the first of two firms among which customers switch.

    Args:
        start: Share at the start. [0-1]
        leaves: Chance to go from the first to the second. [1/period]
        comes: Chance to go from the second to the first. [1/period]
        periods: Periods since the start.

    Source:
        Two-state Markov chain.

    >>> round(float(two_state_share(0.5, 0.1, 0.2, np.array(10.0))), 5)
    0.66196
    """
    end = comes / (leaves + comes)
    return np.asarray(end + (start - end) * (1.0 - leaves - comes) ** np.asarray(periods, float))


def buying_again(mean: float, shape: float, bought: NDArray[Any]) -> Floats:
    """Mean purchases of the next period by purchases of this one.

    Args:
        mean: Mean purchases of a period. [count]
        shape: Shape of the gamma distribution of rates. [1]
        bought: Purchases of this period. [count]

    Source:
        Goodhardt and Ehrenberg (1967), Journal of Marketing Research 4(2), 155-161.

    >>> np.round(buying_again(1.456, 0.78, np.arange(3.0)), 2).tolist()
    [0.51, 1.16, 1.81]
    """
    return np.asarray(mean * (shape + np.asarray(bought, float)) / (shape + mean))


def gini_of_gamma(shape: float) -> float:
    """Gini coefficient of gamma distributed values.

    Args:
        shape: Shape. [1]

    Source:
        McDonald and Jensen (1979), Journal of the American Statistical Association 74, 856-860.

    >>> round(gini_of_gamma(1.0), 12)
    0.5
    """
    return float(np.exp(special.gammaln(shape + 0.5) - special.gammaln(shape + 1.0)) / math.sqrt(math.pi))


def top_share_of_gamma(shape: float, top: float) -> float:
    """Part of the total that the largest of gamma distributed values have.

    Args:
        shape: Shape. [1]
        top: Part of the values. [0-1]

    Source:
        Size-biased gamma distribution.

    >>> round(top_share_of_gamma(1.0, 0.2), 4)
    0.5219
    """
    return float(stats.gamma.sf(stats.gamma.isf(top, shape), shape + 1.0))


def loss_averse_mean(loss_aversion: float, spread: float) -> float:
    """Mean of a normal gap whose negative part weighs more.

    Args:
        loss_aversion: Weight of the negative part. [1]
        spread: Standard deviation of the gap.

    Source:
        Tversky and Kahneman (1992) applied to a normal gap.

    >>> round(loss_averse_mean(2.25, 1.0), 5)
    -0.49868
    """
    return -(loss_aversion - 1.0) * spread / math.sqrt(2.0 * math.pi)


def adaptive_expectation(start: float, experience: float, speed: float, periods: int) -> float:
    """Expectation that closes a part of the gap to a constant experience in each period.

    Args:
        start: Expectation at first.
        experience: What is experienced every time.
        speed: Part of the gap that closes. [0-1]
        periods: Periods. [count]

    Source:
        Nerlove (1958).

    >>> round(adaptive_expectation(5.0, 7.0, 0.3, 5), 5)
    6.66386
    """
    return experience + (start - experience) * (1.0 - speed) ** periods


def erlang_wait(servers: int, load: float) -> float:
    """Mean wait of an M/M/c queue. [service times]

    Args:
        servers: Servers c. [count]
        load: Arrivals per service time. [servers]

    Source:
        Erlang (1917).

    >>> round(5.0 * erlang_wait(10, 8.0), 4), round(erlang_wait(1, 0.8), 9)
    (1.023, 4.0)
    """
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    busy = load / servers
    return blocked / (1.0 - busy * (1.0 - blocked)) / (servers - load)
