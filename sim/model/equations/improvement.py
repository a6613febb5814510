"""Doing better: what preventive work spares, and what is left when causes are mended."""

from sim.numeric.compiling import rule


@rule
def spared_share(work: float) -> float:
    """Part of what can be spared at all that preventive work spares.

    Args:
        work: Preventive work against that which spares half. [ratio]

    Returns:
        Part. [0-1]

    Source:
        Assumed: diminishing returns.

    >>> spared_share(0.0), spared_share(1.0), spared_share(3.0)
    (0.0, 0.5, 0.75)
    """
    return work / (1.0 + work)


@rule
def remaining_incidents(mendable: float, mended: float) -> float:
    """Incidents against those of a firm that mended no causes.

    Args:
        mendable: Part of the incidents whose cause can be mended. [0-1]
        mended: Part of those causes that is mended. [0-1]

    Returns:
        Incidents left. [ratio]

    Source:
        Definition.

    >>> remaining_incidents(0.5, 0.0), remaining_incidents(0.5, 1.0)
    (1.0, 0.5)
    """
    return 1.0 - mendable * mended


@rule
def surplus(standing: float, fit: float, outside: float, weight_of_standing: float, weight_of_fit: float) -> float:
    """What being supplied is worth to a customer above having no supplier, before price.

    Args:
        standing: Satisfaction with the supplier. [0-1]
        fit: Fit of what is delivered. [0-1]
        outside: Value of having no supplier. [utility]
        weight_of_standing: Weight of satisfaction in the choice. [utility]
        weight_of_fit: Weight of fit in the choice. [utility]

    Returns:
        Utility. [utility]

    Source:
        The systematic part of `value_of_firm`, without taste, habit, switching cost and luck.

    >>> surplus(0.5, 1.0, 1.5, 6.0, 1.0)
    2.5
    """
    return weight_of_standing * standing + weight_of_fit * fit - outside
