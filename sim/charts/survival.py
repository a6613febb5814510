"""How long customers stay: the share that is still there, by cohort and policy, with the people still observed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.fan import year_marks
from sim.charts.form import NothingToDraw
from sim.charts.labels import PlacedLabel
from sim.charts.layout import LEADING, Box, Page
from sim.charts.numbers import SPACE, plain
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.tables import CustomerTables, rows_with
from sim.charts.theme import INK, POINT, SLATE, Look, Style, looks_of, settings
from sim.charts.words import ChartWords, Finding, decided, first_supported_title, in_sentence, period, provenance
from sim.experiments.customer_tables import AT_THE_START, WON_LATER
from sim.model.calendar import MONTHS_PER_YEAR
from sim.statistics.paired import paired_difference

SURVIVAL_MM = (183.0, 84.0)
SURVIVAL_COLUMNS = ("policy", "replicate", "cohort", "month", "at_risk", "share")
COHORT_HEADS = {
    AT_THE_START: ("Customers at the start of the run", "Years after the start of the run"),
    WON_LATER: ("Customers won during the run", "Years after they were won"),
}
LEAST_OBSERVED = 0.05  # share of a cohort still observed in every run, below which its curve ends


class SurvivalCurve(NamedTuple):
    """One cohort of one policy.

    Args:
        look: Look of the policy.
        share: Columns mean, low and high over runs by month. [%]
        at_risk: Mean number of people still observed by month.
    """

    look: Look
    share: pd.DataFrame
    at_risk: pd.Series

    @property
    def end(self) -> float:
        """Where the curve ends. [%]"""
        return float(self.share["mean"].iloc[-1])


Cohorts = dict[str, list[SurvivalCurve]]


def draw_survival(tables: CustomerTables, style: Style) -> Chart:
    """A panel a cohort, a step line a policy, with the people still observed under it.

    Args:
        tables: Uses ``survival`` and ``about``.
        style: Deck or journal.

    Raises:
        BadInput: The comparison was written without the table.
        NothingToDraw: Nobody was a customer at the start, or nobody left.
    """
    table = rows_with(tables, "survival", SURVIVAL_COLUMNS)
    _refuse_nothing(table)
    cohorts = cohorts_of(table, looks_of(tables.about))
    words = _words(tables, table, cohorts)
    with settings(style):
        page = Page(style, words, SURVIVAL_MM)
        boxes = beside(page.body, len(cohorts), style.gap(2.0))
        for place, (box, cohort) in enumerate(zip(boxes, cohorts, strict=True)):
            _draw(page, box, place, cohort, cohorts[cohort])
    return Chart("survival", style, page.figure, words, tables.about)


def _refuse_nothing(table: pd.DataFrame) -> None:
    first = table[table["cohort"] == AT_THE_START]
    if not (first.loc[first["month"] == 0, "at_risk"] > 0.0).all():
        raise NothingToDraw("In some run the firm had no customers at the start, so that none can stay.")
    if (first["share"] == 1.0).all():
        raise NothingToDraw("In no run did a customer of the start leave: every survival curve would be level.")


def cohorts_of(table: pd.DataFrame, looks: Mapping[str, Look]) -> Cohorts:
    """Curves by cohort; a cohort that is hardly observed under some policy is left out."""
    made: Cohorts = {}
    for cohort in COHORT_HEADS:
        curves = [_curve(table[(table["cohort"] == cohort) & (table["policy"] == name)], looks[name]) for name in looks]
        if all(len(curve.share) > 1 for curve in curves):
            made[cohort] = curves
    return made


def _curve(rows: pd.DataFrame, look: Look) -> SurvivalCurve:
    share, at_risk = (
        rows.pivot(index="month", columns="replicate", values=key).dropna() for key in ("share", "at_risk")
    )
    enough = (at_risk >= LEAST_OBSERVED * at_risk.iloc[0]).all(axis=1) if len(at_risk) else at_risk.index == 0
    kept = 100.0 * share[enough]
    bands = {"mean": kept.mean(axis=1), "low": kept.quantile(0.05, axis=1), "high": kept.quantile(0.95, axis=1)}
    return SurvivalCurve(look, pd.DataFrame(bands), at_risk[enough].mean(axis=1))


def _draw(page: Page, box: Box, place: int, cohort: str, curves: Sequence[SurvivalCurve]) -> None:
    style, (head, across) = page.style, COHORT_HEADS[cohort]
    last = max(int(curve.share.index[-1]) for curve in curves)
    years = years_to_mark(last)
    names = [page.wrap(curve.look.label, style.label, 0.24 * box.width) for curve in curves]
    under = style.gap(sum(map(len, names)) + 1.3)
    upper = Box(box.left, box.bottom + under, box.width, box.height - under)
    words = PanelWords(head, f"share still customers (%{SPACE}of those at year 0)", across, place)
    ordered = sorted(curves, key=lambda curve: curve.end)
    labels = [PlacedLabel(c.end, [f"{c.look.label} {plain(c.end, 0)}{SPACE}%"], c.look) for c in ordered]
    panel = Panel.of_lines(page, upper, words, (0.0, 100.0), labels, 5)
    for curve in curves:
        months = curve.share.index / MONTHS_PER_YEAR
        panel.axes.fill_between(
            months, curve.share["low"], curve.share["high"], step="post", color=curve.look.colour, alpha=0.15,
            linewidth=0,
        )  # fmt: skip
        panel.axes.step(
            months, curve.share["mean"], where="post", color=curve.look.colour, linestyle=curve.look.dash,
            linewidth=style.line,
        )  # fmt: skip
    panel.axes.set_xlim(0.0, last / MONTHS_PER_YEAR)
    panel.axes.set_xticks(years)
    panel.finish(across)
    _observed(page, panel, box, (curves, names, years))


def years_to_mark(months: int) -> list[int]:
    """Years on the axis: the first one and even steps from it.

    >>> years_to_mark(90), years_to_mark(8)
    ([0, 2, 4, 6], [0])
    """
    marks = year_marks(0, max(1, months // MONTHS_PER_YEAR), 6)
    return list(range(0, months // MONTHS_PER_YEAR + 1, marks[-1] - marks[-2]))


def _observed(
    page: Page, panel: Panel, box: Box, shown: tuple[Sequence[SurvivalCurve], Sequence[Sequence[str]], Sequence[int]]
) -> None:
    """People still observed at the marked years, a row a policy, its name to the right."""
    curves, names, years = shown
    style, plot = page.style, panel.plot
    pitch = style.label * LEADING * POINT
    top = box.bottom + pitch * (sum(map(len, names)) + 1)
    top = page.write(box.left, top, ["People still observed, mean of runs"], style.label, "bold", SLATE)
    wide = panel.axes.get_xlim()[1]
    for curve, lines in zip(curves, names, strict=True):
        for year in years:
            if year * MONTHS_PER_YEAR not in curve.at_risk.index:
                continue
            text = plain(float(curve.at_risk[year * MONTHS_PER_YEAR]), 0)
            middle = plot.left + plot.width * year / wide
            left = max(box.left, middle - page.width_of(text, style.label) / 2.0)
            page.write(left, top, [text], style.label)
        colour = curve.look.colour if style.titled else INK
        page.write(box.right - 0.24 * box.width, top, lines, style.label, colour=colour)
        top -= pitch * len(lines)


def final_shares(table: pd.DataFrame, policy: str) -> pd.Series:
    """Share of the customers of the start that are there at the end, by replication."""
    own = table[(table["cohort"] == AT_THE_START) & (table["policy"] == policy)].sort_values("month")
    return own.groupby("replicate")["share"].last()


def _end_in_words(curve: SurvivalCurve) -> str:
    return f"{in_sentence(curve.look.label)} {plain(curve.end, 0)} % after {int(curve.share.index[-1])} months"


def _title(tables: CustomerTables, table: pd.DataFrame, looks: Mapping[str, Look]) -> str:
    policies = list(tables.about["policies"])
    ours, theirs = (100.0 * final_shares(table, policy) for policy in (policies[-1], policies[0]))
    gap = paired_difference(ours, theirs)
    kept = Finding(gap.mean, gap.low, gap.high)
    first, second = (in_sentence(looks[policy].label) for policy in (policies[-1], policies[0]))
    months = int(tables.about["months"])
    when = f"After {months // MONTHS_PER_YEAR} years" if months % MONTHS_PER_YEAR == 0 else f"After {months} months"
    when = "After 1 year" if months == MONTHS_PER_YEAR else when
    levels = f"({plain(float(ours.mean()), 0)} against {plain(float(theirs.mean()), 0)}{SPACE}%)"
    if not kept.clear:
        claim = f"{when} no clear difference in customers kept between {first} and {second}"
        return first_supported_title([f"{claim} {levels}", claim, f"{when} no clear difference {levels}"], [])
    word = "more" if kept.mean > 0.0 else "fewer"
    claims = [f"{when} {first} has kept {word} of its first customers than {second}"]
    claims.append(f"{when} {first} has kept {word} than {second}")
    return first_supported_title([f"{claim} {levels}" for claim in claims] + claims, [kept])


def _words(tables: CustomerTables, table: pd.DataFrame, cohorts: Cohorts) -> ChartWords:
    run = period(int(tables.about["months"]))
    subtitle = f"Share of a cohort still with the firm, {run} run. Line: mean of runs; band: 90{SPACE}% of runs."
    if WON_LATER in cohorts:
        subtitle += " Left: everybody is followed to the end, a plain share. Right: Kaplan-Meier, as the latest were"
        subtitle += " observed briefly."
    remarks = (
        "Whatever ends custom counts, death and leaving the category too; who comes back is not among those who "
        f"stayed. A curve ends where less than {100.0 * LEAST_OBSERVED:.0f}{SPACE}% of a cohort is observed. Bands are "
        "over runs, since words of mouth tie customers together."
    )
    texts = [
        f"{COHORT_HEADS[cohort][0].lower()}: {', '.join(map(_end_in_words, own))}" for cohort, own in cohorts.items()
    ]
    title = decided(_title(tables, table, looks_of(tables.about)), tables.about)
    shape = f"Falling step lines, a panel a cohort; {'; '.join(texts)}"
    return ChartWords(title, subtitle, remarks, provenance(tables.about), shape)
