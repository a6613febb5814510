"""How rows are judged: z of closed forms, equivalence of published numbers, share of replicates with the right sign."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.validation.row import EXACT, QUANT, SIGN, Judgement, Reading, only_numbers

MOST_Z = 4.0  # of one reading
MOST_MEAN_Z = 3.0  # of the sum over replicates, against the root of their number: finds a small bias
INTERVAL = 0.90  # two one-sided tests at 5 % each
SHARE_OF_SIGNS = 0.95


@dataclass(frozen=True)
class ClosedForm:
    """Every reading lies within its error of the closed form."""

    kind: str = EXACT
    expected: str = "closed form"
    tolerance: str = "|z| < 4 each, |sum of z| / sqrt(replicates) < 3"

    def judge(self, replicates: Sequence[Sequence[Reading]]) -> Judgement:
        """The reading furthest off decides; shown is the worked case of that quantity."""
        readings: dict[str, list[Reading]] = defaultdict(list)
        for replicate in replicates:
            for reading in replicate:
                readings[reading.quantity].append(reading)
        worst = max(readings, key=lambda name: _badness(readings[name]))
        shown, badness = readings[worst][0], _badness(readings[worst])
        passed = badness < 1.0
        half = _edge(readings[worst]) * shown.error
        return Judgement(
            passed, shown.expected, shown.got, shown.got - half, shown.got + half,
            "" if passed else _distance(readings[worst]), worst,
        )  # fmt: skip


def largest_z(readings: Sequence[Reading]) -> float:
    """Largest distance of a reading from its closed form, in standard errors; infinite where one is no number."""
    return max(abs(reading.z) if math.isfinite(reading.z) else math.inf for reading in readings)


def mean_z(readings: Sequence[Reading]) -> float:
    """Sum of distances against the root of their number; 0 where nothing is random."""
    if not all(reading.is_random for reading in readings):
        return 0.0
    return abs(math.fsum(reading.z for reading in readings)) / math.sqrt(len(readings))


def _badness(readings: Sequence[Reading]) -> float:
    """One at the edge of what is allowed."""
    return max(largest_z(readings) / _edge(readings), mean_z(readings) / MOST_MEAN_Z)


def _edge(readings: Sequence[Reading]) -> float:
    """Largest distance that is allowed, in errors."""
    return MOST_Z if readings[0].is_random else 1.0


def _distance(readings: Sequence[Reading]) -> str:
    if not readings[0].is_random:
        return f"{largest_z(readings):.3g} times the rounding allowed"
    return f"largest |z| {largest_z(readings):.2f}, |sum z| / sqrt(n) {mean_z(readings):.2f}"


@dataclass(frozen=True)
class Within:
    """The 90 % interval of the mean over replicates lies inside a band (two one-sided tests at 5 %).

    Args:
        low: Lower end of the band.
        high: Upper end.
        published: What the source says; NaN where it gives the band itself.
    """

    low: float
    high: float
    published: float = float("nan")
    kind: str = QUANT

    @property
    def expected(self) -> str:
        """The published number, or the band."""
        return self.tolerance if math.isnan(self.published) else f"{self.published:g}"

    @property
    def tolerance(self) -> str:
        """The band."""
        return f"{self.low:g} to {self.high:g}"

    def judge(self, replicates: Sequence[Sequence[Reading]]) -> Judgement:
        """Compare the interval of the mean with the band."""
        values = only_numbers([reading.got for replicate in replicates for reading in replicate[:1]])
        name = replicates[0][0].quantity if replicates and replicates[0] else "none"
        if not len(values):
            return Judgement(False, self.published, math.nan, math.nan, math.nan, "nothing to read", name)
        mean, half = float(values.mean()), _half_width(values)
        low, high = mean - half, mean + half
        off, without = max(self.low - low, high - self.high), len(replicates) - len(values)
        passed = off <= 0.0 and not without
        said = f"the interval is {off:.3g} outside the band" if off > 0.0 else f"{without} replicates have no number"
        distance = "" if passed else said
        return Judgement(passed, self.published, mean, low, high, distance, name)


def _half_width(values: NDArray[np.float64]) -> float:
    if len(values) < 2:
        return math.inf
    quantile = float(stats.t.ppf(0.5 + INTERVAL / 2.0, len(values) - 1))
    return quantile * float(values.std(ddof=1)) / math.sqrt(len(values))


@dataclass(frozen=True)
class RightSign:
    """At least 95 % of replicates exceed zero, and their median reaches a floor; one without a number does not.

    Args:
        says: What has to be above zero, in words.
        floor: Least median.
    """

    says: str
    floor: float = 0.0
    kind: str = SIGN

    @property
    def expected(self) -> str:
        """What has to be above zero."""
        return f"{self.says} > 0"

    @property
    def tolerance(self) -> str:
        """Share of replicates, and the floor."""
        floor = f", median at least {self.floor:g}" if self.floor else ""
        return f"in 95 % of replicates{floor}"

    def judge(self, replicates: Sequence[Sequence[Reading]]) -> Judgement:
        """Count replicates with the right sign."""
        values = only_numbers([reading.got for replicate in replicates for reading in replicate[:1]])
        name = replicates[0][0].quantity if replicates and replicates[0] else "none"
        if not len(values):
            return Judgement(False, self.floor, math.nan, math.nan, math.nan, "nothing to read", name)
        share, median = float((values > 0.0).sum() / len(replicates)), float(np.median(values))
        passed = share >= SHARE_OF_SIGNS and median >= self.floor
        distance = "" if passed else f"right in {100.0 * share:.0f} % of replicates, median {median:.3g}"
        return Judgement(passed, self.floor, median, float(values.min()), float(values.max()), distance, name)
