"""Whether patterns that were seen lie among those that the runs of a bank make."""

from dataclasses import dataclass

import numpy as np

from sim.calibration.behaviour.bank import RunBank
from sim.model.state import Floats

USUAL_SHARE = 0.99  # of the runs, within whose distance patterns lie inside the bank
FAR = 3.0  # standard deviations from what the other patterns let expect


@dataclass(frozen=True)
class Reach:
    """Where patterns lie in a bank.

    Args:
        distance: Mahalanobis distance from the middle of the runs. [standard deviations]
        farthest: Distance within which 99 % of the runs lie.
        beyond: Patterns outside the values of all runs.
        unusual: Patterns far from what the others let expect, or the farthest one; the first is the farthest.
    """

    distance: float
    farthest: float
    beyond: tuple[str, ...]
    unusual: tuple[str, ...]

    @property
    def outside(self) -> bool:
        """Whether the model cannot make the patterns, at any number in the ranges of the bank."""
        return bool(self.beyond) or self.distance > self.farthest

    @property
    def culprits(self) -> tuple[str, ...]:
        """Patterns that are outside; empty where none is."""
        return (self.beyond or self.unusual) if self.outside else ()


def reach_of_patterns(bank: RunBank, summaries: Floats) -> Reach:
    """Place patterns, shape (patterns,), in a bank."""
    middle, spread = bank.summaries.mean(axis=0), bank.summaries.std(axis=0)
    standard = (bank.summaries - middle) / spread
    inverse = np.linalg.pinv(np.atleast_2d(np.cov(standard.T)), rcond=1e-8, hermitian=True)
    distances = np.sqrt(np.einsum("ij,jk,ik->i", standard, inverse, standard))
    away = (summaries - middle) / spread
    given_others = np.abs(inverse @ away) / np.sqrt(np.diag(inverse))
    order = np.argsort(-given_others, kind="stable")
    unusual = [bank.patterns[place] for place in order if given_others[place] > FAR] or [bank.patterns[order[0]]]
    low, high = bank.summaries.min(axis=0), bank.summaries.max(axis=0)
    beyond = [name for name, out in zip(bank.patterns, (summaries < low) | (summaries > high), strict=True) if out]
    return Reach(
        float(np.sqrt(away @ inverse @ away)), float(np.quantile(distances, USUAL_SHARE)), tuple(beyond), tuple(unusual)
    )
