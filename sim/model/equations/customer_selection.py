"""Choosing customers: what a firm expects a customer to leave it in a month, by what it can see."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp


@rule
def estimated_spending(spending: float, error: float, variance: float) -> float:
    """What a firm that errs takes for the spending of a person; right on average over errors.

    Args:
        spending: What the person spends in a month. [EUR]
        error: Error in logs. [1]
        variance: Variance of such errors. [1]

    Returns:
        Estimate. [EUR]

    Source:
        Assumed: lognormal errors. An estimate that is not shrunk takes some good customers for bad ones.

    >>> estimated_spending(40.0, 0.0, 0.0)
    40.0
    """
    return spending * exp(error - 0.5 * variance)


@rule
def estimated_hours(usual: float, own: float, seen: float) -> float:
    """Service hours that a customer is believed to take in a month.

    Args:
        usual: Hours of an average customer of the firm. [h]
        own: Hours of this one, averaged over some time. [h]
        seen: How far the own history is seen. [0-1]

    Returns:
        Hours. [h]

    Source:
        Assumed.

    >>> estimated_hours(0.2, 1.0, 0.0), estimated_hours(0.25, 1.25, 1.0)
    (0.2, 1.25)
    """
    return usual + seen * (own - usual)


@rule
def feeling_after_refusal(feeling: float, resentment: float) -> float:
    """A feeling about a firm after being refused by it.

    Args:
        feeling: Satisfaction or reputation before. [0-1]
        resentment: Share that is lost. [0-1]

    Returns:
        Feeling after. [0-1]

    Source:
        Assumed.

    >>> feeling_after_refusal(0.5, 0.0), feeling_after_refusal(0.5, 0.5)
    (0.5, 0.25)
    """
    return feeling * (1.0 - resentment)
