"""The flow of 100 requests from the service desk: settled, back as a repeat contact, or lost with the customer."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from sim.charts.chart import Chart
from sim.charts.form import NothingToDraw
from sim.charts.labels import separate
from sim.charts.layout import Box, Page
from sim.charts.numbers import SPACE, plain, plain_interval
from sim.charts.panel import Panel, beside
from sim.charts.tables import MonthlyTables, last_months, year_or_months
from sim.charts.theme import GAIN, INK, LOSS, MIST, SLATE, Look, Style, looks_of, settings
from sim.charts.words import (
    ChartWords,
    Finding,
    decided,
    first_supported_title,
    in_sentence,
    of_one_run,
    period,
    provenance,
    title_of_levels,
)
from sim.parameters import BadInput
from sim.statistics.paired import paired_difference

FLOW_MM = (183.0, 70.0)
NEEDED = ("incidents", "handoffs", "repeat_contacts", "lost_trouble")
SINKS = {"settled": ("Settled or open", GAIN), "repeat": ("Repeat contact", SLATE), "left": ("Customer left", LOSS)}
CONSERVED = 1e-9
GAP = 7.0  # requests of empty height between sinks
WHOLE = 100.0
FLOW_SHAPE = "Ribbons from the service desk, which 100 requests reach, to sinks"
FLOW_SOURCE = "From service:\n100 requests"
MOST_BESIDE = 3


class Flow(NamedTuple):
    """Where 100 requests of one policy go.

    Args:
        look: Look of the policy.
        sinks: Mean number of requests by sink; they add up to 100.
        handoffs: Hand-offs per request by replication.
        unsettled: Requests by replication that come back or cost the customer, of 100.
    """

    look: Look
    sinks: dict[str, float]
    handoffs: np.ndarray
    unsettled: np.ndarray


def flows_of(tables: MonthlyTables) -> list[Flow]:
    """One flow a policy, over the last year.

    Raises:
        BadInput: The monthly table lacks a measure, or a flow is not conserved.
        NothingToDraw: Nobody had a request.
    """
    sums = last_months(tables, "handoffs", NEEDED).groupby(["world", "replicate"])[list(NEEDED)].sum()
    if not (sums["incidents"] > 0.0).all():
        raise NothingToDraw("In some run no customer had a service request in the last year, so no flow can be drawn.")
    worlds = sums.index.get_level_values("world")
    return [_flow(look, sums[worlds == policy]) for policy, look in looks_of(tables.about).items()]


def _flow(look: Look, sums: pd.DataFrame) -> Flow:
    requests = sums["incidents"]
    repeat = (WHOLE * sums["repeat_contacts"] / requests).clip(upper=WHOLE)
    left = (WHOLE * sums["lost_trouble"] / requests).clip(upper=WHOLE - repeat)
    parts = {"settled": WHOLE - repeat - left, "repeat": repeat, "left": left}
    sinks = {name: float(values.mean()) for name, values in parts.items()}
    refuse_leak(WHOLE, list(sinks.values()), look.label)
    return Flow(look, sinks, (sums["handoffs"] / requests).to_numpy(float), (repeat + left).to_numpy(float))


def refuse_leak(inflow: float, outflows: Sequence[float], where: str) -> None:
    """Stop if what leaves a node is not what enters it.

    Raises:
        BadInput: It is not.
    """
    if abs(sum(outflows) - inflow) > CONSERVED * max(1.0, abs(inflow)):
        raise BadInput(f"handoffs: {inflow:.10g} requests enter {where}, but {sum(outflows):.10g} leave")


def draw_handoffs(tables: MonthlyTables, style: Style) -> Chart:
    """One flow a policy, all on one scale.

    Args:
        tables: Uses ``monthly`` and ``about`` of a comparison.
        style: Deck or journal.
    """
    flows = flows_of(tables)
    words = _words(tables, flows)
    with settings(style):
        page = Page(style, words, FLOW_MM)
        rows = [flows[place : place + MOST_BESIDE] for place in range(0, len(flows), MOST_BESIDE)]
        height = page.body.height / len(rows)
        for number, row in enumerate(rows):
            line = Box(page.body.left, page.body.top - (number + 1) * height, page.body.width, height)
            for place, (box, flow) in enumerate(zip(beside(line, len(row), style.gap(1.5)), row, strict=True)):
                _draw(page, box, number * MOST_BESIDE + place, flow)
    return Chart("handoffs", style, page.figure, words, tables.about)


def _draw(page: Page, box: Box, place: int, flow: Flow) -> None:
    style = page.style
    low, mean, high = (float(np.quantile(flow.handoffs, share)) for share in (0.05, 0.5, 0.95))
    text = plain(mean, 2) if len(flow.handoffs) == 1 else plain_interval(mean, low, high, 2)
    unit = f"{text} hand-offs per request"
    top = page.head(box, place, flow.look.label, unit)
    names = [f"{SINKS[name][0]} {plain(number, 1)}" for name, number in flow.sinks.items()]
    right = max(page.width_of(part, style.label) for name in names for part in _two_lines(name)) + style.gap(0.6)
    right = min(right, 0.38 * box.width)
    plot = Box(box.left, box.bottom + style.gap(0.5), box.width - right, top - box.bottom - style.gap(0.8))
    axes = Panel.of_plot(page, box, plot).axes
    axes.set_axis_off()
    axes.set(xlim=(0.0, 1.0), ylim=(WHOLE + 2.0 * GAP, -4.0))
    axes.add_patch(Rectangle((0.0, GAP), 0.03, WHOLE, color=flow.look.colour))
    axes.text(0.06, GAP + 3.0, FLOW_SOURCE, size=style.label, color=INK, ha="left", va="top", zorder=6)
    start, end, middles = GAP, 0.0, list[float]()
    for name, number in flow.sinks.items():
        _ribbon(axes, (start, end, number), SINKS[name][1])
        axes.add_patch(Rectangle((0.97, end), 0.03, number, color=SINKS[name][1]))
        middles.append(end + number / 2.0)
        start, end = start + number, end + number + GAP

    _sink_names(page, plot, middles, names)


def _two_lines(text: str) -> list[str]:
    head, _, number = text.rpartition(" ")
    return [head, number]


def _sink_names(page: Page, plot: Box, middles: Sequence[float], names: Sequence[str]) -> None:
    """Names beside the sinks, moved apart where they lie close. middles: of the sinks, as ribbons are scaled"""
    shares = (np.asarray(middles) + 4.0) / (WHOLE + 2.0 * GAP + 4.0)
    height, low = page.style.gap(2.1), plot.bottom - page.style.gap(0.4)
    wanted = [plot.top - float(share) * plot.height for share in shares]
    for centre, text in zip(separate(wanted, [height] * len(names), low, plot.top), names, strict=True):
        page.write(plot.right + page.style.gap(0.4), centre + page.style.gap(1.0), _two_lines(text), page.style.label)


def _ribbon(axes: Axes, span: tuple[float, float, float], colour: str) -> None:
    """A ribbon of constant height from the requests to a sink."""
    start, end, height = span
    if height <= 0.0:
        return
    left, right, middle = 0.03, 0.97, 0.5
    points = [
        (left, start), (middle, start), (middle, end), (right, end),
        (right, end + height), (middle, end + height), (middle, start + height), (left, start + height), (left, start),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(
        PathPatch(Path(points, codes), facecolor=colour if colour != SLATE else MIST, alpha=0.55, linewidth=0)
    )


def _title_of_run(flows: Sequence[Flow], when: str) -> str:
    levels = {flow.look.label: plain(WHOLE - flow.sinks["settled"], 0) for flow in flows}
    opening = f"Of 100 requests that reach service in {when} of one run, not settled"
    return title_of_levels(opening, levels, f"Where 100 requests go that reach service, {when} of one run")


def _title(flows: Sequence[Flow], when: str) -> str:
    policy, rival = flows[-1], flows[0]
    gap = paired_difference(policy.unsettled, rival.unsettled)
    hops = paired_difference(policy.handoffs, rival.handoffs)
    findings = {
        "unsettled requests": Finding(gap.mean, gap.low, gap.high),
        "hand-offs per request": Finding(hops.mean, hops.low, hops.high),
    }
    first, second = in_sentence(policy.look.label), in_sentence(rival.look.label)
    parts: list[str] = []
    for verdict, word in (("lower", "fewer"), ("higher", "more")):
        nouns = [noun for noun, gap in findings.items() if gap.verdict == verdict]
        parts += [f"{word} {' and '.join(nouns)}"] if nouns else []
    if not parts:
        return first_supported_title(
            [f"No clear difference in the flow of requests from service between {first} and {second}, {when}"], []
        )
    numbers = " against ".join(plain(WHOLE - flow.sinks["settled"], 0) for flow in (policy, rival))
    body = f"From service on, {first} has {' but '.join(parts)} than {second}, {when}"
    titles = [f"{body} ({numbers} of 100 not settled)", body, body.replace("From service on, ", "")]
    return first_supported_title(titles, list(findings.values()))


def _words(tables: MonthlyTables, flows: Sequence[Flow]) -> ChartWords:
    months = int(tables.about["months"])
    when, single = year_or_months(months), of_one_run(tables.about)
    subtitle = (
        f"Where 100 requests that reach service in the last year of a {period(months)} run go from there"
        f"{'' if single else ', mean of runs'}. All panels share one scale; ribbon height: requests."
        f"{'' if single else f' Hand-offs: median run [90{SPACE}% of runs].'}"
    )
    remarks = (
        "Flows are conserved at every node. Settled or open: neither back as a repeat contact nor lost with a customer "
        "who left because of open trouble. Every request enters at service, which hands it to other departments; the "
        "tables do not say to which."
    )
    shape = "; ".join(
        f"{in_sentence(flow.look.label)}: "
        + ", ".join(f"{SINKS[name][0].lower()} {plain(number, 1)}" for name, number in flow.sinks.items())
        + f", {plain(float(np.median(flow.handoffs)), 2)} hand-offs per request"
        for flow in flows
    )
    title = _title_of_run(flows, when) if single else decided(_title(flows, when), tables.about)
    return ChartWords(title, subtitle, remarks, provenance(tables.about), f"{FLOW_SHAPE}: {shape}")
