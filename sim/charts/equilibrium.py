"""Best replies on the way to an equilibrium: one decision by round, a panel for each firm and a line for each start."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Box, Page
from sim.charts.names import names_of
from sim.charts.numbers import plain
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.theme import FURTHER, Look, Style, settings
from sim.charts.words import ChartWords, provenance
from sim.parameters import BadInput
from sim.parameters.decisions import DECISION_ROWS

EQUILIBRIUM_MM = (183.0, 70.0)
MOST_PANELS = 4


def draw_equilibrium(rounds: pd.DataFrame, decision: str, about: Mapping[str, Any], style: Style) -> Chart:
    """Values of one decision after each round of best replies.

    Args:
        rounds: Columns start, round, firm, decision, value; of firms after the fourth nothing is drawn.
        decision: The decision to draw.
        about: Scenario, seed, replications, months, and ``at_rest`` by start.
        style: Deck or journal.

    Raises:
        BadInput: The table has no such decision.
    """
    part = rounds[rounds["decision"] == decision]
    if part.empty:
        raise BadInput(f"the rounds have no decision {decision}; they have {', '.join(rounds['decision'].unique())}")
    firms = list(part["firm"].unique())[:MOST_PANELS]
    words = _words(part, decision, about)
    with settings(style):
        page = Page(style, words, EQUILIBRIUM_MM)
        for place, (box, firm) in enumerate(zip(beside(page.body, len(firms), style.gap(1.5)), firms, strict=True)):
            _panel(page, box, place, firm, part, names_of(about).of(firm))
    return Chart("equilibrium", style, page.figure, words, about)


def _panel(page: Page, box: Box, place: int, firm: str, part: pd.DataFrame, shown: str) -> None:
    row = DECISION_ROWS[str(part["decision"].iloc[0])]
    lines = [
        (_look(int(str(start))), line.set_index("round")["value"])
        for start, line in part[part["firm"] == firm].groupby("start")
    ]
    labels = [PlacedLabel(float(line.iloc[-1]), [look.label], look) for look, line in lines]
    ends = float(part["value"].min()), float(part["value"].max())
    words = PanelWords(shown, f"{row.label} [{row.unit}]", "Round of best replies", place)
    panel = Panel.of_lines(page, box, words, ends, labels)
    for look, line in lines:
        panel.axes.plot(line.index, line, color=look.colour, linestyle=look.dash, linewidth=0.8 * page.style.line)
    last = max(1, int(part["round"].max()))
    panel.axes.set_xlim(0, last)
    panel.axes.set_xticks(sorted({0, last // 2, last}))
    panel.finish(words.across)


def _look(start: int) -> Look:
    colour, dash = FURTHER[(start - 1) % len(FURTHER)]
    return Look(f"Start {start}", colour, dash)


def _words(part: pd.DataFrame, decision: str, about: Mapping[str, Any]) -> ChartWords:
    label, rested = DECISION_ROWS[decision].label, list(about["at_rest"])
    last = part[part["round"] == part.groupby("start")["round"].transform("max")]
    ends = f"{plain(float(last['value'].min()), 3)} to {plain(float(last['value'].max()), 3)}"
    title = f"{label} after best replies: {ends}; {sum(rested)} of {len(rested)} starts came to rest"
    subtitle = (
        f"{label}, {DECISION_ROWS[decision].unit}, of each firm after each round in which every firm in turn takes its "
        "best reply. One line a start; start 1 is the scenario's own plan."
    )
    remarks = (
        f"A start comes to rest when a round over the whole ranges brings no firm more than {about['tolerance']:g} of "
        "its present value. All choices are valued in the same worlds."
    )
    shape = f"A panel for each firm with {len(rested)} lines by round"
    return ChartWords(title, subtitle, remarks, provenance(about), shape)
