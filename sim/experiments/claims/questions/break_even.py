"""How long the J-curve is: the month in which a firm that sets out has earned back what it lost, by moderator."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.experiments.claims.questions.answer import Answer, AnswerEffect, answer_row, interval_in_words, number
from sim.experiments.claims.questions.designs import BreakEven
from sim.experiments.claims.questions.run import NPV, WORLD, QuestionRun
from sim.model.state import Floats
from sim.statistics.intervals import students_reach

AS_IT_IS, BASE = "as it is", "base"
SETS_OUT, NEVER = "sets out", "never"
MONTH_COLUMNS = ["moderator", "level", "replicate", "month", "never", "gap"]
LEVEL_COLUMNS = [
    "moderator", "level", "pairs", "alike", "never", "never_low", "never_high", "median", "median_low", "median_high",
]  # fmt: skip
CURVE_COLUMNS = ["moderator", "level", "month", "mean", "low", "high"]


class ModeratorLevel(NamedTuple):
    """A level of a moderator."""

    moderator: str
    level: str

    def world(self, arm: str) -> str:
        """Name of its world under an arm."""
        return f"{self.moderator}: {self.level}, {arm}"


def places_of(design: BreakEven) -> dict[ModeratorLevel, Mapping[str, Any]]:
    """Settings by level of moderator; the world as it comes stands first."""
    levels = {
        ModeratorLevel(moderator, level): settings
        for moderator, by_level in design.moderators.items()
        for level, settings in by_level.items()
    }
    return {ModeratorLevel(AS_IT_IS, BASE): {}} | levels


def break_even_answer(run: QuestionRun, design: BreakEven) -> Answer:
    """Month of breaking even in every pair, by level of moderator; shares that never do; curves of the gap."""
    places = places_of(design)
    arms = {SETS_OUT: design.sets_out, NEVER: design.never}
    worlds = {
        place.world(arm): dict(own) | dict(settings) for place, settings in places.items() for arm, own in arms.items()
    }
    result = run.live(worlds, NPV, monthly=("profit",))
    rate, focal = run.scenario.market["discount_rate"], run.scenario.firms[0].name
    profits = discounted_profits(result.monthly, focal, rate)
    gaps = {
        place: np.cumsum(profits[place.world(SETS_OUT)] - profits[place.world(NEVER)], axis=1)[:, design.date - 1 :]
        for place in places
    }
    months = pd.concat([month_rows(place, gap) for place, gap in gaps.items()], ignore_index=True)
    levels = pd.DataFrame([level_row(place, gap) for place, gap in gaps.items()], columns=LEVEL_COLUMNS)
    curves = pd.concat([curve_rows(place, gap) for place, gap in gaps.items()], ignore_index=True)
    tables = {"break_even": months, "break_even_levels": levels, "break_even_curves": curves}
    horizon = run.size.months - design.date
    sentence, effect = in_words(levels, horizon)
    return Answer(run.question.id, tables, answer_row(run.question, sentence, effect, horizon))


def discounted_profits(monthly: pd.DataFrame, firm: str, rate: float) -> dict[str, Floats]:
    """Discounted profit of a firm by world, shape (replicates, months). [money]"""
    own = monthly[monthly["firm"] == firm].sort_values(["replicate", "month"])
    own = own.assign(profit=own["profit"] * (1.0 + rate) ** -own["month"].astype(float))
    return {
        str(name): part.pivot(index="replicate", columns="month", values="profit").to_numpy(float)
        for name, part in own.groupby(WORLD)
    }


def break_even_month(gap: Floats) -> float:
    """Months after setting out from which the cumulated gap stays at or above zero.

    Args:
        gap: Cumulated difference of profit, month by month from the month of setting out. [money]

    Returns:
        0 where it is never below; NaN where the two are exactly alike; infinite where it ends below zero.

    >>> break_even_month(np.array([-1.0, -2.0, 1.0, 2.0])), break_even_month(np.array([1.0, -2.0]))
    (2.0, inf)
    """
    if not gap.any():
        return float("nan")
    below = np.flatnonzero(gap < 0.0)
    if not len(below):
        return 0.0
    return float(below[-1] + 1) if below[-1] + 1 < len(gap) else float("inf")


def month_rows(place: ModeratorLevel, gaps: Floats) -> pd.DataFrame:
    """Month of breaking even of every pair; empty where it never does, or where the two are exactly alike."""
    months = [break_even_month(gap) for gap in gaps]
    rows = [
        {
            "moderator": place.moderator, "level": place.level, "replicate": number,
            "month": month if np.isfinite(month) else np.nan, "never": month == np.inf, "gap": float(gap[-1]),
        }
        for number, (month, gap) in enumerate(zip(months, gaps, strict=True))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=MONTH_COLUMNS)


def level_row(place: ModeratorLevel, gaps: Floats) -> dict[str, Any]:
    """How many pairs never break even, with the Wilson interval, and the median where more than half do."""
    every = np.array([break_even_month(gap) for gap in gaps])
    months = every[~np.isnan(every)]
    never = int(np.isinf(months).sum())
    counts = {"pairs": len(gaps), "alike": len(gaps) - len(months)}
    shares = dict(zip(("never", "never_low", "never_high"), wilson(never, len(months)), strict=True))
    medians = dict(zip(("median", "median_low", "median_high"), median_month(months), strict=True))
    return {"moderator": place.moderator, "level": place.level} | counts | shares | medians


def wilson(count: int, total: int) -> tuple[float, float, float]:
    """A share with its 95 % Wilson interval; NaN of nothing.

    Source:
        Wilson (1927), by scipy.
    """
    if not total:
        return float("nan"), float("nan"), float("nan")
    from scipy import stats

    ends = stats.binomtest(count, total).proportion_ci(method="wilson")
    return count / total, float(ends.low), float(ends.high)


def median_month(months: Floats) -> tuple[float, float, float]:
    """Median month with its interval by order statistics; NaN unless more than half break even.

    Args:
        months: Months of breaking even; infinite where it never happens, which counts as later than any month.

    Returns:
        Median, lower and upper end of the 95 % interval; the upper end is infinite where the run is too short for it.

    Source:
        Thompson (1936), intervals for the median of any distribution.

    >>> median_month(np.array([3.0, 5.0, 9.0]))
    (5.0, nan, nan)
    """
    ordered = np.sort(months)
    if not len(ordered) or 2 * int(np.isfinite(ordered).sum()) <= len(ordered):
        return float("nan"), float("nan"), float("nan")
    from scipy import stats

    middle = (len(ordered) - 1) // 2, len(ordered) // 2
    median = float(ordered[list(middle)].mean())
    outside = int(stats.binom.ppf(0.025, len(ordered), 0.5))  # values that may lie beyond each end
    if outside < 1:
        return median, float("nan"), float("nan")
    return median, float(ordered[outside - 1]), float(ordered[-outside])


def curve_rows(place: ModeratorLevel, gaps: Floats) -> pd.DataFrame:
    """Mean cumulated gap by month after setting out, with the 95 % interval of each month alone."""
    mean, pairs = gaps.mean(axis=0), len(gaps)
    half = students_reach(pairs) * gaps.std(axis=0, ddof=1) / np.sqrt(pairs)
    table = pd.DataFrame({"month": np.arange(len(mean)), "mean": mean, "low": mean - half, "high": mean + half})
    return table.assign(moderator=place.moderator, level=place.level)[CURVE_COLUMNS]


def in_words(levels: pd.DataFrame, horizon: int) -> tuple[str, AnswerEffect]:
    """How often the firm never breaks even as the world comes, and what it hangs on."""
    base = levels.iloc[0]
    effect = AnswerEffect(
        float(base["never"]), float(base["never_low"]), float(base["never_high"]), "share that never breaks even"
    )
    if base["alike"] == base["pairs"]:
        return "Setting out makes no difference at all in any pair of worlds.", effect
    if np.isfinite(base["median"]):
        low, high = (number(float(base[end])) for end in ("median_low", "median_high"))
        when = f"The median firm breaks even {number(float(base['median']))} months after it sets out ({low} to {high})"
    else:
        when = f"Half of the firms or more do not break even within {horizon} months of setting out, so no median"
    counts = f"the share that never does is {interval_in_words(effect)}, of {base['pairs'] - base['alike']} pairs"
    return f"{when}; {counts}. {' '.join(_by_moderator(levels))}".strip(), effect


def _by_moderator(levels: pd.DataFrame) -> Iterator[str]:
    """The shares that never break even, moderator by moderator."""
    for moderator, part in levels.iloc[1:].groupby("moderator", sort=False):
        shares = ", ".join(f"{level} {number(never)}" for level, never in part[["level", "never"]].to_numpy())
        yield f"By {moderator}: {shares}."
