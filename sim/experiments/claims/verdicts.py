"""The verdict on a claim by its readings in base worlds and its reach, and a sentence on where it fails."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.claims.readings import (
    AGAINST,
    CLAIMED,
    DEPENDS,
    EQUIVALENT,
    INCONCLUSIVE,
    REFUTED,
    SUPPORTED,
    WITHIN,
    ClaimReach,
)
from sim.statistics.drivers import rank_correlations
from sim.statistics.verdicts import SIGNIFICANCE_LEVEL

REACHED = 0.80  # lower bound of reach from which on a claim that holds in the base worlds is supported
NOT_REACHED = 0.20  # upper bound of reach up to which a claim is refuted
LEAST_MARGIN = "margin"
SUSPECT = 0.85  # share of supported claims above which the model should be suspected
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

    Source:
        Student's t approximation (Kendall and Stuart 1973), as scipy has it.
    """
    inside = np.clip(1.0 - correlations.to_numpy(float) ** 2, 1e-12, None)
    t = correlations.to_numpy(float) * np.sqrt(max(worlds - 2, 1) / inside)
    return np.asarray(2.0 * stats.t.sf(np.abs(t), max(worlds - 2, 1)))


def fails_where(by_world: Mapping[str, str], rows: Sequence[Mapping[str, Any]], drivers: pd.DataFrame) -> str:
    """One plain sentence: the base worlds in which a claim does not hold, and what it goes with in sampled worlds.

    Args:
        by_world: Reading by base world.
        rows: Effects in sampled worlds.
        drivers: As `drivers_of_reach` makes them.
    """
    return " ".join(part for part in (_base_sentence(by_world), _sampled_sentence(rows, drivers)) if part)


_EVERYWHERE = "It holds in every base world."
_BASE_WORDS = {
    REFUTED: "It comes out the other way in {}.",
    EQUIVALENT: "It makes no difference that matters in {}.",
    INCONCLUSIVE: "It is not clear in {}.",
    DEPENDS: "Only a part of it holds in {}.",
}


_BRIEF_WORDS = {REFUTED: "Other way", EQUIVALENT: "No difference", INCONCLUSIVE: "Not clear", DEPENDS: "In part"}
_WEAKEST = re.compile(r"it is weakest where (?P<factor>.*?) is (?P<side>low|high) \(rank correlation")


def fails_briefly(sentence: str) -> str:
    """What `fails_where` says, as short as a row of a table needs it, where reach stands beside it.

    >>> fails_briefly("It is not clear in telecom. It holds in 25 of 60 sampled worlds, one pair of runs each; it is "
    ...     "weakest where unit cost is high (rank correlation -0.44).")
    'Not clear: telecom. Weakest where unit cost is high.'
    >>> fails_briefly("It holds in every base world. It holds in 7 of 7 sampled worlds, one pair of runs each.")
    'Holds in every base world.'
    >>> fails_briefly("In words of its own.")
    'In words of its own.'
    """
    failing = failing_of(sentence)
    parts = [f"{_BRIEF_WORDS[kind]}: {', '.join(worlds)}." for kind, worlds in failing["worlds"].items()]
    parts += [_EVERYWHERE.replace("It h", "H")] if failing["everywhere"] else []
    weakest = failing["weakest"]
    parts += [f"Weakest where {weakest['factor']} is {weakest['side']}."] if weakest else []
    return " ".join(parts) or sentence


def failing_of(sentence: str) -> dict[str, Any]:
    """What `fails_where` says, as names: for a page that writes the sentence in another language.

    Args:
        sentence: What `fails_where` gave.

    Returns:
        ``worlds``: base worlds by the reading in which the claim fails; ``everywhere``: whether it holds in all of
        them; ``weakest``: ``factor`` and ``side`` with which failing in sampled worlds goes, or None.

    >>> said = "It is not clear in b2b and telecom. It holds in 2 of 60 sampled worlds; it is weakest where "
    >>> failing_of(said + "unit cost is high (rank correlation -0.44).")["worlds"]
    {'inconclusive': ['b2b', 'telecom']}
    """
    worlds = {}
    for kind, words in _BASE_WORDS.items():
        opening, closing = words.split("{}")
        for listing in re.findall(f"{re.escape(opening)}(.*?){re.escape(closing)}", sentence):
            worlds[kind] = listing.replace(" and ", ", ").split(", ")
    weakest = _WEAKEST.search(sentence)
    return {
        "worlds": worlds,
        "everywhere": _EVERYWHERE in sentence,
        "weakest": weakest.groupdict() if weakest else None,
    }


def _base_sentence(by_world: Mapping[str, str]) -> str:
    named = {kind: [world for world, reading in by_world.items() if reading == kind] for kind in _BASE_WORDS}
    parts = [_BASE_WORDS[kind].format(listed(worlds)) for kind, worlds in named.items() if worlds]
    return " ".join(parts) or _EVERYWHERE


def _sampled_sentence(rows: Sequence[Mapping[str, Any]], drivers: pd.DataFrame) -> str:
    if not rows:
        return ""
    signed = pd.DataFrame(rows).groupby("world")["sign"].agg(_worst)
    count, held = len(signed), int((signed == CLAIMED).sum())
    text = f"It holds in {held} of {count} sampled worlds, one pair of runs each"
    return f"{text}; {_cause(drivers)}." if held < count else f"{text}."


def _worst(words: "pd.Series[str]") -> str:
    kinds = set(words)
    return AGAINST if AGAINST in kinds else WITHIN if WITHIN in kinds else CLAIMED


def _cause(drivers: pd.DataFrame) -> str:
    """The factor that failing goes with most, in words, if it goes with one beyond chance."""
    whole = drivers[drivers["measure"] == LEAST_MARGIN]
    tried = whole["rank_correlation"].notna()
    clear = whole[tried & (whole["p"] * tried.sum() < SIGNIFICANCE_LEVEL)]
    if not len(clear):
        return "where it fails goes with none of the sampled numbers alone"
    first = max(clear.to_dict("records"), key=lambda row: abs(row["rank_correlation"]))
    weaker = first["rank_correlation"] > 0.0
    name = str(first["factor"]).replace("_", " ")
    side, correlation = "low" if weaker else "high", f"{first['rank_correlation']:.2f}".replace("-", "−")
    return f"it is weakest where {name} is {side} (rank correlation {correlation})"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["telecom"]), listed(["b2b", "cdnow", "telecom"])
    ('telecom', 'b2b, cdnow and telecom')
    """
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)
