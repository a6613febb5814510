"""The executive illusion: what the leadership believes of its customers against what these feel, on one scale."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.form import NothingToDraw
from sim.charts.layout import Page
from sim.charts.numbers import SPACE, places, plain, signed_interval, with_sign
from sim.charts.panel import Panel, PanelWords
from sim.charts.tables import MonthlyTables, last_months, year_or_months
from sim.charts.theme import INK, MIST, Look, Style, looks_of, settings
from sim.charts.words import (
    ChartWords,
    Finding,
    decided,
    first_supported_title,
    in_sentence,
    join_names,
    of_one_run,
    period,
    provenance,
    title_of_levels,
)
from sim.statistics.paired import paired_difference

ILLUSION_WIDTH, ILLUSION_HEIGHT, ROW_HEIGHT = 183.0, 24.0, 9.0  # of a journal figure, and of a row of it [mm]
BELIEVED_SHARE, FELT_SHARE = "satisfaction_perceived", "share_satisfied"
ROUNDS_TO_NOTHING = 0.05  # points


class Belief(NamedTuple):
    """One policy.

    Args:
        look: Its look.
        believed: Mean share of satisfied customers as the leadership believes it. [%]
        felt: The share that is satisfied. [%]
        gap: Believed less felt, with the interval of the mean over runs. [points]
    """

    look: Look
    believed: float
    felt: float
    gap: Finding

    def text(self) -> str:
        """The gap with its interval; of one run without."""
        decimals = max(1, min(2, places([self.gap.mean], 2)))
        if math.isnan(self.gap.low):
            return f"{with_sign(self.gap.mean, decimals)} points"
        return f"{signed_interval(self.gap.mean, self.gap.low, self.gap.high, decimals)} points"

    def levels(self) -> str:
        """Both ends in words."""
        return f"{plain(self.believed, 1)}{SPACE}% believed, {plain(self.felt, 1)}{SPACE}% felt"


def beliefs_of(tables: MonthlyTables) -> list[Belief]:
    """One row a policy over the last year, the widest gap first.

    Raises:
        BadInput: The monthly table lacks a measure.
        NothingToDraw: Everywhere the leadership believes what is.
    """
    last = last_months(tables, "illusion", (BELIEVED_SHARE, FELT_SHARE))
    means = 100.0 * last.groupby(["world", "replicate"])[[BELIEVED_SHARE, FELT_SHARE]].mean()
    worlds = means.index.get_level_values("world")
    rows = [_belief(look, means[worlds == policy]) for policy, look in looks_of(tables.about).items()]
    if all(row.gap.mean == 0.0 and not row.gap.low < row.gap.high for row in rows):
        raise NothingToDraw("Everywhere the leadership sees how satisfied customers are: there is no illusion.")
    if all(abs(row.gap.mean) < ROUNDS_TO_NOTHING for row in rows):
        raise NothingToDraw("Everywhere what the leadership believes is within 0.05 points of what is.")
    return sorted(rows, key=lambda row: -abs(row.gap.mean))


def _belief(look: Look, runs: pd.DataFrame) -> Belief:
    gap = paired_difference(runs[BELIEVED_SHARE], runs[FELT_SHARE])
    return Belief(
        look, float(runs[BELIEVED_SHARE].mean()), float(runs[FELT_SHARE].mean()), Finding(gap.mean, gap.low, gap.high)
    )  # fmt: skip


def draw_illusion(tables: MonthlyTables, style: Style) -> Chart:
    """A dumbbell a policy: a hollow dot for what customers feel, a filled one for what the leadership believes.

    Args:
        tables: Uses ``monthly`` and ``about`` of a comparison.
        style: Deck or journal.
    """
    rows = beliefs_of(tables)
    words = _words(tables, rows)
    with settings(style):
        page = Page(style, words, (ILLUSION_WIDTH, ILLUSION_HEIGHT + ROW_HEIGHT * len(rows)))
        _draw(page, rows)
    return Chart("illusion", style, page.figure, words, tables.about)


def _draw(page: Page, rows: Sequence[Belief]) -> None:
    style = page.style
    above = style.gap(1.3)
    box = page.body._replace(height=min(page.body.height, style.gap(6.0 + 3.2 * len(rows))) - above)
    box = box._replace(bottom=page.body.top - above - box.height)
    words = PanelWords(across=f"Customers who are satisfied (%{SPACE}of customers)")
    panel = Panel.of_rows(page, box, [row.look.label for row in rows], [row.text() for row in rows], words)
    ends = [end for row in rows for end in (row.believed, row.felt)]
    panel.horizontal(max(0.0, min(ends) - 2.0), min(100.0, max(ends) + 2.0), words.across)
    for place, row in enumerate(rows):
        panel.axes.plot([row.felt, row.believed], [place] * 2, color=MIST, linewidth=2.2 * style.line, zorder=2)
        for value, fill in ((row.felt, "white"), (row.believed, row.look.colour)):
            panel.axes.plot(
                [value], [place], "o", markersize=4.2 * style.line, markerfacecolor=fill,
                markeredgecolor=row.look.colour, markeredgewidth=0.6 * style.line, zorder=4, clip_on=False,
            )  # fmt: skip
    interval = "" if any(math.isnan(row.gap.low) for row in rows) else f" [95{SPACE}% interval]"
    key = f"hollow: what customers feel   filled: what the leadership believes   right: the gap{interval}"
    lines = page.wrap(key, style.label, page.body.width)
    page.write(panel.plot.left, page.body.top, lines[:1], style.label, colour=INK)


def _title_of_run(rows: Sequence[Belief], when: str) -> str:
    levels = {row.look.label: _against(row) for row in rows}
    opening = f"{when} of one run, satisfied customers as believed against as they feel"
    return title_of_levels(opening, levels, f"{when} of one run: satisfied customers as believed and as they feel")


def _title(rows: Sequence[Belief], when: str) -> str:
    clear = [row for row in rows if row.gap.clear and abs(row.gap.mean) >= ROUNDS_TO_NOTHING]
    if not clear:
        return first_supported_title(
            [f"{when}: no clear difference between what the leadership believes and what customers feel"], []
        )
    named = [f"{in_sentence(row.look.label)} ({_against(row)})" for row in clear]
    words = {"more" if row.gap.mean > 0.0 else "fewer" for row in clear}
    claim = f"{when}: leaders believe {' or '.join(sorted(words, reverse=True))} customers satisfied than are, with"
    titles = [f"{claim} {join_names(named)}", f"{claim} {len(clear)} of {len(rows)} policies, as {named[0]}"]
    titles.append(f"{claim} {len(clear)} of {len(rows)} policies")
    return first_supported_title(titles, [row.gap for row in clear])


def _against(row: Belief) -> str:
    """Believed and felt share, with as many digits as tell them apart."""
    decimals = 0 if round(row.believed) != round(row.felt) else 1
    return f"{plain(row.believed, decimals)} against {plain(row.felt, decimals)}{SPACE}%"


def _words(tables: MonthlyTables, rows: Sequence[Belief]) -> ChartWords:
    months = int(tables.about["months"])
    when, run, single = year_or_months(months), period(months), of_one_run(tables.about)
    last = last_months(tables, "illusion", ("customers",))
    people = float(last.groupby(["world", "replicate"])["customers"].mean().mean())
    subtitle = (
        f"Share of customers whose satisfaction is at least one half, last year of a {run} run"
        f"{'' if single else ', mean of runs'}: as the firm's leadership believes it, and as it is. Widest gap first"
        f"{'.' if single else f'; 95{SPACE}% intervals.'}"
    )
    remarks = (
        f"Both are the same question on the same scale: one leadership a firm, about {plain(people, -1)} customers. "
        "The leadership learns from surveys, complaints and layers of reports. The axis need not start at zero."
    )
    texts = "; ".join(f"{in_sentence(row.look.label)}: {row.levels()}, gap {row.text()}" for row in rows)
    opening = when[:1].upper() + when[1:]
    title = _title_of_run(rows, opening) if single else decided(_title(rows, opening), tables.about)
    return ChartWords(title, subtitle, remarks, provenance(tables.about), f"{len(rows)} dumbbells. {texts}")
