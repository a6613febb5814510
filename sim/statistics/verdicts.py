"""The words of results: what an interval says of a number, and what tests say of a declared contrast.

An interval is read as higher, lower or no clear difference: the sign of a difference, whatever is better for the firm.
A declared contrast is better, equivalent, undecided or worse: tests of difference and of equivalence, after Holm.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.statistics.extras import import_extra
from sim.statistics.intervals import alike

SIGNIFICANCE_LEVEL = 0.05
PRECISION = 0.25  # widest interval, as a share of a difference, with which its size may be spoken of
HIGHER, LOWER, NO_DIFFERENCE = "higher", "lower", "no clear difference"
OPPOSITE = {HIGHER: LOWER, LOWER: HIGHER}
CLEAR = (HIGHER, LOWER)
SEARCH_BOUND = "not decided: search bound"
BETTER, EQUIVALENT, UNDECIDED, WORSE = "better", "equivalent", "undecided", "worse"


def read_interval(low: float, high: float) -> str:
    """What the interval of a difference says: `HIGHER`, `LOWER` or `NO_DIFFERENCE`, as one that is not known.

    >>> read_interval(0.1, 2.0), read_interval(-2.0, -0.1), read_interval(-0.1, 2.0), read_interval(math.nan, math.nan)
    ('higher', 'lower', 'no clear difference', 'no clear difference')
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return NO_DIFFERENCE
    return HIGHER if low > 0.0 else LOWER if high < 0.0 else NO_DIFFERENCE


def is_precise(mean: float, low: float, high: float) -> bool:
    """Whether an interval is at most `PRECISION` of the difference wide, so that its size may be spoken of.

    >>> is_precise(8.0, 7.0, 9.0), is_precise(8.0, 6.9, 9.1), is_precise(0.0, 0.0, 0.0), is_precise(8.0, math.nan, 9.0)
    (True, False, True, False)
    """
    return math.isfinite(low) and math.isfinite(high) and high - low <= PRECISION * abs(mean)


def search_bound(at_bound: Mapping[str, Sequence[str]], policies: Sequence[str]) -> str:
    """The verdict on tuned policies of which a search ended at a bound; nothing where none did.

    Args:
        at_bound: Decisions at an end of their range, by policy.
        policies: The policies that are compared.

    >>> search_bound({"osfa": ["price", "marketing"]}, ["osfa", "hybrid"])
    'not decided: search bound (price, marketing of osfa)'
    >>> search_bound({"osfa": ["price"]}, ["hybrid"])
    ''
    """
    parts = [f"{', '.join(at_bound[policy])} of {policy}" for policy in policies if at_bound.get(policy)]
    return f"{SEARCH_BOUND} ({'; '.join(parts)})" if parts else ""


def difference_p(gaps: NDArray[np.float64]) -> float:
    """Two-sided p-value of the paired t test; 1 if every pair is exactly equal.

    Source:
        Student (1908).
    """
    if alike(gaps):
        return 1.0 if len(gaps) < 2 or gaps[0] == 0.0 else 0.0
    from scipy import stats  # heavy, and a sweep that runs needs none of it

    return float(stats.ttest_1samp(gaps, 0.0).pvalue)


def equivalence_p(gaps: NDArray[np.float64], smallest: float) -> float:
    """P-value of two one-sided tests: that the mean difference is not within the smallest effect of interest.

    Args:
        gaps: One difference per pair.
        smallest: Smallest effect of interest. [unit of the outcome]

    Source:
        Schuirmann (1987), two one-sided tests procedure.
    """
    if alike(gaps):
        return 0.0 if len(gaps) > 1 and abs(gaps[0]) < smallest else 1.0
    from scipy import stats

    above = stats.ttest_1samp(gaps, -smallest, alternative="greater").pvalue
    below = stats.ttest_1samp(gaps, smallest, alternative="less").pvalue
    return float(max(above, below))


def holm(values: ArrayLike) -> NDArray[np.float64]:
    """P-values adjusted for their number; those that are not known stay so and do not count.

    Source:
        Holm (1979), by statsmodels.

    >>> [round(float(p), 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    adjusted = np.array(values, dtype=float)
    has_value = np.isfinite(adjusted)
    if has_value.any():
        tests = import_extra("statsmodels.stats.multitest", "lab")
        adjusted[has_value] = tests.multipletests(adjusted[has_value], SIGNIFICANCE_LEVEL, "holm")[1]
    return adjusted


def verdict(mean: float, difference: float, equivalence: float, direction: str) -> str:
    """One word, by p-values that are adjusted already.

    Args:
        mean: Mean difference.
        difference: P-value that there is no difference.
        equivalence: P-value that the difference is not within the smallest effect of interest.
        direction: ``higher`` or ``lower``: which outcome is better.

    >>> verdict(3.0, 0.001, 0.9, "higher"), verdict(3.0, 0.001, 0.9, "lower")
    ('better', 'worse')
    >>> verdict(0.1, 0.001, 0.002, "higher"), verdict(0.1, 0.4, 0.2, "higher")
    ('equivalent', 'undecided')
    """
    if equivalence < SIGNIFICANCE_LEVEL:
        return EQUIVALENT
    if not difference < SIGNIFICANCE_LEVEL:
        return UNDECIDED
    return BETTER if (mean > 0.0) == (direction == HIGHER) else WORSE
