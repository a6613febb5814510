"""Attrition, word of mouth and profit by year, a panel for each policy: its band, and all others as pale lines."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.charts.chart import Chart
from sim.charts.fan import FAN_MEASURES, year_marks
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, Scale
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.tables import MEASURE_LABELS, Tables, contest, finding, last_year, scale_of
from sim.charts.theme import MIST, Look, Style, looks_of, settings
from sim.charts.words import ChartWords, decided, provenance, title_over_measures

MULTIPLES_MM = (183.0, 150.0)
ENDS = (0.05, 0.5, 0.95)
Bands = Mapping[str, pd.DataFrame]


def draw_multiples(tables: Tables, style: Style) -> Chart:
    """A row a measure, a column a policy; panels of a row share one scale.

    Args:
        tables: Uses ``runs``, ``gaps`` and ``about``.
        style: Deck or journal.
    """
    looks = looks_of(tables.about)
    words = _words(tables, looks)
    with settings(style):
        page = Page(style, words, MULTIPLES_MM)
        height = (page.body.height - style.gap(1.2) * (len(FAN_MEASURES) - 1)) / len(FAN_MEASURES)
        for number, measure in enumerate(FAN_MEASURES):
            bottom = page.body.top - (number + 1) * height - number * style.gap(1.2)
            _row(page, Box(page.body.left, bottom, page.body.width, height), number, (tables, measure, looks))
    return Chart("multiples", style, page.figure, words, tables.about)


def _bands(tables: Tables, measure: str, looks: Mapping[str, Look]) -> tuple[Bands, Scale]:
    runs = tables.runs[(tables.runs["measure"] == measure) & (tables.runs["year"] > 0)]
    scale = scale_of(tables, measure, runs["value"])
    grouped = {policy: runs[runs["policy"] == policy].groupby("year")["value"] for policy in looks}
    return {policy: group.quantile(np.array(ENDS)).unstack() * scale.factor for policy, group in grouped.items()}, scale


def _row(page: Page, box: Box, number: int, shown: tuple[Tables, str, Mapping[str, Look]]) -> None:
    tables, measure, looks = shown
    bands, scale = _bands(tables, measure, looks)
    values = np.concatenate([band.to_numpy().ravel() for band in bands.values()])
    ends = (min(0.0, float(np.nanmin(values))), max(0.0, float(np.nanmax(values))))
    row = MEASURE_LABELS[measure]
    for place, (part, policy) in enumerate(zip(beside(box, len(looks), page.style.gap(1.5)), looks, strict=True)):
        name = f"{row.label}: {looks[policy].label}"
        words = PanelWords(name, f"{scale.unit} {row.axis}".strip(), "Year", number * len(looks) + place)
        panel = Panel.of_lines(page, part, words, ends, ticks=2)
        _lines(panel, bands, policy, looks)
        panel.finish("Year" if number == len(FAN_MEASURES) - 1 else "")


def _lines(panel: Panel, bands: Bands, policy: str, looks: Mapping[str, Look]) -> None:
    style, own = panel.page.style, bands[policy]
    for rival, band in bands.items():
        if rival != policy:
            panel.axes.plot(band.index, band[0.5], color=MIST, linewidth=0.6 * style.line, zorder=1)
    look = looks[policy]
    panel.axes.fill_between(own.index, own[0.05], own[0.95], color=look.colour, alpha=0.2, linewidth=0)
    marker = "o" if len(own) == 1 else ""
    panel.axes.plot(
        own.index, own[0.5], color=look.colour, linestyle=look.dash, linewidth=style.line, marker=marker, zorder=3
    )
    first, last = own.index[[0, -1]]
    panel.axes.set_xlim(first - 0.5 * (first == last), last + 0.5 * (first == last))
    panel.axes.set_xticks(year_marks(int(first), int(last), 4))


def _words(tables: Tables, looks: Mapping[str, Look]) -> ChartWords:
    policy, rivals = contest(tables)
    year = last_year(tables, FAN_MEASURES[0])
    findings = {
        MEASURE_LABELS[name].in_sentence: finding(tables, name, year, policy, rivals[0]) for name in FAN_MEASURES
    }
    title = title_over_measures(findings, looks[policy].label, looks[rivals[0]].label, f"year {year}")
    subtitle = (
        f"Attrition, negative share of word of mouth and profit by year, a column a policy. Line: median run; band: "
        f"90{SPACE}% of runs (spread of outcomes, not error of the mean); pale lines: medians of the other policies."
    )
    remarks = f"Panels of a row share one scale. The title rests on paired gaps of year {year}, as in the chart fan."
    medians = "; ".join(_medians(tables, measure, looks) for measure in FAN_MEASURES)
    shape = f"{len(FAN_MEASURES)} rows of {len(looks)} panels. Medians of the last year: {medians}"
    return ChartWords(decided(title, tables.about), subtitle, remarks, provenance(tables.about), shape)


def _medians(tables: Tables, measure: str, looks: Mapping[str, Look]) -> str:
    bands, scale = _bands(tables, measure, looks)
    texts = [f"{looks[policy].label} {band[0.5].iloc[-1]:.3g} {scale.unit}".strip() for policy, band in bands.items()]
    return f"{MEASURE_LABELS[measure].label}: {', '.join(texts)}"
