"""Lines of a sweep: an outcome over one factor for each level of another, in one panel or in small multiples."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sim.charts.chart import Chart
from sim.charts.form import NothingToDraw
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Page
from sim.charts.names import Names
from sim.charts.numbers import SPACE, Scale, places, plain
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.sweep_tables import OutcomeWords, SweepTables
from sim.charts.theme import FURTHER, Look, Style, looks, settings
from sim.charts.words import ChartWords, Finding, first_supported_title, join_names, provenance
from sim.statistics.verdicts import HIGHER, LOWER, NO_DIFFERENCE

LINE_MM, MULTIPLES_MM = (120.0, 80.0), (183.0, 70.0)
MOST_LINES, MOST_PANELS = 6, 3
ONE = ""  # key of the only line where no factor divides


class LinePart(NamedTuple):
    """Lines of one outcome.

    Args:
        outcome: Words of the outcome.
        scale: From its unit to the reader's.
        lines: Columns mean, low, high by level of x, for each level of the other factor.
        ends: Paired difference from the lowest to the highest level of x, for each level of the other factor.
        looks: Look of each line.
    """

    outcome: OutcomeWords
    scale: Scale
    lines: dict[Any, pd.DataFrame]
    ends: dict[Any, Finding]
    looks: dict[Any, Look]


def axes_of(tables: SweepTables) -> tuple[list[str], str]:
    """Factors of numbers that lines run over, and the factor that has a line for each level.

    Raises:
        NothingToDraw: No factor of numbers has two levels or more that other factors meet.
    """
    declared, runs = tables.declared, tables.runs
    numbers = [
        name
        for name in declared.factors
        if pd.api.types.is_numeric_dtype(runs[name])
        and not pd.api.types.is_bool_dtype(runs[name])
        and runs[name].nunique() > 1
    ]
    if declared.kind != "full_factorial" or not numbers:
        raise NothingToDraw(
            "No factor of numbers has levels that all other factors meet, so that there is no line to draw."
        )
    contrasted = [contrast.factor for contrast in declared.contrasts]
    others = [name for name in (*contrasted, *declared.factors) if name not in numbers or name in contrasted]
    by = next((name for name in others if 1 < runs[name].nunique() <= MOST_LINES and [name] != numbers), "")
    across = [name for name in numbers if name != by]
    return (across, by) if across else (numbers, "")


def draw_line(tables: SweepTables, style: Style) -> list[Chart]:
    """One chart for each outcome and factor of numbers."""
    across, by = axes_of(tables)
    whole = [(x, outcome) for x in across for outcome in tables.declared.outcomes]
    charts = []
    for x, outcome in whole:
        part = _part(tables, x, outcome, by)
        words = _words(tables, [part], x, by)
        with settings(style):
            page = Page(style, words, LINE_MM)
            _panel(tables, page, page.body, 0, part, x)
        name = f"line-{outcome}" if len(across) == 1 else f"line-{outcome}-{x}"
        charts.append(Chart(name, style, page.figure, words, tables.about))
    return charts


def draw_multiples(tables: SweepTables, style: Style) -> list[Chart]:
    """All outcomes over each factor of numbers, a panel each.

    Raises:
        NothingToDraw: There is one outcome only, or nothing to draw lines over.
    """
    across, by = axes_of(tables)
    outcomes = tables.declared.outcomes[:MOST_PANELS]
    if len(outcomes) < 2:
        raise NothingToDraw("There is one outcome only, which the form line shows; small multiples need two.")
    charts = []
    for x in across:
        parts = [_part(tables, x, outcome, by) for outcome in outcomes]
        words = _words(tables, parts, x, by)
        with settings(style):
            page = Page(style, words, MULTIPLES_MM)
            boxes = beside(page.body, len(parts), style.gap(1.5))
            for place, (box, part) in enumerate(zip(boxes, parts, strict=True)):
                _panel(tables, page, box, place, part, x)
        charts.append(
            Chart("multiples" if len(across) == 1 else f"multiples-{x}", style, page.figure, words, tables.about)
        )
    return charts


def _part(tables: SweepTables, x: str, outcome: str, by: str) -> LinePart:
    words, table, ends = tables.outcome(outcome), tables.line(x, outcome, by), tables.ends(x, outcome, by)
    scale = words.scale(table["mean"], tables.currency)
    numbers = ["mean", "low", "high"]
    groups = list(table.groupby(by, sort=False)) if by else [(ONE, table)]
    lines = {level: part.set_index(x)[numbers] * scale.factor for level, part in groups}
    rows = ends.set_index(by)[numbers] if by else ends[numbers].rename(index={0: ONE})
    by_line = {level: Finding(*map(float, rows.loc[level])) for level in lines}
    return LinePart(words, scale, lines, by_line, line_looks(tables, by, list(lines)))


def line_looks(tables: SweepTables, by: str, levels: list[Any]) -> dict[Any, Look]:
    """The looks of lines: of policies their own, of other levels further ones."""
    if by and all(isinstance(level, str) for level in levels):
        known = looks(levels, tables.names)
        return {level: known[level] for level in levels}
    dashes = ("solid", (0.0, (5.0, 1.6)), (0.0, (1.3, 1.1)), *(dash for _, dash in FURTHER))
    colours = ("#211480", "#7A533B", "#4A5561", *(colour for colour, _ in FURTHER))
    return {
        level: Look(tables.level(by, level) if by else "", colours[place % 6], dashes[place % 6])
        for place, level in enumerate(levels)
    }


def _panel(tables: SweepTables, page: Page, box: Any, place: int, part: LinePart, x: str) -> None:
    unit = f"{part.scale.unit} {part.outcome.unit}".strip()
    head = PanelWords(f"{part.outcome.label}, {part.outcome.when}", unit, _across(tables, x), place)
    values = np.concatenate([line.to_numpy().ravel() for line in part.lines.values()])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    labels = _labels(part) if part.looks and ONE not in part.lines else []
    near_zero = 0.0 if low > 0.0 and low < 0.4 * high else low
    panel = Panel.of_lines(page, box, head, (near_zero, high), labels, 4)
    for level, line in part.lines.items():
        _draw(panel.axes, line, part.looks[level], page.style)
    levels = next(iter(part.lines.values())).index.to_numpy(float)
    panel.axes.set_xticks(levels if len(levels) <= 6 else levels[:: -(-len(levels) // 5)])
    panel.axes.set_xticklabels([f"{tick:g}" for tick in panel.axes.get_xticks()])
    panel.axes.set_xlim(levels[0], levels[-1])
    panel.finish(head.across)


def _across(tables: SweepTables, x: str) -> str:
    unit = tables.units.get(x, "")
    return f"{tables.names.of(x)} ({unit})" if unit and unit != "1" else tables.names.of(x)


def _labels(part: LinePart) -> list[PlacedLabel]:
    ends = {level: float(line["mean"].iloc[-1]) for level, line in part.lines.items()}
    decimals = places(ends.values())
    return [
        PlacedLabel(end, [part.looks[level].label, plain(end, decimals)], part.looks[level])
        for level, end in ends.items()
    ]


def _draw(axes: Axes, line: pd.DataFrame, look: Look, style: Style) -> None:
    axes.fill_between(line.index, line["low"], line["high"], color=look.colour, alpha=0.18, linewidth=0)
    axes.plot(
        line.index, line["mean"], color=look.colour, linestyle=look.dash, linewidth=style.line, marker="o",
        markersize=2.0 * style.line, clip_on=False,
    )  # fmt: skip


def _words(tables: SweepTables, parts: list[LinePart], x: str, by: str) -> ChartWords:
    numbers = ", ".join(part.outcome.noun for part in parts)
    divided = f", a line for each level of {tables.names.inside(tables.names.of(by))}" if by else ""
    subtitle = (
        f"{numbers[:1].upper()}{numbers[1:]} over {tables.names.inside(tables.names.of(x))}{divided}. Line: mean "
        f"over replicates and all other factors; band: 95{SPACE}% interval of the mean."
    )
    remarks = (
        "The title tells the paired difference from the lowest to the highest level. An axis need not start at zero."
    )
    shape = "; ".join(_ends_in_words(tables, part, x) for part in parts)
    return ChartWords(_title(tables, parts, x), subtitle, remarks, provenance(tables.about), shape)


def _ends_in_words(tables: SweepTables, part: LinePart, x: str) -> str:
    """Both ends of every line in numbers."""
    decimals = places(float(value) for line in part.lines.values() for value in line["mean"])
    summary = [
        f"{part.looks[level].label or part.outcome.label} from {plain(float(line['mean'].iloc[0]), decimals)} to "
        f"{plain(float(line['mean'].iloc[-1]), decimals)}"
        for level, line in part.lines.items()
    ]
    return f"{part.outcome.label} ({part.scale.unit or part.outcome.unit}): {', '.join(summary)}"


def _title(tables: SweepTables, parts: list[LinePart], x: str) -> str:
    """What changes from the lowest to the highest level; of several outcomes or lines, for which."""
    levels = next(iter(parts[0].lines.values())).index
    name = tables.names.inside(tables.names.of(x))
    move = f"from {levels[0]:g} to {levels[-1]:g}"
    findings = [finding for part in parts for finding in part.ends.values()]
    claims = [f"{part.outcome.when}, {part.outcome.noun}: {_verdicts(part, tables.names)}" for part in parts]
    moved = [f"{part.outcome.when}, {part.outcome.noun}: {move} {_verdicts(part, tables.names)}" for part in parts]
    short = [f"{part.outcome.when}: {part.outcome.noun} {_counts(part)}" for part in parts]
    clear = sum(finding.clear for finding in findings)
    titles = [f"{'; '.join(claims)} when {name} goes {move}", "; ".join(moved), f"{'; '.join(short)} {move}"]
    last = f"{clear} of {len(findings)} changes clear" if clear else NO_DIFFERENCE
    return first_supported_title([*titles, f"{parts[0].outcome.when}: {last}"], findings)


def _verdicts(part: LinePart, names: Names) -> str:
    summary = []
    for verdict in (HIGHER, LOWER, NO_DIFFERENCE):
        levels = [level for level, finding in part.ends.items() if finding.verdict == verdict]
        if levels and len(levels) == len(part.ends):
            return verdict
        if levels:
            summary.append(f"{verdict} with {join_names([names.inside(part.looks[level].label) for level in levels])}")
    return ", ".join(summary)


def _counts(part: LinePart) -> str:
    verdicts = [finding.verdict for finding in part.ends.values()]
    of = f" of {len(verdicts)} lines" if len(verdicts) > 1 else ""
    counts = [
        f"{verdicts.count(word) if of else ''}{of} {word}".strip() for word in (HIGHER, LOWER) if word in verdicts
    ]
    return ", ".join(counts) if counts else NO_DIFFERENCE
