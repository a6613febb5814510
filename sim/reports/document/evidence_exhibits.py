"""Exhibits of the flagship beyond its comparison: cohort, conclusions that survive, other tunings, single numbers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from sim.charts.theme import INK, SLATE
from sim.experiments.evidence.flagship import Evidence
from sim.experiments.evidence.robustness import failing
from sim.reports.document.comparison import (
    MEAN_AND_ENDS,
)
from sim.reports.document.comparison_exhibits import claim_free, reading_of, value_exhibit
from sim.reports.document.context import Context
from sim.reports.document.exchange import in_money
from sim.reports.document.model import (
    COUNT,
    LINES,
    MONEY,
    SENSITIVITY,
    ChartForm,
    DocumentTable,
    Exhibit,
    table_of,
)
from sim.reports.document.pairs import Pair, headline_pairs, pairs_of
from sim.statistics.verdicts import CLEAR, OPPOSITE

COHORT_CURVES = (("observed", INK, "solid"), ("simulated", "#0A5596", "solid"), ("bg_nbd", SLATE, "dash"))


def word_of(verdict: str) -> str:
    """A verdict without the decisions at a bound, which differ from one tuning to the next."""
    return verdict.partition(" (")[0]


def verdicts_of(gaps: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Verdicts on value over the whole run, by policy and rival."""
    rows = gaps[(gaps["measure"] == "npv") & (gaps["year"] == 0)].to_dict("records")
    return {(str(row["policy"]), str(row["against"])): str(row["verdict"]) for row in rows}


def survival_lines(context: Context, evidence: Evidence, pairs: Sequence[Pair]) -> list[str]:
    """What holds in every reading, one sentence a pair."""
    return [survival_line(context, evidence.contrasts, pair) for pair in pairs]


def survival_line(context: Context, contrasts: pd.DataFrame, pair: Pair) -> str:
    """How many readings are clear, and under what the verdict of the comparison holds in none.

    Args:
        context: Words.
        contrasts: Paired differences of every conduct, horizon and valuation.
        pair: The pair.
    """
    words = context.words
    part = contrasts[(contrasts["policy"] == pair.policy) & (contrasts["against"] == pair.against)]
    counts = {word: int((part["verdict"] == word).sum()) for word in CLEAR}
    line = claim_free(context, "say.survival", pair, readings=len(part), **counts)
    gone = failing(part, pair.reading) if pair.reading in CLEAR else {}
    places = [
        words(f"place.{kind}", name=words.known(f"measure.{name}", str(name)))
        for kind, names in gone.items() for name in names
    ]  # fmt: skip
    return f"{line} {words('say.gone', places=words.join(places))}" if places else line


def survival_exhibit(context: Context, evidence: Evidence) -> Exhibit:
    """Counts of clear readings by pair, over every conduct, horizon and valuation."""
    words = context.words
    pairs = zip(evidence.conclusions["policy"], evidence.conclusions["against"], strict=True)
    frame = evidence.conclusions.assign(
        pair=[
            words("label.pair", first=context.policy(policy), second=context.policy_inside(other))
            for policy, other in pairs
        ]
    )
    columns = [
        context.column("pair"),
        *(context.column(key, COUNT, "count") for key in ("readings", "higher", "lower", "precise")),
    ]
    table = table_of("survival", words("table.survival"), frame, columns)
    survivors = int((evidence.conclusions[["higher", "lower"]].max(axis=1) == evidence.conclusions["readings"]).sum())
    title = words("title.survival", survivors=survivors, pairs=len(frame))
    return Exhibit("survival", title, words("subtitle.survival"), table, context.note(), None, "", ())


def other_tunings(
    context: Context, evidence: Evidence, tables: tuple[pd.DataFrame, Any], policies: list[str]
) -> list[Exhibit]:
    """The same differences after a second tuning, and before any."""
    retuned, untuned = tables
    anew = headline_pairs(pairs_of(retuned, untuned.runs), policies)
    before = headline_pairs(pairs_of(untuned.gaps, untuned.runs), policies)
    anew = [replace(pair, level=float("nan")) for pair in anew]  # the second tuning keeps differences, not levels
    exhibits = [
        value_exhibit(context, anew, "retuned", SENSITIVITY),
        value_exhibit(context, before, "untuned", SENSITIVITY),
    ]
    keys = ("retuned", "untuned")
    return [
        replace(exhibit, title=context.words(f"title.{key}", title=context.words.inside(exhibit.title)))
        for key, exhibit in zip(keys, exhibits, strict=True)
    ]


def cohort_exhibit(context: Context, evidence: Evidence) -> Exhibit:
    """Cumulated repeat purchases of the log, of the simulated cohort and of the fitted model."""
    words, about = context.words, evidence.about
    parts = [
        pd.DataFrame({"curve": words(f"curve.{name}"), "week": evidence.cohort["week"].astype(int),
                      "purchases": evidence.cohort[name].cumsum()})
        for name, _, _ in COHORT_CURVES
    ]  # fmt: skip
    columns = [
        context.column("curve"),
        context.column("week", COUNT, "week"),
        context.column("purchases", COUNT, "count"),
    ]
    table = table_of("cohort", words("table.cohort"), pd.concat(parts), columns)
    styles = {words(f"curve.{name}"): (colour, dash) for name, colour, dash in COHORT_CURVES}
    form = ChartForm(LINES, "week", "purchases", (), "curve", styles, words("column.purchases"), words("column.week"))
    distances = {key: words.percent(about[f"distance_{key}"]) for key in ("model", "bg_nbd", "weekly")}
    later = {f"later_{key}": words.percent(about[f"later_{key}"]) for key in ("model", "bg_nbd")}
    remark = words("say.cohort", **distances, **later, weeks=about["weeks_fitted"])
    return Exhibit("cohort", words("title.cohort", **distances), words("subtitle.cohort"), table, context.note(), form,
                   "", (remark,))  # fmt: skip


def more_tables(context: Context, evidence: Evidence) -> list[DocumentTable]:
    """Single numbers of the fit, and the contrasts behind the counts."""
    words, about = context.words, evidence.about
    names = ("distance_model", "distance_bg_nbd", "distance_weekly", "later_model", "later_bg_nbd", "rate_factor",
             "weeks_fitted", "customers_in_log", "purchase_days_in_log")  # fmt: skip
    facts = [(name, about[name]) for name in names]
    shaken = evidence.sensitivity[evidence.sensitivity["assumption"] != "none"]
    settled = verdicts_of(evidence.tuned.gaps)
    facts += [
        ("moves", len(shaken[["assumption", "value"]].drop_duplicates())), ("readings", len(shaken)),
        ("turned", sum(row["verdict"] == OPPOSITE.get(settled[row["policy"], row["against"]])
                       for row in shaken.to_dict("records"))),
        ("changed", sum(word_of(verdict) != word_of(settled[pair])
                        for pair, verdict in verdicts_of(evidence.retuned).items())),
        ("clear", sum(verdict in CLEAR for verdict in settled.values())), ("pairs", len(settled)),
    ]  # fmt: skip
    contrasts = in_money(evidence.contrasts, [], context.exchange).copy()
    for key in MEAN_AND_ENDS:
        contrasts[key] = contrasts[key] * context.exchange.rate
    contrasts["policy"] = [context.policy(name) for name in contrasts["policy"]]
    contrasts["against"] = [context.policy(name) for name in contrasts["against"]]
    contrasts["reading"] = [reading_of(words, verdict) for verdict in contrasts["verdict"]]
    contrasts["measure"] = [words(f"measure.{name}") for name in contrasts["measure"]]
    columns = [context.column("conduct"), context.column("years", COUNT, "years")]
    columns += [context.column(key) for key in ("measure", "policy", "against")]
    columns += [context.column(key, MONEY, context.exchange.currency) for key in MEAN_AND_ENDS] + [
        context.column("reading")
    ]
    return [context.facts(facts), table_of("contrasts", words("table.contrasts"), contrasts, columns)]
