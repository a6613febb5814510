"""The document of a comparison of policies in paired worlds."""

from dataclasses import replace

import pandas as pd

from sim.experiments.comparison_result import Comparison
from sim.experiments.decision_table import defining_rows, nuisance_rows
from sim.reports.document.appendix import with_dictionary
from sim.reports.document.belief import belief_section
from sim.reports.document.bridges import bridge_exhibit, mechanism_exhibit
from sim.reports.document.comparison_exhibits import (
    COURSES,
    course_exhibit,
    differences_table,
    kept_shares,
    value_exhibit,
    whale_exhibit,
    world_exhibit,
)
from sim.reports.document.context import Context
from sim.reports.document.exchange import Exchange, in_money
from sim.reports.document.model import HEADLINE, Document, DocumentTable, Exhibit, table_of
from sim.reports.document.pairs import Pair, claim, front_pairs, headline_pairs, pairs_of, size_of_pair, years_of
from sim.reports.document.setting_names import decision_name, unit_name
from sim.reports.document.words import DocumentWords

MEAN_AND_ENDS = ["mean", "low", "high"]


def in_currency(comparison: Comparison, exchange: Exchange) -> Comparison:
    """The comparison with its amounts converted."""
    return replace(
        comparison,
        runs=in_money(comparison.runs, ["value"], exchange),
        gaps=in_money(comparison.gaps, MEAN_AND_ENDS, exchange),
        bridge=in_money(comparison.bridge, MEAN_AND_ENDS, exchange),
        whale=in_money(comparison.whale, ["cumulated"], exchange),
        mechanisms=in_money(comparison.mechanisms, MEAN_AND_ENDS, exchange),
    )


def comparison_document(comparison: Comparison, context: Context) -> Document:
    """The document.

    Args:
        comparison: The tables, in the folder's currency.
        context: Words, money and provenance.
    """
    words, tables = context.words, in_currency(comparison, context.exchange)
    differences, policies = pairs_of(tables.gaps, tables.runs), list(comparison.about["policies"])
    pairs, first = headline_pairs(differences, policies), front_pairs(differences, policies)
    exhibits = comparison_exhibits(context, tables, pairs)
    whale = whale_exhibit(context, tables, pairs[0])
    exhibits += [whale] if isinstance(whale, Exhibit) else []
    exhibits.append(_all_differences(context, tables))
    belief = belief_section(context, [str(comparison.about["scenario"])], {})
    document = Document(
        "comparison", words("heading.comparison", scenario=comparison.about["scenario"]),
        front_page(context, first, [words("say.nothing_moved")], [whale] if isinstance(whale, str) else []),
        tuple(exhibits), belief, (), context.provenance(),
    )  # fmt: skip
    settings = dict(comparison.about) | {"currency": context.exchange.currency}
    after = [_facts(context, tables, len(exhibits[-1].table.rows)), *decision_tables(context, comparison)]
    return with_dictionary(context, document, words("say.not_registered"), settings, after)


def _facts(context: Context, tables: Comparison, differences: int) -> DocumentTable:
    """Single numbers of the sentences."""
    months = int(tables.about["months"])
    rows: list[tuple[str, float]] = [
        ("months", months), ("years", months / 12), ("worlds", int(tables.about["replications"])),
        ("differences", differences), ("by_chance", round(0.05 * differences)), ("level", 0.95),
    ]  # fmt: skip
    return context.facts(rows + [("kept", share) for share in kept_shares(tables).values()])


def comparison_exhibits(context: Context, tables: Comparison, pairs: list[Pair]) -> list[Exhibit]:
    """The headline, its sensitivity, courses by year and bridges."""
    exhibits = [value_exhibit(context, pairs, "value", HEADLINE)]
    exhibits.append(world_exhibit(context, tables.runs, pairs[0], "worlds"))
    made = set(tables.runs["measure"])
    exhibits += [course_exhibit(context, tables, pairs[0], measure) for measure in COURSES if measure in made]
    bridges = (bridge_exhibit(context, tables, pairs[0]), mechanism_exhibit(context, tables))
    return exhibits + [exhibit for exhibit in bridges if exhibit is not None]


def front_page(
    context: Context, pairs: list[Pair], failures: list[str], further: list[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The first page: answer, size, certainty, where it fails, and what follows.

    Args:
        context: Words.
        pairs: Pairs of the headline.
        failures: Where the answer fails.
        further: Further sentences on certainty.
    """
    words, years = context.words, years_of(context.words, int(context.about["months"]))
    answers = tuple(claim(context, "front.answer", pair, years=years) for pair in pairs)
    certainty = tuple(claim(context, "front.certainty", pair, wins=pair.wins, worlds=pair.worlds) for pair in pairs)
    meaning = tuple(dict.fromkeys(claim(context, "front.meaning", pair) for pair in pairs))
    return (
        (words("front.label.answer"), answers),
        (words("front.label.size"), tuple(size_of_pair(context, pair) for pair in pairs)),
        (words("front.label.certainty"), (*certainty, *further)),
        (words("front.label.failure"), tuple(failures)),
        (words("front.label.meaning"), meaning),
    )


def _all_differences(context: Context, tables: Comparison) -> Exhibit:
    words, table = context.words, differences_table(context, tables, "differences")
    count = len(table.rows)
    title = words("title.differences", count=count)
    chance = words("say.each_alone", count=count, chance=round(0.05 * count))
    return Exhibit("differences", title, words("subtitle.differences"), table, context.note(), None, "", (chance,))


def decision_tables(context: Context, comparison: Comparison) -> list[DocumentTable]:
    """What defines each policy, and the other decisions; nothing for folders of earlier versions."""
    if not len(comparison.decisions):
        return []
    table, words = comparison.decisions.copy(), context.words
    table["policy"] = [context.policy(policy) for policy in table["policy"]]
    defining = _in_words(defining_rows(table), words)
    columns = [context.column(key) for key in ("policy", "decision")] + [context.column("value", "number")]
    columns += [context.column(key) for key in ("unit", "reason", "source")]
    others = _in_words(nuisance_rows(table), words)
    policies = [name for name in others.columns if name in set(table["policy"])]
    shared = [replace(context.column("value", "number"), key=f"policy_{k + 1}", title=name)
              for k, name in enumerate(policies)]  # fmt: skip
    named = others.rename(columns=dict(zip(policies, [column.key for column in shared], strict=True)))
    kept = [context.column(key) for key in ("decision", "unit") if key in named]
    first, *rest = kept
    return [
        table_of("defining", words("table.defining"), defining, columns),
        table_of("nuisance", words("table.nuisance"), named, [first, *shared, *rest]),
    ]


def _in_words(table: pd.DataFrame, words: DocumentWords) -> pd.DataFrame:
    """Decisions and their units in words of the language."""
    named = table.assign(decision=[decision_name(str(name), words) for name in table["decision"]])
    return named.assign(unit=[unit_name(str(unit), words) for unit in named["unit"]]) if "unit" in named else named
