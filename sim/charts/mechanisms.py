"""The mechanism bridge: what each switched group of decisions, or mechanism, adds to the gap between two policies."""

import math
from typing import NamedTuple

from sim.charts.chart import Chart
from sim.charts.numbers import Scale, money, places, plain, signed_amount, signed_interval
from sim.charts.tables import Tables, currency_of, finding
from sim.charts.theme import GAIN, LOSS, SLATE, Look, Style, looks_of, settings
from sim.charts.waterfall import Bar, draw_horizontal, draw_vertical
from sim.charts.words import ChartWords, Finding, decided, in_sentence, period, provenance, title_of_value
from sim.parameters import BadInput

MAIN, READINGS = "shapley", ("alone", "last")
OVER_DECISIONS = "decisions"
WITHOUT = "without these"
MECHANISMS_MM = (89.0, 78.0)
TOLERANCE = 1e-6


class Steps(NamedTuple):
    """What a mechanism bridge is made of. [EUR]

    Args:
        policy: Where it leads.
        against: Where it comes from.
        kind: ``decisions`` or ``mechanisms``.
        start: Net present value of the rival; 0 for a bridge over mechanisms, which is one of the gap.
        steps: Shapley value by term, in the order drawn.
        marks: Worth alone and last, by term.
        gap: Paired difference of the two policies.
    """

    policy: str
    against: str
    kind: str
    start: float
    steps: dict[str, Finding]
    marks: dict[str, tuple[float, ...]]
    gap: Finding


def steps_of(tables: Tables) -> Steps:
    """Steps of the bridge, checked to add up.

    Raises:
        BadInput: The comparison has no mechanism bridge, or its steps do not add up to the gap.
    """
    table = tables.mechanisms
    if not len(table):
        raise BadInput("this comparison has no mechanism bridge; sim compare makes one with --bridge mechanism")
    policy, against, kind = (str(table[name].iloc[0]) for name in ("policy", "against", "kind"))
    rows = table[table["reading"] == MAIN].set_index("term")[["mean", "low", "high"]]
    steps = {str(term): Finding(*map(float, rows.loc[term].to_numpy(float))) for term in rows.index}
    steps = {term: steps[term] for term in sorted(steps, key=lambda term: term != WITHOUT)}
    means = table.pivot(index="term", columns="reading", values="mean")
    both = means[list(READINGS)].to_numpy(float)
    marks = {str(term): tuple(map(float, row)) for term, row in zip(means.index, both, strict=True) if term != WITHOUT}
    worth = tables.runs[tables.runs["measure"] == "npv"].groupby("policy")["value"].mean()
    gap = finding(tables, "npv", 0, policy, against)
    size = max(abs(gap.mean), *(abs(step.mean) for step in steps.values()), *(abs(value) for value in worth), 1.0)
    total = sum(step.mean for step in steps.values())
    if not abs(total - gap.mean) <= TOLERANCE * size:
        raise BadInput(f"the steps of the mechanism bridge add up to {total:.10g}, but the gap is {gap.mean:.10g}")
    return Steps(policy, against, kind, float(worth[against]) if kind == OVER_DECISIONS else 0.0, steps, marks, gap)


def draw_mechanisms(tables: Tables, style: Style) -> Chart:
    """Waterfall over groups of decisions or over mechanisms, with what each is worth alone and last.

    Args:
        tables: Uses ``mechanisms``, ``runs``, ``gaps`` and ``about``.
        style: Deck draws it upright, journal on its side.
    """
    steps, styles = steps_of(tables), looks_of(tables.about)
    ends = (styles[steps.against], styles[steps.policy])
    values = [steps.start, steps.start + steps.gap.mean, *(step.mean for step in steps.steps.values())]
    scale, currency = money(values, currency_of(tables)), currency_of(tables)
    words = _words(tables, steps, ends, scale, currency)
    with settings(style):
        drawing = draw_vertical if style.titled else draw_horizontal
        what = "" if steps.kind == OVER_DECISIONS else "gap of "
        axis = f"{what}{period(int(tables.about['months']))} net present value ({scale.unit})"
        page = drawing(style, words, _bars(steps, ends, scale), axis, MECHANISMS_MM)
    return Chart("mechanisms", style, page.figure, words, tables.about)


def _bars(steps: Steps, ends: tuple[Look, Look], scale: Scale) -> list[Bar]:
    spread = [end for step in steps.steps.values() for end in (step.mean, step.low, step.high)]
    decimals = places(end * scale.factor for end in spread)
    totals = steps.kind == OVER_DECISIONS
    level = steps.start * scale.factor
    bars = [Bar(ends[0].label, 0.0, level, None, plain(level, decimals), ends[0].colour)] if totals else []
    for term, step in steps.steps.items():
        shown = Finding(*(value * scale.factor for value in (step.mean, step.low, step.high)))
        text = "0" if step.low == step.high == 0.0 else signed_interval(shown.mean, shown.low, shown.high, decimals)
        colour = SLATE if shown.mean == 0.0 else GAIN if shown.mean > 0.0 else LOSS
        marks = tuple(mark * scale.factor for mark in steps.marks.get(term, ()))
        bars.append(Bar(name_of(term), level, level + shown.mean, shown, text, colour, marks))
        level += shown.mean
    last = ends[1] if totals else Look("Whole gap", SLATE, "solid")
    return [*bars, Bar(last.label, 0.0, level, None, plain(level, decimals), last.colour)]


def name_of(term: str) -> str:
    """Name of a term under its bar.

    >>> name_of("word_of_mouth")
    'Word of mouth'
    """
    words = term.replace("_", " ")
    return words[:1].upper() + words[1:]


def _words(tables: Tables, steps: Steps, ends: tuple[Look, Look], scale: Scale, currency: str) -> ChartWords:
    years = period(int(tables.about["months"]))
    second, first = (in_sentence(look.label) for look in ends)
    path = (
        f"from {second} to {first}, decisions switched in groups"
        if steps.kind == OVER_DECISIONS
        else f"gap of {first} over {second}, mechanisms switched on"
    )
    subtitle = (
        f"Bridge of {years} net present value, {scale.unit}: {path}. Bar: mean Shapley value; line and bracket: "
        "95\u00a0% interval of the mean. Diamond: alone; circle: last."
    )
    remarks = (
        "Every combination was simulated in the same worlds; each replication adds up exactly. "
        "Alone: switched while all others are off; last: while all others are on; "
        "where the two differ, steps depend on each other. Bars start at zero."
    )
    names = ", ".join(
        f"{name_of(term)} {signed_amount(step.mean, currency)}{'' if step.clear else ' (not clear)'}"
        for term, step in steps.steps.items()
    )
    shape = f"A waterfall with {len(steps.steps)} steps: {names}"
    title = decided(_title(steps, first, second, years, currency), tables.about)
    return ChartWords(title, subtitle, remarks, provenance(tables.about), shape)


def _title(steps: Steps, first: str, second: str, years: str, currency: str) -> str:
    clear = {term: step.mean for term, step in steps.steps.items() if step.clear and term != WITHOUT}
    largest = max(clear, key=lambda term: abs(clear[term])) if clear else ""
    rest = (
        f"largest clear step: {name_of(largest).lower()}, {signed_amount(clear[largest], currency)}"
        if clear
        else "no step is clear"
    )
    return title_of_value(steps.gap, (first, second), years, currency, rest, steps.start or math.nan)
