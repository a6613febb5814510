"""Answers to a survey: what a customer feels, on a scale of 1 to 10 and with the noise of one question."""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sim.model.randomness import normals
from sim.validation.bank import RecordedRun

RELIABILITY = 0.8  # of one question on satisfaction, in the middle of what surveys reach
ANSWER_DRAW = 98  # purpose of the luck of answers; no draw of a world has it
LOWEST, HIGHEST = 1.0, 10.0
SPREAD_OF_ANSWERS = 1.8  # of a scale on which what is asked has no ends of its own: 2.5 spreads reach them [points]
NEXT_QUESTION = 1000  # luck of further questions in the same replicate stands so far apart

Floats = NDArray[np.float64]


def answered(run: RecordedRun, felt: Floats, replicate: int) -> Floats:
    """Answers on satisfaction or expectation, on the scale of the survey of the run's own world.

    Args:
        run: The run; its survey says which satisfaction is answered by the ends of the scale.
        felt: What the customers feel. [0-1]
        replicate: Number of the replicate, from `NEXT_QUESTION` on that of a further question.

    Returns:
        Whole points from 1 to 10.
    """
    lowest, highest = run.scenario.market["survey.lowest"], run.scenario.market["survey.highest"]
    return _with_noise(LOWEST + (HIGHEST - LOWEST) * (felt - lowest) / (highest - lowest), replicate)


def rated(felt: Floats, replicate: int) -> Floats:
    """Answers about what has no ends of its own: the mean is the middle of the scale. felt: in any unit"""
    spread = felt.std()
    points = (felt - felt.mean()) / spread if spread else np.zeros_like(felt)
    return _with_noise((LOWEST + HIGHEST) / 2.0 + SPREAD_OF_ANSWERS * points, replicate)


def _with_noise(points: Floats, replicate: int) -> Floats:
    noise, key = points.std() * np.sqrt(1.0 / RELIABILITY - 1.0), crc32(b"answers")
    luck = np.array([normals(key, place, 0, 0, ANSWER_DRAW, replicate, 0)[0] for place in range(len(points))])
    return np.asarray(np.clip(np.round(points + noise * luck), LOWEST, HIGHEST))


def correlation(first: Floats, second: Floats) -> float:
    """Pearson's correlation, or NaN where one of both does not vary.

    >>> round(correlation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])), 9)
    1.0
    """
    return float(np.corrcoef(first, second)[0, 1]) if first.std() and second.std() else float("nan")
