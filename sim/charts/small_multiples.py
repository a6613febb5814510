"""Attrition, word of mouth and profit by year, a panel for each policy: its band, and the others as pale lines."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.charts.chart import Chart
from sim.charts.fan import FAN_MEASURES, year_marks
from sim.charts.layout import Page
from sim.charts.measure_words import title_over_measures
from sim.charts.numbers import SPACE, Scale
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.tables import MEASURE_LABELS, Tables, contest, finding, last_year, scale_of
from sim.charts.theme import MIST, Look, Style, looks_of, settings
from sim.charts.words import ChartWords, decided, provenance

MULTIPLES_MM = (183.0, 62.0)
BAND_ENDS = (0.05, 0.5, 0.95)
Bands = Mapping[str, pd.DataFrame]


def draw_policy_panels(tables: Tables, style: Style) -> list[Chart]:
    """One chart a measure, a panel a policy, all panels on one scale.

    Args:
        tables: Uses ``runs``, ``gaps`` and ``about``.
        style: Deck or journal.
    """
    return [_chart(tables, measure, style) for measure in FAN_MEASURES]


def _chart(tables: Tables, measure: str, style: Style) -> Chart:
    looks = looks_of(tables.about)
    words = _words(tables, measure, looks)
    with settings(style):
        page = Page(style, words, MULTIPLES_MM)
        _row(page, measure, _bands(tables, measure, looks), looks)
    return Chart(f"multiples-{measure.replace('_', '-')}", style, page.figure, words, tables.about)


def _bands(tables: Tables, measure: str, looks: Mapping[str, Look]) -> tuple[Bands, Scale]:
    runs = tables.runs[(tables.runs["measure"] == measure) & (tables.runs["year"] > 0)]
    scale = scale_of(tables, measure, runs["value"])
    grouped = {policy: runs[runs["policy"] == policy].groupby("year")["value"] for policy in looks}
    return {
        policy: group.quantile(np.array(BAND_ENDS)).unstack() * scale.factor for policy, group in grouped.items()
    }, scale


def _row(page: Page, measure: str, shown: tuple[Bands, Scale], looks: Mapping[str, Look]) -> None:
    bands, scale = shown
    values = np.concatenate([band.to_numpy().ravel() for band in bands.values()])
    ends = (min(0.0, float(np.nanmin(values))), max(0.0, float(np.nanmax(values))))
    row = MEASURE_LABELS[measure]
    for place, (part, policy) in enumerate(zip(beside(page.body, len(looks), page.style.gap(1.5)), looks, strict=True)):
        words = PanelWords(looks[policy].label, f"{scale.unit} {row.axis}".strip(), "Year", place)
        panel = Panel.of_lines(page, part, words, ends, ticks=4)
        _lines(panel, bands, policy, looks)
        panel.finish(words.across)


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


def _words(tables: Tables, measure: str, looks: Mapping[str, Look]) -> ChartWords:
    policy, rivals = contest(tables)
    year, row = last_year(tables, measure), MEASURE_LABELS[measure]
    gap = {row.in_sentence: finding(tables, measure, year, policy, rivals[0])}
    title = title_over_measures(gap, looks[policy].label, looks[rivals[0]].label, f"year {year}")
    subtitle = (
        f"{row.label} by year, a panel a policy. Line: median run; band: 90{SPACE}% of runs (spread of outcomes, not "
        "error of the mean); pale lines: medians of the other policies."
    )
    remarks = f"All panels share one scale. The title rests on the paired gap of year {year}, as in the chart fan."
    bands, scale = _bands(tables, measure, looks)
    texts = [f"{looks[name].label} {band[0.5].iloc[-1]:.3g} {scale.unit}".strip() for name, band in bands.items()]
    shape = f"{len(looks)} panels with a line and a band. Medians of the last year: {', '.join(texts)}"
    return ChartWords(decided(title, tables.about), subtitle, remarks, provenance(tables.about), shape)
