"""Quadratic ridge regression with residuals of runs that were not fitted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.state import Floats

FOLDS = 10
PENALTIES = np.logspace(-6.0, 3.0, 19)  # per run, for terms of standard deviation 1; the last one fits a constant
PRODUCTS = (1.0, 0.3, 0.1)  # scales of products beside the patterns; a small one penalises them more
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

    middle: Floats
    spread: Floats
    means: Floats
    scales: Floats

    @staticmethod
    def of(summaries: Floats) -> "Features":
        """Terms that fit some runs. summaries: shape (runs, patterns)"""
        middle, spread = summaries.mean(axis=0), summaries.std(axis=0)
        terms = _terms((summaries - middle) / spread)
        scales = terms.std(axis=0)
        return Features(middle, spread, terms.mean(axis=0), np.where(scales > 0.0, scales, 1.0))

    def __call__(self, summaries: Floats) -> Floats:
        """Terms of other runs, shape (runs, terms)."""
        return (_terms((summaries - self.middle) / self.spread) - self.means) / self.scales


def _terms(standard: Floats) -> Floats:
    near = np.clip(standard, -FARTHEST, FARTHEST)
    first, second = np.triu_indices(near.shape[1])
    return np.hstack([near, near[:, first] * near[:, second]])


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

    middle: Floats
    intercepts: Floats
    axes: Floats
    lengths: Floats
    slopes: Floats

    @staticmethod
    def of(terms: Floats, targets: Floats) -> "Surface":
        """The regression of targets, shape (runs, targets), on terms, shape (runs, terms)."""
        middle, intercepts = terms.mean(axis=0), targets.mean(axis=0)
        centred = terms - middle
        lengths, axes = np.linalg.eigh(centred.T @ centred / len(terms))
        slopes = axes.T @ (centred.T @ (targets - intercepts)) / len(terms)
        return Surface(middle, intercepts, axes, np.maximum(lengths, 0.0), slopes)

    def __call__(self, terms: Floats) -> Floats:
        """Predictions by every penalty, shape (penalties, runs, targets)."""
        along = self.slopes / (self.lengths[:, None] + PENALTIES[:, None, None])
        return self.intercepts + ((terms - self.middle) @ self.axes) @ along


@dataclass(frozen=True)
class Ridge:
    """A ridge regression for every setting: scale of products and penalty.

    Args:
        surfaces: A regression for each of `PRODUCTS`.
        scales: Scale of each term in each of them, shape (products, terms).
    """

    surfaces: tuple[Surface, ...]
    scales: Floats

    @staticmethod
    def of(terms: Floats, targets: Floats) -> "Ridge":
        """The regressions of targets, shape (runs, targets), on terms, shape (runs, terms)."""
        products = np.arange(terms.shape[1]) >= number_of_patterns(terms.shape[1])
        scales = np.array([np.where(products, scale, 1.0) for scale in PRODUCTS])
        return Ridge(tuple(Surface.of(terms * scale, targets) for scale in scales), scales)

    def each(self, terms: Floats) -> Floats:
        """Predictions by every setting, shape (settings, runs, targets)."""
        pairs = zip(self.surfaces, self.scales, strict=True)
        return np.concatenate([surface(terms * scale) for surface, scale in pairs])

    def __call__(self, terms: Floats, chosen: NDArray[np.int64]) -> Floats:
        """Predictions, shape (runs, targets), by the setting chosen for each target."""
        return _of_settings(self.each(terms), chosen)


def number_of_patterns(terms: int) -> int:
    """Number of patterns that have so many terms: themselves, their squares and products.

    >>> number_of_patterns(5), number_of_patterns(2)
    (2, 1)
    """
    return round((np.sqrt(9.0 + 8.0 * terms) - 3.0) / 2.0)


def _of_settings(predictions: Floats, chosen: NDArray[np.int64]) -> Floats:
    """Of predictions, shape (settings, runs, targets), those of one setting for each target."""
    return predictions[chosen, :, np.arange(len(chosen))].T


@dataclass(frozen=True)
class OutOfFold:
    """What runs were predicted to have by a regression that had not seen them.

    Args:
        predictions: Shape (runs, targets).
        chosen: Setting of each target that predicts it best, shape (targets,).
    """

    predictions: Floats
    chosen: NDArray[np.int64]


def out_of_fold(terms: Floats, targets: Floats, seed: int = 0) -> OutOfFold:
    """Predict each tenth of the runs by the others, with the setting that does so best.

    Args:
        terms: Shape (runs, terms).
        targets: Shape (runs, targets).
        seed: Seed of the division into tenths.
    """
    folds = np.random.default_rng(seed).permutation(len(terms)) % FOLDS  # no draw of the model
    predictions = np.empty((len(PRODUCTS) * len(PENALTIES), *targets.shape))
    for fold in range(FOLDS):
        inside, outside = folds != fold, folds == fold
        predictions[:, outside] = Ridge.of(terms[inside], targets[inside]).each(terms[outside])
    chosen = ((predictions - targets) ** 2).sum(axis=1).argmin(axis=0)
    return OutOfFold(_of_settings(predictions, chosen), chosen)


def explained(targets: Floats, predictions: Floats) -> Floats:
    """Share of the variance of each target that predictions explain, R², shape (targets,).

    >>> explained(np.array([[0.0], [2.0]]), np.array([[0.0], [1.0]])).tolist()
    [0.5]
    """
    left: Floats = ((targets - predictions) ** 2).sum(axis=0)
    share: Floats = 1.0 - left / ((targets - targets.mean(axis=0)) ** 2).sum(axis=0)
    return share
