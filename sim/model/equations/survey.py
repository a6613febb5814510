"""Survey: the answer that a satisfaction gives on a scale from 0 to 10."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import nearest

HIGHEST_ANSWER = 10.0  # of the scale
UNIT_OF_TWO_UNIFORMS = 2.449489742783178  # sqrt(6): the sum of two uniform numbers has a variance of 1/6


@rule
def answer_before_rounding(satisfaction: float, lowest: float, highest: float) -> float:
    """Where a satisfaction lies on the scale of the survey.

    Args:
        satisfaction: Satisfaction. [0-1]
        lowest: Satisfaction that is answered by 0. [0-1]
        highest: Satisfaction that is answered by 10. [0-1]

    Returns:
        Points, which may lie outside the scale. [points]

    Source:
        Linear anchors; form assumed.

    >>> answer_before_rounding(0.6, 0.0, 0.75)
    8.0
    """
    return HIGHEST_ANSWER * (satisfaction - lowest) / (highest - lowest)


@rule
def answer(points: float, noise: float, first: float, second: float) -> float:
    """The answer given, a whole number of points.

    Args:
        points: Where the satisfaction lies on the scale. [points]
        noise: Standard deviation of answers about it. [points]
        first: Luck. [0-1]
        second: Further luck. [0-1]

    Returns:
        Answer, 0 to 10. [points]

    Source:
        A single noisy item of a latent satisfaction, with triangular noise; form assumed.

    >>> answer(8.0, 0.0, 0.1, 0.9), answer(8.0, 1.5, 0.9, 0.9), answer(0.0, 1.5, 0.1, 0.1)
    (8.0, 10.0, 0.0)
    """
    noisy = points + noise * UNIT_OF_TWO_UNIFORMS * (first + second - 1.0)
    return float(nearest(min(HIGHEST_ANSWER, max(0.0, noisy))))
