"""How a sweep over levels is judged: an inverted U has to rise at the low end and to fall at the high end."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.validation.judging import Within
from sim.validation.row import SIGN, Judgement, Reading

ONE_SIDED = 0.95


@dataclass(frozen=True)
class InvertedU:
    """A quadratic in the level rises at the low end and falls at the high end, both at 5 % (Sasabuchi's test).

    Replicates have the same luck at all levels, so that a quadratic is fitted in each, and slopes are compared over
    replicates.

    Args:
        levels: Levels of the sweep, in the order of the readings.

    Source:
        Lind and Mehlum (2010), Oxford Bulletin of Economics and Statistics 72(1), 109-118.
    """

    levels: tuple[float, ...]
    kind: str = SIGN
    expected: str = "up at the low end, down at the high end"
    tolerance: str = "both slopes at 5 %, one-sided"

    def judge(self, replicates: Sequence[Sequence[Reading]]) -> Judgement:
        """Compare the slopes at both ends with zero over replicates. got: level of the highest point"""
        rows = np.array([[reading.got for reading in replicate] for replicate in replicates])
        if not np.isfinite(rows).all():
            without = int((~np.isfinite(rows)).any(axis=1).sum())
            return self._judgement(False, math.nan, f"{without} replicates have no number")
        fits = np.polyfit(np.array(self.levels), rows.T, 2)
        up, down = (_t_of(2.0 * fits[0] * end + fits[1]) for end in (self.levels[0], self.levels[-1]))
        edge = float(stats.t.ppf(ONE_SIDED, len(rows) - 1)) if len(rows) > 1 else math.inf
        passed = up > edge and -down > edge
        mean = fits.mean(axis=1)
        top = float(np.clip(-mean[1] / (2.0 * mean[0]), self.levels[0], self.levels[-1])) if mean[0] else math.nan
        distance = "" if passed else f"t {up:.2f} at the low end and {down:.2f} at the high end; needed is {edge:.2f}"
        return self._judgement(passed, top, distance)

    def _judgement(self, passed: bool, top: float, distance: str) -> Judgement:
        return Judgement(passed, math.nan, top, self.levels[0], self.levels[-1], distance, "level of the highest point")


def _t_of(slopes: NDArray[np.float64]) -> float:
    """Mean slope in standard errors over replicates."""
    if len(slopes) < 2 or not slopes.std():
        return 0.0
    return float(slopes.mean() / slopes.std(ddof=1) * math.sqrt(len(slopes)))


@dataclass(frozen=True)
class NotAbove:
    """The mean over replicates is not above zero at 5 %, one-sided.

    Args:
        says: What must not be above zero.
    """

    says: str
    kind: str = SIGN

    @property
    def expected(self) -> str:
        """What must not be above zero."""
        return f"{self.says} not above 0"

    @property
    def tolerance(self) -> str:
        """How that is decided."""
        return "lower end of the 90 % interval at most 0"

    def judge(self, replicates: Sequence[Sequence[Reading]]) -> Judgement:
        """Compare the lower end of the interval of the mean with zero."""
        judged = Within(-math.inf, math.inf).judge(replicates)
        passed = judged.passed and -math.inf < judged.low <= 0.0
        above = f"the interval begins {judged.low:.3g} above 0" if judged.low > 0.0 else "one replicate has no interval"
        distance = "" if passed else judged.distance or above
        return judged._replace(passed=passed, expected=0.0, distance=distance)
