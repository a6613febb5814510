"""Sobol indices of the answer: total and first order of each assumption with interval, and the share of luck."""

from collections.abc import Sequence
from typing import NamedTuple

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
from sim.charts.names import Names, inside, names_of
from sim.charts.numbers import SPACE, plain
from sim.charts.panel import Panel, PanelWords
from sim.charts.theme import INK, MIST, SLATE, Style, settings
from sim.charts.words import ChartWords, join_names

SOBOL_MM = (183.0, 84.0)
NEEDED_SOBOL_COLUMNS = ("factor", "total", "low", "high", "first", "noise_share")
DRIVES = "what-drives-it"
LUCK = "Luck, the same in no two replications"


class Index(NamedTuple):
    """Indices of one assumption.

    Args:
        name: The assumption in words.
        total: Total order.
        low: Lower end of its 95 % interval.
        high: Upper end.
        first: First order.
    """

    name: str
    total: float
    low: float
    high: float
    first: float

    def text(self) -> str:
        """The total with its interval."""
        return f"{plain(self.total, 2)}{SPACE}[{plain(self.low, 2)},{SPACE}{plain(self.high, 2)}]"


def draw_sobol(tables: LedgerTables, style: Style) -> Chart:
    """A row an assumption, the largest total first, and a row of luck.

    Args:
        tables: Uses ``sobol``.
        style: Deck or journal.
    """
    table = rows_of_table(tables, "sobol", NEEDED_SOBOL_COLUMNS).sort_values("total", ascending=False)
    indices = [_index(row, names_of(tables.about)) for row in table.itertuples()]
    noise = float(table["noise_share"].iloc[0])
    words = _words(tables, indices, noise)
    with settings(style):
        page = Page(style, words, SOBOL_MM)
        _draw(page, indices, noise)
    return Chart("sobol", style, page.figure, words, record_about(tables, question=DRIVES))


def _index(row: object, names: Names) -> Index:
    values = (float(getattr(row, name)) for name in ("total", "low", "high", "first"))
    return Index(names.factor(str(getattr(row, "factor"))), *values)  # noqa: B009


def _draw(page: Page, indices: Sequence[Index], noise: float) -> None:
    names, texts = [index.name for index in indices], [index.text() for index in indices]
    if noise == noise:
        names, texts = [*names, LUCK], [*texts, f"{plain(100.0 * noise, 0)}{SPACE}% of variance"]
    words = PanelWords(across="Share of the variance of the difference")
    panel = Panel.of_rows(page, page.body, names, texts, words)
    ends = [end for index in indices for end in (index.low, index.high, index.first) if end == end]
    page.horizontal_scale(panel.axes, min(0.0, *ends), max(*ends, noise if noise == noise else 0.0, 0.1), 4)
    panel.axes.axvline(0.0, color=INK, linewidth=page.style.hairline, zorder=1)
    size = 2.8 * page.style.line
    for place, index in enumerate(indices):
        clear = index.low > 0.0
        panel.axes.plot([index.low, index.high], [place] * 2, color=INK if clear else MIST, linewidth=page.style.line)
        panel.axes.plot(
            [index.total], [place], "o", markersize=size, color=SLATE if clear else "white", markeredgecolor=INK,
            zorder=4,
        )  # fmt: skip
        panel.axes.plot([index.first], [place + 0.27], "D", markersize=0.6 * size, color="white", markeredgecolor=SLATE)
    if noise == noise:
        panel.axes.barh([len(indices)], [noise], height=0.42, color=MIST, hatch="..", edgecolor=SLATE, linewidth=0.5)
    page.under(panel.axes, words.across)


def _title(indices: Sequence[Index], noise: float, when: str) -> str:
    clear = [index for index in indices if index.low > 0.0]
    luck = f"; luck is {plain(100.0 * noise, 0)}{SPACE}% of the variance" if noise == noise else ""
    if not clear:
        return f"No assumption clearly moves the answer {when}{luck}"
    first, *rest = clear
    if not rest:
        return fitting(
            f"Only {inside(first.name)} clearly moves the answer {when}{luck}", f"{first.name} alone, {when}"
        )
    short = f"{len(clear)} of {len(indices)} assumptions clearly move the answer {when}{luck}"
    second = next(index for index in indices if index is not first)
    if first.low <= max(index.high for index in indices if index is not first):
        name = f"{first.name} has the largest index"
        return fitting(f"{name}, not clearly above that of {inside(second.name)}, {when}{luck}", short)
    lead = f"{first.name} moves the answer most"
    total = f" (total index {plain(first.total, 2)})"
    return fitting(f"{lead}{total} {when}{luck}", f"{lead} {when}{luck}", f"{lead} {when}", short)


def _words(tables: LedgerTables, indices: Sequence[Index], noise: float) -> ChartWords:
    when = question_period(tables, DRIVES)
    subtitle = (
        "Share of the variance of the paired difference in net present value that each assumption carries. Dot: total "
        f"order, interactions included; line and bracket: its 95{SPACE}% interval; diamond: first order, alone."
    )
    total = sum(index.total for index in indices)
    remarks = (
        f"Saltelli design. Total indices may add up to more than one because of interactions; here they add up to "
        f"{plain(total, 2)}. Negative estimates are shown as they came out. Hollow dot: the interval includes zero."
    )
    note = ledger_note(tables, question_scenario(tables, DRIVES))
    texts = join_names([f"{index.name} {index.text()}" for index in indices])
    luck = f"; luck {plain(100.0 * noise, 0)} %" if noise == noise else ""
    return ChartWords(
        _title(indices, noise, when), subtitle, remarks, note, f"A row of dots an assumption: {texts}{luck}"
    )
