"""What a world must look like: bands of its industry with their sources, and which of them it was calibrated to."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.parameters.checking import Place, unknown_key
from sim.parameters.errors import BadInput

CALIBRATED, HELD_OUT = "CAL", "HOLD"
PROFIT_AND_LOSS = ("goods", "service", "marketing", "research", "overhead", "profit")  # shares of net revenue, sum 1
TARGET_MEANINGS: Mapping[str, str] = {
    "goods": "goods and customising, share of net revenue",
    "service": "service desk and support, share of net revenue",
    "marketing": "marketing, sales and intelligence, share of net revenue",
    "research": "research and development, share of net revenue",
    "overhead": "overhead and everything else, share of net revenue",
    "profit": "profit, share of net revenue",
    "own_elasticity": "relative change of what a firm sells in year 1 per relative change of its price",
    "elasticity_growth": "own elasticity in year 10 over that in year 1",
    "category_elasticity": "relative change of what all firms sell in year 1 per relative change of all prices",
    "annual_loss": "share of the customers of a year ago who are gone",
    "utilisation": "hours wanted per hour available at the desk, mean",
    "crisis": "share of months in crisis",
    "largest_share": "largest market share of a firm in any month",
    "nps": "net promoter score [points], mean",
    "complained_first": "share of those who leave by choice who complained in the twelve months before",
    "praise": "positive messages per negative one",
    "days_outstanding": "days of sales that customers owe, mean",
}
TARGET_KEYS = ("low", "high", "use", "dated", "source")


class Target(NamedTuple):
    """A band that a world is compared with.

    Args:
        low: Smallest value that fits.
        high: Largest value that fits.
        use: `CALIBRATED` where numbers of the world were chosen by it, `HELD_OUT` where none was.
        dated: Day on which the use was fixed.
        source: Where the band comes from, or ``assumed`` with a reason.
    """

    low: float
    high: float
    use: str
    dated: str
    source: str

    @property
    def middle(self) -> float:
        """The middle of the band.

        >>> Target(0.1, 0.3, CALIBRATED, "2026-11-29", "assumed").middle
        0.2
        """
        return (self.low + self.high) / 2.0

    def holds(self, value: float) -> bool:
        """Whether a value lies in the band.

        >>> Target(0.1, 0.3, CALIBRATED, "2026-11-29", "assumed").holds(0.31)
        False
        """
        return self.low <= value <= self.high


def checked_targets(entries: Mapping[str, Any], place: Place) -> dict[str, Target]:
    """The targets of a scenario by name.

    Raises:
        BadInput: An unknown name or key, a key that is missing, or a value that is not allowed.
    """
    for name in entries:
        if name not in TARGET_MEANINGS:
            raise unknown_key(place, f"targets.{name}", str(name), TARGET_MEANINGS)
    return {str(name): _target(entry, f"targets.{name}", place) for name, entry in entries.items()}


def _target(entry: Any, path: str, place: Place) -> Target:
    if not isinstance(entry, Mapping):
        raise BadInput(f"{place.at(path)} is {entry!r}; a mapping with {', '.join(TARGET_KEYS)} is needed.")
    for key in entry:
        if key not in TARGET_KEYS:
            raise unknown_key(place, f"{path}.{key}", str(key), TARGET_KEYS)
    low, high = (_bound(entry.get(key), f"{path}.{key}", place) for key in ("low", "high"))
    if low > high:
        raise BadInput(f"{place.at(path)}: low is {low:g} and high {high:g}; low may not be above high.")
    use = entry.get("use")
    if use not in (CALIBRATED, HELD_OUT):
        raise BadInput(f"{place.at(f'{path}.use')} is {use!r}; allowed are {CALIBRATED!r} and {HELD_OUT!r}.")
    dated, source = (_words(entry.get(key), f"{path}.{key}", place) for key in ("dated", "source"))
    return Target(low, high, use, dated, source)


def _bound(value: Any, path: str, place: Place) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput(f"{place.at(path)} is {value!r}; a number is needed.")
    return float(value)


def _words(value: Any, path: str, place: Place) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"{place.at(path)} is {value!r}; text is needed.")
    return value


def targets_as_mapping(targets: Mapping[str, Target]) -> dict[str, Any]:
    """The targets as they stand in a file; `checked_targets` gives them back."""
    return {name: target._asdict() for name, target in targets.items()}
