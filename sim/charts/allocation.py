"""Whom service goes to: what serving a customer costs, by tenths of what customers bring before it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.charts.chart import Chart
from sim.charts.form import NothingToDraw
from sim.charts.layout import Box, Page
from sim.charts.names import names_of
from sim.charts.numbers import SPACE, Scale, money, places, plain, signed_interval
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.tables import CustomerTables, rows_with, year_or_months
from sim.charts.theme import SLATE, Look, Style, looks_of, settings
from sim.charts.words import ChartWords, Finding, decided, first_supported_title, in_sentence, period, provenance
from sim.statistics.paired import paired_difference

ALLOCATION_MM = (183.0, 70.0)
ALLOCATION_COLUMNS = ("policy", "replicate", "tenth", "customers", "value", "service", "rank_correlation")
MOST_ABREAST = 3


class Allocation(NamedTuple):
    """One policy.

    Args:
        look: Its look.
        service: Columns mean, low and high over runs by tenth. [money per customer and year]
        whole: The mean over all customers. [money per customer and year]
        correlations: Rank correlation of value and service by replication.
    """

    look: Look
    service: pd.DataFrame
    whole: float
    correlations: np.ndarray

    def correlation(self) -> Finding:
        """The mean rank correlation with its interval over runs."""
        gap = paired_difference(self.correlations, np.zeros(len(self.correlations)))
        return Finding(gap.mean, gap.low, gap.high)

    def ends(self) -> tuple[float, float]:
        """Cost of serving a customer of the lowest and of the highest tenth."""
        return float(self.service["mean"].iloc[0]), float(self.service["mean"].iloc[-1])


def draw_allocation(tables: CustomerTables, style: Style) -> Chart:
    """A panel a policy, all on one scale.

    Args:
        tables: Uses ``allocation`` and ``about``.
        style: Deck or journal.

    Raises:
        BadInput: The comparison was written without the table.
        NothingToDraw: Nobody was served in the last year, or all alike.
    """
    table = rows_with(tables, "allocation", ALLOCATION_COLUMNS)
    if table.loc[table["tenth"] == 0, "rank_correlation"].isna().any():
        raise NothingToDraw("In some run serving every customer cost the same in the last year, so nobody comes first.")
    policies = [_allocation(table[table["policy"] == name], look) for name, look in looks_of(tables.about).items()]
    highest = max(float(policy.service.to_numpy().max()) for policy in policies)
    scale = money([highest], names_of(tables.about).currency(str(tables.about.get("currency", "EUR"))))
    words = _words(tables, policies, scale)
    with settings(style):
        page = Page(style, words, ALLOCATION_MM)
        unit = [f"Cost of serving a customer in the last year ({scale.unit})"]
        top = page.write(page.body.left, page.body.top, unit, style.label, colour=SLATE) - style.gap(0.4)
        rows = [policies[place : place + MOST_ABREAST] for place in range(0, len(policies), MOST_ABREAST)]
        height = (top - page.body.bottom) / len(rows)
        for number, row in enumerate(rows):
            line = Box(page.body.left, top - (number + 1) * height, page.body.width, height)
            for place, (box, policy) in enumerate(zip(beside(line, MOST_ABREAST, style.gap(1.8)), row, strict=False)):
                _draw(page, box, number * MOST_ABREAST + place, policy, (scale, highest))
    return Chart("allocation", style, page.figure, words, tables.about)


def _allocation(rows: pd.DataFrame, look: Look) -> Allocation:
    whole = rows[rows["tenth"] == 0].sort_values("replicate")
    grouped = rows[rows["tenth"] > 0].groupby("tenth")["service"]
    bands = {"mean": grouped.mean(), "low": grouped.quantile(0.05), "high": grouped.quantile(0.95)}
    return Allocation(
        look, pd.DataFrame(bands), float(whole["service"].mean()), whole["rank_correlation"].to_numpy(float)
    )


def _draw(page: Page, box: Box, place: int, policy: Allocation, shown: tuple[Scale, float]) -> None:
    scale, highest = shown
    style, service = page.style, policy.service * scale.factor
    words = PanelWords(policy.look.label, f"rank correlation {_correlation_text(policy)}", "Tenth of customers", place)
    panel = Panel.of_lines(page, box, words, (0.0, highest * scale.factor), ticks=4)
    panel.axes.axhline(policy.whole * scale.factor, color=SLATE, linewidth=style.hairline, linestyle=(0, (4, 3)))
    colour, thin = policy.look.colour, style.line / 2
    panel.axes.vlines(service.index, service["low"], service["high"], color=colour, linewidth=thin)
    panel.axes.plot(
        service.index, service["mean"], "o", color=colour, markersize=2.6 * style.line, zorder=4,
        clip_on=False,
    )  # fmt: skip
    last = int(service.index[-1])
    panel.axes.set_xlim(0.4, last + 0.6)
    panel.axes.set_xticks(sorted({1, (last + 1) // 2, last}), None)
    panel.finish(f"{words.across}: 1 brings least, {last} most")


def _correlation_text(policy: Allocation) -> str:
    agreement = policy.correlation()
    return signed_interval(agreement.mean, agreement.low, agreement.high, 2)


def _title(policies: Sequence[Allocation], when: str) -> str:
    policy, rival = policies[-1], policies[0]
    gap = paired_difference(policy.correlations, rival.correlations)
    agreement = Finding(gap.mean, gap.low, gap.high)
    first, second = in_sentence(policy.look.label), in_sentence(rival.look.label)
    numbers = " against ".join(plain(side.correlation().mean, 2) for side in (policy, rival))
    if not agreement.clear:
        claim = f"{when}: no clear difference in how service follows value between {first} and {second}"
        titles = [
            f"{claim} (rank correlation {numbers})",
            claim,
            f"{when}: no clear difference in whom service goes to",
        ]
        return first_supported_title(titles, [])
    word = "more" if agreement.mean > 0.0 else "less"
    claim = f"{when}: service goes {word} to the best customers with {first} than with {second}"
    titles = [f"{claim} (rank correlation {numbers})", f"{claim} ({numbers})", claim]
    return first_supported_title(titles, [agreement])


def _words(tables: CustomerTables, policies: Sequence[Allocation], scale: Scale) -> ChartWords:
    months = int(tables.about["months"])
    when = year_or_months(months)
    subtitle = (
        f"Customers of the last year of a {period(months)} run by what they brought before service, a dot a tenth. "
        f"Dot: mean of runs; line: 90{SPACE}% of runs; dashed: mean of all. Bracket: 95{SPACE}% interval."
    )
    remarks = (
        "Value is contribution before the cost of service, so that being served does not lower it. All panels share "
        "one scale. A correlation near zero: who brings little costs as much to serve as who brings much."
    )
    decimals = max(0, places([policy.whole * scale.factor for policy in policies], 3))
    texts = []
    for policy in policies:
        low, high = (plain(end * scale.factor, decimals) for end in policy.ends())
        name, agreement = in_sentence(policy.look.label), _correlation_text(policy)
        texts.append(f"{name}: lowest tenth {low}, highest {high} {scale.unit}, rank correlation {agreement}")
    title = decided(_title(policies, when[:1].upper() + when[1:]), tables.about)
    shape = f"{len(policies)} panels of dots by tenth. {'; '.join(texts)}"
    return ChartWords(title, subtitle, remarks, provenance(tables.about), shape)
