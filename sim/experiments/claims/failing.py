"""Where a claim does not hold: its base worlds, its share of sampled worlds, and the drawn factor that goes with it."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.claims.failing_words import ClaimWords
from sim.experiments.claims.readings import AGAINST, CLAIMED, DEPENDS, EQUIVALENT, INCONCLUSIVE, REFUTED, WITHIN
from sim.statistics.verdicts import SIGNIFICANCE_LEVEL

LEAST_MARGIN = "margin"
FAILING_COLUMNS = (
    "readings", "held", "weakest_factor", "weakest_side", "weakest_at", "weakest_held", "weakest_worlds",
)  # fmt: skip
ABOVE, BELOW, ACTIVE, ABSENT = "above", "below", "active", "absent"
_FAILING = (REFUTED, EQUIVALENT, INCONCLUSIVE, DEPENDS)
_EVERYWHERE = "everywhere"
SIDE_DIGITS = 2  # of the number at which sampled worlds are divided


def where_it_fails(
    by_world: Mapping[str, str], sampled: Sequence[Mapping[str, Any]], drivers: pd.DataFrame
) -> dict[str, Any]:
    """Where a claim fails, as columns of ``verdicts.csv``; `fails_where` puts them into words.

    Args:
        by_world: Reading by base world.
        sampled: Effects in sampled worlds with the factors that were drawn, as rows of ``reach.csv``.
        drivers: As `sim.experiments.claims.verdicts.drivers_of_reach` makes them.

    Returns:
        The columns `FAILING_COLUMNS`. Sampled worlds are divided at the median of the factor of the greatest rank
        correlation, if one is clear; ``weakest_held`` of ``weakest_worlds`` are on the side where the claim is weaker.
    """
    readings = "; ".join(f"{world}: {reading}" for world, reading in by_world.items())
    row: dict[str, Any] = dict.fromkeys(FAILING_COLUMNS, math.nan) | {"readings": readings, "held": 0}
    row |= {"weakest_factor": "", "weakest_side": ""}
    if not sampled:
        return row
    worlds = pd.DataFrame(sampled).drop_duplicates("world").set_index("world")
    holds = pd.DataFrame(sampled).groupby("world")["sign"].agg(_worst).reindex(worlds.index) == CLAIMED
    row["held"] = int(holds.sum())
    factor, correlation = _clearest(drivers)
    return row | (_weaker_side(factor, correlation, worlds[factor], holds) if factor else {})


def _worst(words: "pd.Series[str]") -> str:
    kinds = set(words)
    return AGAINST if AGAINST in kinds else WITHIN if WITHIN in kinds else CLAIMED


def _clearest(drivers: pd.DataFrame) -> tuple[str, float]:
    """The factor that failing goes with most, and its rank correlation; no factor if none goes beyond chance."""
    whole = drivers[drivers["measure"] == LEAST_MARGIN]
    tried = whole["rank_correlation"].notna()
    clear = whole[tried & (whole["p"] * tried.sum() < SIGNIFICANCE_LEVEL)]
    if not len(clear):
        return "", 0.0
    first = max(clear.to_dict("records"), key=lambda row: abs(row["rank_correlation"]))
    return str(first["factor"]), float(first["rank_correlation"])


def _weaker_side(factor: str, correlation: float, drawn: "pd.Series[Any]", holds: "pd.Series[bool]") -> dict[str, Any]:
    """The side of a factor on which the claim is weaker, and how often it holds there."""
    weaker_above = correlation < 0.0
    if drawn.isin((True, False)).all() and not pd.api.types.is_float_dtype(drawn):
        side, at = ACTIVE if weaker_above else ABSENT, math.nan
        there = drawn.astype(bool) == weaker_above
    else:
        numbers = drawn.astype(float)
        side, at = ABOVE if weaker_above else BELOW, float(f"{np.median(numbers):.{SIDE_DIGITS}g}")
        there = (numbers > at) == weaker_above
    return {
        "weakest_factor": factor, "weakest_side": side, "weakest_at": at, "weakest_held": int(holds[there].sum()),
        "weakest_worlds": int(there.sum()),
    }  # fmt: skip


def fails_where(row: Mapping[str, Any], language: str = "en") -> str:
    """One plain sentence from a row of ``verdicts.csv``: where the claim does not hold.

    Args:
        row: The row; one without the columns of `where_it_fails`, of an earlier version, gives its sentence as it is.
        language: ``en`` or ``de``.

    >>> row = {"readings": "telecom: inconclusive; b2b: supported", "held": 25, "reach_worlds": 60}
    >>> cause = {"weakest_factor": "unit_cost", "weakest_side": "above", "weakest_at": 0.52}
    >>> fails_where(row | cause | {"weakest_held": 6, "weakest_worlds": 30})
    'It is not clear in telecom; it holds in 25 of 60 sampled worlds, in 6 of the 30 where unit cost is more than 52 % \
of the price and in 19 of the other 30.'
    """
    if not _has_columns(row):
        return _own_sentence(row)
    words = ClaimWords(language)
    clauses = [words("world", kind, worlds=words.listed(worlds)) for kind, worlds in _failing_worlds(row).items()]
    base = words("sentence", "base", clauses=words.listed(clauses or [words("world", _EVERYWHERE)]))
    return f"{base}{_sampled_part(row, words)}."


def _sampled_part(row: Mapping[str, Any], words: ClaimWords) -> str:
    worlds, held = _count(row, "reach_worlds"), _count(row, "held")
    if not worlds:
        return ""
    part = words("sentence", "held" if held else "none", held=held, worlds=worlds)
    if held == worlds:
        return part
    factor = row["weakest_factor"]
    if not isinstance(factor, str) or not factor:
        return part + (words("sentence", "unknown") if held else "")
    there, of = _count(row, "weakest_held"), _count(row, "weakest_worlds")
    elsewhere, others = held - there, worlds - of
    if of and others and there / of < elsewhere / others:
        numbers = {"there": there, "of": of, "elsewhere": elsewhere, "others": others}
        return part + words("sentence", "split", cause=_cause(row, words), **numbers)
    return part + words("sentence", "weakest", cause=_cause(row, words))


def _cause(row: Mapping[str, Any], words: ClaimWords) -> str:
    at = math.nan if row["weakest_at"] == "" else float(row["weakest_at"])
    return words.side_of(str(row["weakest_factor"]), str(row["weakest_side"]), at)


def fails_briefly(row: Mapping[str, Any], language: str = "en") -> str:
    """What `fails_where` says, as short as a row of a table needs it, where reach stands beside it.

    Args:
        row: As of `fails_where`.
        language: ``en`` or ``de``.

    >>> row = {"readings": "telecom: inconclusive", "held": 25, "reach_worlds": 60, "weakest_factor": "lenders"}
    >>> fails_briefly(row | {"weakest_side": "active", "weakest_at": float("nan")})
    'Not clear: telecom. Weakest if lenders limit what a firm may owe.'
    """
    if not _has_columns(row):
        return _own_sentence(row)
    words, failing = ClaimWords(language), _failing_worlds(row)
    parts = [words("brief", kind, worlds=", ".join(worlds)) for kind, worlds in failing.items()]
    parts += [] if failing else [words("brief", _EVERYWHERE)]
    if isinstance(row["weakest_factor"], str) and row["weakest_factor"]:
        parts.append(words("brief", "weakest", cause=_cause(row, words)))
    return " ".join(parts)


def _has_columns(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("readings"), str) and bool(row["readings"])


def _own_sentence(row: Mapping[str, Any]) -> str:
    text = row.get("fails_where", "")
    return text if isinstance(text, str) else ""


def _failing_worlds(row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Base worlds in which a claim does not hold, by reading."""
    readings = dict(part.split(": ") for part in str(row["readings"]).split("; "))
    by_kind = {kind: [world for world, reading in readings.items() if reading == kind] for kind in _FAILING}
    return {kind: worlds for kind, worlds in by_kind.items() if worlds}


def _count(row: Mapping[str, Any], name: str) -> int:
    """A count of a row; 0 where it is missing."""
    value = float(row.get(name) or 0.0)
    return 0 if math.isnan(value) else int(value)
