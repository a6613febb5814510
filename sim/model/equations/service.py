"""Service: hours of an incident, waiting at the desk, and what being served is like."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp, square_root


@rule
def hours_of_incident(plain: float, handoffs: float, per_handoff: float, complexity: float) -> float:
    """Hours that an incident takes.

    Args:
        plain: Hours of a plain incident. [h]
        handoffs: Hand-offs between departments, counted or expected. [count]
        per_handoff: Extra hours per hand-off. [share]
        complexity: Extra hours from customising and from the number of lines. [share]

    Returns:
        Hours. [h]

    Source:
        Assumed form.

    >>> hours_of_incident(1.0, 2.0, 0.5, 0.0)
    2.0
    """
    return plain * (1.0 + per_handoff * handoffs) * (1.0 + complexity)


@rule
def waiting_months(utilisation: float, servers: float, service_months: float, most_busy: float) -> float:
    """Mean waiting time inside the month of a desk with many servers.

    Args:
        utilisation: Work offered per capacity. [ratio]
        servers: Number of servers. [count, >= 1]
        service_months: Time of one service. [month]
        most_busy: Utilisation beyond which the wait does not rise further. [ratio, < 1]

    Returns:
        Mean wait. [month]

    Source:
        Sakasegawa (1977), approximation of Erlang's delay formula.

    >>> round(waiting_months(0.8, 1.0, 1.0, 0.985), 9)
    4.0
    """
    busy = min(most_busy, max(0.0, utilisation))
    many = max(1.0, servers)
    return service_months * busy ** (square_root(2.0 * (many + 1.0)) - 1.0) / (many * (1.0 - busy))


@rule
def by_rank(mean: float, priority: float, rank: float) -> float:
    """A share given out by rank instead of evenly.

    Args:
        mean: Share of the average customer. [0-1]
        priority: How far rank counts. [0-1]
        rank: Standing of this customer among all. [0-1]

    Returns:
        Share of this customer. [0-1]

    Source:
        Assumed: linear in rank, so that the mean stays.

    >>> by_rank(0.5, 0.0, 0.9), by_rank(0.5, 1.0, 0.5)
    (0.5, 0.5)
    """
    half_width = min(mean, 1.0 - mean)
    return mean + half_width * priority * (2.0 * rank - 1.0)


@rule
def estimated_rank(standing: float, error: float, noise: float) -> float:
    """Where a firm that errs places a customer among all people by what they spend.

    Args:
        standing: True standing of the customer's spending. [standard normal]
        error: Luck of the estimate. [standard normal]
        noise: Spread of the error against that of the true standing. [ratio]

    Returns:
        Rank, by the logistic approximation of the normal distribution; its mean over people is one half. [0-1]

    Source:
        Tocher (1963): logistic approximation.

    >>> estimated_rank(0.0, 1.0, 0.0), round(estimated_rank(1.0, 0.0, 0.0), 2), round(estimated_rank(1.0, -1.0, 1.0), 2)
    (0.5, 0.85, 0.5)
    """
    observed = (standing + noise * error) / square_root(1.0 + noise * noise)
    return 1.0 / (1.0 + exp(-1.702 * observed))
