"""Sensitivity of a sweep or study: Sobol indices, Morris screening, rank correlations over sampled worlds."""

from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.folder import FolderTables
from sim.charts.form import NothingToDraw
from sim.charts.names import Names, names_of
from sim.charts.numbers import SPACE, places, plain, plain_interval
from sim.charts.row_chart import MOST_ROWS_BY_STYLE, RowMark, draw_row_chart
from sim.charts.sweep_tables import OutcomeWords, SweepTables
from sim.charts.theme import SLATE, Style
from sim.charts.words import ChartWords, Finding, first_supported_title, provenance
from sim.statistics.morris import morris
from sim.statistics.responses import whole_replicates
from sim.statistics.sobol import sobol


def draw_sobol(tables: SweepTables, style: Style) -> list[Chart]:
    """Total and first-order indices, one chart for each outcome.

    Raises:
        NothingToDraw: The design is no Saltelli design.
    """
    if tables.declared.kind != "saltelli":
        raise NothingToDraw("Sobol indices belong to a Saltelli design, which this sweep is not.")
    runs, declared = whole_replicates(tables.runs), tables.declared
    return [
        sobol_chart(
            sobol(runs, declared.factors, name, declared.seed),
            tables.outcome(name),
            tables.about,
            style,
            f"sobol-{name}",
        )
        for name in declared.outcomes
    ]


def sobol_chart(table: pd.DataFrame, outcome: OutcomeWords, about: Any, style: Style, name: str) -> Chart:
    """Total-order indices as filled dots, first-order ones as hollow dots above them.

    Args:
        table: As `sim.statistics.sobol.sobol` makes it, of one outcome.
        outcome: Words of the outcome.
        about: What the numbers come from, with labels and paths.
        style: Deck or journal.
        name: Name of the chart.
    """
    clean = "_clean" if int(table["replicates"].iloc[0]) > 1 else ""
    table, names = table.sort_values(f"total{clean}", ascending=False), names_of(about)
    rows = [
        RowMark(
            names.of(row["factor"]),
            _index(row, f"total{clean}"),
            _text(_index(row, f"total{clean}")),
            SLATE,
            _index(row, f"first{clean}"),
        )
        for row in table.head(MOST_ROWS_BY_STYLE[style.name]).to_dict("records")
    ]
    noise = float(table["noise_share"].iloc[0])
    subtitle = (
        f"Share of the variance of {outcome.noun}, {outcome.when}. Filled dot: total-order index, with interactions; "
        f"hollow dot: first-order index. Line and bracket: 95{SPACE}% interval."
    )
    summary = (
        f"{100.0 * noise:.0f}{SPACE}% of the variance of replicate means is noise; indices are cleaned of it. "
        if noise == noise
        else ""
    )
    remarks = (
        f"{int(table['rows'].iloc[0])} base rows, {int(table['replicates'].iloc[0])} replicates, estimators of "
        f"Saltelli et al. (2010). {summary}Total indices may sum above 1; negative estimates are not clipped."
    )
    shape = f"{len(rows)} rows, total index: " + "; ".join(f"{row.name} {row.text}" for row in rows)
    texts = ChartWords(
        _title(rows, outcome, "total index", names), subtitle, remarks, provenance(about, runs="replicates"), shape
    )
    return draw_row_chart(name, style, texts, rows, "Share of variance", about)


def _index(row: dict[Any, Any], kind: str) -> Finding:
    return Finding(float(row[kind]), float(row[f"{kind}_low"]), float(row[f"{kind}_high"]))


def _text(value: Finding) -> str:
    return plain_interval(value.mean, value.low, value.high, 2)


def _title(rows: list[RowMark], outcome: OutcomeWords, what: str, names: Names) -> str:
    """The factors whose interval lies above zero, the largest named."""
    clear = [row for row in rows if row.value.low > 0.0]
    opening = f"{outcome.when}, {outcome.noun}"
    if not clear:
        return first_supported_title([f"{opening}: no factor has a {what} that is clearly above zero"], [])
    first = clear[0]
    summary = f"largest {what}: {names.inside(first.name)}, {plain(first.value.mean, 2)}"
    titles = [f"{opening}: {summary}; {len(clear)} of {len(rows)} factors clear of zero", f"{opening}: {summary}"]
    return first_supported_title([*titles, f"{opening}: {len(clear)} of {len(rows)} factors clear of zero"], [])


def draw_morris(tables: SweepTables, style: Style) -> list[Chart]:
    """Mean size of elementary effects against the level that noise alone would reach, one chart for each outcome.

    Raises:
        NothingToDraw: The design is no Morris design.
    """
    if tables.declared.kind != "morris":
        raise NothingToDraw("Elementary effects belong to a Morris design, which this sweep is not.")
    runs, declared = whole_replicates(tables.runs), tables.declared
    return [
        morris_chart(tables, morris(runs, declared.factors, name, declared.seed), name, style)
        for name in declared.outcomes
    ]


def morris_chart(tables: SweepTables, table: pd.DataFrame, name: str, style: Style) -> Chart:
    """The largest elementary effects of one outcome, as `sim.statistics.morris.morris` makes the table."""
    outcome = tables.outcome(name)
    table = table.sort_values("mu_star", ascending=False)
    scale = outcome.scale(table[["mu_star", "high"]].to_numpy().ravel(), tables.currency)
    above = ~(table["low"] <= table["noise_floor"])
    decimals = places(table["mu_star"] * scale.factor)
    rows = []
    for row in table.head(MOST_ROWS_BY_STYLE[style.name]).to_dict("records"):
        value = Finding(*(float(row[end]) * scale.factor for end in ("mu_star", "low", "high")))
        fill = "white" if row["low"] <= row["noise_floor"] else SLATE
        rows.append(RowMark(tables.names.of(row["factor"]), value, plain_interval(*_ends(value), decimals), fill))
    floor = float(table["noise_floor"].max()) * scale.factor
    first = tables.names.inside(tables.names.of(str(table["factor"].iloc[0])))
    opening = f"{outcome.when}, {outcome.noun}"
    count = f"{int(above.sum())} of {len(table)} factors stand above noise"
    titles = (
        [f"{opening}: {count}; largest: {first}", f"{opening}: {count}"]
        if above.any()
        else [f"{opening}: no factor stands above noise"]
    )
    subtitle = (
        f"Mean size of the elementary effects on {outcome.noun}, {outcome.when}, over the whole range of a factor, the "
        f"{len(rows)} largest. Line and bracket: 95{SPACE}% interval; hollow dot: not above noise."
    )
    shape = f"{len(rows)} rows: " + "; ".join(f"{row.name} {row.text}" for row in rows)
    counts = f"{int(table['trajectories'].iloc[0])} trajectories, {int(table['replicates'].iloc[0])} replicates"
    remarks = f"{counts}. Screening ranks factors; it does not say which way they act."
    texts = ChartWords(
        first_supported_title(titles, []), subtitle, remarks, provenance(tables.about, runs="replicates"), shape
    )
    line = (floor, "highest level of noise alone") if floor == floor else None
    unit = scale.gap_unit or outcome.unit
    return draw_row_chart(
        f"morris-{name}", style, texts, rows, f"Mean size of elementary effects ({unit})", tables.about, line=line
    )


def _ends(value: Finding) -> tuple[float, float, float]:
    return value.mean, value.low, value.high


def draw_drivers(tables: FolderTables, style: Style) -> list[Chart]:
    """Rank correlation of each gap of a study with the numbers that were drawn.

    Raises:
        NothingToDraw: The study has no drivers.
    """
    if not tables.has("drivers"):
        raise NothingToDraw("This study has no sampled numbers with which a gap could go.")
    table = tables.table("drivers")
    return [_drivers(tables, str(gap), part, style) for gap, part in table.groupby("gap", sort=False)]


def _drivers(tables: FolderTables, gap: str, table: pd.DataFrame, style: Style) -> Chart:
    names, about = names_of(tables.about), tables.about
    table = table.reindex(table["rank_correlation"].abs().sort_values(ascending=False).index).head(
        MOST_ROWS_BY_STYLE[style.name]
    )
    rows = []
    for row in table.to_dict("records"):
        value = Finding(
            float(row["rank_correlation"]), float(row.get("low", float("nan"))), float(row.get("high", float("nan")))
        )
        rows.append(RowMark(names.factor(str(row["factor"])), value, plain(value.mean, 2), SLATE, start=0.0))
    years = f"{int(about['months']) // 12}-year"
    first = rows[0]
    shown = names.inside(names.of(gap))
    titles = [
        f"{years} {shown}: goes most with {names.inside(first.name)}, rank correlation {plain(first.value.mean, 2)}",
        f"{years} {shown}: largest rank correlation {plain(first.value.mean, 2)}",
    ]
    subtitle = (
        f"Rank correlation of {shown} with each number drawn, over {about.get('worlds', '?')} sampled worlds, the "
        f"{len(rows)} largest."
    )
    shape = f"{len(rows)} bars: " + "; ".join(f"{row.name} {row.text}" for row in rows)
    source = {"scenario": about.get("experiment", about.get("study")), "replications": about.get("worlds", "?")}
    origin = provenance({**about, **source}, runs="sampled worlds")
    texts = ChartWords(
        first_supported_title(titles, []),
        subtitle,
        "A correlation over sampled worlds; numbers were drawn independently.",
        origin,
        shape,
    )
    slug = gap.replace(" ", "_")
    return draw_row_chart(f"drivers-{slug}", style, texts, rows, "Rank correlation", about)
