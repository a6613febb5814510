"""Sentences from results: verdicts that say no more than their intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.charts.theme import looks
from sim.charts.words import in_sentence
from sim.experiments.comparison_result import Comparison
from sim.statistics.verdicts import HIGHER, NO_DIFFERENCE, SEARCH_BOUND, is_precise

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


def display_name(policy: str, among: Sequence[str] = ()) -> str:
    """Name of a policy for readers.

    Args:
        policy: The policy.
        among: All policies that are shown beside it, itself too; those of one name are numbered, as in charts.

    >>> display_name("osfa")
    'One-size-fits-all'
    >>> display_name("v2/mine.py:Mine", ["v1/mine.py:Mine", "v2/mine.py:Mine"])
    'Mine 2'
    """
    return looks(among or [policy])[policy].label


def sentence(gap: Mapping[Any, Any], currency: str, among: Sequence[str] = ()) -> str:
    """One paired difference of net present value in words; its size only if the interval is narrow enough.

    Args:
        gap: A row of the table of gaps.
        currency: Name of the money.
        among: All policies of the comparison.
    """
    name = display_name(str(gap["policy"]), among)
    other = in_sentence(display_name(str(gap["against"]), among))
    low, high = money(float(gap["low"]), currency), money(float(gap["high"]), currency)
    interval = f"95 % interval of the mean of {gap['replications']} paired worlds: {low} to {high}"
    if str(gap["verdict"]).startswith(SEARCH_BOUND):
        return f"{name} against {other}: {gap['verdict']}."
    if gap["verdict"] == NO_DIFFERENCE:
        return f"{name} against {other}: {NO_DIFFERENCE} ({interval})."
    more = "more" if gap["verdict"] == HIGHER else "less"
    if not is_precise(float(gap["mean"]), float(gap["low"]), float(gap["high"])):
        return f"{name} earns {more} than {other}; how much cannot be told ({interval})."
    size = money(abs(float(gap["mean"])), currency)
    return f"{name} earns {size} {more} than {other} ({interval})."


def verdict(comparison: Comparison, measure: str = "npv") -> list[str]:
    """The paired differences of one measure in words, one sentence a pair."""
    gaps = comparison.gaps[(comparison.gaps["measure"] == measure) & (comparison.gaps["year"] == 0)]
    currency, among = str(comparison.about.get("currency", "EUR")), comparison.about["policies"]
    return [sentence(gap, currency, among) for gap in gaps.to_dict("records")]
