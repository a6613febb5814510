"""Goodness of fit: whether data are further from a model than chance and a small effect explain.

Every limit follows from two conventions, fixed before any file was judged: a test at 1 %, and the small effect of Cohen
(1988, Statistical Power Analysis for the Behavioral Sciences, 2nd edition): 0.1 for counts in cells (w) and for a
correlation (r), 0.2 for a mean in standard deviations (d). A distance that is surely larger is no fit.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from sim.model.state import Floats

FALSE_ALARM = 0.01  # chance to refuse a model that is true, by check
SMALL_W = SMALL_R = 0.1
SMALL_D = 0.2
_EQUAL_CELLS = 10  # of a distribution
_LEAST_EXPECTED = 5.0  # cases in a cell


@dataclass(frozen=True)
class FitCheck:
    """One reason why a model fits or does not.

    Args:
        name: What is looked at.
        passed: Whether the data are as the model says.
        reason: Figures, in one sentence.
    """

    name: str
    passed: bool
    reason: str


def compare_counts(name: str, observed: Floats, expected: Floats, fitted: int) -> FitCheck:
    """Whether counts in cells are what a model expects, up to a small effect: chi-square, noncentral.

    Args:
        name: What is counted.
        observed: Cases by cell.
        expected: Cases by cell that the model expects, with the same sum.
        fitted: Numbers that were fitted.

    Source:
        Cohen (1988), chapter 7; Browne and Cudeck (1992), Sociological Methods and Research 21, 230-258.
    """
    seen, wanted = _merged(observed, expected)
    freedom, people = max(1, len(seen) - 1 - fitted), float(seen.sum())
    chi_square = float(((seen - wanted) ** 2 / np.maximum(wanted, 1e-9)).sum())
    p = float(stats.ncx2.sf(chi_square, freedom, people * SMALL_W**2))
    exact = float(stats.chi2.sf(chi_square, freedom))
    return FitCheck(
        name, p >= FALSE_ALARM,
        f"chi-square {chi_square:.1f} with {freedom} degrees of freedom (p {exact:.2g}); Cohen's w "
        f"{np.sqrt(chi_square / people):.2f}, larger than {SMALL_W} with p {p:.2g}",
    )  # fmt: skip


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


def compare_distribution(name: str, cumulated: Floats, fitted: int) -> FitCheck:
    """Whether values follow a model: their cumulated probabilities under it must be spread evenly.

    Args:
        name: What is compared.
        cumulated: Probability, under the model, of a value no larger than each that was seen.
        fitted: Numbers that were fitted.
    """
    cells = np.histogram(cumulated, _EQUAL_CELLS, (0.0, 1.0))[0].astype(float)
    return compare_counts(name, cells, np.full(_EQUAL_CELLS, cells.sum() / _EQUAL_CELLS), fitted)


def correlation_excess(correlation: float, people: int) -> float:
    """Chance of a correlation so far from 0, if the true one were of small effect (Fisher's z).

    >>> correlation_excess(0.05, 100), correlation_excess(0.5, 100) < 0.01
    (1.0, True)
    """
    beyond = np.arctanh(min(abs(correlation), 0.999999)) - np.arctanh(SMALL_R)
    return 1.0 if beyond <= 0.0 else float(2.0 * stats.norm.sf(beyond * np.sqrt(max(1, people - 3))))
