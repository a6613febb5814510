"""How well a model fits a client's file: what was observed, the model, and a plain rival."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Page
from sim.charts.panel import Panel, PanelWords
from sim.charts.theme import INK, SLATE, Look, Style, settings
from sim.charts.words import ChartWords, first_supported_title
from sim.version import __version__

FIT_MM = (120.0, 66.0)


def draw_goodness_of_fit(table: pd.DataFrame, about: Mapping[str, Any], style: Style) -> Chart:
    """Observed points, and the lines of model and rival.

    Args:
        table: Columns x, observed, model, rival.
        about: Texts: ``model, units, verdict, data, across, upward, rival``.
        style: Deck or journal.
    """
    looks = {
        "model": Look("Model", SLATE, "solid"),
        "rival": Look(str(about["rival"]).capitalize(), SLATE, (0.0, (1.0, 1.2))),
    }
    rows = table.dropna().sort_values("x")
    with settings(style):
        page = Page(style, _words(rows, about), FIT_MM)
        labels = [PlacedLabel(float(rows[name].iloc[-1]), [look.label], look) for name, look in looks.items()]
        words = PanelWords("Observed (points), model and rival", str(about["upward"]), str(about["across"]))
        highest = float(rows[["observed", "model", "rival"]].to_numpy().max())
        panel = Panel.of_lines(page, page.body, words, (0.0, highest), labels)
        panel.axes.plot(rows["x"], rows["observed"], "o", color=INK, markersize=2.2 * style.line)
        for name, look in looks.items():
            panel.axes.plot(rows["x"], rows[name], color=look.colour, linestyle=look.dash, linewidth=style.line)
        page.horizontal_scale(panel.axes, float(rows["x"].min()), float(rows["x"].max()))
        panel.axes.set_xlim(right=float(rows["x"].max()))  # labels stand where lines end
        panel.finish(words.across)
    return Chart("goodness_of_fit", style, page.figure, _words(rows, about), about)


def _words(rows: pd.DataFrame, about: Mapping[str, Any]) -> ChartWords:
    title = f"{str(about['name']).capitalize()}: the model {about['verdict']}"
    subtitle = (
        f"{about['model']}; {about['units']}. Points: observed; solid line: model; dotted line: {about['rival']}."
    )
    origin = f"Real data ({about['data']}) beside a fitted model · sim {__version__}"
    shape = f"One panel with {len(rows)} points and two lines"
    return ChartWords(first_supported_title([title], []), subtitle, str(about["why"]), origin, shape)
