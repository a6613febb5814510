"""Satisfaction: what an experience is worth, and what it does to satisfaction and expectation."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp


@rule
def clip(value: float) -> float:
    """A value held between 0 and 1.

    Args:
        value: Any number. [1]

    Source:
        Definition.

    >>> clip(1.2), clip(-3.0), clip(0.4)
    (1.0, 0.0, 0.4)
    """
    return min(1.0, max(0.0, value))


@rule
def experience_of_use(quality: float, fit: float, quality_weight: float, level: float, noise: float) -> float:
    """What using the product is like.

    Args:
        quality: Common quality of the product. [0-1]
        fit: Fit to the customer's goal. [0-1]
        quality_weight: Weight of quality against fit. [0-1]
        level: Constant. [0-1]
        noise: This month's luck. [0-1]

    Returns:
        Experience. [0-1]

    Source:
        Assumed form.

    >>> round(experience_of_use(0.5, 0.7, 0.5, 0.0, 0.0), 3)
    0.6
    """
    return clip(quality_weight * quality + (1.0 - quality_weight) * fit + level + noise)


@rule
def updated_satisfaction(
    previous: float,
    experience: float,
    expectation: float,
    learning: float,
    disconfirmation: float,
    loss_aversion: float,
) -> float:
    """Satisfaction after one experience.

    Args:
        previous: Satisfaction before. [0-1]
        experience: What was experienced. [0-1]
        expectation: What was expected. [0-1]
        learning: Weight of this experience. [per experience]
        disconfirmation: Weight of experience minus expectation. [1]
        loss_aversion: How much more a shortfall weighs than an excess. [1]

    Returns:
        Satisfaction after. [0-1]

    Source:
        Oliver (1980); asymmetry: Mittal, Ross and Baldasare (1998).

    >>> round(updated_satisfaction(0.5, 0.5, 0.7, 0.1, 0.5, 2.0), 3)
    0.48
    """
    gap = experience - expectation
    if gap < 0.0:
        gap *= loss_aversion
    return clip(previous + learning * (experience + disconfirmation * gap - previous))


@rule
def updated_expectation(expectation: float, experience: float, speed: float) -> float:
    """Expectation after one experience.

    Args:
        expectation: Expectation before. [0-1]
        experience: What was experienced. [0-1]
        speed: Share of the gap closed. [per experience]

    Returns:
        Expectation after. [0-1]

    Source:
        Adaptive expectations: Nerlove (1958).

    >>> updated_expectation(0.5, 0.7, 0.5)
    0.6
    """
    return expectation + speed * (experience - expectation)


@rule
def chance_of_voice(shortfall: float, tolerance: float, scale: float, propensity: float) -> float:
    """Chance that a disappointed customer says so.

    Args:
        shortfall: Expectation minus experience. [0-1]
        tolerance: Shortfall borne without a word. [0-1]
        scale: Further shortfall at which 63 % of those inclined speak. [0-1]
        propensity: Inclination to speak. [0-1]

    Returns:
        Chance. [0-1]

    Source:
        Assumed form; zone of tolerance: Zeithaml, Berry and Parasuraman (1993).

    >>> chance_of_voice(0.1, 0.2, 0.15, 0.5)
    0.0
    """
    severity = shortfall - tolerance
    if severity <= 0.0:
        return 0.0
    return clip(propensity * (1.0 - exp(-severity / scale)))
