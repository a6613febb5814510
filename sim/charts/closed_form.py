"""A run beside its closed form: the line of the model, and those of theory."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.charts.chart import Chart
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Page
from sim.charts.panel import Panel, PanelWords
from sim.charts.theme import INK, SLATE, Look, Style, settings
from sim.charts.words import ChartWords, provenance
from sim.validation.row import Curve

CURVE_MM = (120.0, 70.0)
DASHES: tuple[tuple[float, tuple[float, ...]], ...] = (
    (0.0, (4.0, 1.5)),
    (0.0, (1.0, 1.2)),
    (0.0, (6.0, 1.4, 1.2, 1.4)),
)


def draw_closed_form(name: str, curve: Curve, about: Mapping[str, Any], style: Style) -> Chart:
    """Runs as solid lines, closed forms and published values dashed.

    Args:
        name: Name of the chart.
        curve: What to draw; its first line is the run.
        about: What the numbers come from, as for any chart.
        style: Deck or journal.
    """
    words = _words(curve, about)
    looks = [Look(label, *_ink(number, label)) for number, label in enumerate(curve.lines)]
    with settings(style):
        page = Page(style, words, CURVE_MM)
        labels = [
            PlacedLabel(float(line[-1]), [look.label], look)
            for look, line in zip(looks, curve.lines.values(), strict=True)
        ]
        values = np.concatenate([np.asarray(line, float) for line in curve.lines.values()])
        ends = (min(0.0, float(values.min())), float(values.max()))
        panel = Panel.of_lines(page, page.body, PanelWords(across=curve.across), ends, labels)
        for look, line in zip(looks, curve.lines.values(), strict=True):
            panel.axes.plot(curve.places, line, color=look.colour, linestyle=look.dash, linewidth=style.line)
        page.horizontal_scale(panel.axes, float(curve.places[0]), float(curve.places[-1]))
        panel.axes.set_xlim(right=float(curve.places[-1]))  # labels stand where lines end
        panel.finish(curve.across)
    return Chart(name, style, page.figure, words, about)


def is_run(label: str) -> bool:
    """Whether a line is the model's; its name begins with the word.

    >>> is_run("Model, ring"), is_run("Bass")
    (True, False)
    """
    return label.startswith("Model")


def _ink(number: int, label: str) -> tuple[str, Any]:
    return (INK, "solid") if is_run(label) else (SLATE, DASHES[(number - 1) % len(DASHES)])


def _words(curve: Curve, about: Mapping[str, Any]) -> ChartWords:
    names = list(curve.lines)
    gap = max(float(np.abs(curve.lines[names[0]] - curve.lines[names[1]]).max()), 0.0)
    dashed = [name for name in names if not is_run(name)]
    solid = "Solid line: model" if len(dashed) == len(names) - 1 else "Solid lines: model"
    subtitle = f"{solid}; dashed: {', '.join(dashed)}. Largest distance of {names[1]}: {gap:.3g}."
    shape = f"{len(names)} lines over {curve.across.lower()} {curve.places[0]:g} to {curve.places[-1]:g}"
    origin = provenance(about, "Run beside its closed form", "replication")
    return ChartWords(curve.title, subtitle, "", origin, shape)
