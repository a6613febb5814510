"""Paired differences of value in words: titles and sentences that say no more than their intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.reports.document.context import Context
from sim.reports.document.model import MONEY
from sim.reports.document.setting_names import decision_name
from sim.reports.document.words import DocumentWords
from sim.statistics.verdicts import HIGHER, LOWER, SEARCH_BOUND, is_precise, read_interval

LONGEST_TITLE = 120
UNCLEAR, UNDECIDED = "unclear", "undecided"


@dataclass(frozen=True)
class Pair:
    """One paired difference of net present value over the whole run. [money]

    Args:
        policy: The policy.
        against: Its rival.
        mean: Mean difference.
        low: Lower end of the 95 % interval.
        high: Upper end.
        worlds: Paired worlds.
        wins: Paired worlds in which the policy has more.
        verdict: What the table says.
        level: Mean value of the rival, the base of the per cent.
    """

    policy: str
    against: str
    mean: float
    low: float
    high: float
    worlds: int
    wins: int
    verdict: str
    level: float

    @property
    def reading(self) -> str:
        """``higher``, ``lower``, ``unclear`` or ``undecided``; a search bound decides nothing.

        The interval is read anew, so that a word in the table can never claim more than its numbers.
        """
        if self.verdict.startswith(SEARCH_BOUND):
            return UNDECIDED
        word = read_interval(self.low, self.high)
        return word if word in (HIGHER, LOWER) else UNCLEAR

    @property
    def precise(self) -> bool:
        """Whether the size may be spoken of."""
        return is_precise(self.mean, self.low, self.high)

    @property
    def share(self) -> float:
        """Difference as a share of the rival's level; not a number where that is zero."""
        return self.mean / abs(self.level) if self.level else float("nan")


def pairs_of(gaps: pd.DataFrame, runs: pd.DataFrame) -> list[Pair]:
    """All paired differences of net present value.

    Args:
        gaps: Table of gaps of a comparison.
        runs: Its yearly values.
    """
    values = runs[(runs["measure"] == "npv") & (runs["year"] == 0)].groupby("policy")["value"].mean()
    rows = gaps[(gaps["measure"] == "npv") & (gaps["year"] == 0)].to_dict("records")
    return [_pair(row, float(values.get(row["against"], 0.0))) for row in rows]


def _pair(row: Mapping[Any, Any], level: float) -> Pair:
    ends = (float(row["mean"]), float(row["low"]), float(row["high"]))
    names = (str(row["policy"]), str(row["against"]))
    return Pair(*names, *ends, int(row["replications"]), int(row["wins"]), str(row["verdict"]), level)


def headline_pairs(pairs: list[Pair], policies: list[str]) -> list[Pair]:
    """The pairs of the last policy, of which a document speaks first."""
    return [pair for pair in pairs if pair.policy == policies[-1]] or pairs


def front_pairs(pairs: list[Pair], policies: list[str]) -> list[Pair]:
    """The pairs of the first page: those of the headline; first what is decided elsewhere if none of them is."""
    headline = headline_pairs(pairs, policies)
    if any(pair.reading != UNDECIDED for pair in headline):
        return headline
    return [pair for pair in pairs if pair.reading != UNDECIDED] + headline


def claim(context: Context, stem: str, pair: Pair, **parts: Any) -> str:
    """The sentence of a stem for what the interval says; the locale file has one for each reading."""
    names = {"first": context.policy_inside(pair.policy), "second": context.policy_inside(pair.against)}
    return context.words(f"{stem}.{pair.reading}", **names, **parts)


def title_of_pair(context: Context, pair: Pair, years: str) -> str:
    """The title on one difference of value; its size only where the interval is narrow."""
    size = f"{context.words.money(abs(pair.mean))} " if pair.precise else ""
    return short_enough([claim(context, "title.value", pair, size=size, years=years),
                         claim(context, "title.value", pair, size="", years=years)])  # fmt: skip


def short_enough(candidates: list[str]) -> str:
    """The first title of at most `LONGEST_TITLE` characters; the last one if none is."""
    return next((text for text in candidates if len(text) <= LONGEST_TITLE), candidates[-1])


def size_of_pair(context: Context, pair: Pair) -> str:
    """How large, with interval, level and per cent; only the interval where it is wide."""
    words = context.words
    parts = {"interval": words.interval(pair.low, pair.high, MONEY), "worlds": pair.worlds, "wins": pair.wins}
    if pair.reading == UNDECIDED:
        return claim(context, "say.size", pair, **parts, reason=bound_of(pair, context))
    key = "say.size.bare" if pair.level != pair.level else "say.size.precise" if pair.precise else "say.size.wide"
    names = {"first": context.policy_inside(pair.policy), "second": context.policy_inside(pair.against)}
    sizes = {"mean": words.money(pair.mean), "level": words.money(pair.level), "share": words.percent(pair.share)}
    return words(key, **names, **parts, **sizes)


def bound_of(pair: Pair, context: Context) -> str:
    """Decisions whose search ended at a bound, as the verdict names them."""
    inside = pair.verdict.removeprefix(SEARCH_BOUND).strip(" ()")
    parts = [part.rpartition(" of ") for part in inside.split("; ")]
    of = context.words("word.of")
    named = [", ".join(decision_name(name, context.words) for name in names.split(", ")) for names, _, _ in parts]
    return "; ".join(
        f"{decisions} {of} {context.policy_inside(policy)}"
        for decisions, (_, _, policy) in zip(named, parts, strict=True)
    )


def years_of(words: DocumentWords, months: int) -> str:
    """Length of a run in words."""
    whole = months % 12 == 0
    count = months // 12 if whole else months
    unit = ("year" if whole else "month") + ("" if count == 1 else "s")
    return words(f"period.{unit}", count=count)
