"""A forest of paired differences: every measure in one row, every rival in one column, zero in the middle."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from matplotlib.lines import Line2D

from sim.charts.chart import Chart
from sim.charts.forest import ForestRow, bare, colour_of, mark, rows_of
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, places, plain, with_sign
from sim.charts.panel import LEAST_PLOT, Panel
from sim.charts.tables import MEASURE_LABELS, Tables, contest, last_year, level_of, scale_of, scale_values
from sim.charts.theme import GAIN, INK, LOSS, POINT, RULE, SLATE, Look, Style, looks_of, settings
from sim.charts.words import ChartWords, decided, first_supported_title, in_sentence, period, provenance
from sim.statistics.verdicts import NO_DIFFERENCE

DIFFERENCES_MM = (183.0, 84.0)
WIDEST_NAMES = 0.24  # share of the width that names of rows may take
KEYS = ((GAIN, INK, "better for the firm"), (LOSS, INK, "worse"), ("white", SLATE, "interval includes zero"))


class Line(NamedTuple):
    """One measure against every rival.

    Args:
        name: Measure and unit.
        noun: Measure inside a sentence.
        when: Level of the policy itself, and the period.
        rows: One difference for each rival, in the reader's unit.
        short: The means in words, with the per cent that they are of the other's level.
    """

    name: str
    noun: str
    when: str
    rows: list[ForestRow]
    short: list[str]


def draw_gaps(tables: Tables, style: Style) -> Chart:
    """Paired differences of the last policy against each other one.

    Args:
        tables: Uses ``gaps`` and ``about``.
        style: Deck or journal.
    """
    styles = looks_of(tables.about)
    policy, rivals = contest(tables)
    there = set(tables.gaps["measure"])
    lines = [_line(tables, name, policy, rivals, styles) for name in MEASURE_LABELS if name in there]
    words = _words(tables, lines, styles, policy, rivals)
    with settings(style):
        page = Page(style, words, DIFFERENCES_MM)
        draw_table(page, lines, f"{styles[policy].label} minus", [styles[rival] for rival in rivals])
    return Chart("gaps", style, page.figure, words, tables.about)


def _line(tables: Tables, measure: str, policy: str, rivals: list[str], styles: dict[str, Look]) -> Line:
    year, scale = last_year(tables, measure), scale_of(tables, measure, scale_values(tables, measure))
    rows = rows_of(tables, measure, policy, rivals, {name: look.label for name, look in styles.items()})
    means = [row.gap.mean * scale.factor for row in rows]
    unit = scale.unit or MEASURE_LABELS[measure].axis
    ours = level_of(tables, measure, year, policy) * scale.factor
    when = f"{plain(ours, places([ours]))} in {f'year {year}' if year else 'the run'}"
    return Line(
        f"{MEASURE_LABELS[measure].label}, {unit}",
        MEASURE_LABELS[measure].in_sentence,
        when,
        rows,
        [_with_share(with_sign(mean, places(means)), row) for mean, row in zip(means, rows, strict=True)],
    )


def _with_share(text: str, row: ForestRow) -> str:
    return f"{text}{SPACE}({row.share})" if row.share else text


def draw_table(page: Page, lines: list[Line], head: str, rivals: list[Look], shared: float = 0.0) -> None:
    """One row a line and one column a rival; rows share the scale given in their unit, or have their own."""
    style, body = page.style, page.body
    heads_of_rows = [page.wrap(line.name, style.label, WIDEST_NAMES * body.width) for line in lines]
    names = max(page.width_of("\n".join(parts), style.label) for parts in heads_of_rows) + style.gap(0.8)
    whens = max(page.width_of(line.when, style.label) for line in lines) + style.gap(1.2)
    column = (body.width - names - whens) / len(rivals)
    heads = [page.wrap(f"{head} {in_sentence(rival.label)}", style.label, 0.95 * column, "bold") for rival in rivals]
    low = body.bottom + _key(page)
    top = body.top - style.gap(0.9 + max(len(lines_of_head) for lines_of_head in heads))
    pitch = (top - low) / len(lines)
    edges = [top - (place + 0.5) * pitch + 0.55 * style.label * POINT for place in range(len(lines))]
    for line, edge in zip(lines, edges, strict=True):
        page.write(body.left + names, edge, [line.when], style.label, colour=SLATE)
    for _, same in groupby(zip(lines, edges, heads_of_rows, strict=True), key=lambda row: row[0].name):
        rows = list(same)  # neighbours of one name share it, so that long names have room
        middle, parts = 0.5 * (rows[0][1] + rows[-1][1]), rows[0][2]
        page.write(body.left, middle + 0.5 * (len(parts) - 1) * style.gap(1.0), parts, style.label)
    _stripes(page, [top - place * pitch for place in range(1, len(lines))])
    for place, lines_of_head in enumerate(heads):
        box = Box(body.left + names + whens + place * column, low, column, top - low)
        page.write(box.left, body.top, lines_of_head, style.label, "bold")
        _column(page, box, lines, place, shared)


def _column(page: Page, box: Box, lines: list[Line], place: int, shared: float) -> None:
    style = page.style
    room = (1.0 - LEAST_PLOT) * box.width - style.gap(1.6)
    texts = [line.rows[place].text.split("\u00a0[") for line in lines]
    means = [[line.short[place]] for line in lines]
    whole = [[f"{mean}{SPACE}[{text[1]}"] for (mean,), text in zip(means, texts, strict=True)]
    halves = [[mean, f"[{text[1]}"] for (mean,), text in zip(means, texts, strict=True)]
    bare_means = [[mean.partition(f"{SPACE}(")[0]] for (mean,) in means]
    ways = [whole, halves, means] if box.height / len(lines) >= style.gap(2.2) else [whole, means]
    numbers = next((way for way in ways if _widest(page, way) <= room), bare_means)
    width = box.width - min(room, _widest(page, numbers)) - style.gap(1.6)
    axes = Panel.of_plot(page, box, box._replace(width=width)).axes
    bare(axes)
    axes.set(xlim=(-1.06, 1.06), ylim=(len(lines) - 0.5, -0.5))
    axes.axvline(0.0, color=SLATE, linewidth=style.hairline, zorder=1)
    pitch = box.height / len(lines)
    for number, (line, text) in enumerate(zip(lines, numbers, strict=True)):
        mark(page, axes, line.rows[place], number, shared or reach_of(line))
        top = box.top - (number + 0.5) * pitch + 0.55 * style.label * POINT
        page.write(box.left + width + style.gap(0.5), top + 0.5 * (len(text) - 1) * style.gap(1.0), text, style.label)


def _widest(page: Page, texts: Sequence[Sequence[str]]) -> float:
    return max(page.width_of("\n".join(text), page.style.label) for text in texts)


def _stripes(page: Page, heights: list[float]) -> None:
    ends = [page.body.left / page.width, page.body.right / page.width]
    for height in heights:
        across = [height / page.height] * 2
        page.figure.add_artist(Line2D(ends, across, color=RULE, linewidth=0.5 * page.style.hairline))


def reach_of(line: Line) -> float:
    """The farthest end of a row's intervals, over all rivals, so that they share a scale."""
    ends = [abs(end) * row.factor for row in line.rows for end in (row.gap.mean, row.gap.low, row.gap.high)]
    return max((end for end in ends if end == end), default=0.0) or 1.0


def _key(page: Page) -> float:
    """Print what the dots mean under the rows; returns the height used. [inch]"""
    style, body = page.style, page.body
    axes = page.axes(Box(body.left, body.bottom, body.width, style.gap(1.2)))
    bare(axes)
    axes.set(xlim=(0.0, body.width), ylim=(0.0, style.gap(1.2)))
    left = style.gap(0.4)
    for face, edge, text in KEYS:
        axes.plot(
            [left], [style.gap(0.6)], marker="o", markersize=3.0 * style.line, markerfacecolor=face,
            markeredgecolor=edge, markeredgewidth=0.4 * style.line,
        )  # fmt: skip
        top = body.bottom + style.gap(0.6) + 0.55 * style.label * POINT
        page.write(body.left + left + style.gap(0.6), top, [text], style.label)
        left += page.width_of(text, style.label) + style.gap(2.2)
    return style.gap(1.8)


def _words(tables: Tables, lines: list[Line], styles: dict[str, Look], policy: str, rivals: list[str]) -> ChartWords:
    months = int(tables.about["months"])
    subtitle = (
        f"Paired differences of {in_sentence(styles[policy].label)} against each other policy, {period(months)} run or "
        "its last year, in the unit of each row. Dot: mean difference; line and bracket: 95 % interval of the mean."
    ).replace(" %", f"{SPACE}%")
    remarks = (
        f"Second column: mean of {in_sentence(styles[policy].label)}; per cent: of the other's mean; differences of "
        "per cents are points. Each row has its own scale, zero in the middle. Intervals hold for one row "
        f"at a time and are not widened for looking at {len(lines)} measures."
    )
    shape = f"A table of {len(lines)} rows and {len(rivals)} columns of dots with intervals around a line at zero"
    title = _title(lines, styles[policy].label, styles[rivals[0]].label, period(months))
    return ChartWords(decided(title, tables.about), subtitle, remarks, provenance(tables.about), shape)


def _title(lines: list[Line], policy: str, against: str, years: str) -> str:
    """The first measure's verdict, then how many measures are better, worse and not clear."""
    ours, theirs = in_sentence(policy), in_sentence(against)
    rows = [line.rows[0] for line in lines]
    findings = [row.gap for row in rows]
    if not any(finding.clear for finding in findings):
        return first_supported_title(
            [f"{NO_DIFFERENCE} between {ours} and {theirs} on any of {len(rows)} measures of a {years} run"], findings
        )
    better, worse = (sum(colour_of(row) == colour for row in rows) for colour in (GAIN, LOSS))
    counts = f"of {len(rows)} measures {better} better, {worse} worse, {len(rows) - better - worse} not clear"
    nouns, first = (f"{years} {lines[0].noun}", f"{years} value"), findings[0]
    if not first.clear:
        claims = [f"{NO_DIFFERENCE} in {noun} between {ours} and {theirs}" for noun in nouns]
    else:
        claims = [f"{ours} has {first.verdict} {noun} than {theirs}" for noun in nouns]
    titles = [f"{claim}; {counts}" for claim in claims]
    return first_supported_title([*titles, f"{years} run: {counts}"], findings)
