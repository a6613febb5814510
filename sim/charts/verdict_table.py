"""The table of verdicts: a claim a row, with its verdict by word and mark, effect, reach, and where it fails."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from sim.charts.chart import Chart
from sim.charts.claim_tables import (
    LedgerTables,
    claim_name,
    effect_text,
    horizons,
    ledger_note,
    measure_label,
    plain_rows,
    record_about,
    rows_of_table,
    unit_scale,
)
from sim.charts.layout import LEADING, Page
from sim.charts.numbers import SPACE, plain
from sim.charts.theme import GAIN, INK, LOSS, MIST, POINT, RULE, SLATE, Style, settings
from sim.charts.words import ChartWords, join_names
from sim.experiments.claims.failing import fails_briefly
from sim.experiments.claims.verdicts import SUSPECT

VERDICT_MM = (183.0, 165.0)
SHOWN_OF_VERDICTS = ("id", "sentence", "verdict", "effect", "low", "high", "unit", "measure", "reach", "fails_where")
VERDICT_HEADS = (
    "Verdict", "Claim of the source", "Weakest effect [95\u00a0%]", "Reach [95\u00a0%]", "Where it fails",
)  # fmt: skip
COLUMN_SHARES = (0.115, 0.295, 0.205, 0.1, 0.285)
BAR_LINES = 2  # of a row at least, as the bar of the reach stands under its number
AIR = 0.45  # lines between rows
SUSPICIOUS_SHARE = 100.0 * SUSPECT  # per cent of claims supported beyond which the model is suspected


class Mark(NamedTuple):
    """How a verdict is marked, so that its shape says it too.

    Args:
        marker: Shape.
        fill: Colour of the inside.
        counted: The verdict behind a number of claims.
    """

    marker: str
    fill: str
    counted: str


VERDICT_MARKS = {
    "supported": Mark("^", GAIN, "supported"),
    "refuted": Mark("v", LOSS, "refuted"),
    "depends": Mark("D", MIST, "depending on the world"),
    "equivalent": Mark("s", "white", "without a difference that matters"),
    "inconclusive": Mark("o", "white", "inconclusive"),
}


class ClaimRow(NamedTuple):
    """One row, its texts wrapped.

    Args:
        verdict: The verdict.
        cells: Lines of each column.
        reach: Share of sampled worlds; NaN where it was not measured.
    """

    verdict: str
    cells: tuple[Sequence[str], ...]
    reach: float

    @property
    def height(self) -> float:
        """Height. [lines]"""
        return max(BAR_LINES, *map(len, self.cells)) + AIR


def draw_verdicts(tables: LedgerTables, style: Style) -> list[Chart]:
    """The ledger, as many pages as it takes.

    Args:
        tables: Uses ``verdicts``.
        style: Deck or journal.
    """
    table = rows_of_table(tables, "verdicts", SHOWN_OF_VERDICTS)
    with settings(style):
        model = Page(style, _words(tables, table, table, (9, 9)), VERDICT_MM)
        pages = _paged(model, [_row(model, row) for row in plain_rows(table)])
        return [_page(tables, table, style, number, pages) for number in range(1, len(pages) + 1)]


def _page(tables: LedgerTables, table: pd.DataFrame, style: Style, number: int, pages: list[list[ClaimRow]]) -> Chart:
    before = sum(map(len, pages[: number - 1]))
    shown = table.iloc[before : before + len(pages[number - 1])]
    words = _words(tables, table, shown, (number, len(pages)))
    page = Page(style, words, VERDICT_MM)
    _draw(page, pages[number - 1])
    name = "verdicts" if len(pages) == 1 else f"verdicts-{number}"
    return Chart(name, style, page.figure, words, record_about(tables))


def _row(page: Page, row: Mapping[str, Any]) -> ClaimRow:
    widths = [share * page.body.width - page.style.gap(0.9) for share in COLUMN_SHARES]
    texts = (str(row["verdict"]), _sentence(row), _effect(row), _reach(row), fails_briefly(row))
    cells = []
    for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
        room = width - (page.style.gap(1.1) if place == 0 else 0.0)
        cells.append([line for part in text.split("\n") for line in page.wrap(part, cell_size(page.style), room)])
    return ClaimRow(str(row["verdict"]), tuple(cells), float(row["reach"]))


def _text(value: object) -> str:
    return "" if value != value or value is None else str(value)


def _sentence(row: Mapping[str, Any]) -> str:
    notes = [_text(row.get("source")), "definitional" if _text(row.get("definitional")) else ""]
    stamp = _text(row.get("registration"))
    notes.append("" if stamp.startswith("registered") else stamp)
    note = ", ".join(filter(None, notes))
    return f"{_text(row['sentence'])} ({note})" if note else _text(row["sentence"])


def _effect(row: Mapping[str, Any]) -> str:
    if row["effect"] != row["effect"]:
        return "not measured"
    mean, low, high = (float(row[name]) for name in ("effect", "low", "high"))
    text = effect_text(mean, low, high, unit_scale(row["unit"], [mean, low, high]))
    return f"{text}\n{measure_label(row['measure'])}"


def _reach(row: Mapping[str, Any]) -> str:
    if row["reach"] != row["reach"]:
        return "not measured"
    shares = [plain(100.0 * float(row.get(name, float("nan"))), 0) for name in ("reach", "reach_low", "reach_high")]
    return f"{shares[0]}{SPACE}% [{shares[1]},{SPACE}{shares[2]}]"


def cell_size(style: Style) -> float:
    """Size of the text of a cell: that of notes in a deck, so that the ledger fits few slides. [pt]"""
    return style.note if style.titled else style.label


def pitch_of(style: Style) -> float:
    """Height of a line of a cell. [inch]"""
    return cell_size(style) * LEADING * POINT


def _paged(page: Page, rows: Sequence[ClaimRow]) -> list[list[ClaimRow]]:
    room = page.body.height / pitch_of(page.style) - page.style.gap(1.0) / pitch_of(page.style) - AIR
    pages: list[list[ClaimRow]] = [[]]
    for row in rows:
        if pages[-1] and sum(there.height for there in pages[-1]) + row.height > room:
            pages.append([])
        pages[-1].append(row)
    return pages


def _draw(page: Page, rows: Sequence[ClaimRow]) -> None:
    style, body = page.style, page.body
    size, pitch = cell_size(style), pitch_of(style)
    lefts = [body.left + sum(COLUMN_SHARES[:place]) * body.width for place in range(len(COLUMN_SHARES))]
    below = body.top
    for left, head in zip(lefts, VERDICT_HEADS, strict=True):
        below = page.write(left, body.top, [head], style.label, "bold", SLATE)
    for row in rows:
        _rule(page, below - (AIR / 2.0 - 0.05) * pitch)
        top = below - AIR * pitch
        _mark(page, lefts[0] + style.gap(0.4), top - 0.55 * size * LEADING * POINT, row.verdict)
        for place, lines in enumerate(row.cells):
            inset = style.gap(1.1) if place == 0 else 0.0
            weight = "bold" if place == 0 else "normal"
            page.write(lefts[place] + inset, top, lines, size, weight)
        _bar(page, lefts[3], top - 1.2 * pitch, row.reach)
        below -= row.height * pitch


def _rule(page: Page, height: float) -> None:
    ends = [page.body.left / page.width, page.body.right / page.width]
    line = Line2D(ends, [height / page.height] * 2, color=RULE, linewidth=page.style.hairline)
    page.figure.add_artist(line)


def _mark(page: Page, across: float, height: float, verdict: str) -> None:
    mark = VERDICT_MARKS.get(verdict, VERDICT_MARKS["inconclusive"])
    page.figure.add_artist(
        Line2D(
            [across / page.width], [height / page.height], marker=mark.marker, markersize=0.75 * page.style.label,
            markerfacecolor=mark.fill, markeredgecolor=INK, markeredgewidth=page.style.hairline, linestyle="",
        )
    )  # fmt: skip


def _bar(page: Page, left: float, top: float, share: float) -> None:
    """The reach as a bar under its number, on a pale bar of all sampled worlds."""
    if share != share:
        return
    width, height = (COLUMN_SHARES[3] * page.body.width - page.style.gap(1.2)), 0.35 * page.style.label * POINT
    for part, colour in ((1.0, RULE), (share, SLATE)):
        box = (left / page.width, (top - height) / page.height)
        page.figure.add_artist(
            Rectangle(box, part * width / page.width, height / page.height, facecolor=colour, edgecolor="none")
        )


def _counts(table: pd.DataFrame) -> str:
    given = table["verdict"].value_counts()
    texts = [f"{given[verdict]} {mark.counted}" for verdict, mark in VERDICT_MARKS.items() if given.get(verdict, 0)]
    return join_names(texts)


def _most_worlds(table: pd.DataFrame) -> int:
    """Base worlds of the claim that has most of them."""
    return max(str(worlds).count(",") + 1 for worlds in table.get("worlds", pd.Series([""])))


def _words(tables: LedgerTables, table: pd.DataFrame, shown: pd.DataFrame, page: tuple[int, int]) -> ChartWords:
    """Words of one page. shown: its rows of the table; page: its number and how many there are"""
    number, pages = page
    which = f" (page {number} of {pages})" if pages > 1 else ""
    claims = f"{len(table)} claims" if len(table) > 1 else "1 claim"
    title = f"Of {claims} {horizons(table)}: {_counts(table)}"
    share = 100.0 * float((table["verdict"] == "supported").mean())
    doubt = (
        f" Above {SUSPICIOUS_SHARE:.0f}{SPACE}% the model itself should be suspected."
        if share > SUSPICIOUS_SHARE
        else ""
    )
    subtitle = (
        f"{plain(share, 0)}{SPACE}% of the claims are supported.{doubt} Effect: mean paired difference [95{SPACE}% "
        f"interval of the mean]. Reach: share of sampled worlds that come out as claimed [95{SPACE}% interval].{which}"
    )
    remarks = (
        "Supported or refuted: the interval lies beyond the smallest effect that matters in every base world; depends: "
        "it does in some and not in others; equivalent: it lies within. Letters: sources of the sentences."
    )
    note = ledger_note(tables, f"scenarios: {_most_worlds(table)} base worlds a claim at most")
    texts = "; ".join(_in_words(row) for row in plain_rows(shown))
    return ChartWords(title, subtitle, remarks, note, f"A table of {len(shown)} rows: {texts}")


def _in_words(row: Mapping[str, Any]) -> str:
    effect = _effect(row).replace("\n", " ")
    return f"{claim_name(str(row['id']))} {row['verdict']}, {effect}, reach {_reach(row)}"
