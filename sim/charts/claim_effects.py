"""The effects of a claim over its base worlds: a dot with its interval, levels and per cent, on one scale a measure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from sim.charts.chart import Chart
from sim.charts.claim_tables import (
    LedgerTables,
    claim_name,
    claim_row,
    effect_text,
    fitting,
    horizon,
    in_words,
    ledger_note,
    levels_text,
    measure_label,
    plain_rows,
    record_about,
    registration_stamp,
    rows_of_table,
    unit_scale,
)
from sim.charts.forest import ForestRow, mark
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, Scale
from sim.charts.theme import RULE, SLATE, Style, settings
from sim.charts.words import ChartWords, Finding, first_supported_title, join_names
from sim.model.measures import BY_NAME
from sim.statistics.verdicts import HIGHER, LOWER, NO_DIFFERENCE

EFFECTS_MM = (183.0, 90.0)
HEADING, LEAST_PITCH = 1.1, 0.7  # heights of the heading of a measure and of the pitch of its rows [lines of text]
EFFECT_COLUMNS = (
    "claim",
    "world",
    "measure",
    "one",
    "other",
    "unit",
    "mean",
    "low",
    "high",
    "level_one",
    "level_other",
)
BESIDE = "beside"  # what a measure without a verdict is called


class MeasureRows(NamedTuple):
    """All worlds of one measure.

    Args:
        measure: Name of the measure.
        rows: Rows of the table of effects.
        findings: Paired difference by world.
        scale: Factor and units.
        registered: Whether a verdict rests on it.
    """

    measure: str
    rows: list[dict[str, Any]]
    findings: dict[str, Finding]
    scale: Scale
    registered: bool


def blocks_of(effects: pd.DataFrame) -> list[MeasureRows]:
    """One block a measure, those with a verdict first.

    Args:
        effects: Rows of the table of effects of one claim.
    """
    blocks = []
    for measure, part in effects.groupby("measure", sort=False):
        rows = plain_rows(part)
        findings = {str(row["world"]): Finding(*(float(row[end]) for end in ("mean", "low", "high"))) for row in rows}
        values = part[["mean", "low", "high"]].abs().to_numpy().ravel()
        registered = str(rows[0].get("registered", True)).lower() != "false"
        blocks.append(MeasureRows(str(measure), rows, findings, unit_scale(str(rows[0]["unit"]), values), registered))
    return sorted(blocks, key=lambda block: not block.registered)


def draw_effects(tables: LedgerTables, style: Style) -> list[Chart]:
    """One chart a claim.

    Args:
        tables: Uses ``effects`` and ``verdicts``.
        style: Deck or journal.
    """
    effects = rows_of_table(tables, "effects", EFFECT_COLUMNS)
    verdicts = rows_of_table(tables, "verdicts", ("id", "statement", "verdict"))
    return [
        chart
        for claim, part in effects.groupby("claim", sort=False)
        for chart in _charts(tables, claim_row(verdicts, claim), blocks_of(part), style)
    ]


def _charts(tables: LedgerTables, claim: Mapping[str, Any], blocks: list[MeasureRows], style: Style) -> list[Chart]:
    """As many pages as the rows need at their least height."""
    made, name = [], f"effects-{claim['id']}"
    with settings(style):
        pages = pages_of_blocks(Page(style, _words(tables, claim, blocks, blocks), EFFECTS_MM), blocks)
        for number, shown in enumerate(pages, start=1):
            words = _words(tables, claim, blocks, shown)
            if len(pages) > 1:
                words = replace(words, subtitle=f"{words.subtitle} (page {number} of {len(pages)})")
            page = Page(style, words, EFFECTS_MM)
            _draw(page, shown)
            about = record_about(tables, claim=claim["id"])
            made.append(Chart(name if len(pages) == 1 else f"{name}-{number}", style, page.figure, words, about))
    return made


def pages_of_blocks(page: Page, blocks: Sequence[MeasureRows]) -> list[list[MeasureRows]]:
    """Measures by page, so that no row is lower than its text; a measure stands on one page.

    Args:
        page: A page as each will be.
        blocks: The measures.
    """
    pages: list[list[MeasureRows]] = [[]]
    room = page.body.height
    for block in blocks:
        used = sum(_height(page.style, other, LEAST_PITCH) for other in pages[-1])
        if pages[-1] and used + _height(page.style, block, LEAST_PITCH) > room:
            pages.append([])
        pages[-1].append(block)
    return pages


def _height(style: Style, block: MeasureRows, pitch: float) -> float:
    """Height of a measure with its heading at a pitch in lines of text. [inch]"""
    return style.gap(HEADING + pitch * (0.7 + 1.6 * len(block.rows)))


def _draw(page: Page, blocks: Sequence[MeasureRows]) -> None:
    style, body = page.style, page.body
    headings = style.gap(HEADING) * len(blocks)
    pitch = min(style.gap(1.6), (body.height - headings) / sum(0.7 + 1.6 * len(block.rows) for block in blocks))
    texts = [_text(row, block.scale) for block in blocks for row in block.rows]
    names = [str(row["world"]) for block in blocks for row in block.rows]
    left = max(page.width_of(name, style.label) for name in names) + style.gap(1.2)
    right = max(page.width_of(text, style.label) for text in texts) + style.gap(1.0)
    top = body.top
    for block in blocks:
        plot = Box(body.left + left, 0.0, body.width - left - right, top)
        top = _block(page, plot, block, pitch)


def _block(page: Page, box: Box, block: MeasureRows, pitch: float) -> float:
    """One measure below the upper edge of a box; returns the lower edge."""
    style = page.style
    beside = "" if block.registered else f" ({BESIDE}, no verdict rests on it)"
    head = f"{measure_label(block.measure)} ({block.scale.gap_unit}){beside}"
    below = page.write(page.body.left, box.top, [head], style.label, "bold") - 0.25 * pitch
    height = 1.6 * pitch * len(block.rows)
    plot = box._replace(bottom=below - height, height=height)
    axes = page.axes(plot)
    axes.set_axis_off()
    _smallest(axes, block, _limits(axes, block))
    for place, row in enumerate(block.rows):
        gap = block.findings[str(row["world"])]
        better = BY_NAME[block.measure].direction if block.measure in BY_NAME else HIGHER
        mark(page, axes, ForestRow("", gap, "", block.scale.factor, better), len(block.rows) - place - 0.5)
        line = below - (place + 0.5) * 1.6 * pitch + style.gap(0.48)
        page.write(page.body.left, line, [str(row["world"])], style.label, colour=SLATE)
        page.write(plot.right + style.gap(1.0), line, [_text(row, block.scale)], style.label)
    return below - height - 0.45 * pitch


def _limits(axes: Axes, block: MeasureRows) -> float:
    ends = [end * block.scale.factor for gap in block.findings.values() for end in gap_ends(gap)]
    reach = max(map(abs, ends), default=0.0) or 1.0
    axes.set(xlim=(-1.06 * reach, 1.06 * reach), ylim=(0.0, len(block.rows)))
    return reach


def gap_ends(gap: Finding) -> list[float]:
    """The numbers of a difference that are known."""
    return [end for end in (gap.mean, gap.low, gap.high) if end == end]


def _smallest(axes: Axes, block: MeasureRows, reach: float) -> None:
    """The band within which a difference does not matter, and the line at zero."""
    sizes = [float(row.get("smallest", float("nan"))) * block.scale.factor for row in block.rows]
    for place, size in enumerate(sizes):
        if size == size:
            foot, wide = len(sizes) - place - 1, min(abs(size), 1.06 * reach)
            axes.fill_between([-wide, wide], foot + 0.08, foot + 0.92, color=RULE, alpha=0.6, linewidth=0, zorder=0)
    axes.axvline(0.0, color=SLATE, linewidth=0.8, zorder=1)


def _text(row: Mapping[str, Any], scale: Scale) -> str:
    levels = levels_text(row, str(row["unit"]))
    text = effect_text(float(row["mean"]), float(row["low"]), float(row["high"]), scale)
    return f"{text}  ({levels})" if levels else text


def title_of_worlds(block: MeasureRows, ours: str, theirs: str, when: str) -> str:
    """What a measure does in which base worlds, of one arm against the other."""
    parts = []
    for verdict in (HIGHER, LOWER):
        worlds = [world for world, gap in block.findings.items() if gap.verdict == verdict]
        parts += [f"{verdict} in {join_names(worlds)}"] if worlds else []
    unclear = [world for world, gap in block.findings.items() if not gap.clear]
    noun, results = measure_label(block.measure).lower(), list(block.findings.values())
    arms = f"{ours} against {theirs}"
    if not parts:
        every = f"{NO_DIFFERENCE} in {noun} in {join_names(unclear, 'or')}"
        return first_supported_title(
            [f"{arms}: {every}, {when}", f"{arms}: {NO_DIFFERENCE} in {noun}, {when}"], results
        )
    claim = f"{arms}: {noun} {join_names(parts)}"
    rest = f"{claim}, not clear in {join_names(unclear, 'or')}" if unclear else claim
    short = f"{noun} {join_names(parts)}" + (", not clear in the rest" if unclear else "")
    return first_supported_title([f"{rest}, {when}", f"{short}, {when}"], results)


def _words(
    tables: LedgerTables, claim: Mapping[str, Any], blocks: Sequence[MeasureRows], shown: Sequence[MeasureRows]
) -> ChartWords:
    first = blocks[0]
    ours, theirs = (in_words(str(first.rows[0][name])) for name in ("one", "other"))
    title = title_of_worlds(first, ours, theirs, horizon(claim))
    subtitle = (
        f"{claim['statement']} Verdict: {claim['verdict']}. Paired difference, {ours} minus {theirs}: dot is the mean, "
        f"line and bracket its 95{SPACE}% interval."
    )
    remarks = (
        "Grey band: differences smaller than the smallest effect that matters. Filled dot: the interval excludes zero "
        f"(green better, plum worse for the firm). In brackets: {ours} against {theirs}, and per cent."
    )
    pairs = int(max(float(row.get("pairs", 0) or 0) for block in blocks for row in block.rows))
    note = ledger_note(tables, f"scenarios {', '.join(first.findings)}, {pairs} paired worlds each", _stamp(claim))
    texts = "; ".join(
        f"{measure_label(block.measure)} in {row['world']} {_text(row, block.scale)}"
        for block in shown
        for row in block.rows
    )
    return ChartWords(fitting(title), subtitle, remarks, note, f"Rows of dots with intervals around zero: {texts}")


def _stamp(claim: Mapping[str, Any]) -> str:
    return registration_stamp(claim) or claim_name(str(claim["id"]))
