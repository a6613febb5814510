"""Checks of a behavioural calibration on runs that it has not seen, and on patterns that were permuted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.calibration.behaviour.bank import RunBank
from sim.calibration.behaviour.posterior import BehaviourFit, fit_behaviour, interval, width_ratio
from sim.calibration.behaviour.ridge import explained, out_of_fold
from sim.model.state import Floats

MOST_HELD_OUT = 200
HELD_OUT_SHARE = 0.2
BINS = 10
PERMUTATIONS = 20
MOST_PERMUTED = 4000  # runs that are permuted, so that memory is bounded; fewer runs let chance predict more, not less
SOME_SIGNAL = 0.05  # R² below which there is none, whatever permuted patterns reach


@dataclass(frozen=True)
class HeldOut:
    """What intervals of known numbers came to.

    Args:
        runs: Number of runs that were held out.
        coverage: Share of them whose number lies in its 90 % interval, shape (numbers,).
        ranks: Rank of each number in its posterior, as a share of the draws, shape (runs, numbers).
        uniform: Chance of ranks at least as uneven if all were equally likely, by chi-square, shape (numbers,).
        widths: Median width of the intervals against the prior's, shape (numbers,).
    """

    runs: int
    coverage: Floats
    ranks: Floats
    uniform: Floats
    widths: Floats


def divided(bank: RunBank, seed: int = 0) -> tuple[RunBank, RunBank]:
    """The runs that are fitted, and the runs that are held out."""
    count = min(MOST_HELD_OUT, int(HELD_OUT_SHARE * len(bank)))
    order = np.random.default_rng(seed).permutation(len(bank))  # no draw of the model
    return bank.rows(np.sort(order[count:])), bank.rows(np.sort(order[:count]))


def check_on(fit: BehaviourFit, unseen: RunBank) -> HeldOut:
    """Coverage of intervals and ranks of truths over runs that were not fitted.

    Source:
        Simulation-based calibration: Talts, Betancourt, Simpson, Vehtari and Gelman (2018), arXiv:1804.06788.
    """
    inside, ranks, widths = [], [], []
    for truth, summaries in zip(unseen.truths, unseen.summaries, strict=True):
        draws = fit.draws(summaries)
        low, high = interval(draws)
        inside.append((low <= truth) & (truth <= high))
        ranks.append(((draws < truth).sum(axis=0) + 0.5) / (len(draws) + 1.0))
        widths.append(width_ratio(fit.bank, draws))
    shares = np.array(ranks)
    return HeldOut(
        len(unseen), np.mean(inside, axis=0), shares, chance_of_ranks(shares), np.median(np.array(widths), axis=0)
    )


def chance_of_ranks(ranks: Floats) -> Floats:
    """Chance of ranks at least as uneven over ten bins if all were equally likely, shape (numbers,).

    >>> even = (np.arange(100)[:, None] + 0.5) / 100
    >>> chance_of_ranks(even).tolist(), bool(chance_of_ranks(even / 2)[0] < 0.001)
    ([1.0], True)
    """
    from scipy.stats import chisquare

    counts = [np.histogram(column, BINS, (0.0, 1.0))[0] for column in ranks.T]
    return np.array([chisquare(count).pvalue for count in counts])


@dataclass(frozen=True)
class Signal:
    """Whether patterns say anything.

    Args:
        explained: Out-of-fold R² of each number, shape (numbers,).
        by_chance: Largest R² that any number has when patterns are permuted.
    """

    explained: Floats
    by_chance: float

    @property
    def none(self) -> bool:
        """Whether no number is predicted better than from permuted patterns."""
        return bool((self.explained <= max(self.by_chance, SOME_SIGNAL)).all())


def signal_of(fit: BehaviourFit, seed: int = 0) -> Signal:
    """Compare R² with that of permuted patterns; numbers are permuted, which says the same and costs less."""
    luck = np.random.default_rng(seed)  # no draw of the model
    logits = fit.bank.logits[:MOST_PERMUTED]
    orders: list[NDArray[np.int64]] = [luck.permutation(len(logits)) for _ in range(PERMUTATIONS)]
    targets = np.hstack([logits[order] for order in orders])
    unseen = out_of_fold(fit.features(fit.bank.summaries[:MOST_PERMUTED]), targets)
    return Signal(fit.explained, float(explained(targets, unseen.predictions).max()))


@dataclass(frozen=True)
class CheckedFit:
    """A regression with what is known of how good it is.

    Args:
        fit: The regression.
        held_out: Its check on runs that were not fitted.
        signal: Whether patterns say anything.
    """

    fit: BehaviourFit
    held_out: HeldOut
    signal: Signal


def fit_and_check(bank: RunBank) -> CheckedFit:
    """Fit most of the runs, and check on the others."""
    fitted, unseen = divided(bank)
    fit = fit_behaviour(fitted)
    return CheckedFit(fit, check_on(fit, unseen), signal_of(fit))
