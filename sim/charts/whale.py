"""Whale curves: contribution cumulated over customers, the best first, with the peak and what is kept of it."""

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from sim.charts.chart import Chart
from sim.charts.form import NothingToDraw
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Page
from sim.charts.numbers import SPACE, Scale, money, places, plain, span
from sim.charts.panel import Panel, PanelWords
from sim.charts.tables import Tables, currency_of
from sim.charts.theme import INK, SLATE, Look, Style, looks_of, settings
from sim.charts.words import ChartWords, first_supported_title, in_sentence, of_one_run, period, provenance
from sim.parameters import BadInput

WHALE_MM = (89.0, 66.0)
NEARLY = 1e-6
NOTHING = 0.5  # per cent of the peak: a smaller fall is told in a sentence


class Peak(NamedTuple):
    """Where a curve is highest.

    Args:
        rank: Share of customers there. [%]
        height: Cumulative contribution there. [unit of the curve]
        kept: What all customers together contribute of it. [%]
    """

    rank: float
    height: float
    kept: float


def draw_whale(tables: Tables, style: Style) -> Chart:
    """Cumulative contribution by share of customers.

    Args:
        tables: Uses ``whale`` and ``about``.
        style: Deck or journal.

    Raises:
        BadInput: A policy's customers contribute nothing even at the peak.
        NothingToDraw: No curve falls after its peak.
    """
    styles = looks_of(tables.about)
    curves = {policy: _curve(tables.whale, policy) for policy in styles}
    scale = money((float(curve["high"].max()) for curve in curves.values()), currency_of(tables))
    curves = {policy: curve * scale.factor for policy, curve in curves.items()}
    peaks = {policy: peak_of(policy, curve) for policy, curve in curves.items()}
    if all(peak.kept >= 100.0 - NOTHING for peak in peaks.values()):
        years = period(int(tables.about["months"]))
        raise NothingToDraw(f"At the end of the {years} run every group of customers adds: no whale curve falls.")
    words = _words(tables, styles, peaks, scale)
    ends = {policy: float(curve["mean"].iloc[-1]) for policy, curve in curves.items()}
    order = sorted(styles, key=lambda policy: ends[policy])
    labels = [
        PlacedLabel(ends[policy], _label(styles[policy], peaks[policy], style), styles[policy]) for policy in order
    ]
    with settings(style):
        page = Page(style, words, WHALE_MM)
        _draw(page, curves, peaks, labels, styles, scale)
    return Chart("whale", style, page.figure, words, tables.about)


def _curve(whale: pd.DataFrame, policy: str) -> pd.DataFrame:
    """Mean and 90 % of runs by rank in percent."""
    runs = whale[whale["policy"] == policy].pivot(index="rank_share", columns="replicate", values="cumulated")
    curve = pd.DataFrame({"mean": runs.mean(axis=1), "low": runs.quantile(0.05, 1), "high": runs.quantile(0.95, 1)})
    curve.index = curve.index * 100.0
    return curve


def peak_of(policy: str, curve: pd.DataFrame) -> Peak:
    """The highest point of the mean curve.

    Raises:
        BadInput: Nobody contributes anything.
    """
    heights = curve["mean"].to_numpy()
    place = int(heights.argmax()) if len(heights) else 0
    if not len(heights) or not heights[place] > 0.0:
        raise BadInput(f"whale: no customers of {policy} contribute anything; a share of their peak cannot be drawn")
    return Peak(float(curve.index[place]), float(heights[place]), 100.0 * float(heights[-1] / heights[place]))


def _label(look: Look, peak: Peak, style: Style) -> list[str]:
    if peak.kept >= 100.0 - NEARLY:
        return [look.label, "no fall after the peak"]
    note = f"keeps {plain(peak.kept, 0)}{SPACE}% of peak"
    at = f"peak {plain(peak.height, places([peak.height]))} at {plain(peak.rank, 0)}{SPACE}% of customers"
    return [look.label, at, note] if style.titled else [look.label, note]


def _draw(
    page: Page,
    curves: dict[str, pd.DataFrame],
    peaks: dict[str, Peak],
    labels: list[PlacedLabel],
    styles: dict[str, Look],
    scale: Scale,
) -> None:
    bounds = pd.concat(curves.values()).to_numpy()
    ends = min(0.0, float(bounds.min())), float(bounds.max())
    words = PanelWords("", "", "Customers, ranked from most to least contribution (%)")
    above = page.write(
        page.body.left, page.body.top, [f"Cumulative contribution ({scale.unit})"], page.style.label, colour=SLATE
    )
    box = page.body._replace(height=above - page.body.bottom)
    panel = Panel.of_lines(page, box, words, ends, labels, 6)
    _lines(panel.axes, curves, peaks, styles, page.style)
    panel.axes.set_xlim(0.0, 100.0)
    panel.axes.set_xticks(range(0, 101, 20))
    panel.finish(words.across)


def _lines(
    axes: Axes,
    curves: dict[str, pd.DataFrame],
    peaks: dict[str, Peak],
    styles: dict[str, Look],
    style: Style,
) -> None:
    axes.axhline(0.0, color=INK, linewidth=style.hairline, zorder=1)
    for policy, curve in curves.items():
        colour = styles[policy].colour
        axes.fill_between(curve.index, curve["low"], curve["high"], color=colour, alpha=0.15, linewidth=0)
    for policy, curve in curves.items():
        look, peak = styles[policy], peaks[policy]
        axes.plot(curve.index, curve["mean"], color=look.colour, linestyle=look.dash, linewidth=style.line)
        axes.plot(
            [peak.rank],
            [peak.height],
            "o",
            color=look.colour,
            markersize=3.2 * style.line,
            zorder=4,
            clip_on=False,
        )


def _words(tables: Tables, styles: dict[str, Look], peaks: dict[str, Peak], scale: Scale) -> ChartWords:
    ranks = span(peak.rank for peak in peaks.values())
    losses = span(100.0 - round(peak.kept) for peak in peaks.values())
    years = period(int(tables.about["months"]))
    claim = f"contribution peaks at {ranks}{SPACE}% of customers; the rest give back {losses}{SPACE}% of the peak"
    titles = [f"At the end of the {years} run {claim}", f"{years} run: {claim}"]
    drawn = "Line: mean of runs; band: 90 % of runs; dot: peak of the mean line."
    drawn = "One run; dot: peak." if of_one_run(tables.about) else drawn
    subtitle = (
        f"Contribution over the lifetimes of present customers, cumulated from best to worst, {scale.unit}. {drawn}"
    ).replace(" %", f"{SPACE}%")
    remarks = (
        "Contribution: revenue less discounts, goods, customisation and service, before fixed cost and marketing. "
        "Differences are not tested here."
    )
    shares = "; ".join(
        f"{in_sentence(look.label)} keeps {peaks[name].kept:.0f} % of its peak" for name, look in styles.items()
    )
    shape = f"One rising curve for each line that peaks and then falls: {shares}"
    return ChartWords(first_supported_title(titles, []), subtitle, remarks, provenance(tables.about), shape)
