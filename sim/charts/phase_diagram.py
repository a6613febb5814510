"""Phase diagrams: which of three policies is worth most where two assumptions vary, hatched where it is not decided."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from sim.charts.chart import Chart
from sim.charts.claim_tables import (
    LedgerTables,
    ledger_note,
    plain_rows,
    question_period,
    question_scenario,
    record_about,
    rows_of_table,
)
from sim.charts.layout import Box, Page
from sim.charts.names import Names, names_of
from sim.charts.numbers import SPACE, even_texts, plain
from sim.charts.panel import Panel
from sim.charts.phase_lines import borders, branches
from sim.charts.theme import INK, POINT, SLATE, Dash, Look, Style, looks, settings
from sim.charts.words import ChartWords, Finding, first_supported_title, in_sentence, join_names

DIAGRAM_MM = (89.0, 84.0)
NEEDED_PHASE_COLUMNS = (
    "question", "diagram", "x_path", "x", "y_path", "y", "winner", "difference", "low", "high", "resolved",
)  # fmt: skip
UNDECIDED = "Hatched: the lead over some rival is not clear (95\u00a0% interval holds zero)"
STRENGTH = 0.72  # how opaque a decided cell is


class Diagram(NamedTuple):
    """One diagram.

    Args:
        cells: Rows of the table of phases.
        lines: Rows of the table of contours: where two policies are worth the same; may be empty.
        axes: Names of what varies across and up.
        looks: Looks of the policies that win somewhere.
    """

    cells: pd.DataFrame
    lines: pd.DataFrame
    axes: tuple[str, str]
    looks: Mapping[str, Look]

    @property
    def decided(self) -> pd.DataFrame:
        """Cells in which the lead over every rival is clear."""
        return self.cells[self.cells["resolved"].astype(str).str.lower() == "true"]

    def counts(self) -> dict[str, int]:
        """Decided cells by winner, most first."""
        return {str(name): int(count) for name, count in self.decided["winner"].value_counts().items()}


def draw_phase(tables: LedgerTables, style: Style) -> list[Chart]:
    """One chart a diagram.

    Args:
        tables: Uses ``phase`` and, where it is there, ``contours``.
        style: Deck or journal.
    """
    phase = rows_of_table(tables, "phase", NEEDED_PHASE_COLUMNS)
    contours = tables.table("contours") if tables.has("contours") else pd.DataFrame()
    names = names_of(tables.about)
    return [
        _chart(tables, str(name), _diagram(str(name), cells, contours, names), style)
        for name, cells in phase.groupby("diagram", sort=False)
    ]


def _diagram(name: str, cells: pd.DataFrame, contours: pd.DataFrame, names: Names) -> Diagram:
    lines = borders(contours[contours["diagram"] == name], cells) if len(contours) else contours
    across, up = (names.of(str(cells[path].iloc[0])) for path in ("x_path", "y_path"))
    winners = [str(winner) for winner in cells["winner"].unique() if winner != "none"]
    return Diagram(cells, lines, (across, up), looks(winners))


def _chart(tables: LedgerTables, name: str, diagram: Diagram, style: Style) -> Chart:
    words = _words(tables, diagram)
    with settings(style):
        page = Page(style, words, DIAGRAM_MM)
        _draw(page, diagram)
    return Chart(f"phase-{name.replace(' ', '-')}", style, page.figure, words, record_about(tables, diagram=name))


def _draw(page: Page, diagram: Diagram) -> None:
    style, body = page.style, page.body
    key = 0.3 * body.width if style.titled else 0.0
    keys_below = 0.0 if style.titled else style.gap(1.2 * (len(_keys(diagram)) + 0.5))
    top = page.write(body.left, body.top, [diagram.axes[1]], style.label, colour=SLATE) - style.gap(0.3)
    left, foot = _room_of_marks(page, diagram) + style.gap(0.4), style.gap(3.2) + keys_below
    plot = Box(body.left + left, body.bottom + foot, body.width - left - key, top - body.bottom - foot)
    axes = Panel.of_plot(page, body, plot).axes
    _cells(page, axes, diagram)
    _lines(page, axes, diagram)
    _names(page, axes, diagram)
    page.under(axes, diagram.axes[0])
    corner = (plot.right + style.gap(1.6), top) if style.titled else (body.left, body.bottom + keys_below)
    _write_keys(page, corner, diagram, body.right - corner[0])


def _room_of_marks(page: Page, diagram: Diagram) -> float:
    """Width of the numbers beside the diagram. [inch]"""
    marks = even_texts([float(value) for value in diagram.cells["y"].unique()])
    return max(page.width_of(mark, page.style.label) for mark in marks)


def edges(values: Sequence[float]) -> np.ndarray:
    """Edges of cells around the values of an axis, halfway between neighbours.

    >>> edges([0.0, 1.0, 3.0]).tolist()
    [-0.5, 0.5, 2.0, 4.0]
    """
    sorted_values = np.asarray(sorted(values), float)
    if len(sorted_values) == 1:
        return np.array([sorted_values[0] - 0.5, sorted_values[0] + 0.5])
    middle = (sorted_values[1:] + sorted_values[:-1]) / 2.0
    return np.concatenate([[2 * sorted_values[0] - middle[0]], middle, [2 * sorted_values[-1] - middle[-1]]])


def _cells(page: Page, axes: Axes, diagram: Diagram) -> None:
    cells = diagram.cells
    across, up = sorted(cells["x"].unique()), sorted(cells["y"].unique())
    sides, heights = edges(across), edges(up)
    for row in plain_rows(cells):
        column, line = across.index(row["x"]), up.index(row["y"])
        corner = (sides[column], heights[line])
        size = (sides[column + 1] - sides[column], heights[line + 1] - heights[line])
        axes.add_patch(Rectangle(corner, *size, **_fill(row, diagram, page.style)))
    axes.set(xlim=(sides[0], sides[-1]), ylim=(heights[0], heights[-1]))
    for set_ticks, values in ((axes.set_xticks, across), (axes.set_yticks, up)):
        marks = values if len(values) <= 7 else values[:: (len(values) + 5) // 6]
        set_ticks(marks, even_texts(marks))


def _fill(row: Mapping[str, Any], diagram: Diagram, style: Style) -> dict[str, Any]:
    edge = {"edgecolor": "white", "linewidth": 0.8 * style.hairline}
    if str(row["resolved"]).lower() != "true":
        return {"facecolor": "white", "edgecolor": SLATE, "linewidth": 0.0, "hatch": "///"}
    return {"facecolor": diagram.looks[str(row["winner"])].colour, "alpha": STRENGTH, **edge}


def _lines(page: Page, axes: Axes, diagram: Diagram) -> None:
    """Where two policies are worth the same, with the interval of that line."""
    if not len(diagram.lines):
        return
    for own in branches(diagram.lines):
        axes.plot(own["x"], own["y"], color=INK, linewidth=page.style.line, zorder=4)
        for end in ("low", "high"):
            axes.plot(own["x"], own[end], color=INK, linewidth=page.style.hairline, linestyle=(0, (4, 2)), zorder=4)


def _names(page: Page, axes: Axes, diagram: Diagram) -> None:
    """The winner's name in the middle of its largest block of decided cells."""
    for winner in diagram.counts():
        own = diagram.decided[diagram.decided["winner"] == winner]
        middle = own.loc[_innermost(own[["x", "y"]])]
        text = axes.text(
            middle["x"], middle["y"], diagram.looks[winner].label.replace("-", "-\n", 1), size=page.style.label,
            weight="bold", color=INK, ha="center", va="center", zorder=6,
        )  # fmt: skip
        text.set_path_effects([patheffects.withStroke(linewidth=0.3 * page.style.label, foreground="white")])


def _innermost(places: pd.DataFrame) -> Any:
    """Label of the row that is nearest to the middle of all rows, in units of their spread."""
    spread = places.std().fillna(0.0).clip(lower=1e-9)
    return ((places - places.mean()) / spread).pow(2).sum(axis=1).idxmin()


def _keys(diagram: Diagram) -> list[tuple[str, str]]:
    """What is explained beside the diagram: kind of key and words."""
    counts, cells = diagram.counts(), len(diagram.cells)
    labels = {winner: diagram.looks[winner].label for winner in counts}
    keys = [(winner, f"{labels[winner]} worth most: {count} of {cells}") for winner, count in counts.items()]
    undecided = cells - sum(counts.values())
    keys += [("hatch", f"Not decided: {undecided} of {cells}")] if undecided else []
    if len(diagram.lines):
        keys += [("line", "Two policies worth the same"), ("dash", f"95{SPACE}% interval of that line")]
    return keys


def _write_keys(page: Page, corner: tuple[float, float], diagram: Diagram, width: float) -> None:
    style, size = page.style, page.style.label * POINT
    left, top = corner
    for kind, text in _keys(diagram):
        middle = top - 0.62 * size
        if kind in ("line", "dash"):
            ends = [left / page.width, (left + 1.8 * size) / page.width]
            dash: Dash = "solid" if kind == "line" else (0.0, (4.0, 2.0))
            thick = style.line if kind == "line" else style.hairline
            page.figure.add_artist(
                Line2D(ends, [middle / page.height] * 2, color=INK, linewidth=thick, linestyle=dash)
            )  # fmt: skip
        else:
            fill = (
                {"facecolor": "white", "edgecolor": SLATE, "hatch": "///"}
                if kind == "hatch"
                else {"facecolor": diagram.looks[kind].colour, "alpha": STRENGTH, "edgecolor": "none"}
            )
            place = (left / page.width, (middle - 0.45 * size) / page.height)
            page.figure.add_artist(
                Rectangle(place, 1.8 * size / page.width, 0.9 * size / page.height, linewidth=style.hairline, **fill)
            )
        lines = page.wrap(text, style.label, width - 2.6 * size)
        top = page.write(left + 2.6 * size, top, lines, style.label) - 0.25 * size


def _title(diagram: Diagram, when: str) -> str:
    counts, cells = diagram.counts(), len(diagram.cells)
    findings = [Finding(*map(float, row)) for row in diagram.decided[["difference", "low", "high"]].to_numpy()]
    undecided = cells - sum(counts.values())
    if not counts:
        return first_supported_title([f"No policy is clearly worth most in any of {cells} worlds {when}"], [])
    parts = [
        f"{in_sentence(diagram.looks[winner].label)} in {plain(100.0 * count / cells, 0)}{SPACE}%"
        for winner, count in counts.items()
    ]
    rest = f"; {plain(100.0 * undecided / cells, 0)}{SPACE}% not decided" if undecided else ""
    whole = f"Worth most {when}: {join_names(parts)} of {cells} worlds{rest}"
    best = f"{parts[0]} of {cells} worlds, the most{rest}"
    return first_supported_title(
        [whole, whole.replace(f" of {cells} worlds", ""), f"Worth most {when}: {best}", f"{best}, {when}"], findings
    )


def _words(tables: LedgerTables, diagram: Diagram) -> ChartWords:
    when = question_period(tables, str(diagram.cells["question"].iloc[0]))
    subtitle = (
        f"Policy with the highest mean net present value, by {diagram.axes[0].lower()} (across) and "
        f"{diagram.axes[1].lower()} (up). {UNDECIDED}."
    )
    remarks = (
        "Each cell is one world with all other assumptions at their base values, each policy tuned by the same budget. "
        "No claim is made outside the plotted range."
    )
    largest = diagram.cells["difference"].abs().max()
    counts = ", ".join(text for _, text in _keys(diagram)[: len(diagram.counts()) + 1])
    shape = f"A grid of {len(diagram.cells)} cells: {counts}; the largest lead is {plain(largest, -3)}"
    note = ledger_note(tables, question_scenario(tables, str(diagram.cells["question"].iloc[0])))
    return ChartWords(_title(diagram, when), subtitle, remarks, note, shape)
