"""What is known beyond an opening's two worlds: how the policies differ, and what tables of results say of them."""

import csv
from collections import Counter
from functools import cache
from typing import Any

from sim.experiments.claims.shipped import load_entry
from sim.experiments.live.pair import TimelinePair
from sim.experiments.live.timeline import Timeline
from sim.parameters.decisions import acts
from sim.parameters.shipped import shipped_folder
from sim.policies.registry import policy_of

QUESTION_OF_MARKETS = "when-it-pays"  # of the ledger: in which markets each policy wins
READING_COUNTS = ("readings", "higher", "lower", "precise")


def decisions_apart(pair: TimelinePair) -> dict[str, Any]:
    """Decisions with which the two firms set out differently, at the start or after a change.

    Args:
        pair: The two timelines.

    Returns:
        Their number ``count``, how many of them are ``acting`` in this world, and whether ``walls`` are one of them.
    """
    apart = {name for month in {0, *(row["month"] for row in pair.differences)} for name in _apart(pair, month)}
    switches = pair.left.scenario_at(0).mechanisms
    acting = [name for name in apart if acts(name, switches)]
    return {"count": len(apart), "acting": len(acting), "walls": "walls" in apart}


def _apart(pair: TimelinePair, month: int) -> set[str]:
    left, right = (_decisions(line, pair.firm, month) for line in pair.sides)
    return {name for name in left if left[name] != right[name]}


def _decisions(line: Timeline, firm: str, month: int) -> dict[str, float]:
    """What the firm sets out with: the start of its policy, save what its settings hold."""
    own = line.scenario_at(month).firms[line.seat_of(firm)]
    start = policy_of(own).start._asdict()
    held = {name: own.settings.get(f"decisions.{name}") for name in start}
    return {**start, **{name: value for name, value in held.items() if value is not None}}


def policies_apart(pair: TimelinePair) -> set[str] | None:
    """The two policies; None if the sides do not differ in their policy, or differ in anything else."""
    paths = {row["path"]: {row["left"], row["right"]} for row in pair.differences}
    policies = paths.pop(f"firms.{pair.firm}.policy", None)
    return None if paths else policies


def market_answer(pair: TimelinePair) -> dict[str, Any] | None:
    """In how many markets each policy clearly earns most, tuned alike; None if the sides are not two of them.

    Args:
        pair: The two timelines.

    Returns:
        ``markets`` counted, ``clear`` by policy, ``undecided``; the ``world`` they were made from, and whether it is
        that of the pair, ``here``.
    """
    policies, entry = policies_apart(pair), load_entry(QUESTION_OF_MARKETS).contents
    asked = entry["phase"]["policies"]
    rows = [row for row in _table("claims/phase.csv") if row["question"] == QUESTION_OF_MARKETS]
    if policies is None or not rows or not policies <= set(asked):
        return None
    won = Counter(row["winner"] for row in rows if row["resolved"] == "True")
    world = entry["worlds"][0]
    clear = {policy: won[policy] for policy in asked}
    about = {"question": QUESTION_OF_MARKETS, "world": world, "here": world == pair.left.scenario.name}
    return about | {"markets": len(rows), "clear": clear, "undecided": len(rows) - won.total()}


def flagship_answer(pair: TimelinePair) -> dict[str, Any] | None:
    """What the flagship says of the two policies on one budget, tuned alike; None if the sides are not two of them.

    Args:
        pair: The two timelines.

    Returns:
        Counts of its readings; ``precise`` are those that would have seen a difference that matters.
    """
    policies = policies_apart(pair)
    for row in _table("evidence/conclusions.csv"):
        if {row["policy"], row["against"]} == policies:
            return {"policy": row["policy"], "against": row["against"]} | {
                name: int(row[name]) for name in READING_COUNTS
            }
    return None


@cache
def _table(name: str) -> list[dict[str, str]]:
    path = shipped_folder("results") / name
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
