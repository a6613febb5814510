"""The fan of a monthly measure of a sweep: median and bands of runs for each level of a factor."""

from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.contrast_words import title_of_contrast
from sim.charts.form import NothingToDraw
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Page
from sim.charts.numbers import SPACE, Scale, places, plain_interval, signed_interval
from sim.charts.panel import Panel, PanelWords
from sim.charts.sweep_lines import MOST_LINES, line_looks
from sim.charts.sweep_tables import OutcomeWords, SweepTables
from sim.charts.theme import Look, Style, settings
from sim.charts.words import ChartWords, Finding, first_supported_title, per_cent, provenance
from sim.model.measures import BY_NAME
from sim.statistics.declaration import Contrast

MONTHS_MM = (120.0, 80.0)
BANDS = (("q05", "q95", 0.13), ("q25", "q75", 0.22))
MONTH_AXIS = "Month"


def draw_sweep_fan(tables: SweepTables, style: Style) -> list[Chart]:
    """One chart for each measure that is kept by month.

    Raises:
        NothingToDraw: The sweep keeps no measure by month.
    """
    kept = [name for name in tables.monthly.columns if name in BY_NAME and name not in ("month", "firm", "policy")]
    if not kept or not len(tables.monthly):
        raise NothingToDraw("The sweep keeps no measure by month; name some under `monthly` in its file to draw a fan.")
    by, contrast = _factor(tables)
    return [_fan(tables, measure, by, contrast, style) for measure in kept]


def _factor(tables: SweepTables) -> tuple[str, Contrast | None]:
    """The factor that has a line for each level: that of the first contrast, if it has few levels."""
    for contrast in tables.declared.contrasts:
        if contrast.factor in tables.monthly and tables.monthly[contrast.factor].nunique() <= MOST_LINES:
            return contrast.factor, contrast
    few = [
        name
        for name in tables.declared.factors
        if name in tables.monthly and 1 < tables.monthly[name].nunique() <= MOST_LINES
    ]
    return (few[0] if few else ""), None


def _fan(tables: SweepTables, measure: str, by: str, contrast: Contrast | None, style: Style) -> Chart:
    table = tables.fan(measure, by)
    last = int(table["month"].max())
    outcome = tables.outcome(measure)._replace(when=f"month {last}")
    scale = outcome.scale(table["median"], tables.currency)
    numbers = ["q05", "q25", "median", "q75", "q95"]
    groups = list(table.groupby(by, sort=False)) if by else [("", table)]
    lines = {level: part.set_index("month")[numbers] * scale.factor for level, part in groups}
    looks = line_looks(tables, by, list(lines))
    words = _words(tables, outcome, scale, lines, looks, (measure, by, contrast))
    with settings(style):
        page = Page(style, words, MONTHS_MM)
        head = PanelWords(outcome.label, f"{scale.unit} {outcome.unit}".strip(), MONTH_AXIS)
        values = pd.concat(lines.values()).to_numpy()
        low, high = float(values.min()), float(values.max())
        labels = _labels(lines, looks) if by else []
        panel = Panel.of_lines(page, page.body, head, (min(0.0, low), max(0.0, high)), labels)
        for level, line in lines.items():
            for bottom, top, strength in BANDS:
                panel.axes.fill_between(
                    line.index, line[bottom], line[top], color=looks[level].colour, alpha=strength, linewidth=0
                )
        for level, line in lines.items():
            panel.axes.plot(
                line.index, line["median"], color=looks[level].colour, linestyle=looks[level].dash, linewidth=style.line
            )
        page.horizontal_scale(panel.axes, 0.0, float(last), 6)
        panel.axes.set_xlim(float(table["month"].min()), float(last))
        panel.finish(MONTH_AXIS)
    return Chart(f"fan-{measure}", style, page.figure, words, tables.about)


def _labels(lines: dict[Any, pd.DataFrame], looks: dict[Any, Look]) -> list[PlacedLabel]:
    ends = {level: line.iloc[-1] for level, line in lines.items()}
    decimals = places(abs(float(value)) for end in ends.values() for value in end)
    return [
        PlacedLabel(float(end["median"]), [looks[level].label, _end(lines[level], decimals)], looks[level])
        for level, end in ends.items()
    ]


def _words(
    tables: SweepTables, outcome: OutcomeWords, scale: Scale, lines: dict[Any, pd.DataFrame], looks: dict[Any, Look],
    asked: tuple[str, str, Contrast | None],
) -> ChartWords:  # fmt: skip
    measure, by, contrast = asked
    title, gap_in_words = _title(tables, outcome, scale, lines, asked)
    divided = f", for each level of {tables.names.inside(tables.names.of(by))}" if by else ""
    subtitle = (
        f"{outcome.label} of the focal firm by month{divided}. Line: median run. Dark band: middle 50{SPACE}% of runs; "
        f"light band: 90{SPACE}% of runs (spread of outcomes, not error of the mean)."
    )
    remarks = f"Values beside lines: median of the last month [90{SPACE}% of runs]. {gap_in_words}"
    decimals = places(float(value) for line in lines.values() for value in line.iloc[-1])
    shape = "; ".join(
        f"{looks[level].label or outcome.label} ends at {_end(line, decimals)}" for level, line in lines.items()
    )
    return ChartWords(title, subtitle, remarks, provenance(tables.about), shape)


def _end(line: pd.DataFrame, decimals: int) -> str:
    """Median and 90 % of runs in the last month."""
    last = line.iloc[-1]
    return plain_interval(float(last["median"]), float(last["q05"]), float(last["q95"]), decimals)


def _title(
    tables: SweepTables, outcome: OutcomeWords, scale: Scale, lines: dict[Any, pd.DataFrame],
    asked: tuple[str, str, Contrast | None],
) -> tuple[str, str]:  # fmt: skip
    """The paired gap of the last month; without a contrast only what is shown."""
    measure, by, contrast = asked
    if contrast is None:
        return first_supported_title([f"{outcome.label} by month, up to {outcome.when}"], []), ""
    row = tables.last_gap(measure, contrast).iloc[0]
    gap = Finding(float(row["mean"]), float(row["low"]), float(row["high"]))
    level = float(lines[contrast.other]["median"].iloc[-1]) / scale.factor
    mean, low, high = (value * scale.factor for value in (gap.mean, gap.low, gap.high))
    interval = signed_interval(mean, low, high, places((mean, low, high)))
    ours, other = tables.sides(contrast)
    share = f", {per_cent(gap.mean, level)} of the median of {other}" if per_cent(gap.mean, level) else ""
    summary = (
        f"Paired gap of {outcome.when}, {ours} minus {other}: {interval}{share} [95{SPACE}% interval of the mean]."
    )
    return title_of_contrast(gap, outcome, (ours, other), scale, level), summary
