"""Tornado of a study of assumptions: the difference between two policies with one assumed number at a time moved."""

from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.folder import FolderTables
from sim.charts.form import NothingToDraw
from sim.charts.names import names_of
from sim.charts.numbers import SPACE, Scale, money, places, signed_amount, with_sign
from sim.charts.row_chart import MOST_ROWS_BY_STYLE, RowMark, draw_row_chart
from sim.charts.theme import MIST, SLATE, Style
from sim.charts.words import ChartWords, Finding, first_supported_title, in_sentence, period, provenance
from sim.parameters.assumptions import UNMOVED
from sim.statistics.verdicts import HIGHER, NO_DIFFERENCE

ASSUMPTIONS = "assumptions"
END_KEYS = ((MIST, "lower end of the number"), (SLATE, "upper end"))


def draw_tornado(tables: FolderTables, style: Style) -> list[Chart]:
    """One tornado for each pair of policies.

    Raises:
        NothingToDraw: The study moved no assumption.
        BadInput: The table of the study is missing.
    """
    if not tables.has(ASSUMPTIONS):
        raise NothingToDraw("This study moved no assumption one at a time; sim study assumptions does.")
    table = tables.table(ASSUMPTIONS)
    if not (table["key"] != UNMOVED).any():
        raise NothingToDraw("No assumed number of this world could be moved.")
    return [
        _tornado(tables, (str(policy), str(against)), part, style)
        for (policy, against), part in table.groupby(["policy", "against"], sort=False)
    ]


def _tornado(tables: FolderTables, pair: tuple[str, str], table: pd.DataFrame, style: Style) -> Chart:
    about, names = tables.about, names_of(tables.about)
    sides = in_sentence(names.of(pair[0])), in_sentence(names.of(pair[1]))
    currency = names.currency(str(about.get("currency", "EUR")))
    base = _finding(table[table["key"] == UNMOVED].iloc[0])
    moved = table[table["key"] != UNMOVED]
    largest = (
        moved.groupby("key")["change"]
        .apply(lambda change: change.abs().max())
        .nlargest(MOST_ROWS_BY_STYLE[style.name])
        .index
    )
    scale = money([*moved["gap"], base.mean], currency)
    rows = [_row(names.of(str(key)), moved[moved["key"] == key].sort_values("end"), base, scale) for key in largest]
    turning = {
        str(key): ends
        for key, ends in moved.groupby("key")
        if any(_turns(base, _finding(row)) for _, row in ends.iterrows())
    }
    years = period(int(about["months"]))
    titles = _titles(base, sides, years, (len(turning), moved["key"].nunique()), currency)
    subtitle = (
        f"{years} net present value, {sides[0]} minus {sides[1]}, {scale.unit}, when one assumed number moves "
        f"30{SPACE}% down or up, the {len(rows)} largest of {moved['key'].nunique()}. Bar: from the base to the "
        f"difference there; line: 95{SPACE}% interval."
    )
    remarks = (
        f"Base: {' to '.join(signed_amount(end, currency) for end in (base.low, base.high))}, mean "
        f"{signed_amount(base.mean, currency)}; {int(table['replications'].max())} paired worlds a number. Equal "
        f"steps of 30{SPACE}% are no evidence on how far a number may be off; one number at a time misses interactions."
    )
    shape = f"{len(rows)} pairs of bars from the base: " + "; ".join(f"{row.name} {row.text}" for row in rows)
    texts = ChartWords(first_supported_title(titles, [base]), subtitle, remarks, provenance(about), shape)
    name = "tornado-" + "-".join(pair)
    axis = f"{years} net present value, {sides[0]} minus {sides[1]} ({scale.gap_unit})"
    line = (base.mean * scale.factor, f"base {with_sign(base.mean * scale.factor, places([base.mean * scale.factor]))}")
    return draw_row_chart(name, style, texts, rows, axis, about, END_KEYS, line)


def _finding(row: Any) -> Finding:
    return Finding(float(row["gap"]), float(row["gap_low"]), float(row["gap_high"]))


def _turns(base: Finding, moved: Finding) -> bool:
    """Whether a move turns a clear difference into a clear one of the other sign."""
    return base.clear and moved.clear and base.verdict != moved.verdict


def _row(name: str, ends: pd.DataFrame, base: Finding, scale: Scale) -> RowMark:
    readings = [_finding(row) for _, row in ends.iterrows()]
    shown = [Finding(*(value * scale.factor for value in (end.mean, end.low, end.high))) for end in readings]
    text = " … ".join(f"{end:g}" for end in ends["end"])
    other = (shown[-1], SLATE) if len(shown) > 1 else None
    return RowMark(name, shown[0], text, MIST, start=base.mean * scale.factor, other=other)


def _titles(base: Finding, sides: tuple[str, str], years: str, turns: tuple[int, int], currency: str) -> list[str]:
    """The base row first, told as unclear where it is; then how many numbers turn it."""
    ours, other = sides
    turned, total = turns
    if not base.clear:
        return [
            f"{years} value: base unclear ({NO_DIFFERENCE} between {ours} and {other}), so no assumption can turn it",
            f"{years} value: base unclear, {NO_DIFFERENCE} between {ours} and {other}",
            f"{years} value: {NO_DIFFERENCE} as assumed",
        ]
    word = "more" if base.verdict == HIGHER else "less"
    summary = f"{turned or 'none'} of {total} assumptions {'turns' if turned == 1 else 'turn'} it"
    return [
        f"{ours} pays {word} than {other} in {years} value ({signed_amount(base.mean, currency)}); {summary}",
        f"{ours} pays {word} than {other} in {years} value; {summary}",
        f"{years} value: {summary}",
    ]
