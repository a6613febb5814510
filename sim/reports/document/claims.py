"""The document of a ledger of claims: verdicts, reach, where each claim fails, and the answers to the questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.experiments.claims.failing import fails_where
from sim.experiments.claims.readings import VERDICTS
from sim.experiments.claims.shipped import REGISTERED
from sim.experiments.claims.verdicts import SUSPECT
from sim.parameters import BadInput
from sim.reports.document.appendix import with_dictionary
from sim.reports.document.belief import belief_section
from sim.reports.document.claim_answers import answer_numbers, brief_answers
from sim.reports.document.claim_groups import group_exhibits, group_facts
from sim.reports.document.claim_questions import question_exhibits, question_facts
from sim.reports.document.claim_words import in_words
from sim.reports.document.context import Context
from sim.reports.document.frames import frame_table, in_units, with_unit
from sim.reports.document.model import (
    BARS,
    COUNT,
    HEADLINE,
    SENSITIVITY,
    SHARE,
    ChartForm,
    Document,
    DocumentTable,
    Exhibit,
    table_of,
)
from sim.reports.document.setting_names import claim_title
from sim.reports.document.verdict_lines import verdict_exhibit

VERDICT_COLUMNS = (
    "id",
    "statement",
    "verdict",
    "effect",
    "low",
    "high",
    "unit",
    "world",
    "reach",
    "fails_where",
    "registration",
)
AMOUNTS = ("phase", "break_even", "wall_heights")  # tables of amounts, of which some do not say their unit
BESIDE_KEYS = ("id", "source", "sentence", "statement", "smallest", "direction", "measure", "pairs", "other_way",
               "control",
               "mechanisms", "search_bound", "definitional")  # fmt: skip


@dataclass(frozen=True)
class LedgerFolder:
    """The folder of a ledger.

    Args:
        tables: Its tables by name.
        about: Its mark.
        meanings: Meaning of the columns, by name.
    """

    tables: Mapping[str, pd.DataFrame]
    about: Mapping[str, Any]
    meanings: Mapping[str, str]

    @property
    def verdicts(self) -> pd.DataFrame:
        """One row a claim."""
        return self.tables["verdicts"]

    def registered(self) -> pd.DataFrame:
        """Claims whose contents are those of their registration."""
        return self.verdicts[self.verdicts["registration"].astype(str).str.startswith(REGISTERED)]

    def shares(self) -> tuple[int, int, float]:
        """Claims supported, claims judged, and the share; claims true by definition do not count."""
        judged = self.verdicts
        if "definitional" in judged:
            marked = judged["definitional"]
            judged = judged[marked.isna() | marked.astype(str).isin(("", "False", "no", "0"))]
        supported = int((judged["verdict"] == VERDICTS[0]).sum())
        return supported, len(judged), supported / len(judged) if len(judged) else 0.0


def claims_document(ledger: LedgerFolder, context: Context) -> Document:
    """The document.

    Args:
        ledger: The folder.
        context: Words, money and provenance.

    Raises:
        BadInput: Amounts in several currencies were to be converted.
    """
    words, tables = context.words, _converted(ledger, context)
    shown = LedgerFolder(tables, ledger.about, ledger.meanings)
    exhibits = [_counts(shown, context), _reach(shown, context)]
    exhibits += [*group_exhibits(shown.verdicts, ledger.meanings, context)]
    exhibits.append(verdict_exhibit(shown.verdicts, len(shown.registered()), context))
    exhibits += question_exhibits(tables, context)
    worlds = sorted({str(world) for world in tables["verdicts"]["world"].dropna()})
    belief = belief_section(context, worlds, _weights(tables), _belief_tables(shown, context))
    document = Document(
        "claims", words("heading.claims"), _front(shown, context), tuple(exhibits), belief, (), context.provenance()
    )
    registered, count = len(shown.registered()), len(shown.verdicts)
    line = words("say.registered", registered=registered, claims=count)
    return with_dictionary(context, document, line, _settings(ledger), _more(shown, context))


def _converted(ledger: LedgerFolder, context: Context) -> dict[str, pd.DataFrame]:
    units = ledger.verdicts["unit"].dropna().astype(str).str.partition("/")[0]
    money = sorted({unit for unit in units if len(unit) == 3 and unit.isupper()})
    if context.exchange.converts and len(money) > 1:
        raise BadInput(f"--currency: this ledger has amounts in {', '.join(money)}; one rate cannot convert them all; "
                       "leave --currency out")  # fmt: skip
    own = context.exchange.of
    known = {name: with_unit(table, own) if name in AMOUNTS else table for name, table in ledger.tables.items()}
    tables = {name: in_units(table, context.exchange) for name, table in known.items()}
    rows = [{str(name): value for name, value in row.items()} for row in ledger.verdicts.to_dict("records")]
    sentences = [fails_where(row, context.words.language) for row in rows]
    return tables | {"verdicts": tables["verdicts"].assign(fails_where=sentences)}


def _settings(ledger: LedgerFolder) -> dict[str, Any]:
    names = ("version", "code", "quick", "seed", "seconds", "claims", "questions", "share_supported", "suspect")
    return {name: ledger.about[name] for name in names if name in ledger.about}


def _counts(ledger: LedgerFolder, context: Context) -> Exhibit:
    words, counts = context.words, ledger.verdicts["verdict"].value_counts()
    rows = [{"verdict": words(f"verdict.{name}"), "claims": int(counts.get(name, 0))} for name in VERDICTS]
    columns = [context.column("verdict"), context.column("claims", COUNT, "count")]
    table = table_of("verdict_counts", words("table.verdict_counts"), pd.DataFrame(rows), columns)
    form = ChartForm(BARS, "verdict", "claims", axis=words("column.claims"))
    parts = {name: int(counts.get(name, 0)) for name in VERDICTS}
    title = words("title.claims", count=len(ledger.verdicts), **parts)
    return Exhibit("verdict_counts", title, words("subtitle.claims"), table, context.note(), form, HEADLINE)


def _reach(ledger: LedgerFolder, context: Context) -> Exhibit:
    """Share of sampled worlds in which each effect keeps its sign, with its interval."""
    words = context.words
    frame = ledger.verdicts.sort_values("reach", ascending=False)
    frame = frame.assign(id=[claim_title(str(name), words) for name in frame["id"]])
    columns = [
        context.column("id"),
        *(context.column(key, SHARE, "share") for key in ("reach", "reach_low", "reach_high")),
    ]
    columns += [context.column("reach_worlds", COUNT, "count"), context.column("fails_where")]
    table = table_of("reach", words("table.reach"), frame, columns)
    form = ChartForm(BARS, "id", "reach", ("reach_low", "reach_high"), axis=words("column.reach"))
    most = int((frame["reach"] > 0.5).sum())
    title = words("title.reach", most=most, count=len(frame))
    return Exhibit("reach", title, words("subtitle.reach"), table, context.note(), form, SENSITIVITY)


def _weights(tables: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """Squared rank correlations of the sampled factors, over all claims."""
    drivers = tables.get("drivers", pd.DataFrame())
    if not len(drivers):
        return {}
    sizes = drivers.assign(size=drivers["rank_correlation"] ** 2).groupby("factor", sort=False)["size"].sum()
    return {str(factor): float(size) for factor, size in sizes.items()}


def _belief_tables(ledger: LedgerFolder, context: Context) -> tuple[DocumentTable, ...]:
    keys = [key for key in BESIDE_KEYS if key in ledger.verdicts]
    return (frame_table(context, "claims", in_words(ledger.verdicts, context.words), ledger.meanings, keys),)


def _more(ledger: LedgerFolder, context: Context) -> list[DocumentTable]:
    supported, judged, share = ledger.shares()
    exploratory = _exploratory(ledger)
    facts: list[tuple[str, Any]] = [
        ("supported", supported), ("judged", judged), ("share_supported", 100.0 * share),
        ("registered", len(ledger.registered())), ("exploratory", len(exploratory)), ("claims", len(ledger.verdicts)),
        ("suspicious", 100.0 * SUSPECT), ("reaching", int((ledger.verdicts["reach"] > 0.5).sum())),
    ]  # fmt: skip
    made = [context.facts([*facts, *group_facts(ledger.verdicts), *question_facts(ledger.tables)])]
    if len(ledger.tables.get("answers", pd.DataFrame())):
        made.append(answer_numbers(ledger.tables["answers"], context))
    keys = [key for key in VERDICT_COLUMNS if key in ledger.verdicts]
    made.append(
        frame_table(context, "verdict_numbers", in_words(ledger.verdicts, context.words), ledger.meanings, keys)
    )
    for name in ("effects", "drivers", "tuned", "break_even"):
        if len(ledger.tables.get(name, pd.DataFrame())):
            shown = "break_even_runs" if name == "break_even" else name
            made.append(frame_table(context, shown, in_words(ledger.tables[name], context.words), ledger.meanings))
    return made


def _exploratory(ledger: LedgerFolder) -> list[str]:
    others = ledger.verdicts[~ledger.verdicts["registration"].astype(str).str.startswith(REGISTERED)]
    return [str(name) for name in others["id"]]


def _front(ledger: LedgerFolder, context: Context) -> tuple[tuple[str, tuple[str, ...]], ...]:
    words = context.words
    supported, judged, share = ledger.shares()
    parts = {"supported": supported, "judged": judged, "share": words.percent(share)}
    exploratory, registered = _exploratory(ledger), len(ledger.registered())
    certainty = [words("say.registered", registered=registered, claims=len(ledger.verdicts))]
    if exploratory:
        named = words.join([claim_title(name, words) for name in exploratory])
        certainty.append(words("say.exploratory", count=len(exploratory), names=named))
    answers = brief_answers(ledger.tables.get("answers", pd.DataFrame()), words)
    fails = [
        f"{claim_title(str(row['id']), words)}: {row['fails_where']}" for row in ledger.verdicts.to_dict("records")
        if row["verdict"] == VERDICTS[0] and isinstance(row["fails_where"], str) and row["fails_where"]
    ]  # fmt: skip
    nothing = "say.no_failure" if supported else "say.none_supported"
    suspect = words("front.suspect" if share > SUSPECT else "front.not_suspect", limit=words.percent(SUSPECT), **parts)
    return (
        (words("front.label.answer"), (words("front.claims", **parts), *answers)),
        (words("front.label.size"), (words("say.sizes_in_table"),)),
        (words("front.label.certainty"), tuple(certainty)),
        (
            words("front.label.failure"),
            tuple(fails) or (words(nothing),),
        ),
        (words("front.label.meaning"), (suspect,)),
    )
