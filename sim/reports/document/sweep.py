"""The document of a sweep: its declared contrasts, where they turn, and what else its design allows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.charts.names import Names
from sim.experiments.sweep.analysis import Analysis
from sim.experiments.sweep.result import Sweep
from sim.experiments.sweep.store.declaration import declaration
from sim.reports.document.appendix import with_dictionary
from sim.reports.document.belief import belief_section
from sim.reports.document.claim_questions import clear_rows, title_of_largest
from sim.reports.document.context import Context
from sim.reports.document.frames import frame_table, in_units
from sim.reports.document.model import (
    BARS,
    HEADLINE,
    SENSITIVITY,
    ChartForm,
    Document,
    DocumentTable,
    Exhibit,
)
from sim.reports.document.setting_names import setting_name
from sim.reports.document.sweep_rows import SweepRow, in_plain_words

CONTRAST_KEYS = ("contrast", "outcome", "unit", "mean", "low", "high", "baseline", "smallest", "pairs", "verdict")
SETTING_KEYS = ("at", "contrast", "unit", "mean", "low", "high", "pairs", "verdict")
BARS_OF = {  # tables that are drawn as they are: columns of category and value, ends of the interval
    "sobol": ("factor", "total", ("total_low", "total_high")),
    "drivers": ("factor", "rank_correlation", ("low", "high")),
    "morris": ("factor", "mu_star", ("low", "high")),
}
APART = frozenset(("contrasts", "contrasts_by_setting", *BARS_OF))
MOST_BARS = 24


def sweep_document(sweep: Sweep, context: Context) -> Document:
    """The document.

    Args:
        sweep: The folder of the sweep.
        context: Words, money and provenance.
    """
    analysis, about, words = sweep.analysis(None), sweep.about, context.words
    declared = declaration(sweep.folder)
    tables = {name: in_units(table, context.exchange) for name, table in analysis.tables.items()}
    rows = [SweepRow(row) for row in tables.get("contrasts", pd.DataFrame()).to_dict("records")]
    names = Names(paths=_paths(declared))
    exhibits = [*_contrast_exhibits(context, tables, rows), *_drawn(context, tables, analysis, names)]
    weights = _weights(tables, _paths(declared))
    belief = belief_section(context, list(about["scenarios"].values()), weights, _health(context, tables, analysis))
    document = Document(
        "sweep", words("heading.sweep", name=about["identity"]["name"]), _front(context, rows, tables, analysis),
        tuple(exhibits), belief, (), context.provenance(),
    )  # fmt: skip
    others = [
        frame_table(context, name, table, analysis.tables[name].attrs.get("columns", {}))
        for name, table in tables.items() if name not in APART and name != "pairing" and len(table)
    ]  # fmt: skip
    early = sum(entry["runs"] == 0 for entry in declared["contrasts"])
    line = words("say.declared", contrasts=len(declared["contrasts"]), early=early)
    tables_after = [
        _registration(context, declared),
        context.facts(_facts(tables, analysis, early, len(rows))),
        *others,
    ]
    return with_dictionary(context, document, line, _settings(about, analysis), tables_after)


def _paths(declared: Mapping[str, Any]) -> dict[str, str]:
    """Path of each factor that sets one number, by the factor's name."""
    return {name: str(factor["sets"][0]) for name, factor in declared["factors"].items() if len(factor["sets"]) == 1}


def _registration(context: Context, declared: Mapping[str, Any]) -> DocumentTable:
    """When each contrast was declared, and how many runs were known by then."""
    rows = [
        {"contrast": entry["contrast"]["name"] or entry["contrast"]["outcome"], "declared": entry["at"][:10],
         "runs": entry["runs"], "smallest": entry["contrast"]["smallest"], "direction": entry["contrast"]["direction"]}
        for entry in declared["contrasts"]
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["contrast", "declared", "runs", "smallest", "direction"])
    return frame_table(context, "registration", frame, {})


def _settings(about: Mapping[str, Any], analysis: Analysis) -> dict[str, Any]:
    identity = about["identity"]
    statuses = {f"runs.{status}": count for status, count in analysis.runs.items()}
    return {
        "name": identity["name"], "description": about.get("description", ""), "factors": identity["factors"],
        "seed": about["seed"], "code": identity["code"], "python": about.get("python"), **statuses,
    }  # fmt: skip


def _contrast_exhibits(context: Context, tables: Mapping[str, pd.DataFrame], rows: list[SweepRow]) -> list[Exhibit]:
    """The contrasts of the headline's unit, and the headline at every setting of the other factors."""
    if not rows:
        return []
    words, unit = context.words, str(rows[0].values["unit"])
    same = tables["contrasts"][tables["contrasts"]["unit"] == unit]
    table = _contrast_table(context, "contrasts", same, CONTRAST_KEYS)
    form = ChartForm(BARS, "contrast", "mean", ("low", "high"), axis=words("axis.difference", unit=unit))
    lines = tuple(row.sentence(context, "say.contrast") for row in rows)
    exhibits = [Exhibit("contrasts", rows[0].sentence(context, "title.contrast"), words("subtitle.contrast", unit=unit),
                        table, context.note(), form, HEADLINE, lines)]  # fmt: skip
    by_setting = tables.get("contrasts_by_setting", pd.DataFrame())
    own = by_setting[by_setting["contrast"] == rows[0].values["contrast"]] if len(by_setting) else by_setting
    if len(own):
        exhibits.append(_settings_exhibit(context, own, unit))
    others = tables["contrasts"][tables["contrasts"]["unit"] != unit]
    if len(others):
        table = _contrast_table(context, "other_contrasts", others, CONTRAST_KEYS)
        title, unit = words("title.other_contrasts", count=len(others)), words("word.by_row")
        subtitle = words("subtitle.contrast", unit=unit)
        exhibits.append(Exhibit("other_contrasts", title, subtitle, table, context.note()))
    return exhibits


def _contrast_table(context: Context, name: str, frame: pd.DataFrame, keys: tuple[str, ...]) -> DocumentTable:
    shown = frame.assign(verdict=[context.words.known(f"reading.{verdict}", verdict) for verdict in frame["verdict"]])
    return frame_table(context, name, shown, frame.attrs.get("columns", {}), keys)


def _settings_exhibit(context: Context, own: pd.DataFrame, unit: str) -> Exhibit:
    words, counts = context.words, own["verdict"].value_counts()
    parts = {name: int(counts.get(name, 0)) for name in ("better", "worse", "undecided", "equivalent")}
    title = words("title.settings", count=len(own), **parts)
    form = ChartForm(BARS, "at", "mean", ("low", "high"), axis=words("axis.difference", unit=unit))
    table = _contrast_table(context, "settings_of_contrast", own, SETTING_KEYS)
    drawn = form if len(own) <= MOST_BARS else None
    return Exhibit("settings_of_contrast", title, words("subtitle.settings", unit=unit), table, context.note(), drawn,
                   SENSITIVITY)  # fmt: skip


def _drawn(context: Context, tables: Mapping[str, pd.DataFrame], analysis: Analysis, names: Names) -> list[Exhibit]:
    """Indices and drivers as bars, one exhibit a table."""
    words, exhibits = context.words, []
    for name, (category, value, interval) in BARS_OF.items():
        frame = tables.get(name, pd.DataFrame())
        if not len(frame) or not {category, value, *interval} <= set(frame.columns):
            continue
        by = next((key for key in ("outcome", "contrast") if key in frame), category)
        first = frame[frame[by] == frame[by].iloc[0]].sort_values(value, key=abs, ascending=False).head(MOST_BARS)
        first = first.assign(
            **{category: [setting_name(names.paths.get(str(factor), str(factor)), words) for factor in first[category]]}
        )
        table = frame_table(context, name, first, analysis.tables[name].attrs.get("columns", {}))
        title = title_of_largest(name, first, (category, value, *interval), words)
        form = ChartForm(BARS, category, value, interval, axis=words(f"axis.{name}"))
        exhibits.append(Exhibit(name, title, words(f"subtitle.{name}"), table, context.note(), form))
    return exhibits


def _weights(tables: Mapping[str, pd.DataFrame], paths: Mapping[str, str]) -> dict[str, float]:
    """How much each factor moved the answer: total Sobol indices, or squared rank correlations."""
    for name, power in (("sobol", 1.0), ("drivers", 2.0)):
        frame = tables.get(name, pd.DataFrame())
        if len(frame):
            value = BARS_OF[name][1]
            sizes = frame.assign(size=frame[value].abs() ** power).groupby("factor", sort=False)["size"].mean()
            return {paths.get(str(factor), str(factor)): float(size) for factor, size in sizes.items()}
    return {}


def _health(context: Context, tables: Mapping[str, pd.DataFrame], analysis: Analysis) -> tuple[DocumentTable, ...]:
    pairing = tables.get("pairing", pd.DataFrame())
    if not len(pairing):
        return ()
    return (frame_table(context, "pairing", pairing, analysis.tables["pairing"].attrs.get("columns", {})),)


def _front(
    context: Context, rows: list[SweepRow], tables: Mapping[str, pd.DataFrame], analysis: Analysis
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    words = context.words
    answers = tuple(row.sentence(context, "front.contrast") for row in rows) or (words("front.no_contrast"),)
    sizes = tuple(row.sentence(context, "say.contrast") for row in rows) or (words("say.nothing_sized"),)
    runs = sum(analysis.runs.values())
    missing = runs - int(analysis.runs.get("ok", 0))
    certainty = [words("say.runs", runs=runs, missing=missing), *analysis.notes]
    certainty += [words("say.refused", name=in_plain_words(name), why=why) for name, why in analysis.refused.items()]
    by_setting = tables.get("contrasts_by_setting", pd.DataFrame())
    bad = _bad_settings(by_setting)
    failure = (
        words("say.settings", bad=bad, count=len(by_setting)) if len(by_setting) else words("say.nothing_moved_sweep")
    )
    clear = any(row.reading in ("higher", "lower") for row in rows)
    return (
        (words("front.label.answer"), answers),
        (words("front.label.size"), sizes),
        (words("front.label.certainty"), tuple(certainty)),
        (words("front.label.failure"), (failure,)),
        (words("front.label.meaning"), (words("front.meaning.clear" if clear else "front.meaning.not_clear"),)),
    )


def _bad_settings(by_setting: pd.DataFrame) -> int:
    """Settings at which a contrast is undecided or worse."""
    return int(by_setting["verdict"].isin(("undecided", "worse")).sum()) if len(by_setting) else 0


def _counted(tables: Mapping[str, pd.DataFrame]) -> list[tuple[str, float]]:
    """Factors whose index is clear, by table: numbers of the titles."""
    counts: list[tuple[str, float]] = []
    for name, (_, value, interval) in BARS_OF.items():
        frame = tables.get(name, pd.DataFrame())
        if len(frame) and {value, *interval} <= set(frame.columns):
            by = next((key for key in ("outcome", "contrast") if key in frame), "factor")
            own = frame[frame[by] == frame[by].iloc[0]].sort_values(value, key=abs, ascending=False).head(MOST_BARS)
            counts += [("clear_factors", clear_rows(own, *interval)), ("factors", len(own))]
    return counts


def _facts(
    tables: Mapping[str, pd.DataFrame], analysis: Analysis, early: int, contrasts: int
) -> list[tuple[str, float]]:
    """Single numbers of the sentences."""
    runs, by_setting = sum(analysis.runs.values()), tables.get("contrasts_by_setting", pd.DataFrame())
    counts = by_setting["verdict"].value_counts() if len(by_setting) else pd.Series(dtype=int)
    return [
        ("contrasts", contrasts), ("early", early), ("total_runs", runs),
        ("missing_runs", runs - int(analysis.runs.get("ok", 0))), ("bad", _bad_settings(by_setting)),
        ("all_settings", len(by_setting)), *_counted(tables),
        *(("settings_of_verdict", int(count)) for count in counts),
    ]  # fmt: skip
