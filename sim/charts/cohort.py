"""A cohort of a real purchase log against the same cohort in the model: repeat purchases by week, and cumulated."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, plain
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.theme import INK, MIST, SLATE, Look, Style, settings
from sim.charts.words import ChartWords, first_supported_title, provenance
from sim.parameters import BadInput

COHORT_MM = (183.0, 66.0)
COHORT_COLUMNS = ("week", "observed", "simulated", "low", "high")
CUMULATED = ("cumulated_low", "cumulated_high")
LINES = {
    "observed": Look("Log", INK, "solid"),
    "simulated": Look("Model", SLATE, (0.0, (4.0, 1.5))),
    "bg_nbd": Look("BG/NBD", SLATE, (0.0, (1.0, 1.2))),
}


def draw_cohort(table: pd.DataFrame, distance: float, about: Mapping[str, Any], style: Style) -> Chart:
    """Observed and simulated repeat purchases of one cohort.

    Args:
        table: Columns week, observed, simulated, low, high; low and high enclose 90 % of runs of a week. The columns
            cumulated_low and cumulated_high are drawn if they are there; sums of weekly bounds would be too wide.
        distance: Mean absolute percentage error of the cumulated repeat purchases. [share]
        about: Like that of a comparison, and ``log``: name of the data.
        style: Deck or journal.

    Raises:
        BadInput: A column is missing.
    """
    missing = [name for name in COHORT_COLUMNS if name not in table]
    if missing or not len(table):
        raise BadInput(
            f"the cohort's table has no {', '.join(missing) or 'rows'}; needed are {', '.join(COHORT_COLUMNS)}"
        )
    weeks = table.sort_values("week").set_index("week")
    lines = [name for name in ("observed", "simulated", "bg_nbd") if name in weeks]
    total = weeks[lines].cumsum()
    if set(CUMULATED) <= set(weeks):
        total = total.assign(low=weeks["cumulated_low"], high=weeks["cumulated_high"])
    words = _words(weeks, total, distance, about)
    with settings(style):
        page = Page(style, words, COHORT_MM)
        parts = (("By week", weeks[[*lines, "low", "high"]]), ("Cumulated", total))
        for place, (box, (head, part)) in enumerate(zip(beside(page.body, 2, style.gap(2.0)), parts, strict=True)):
            _panel(page, box, place, head, part)
    return Chart("cohort", style, page.figure, words, about)


def _panel(page: Page, box: Box, place: int, head: str, part: pd.DataFrame) -> None:
    pairs = [(look, part[name]) for name, look in LINES.items() if name in part]
    labels = [PlacedLabel(float(line.iloc[-1]), [look.label], look) for look, line in pairs]
    unit = "repeat purchases a week" if place == 0 else "repeat purchases so far"
    panel = Panel.of_lines(
        page, box, PanelWords(head, unit, "Week", place), (0.0, float(part.to_numpy().max())), labels
    )
    if {"low", "high"} <= set(part):
        panel.axes.fill_between(part.index, part["low"], part["high"], color=MIST, alpha=0.55, linewidth=0)
    for look, line in pairs:
        panel.axes.plot(line.index, line, color=look.colour, linestyle=look.dash, linewidth=0.8 * page.style.line)
    last = float(part.index.to_numpy().max())
    page.horizontal_scale(panel.axes, 0.0, last)
    panel.axes.set_xlim(0.0, last)
    panel.finish("Week")


def _words(weeks: pd.DataFrame, total: pd.DataFrame, distance: float, about: Mapping[str, Any]) -> ChartWords:
    off = f"{plain(100.0 * distance, 1)}{SPACE}%"
    title = f"Cumulated repeat purchases in the model are {off} away from the log on average"
    banded = "; band: 90 % of runs of each week" if weeks["low"].notna().any() else ""
    fitted = "; dotted line: the fitted BG/NBD alone" if "bg_nbd" in weeks else ""
    subtitle = (
        f"Repeat purchases of one cohort, count by week and cumulated, weeks {weeks.index.min()}–{weeks.index.max()}. "
        f"Solid line: log; dashed line: mean of simulated runs{banded}{fitted}."
    ).replace(" %", f"{SPACE}%")
    log = about.get("log", "a purchase log")
    remarks = (
        f"This figure shows real data: {log}. Distance: mean absolute percentage error of the cumulated repeat "
        "purchases over the weeks."
    )
    first, second = (plain(float(total[name].iloc[-1]), 0) for name in ("observed", "simulated"))
    shape = f"Two panels with two lines each; after the last week the log counts {first} and the model {second}"
    origin = provenance(about, f"Real data ({log}) beside a simulation", "replications")
    return ChartWords(first_supported_title([title], []), subtitle, remarks, origin, shape)
