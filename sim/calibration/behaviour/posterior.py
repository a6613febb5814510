"""Posterior of numbers given patterns: the prediction, and how far out-of-fold predictions of like runs were off."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.calibration.behaviour.bank import RunBank
from sim.calibration.behaviour.ridge import Features, Ridge, explained, out_of_fold
from sim.model.state import Floats

NEAREST_SHARE = 0.1  # of the runs, whose residuals are the posterior
FEWEST_NEAREST = 100
TAIL = 0.05  # below and above an interval of 90 %


@dataclass(frozen=True)
class BehaviourFit:
    """Regression of numbers on patterns, as logits of their shares of the ranges.

    Args:
        bank: The runs fitted.
        features: Terms of the patterns.
        ridge: The regression by every setting.
        chosen: Setting of each number, shape (numbers,).
        predictions: Out-of-fold predictions of the runs fitted, shape (runs, numbers).
        residuals: What these runs had less what was predicted.
    """

    bank: RunBank
    features: Features
    ridge: Ridge
    chosen: NDArray[np.int64]
    predictions: Floats
    residuals: Floats

    @property
    def explained(self) -> Floats:
        """Out-of-fold R² of each number."""
        return explained(self.bank.logits, self.predictions)

    def draws(self, summaries: Floats) -> Floats:
        """Draws from the joint posterior, shape (draws, numbers).

        Args:
            summaries: Patterns that were seen, shape (patterns,).
        """
        prediction = self.ridge(self.features(summaries[None, :]), self.chosen)[0]
        return self.bank.from_logits(prediction + self.residuals[self._nearest(prediction)])

    def _nearest(self, prediction: Floats) -> NDArray[np.int64]:
        """Runs whose predictions are most alike, in units of how far predictions are off."""
        away = (((self.predictions - prediction) / self.residuals.std(axis=0)) ** 2).sum(axis=1)
        return np.argsort(away, kind="stable")[: draws_of(len(away))]


def draws_of(runs: int) -> int:
    """Number of draws from a posterior.

    >>> draws_of(2000), draws_of(400), draws_of(60)
    (200, 100, 60)
    """
    return min(runs, max(FEWEST_NEAREST, round(NEAREST_SHARE * runs)))


def fit_behaviour(bank: RunBank) -> BehaviourFit:
    """Regress numbers on patterns.

    Source:
        Regression adjustment: Beaumont, Zhang and Balding (2002), Genetics 162(4); predictions as summaries: Fearnhead
        and Prangle (2012), Journal of the Royal Statistical Society B 74(3).
    """
    features, logits = Features.of(bank.summaries), bank.logits
    terms = features(bank.summaries)
    unseen = out_of_fold(terms, logits)
    ridge = Ridge.of(terms, logits)
    return BehaviourFit(bank, features, ridge, unseen.chosen, unseen.predictions, logits - unseen.predictions)


def interval(draws: Floats) -> Floats:
    """Ends of the interval that holds 90 % of a posterior, shape (2, numbers)."""
    ends: Floats = np.quantile(draws, (TAIL, 1.0 - TAIL), axis=0, method="weibull")
    return ends


def width_ratio(bank: RunBank, draws: Floats) -> Floats:
    """Width of the posterior's 90 % interval against that of the prior, shape (numbers,)."""
    low, high = interval(draws)
    ratio: Floats = (high - low) / ((1.0 - 2.0 * TAIL) * (bank.high - bank.low))
    return ratio
