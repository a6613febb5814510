"""The document of the flagship: a real purchase log, tuned policies, and where the conclusion fails."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from sim.charts.theme import INK, SLATE
from sim.experiments.evidence.flagship import Evidence
from sim.experiments.evidence.robustness import failing
from sim.reports.document.appendix import with_dictionary
from sim.reports.document.belief import belief_section, grade_of, numbers_of
from sim.reports.document.comparison import (
    ENDS,
    comparison_exhibits,
    decision_tables,
    front_page,
    in_currency,
)
from sim.reports.document.comparison_exhibits import claim_free, differences_table, reading_of, value_exhibit
from sim.reports.document.context import Context
from sim.reports.document.exchange import in_money
from sim.reports.document.model import (
    BARS,
    COUNT,
    HEADLINE,
    LINES,
    MONEY,
    NUMBER,
    SENSITIVITY,
    ChartForm,
    Document,
    Exhibit,
    Table,
    table_of,
)
from sim.reports.document.pairs import Pair, headline_pairs, pairs_of
from sim.statistics.verdicts import CLEAR, OPPOSITE

COHORT_CURVES = (("observed", INK, "solid"), ("simulated", "#0A5596", "solid"), ("bg_nbd", SLATE, "dash"))


def evidence_document(evidence: Evidence, context: Context) -> Document:
    """The document.

    Args:
        evidence: The tables, in the folder's currency.
        context: Words, money and provenance.
    """
    words, exchange = context.words, context.exchange
    tuned, untuned = (in_currency(part, exchange) for part in (evidence.tuned, evidence.untuned))
    policies = list(evidence.tuned.about["policies"])
    pairs = headline_pairs(pairs_of(tuned.gaps, tuned.runs), policies)
    moves = _moves(context, evidence, pairs[0])
    headline, _, *rest = comparison_exhibits(context, tuned, pairs)
    others = _other_tunings(context, evidence, (in_money(evidence.retuned, ENDS, exchange), untuned), policies)
    exhibits = [replace(headline, role=HEADLINE), _shaken(context, evidence, pairs[0], moves), *others]
    exhibits += [_survival(context, evidence), _cohort(context, evidence), *rest]
    scenario, numbers = str(evidence.about["plan"]["scenario"]), numbers_of(str(evidence.about["plan"]["scenario"]))
    weights = _weights(moves)
    further = _survival_lines(context, evidence, pairs)
    front = front_page(context, pairs, _failures(context, evidence), further)
    belief = belief_section(context, [scenario], weights, (_graded_moves(context, weights, numbers),))
    document = Document(
        "evidence", words("heading.evidence"), front, tuple(exhibits), belief, (), context.provenance()
    )
    tables = [*decision_tables(context, evidence.tuned), differences_table(context, tuned, "all_differences"),
              *_more_tables(context, evidence)]  # fmt: skip
    return with_dictionary(context, document, words("say.not_registered"), _settings(evidence, context), tables)


def _settings(evidence: Evidence, context: Context) -> dict[str, Any]:
    plan = evidence.about["plan"]
    return {
        "scenario": plan["scenario"], "policies": plan["policies"], "historical": plan["historical"],
        "seed": evidence.about["seed"], "scenario_sha256": evidence.about["scenario_sha256"],
        "months": evidence.tuned.about["months"], "currency": context.exchange.currency, **plan["counts"],
        **{f"at_bound.{policy}": names for policy, names in evidence.about["at_bound"].items()},
    }  # fmt: skip


def in_words(path: str) -> str:
    """A path of a parameter for readers.

    >>> in_words("market.word_of_mouth.weight")
    'word of mouth: weight'
    """
    return path.removeprefix("market.").replace(".", ": ").replace("_", " ")


def _moves(context: Context, evidence: Evidence, pair: Pair) -> pd.DataFrame:
    table = in_money(evidence.sensitivity, ENDS, context.exchange)
    own = table[(table["policy"] == pair.policy) & (table["against"] == pair.against)]
    return own.rename(columns={"mean": "difference"}).reset_index(drop=True)


def _weights(moves: pd.DataFrame) -> dict[str, float]:
    """How far each assumption moves the difference between the ends of its range."""
    moved = moves[moves["assumption"] != "none"]
    return {
        str(path): float(part["difference"].max() - part["difference"].min())
        for path, part in moved.groupby("assumption", sort=False)
    }


def _shaken(context: Context, evidence: Evidence, pair: Pair, moves: pd.DataFrame) -> Exhibit:
    """Single assumptions moved to either end of a plausible range, the tuned decisions kept."""
    words, money = context.words, context.exchange.currency
    numbers = numbers_of(str(evidence.about["plan"]["scenario"]))
    frame = moves.assign(
        move=[
            words("label.unmoved") if path == "none" else f"{in_words(path)} = {words.number(float(value))}"
            for path, value in zip(moves["assumption"], moves["value"], strict=True)
        ],
        grade=[
            "" if path == "none" else words(f"grade.{grade_of(path, numbers)}") for path in moves["assumption"]
        ],
        reading=[reading_of(words, verdict) for verdict in moves["verdict"]],
    )  # fmt: skip
    columns = [context.column("move"), *(context.column(key, MONEY, money) for key in ("difference", "low", "high"))]
    columns += [context.column("reading"), context.column("grade"), context.column("value", NUMBER)]
    table = table_of("shaken", words("table.shaken"), frame, columns)
    form = ChartForm(BARS, "move", "difference", ("low", "high"), axis=words("axis.value_difference", currency=money),
                     reading="reading", undecided=(words("reading.undecided"),))  # fmt: skip
    worlds = evidence.about["plan"]["counts"]["shaken_worlds"]
    moved = int((moves["assumption"] != "none").sum())
    above = int((moves[moves["assumption"] != "none"]["difference"] > 0.0).sum())
    title = claim_free(context, "title.shaken", pair, above=above, moves=moved)
    return Exhibit("shaken", title, words("subtitle.shaken", worlds=worlds, currency=money), table,
                   context.note(worlds), form, SENSITIVITY, tuple(_failures(context, evidence)[:1]))  # fmt: skip


def _graded_moves(context: Context, weights: dict[str, float], numbers: pd.DataFrame) -> Table:
    words = context.words
    frame = pd.DataFrame(
        {
            "assumption": [in_words(path) for path in weights],
            "swing": list(weights.values()),
            "grade": [words(f"grade.{grade_of(path, numbers)}") for path in weights],
        }
    )
    columns = [context.column("assumption"), context.column("swing", MONEY, context.exchange.currency)]
    return table_of("swings", words("table.swings"), frame, [*columns, context.column("grade")])


def _failures(context: Context, evidence: Evidence) -> list[str]:
    """What single moves and a second tuning do to the verdicts."""
    words = context.words
    settled = _verdicts(evidence.tuned.gaps)
    shaken = evidence.sensitivity[evidence.sensitivity["assumption"] != "none"].to_dict("records")
    moves = len({(row["assumption"], row["value"]) for row in shaken})
    turned = [row for row in shaken if row["verdict"] == OPPOSITE.get(settled[row["policy"], row["against"]])]
    clear = sum(verdict in CLEAR for verdict in settled.values())
    parts = {"moves": moves, "clear": clear, "readings": len(shaken), "turned": len(turned)}
    names = sorted({f"{in_words(str(row['assumption']))} = {words.number(float(row['value']))}" for row in turned})
    key = "say.moves.none_clear" if not clear else "say.moves.turned" if turned else "say.moves.stay"
    lines = [words(key, **parts, names=words.join(names) if names else "")]
    changed = [pair for pair, verdict in _verdicts(evidence.retuned).items() if _word(verdict) != _word(settled[pair])]
    return [*lines, words("say.retuned.changed" if changed else "say.retuned.same", changed=len(changed), pairs=len(settled))]


def _word(verdict: str) -> str:
    """A verdict without the decisions at a bound, which differ from one tuning to the next."""
    return verdict.partition(" (")[0]


def _verdicts(gaps: pd.DataFrame) -> dict[tuple[str, str], str]:
    rows = gaps[(gaps["measure"] == "npv") & (gaps["year"] == 0)].to_dict("records")
    return {(str(row["policy"]), str(row["against"])): str(row["verdict"]) for row in rows}


def _survival_lines(context: Context, evidence: Evidence, pairs: Sequence[Pair]) -> list[str]:
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


def _survival(context: Context, evidence: Evidence) -> Exhibit:
    """Counts of clear readings by pair, over every conduct, horizon and valuation."""
    words = context.words
    pairs = zip(evidence.conclusions["policy"], evidence.conclusions["against"], strict=True)
    frame = evidence.conclusions.assign(
        pair=[words("label.pair", first=context.policy(one), second=context.policy_inside(other)) for one, other in pairs]
    )
    columns = [context.column("pair"), *(context.column(key, COUNT, "count") for key in ("readings", "higher", "lower", "precise"))]
    table = table_of("survival", words("table.survival"), frame, columns)
    survivors = int((evidence.conclusions[["higher", "lower"]].max(axis=1) == evidence.conclusions["readings"]).sum())
    title = words("title.survival", survivors=survivors, pairs=len(frame))
    return Exhibit("survival", title, words("subtitle.survival"), table, context.note(), None, "", ())


def _other_tunings(
    context: Context, evidence: Evidence, tables: tuple[pd.DataFrame, Any], policies: list[str]
) -> list[Exhibit]:
    """The same differences after a second tuning, and before any."""
    retuned, untuned = tables
    anew = headline_pairs(pairs_of(retuned, untuned.runs), policies)
    before = headline_pairs(pairs_of(untuned.gaps, untuned.runs), policies)
    anew = [replace(pair, level=float("nan")) for pair in anew]  # the second tuning keeps differences, not levels
    exhibits = [value_exhibit(context, anew, "retuned", SENSITIVITY), value_exhibit(context, before, "untuned", SENSITIVITY)]
    keys = ("retuned", "untuned")
    return [
        replace(exhibit, title=context.words(f"title.{key}", title=context.words.inside(exhibit.title)))
        for key, exhibit in zip(keys, exhibits, strict=True)
    ]


def _cohort(context: Context, evidence: Evidence) -> Exhibit:
    """Cumulated repeat purchases of the log, of the simulated cohort and of the fitted model."""
    words, about = context.words, evidence.about
    parts = [
        pd.DataFrame({"curve": words(f"curve.{name}"), "week": evidence.cohort["week"].astype(int),
                      "purchases": evidence.cohort[name].cumsum()})
        for name, _, _ in COHORT_CURVES
    ]  # fmt: skip
    columns = [context.column("curve"), context.column("week", COUNT, "week"), context.column("purchases", COUNT, "count")]
    table = table_of("cohort", words("table.cohort"), pd.concat(parts), columns)
    styles = {words(f"curve.{name}"): (colour, dash) for name, colour, dash in COHORT_CURVES}
    form = ChartForm(LINES, "week", "purchases", (), "curve", styles, words("column.purchases"), words("column.week"))
    distances = {key: words.percent(about[f"distance_{key}"]) for key in ("model", "bg_nbd", "weekly")}
    later = {f"later_{key}": words.percent(about[f"later_{key}"]) for key in ("model", "bg_nbd")}
    remark = words("say.cohort", **distances, **later, weeks=about["weeks_fitted"])
    return Exhibit("cohort", words("title.cohort", **distances), words("subtitle.cohort"), table, context.note(), form,
                   "", (remark,))  # fmt: skip


def _more_tables(context: Context, evidence: Evidence) -> list[Table]:
    """Single numbers of the fit, and the contrasts behind the counts."""
    words, about = context.words, evidence.about
    names = ("distance_model", "distance_bg_nbd", "distance_weekly", "later_model", "later_bg_nbd", "rate_factor",
             "weeks_fitted", "customers_in_log", "purchase_days_in_log")  # fmt: skip
    facts = [(name, about[name]) for name in names]
    shaken = evidence.sensitivity[evidence.sensitivity["assumption"] != "none"]
    settled = _verdicts(evidence.tuned.gaps)
    facts += [
        ("moves", len(shaken[["assumption", "value"]].drop_duplicates())), ("readings", len(shaken)),
        ("clear", sum(verdict in CLEAR for verdict in settled.values())), ("pairs", len(settled)),
    ]  # fmt: skip
    contrasts = in_money(evidence.contrasts, [], context.exchange).copy()
    for key in ENDS:
        contrasts[key] = contrasts[key] * context.exchange.rate
    contrasts["policy"] = [context.policy(name) for name in contrasts["policy"]]
    contrasts["against"] = [context.policy(name) for name in contrasts["against"]]
    contrasts["reading"] = [reading_of(words, verdict) for verdict in contrasts["verdict"]]
    contrasts["measure"] = [words(f"measure.{name}") for name in contrasts["measure"]]
    columns = [context.column("conduct"), context.column("years", COUNT, "years")]
    columns += [context.column(key) for key in ("measure", "policy", "against")]
    columns += [context.column(key, MONEY, context.exchange.currency) for key in ENDS] + [context.column("reading")]
    return [context.facts(facts), table_of("contrasts", words("table.contrasts"), contrasts, columns)]
