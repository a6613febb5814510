"""The reach of a claim: a dot for each sampled world, as claimed, against it or within what matters, and the share."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray
from scipy import stats

from sim.charts.chart import Chart
from sim.charts.claim_tables import (
    LedgerTables,
    claim_name,
    claim_row,
    fitting,
    horizon,
    ledger_note,
    measure_label,
    record_about,
    registration_stamp,
    rows_of_table,
    unit_scale,
)
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, Scale, plain
from sim.charts.panel import Panel
from sim.charts.theme import GAIN, INK, LOSS, SLATE, Style, settings
from sim.charts.words import ChartWords

REACH_MM = (89.0, 60.0)
DOTS = {"claimed": ("o", GAIN, "as claimed"), "against": ("v", LOSS, "against it"), "within": ("o", "white", "within")}
COLUMNS_OF_DOTS = 30


class Strip(NamedTuple):
    """One claim's sampled worlds.

    Args:
        claim: Its row in the table of verdicts.
        worlds: Its rows in the table of reach, of one measure.
        base: Effects in the base worlds by name.
        scale: Factor and units.
    """

    claim: dict[str, object]
    worlds: pd.DataFrame
    base: dict[str, float]
    scale: Scale

    def count(self, sign: str) -> int:
        """Number of worlds of a sign."""
        return int((self.worlds["sign"] == sign).sum())

    @property
    def share(self) -> tuple[float, float, float]:
        """Share as claimed, and its 95 % interval by Wilson."""
        count, worlds = self.count("claimed"), len(self.worlds)
        reach = stats.binomtest(count, worlds).proportion_ci(method="wilson")
        return count / worlds, float(reach.low), float(reach.high)


def draw_reach(tables: LedgerTables, style: Style) -> list[Chart]:
    """One chart a claim and measure of its reach.

    Args:
        tables: Uses ``reach``, ``verdicts`` and, where it is there, ``effects``.
        style: Deck or journal.
    """
    reach = rows_of_table(tables, "reach", ("claim", "measure", "effect", "sign"))
    verdicts = rows_of_table(tables, "verdicts", ("id", "statement", "unit", "measure"))
    charts = []
    for (claim, measure), worlds in reach.groupby(["claim", "measure"], sort=False):
        base, unit = _base(tables, str(claim), str(measure))
        row = claim_row(verdicts, claim)
        scale = unit_scale(unit or str(row["unit"]), worlds["effect"].abs())
        several = reach.loc[reach["claim"] == claim, "measure"].nunique() > 1
        name = f"reach-{claim}-{measure}" if several else f"reach-{claim}"
        charts.append(_chart(tables, name, Strip(row, worlds, base, scale), style))
    return charts


def _base(tables: LedgerTables, claim: str, measure: str) -> tuple[dict[str, float], str]:
    """Effects in the base worlds, and their unit; nothing where they were not measured."""
    if not tables.has("effects"):
        return {}, ""
    table = tables.table("effects")
    own = table[(table["claim"] == claim) & (table["measure"] == measure)].drop_duplicates("world")
    return dict(zip(own["world"], own["mean"], strict=True)), str(own["unit"].iloc[0]) if len(own) else ""


def _chart(tables: LedgerTables, name: str, strip: Strip, style: Style) -> Chart:
    words = _words(tables, strip)
    with settings(style):
        page = Page(style, words, REACH_MM)
        _draw(page, strip)
    return Chart(name, style, page.figure, words, record_about(tables, claim=strip.claim["id"]))


def _draw(page: Page, strip: Strip) -> None:
    style, body = page.style, page.body
    right = page.width_of("no difference that matters 000", style.label) + style.gap(2.8) if style.titled else 0.0
    under = style.gap(3.2)
    keys = 0.0 if style.titled else style.gap(4.2)
    inset = style.gap(0.6)
    box = Box(body.left + inset, body.bottom + under, body.width - right - 2.0 * inset, body.height - under - keys)
    axes = Panel.of_plot(page, body, box).axes
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    values = strip.worlds["effect"].to_numpy(float) * strip.scale.factor
    _dots(page, axes, box, values, strip.worlds["sign"].to_list())
    ends = [0.0, *values, *(value * strip.scale.factor for value in strip.base.values())]
    page.horizontal_scale(axes, min(ends), max(ends), 6)
    axes.axvline(0.0, color=INK, linewidth=style.hairline, zorder=1)
    _bases(page, axes, strip)
    page.under(
        axes, f"{measure_label(str(strip.worlds['measure'].iloc[0]))}: paired difference ({strip.scale.gap_unit})"
    )
    key = Box(box.right + style.gap(1.5), body.bottom, right, body.height) if style.titled else body
    _key(page, key, strip)


def stacked(values: Sequence[float], bins: int = COLUMNS_OF_DOTS) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Place and height of dots that stand on each other where values are close.

    >>> stacked([0.0, 0.0, 1.0], 2)[1].tolist()
    [0, 1, 0]
    """
    numbers = np.asarray(values, float)
    low, high = float(numbers.min()), float(numbers.max())
    width = (high - low) / bins if high > low else 1.0
    column = np.minimum(((numbers - low) / width).astype(int), bins - 1)
    heights = np.array([int((column[:place] == column[place]).sum()) for place in range(len(column))])
    return low + (column + 0.5) * width, heights


def _dots(page: Page, axes: Axes, box: Box, values: NDArray[np.float64], signs: list[str]) -> None:
    order = np.argsort(values, kind="stable")
    across, heights = stacked([float(value) for value in values[order]])
    most = int(heights.max()) + 1
    size = min(0.55 * box.width / COLUMNS_OF_DOTS, 0.72 * box.height / most) * 72.0
    axes.set_ylim(-0.6, max(most * 1.28, 0.72 * box.height * 72.0 / size))
    for sign, (marker, fill, _) in DOTS.items():
        chosen = [place for place, k in enumerate(order) if signs[k] == sign]
        axes.plot(
            across[chosen], heights[chosen], linestyle="", marker=marker, markersize=size, markerfacecolor=fill,
            markeredgecolor=SLATE, markeredgewidth=page.style.hairline, zorder=3, clip_on=False,
        )  # fmt: skip


def _bases(page: Page, axes: Axes, strip: Strip) -> None:
    """Diamonds above the dots at the effects in the base worlds."""
    top = axes.get_ylim()[1]
    for value in strip.base.values():
        across = value * strip.scale.factor
        axes.plot(
            [across], [0.93 * top], marker="D", markersize=0.75 * page.style.label, markerfacecolor="white",
            markeredgecolor=INK, markeredgewidth=1.4 * page.style.hairline, zorder=5,
        )  # fmt: skip
        axes.plot([across] * 2, [0.0, 0.9 * top], color=SLATE, linewidth=page.style.hairline, linestyle=(0, (1, 2)))


def _key(page: Page, box: Box, strip: Strip) -> None:
    style, top = page.style, box.top
    rows = [(marker, fill, f"{text} {strip.count(sign)}") for sign, (marker, fill, text) in DOTS.items()]
    rows[2] = (*rows[2][:2], rows[2][2].replace("within", "no difference that matters"))
    if strip.base:
        rows.append(("D", "white", "base worlds"))
    for place, (marker, fill, text) in enumerate(rows):
        column, line = divmod(place, len(rows) if style.titled else 2)
        left = box.left + column * 0.45 * box.width
        height = top - style.gap(1.15 * line + 0.55)
        page.figure.add_artist(
            Line2D(
                [(left + style.gap(0.4)) / page.width], [height / page.height], marker=marker, linestyle="",
                markersize=0.7 * style.label, markerfacecolor=fill, markeredgecolor=INK,
                markeredgewidth=style.hairline,
            )
        )  # fmt: skip
        page.write(left + style.gap(1.0), height + style.gap(0.5), [text], style.label)
    lines = len(rows) if style.titled else 2
    page.write(box.left, top - style.gap(1.15 * lines + 0.4), _share_lines(strip, style), style.label, "bold")


def _share_lines(strip: Strip, style: Style) -> list[str]:
    share, low, high = (plain(100.0 * value, 0) for value in strip.share)
    lines = [f"{share}{SPACE}% as claimed", f"[{low}, {high}], {len(strip.worlds)} sampled worlds"]
    return lines if style.titled else [" ".join(lines)]


def _title(strip: Strip) -> str:
    name, when = claim_name(str(strip.claim["id"])), horizon(strip.claim)
    share, low, high = strip.share
    claimed, worlds = strip.count("claimed"), len(strip.worlds)
    counted = f"{claimed} of {worlds} ({plain(100.0 * share, 0)}{SPACE}%)"
    if strip.count("within") == worlds:
        return f"{name}: no difference that matters in any of {worlds} sampled worlds, {when}"
    if low > 0.5:
        return fitting(
            f"{name}: as claimed in most sampled worlds, {counted}, {when}", f"{name}: as claimed in {counted}, {when}"
        )
    if high < 0.5 and strip.count("against") > claimed:
        return f"{name}: as claimed in only {counted} sampled worlds, against it in {strip.count('against')}, {when}"
    if high < 0.5:
        return f"{name}: as claimed in fewer than half of the sampled worlds, {counted}, {when}"
    return f"{name}: no clear majority, as claimed in {counted} sampled worlds, {when}"


def _words(tables: LedgerTables, strip: Strip) -> ChartWords:
    statement = str(strip.claim["statement"])
    subtitle = (
        f"{statement} One dot: paired difference in one world, all other assumptions drawn at random. "
        f"Bracket: 95{SPACE}% interval of the share by Wilson."
    )
    base = ", ".join(
        f"{world} {plain(value * strip.scale.factor, 2)} {strip.scale.gap_unit}" for world, value in strip.base.items()
    )
    remarks = (
        f"Within: the difference is smaller than the smallest effect that matters. Diamonds: base worlds ({base}). "
        "Structural alternatives are drawn too."
        if base
        else "Within: the difference is smaller than the smallest effect that matters."
    )
    share, low, high = (plain(100.0 * value, 0) for value in strip.share)
    shape = (
        f"A strip of {len(strip.worlds)} dots: {strip.count('claimed')} as claimed, {strip.count('against')} against, "
        f"{strip.count('within')} within; share {share} % [{low}, {high}]"
    )
    note = ledger_note(tables, f"scenario: {len(strip.worlds)} sampled worlds", registration_stamp(strip.claim))
    return ChartWords(_title(strip), subtitle, remarks, note, shape)
