"""Sentences from results: verdicts that say no more than their intervals."""

from collections.abc import Mapping
from typing import Any

from sim.charts.theme import looks
from sim.lab.comparison import Comparison

MINUS, SPACE = "−", "\u00a0"
_SIZES = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


def money(value: float, currency: str) -> str:
    """An amount for the reader.

    >>> money(-1_234_000.0, "EUR").replace(SPACE, " ")
    'EUR −1.23 m'
    """
    size, unit = next(((size, unit) for size, unit in _SIZES if abs(value) >= size), (1.0, ""))
    number = f"{value / size:,.3g}".replace("-", MINUS)
    return f"{currency}{SPACE}{number}{SPACE}{unit}".rstrip(SPACE)


def display_name(policy: str) -> str:
    """Name of a policy for readers.

    >>> display_name("osfa")
    'One-size-fits-all'
    """
    return looks([policy])[policy].label


def sentence(gap: Mapping[Any, Any], currency: str) -> str:
    """One paired difference of net present value in words."""
    one, other = display_name(str(gap["policy"])), display_name(str(gap["against"])).lower()
    low, high = money(float(gap["low"]), currency), money(float(gap["high"]), currency)
    interval = f"95 % interval of the mean of {gap['replications']} paired worlds: {low} to {high}"
    if gap["verdict"] == "no clear difference":
        return f"{one} against {other}: no clear difference ({interval})."
    more = "more" if gap["verdict"] == "higher" else "less"
    size = money(abs(float(gap["mean"])), currency)
    return f"{one} earns {size} {more} than {other} ({interval})."


def verdict(found: Comparison, measure: str = "npv") -> list[str]:
    """The paired differences of one measure in words, one sentence a pair."""
    gaps = found.gaps[(found.gaps["measure"] == measure) & (found.gaps["year"] == 0)]
    return [sentence(gap, str(found.about.get("currency", "EUR"))) for gap in gaps.to_dict("records")]
