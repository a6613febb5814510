"""Goodness of fit: counts in cells against what a model expects, and values against a model's distribution."""

import numpy as np
from scipy import stats

from sim.calibration.model_fit import FitCheck
from sim.model.state import Floats

LEAST_P = 0.01  # probability of a larger distance below which chance alone is no excuse
SMALL_DISTANCE = 0.05  # share of cases in a wrong cell that matters little, however many cases there are
SMALL_GAP = 0.05  # largest distance of two cumulated distributions that matters little
_LEAST_EXPECTED = 5.0  # cases in a cell


def compare_counts(name: str, observed: Floats, expected: Floats, fitted: int) -> FitCheck:
    """Whether counts in cells are what a model expects: by chi-square, or because the distance is a trifle.

    Args:
        name: What is counted.
        observed: Cases by cell.
        expected: Cases by cell that the model expects, with the same sum.
        fitted: Numbers that were fitted.
    """
    shares_off = float(np.abs(observed - expected).sum() / (2.0 * observed.sum()))
    seen, wanted = _merged(observed, expected)
    freedom = max(1, len(seen) - 1 - fitted)
    chi_square = float(((seen - wanted) ** 2 / np.maximum(wanted, 1e-9)).sum())
    p = float(stats.chi2.sf(chi_square, freedom))
    passed = p >= LEAST_P or shares_off <= SMALL_DISTANCE
    return FitCheck(
        name, passed, f"{100 * shares_off:.1f} % of cases in another cell, chi-square {chi_square:.1f} (p {p:.2g})"
    )


def _merged(observed: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Cells from the end merged with the one before until each expects enough."""
    seen, wanted = list(map(float, observed)), list(map(float, expected))
    for cells_from_end in (True, False):
        while len(wanted) > 2 and wanted[-1 if cells_from_end else 0] < _LEAST_EXPECTED:
            last, nearest_to_it = (-1, -2) if cells_from_end else (0, 1)
            for cells in (seen, wanted):
                cells[nearest_to_it] += cells[last]
                del cells[last]
    return np.array(seen), np.array(wanted)


def compare_distribution(name: str, cumulated: Floats) -> FitCheck:
    """Whether values follow a model: their cumulated probabilities under it must be spread evenly.

    Args:
        name: What is compared.
        cumulated: Probability, under the model, of a value no larger than each that was seen.
    """
    ordered = np.sort(cumulated)
    ranks = np.arange(1, len(ordered) + 1) / len(ordered)
    gap = float(max(np.abs(ordered - ranks).max(), np.abs(ordered - ranks + 1.0 / len(ordered)).max()))
    allowed = max(SMALL_GAP, 1.63 / np.sqrt(len(ordered)))  # 1.63: 1 % of Kolmogorov's distribution
    return FitCheck(
        name, gap <= allowed, f"largest gap between cumulated shares {gap:.3f}, at most {allowed:.3f} is allowed"
    )
