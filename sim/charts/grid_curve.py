"""A claim's measure along a grid of one decision or assumption: the curve, its best value or its crossing of zero."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

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
from sim.charts.names import Names, names_of
from sim.charts.numbers import SPACE, Scale, plain
from sim.charts.panel import Panel
from sim.charts.theme import INK, MIST, SLATE, Style, settings
from sim.charts.words import ChartWords, join_names

GRID_MM = (183.0, 70.0)
GRID_COLUMNS = ("claim", "world", "path", "value", "mean", "low", "high", "unit")


class Special(NamedTuple):
    """The value of the grid that a curve singles out.

    Args:
        kind: ``crossing`` or ``best``.
        value: The value.
        low: Lower end of its interval; of a best value, the lowest one that is not clearly worse.
        high: Upper end.
    """

    kind: str
    value: float
    low: float
    high: float


class WorldCurve(NamedTuple):
    """One world's curve.

    Args:
        world: Name of the world.
        value: Values of the grid, shape (G,).
        bands: Lower end, mean and upper end, in the table's unit, shape (3, G).
        special: Crossing of zero or best value; None where there is neither.
    """

    world: str
    value: NDArray[np.float64]
    bands: NDArray[np.float64]
    special: Special | None


def crossing(value: NDArray[np.float64], height: NDArray[np.float64]) -> float:
    """Where a curve changes its sign first, by linear interpolation; NaN where it does not.

    >>> crossing(np.array([0.0, 1.0]), np.array([-1.0, 3.0]))
    0.25
    """
    signs = np.sign(height)
    turns = np.nonzero(signs[:-1] * signs[1:] < 0.0)[0]
    if not len(turns):
        return float("nan")
    k = int(turns[0])
    return float(value[k] + (value[k + 1] - value[k]) * height[k] / (height[k] - height[k + 1]))


def special_of(value: NDArray[np.float64], bands: NDArray[np.float64]) -> Special | None:
    """The crossing of zero where both ends of the band are clear of zero on either side of it, else an inner best."""
    at = crossing(value, bands[1])
    if at == at and (bands[0].max() > 0.0 > bands[2].min()):
        ends = sorted(crossing(value, bands[k]) for k in (0, 2))
        return Special("crossing", at, *ends)
    best = int(bands[1].argmax())
    if best in (0, len(value) - 1) or not bands[0].max() > min(bands[2][0], bands[2][-1]):
        return None
    rivals = value[bands[2] >= bands[0][best]]
    return Special("best", float(value[best]), float(rivals.min()), float(rivals.max()))


def draw_grids(tables: LedgerTables, style: Style) -> list[Chart]:
    """One chart a claim with a grid, a panel a world.

    Args:
        tables: Uses ``grids`` and ``verdicts``.
        style: Deck or journal.
    """
    grids = rows_of_table(tables, "grids", GRID_COLUMNS)
    verdicts = rows_of_table(tables, "verdicts", ("id", "statement", "measure"))
    return [
        _chart(tables, claim_row(verdicts, claim), part, style) for claim, part in grids.groupby("claim", sort=False)
    ]


def _curve(world: str, part: pd.DataFrame) -> WorldCurve:
    own = part.sort_values("value")
    value, bands = own["value"].to_numpy(float), own[["low", "mean", "high"]].to_numpy(float).T
    return WorldCurve(world, value, bands, special_of(value, bands))


def _chart(tables: LedgerTables, claim: Mapping[str, Any], part: pd.DataFrame, style: Style) -> Chart:
    curves = [_curve(str(world), own) for world, own in part.groupby("world", sort=False)]
    scale = unit_scale(str(part["unit"].iloc[0]), part[["low", "high"]].abs().to_numpy().ravel())
    names, path = names_of(tables.about), str(part["path"].iloc[0])
    measure = str(part["measure"].iloc[0]) if "measure" in part else str(claim["measure"])
    words = _words(tables, claim, curves, scale, (axis_name(names, path), measure))
    with settings(style):
        page = Page(style, words, GRID_MM)
        gap = style.gap(2.0)
        width = (page.body.width - gap * (len(curves) - 1)) / len(curves)
        for place, curve in enumerate(curves):
            box = Box(page.body.left + place * (width + gap), page.body.bottom, width, page.body.height)
            _panel(page, box, place, curve, (scale, curves, axis_name(names, path)))
    return Chart(f"grid-{claim['id']}", style, page.figure, words, record_about(tables, claim=claim["id"]))


def axis_name(names: Names, path: str) -> str:
    """Words for what varies, without a bare key path."""
    return names.of(path)


def _panel(
    page: Page, box: Box, place: int, curve: WorldCurve, shared: tuple[Scale, Sequence[WorldCurve], str]
) -> None:
    scale, curves, across = shared
    style = page.style
    top = page.head(box, place, curve.world[:1].upper() + curve.world[1:], f"paired difference ({scale.gap_unit})")
    left = page.width_of("−0,000", style.label) + style.gap(0.4)
    note, lines = style.gap(1.4), page.wrap(across, style.label, box.width - left)
    foot = style.gap(2.2 + len(lines)) + note
    plot = Box(box.left + left, box.bottom + foot, box.width - left - style.gap(0.4), 0.0)
    axes = Panel.of_plot(page, box, plot._replace(height=top - plot.bottom)).axes
    low, middle, high = curve.bands * scale.factor
    axes.fill_between(curve.value, low, high, color=MIST, alpha=0.55, linewidth=0)
    axes.plot(curve.value, middle, color=INK, linewidth=style.line, marker="o", markersize=1.6 * style.line)
    every = np.concatenate([other.bands.ravel() for other in curves]) * scale.factor
    page.vertical_scale(axes, min(0.0, float(np.nanmin(every))), max(0.0, float(np.nanmax(every))), 4)
    axes.axhline(0.0, color=INK, linewidth=style.hairline)
    page.horizontal_scale(axes, float(curve.value.min()), float(curve.value.max()), 4)
    axes.set_xlim(float(curve.value.min()), float(curve.value.max()))
    _mark_special(axes, curve.special, style)
    page.under(axes, across)
    page.write(box.left, box.bottom + note, [_special_text(curve.special)], style.label, "bold")


def _mark_special(axes: Axes, special: Special | None, style: Style) -> None:
    if special is None:
        return
    foot = axes.get_ylim()[0]
    if special.low == special.low and special.high == special.high:
        axes.axvspan(special.low, special.high, color=SLATE, alpha=0.12, linewidth=0, zorder=0)
    axes.axvline(special.value, color=SLATE, linewidth=style.hairline, linestyle=(0, (3, 2)), zorder=1)
    axes.plot(
        [special.value], [foot], marker="^", markersize=2.6 * style.line, color=SLATE, clip_on=False, zorder=5
    )  # fmt: skip


def _special_text(special: Special | None) -> str:
    if special is None:
        return "No best value inside, no crossing"
    word = "Crosses zero at" if special.kind == "crossing" else "Best at"
    ends = [plain(end, 2) if end == end else "beyond the grid" for end in (special.low, special.high)]
    return f"{word} {plain(special.value, 2)} [{ends[0]},{SPACE}{ends[1]}]"


def _title(claim: Mapping[str, Any], curves: Sequence[WorldCurve], across: str, noun: str) -> str:
    when, marked = horizon(claim), [curve for curve in curves if curve.special]
    if not marked:
        return fitting(
            f"{claim_name(str(claim['id']))}: {noun} has no best value and no crossing along {across.lower()}, {when}",
            f"{claim_name(str(claim['id']))}: neither a best value nor a crossing, {when}",
        )
    parts = []
    for kind, word in (("best", "best at"), ("crossing", "zero at")):
        places = [f"{plain(c.special.value, 2)} in {c.world}" for c in marked if c.special and c.special.kind == kind]
        parts += [f"{word} {join_names(places)}"] if places else []
    rest = len(curves) - len(marked)
    more = f"; neither in {rest} of {len(curves)} worlds" if rest else ""
    body = f"{noun} is {join_names(parts)}{more}, {when}"
    short = (
        f"{claim_name(str(claim['id']))}: {len(marked)} of {len(curves)} worlds have a best value or a crossing, {when}"
    )
    return fitting(f"Along {across.lower()}, {body}", body, short)


def _words(
    tables: LedgerTables, claim: Mapping[str, Any], curves: Sequence[WorldCurve], scale: Scale, what: tuple[str, str]
) -> ChartWords:
    across, measure = what
    noun = measure_label(measure).lower()
    title = _title(claim, curves, across, noun)
    subtitle = (
        f"{claim['statement']} {measure_label(measure)}, "
        f"paired difference in {scale.gap_unit}, along {across.lower()}. "
        f"Line: mean; band: 95{SPACE}% interval of the mean."
    )
    remarks = (
        "Shaded upright: 95 % interval of the crossing, or the values that are not clearly worse than the best one. "
        "All panels share one scale. A best value at an end of the grid is no best value."
    )
    texts = "; ".join(f"{curve.world}: {_special_text(curve.special).lower()}" for curve in curves)
    note = ledger_note(tables, f"scenarios {', '.join(curve.world for curve in curves)}", registration_stamp(claim))
    return ChartWords(title[:1].upper() + title[1:], subtitle, remarks, note, f"A curve a world: {texts}")
