"""The verdict on a claim by its readings in base worlds and its reach, and what its reach goes with."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.claims.failing import LEAST_MARGIN
from sim.experiments.claims.readings import (
    DEPENDS,
    EQUIVALENT,
    INCONCLUSIVE,
    REFUTED,
    SUPPORTED,
    ClaimReach,
)
from sim.statistics.drivers import rank_correlations

REACHED = 0.80  # lower bound of reach from which on a claim that holds in the base worlds is supported
NOT_REACHED = 0.20  # upper bound of reach up to which a claim is refuted
SUSPECT = 0.85  # share of supported claims above which the model should be suspected
MOST_ORDERED = 20  # worlds from which on a perfect order is never chance
FEWEST_WORLDS_TO_REFUTE = 20  # sampled worlds below which a small reach refutes nothing


def reading_of_world(readings: Sequence[str]) -> str:
    """All measures of a claim in one world: all must hold.

    >>> reading_of_world(["supported", "supported"]), reading_of_world(["supported", "refuted"])
    ('supported', 'refuted')
    >>> reading_of_world(["supported", "equivalent"]), reading_of_world(["supported", "inconclusive"])
    ('depends', 'inconclusive')
    """
    kinds = set(readings)
    if REFUTED in kinds:
        return REFUTED
    if len(kinds) == 1:
        return kinds.pop()
    return INCONCLUSIVE if INCONCLUSIVE in kinds else DEPENDS


def reading_of_both(readings: Sequence[str]) -> str:
    """A world read as shipped and tuned: clear only where both say the same.

    >>> reading_of_both(["supported", "supported"]), reading_of_both(["supported", "refuted"])
    ('supported', 'inconclusive')
    """
    return readings[0] if len(set(readings)) == 1 else INCONCLUSIVE


_WORST_FIRST = (REFUTED, INCONCLUSIVE, EQUIVALENT, SUPPORTED)


def deciding_row(effects: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The effect that a verdict hangs on: the measure and world that hold least.

    >>> deciding_row([{"registered": True, "reading": word} for word in ("supported", "equivalent")])["reading"]
    'equivalent'
    """
    registered = [row for row in effects if row["registered"]]
    return min(registered, key=lambda row: _WORST_FIRST.index(row["reading"]))


def verdict_of_claim(worlds: Sequence[str], reach: ClaimReach) -> str:
    """The verdict on a claim.

    Args:
        worlds: Reading of each base world.
        reach: Its reach over sampled worlds.

    >>> wide, narrow = ClaimReach(0.9, 0.82, 0.95, 80, 0.0, 0.0), ClaimReach(0.05, 0.02, 0.12, 80, 0.9, 0.8)
    >>> verdict_of_claim(["supported", "supported"], wide), verdict_of_claim(["refuted", "refuted"], narrow)
    ('supported', 'refuted')
    >>> verdict_of_claim(["supported", "refuted"], wide), verdict_of_claim(["equivalent"], narrow)
    ('depends', 'equivalent')
    """
    kinds = set(worlds)
    if kinds == {EQUIVALENT}:
        return EQUIVALENT
    if kinds == {SUPPORTED}:
        return SUPPORTED if reach.low >= REACHED else DEPENDS
    if kinds == {REFUTED} and (reach.against_low >= REACHED or _fails_nearly_everywhere(reach)):
        return REFUTED
    return DEPENDS if kinds & {SUPPORTED, REFUTED, DEPENDS} else INCONCLUSIVE


def _fails_nearly_everywhere(reach: ClaimReach) -> bool:
    return reach.worlds >= FEWEST_WORLDS_TO_REFUTE and reach.high <= NOT_REACHED and reach.against > reach.share


def drivers_of_reach(rows: Sequence[Mapping[str, Any]], numbers: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Rank correlation of each measure's effect with every factor of the sampled worlds.

    Args:
        rows: As `sim.experiments.claims.readings.effects_in_sampled_worlds` makes them.
        numbers: What was drawn, by name of the world.

    Returns:
        Rows of all measures, and of ``margin``: the effect of the measure that holds least in a world, in units of its
        smallest effect, by which the sentence on failing goes.
    """
    parts = []
    rows = [*rows, *margins(rows)]
    for measure, part in pd.DataFrame(rows).groupby("measure", sort=False):
        drawn = pd.DataFrame([numbers[world] for world in part["world"]])
        table = rank_correlations(drawn, part["effect"].to_numpy(float))
        parts.append(table.assign(measure=measure, p=_chance(table["rank_correlation"], len(part))))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def margins(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """By sampled world, the claimed effect of the measure that holds least, in units of its smallest effect.

    >>> both = [{"world": "w", "gain": 3.0, "smallest": 1.0}, {"world": "w", "gain": -1.0, "smallest": 2.0}]
    >>> margins(both)[0]["effect"]
    -0.5
    """
    least: dict[str, float] = {}
    for row in rows:
        gain = row["gain"] / row["smallest"] if row["smallest"] else 0.0
        least[row["world"]] = min(gain, least.get(row["world"], np.inf))
    return [{"measure": LEAST_MARGIN, "world": world, "effect": gain} for world, gain in least.items()]


def _chance(correlations: "pd.Series[float]", worlds: int) -> NDArray[np.float64]:
    """P-value of each rank correlation by itself.

    It is never below that of a perfect order, which few worlds have by chance: 2 of all orders are perfect.

    Source:
        Student's t approximation (Kendall and Stuart 1973), as scipy has it.

    >>> float(_chance(pd.Series([1.0]), 5)[0]) == 2.0 / 120.0
    True
    """
    inside = np.clip(1.0 - correlations.to_numpy(float) ** 2, 1e-12, None)
    t = correlations.to_numpy(float) * np.sqrt(max(worlds - 2, 1) / inside)
    approximate = np.asarray(2.0 * stats.t.sf(np.abs(t), max(worlds - 2, 1)))
    return np.maximum(approximate, 2.0 / math.factorial(min(worlds, MOST_ORDERED)))
