"""The REAP bridge: from one policy's net present value to another's, step by step, with an interval for each step."""

from typing import NamedTuple

from sim.charts.chart import Chart
from sim.charts.numbers import Scale, money, places, plain, signed_amount, signed_interval
from sim.charts.tables import Tables, contest, currency_of, finding
from sim.charts.theme import GAIN, LOSS, SLATE, Look, Style, looks_of, settings
from sim.charts.waterfall import Bar, draw_horizontal, draw_vertical
from sim.charts.words import ChartWords, Finding, decided, in_sentence, period, provenance, title_of_value
from sim.parameters import BadInput

STEP_NAMES = {
    "retention": "Retention",
    "efficiency": "Efficiency",
    "acquisition": "Acquisition",
    "penetration": "Penetration",
    "transformation": "Transformation cost",
    "fixed": "Research, fixed, interest (not\u00a0REAP)",
}
BRIDGE_MM = (89.0, 94.0)
TOLERANCE = 1e-6


class Bridge(NamedTuple):
    """What a bridge is made of. [EUR]

    Args:
        start: Mean net present value of the rival.
        end: Mean net present value of the policy.
        steps: Mean and interval by term, in the order drawn.
        gap: Paired difference of the two.
    """

    start: float
    end: float
    steps: dict[str, Finding]
    gap: Finding


def bridge_of(tables: Tables) -> Bridge:
    """The bridge from the first policy to the last, checked to add up.

    Raises:
        BadInput: The table lacks the pair, or the steps do not add up to the gap.
    """
    policy, rivals = contest(tables)
    against = rivals[0]
    part = tables.bridge[(tables.bridge["policy"] == policy) & (tables.bridge["against"] == against)]
    if not len(part):
        raise BadInput(f"the table bridge has no {policy} against {against}")
    rows = part.set_index("term")[["mean", "low", "high"]]
    order = [term for term in STEP_NAMES if term in rows.index] + [
        term for term in rows.index if term not in STEP_NAMES
    ]
    steps = {term: Finding(*map(float, rows.loc[term].to_numpy(float))) for term in order}
    worth = tables.runs[tables.runs["measure"] == "npv"].groupby("policy")["value"].mean()
    bridge = Bridge(float(worth[against]), float(worth[policy]), steps, finding(tables, "npv", 0, policy, against))
    _add_up(bridge)
    return bridge


def _add_up(bridge: Bridge) -> None:
    total = bridge.start + sum(step.mean for step in bridge.steps.values())
    size = max(abs(bridge.start), abs(bridge.end), *(abs(step.mean) for step in bridge.steps.values()), 1.0)
    if not abs(total - bridge.end) <= TOLERANCE * size:
        raise BadInput(f"the steps of the bridge lead to {total:.10g}, but the net present value is {bridge.end:.10g}")


def draw_bridge(tables: Tables, style: Style) -> Chart:
    """Waterfall from the first policy's net present value to the last's.

    Args:
        tables: Uses ``bridge``, ``runs``, ``gaps`` and ``about``.
        style: Deck draws it upright, journal on its side.
    """
    styles, bridge = looks_of(tables.about), bridge_of(tables)
    policy, rivals = contest(tables)
    ends = (styles[rivals[0]], styles[policy])
    scale = money([bridge.start, bridge.end, *(step.mean for step in bridge.steps.values())], currency_of(tables))
    words = _words(tables, bridge, ends, scale)
    bars = _bars(bridge, ends, scale)
    with settings(style):
        drawing = draw_vertical if style.titled else draw_horizontal
        axis = f"{_period(tables)} net present value ({scale.unit})"
        page = drawing(style, words, bars, axis, BRIDGE_MM)
    return Chart("bridge", style, page.figure, words, tables.about)


def _period(tables: Tables) -> str:
    return period(int(tables.about["months"]))


def _bars(bridge: Bridge, ends: tuple[Look, Look], scale: Scale) -> list[Bar]:
    totals = [bridge.start * scale.factor, bridge.end * scale.factor]
    ends_of_steps = [end for step in bridge.steps.values() for end in (step.mean, step.low, step.high)]
    decimals = places(end * scale.factor for end in ends_of_steps)
    bars = [Bar(ends[0].label, 0.0, totals[0], None, plain(totals[0], decimals), ends[0].colour)]
    level = totals[0]
    for term, step in bridge.steps.items():
        mean = step.mean * scale.factor
        shown = Finding(mean, step.low * scale.factor, step.high * scale.factor)
        text = "0" if step.low == step.high == 0.0 else signed_interval(shown.mean, shown.low, shown.high, decimals)
        colour = SLATE if mean == 0.0 else GAIN if mean > 0.0 else LOSS
        bars.append(Bar(STEP_NAMES.get(term, term), level, level + mean, shown, text, colour))
        level += mean
    return [*bars, Bar(ends[1].label, 0.0, totals[1], None, plain(totals[1], decimals), ends[1].colour)]


def _words(tables: Tables, bridge: Bridge, ends: tuple[Look, Look], scale: Scale) -> ChartWords:
    subtitle = (
        f"Bridge of {_period(tables)} net present value, {scale.unit}, from {in_sentence(ends[0].label)} to "
        f"{in_sentence(ends[1].label)}. Bar: mean of paired runs; line and bracket: 95\u00a0% interval of the mean."
    )
    remarks = (
        "Steps: Shapley values over the accounting identity, so the split does not depend on an order and adds up "
        "exactly. Penetration is margin after goods, efficiency cost to serve; "
        "research, fixed cost and interest stand outside. Bars start at zero."
    )
    currency = currency_of(tables)
    names = ", ".join(
        f"{STEP_NAMES.get(term, term)} {signed_amount(step.mean, currency)}{'' if step.clear else ' (not clear)'}"
        for term, step in bridge.steps.items()
        if step.mean
    )
    shape = f"A waterfall between two totals with {len(bridge.steps)} steps: {names}"
    return ChartWords(
        decided(_title(tables, bridge, ends), tables.about), subtitle, remarks, provenance(tables.about), shape
    )


def _title(tables: Tables, bridge: Bridge, ends: tuple[Look, Look]) -> str:
    second, first = (in_sentence(look.label) for look in ends)
    years = _period(tables)
    step = _largest_step(bridge, currency_of(tables))
    rest = f"largest clear step: {step}" if step else "no step is clear"
    return title_of_value(bridge.gap, (first, second), years, currency_of(tables), rest, bridge.start)


def _largest_step(bridge: Bridge, currency: str) -> str:
    """The largest step whose interval excludes zero, or nothing."""
    clear = {term: step.mean for term, step in bridge.steps.items() if step.clear}
    if not clear:
        return ""
    term = max(clear, key=lambda name: abs(clear[name]))
    return f"{STEP_NAMES.get(term, term).partition(' (')[0].lower()}, {signed_amount(clear[term], currency)}"
