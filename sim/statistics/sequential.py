"""When to stop adding replications: the half-width of the paired contrast is small enough, and stays so."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.parameters import BadInput
from sim.statistics.intervals import students_reach

FEWEST_REPLICATIONS = 20
LOOK_AHEAD = 5
HUNDRED = 100  # replications from which on the look-ahead grows in proportion


@dataclass(frozen=True)
class Rule:
    """What half-width is wanted and how patiently it is looked for.

    Args:
        target: Half-width of the 95 % interval of the mean paired difference to reach. [unit of the outcome]
        fewest: Replications before the first look. [count]
        look_ahead: Further replications for which the half-width must stay within the target, up to 100 replications;
            beyond, as many in the hundred. [count]

    Raises:
        BadInput: A target that is no positive amount, or too few replications.
    """

    target: float
    fewest: int = FEWEST_REPLICATIONS
    look_ahead: int = LOOK_AHEAD

    def __post_init__(self) -> None:
        if not 0.0 < self.target < float("inf"):
            raise BadInput(f"the half-width to reach is {self.target:g}; an amount above 0 is needed")
        if self.fewest < 2 or self.look_ahead < 0:
            settings = f"fewest is {self.fewest} and look_ahead {self.look_ahead}"
            raise BadInput(f"{settings}; at least 2 replications and a look-ahead of at least 0 are needed")


@dataclass(frozen=True)
class SamplingState:
    """State of sequential sampling.

    Args:
        reached: Whether one may stop.
        replications: Replications so far.
        halfwidth: Half-width of the widest interval now. [unit of the outcome]
        held_from: Replications from which on the half-width stayed within the target; 0 if it is not now.
        rule: The rule.
    """

    reached: bool
    replications: int
    halfwidth: float
    held_from: int
    rule: Rule


def halfwidths(gaps: ArrayLike) -> NDArray[np.float64]:
    """Half-width of the 95 % t interval after 1, 2, … replications; NaN after one.

    Args:
        gaps: Paired differences, shape (replications, contrasts).

    Returns:
        Shape (replications, contrasts). [unit of the outcome]
    """
    values = np.asarray(gaps, dtype=float)
    count = np.arange(1, len(values) + 1)[:, None]
    away = values - values[:1]  # from the first, so that a large common level costs no digits
    squares = np.cumsum(away**2, axis=0) - np.cumsum(away, axis=0) ** 2 / count
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.maximum(squares, 0.0) / (count - 1)
        return np.asarray(students_reach(count) * np.sqrt(variance / count))


def enough(widths: NDArray[np.float64], rule: Rule) -> NDArray[np.bool_]:
    """Whether one may stop after 1, 2, … replications.

    Args:
        widths: Half-widths after 1, 2, … replications, shape (replications, streams).
        rule: The rule.

    Source:
        Hoad, Robinson and Davies (2010), Automated selection of the number of replications for a discrete-event
        simulation, Journal of the Operational Research Society 61; here for paired differences, by absolute width.
    """
    stable_from = _stable_from(widths, rule)
    count = np.arange(1, len(widths) + 1)[:, None]
    ahead = np.maximum(rule.look_ahead, rule.look_ahead * stable_from // HUNDRED)
    return np.asarray((stable_from > 0) & (count - stable_from >= ahead))


def _stable_from(widths: NDArray[np.float64], rule: Rule) -> NDArray[np.int64]:
    """Replications from which on the width stayed within the target until now; 0 where it is not within it now."""
    count = np.arange(1, len(widths) + 1)[:, None]
    within = (widths <= rule.target) & (count >= rule.fewest)
    failed = np.maximum.accumulate(np.where(within, 0, count), axis=0)
    return np.where(within, failed + 1, 0)


def stopping(gaps: ArrayLike, rule: Rule) -> SamplingState:
    """Whether paired differences so far are enough; all contrasts must be.

    Args:
        gaps: Paired differences, shape (replications, contrasts); a list is one contrast.
        rule: The rule.

    >>> stopping([1.0, 1.1] * 15, Rule(target=0.05)).held_from
    20
    """
    values = np.asarray(gaps, dtype=float)
    widths = halfwidths(values.reshape(len(values), -1)).max(axis=1, keepdims=True)
    stable_from = int(_stable_from(widths, rule)[-1, 0])
    return SamplingState(bool(enough(widths, rule)[-1, 0]), len(values), float(widths[-1, 0]), stable_from, rule)
