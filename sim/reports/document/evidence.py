"""The document of the flagship: a real purchase log, tuned policies, and where the conclusion fails."""

from dataclasses import replace
from typing import Any

import pandas as pd

from sim.experiments.evidence.flagship import Evidence
from sim.reports.document.appendix import with_dictionary
from sim.reports.document.belief import belief_section, grade_of, numbers_of
from sim.reports.document.comparison import (
    MEAN_AND_ENDS,
    comparison_exhibits,
    decision_tables,
    front_page,
    in_currency,
)
from sim.reports.document.comparison_exhibits import claim_free, differences_table, reading_of
from sim.reports.document.context import Context
from sim.reports.document.evidence_exhibits import (
    cohort_exhibit,
    more_tables,
    other_tunings,
    survival_exhibit,
    survival_lines,
    verdicts_of,
    word_of,
)
from sim.reports.document.exchange import in_money
from sim.reports.document.model import (
    BARS,
    HEADLINE,
    MONEY,
    NUMBER,
    SENSITIVITY,
    ChartForm,
    Document,
    DocumentTable,
    Exhibit,
    table_of,
)
from sim.reports.document.pairs import Pair, front_pairs, headline_pairs, pairs_of, years_of
from sim.reports.document.setting_names import ENGLISH, setting_name
from sim.reports.document.words import DocumentWords
from sim.statistics.verdicts import CLEAR, HIGHER, LOWER, OPPOSITE


def evidence_document(evidence: Evidence, context: Context) -> Document:
    """The document.

    Args:
        evidence: The tables, in the folder's currency.
        context: Words, money and provenance.
    """
    words, exchange = context.words, context.exchange
    tuned, untuned = (in_currency(part, exchange) for part in (evidence.tuned, evidence.untuned))
    policies = list(evidence.tuned.about["policies"])
    differences = pairs_of(tuned.gaps, tuned.runs)
    pairs, first = headline_pairs(differences, policies), front_pairs(differences, policies)
    moves = _moves(context, evidence, pairs[0])
    headline, _, *rest = comparison_exhibits(context, tuned, pairs)
    others = other_tunings(context, evidence, (in_money(evidence.retuned, MEAN_AND_ENDS, exchange), untuned), policies)
    exhibits = [replace(headline, role=HEADLINE), _shaken(context, evidence, pairs[0], moves), *others]
    exhibits += [survival_exhibit(context, evidence), cohort_exhibit(context, evidence), *rest]
    scenario, numbers = str(evidence.about["plan"]["scenario"]), numbers_of(str(evidence.about["plan"]["scenario"]))
    weights = _weights(moves)
    further = survival_lines(context, evidence, first)
    front = front_page(context, first, _failures(context, evidence), further)
    belief = belief_section(context, [scenario], weights, (_graded_moves(context, weights, numbers),))
    document = Document("evidence", words("heading.evidence"), front, tuple(exhibits), belief, (), context.provenance())
    tables = [*decision_tables(context, evidence.tuned), differences_table(context, tuned, "all_differences"),
              context.facts(move_counts(moves), "move_counts"), *more_tables(context, evidence)]  # fmt: skip
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


def _moved(path: str, words: DocumentWords) -> str:
    """A moved number for readers: short in the language of the table, its meaning in others."""
    return in_words(path) if words.language == ENGLISH else setting_name(path, words)


def _moves(context: Context, evidence: Evidence, pair: Pair) -> pd.DataFrame:
    table = in_money(evidence.sensitivity, MEAN_AND_ENDS, context.exchange)
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
            words("label.unmoved") if path == "none" else f"{_moved(path, words)} = {words.number(float(value))}"
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
    parts = dict(move_counts(moves)) | {
        "base": reading_of(words, pair.verdict).partition(":")[0],
        "years": _years(context),
    }
    title = claim_free(context, "title.shaken", pair, moves=moved, **parts)
    return Exhibit("shaken", title, words("subtitle.shaken", worlds=worlds, currency=money), table,
                   context.note(worlds), form, SENSITIVITY, tuple(_failures(context, evidence)[:1]))  # fmt: skip


def move_counts(moves: pd.DataFrame) -> list[tuple[str, int]]:
    """Single moves after which the difference is clearly above zero, clearly below it, and not clear.

    >>> frame = pd.DataFrame({"assumption": ["none", "a", "a"], "verdict": ["higher", "higher", "no clear difference"]})
    >>> move_counts(frame)
    [('moves_higher', 1), ('moves_lower', 0), ('moves_unclear', 1)]
    """
    verdicts = moves.loc[moves["assumption"] != "none", "verdict"]
    clear = [int((verdicts == word).sum()) for word in (HIGHER, LOWER)]
    return list(
        zip(("moves_higher", "moves_lower", "moves_unclear"), (*clear, len(verdicts) - sum(clear)), strict=True)
    )


def _years(context: Context) -> str:
    return years_of(context.words, int(context.about["months"]))


def _graded_moves(context: Context, weights: dict[str, float], numbers: pd.DataFrame) -> DocumentTable:
    words = context.words
    frame = pd.DataFrame(
        {
            "assumption": [_moved(path, words) for path in weights],
            "swing": list(weights.values()),
            "grade": [words(f"grade.{grade_of(path, numbers)}") for path in weights],
        }
    )
    columns = [context.column("assumption"), context.column("swing", MONEY, context.exchange.currency)]
    return table_of("swings", words("table.swings"), frame, [*columns, context.column("grade")])


def _failures(context: Context, evidence: Evidence) -> list[str]:
    """What single moves and a second tuning do to the verdicts."""
    words = context.words
    settled = verdicts_of(evidence.tuned.gaps)
    shaken = evidence.sensitivity[evidence.sensitivity["assumption"] != "none"].to_dict("records")
    moves = len({(row["assumption"], row["value"]) for row in shaken})
    turned = [row for row in shaken if row["verdict"] == OPPOSITE.get(settled[row["policy"], row["against"]])]
    clear = sum(verdict in CLEAR for verdict in settled.values())
    parts = {"moves": moves, "clear": clear, "readings": len(shaken), "turned": len(turned)}
    names = sorted({f"{in_words(str(row['assumption']))} = {words.number(float(row['value']))}" for row in turned})
    key = "say.moves.none_clear" if not clear else "say.moves.turned" if turned else "say.moves.stay"
    lines = [words(key, **parts, names=words.join(names) if names else "")]
    changed = [
        pair for pair, verdict in verdicts_of(evidence.retuned).items() if word_of(verdict) != word_of(settled[pair])
    ]
    return [
        *lines,
        words("say.retuned.changed" if changed else "say.retuned.same", changed=len(changed), pairs=len(settled)),
    ]
