"""The conditions that a calibrated world meets: best replies, elasticities, shares of its industry, calm."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.parameters.decisions import RANGES, SEARCH_RANGES
from sim.parameters.targets import Target

SEARCHED = ("price", "marketing", "research", "utilisation", "newcomer_discount", "retention_discount")
PRICE_BAND = (0.9, 1.1)  # where the best reply to rivals at price 1 must lie
NEAR_SHARE = 0.25  # distance of a best budget from where firms start that is near, as a share of its range
NO_GAIN = 0.01  # gain that is not worth a move, as a share of a firm's value
BIJMOLT = "mean -2.62 over 1,851 elasticities: Bijmolt, van Heerde and Pieters (2005); the band is assumed"
FOODS = "foods -.27 to -.81: Andreyeva, Long and Brownell (2010); that other categories are alike is assumed"
ASSUMED_CALM = "assumed: a market that works"
GENERAL: Mapping[str, Target] = {
    "own_elasticity": Target(-4.0, -1.5, "CAL", "2026-11-29", BIJMOLT),
    "elasticity_growth": Target(0.0, 2.0, "CAL", "2026-11-29", "assumed: the long run is no multiple of the short"),
    "category_elasticity": Target(-1.0, -0.3, "CAL", "2026-11-29", FOODS),
    "utilisation": Target(0.7, 0.95, "CAL", "2026-11-29", ASSUMED_CALM),
    "crisis": Target(0.0, 0.25, "CAL", "2026-11-29", ASSUMED_CALM),
    "largest_share": Target(0.0, 0.6, "CAL", "2026-11-29", ASSUMED_CALM),
}  # of every world, unless its own targets say otherwise


class BestReply(NamedTuple):
    """The best reply in one decision.

    Args:
        start: What all firms do.
        best: What pays best for one of them.
        gain: What that brings, as a share of the firm's value.
        low: Lower end of the range that was searched.
        high: Upper end.
    """

    start: float
    best: float
    gain: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the best reply lies inside the range, not at an end."""
        return self.low < self.best < self.high

    def holds(self, decision: str) -> bool:
        """Whether the decision rests: inside its range, and near where firms start or not worth the move.

        >>> BestReply(1.0, 1.2, 0.05, 0.85, 1.35).holds("price")
        False
        >>> BestReply(0.02, 0.03, 0.01, 0.0, 0.1).holds("marketing")
        True
        """
        if decision == "price":
            return PRICE_BAND[0] <= self.best <= PRICE_BAND[1]
        near = abs(self.best - self.start) <= NEAR_SHARE * (self.high - self.low)
        return self.inside and (near or self.gain <= NO_GAIN)


def range_of(decision: str, start: float) -> tuple[float, float]:
    """Range in which a reply is searched: that of tuning, or up to twice the start where an industry spends more.

    >>> range_of("price", 1.0), range_of("research", 0.2)
    ((0.85, 1.35), (0.0, 0.3))
    """
    low, high = SEARCH_RANGES[decision]
    if low == 0.0:
        high = min(RANGES[decision][1], max(high, 2.0 * start))
    return low, high
