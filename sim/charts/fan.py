"""Attrition, negative word of mouth and profit by year: bands of runs, and the paired gap of the last year below."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sim.charts.chart import Chart
from sim.charts.forest import ForestRow, draw_rows, height_of_rows, rows_of
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Box, Page
from sim.charts.measure_words import title_over_measures
from sim.charts.numbers import Scale, places, plain_interval
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.tables import MEASURE_LABELS, Tables, contest, finding, last_year, scale_of
from sim.charts.theme import Look, Style, looks_of, settings
from sim.charts.words import ChartWords, decided, in_sentence, provenance

FAN_MEASURES = ("attrition", "messages_negative_share", "profit")
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
FAN_MM = (183.0, 84.0)
MOST_NUMBERS = 4
ACROSS = "Year since the policies began"


class FanPart(NamedTuple):
    """Numbers of one panel in the reader's unit.

    Args:
        measure: Name of the measure.
        scale: Factor and units.
        bands: Quantiles of runs by policy, one row a year.
        labels: Labels at the ends of the lines.
        rows: Paired gaps of the last year.
        year: The last year.
    """

    measure: str
    scale: Scale
    bands: dict[str, pd.DataFrame]
    labels: list[PlacedLabel]
    rows: list[ForestRow]
    year: int


def draw_fan(tables: Tables, style: Style) -> Chart:
    """Three panels of yearly measures, with bands and paired gaps.

    Args:
        tables: Uses ``runs``, ``gaps`` and ``about``.
        style: Deck or journal.
    """
    styles = looks_of(tables.about)
    panels = [_panel(tables, measure, styles) for measure in FAN_MEASURES]
    words = _words(tables, styles, panels[0].year)
    with settings(style):
        page = Page(style, words, FAN_MM)
        gutter = 0.25 if style.titled else 0.12
        width = beside(page.body, len(panels), gutter)[0].width
        below = max(_height_below(page, panel, styles, width) for panel in panels)
        for place, (box, panel) in enumerate(zip(beside(page.body, len(panels), gutter), panels, strict=True)):
            _draw_panel(page, box, place, panel, styles, below)
    return Chart("fan", style, page.figure, words, tables.about)


def _panel(tables: Tables, measure: str, styles: dict[str, Look]) -> FanPart:
    runs = tables.runs[(tables.runs["measure"] == measure) & (tables.runs["year"] > 0)]
    scale, year = scale_of(tables, measure, runs["value"]), last_year(tables, measure)
    bands = {}
    for policy in styles:
        grouped = runs[runs["policy"] == policy].groupby("year")["value"]
        bands[policy] = grouped.quantile(np.array(QUANTILES)).unstack() * scale.factor
    policy, rivals = contest(tables)
    rows = rows_of(tables, measure, policy, rivals, {name: look.label for name, look in styles.items()})
    return FanPart(measure, scale, bands, _labels(bands, styles), rows, year)


def _labels(bands: dict[str, pd.DataFrame], styles: dict[str, Look]) -> list[PlacedLabel]:
    """Name, median and interval of the last year; the name alone where many lines end."""
    ends = {policy: band.iloc[-1] for policy, band in bands.items()}
    decimals = places(abs(value) for end in ends.values() for value in end)
    texts = {policy: plain_interval(end[0.5], end[0.05], end[0.95], decimals) for policy, end in ends.items()}
    return [
        PlacedLabel(end[0.5], [styles[policy].label] + [texts[policy]] * (len(ends) <= MOST_NUMBERS), styles[policy])
        for policy, end in ends.items()
    ]


def _heads(page: Page, part: FanPart, styles: dict[str, Look], width: float) -> list[str]:
    ours = in_sentence(styles[list(styles)[-1]].label)
    head = f"Paired gap in year {part.year}: {ours} minus\u00a0…\u00a0({part.scale.gap_unit})"
    return page.wrap(head, page.style.label, width, "bold")


def _height_below(page: Page, part: FanPart, styles: dict[str, Look], width: float) -> float:
    """Height of the gaps under a panel. [inch]"""
    return page.style.gap(len(_heads(page, part, styles, width)) + 0.9) + height_of_rows(page, part.rows, width)


def _draw_panel(page: Page, box: Box, place: int, part: FanPart, styles: dict[str, Look], below: float) -> None:
    style, shown, heads = page.style, MEASURE_LABELS[part.measure], _heads(page, part, styles, box.width)
    words = PanelWords(shown.label, f"{part.scale.unit} {shown.axis}".strip(), ACROSS, place)
    upper = Box(box.left, box.bottom + below, box.width, box.height - below)
    panel = Panel.of_lines(page, upper, words, _ends(part), part.labels, 4)
    _draw_bands(page, panel.axes, part, styles)
    panel.finish(ACROSS)
    under = page.write(box.left, box.bottom + below - style.gap(0.3), heads, style.label, "bold") - style.gap(0.2)
    texts = max(page.width_of(row.text, style.label) for row in part.rows) + style.gap(0.6)
    marks = Box(panel.plot.left, box.bottom, box.right - texts - panel.plot.left, under - box.bottom)
    draw_rows(page, marks, part.rows, box)


def _ends(part: FanPart) -> tuple[float, float]:
    values = np.concatenate([band.to_numpy().ravel() for band in part.bands.values()])
    return min(0.0, float(np.nanmin(values))), max(0.0, float(np.nanmax(values)))


def _draw_bands(page: Page, axes: Axes, part: FanPart, styles: dict[str, Look]) -> None:
    for policy, band in part.bands.items():
        look, years = styles[policy], band.index.to_numpy()
        for (low, high), strength in (((0.05, 0.95), 0.13), ((0.25, 0.75), 0.22)):
            axes.fill_between(years, band[low], band[high], color=look.colour, alpha=strength, linewidth=0)
    for policy, band in part.bands.items():
        look = styles[policy]
        marker = "o" if len(band) == 1 else ""
        axes.plot(
            band.index, band[0.5], color=look.colour, linestyle=look.dash, linewidth=page.style.line, marker=marker,
            solid_capstyle="butt",
        )  # fmt: skip
    first, last = part.bands[next(iter(styles))].index[[0, -1]]
    axes.set_xlim(first - 0.5 * (first == last), last + 0.5 * (first == last))
    axes.set_xticks(year_marks(int(first), int(last)))


def year_marks(first: int, last: int, most: int = 5) -> list[int]:
    """Years to mark on an axis: the last one and even steps back from it.

    >>> year_marks(1, 10)
    [2, 4, 6, 8, 10]
    """
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100) if (last - first) // size + 1 <= most)
    return list(range(last, first - 1, -step))[::-1]


def _words(tables: Tables, styles: dict[str, Look], year: int) -> ChartWords:
    policy, rivals = contest(tables)
    findings = {
        MEASURE_LABELS[name].in_sentence: finding(tables, name, year, policy, rivals[0]) for name in FAN_MEASURES
    }
    title = title_over_measures(findings, styles[policy].label, styles[rivals[0]].label, f"year {year}")
    years = f"years 1–{year}" if year > 1 else "year 1"
    subtitle = (
        f"Attrition, negative share of word of mouth and profit by year, {years}. Line: median run. "
        "Dark band: middle 50 % of runs; light band: 90 % of runs (spread of outcomes, not error of the mean)."
    ).replace(" %", "\u00a0%")
    remarks = (
        f"Values beside lines: median of year {year} [90 % interval of runs]. Paired gap: mean difference in the same "
        "worlds [95 % t interval of the mean]; filled dot: the interval excludes zero (green better, plum worse for "
        "the firm); hollow dot: it does not. Per cent: of the other's mean."
    ).replace(" %", "\u00a0%")
    shape = (
        f"Three panels with one line and two bands for each of {len(styles)} policies; below each panel the paired gaps"
    )
    return ChartWords(decided(title, tables.about), subtitle, remarks, provenance(tables.about), shape)
