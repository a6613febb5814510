"""Months until a change has earned back its cost, by moderator: a dot a run; the runs that never do stand apart."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from scipy import stats

from sim.charts.chart import Chart
from sim.charts.claim_tables import (
    LedgerTables,
    fitting,
    ledger_note,
    question_period,
    question_scenario,
    record_about,
    rows_of_table,
)
from sim.charts.layout import Page
from sim.charts.names import names_of
from sim.charts.numbers import SPACE, plain
from sim.charts.panel import Panel, PanelWords
from sim.charts.theme import GAIN, INK, LOSS, MIST, SLATE, Style, settings
from sim.charts.words import ChartWords, join_names

BREAK_EVEN_MM = (183.0, 110.0)
NEEDED_MONTH_COLUMNS = ("moderator", "level", "replicate", "month", "never")
HOW_LONG = "how-long"


class MonthsAtLevel(NamedTuple):
    """All runs at one level of a moderator.

    Args:
        name: Moderator and level in words.
        months: Months until breaking even, of the runs that do.
        never: Runs that never do.
    """

    name: str
    months: Sequence[float]
    never: int

    @property
    def runs(self) -> int:
        """Number of runs."""
        return len(self.months) + self.never

    @property
    def median(self) -> float:
        """Median month over all runs, with never as later than any month; NaN unless more than half break even."""
        return float("nan") if 2 * len(self.months) <= self.runs else float(np.sort(self._with_never())[self._half()])

    def _half(self) -> int:
        return (self.runs - 1) // 2

    def _with_never(self) -> list[float]:
        return [*self.months, *[float("inf")] * self.never]

    def share_never(self) -> tuple[float, float, float]:
        """Share of runs that never break even, with both ends of its Wilson interval."""
        reach = stats.binomtest(self.never, self.runs).proportion_ci(method="wilson")
        return self.never / self.runs, float(reach.low), float(reach.high)

    def text(self) -> str:
        """Share of runs that never break even with its Wilson interval, and the median month."""
        share, low, high = (plain(100.0 * value, 0) for value in self.share_never())
        middle = f"median {plain(self.median, 0)}" if self.median == self.median else "no median"
        return f"{middle}; never {share}{SPACE}% [{low},{SPACE}{high}]"


def levels_of(table: pd.DataFrame, names: dict[str, str]) -> list[MonthsAtLevel]:
    """Levels in the order of the table.

    Args:
        table: Columns moderator, level, month, never.
        names: Display names of moderators.
    """
    levels = []
    for (moderator, level), part in table.groupby(["moderator", "level"], sort=False):
        never = part["never"].astype(str).str.lower() == "true"
        known = part.loc[~never, "month"].dropna()
        name = names[str(moderator)] if str(level) in ("", "nan") else f"{names[str(moderator)]}: {level}"
        levels.append(MonthsAtLevel(name, [float(month) for month in known], int(never.sum())))
    return [level for level in levels if level.runs]


def draw_break_even(tables: LedgerTables, style: Style) -> Chart:
    """Dots of runs by moderator and level.

    Args:
        tables: Uses ``break_even``.
        style: Deck or journal.
    """
    table, names = rows_of_table(tables, "break_even", NEEDED_MONTH_COLUMNS), names_of(tables.about)
    levels = levels_of(table, {str(name): names.of(str(name)) for name in table["moderator"].unique()})
    words = _words(tables, levels)
    with settings(style):
        page = Page(style, words, BREAK_EVEN_MM)
        _draw(page, levels)
    return Chart("break-even", style, page.figure, words, record_about(tables, question=HOW_LONG))


def _draw(page: Page, levels: Sequence[MonthsAtLevel]) -> None:
    body = page.body._replace(height=page.body.height - page.style.gap(1.0))
    words = PanelWords(across="Months after setting out until the cumulated gap stays at or above zero")
    panel = Panel.of_rows(page, body, [level.name for level in levels], [level.text() for level in levels], words)
    last = max((max(level.months) for level in levels if level.months), default=12.0)
    beyond = 1.16 * last
    page.horizontal_scale(panel.axes, 0.0, last, 5)
    panel.axes.set_xticks([mark for mark in panel.axes.get_xticks() if mark <= 1.05 * last])
    panel.axes.set_xlim(0.0, 1.26 * last)
    panel.axes.axvspan(1.08 * last, 1.26 * last, color=MIST, alpha=0.35, linewidth=0)
    panel.axes.annotate(
        "never", (1.17 * last, 1.0), (0, 1), xycoords=("data", "axes fraction"), textcoords="offset points",
        ha="center", va="bottom", size=page.style.label, weight="bold", color=SLATE,
    )  # fmt: skip
    for place, level in enumerate(levels):
        _dots(panel.axes, level, place, beyond, page.style)
    page.under(panel.axes, words.across)


def _dots(axes: Axes, level: MonthsAtLevel, place: int, beyond: float, style: Style) -> None:
    size = 0.42 * style.label
    for number, month in enumerate(sorted(level.months)):
        aside = 0.22 * ((number % 3) - 1)
        axes.plot(
            [month], [place + aside], "o", markersize=size, color=GAIN, markeredgecolor=SLATE, markeredgewidth=0.4
        )
    for number in range(level.never):
        across = beyond + 0.008 * beyond * ((number % 9) - 4.0)
        axes.plot(
            [across], [place + 0.2 * (number // 9 - 1)], "x", markersize=0.9 * size, color=LOSS,
            markeredgewidth=style.hairline,
        )  # fmt: skip
    if level.median == level.median:
        axes.plot([level.median] * 2, [place - 0.4, place + 0.4], color=INK, linewidth=0.8 * style.line, zorder=5)


def _title(levels: Sequence[MonthsAtLevel], when: str) -> str:
    never, runs = sum(level.never for level in levels), sum(level.runs for level in levels)
    counted = f"{never} of {runs} runs never break even {when}"
    if never == runs:
        return f"No run of {runs} breaks even {when}"
    known = [level for level in levels if level.median == level.median]
    if not known:
        return f"{counted}; at no level do more than half"
    quickest, slowest = (pick(known, key=lambda level: level.median) for pick in (min, max))
    first, last = (plain(level.median, 0) for level in (quickest, slowest))
    ends = f"median months {first} ({quickest.name}) to {last} ({slowest.name})"
    if len(known) < len(levels):
        few = f"at {len(known)} of {len(levels)} levels more than half do"
        return fitting(f"{counted}; {few}, {ends}", f"{counted}; {few}, medians {first} to {last}", f"{counted}; {few}")
    return fitting(f"{counted}; {ends}", f"{counted}; medians {first} to {last}")


def _words(tables: LedgerTables, levels: Sequence[MonthsAtLevel]) -> ChartWords:
    when = question_period(tables, HOW_LONG)
    subtitle = (
        "Months after setting out until the cumulated discounted gap to the same firm that never sets out stays at or "
        f"above zero. Dot: one run; bar: median; cross: never; bracket: 95{SPACE}% interval of the share by Wilson."
    )
    remarks = (
        "Runs that never break even stand in no mean; the median counts them as later than any month. Levels share "
        "their worlds."
    )
    texts = join_names([f"{level.name} {level.text()}" for level in levels]) if levels else "nothing"
    note = ledger_note(tables, question_scenario(tables, HOW_LONG))
    return ChartWords(_title(levels, when), subtitle, remarks, note, f"A row of dots a level: {texts}")
