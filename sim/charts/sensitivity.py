"""Shaken assumptions: the paired gap of net present value with one assumption at a time at either end of its range."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.differences import Line, draw_table, reach_of
from sim.charts.forest import ForestRow
from sim.charts.layout import Page
from sim.charts.names import Names, names_of
from sim.charts.numbers import SPACE, Scale, money, places, signed_interval, with_sign
from sim.charts.theme import Look, Style, looks_of, settings
from sim.charts.words import ChartWords, Finding, decided, first_supported_title, in_sentence, period, provenance
from sim.parameters import BadInput
from sim.statistics.verdicts import NO_DIFFERENCE, OPPOSITE

SENSITIVITY_MM = (183.0, 120.0)
UNMOVED = "none"
SENSITIVITY_COLUMNS = ("assumption", "value", "policy", "against", "mean", "low", "high")


def draw_shaken(table: pd.DataFrame, settled: Mapping[str, Finding], about: Mapping[str, Any], style: Style) -> Chart:
    """Gaps of the last policy against each other one, a row for every move of an assumption.

    Args:
        table: Columns assumption, value, policy, against, mean, low, high; rows of assumption ``none`` are unmoved.
        settled: Paired difference of the full comparison by rival.
        about: Like that of a comparison.
        style: Deck or journal.

    Raises:
        BadInput: A column or the unmoved world is missing.
    """
    missing = [name for name in SENSITIVITY_COLUMNS if name not in table]
    if missing or UNMOVED not in set(table.get("assumption", ())):
        raise BadInput(f"the table of shaken assumptions has no {', '.join(missing) or 'unmoved world'}")
    styles = looks_of(about)
    policy, rivals = about["policies"][-1], list(about["policies"][:-1])
    own = table[table["policy"] == policy]
    scale = money(own[["low", "high"]].abs().max(), names_of(about).currency(str(about.get("currency", "EUR"))))
    lines = [
        _line(key, part, rivals, scale, names_of(about))
        for key, part in own.groupby(["assumption", "value"], sort=False, dropna=False)
    ]
    words = _words(about, lines, styles, settled, rivals, styles[policy].label, scale)
    with settings(style):
        page = Page(style, words, SENSITIVITY_MM)
        head = f"{styles[policy].label} minus"
        draw_table(page, lines, head, [styles[rival] for rival in rivals], max(map(reach_of, lines)))
    return Chart("shaken", style, page.figure, words, about)


def _line(key: Any, part: pd.DataFrame, rivals: list[str], scale: Scale, names: Names) -> Line:
    assumption, value = key
    intervals = part.set_index("against").loc[rivals, ["mean", "low", "high"]]
    gaps = [Finding(float(mean), float(low), float(high)) for mean, low, high in intervals.to_numpy()]
    size = places(float(end) * scale.factor for end in intervals.to_numpy().ravel())
    texts = [signed_interval(g.mean * scale.factor, g.low * scale.factor, g.high * scale.factor, size) for g in gaps]
    rows = [
        ForestRow(rival, gap, text, scale.factor, "higher")
        for rival, gap, text in zip(rivals, gaps, texts, strict=True)
    ]
    name = "As assumed" if assumption == UNMOVED else names.of(str(assumption))
    when = "" if assumption == UNMOVED else f"{value:g}"
    return Line(name, "net present value", when, rows, [with_sign(gap.mean * scale.factor, size) for gap in gaps])


def verdict_text(rival: str, settled: str, moved: list[str]) -> str:
    """The settled verdict against one rival, and how many moves turn it round, or make it clear.

    Args:
        rival: Display name.
        settled: Verdict of the full comparison.
        moved: Verdict of every move.
    """
    if settled == NO_DIFFERENCE:
        clear = sum(verdict != NO_DIFFERENCE for verdict in moved)
        return f"unclear against {rival} (clear in {clear} of {len(moved)})"
    opposite = OPPOSITE[settled]
    return f"{settled} than {rival} ({moved.count(opposite)} of {len(moved)} turn it)"


def _base(lines: list[Line]) -> list[str]:
    """What the title says of the unmoved row, fullest first: that it is not clear, where it is not."""
    unmoved = next(line for line in lines if not line.when)
    unclear = any(not row.gap.clear for row in unmoved.rows)
    return [" (unclear as assumed)"] if unclear else [""]


def _words(
    about: Mapping[str, Any],
    lines: list[Line],
    styles: dict[str, Look],
    settled: Mapping[str, Finding],
    rivals: list[str],
    policy: str,
    scale: Scale,
) -> ChartWords:
    parts = []
    for place, rival in enumerate(rivals):
        moved = [line.rows[place].gap.verdict for line in lines if line.when]
        parts.append(verdict_text(in_sentence(styles[rival].label), settled[rival].verdict, moved))
    years = period(int(about["months"]))
    titles = [f"{years} value of {in_sentence(policy)}{base}: {', '.join(parts)}" for base in _base(lines)]
    titles += [
        f"{years}: {', '.join(parts)}",
        f"{years} value of {in_sentence(policy)}, assumptions moved one at a time",
    ]
    subtitle = (
        f"Paired differences of {years} net present value, {scale.unit}, one assumption moved "
        "at a time, tuned decisions kept. Dot: mean difference; line and bracket: 95 % interval of the mean."
    ).replace(" %", f"{SPACE}%")
    remarks = (
        "All rows share one scale, with zero in the middle. Intervals hold for one row at a time; with few worlds a "
        "row, many include zero. Interactions of assumptions are not examined."
    )
    findings = list(settled.values())
    shape = f"A table of {len(lines)} rows and {len(rivals)} columns of dots with intervals around a line at zero"
    return ChartWords(
        decided(first_supported_title(titles, findings), about),
        subtitle,
        remarks,
        provenance(about),
        shape,
    )
