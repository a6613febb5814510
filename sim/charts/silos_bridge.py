"""The price of walls between departments: a bridge over the mechanisms that carry it, and the worth of each height."""

from typing import NamedTuple

import numpy as np
import pandas as pd

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
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Page
from sim.charts.numbers import SPACE, money, places, plain, signed_interval
from sim.charts.panel import Panel, PanelWords
from sim.charts.theme import GAIN, INK, LOSS, SLATE, Look, Style, settings
from sim.charts.waterfall import Bar, draw_horizontal, draw_vertical
from sim.charts.words import ChartWords, Finding, first_supported_title
from sim.parameters import BadInput
from sim.statistics.verdicts import is_precise

SILOS_MM, HEIGHTS_MM = (89.0, 78.0), (89.0, 66.0)
NEEDED_STEP_COLUMNS = ("step", "mean", "low", "high", "unit")
NEEDED_HEIGHT_COLUMNS = ("height", "npv", "low", "high")
TOTAL_STEP, REST_STEP = "total", "all else"
PRICE = "price-of-silos"
ADDS_UP = 1e-5  # relative, since the table has six digits
DOMINATING = 0.5  # share of the total beyond which the title tells of the rest


class SiloBridge(NamedTuple):
    """Steps of the price and the whole of it.

    Args:
        steps: Mean and interval by step, what the walls cost; negative is what they save.
        total: The whole price.
        unit: Unit.
    """

    steps: dict[str, Finding]
    total: Finding
    unit: str


def silo_bridge(table: pd.DataFrame) -> SiloBridge:
    """The bridge of a table of steps, checked to add up.

    Raises:
        BadInput: There is no total, or the steps do not add up to it.
    """
    rows = table.set_index("step")[["mean", "low", "high"]].to_numpy(float)
    findings = {str(step): Finding(*map(float, row)) for step, row in zip(table["step"], rows, strict=True)}
    if TOTAL_STEP not in findings:
        raise BadInput(f"silos.csv has no step {TOTAL_STEP!r}")
    total = findings.pop(TOTAL_STEP)
    size = max(abs(total.mean), *(abs(step.mean) for step in findings.values()), 1e-9)
    whole = sum(step.mean for step in findings.values())
    if not abs(whole - total.mean) <= ADDS_UP * size * len(findings):
        raise BadInput(f"silos.csv: the steps add up to {whole:.10g}, but the total is {total.mean:.10g}")
    return SiloBridge(findings, total, str(table["unit"].iloc[0]))


def draw_silos(tables: LedgerTables, style: Style) -> Chart:
    """Waterfall from nothing to the whole price of the highest walls.

    Args:
        tables: Uses ``silos``.
        style: Deck draws it upright, journal on its side.
    """
    bridge = silo_bridge(rows_of_table(tables, "silos", NEEDED_STEP_COLUMNS))
    words = _words(tables, bridge)
    with settings(style):
        drawing = draw_vertical if style.titled else draw_horizontal
        page = drawing(style, words, _bars(bridge), f"price of the walls ({bridge.unit})", SILOS_MM)
    return Chart("silos", style, page.figure, words, record_about(tables, question=PRICE))


def _bars(bridge: SiloBridge) -> list[Bar]:
    decimals = places(end for step in bridge.steps.values() for end in (step.mean, step.low, step.high))
    bars, level = [], 0.0
    for name, step in bridge.steps.items():
        text = "0" if step.low == step.high == 0.0 else signed_interval(step.mean, step.low, step.high, decimals)
        colour = SLATE if step.mean == 0.0 else LOSS if step.mean > 0.0 else GAIN  # a price is a loss
        bars.append(Bar(name[:1].upper() + name[1:], level, level + step.mean, step, text, colour))
        level += step.mean
    whole = bridge.total
    text = signed_interval(whole.mean, whole.low, whole.high, decimals)
    return [*bars, Bar("Price of full walls", 0.0, level, None, text, SLATE)]


def _step_text(name: str, step: Finding, unit: str) -> str:
    return f"{name} {signed_interval(step.mean, step.low, step.high, places([step.mean]))} {unit}"


def _title(bridge: SiloBridge, when: str) -> str:
    total, unit = bridge.total, bridge.unit
    clear = {name: step for name, step in bridge.steps.items() if step.clear and name != REST_STEP}
    largest = max(clear, key=lambda name: abs(clear[name].mean)) if clear else ""
    rest = f"; largest step: {largest}" if clear else "; no step is clear"
    precise = is_precise(total.mean, total.low, total.high)
    size = f"{plain(abs(total.mean), places([total.mean], 2))} {unit}" if precise else "money"
    if not total.clear:
        titles = [f"No clear price of full walls {when}{rest}", f"No clear price of full walls {when}"]
    elif total.mean > 0.0:
        titles = [f"Full walls cost {size} {when}{rest}", f"Full walls cost {size} {when}"]
    else:
        titles = [f"Full walls save {size} {when}{rest}", f"Full walls save {size} {when}"]
    left = bridge.steps.get(REST_STEP)
    if left and total.mean and abs(left.mean) > DOMINATING * abs(total.mean):
        titles = [f"{titles[1]}, most of it outside the named steps", titles[1]]
    return first_supported_title(titles, [total])


def _words(tables: LedgerTables, bridge: SiloBridge) -> ChartWords:
    subtitle = (
        f"What a firm with full walls earns less than the same firm without, {bridge.unit}. Bar: mean Shapley value of "
        f"a group of mechanisms; line and bracket: 95{SPACE}% interval. Below zero: what walls save."
    )
    remarks = (
        "Every combination of the groups was simulated in the same worlds, so the steps add up exactly and do not "
        "depend on an order. All else: the price with every group switched off. Bars start at zero."
    )
    shape = "A waterfall: " + "; ".join(_step_text(name, step, bridge.unit) for name, step in bridge.steps.items())
    note = ledger_note(tables, question_scenario(tables, PRICE))
    whole = f"; together {_step_text('', bridge.total, bridge.unit).strip()}"
    return ChartWords(_title(bridge, question_period(tables, PRICE)), subtitle, remarks, note, shape + whole)


def draw_wall_heights(tables: LedgerTables, style: Style) -> Chart:
    """Net present value by height of the walls, and the heights that may be best.

    Args:
        tables: Uses ``wall_heights``.
        style: Deck or journal.
    """
    table = rows_of_table(tables, "wall_heights", NEEDED_HEIGHT_COLUMNS).sort_values("height", ignore_index=True)
    words = _height_words(tables, table)
    with settings(style):
        page = Page(style, words, HEIGHTS_MM)
        _draw_heights(page, table)
    return Chart("wall-heights", style, page.figure, words, record_about(tables, question=PRICE))


def _best(table: pd.DataFrame) -> tuple[float, float, float]:
    """The best height, and the lowest and highest that may be best."""
    best = float(table["height"].to_numpy(float)[int(table["npv"].to_numpy(float).argmax())])
    if "may_be_best" not in table:
        return best, best, best
    may_be = table.loc[table["may_be_best"].astype(str).str.lower() == "true", "height"]
    return best, float(may_be.min()), float(may_be.max())


def _draw_heights(page: Page, table: pd.DataFrame) -> None:
    scale = money(table["npv"], str(table["unit"].iloc[0]) if "unit" in table else "EUR")
    values = table[["low", "high"]].to_numpy(float) * scale.factor
    best, low, high = _best(table)
    words = PanelWords(
        unit=f"net present value ({scale.unit})", name=" ", across="Height of the walls (0 none, 1 full)"
    )
    top = table["npv"].iloc[-1] * scale.factor
    label = PlacedLabel(top, [f"full {plain(top, places([top]))}"], Look("", SLATE, "solid"))
    panel = Panel.of_lines(page, page.body, words, (float(np.min(values)), float(np.max(values))), [label])
    panel.axes.fill_between(table["height"], values[:, 0], values[:, 1], color=SLATE, alpha=0.15, linewidth=0)
    panel.axes.plot(
        table["height"], table["npv"] * scale.factor, color=SLATE, marker="o", linewidth=page.style.line,
        markersize=2.2 * page.style.line,
    )  # fmt: skip
    if high > low:
        panel.axes.axvspan(low, high, color=GAIN, alpha=0.15, linewidth=0, zorder=0)
    panel.axes.axvline(best, color=INK, linewidth=page.style.hairline, linestyle=(0, (3, 2)))
    panel.axes.set_xlim(float(table["height"].min()), float(table["height"].max()))
    panel.axes.set_xticks(table["height"], [plain(height, 1) for height in table["height"]])
    panel.finish(words.across)


def _height_words(tables: LedgerTables, table: pd.DataFrame) -> ChartWords:
    when = question_period(tables, PRICE)
    best, low, high = _best(table)
    every = low == table["height"].min() and high == table["height"].max()
    if every:
        title = f"No height of walls is clearly worth most {when}"
    elif low == high:
        title = f"Walls of height {best:g} are worth most {when}"
    else:
        title = fitting(f"Walls of height {low:g} to {high:g} may be worth most {when}, {best:g} on average")
    subtitle = (
        f"Net present value of a product-centric firm by height of the walls between departments. Line: mean; band: "
        f"95{SPACE}% interval of the mean; dashed: best mean; shaded: heights not clearly behind it in paired worlds."
    )
    scale = money(table["npv"], "EUR")
    rows = table[["height", "npv", "low", "high"]].to_numpy(float) * [1.0, *[scale.factor] * 3]
    texts = ", ".join(
        f"{plain(height, 1)}: {plain(npv, 2)} [{plain(lower, 2)}, {plain(upper, 2)}]"
        for height, npv, lower, upper in rows.tolist()
    )
    note = ledger_note(tables, question_scenario(tables, PRICE))
    remarks = "The vertical axis does not start at zero. Paired differences are narrower than the band shows."
    return ChartWords(title, subtitle, remarks, note, f"A line over heights ({scale.unit}): {texts}")
