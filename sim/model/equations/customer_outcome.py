"""The customer's own outcome: what supply does to it, what help does, and what becomes of those who do badly."""

from sim.numeric.compiling import rule


@rule
def result_of_month(
    own: float, fit: float, usual_fit: float, fit_effect: float, trouble: float, trouble_effect: float, help_: float
) -> float:
    """Where a month of supply leads the outcome of a customer's own business, before it is held between 0 and 1.

    Args:
        own: What the business does by itself, one half on average. [0-1]
        fit: Fit of what is delivered. [0-1]
        usual_fit: Fit that neither helps nor hurts. [0-1]
        fit_effect: Outcome per unit of fit. [0-1]
        trouble: Incidents still open. [count]
        trouble_effect: Outcome lost by each. [0-1]
        help_: Outcome gained by the supplier's support. [0-1]

    Returns:
        Outcome. [0-1]

    Source:
        Assumed form; idea: customers' performance as the goal of a supplier, Mitchell (2011).

    >>> result_of_month(0.5, 0.7, 0.7, 0.4, 0.0, 0.1, 0.0), result_of_month(0.5, 0.7, 0.7, 0.4, 2.0, 0.125, 0.0)
    (0.5, 0.25)
    """
    return own + fit_effect * (fit - usual_fit) - trouble_effect * trouble + help_


@rule
def gain_by_support(most: float, effort: float, blind: float, known: float) -> float:
    """Outcome gained by support: help that does not know the goal does little.

    Args:
        most: Outcome that unlimited support for a known goal gains. [0-1]
        effort: Part of the support that could be spent to effect. [0-1]
        blind: Part of its effect that needs no knowledge. [0-1]
        known: How far the customer's goal is known. [0-1]

    Returns:
        Outcome gained. [0-1]

    Source:
        Assumed.

    >>> gain_by_support(0.2, 0.5, 0.0, 0.0), gain_by_support(0.2, 0.5, 0.5, 1.0)
    (0.0, 0.1)
    """
    return most * effort * (blind + (1.0 - blind) * known)


@rule
def chance_to_fail(outcome: float, most: float) -> float:
    """Chance that a customer's business fails this month.

    Args:
        outcome: Outcome of the business. [0-1]
        most: Chance at outcome 0; it falls to 0 at one half. [1/month]

    Returns:
        Chance. [0-1]

    Source:
        Assumed form.

    >>> chance_to_fail(0.5, 0.02), chance_to_fail(0.25, 0.02), chance_to_fail(0.0, 0.02)
    (0.0, 0.01, 0.02)
    """
    return most * max(0.0, 1.0 - 2.0 * outcome)
