"""Effects of a sweep as forests: declared contrasts with their smallest effect, and terms of a factorial."""

from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.contrast_words import better_side, title_of_contrast
from sim.charts.form import NothingToDraw
from sim.charts.numbers import SPACE, Scale, places, signed_interval
from sim.charts.row_chart import MOST_ROWS_BY_STYLE, RowMark, draw_row_chart
from sim.charts.sweep_tables import OutcomeWords, SweepTables
from sim.charts.theme import GAIN, LOSS, RULE, Style
from sim.charts.words import ChartWords, Finding, first_supported_title, join_names, per_cent, provenance
from sim.statistics.contrasts import averages
from sim.statistics.effects import effects
from sim.statistics.responses import whole_replicates
from sim.statistics.verdicts import BETTER, NO_DIFFERENCE, WORSE

COLOUR_KEYS = ((GAIN, "better"), (LOSS, "worse"), ("white", "not clear or too small"))


def finding_of(row: Any) -> Finding:
    """The mean and interval of a row."""
    return Finding(float(row["mean"]), float(row["low"]), float(row["high"]))


def scaled(finding: Finding, factor: float) -> Finding:
    """A finding in the reader's unit."""
    return Finding(finding.mean * factor, finding.low * factor, finding.high * factor)


def draw_effects(tables: SweepTables, style: Style) -> list[Chart]:
    """One forest of declared contrasts for each outcome.

    Raises:
        NothingToDraw: No contrast was declared.
    """
    declared = tables.declared
    if not declared.contrasts:
        raise NothingToDraw("No contrast was declared, so that there is no effect to show.")
    table = averages(tables.runs, declared.contrasts, declared.factors, declared.seed)
    outcomes = list(dict.fromkeys(table["outcome"]))
    return [
        _effects(
            tables,
            outcome,
            table[table["outcome"] == outcome],
            style,
            "effects" if len(outcomes) == 1 else f"effects-{outcome}",
        )
        for outcome in outcomes
    ]


def _effects(tables: SweepTables, outcome: str, table: pd.DataFrame, style: Style, name: str) -> Chart:
    words = tables.outcome(outcome)
    scale = words.scale(table[["mean", "low", "high"]].to_numpy().ravel(), tables.currency)
    by_name = {contrast.name: contrast for contrast in tables.declared.contrasts}
    rows = [
        _mark(row, tables.title_of(by_name[row["contrast"]]), scale, by_name[row["contrast"]].direction)
        for row in table.to_dict("records")
    ]
    subtitle = (
        f"Paired differences in {words.noun}, {words.when}, averaged over the other factors; grey band: below the "
        f"smallest effect of interest. Dot: mean; line and bracket: 95{SPACE}% interval. Per cent: of the second level."
    )
    remarks = "Colour by verdict: tests of difference and of equivalence at 5 % after Holm over all declared contrasts."
    levels = "; ".join(f"{row.name}: {row.text}" for row in rows)
    title = _title(tables, words, table, scale)
    texts = ChartWords(title, subtitle, remarks, provenance(tables.about), f"{len(rows)} rows: {levels}")
    axis = f"Difference in {words.noun}, {words.when} ({scale.gap_unit or words.unit})"
    return draw_row_chart(
        name, style, texts, rows, axis, tables.about, [*COLOUR_KEYS, (RULE, "smallest effect of interest")]
    )


def _mark(row: dict[Any, Any], name: str, scale: Scale, direction: str) -> RowMark:
    value = scaled(finding_of(row), scale.factor)
    fill = {BETTER: GAIN, WORSE: LOSS}.get(str(row["verdict"]), "white")
    share = per_cent(float(row["mean"]), float(row["baseline"]))
    decimals = places((value.mean, value.low, value.high))
    text = signed_interval(value.mean, value.low, value.high, decimals) + (f", {share}" if share else "")
    return RowMark(f"{name}: {row['verdict']}", value, text, fill, band=float(row["smallest"]) * scale.factor)


def _title(tables: SweepTables, words: OutcomeWords, table: pd.DataFrame, scale: Scale) -> str:
    """One contrast by its size; several by how many have each verdict."""
    if len(table) == 1:
        row = table.iloc[0]
        contrast = next(known for known in tables.declared.contrasts if known.name == row["contrast"])
        rest = "" if row["verdict"] in (BETTER, WORSE) else f"verdict: {row['verdict']}"
        return title_of_contrast(finding_of(row), words, tables.sides(contrast), scale, float(row["baseline"]), rest)
    counts = table["verdict"].value_counts()
    summary = join_names([f"{count} {verdict}" for verdict, count in counts.items()])
    findings = [finding_of(row) for row in table.to_dict("records") if row["verdict"] in (BETTER, WORSE)]
    neutral = f"{words.when}, {words.noun}: {NO_DIFFERENCE} in any of {len(table)} contrasts"
    titles = [f"{words.when}, {words.noun}: of {len(table)} contrasts {summary}"] if findings else [neutral]
    return first_supported_title(titles, findings)


def draw_terms(tables: SweepTables, style: Style) -> list[Chart]:
    """The largest main effects and interactions of a factorial, one forest for each outcome.

    Raises:
        NothingToDraw: The design is no factorial.
    """
    if not tables.declared.kind.endswith("factorial"):
        raise NothingToDraw(
            f"The design is {tables.declared.kind.replace('_', ' ')}; main effects belong to a factorial."
        )
    runs = whole_replicates(tables.runs)
    return [_terms(tables, runs, outcome, style) for outcome in tables.declared.outcomes]


def _terms(tables: SweepTables, runs: pd.DataFrame, outcome: str, style: Style) -> Chart:
    words = tables.outcome(outcome)
    table = effects(runs, tables.declared.factors, outcome, tables.declared.seed).dropna(subset=["mean"])
    table = table.reindex(table["mean"].abs().sort_values(ascending=False).index)
    shown = table.head(MOST_ROWS_BY_STYLE[style.name])
    scale = words.scale(shown[["mean", "low", "high"]].to_numpy().ravel(), tables.currency)
    rows = [_term(tables, row, scale, words.direction) for row in shown.to_dict("records")]
    findings = [finding_of(row) for row in table.to_dict("records")]
    clear = sum(finding.clear for finding in findings)
    first = tables.names.inside(rows[0].name) if findings[0].clear else ""
    title = (
        f"{words.when}, {words.noun}: {clear} of {len(table)} effects clear; largest: {first}"
        if first
        else f"{words.when}, {words.noun}: {clear or 'none'} of {len(table)} effects clear"
    )
    titles = [title, f"{words.when}, {words.noun}: {clear or 'none'} of {len(table)} effects clear"]
    subtitle = (
        f"Main effects and two-factor interactions on {words.noun}, {words.when}, the {len(rows)} largest. "
        f"Dot: mean over replicates; line and bracket: 95{SPACE}% interval."
    )
    remarks = "A main effect is the difference to the first level, an interaction a difference of differences."
    shape = f"{len(rows)} rows: " + "; ".join(f"{row.name} {row.text}" for row in rows)
    texts = ChartWords(first_supported_title(titles, findings), subtitle, remarks, provenance(tables.about), shape)
    axis = f"Effect on {words.noun} ({scale.gap_unit or words.unit})"
    return draw_row_chart(f"terms-{outcome}", style, texts, rows, axis, tables.about, COLOUR_KEYS)


def _term(tables: SweepTables, row: dict[Any, Any], scale: Scale, direction: str) -> RowMark:
    names = " × ".join(tables.names.of(part) for part in str(row["term"]).split(" × "))
    levels = " × ".join(
        tables.names.of(part) if not part.replace(".", "").isdigit() else part
        for part in str(row["level"]).split(" × ")
    )
    value = scaled(finding_of(row), scale.factor)
    fill = "white" if not value.clear else GAIN if better_side(value.mean, direction) else LOSS
    text = signed_interval(value.mean, value.low, value.high, places((value.mean, value.low, value.high)))
    return RowMark(f"{names}: {levels}", value, text, fill)
