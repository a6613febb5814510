"""What one firm's change is worth when rivals copy it: each measure with no adopter, one, and all firms."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.claim_tables import (
    LedgerTables,
    effect_text,
    fitting,
    ledger_note,
    measure_label,
    plain_rows,
    question_period,
    question_scenario,
    record_about,
    rows_of_table,
    unit_scale,
)
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, Scale, places, plain
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.theme import INK, MIST, SLATE, Style, settings
from sim.charts.words import ChartWords, Finding, first_supported_title

ADOPTION_MM = (183.0, 78.0)
NEEDED_ADOPTION_COLUMNS = ("adopters", "measure", "mean", "low", "high", "unit")
BY_ADOPTERS = ("none", "one", "all")
COPYING = "when-all-adopt"
MOST_ABREAST = 3


class AdoptionPanel(NamedTuple):
    """One measure.

    Args:
        measure: Name of the measure.
        levels: Mean and interval by adopters.
        gaps: Paired difference to no adopter; empty where the table has none.
        scale: Factor and units.
    """

    measure: str
    levels: dict[str, Finding]
    gaps: dict[str, Finding]
    scale: Scale


def draw_adoption(tables: LedgerTables, style: Style) -> Chart:
    """Small multiples, one a measure.

    Args:
        tables: Uses ``adoption``.
        style: Deck or journal.
    """
    table = rows_of_table(tables, "adoption", NEEDED_ADOPTION_COLUMNS)
    panels = [_panel(str(measure), part) for measure, part in table.groupby("measure", sort=False)]
    words = _words(tables, panels)
    with settings(style):
        page = Page(style, words, ADOPTION_MM)
        rows = [panels[place : place + MOST_ABREAST] for place in range(0, len(panels), MOST_ABREAST)]
        height = page.body.height / len(rows)
        for number, row in enumerate(rows):
            between = style.gap(0.8) if number + 1 < len(rows) else 0.0
            bottom = page.body.top - (number + 1) * height + between
            line = Box(page.body.left, bottom, page.body.width, height - between)
            width = min(len(panels), MOST_ABREAST)
            for place, (box, panel) in enumerate(zip(beside(line, width, style.gap(2.0)), row, strict=False)):
                _draw_panel(page, box, number * MOST_ABREAST + place, panel)
    return Chart("adoption", style, page.figure, words, record_about(tables, question=COPYING))


def _panel(measure: str, part: pd.DataFrame) -> AdoptionPanel:
    rows = {str(row["adopters"]): row for row in plain_rows(part)}
    levels = {name: Finding(*(float(rows[name][end]) for end in ("mean", "low", "high"))) for name in BY_ADOPTERS}
    ends = ("difference", "difference_low", "difference_high")
    gaps = (
        {name: Finding(*(float(rows[name][end]) for end in ends)) for name in BY_ADOPTERS[1:]}
        if ends[0] in part
        else {}
    )
    values = [abs(end) for level in levels.values() for end in level_ends(level)]
    return AdoptionPanel(measure, levels, gaps, unit_scale(str(part["unit"].iloc[0]), values))


def level_ends(level: Finding) -> tuple[float, float, float]:
    """Mean and ends of a level."""
    return level.mean, level.low, level.high


def _draw_panel(page: Page, box: Box, place: int, panel: AdoptionPanel) -> None:
    style = page.style
    notes = [f"{name}: {text}" for name, text in _gap_texts(panel).items()]
    lines = [line for note in notes for line in page.wrap(note, style.label, box.width)]
    below = style.gap(len(lines) + 1.6) if lines else 0.0
    plot = Box(box.left, box.bottom + below, box.width, box.height - below)
    ends = [end * panel.scale.factor for level in panel.levels.values() for end in level_ends(level)]
    words = PanelWords(measure_label(panel.measure), panel.scale.unit or " ", "", place)
    drawn = Panel.of_lines(page, plot, words, (min(0.0, *ends), max(0.0, *ends)), ticks=2)
    for position, name in enumerate(BY_ADOPTERS):
        mean, low, high = (end * panel.scale.factor for end in level_ends(panel.levels[name]))
        drawn.axes.bar([position], [mean], width=0.55, color=MIST, zorder=2)
        drawn.axes.plot([position] * 2, [low, high], color=INK, linewidth=0.7 * style.line, zorder=4)
        drawn.axes.plot([position], [mean], "o", color=INK, markersize=1.8 * style.line, zorder=4, clip_on=False)
    drawn.axes.set_xticks(range(len(BY_ADOPTERS)), BY_ADOPTERS)
    drawn.axes.set_xlim(-0.6, len(BY_ADOPTERS) - 0.4)
    drawn.finish(words.across)
    if lines:
        page.write(box.left, box.bottom + below - style.gap(1.2), ["Against none:"], style.label, "bold", SLATE)
        page.write(box.left, box.bottom + below - style.gap(2.2), lines, style.label)


def _gap_texts(panel: AdoptionPanel) -> dict[str, str]:
    texts = {}
    for name, gap in panel.gaps.items():
        level = panel.levels["none"].mean
        share = 100.0 * gap.mean / abs(level) if level else float("nan")
        per_cent = f" ({'+' if share > 0 else ''}{plain(share, 0)}{SPACE}%)" if share == share else ""
        texts[name] = effect_text(gap.mean, gap.low, gap.high, panel.scale) + per_cent
    return texts


def _moves(panel: AdoptionPanel, adopters: str) -> str:
    gap = panel.gaps.get(adopters)
    return "not clear" if gap is None or not gap.clear else gap.verdict


def _title(panels: Sequence[AdoptionPanel], when: str) -> str:
    first, findings = panels[0], [gap for panel in panels for gap in panel.gaps.values()]
    noun = measure_label(first.measure).lower()
    alone, together = _moves(first, "one"), _moves(first, "all")
    if not any(gap.clear for gap in findings):
        return f"No clear difference, whether no firm, one or all adopt, {when}"
    words = {"higher": "higher", "lower": "lower", "not clear": "not clearly different"}
    both = f"{words[alone]} when it alone adopts and {words[together]} when all do"
    if alone == together:
        both = f"{words[alone]} whether it alone adopts or all do"
    rest = [f"{measure_label(panel.measure).lower()} {_moves(panel, 'all')}" for panel in panels[1:]]
    more = f"; with all: {', '.join(rest)}" if rest else ""
    return first_supported_title(
        [f"The first firm's {noun} is {both}, {when}{more}", f"The first firm's {noun} is {both}, {when}"], findings
    )


def _words(tables: LedgerTables, panels: Sequence[AdoptionPanel]) -> ChartWords:
    subtitle = (
        "The same market in which no firm, the first one, or all firms turn customer-centric. Bar and dot: mean of "
        f"runs; line: 95{SPACE}% interval of the mean. Below: paired difference to no adopter [95{SPACE}% interval]."
    )
    remarks = "Bars start at zero. Both policies are tuned by the same budget; a tuned price is held."
    shape = "; ".join(
        f"{measure_label(panel.measure)}: "
        + ", ".join(
            f"{name} {plain(level.mean * panel.scale.factor, places([level.mean * panel.scale.factor]))}"
            for name, level in panel.levels.items()
        )
        + "".join(f", {name} against none {text}" for name, text in _gap_texts(panel).items())
        for panel in panels
    )
    title = fitting(_title(panels, question_period(tables, COPYING)))
    note = ledger_note(tables, question_scenario(tables, COPYING))
    return ChartWords(title, subtitle, remarks, note, f"{len(panels)} panels of three bars: {shape}")
