"""The J-curve: profit gained or lost since the policies began, cumulated, with its trough and where it breaks even."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.charts.chart import Chart
from sim.charts.fan import year_marks
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, Scale, amount, money, places, signed_amount, signed_interval
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.tables import Tables, contest, currency_of
from sim.charts.theme import GAIN, INK, LOSS, SLATE, Look, Style, looks_of, settings
from sim.charts.words import ChartWords, Finding, decided, first_supported_title, in_sentence, period, provenance
from sim.statistics.paired import paired_difference
from sim.statistics.verdicts import HIGHER, NO_DIFFERENCE

J_CURVE_MM = (183.0, 84.0)
PROFIT = "profit"
MOST_RIVALS = 3


class JCurve(NamedTuple):
    """The cumulated gap to one rival.

    Args:
        rival: The rival's look.
        gaps: Cumulated gap by replication and year, from year 0 on, shape (R, years + 1). [money]
        bands: Mean and 95 % interval by year.
    """

    rival: Look
    gaps: NDArray[np.float64]
    bands: list[Finding]

    @property
    def trough(self) -> int:
        """Year in which the mean is lowest; 0 if it never falls below zero."""
        return int(np.argmin([band.mean for band in self.bands]))

    @property
    def break_even(self) -> int | None:
        """First year from which the mean stays at or above zero; None if it does not end there."""
        below = [year for year, band in enumerate(self.bands) if band.mean < 0.0]
        if not below:
            return 0
        return below[-1] + 1 if below[-1] + 1 < len(self.bands) else None

    @property
    def never(self) -> int:
        """Replications whose gap is below zero in the last year."""
        return int((self.gaps[:, -1] < 0.0).sum())


def j_curves(tables: Tables) -> list[JCurve]:
    """Cumulated gaps of the last policy to each of its first rivals."""
    looks, (policy, rivals) = looks_of(tables.about), contest(tables)
    profit = tables.runs[(tables.runs["measure"] == PROFIT) & (tables.runs["year"] > 0)]
    wide = profit.pivot(index=["policy", "replicate"], columns="year", values="value").sort_index()
    return [_curve(looks[rival], wide.loc[policy].to_numpy(float), wide.loc[rival].to_numpy(float)) for rival in rivals]


def _curve(rival: Look, ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> JCurve:
    gaps = np.concatenate([np.zeros((len(ours), 1)), np.cumsum(ours - theirs, axis=1)], axis=1)
    later = [paired_difference(column, np.zeros(len(column))) for column in gaps[:, 1:].T]
    bands = [Finding(0.0, 0.0, 0.0), *(Finding(gap.mean, gap.low, gap.high) for gap in later)]
    return JCurve(rival, gaps, bands)


def draw_j_curve(tables: Tables, style: Style) -> Chart:
    """One panel a rival, all on one scale.

    Args:
        tables: Uses ``runs`` and ``about``.
        style: Deck or journal.
    """
    curves = j_curves(tables)
    scale = money((end for curve in curves for band in curve.bands for end in ends_of(band)), currency_of(tables))
    words = _words(tables, curves)
    with settings(style):
        page = Page(style, words, J_CURVE_MM)
        rows = [curves[place : place + MOST_RIVALS] for place in range(0, len(curves), MOST_RIVALS)]
        height = page.body.height / len(rows)
        for number, row in enumerate(rows):
            line = Box(page.body.left, page.body.top - (number + 1) * height, page.body.width, height)
            for place, (box, curve) in enumerate(zip(beside(line, len(row), style.gap(2.5)), row, strict=True)):
                _draw(page, box, number * MOST_RIVALS + place, (curve, curves, scale))
    return Chart("j-curve", style, page.figure, words, tables.about)


def ends_of(band: Finding) -> list[float]:
    """The numbers of a mean and its interval that are known."""
    return [end for end in (band.mean, band.low, band.high) if end == end]


def _draw(page: Page, box: Box, place: int, shown: tuple[JCurve, Sequence[JCurve], Scale]) -> None:
    curve, curves, scale = shown
    style = page.style
    notes = page.wrap(_never_text(curve), style.label, box.width, "bold")
    below = style.gap(len(notes) + 0.3)
    plot = Box(box.left, box.bottom + below, box.width, box.height - below)
    every = [end * scale.factor for other in curves for band in other.bands for end in ends_of(band)]
    last = curve.bands[-1]
    end, lower, upper = (value * scale.factor for value in (last.mean, last.low, last.high))
    text = signed_interval(end, lower, upper, places([end, lower, upper]))
    label = PlacedLabel(end, text.split(SPACE, 1), Look("", SLATE, "solid"))
    words = PanelWords(
        f"Against {in_sentence(curve.rival.label)}", f"cumulated gap in profit ({scale.unit})", "Year", place
    )
    panel = Panel.of_lines(page, plot, words, (min(0.0, *every), max(0.0, *every)), [label], 4)
    years = np.arange(len(curve.bands))
    low, mean, high = (
        np.array([getattr(band, end) * scale.factor for band in curve.bands]) for end in ("low", "mean", "high")
    )
    panel.axes.fill_between(years, low, high, color=SLATE, alpha=0.18, linewidth=0)
    for colour, side in ((LOSS, mean < 0.0), (GAIN, mean > 0.0)):
        panel.axes.fill_between(years, 0.0, mean, where=side, interpolate=True, color=colour, alpha=0.35, linewidth=0)
    panel.axes.plot(years, mean, color=INK, linewidth=style.line)
    panel.axes.axhline(0.0, color=INK, linewidth=style.hairline)
    _marks(panel, curve, mean)
    panel.axes.set_xlim(0.0, float(years[-1]))
    panel.axes.set_xticks(year_marks(0, int(years[-1])))
    panel.finish(words.across)
    page.write(box.left, box.bottom + below - style.gap(0.2), notes, style.label, "bold")


def _marks(panel: Panel, curve: JCurve, mean: NDArray[np.float64]) -> None:
    """A triangle at the trough and a dot where the mean breaks even."""
    size = 2.6 * panel.page.style.line
    if curve.trough:
        panel.axes.plot([curve.trough], [mean[curve.trough]], "v", color=LOSS, markersize=size, zorder=5)
    if curve.break_even:
        panel.axes.plot([curve.break_even], [0.0], "o", color="white", markeredgecolor=INK, markersize=size, zorder=5)


def _never_text(curve: JCurve) -> str:
    return f"{curve.never} of {len(curve.gaps)} paired runs never break even"


def _finding_text(curve: JCurve, currency: str) -> str:
    """Trough, break-even and end of one curve in words."""
    parts = []
    if 0 < curve.trough < len(curve.bands) - 1 and curve.bands[curve.trough].clear:
        parts.append(f"falls {amount(curve.bands[curve.trough].mean, currency)} behind by year {curve.trough}")
    last, years = curve.bands[-1], len(curve.bands) - 1
    if not last.clear:
        parts.append(f"shows {NO_DIFFERENCE} in cumulated profit after {years} years")
    elif last.verdict == HIGHER:
        since = f"is ahead from year {curve.break_even} on and " if curve.break_even and parts else ""
        parts.append(f"{since}has {amount(last.mean, currency)} more profit after {years} years")
    else:
        parts.append(f"has {amount(last.mean, currency)} less profit after {years} years")
    return ", ".join(parts)


def _title(curves: Sequence[JCurve], policy: str, currency: str) -> str:
    curve = curves[0]
    whole = f"Against {in_sentence(curve.rival.label)}, {in_sentence(policy)} {_finding_text(curve, currency)}"
    last = curve.bands[-1]
    short = f"{in_sentence(policy)}: {_finding_text(curve, currency).rpartition(', ')[2]}"
    never = f"; {curve.never} of {len(curve.gaps)} runs never break even"
    findings = [last, *(band for band in (curve.bands[curve.trough],) if curve.trough)]
    return first_supported_title([whole + never, whole, short + never, short], findings)


def _words(tables: Tables, curves: Sequence[JCurve]) -> ChartWords:
    looks, currency = looks_of(tables.about), currency_of(tables)
    policy = looks[contest(tables)[0]].label
    subtitle = (
        f"Profit of {in_sentence(policy)} minus that of a rival policy in the same worlds, cumulated by year over a "
        f"{period(int(tables.about['months']))} run, {currency}, not discounted. Line: mean; band: 95{SPACE}% interval."
    )
    remarks = (
        "Triangle: trough of the mean; ring: year from which the mean stays at or above zero. A run never breaks even "
        "if its gap is below zero in the last year; such runs stand in no mean of years. All panels share one scale."
    )
    shape = "; ".join(_shape_of(curve, currency) for curve in curves)
    title = decided(_title(curves, policy, currency), tables.about)
    return ChartWords(title, subtitle, remarks, provenance(tables.about), f"A curve for each rival: {shape}")


def _shape_of(curve: JCurve, currency: str) -> str:
    trough = curve.bands[curve.trough]
    low = f"trough {signed_amount(trough.mean, currency)} in year {curve.trough}, " if curve.trough else "no trough, "
    even = "the mean never breaks even" if curve.break_even is None else f"break-even in year {curve.break_even}"
    last = signed_amount(curve.bands[-1].mean, currency)
    return f"{in_sentence(curve.rival.label)}: {low}{even}, {last} at the end, {_never_text(curve)}"
