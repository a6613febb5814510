"""Quadratic ridge regression with residuals of runs that were not fitted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
FOLDS = 10
PENALTIES = np.logspace(-6.0, 3.0, 19)  # per run, for features of standard deviation 1; the last one fits a constant
FARTHEST = 4.0  # standard deviations beyond which a pattern counts as if it were there, for squares run away


@dataclass(frozen=True)
class Features:
    """Patterns as linear and quadratic terms, each with mean 0 and standard deviation 1 in the runs fitted.

    Args:
        middle: Means of the patterns, shape (patterns,).
        spread: Their standard deviations.
        means: Means of the terms, shape (terms,).
        scales: Their standard deviations.
    """

    middle: Matrix
    spread: Matrix
    means: Matrix
    scales: Matrix

    @staticmethod
    def of(summaries: Matrix) -> "Features":
        """Terms that fit some runs. summaries: shape (runs, patterns)"""
        middle, spread = summaries.mean(axis=0), summaries.std(axis=0)
        terms = _terms((summaries - middle) / spread)
        scales = terms.std(axis=0)
        return Features(middle, spread, terms.mean(axis=0), np.where(scales > 0.0, scales, 1.0))

    def __call__(self, summaries: Matrix) -> Matrix:
        """Terms of other runs, shape (runs, terms)."""
        return (_terms((summaries - self.middle) / self.spread) - self.means) / self.scales


def _terms(standard: Matrix) -> Matrix:
    near = np.clip(standard, -FARTHEST, FARTHEST)
    first, second = np.triu_indices(near.shape[1])
    return np.hstack([near, near[:, first] * near[:, second]])


@dataclass(frozen=True)
class OutOfFold:
    """What runs were predicted to have by a regression that had not seen them.

    Args:
        predictions: Shape (runs, targets).
        penalties: Penalty of each target, which predicts best so, shape (targets,).
    """

    predictions: Matrix
    penalties: Matrix


def out_of_fold(terms: Matrix, targets: Matrix, seed: int = 0) -> OutOfFold:
    """Predict each tenth of the runs by the others, with the penalty that does so best.

    Args:
        terms: Shape (runs, terms).
        targets: Shape (runs, targets).
        seed: Seed of the division into tenths.
    """
    folds = np.random.default_rng(seed).permutation(len(terms)) % FOLDS  # no draw of the model
    predictions = np.empty((len(PENALTIES), *targets.shape))
    for fold in range(FOLDS):
        inside, outside = folds != fold, folds == fold
        predictions[:, outside] = _predicted(terms[inside], targets[inside], terms[outside])
    errors = ((predictions - targets) ** 2).sum(axis=1)
    best = errors.argmin(axis=0)
    return OutOfFold(predictions[best, :, np.arange(targets.shape[1])].T, PENALTIES[best])


def _predicted(terms: Matrix, targets: Matrix, others: Matrix) -> Matrix:
    """Predictions for other runs by penalty, shape (penalties, runs, targets)."""
    surface = Surface.of(terms, targets)
    return np.stack([surface(others, np.full(targets.shape[1], penalty)) for penalty in PENALTIES])


@dataclass(frozen=True)
class Surface:
    """A ridge regression for every penalty: eigenvectors of the terms, and targets along them.

    Args:
        middle: Means of the terms, shape (terms,).
        intercepts: Means of the targets, shape (targets,).
        axes: Eigenvectors of the covariance of terms, shape (terms, axes).
        lengths: Its eigenvalues, shape (axes,).
        slopes: Covariance of targets with the axes, shape (axes, targets).
    """

    middle: Matrix
    intercepts: Matrix
    axes: Matrix
    lengths: Matrix
    slopes: Matrix

    @staticmethod
    def of(terms: Matrix, targets: Matrix) -> "Surface":
        """The regression of targets, shape (runs, targets), on terms, shape (runs, terms)."""
        middle, intercepts = terms.mean(axis=0), targets.mean(axis=0)
        centred = terms - middle
        lengths, axes = np.linalg.eigh(centred.T @ centred / len(terms))
        slopes = axes.T @ (centred.T @ (targets - intercepts)) / len(terms)
        return Surface(middle, intercepts, axes, np.maximum(lengths, 0.0), slopes)

    def __call__(self, terms: Matrix, penalties: Matrix) -> Matrix:
        """Predictions, shape (runs, targets), with a penalty for each target."""
        along = self.slopes / (self.lengths[:, None] + penalties)
        return self.intercepts + ((terms - self.middle) @ self.axes) @ along


def explained(targets: Matrix, predictions: Matrix) -> Matrix:
    """Share of the variance of each target that predictions explain, R², shape (targets,).

    >>> explained(np.array([[0.0], [2.0]]), np.array([[0.0], [1.0]])).tolist()
    [0.5]
    """
    left: Matrix = ((targets - predictions) ** 2).sum(axis=0)
    share: Matrix = 1.0 - left / ((targets - targets.mean(axis=0)) ** 2).sum(axis=0)
    return share
