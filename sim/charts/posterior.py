"""What patterns leave of the range of each number: the 90 % interval of the posterior within that of the prior."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.calibration.behaviour.identification import IDENTIFIED
from sim.charts.chart import Chart
from sim.charts.layout import Page
from sim.charts.panel import Panel, PanelWords
from sim.charts.theme import INK, MIST, SLATE, Style, settings
from sim.charts.words import ChartWords, first_supported_title
from sim.parameters import BadInput
from sim.version import __version__

POSTERIOR_MM = (120.0, 66.0)
POSTERIOR_COLUMNS = ("name", "prior_low", "prior_high", "explained", "width", "verdict", "estimate", "low", "high")


def draw_posteriors(table: pd.DataFrame, about: Mapping[str, Any], style: Style) -> Chart:
    """A row for each number: prior as a light bar, posterior as a dark line, estimate as a dot.

    Args:
        table: Columns `POSTERIOR_COLUMNS`; low, high and estimate are empty where they are not known. Without any
            interval the median width of known numbers is drawn around the middle.
        about: Scenario and runs.
        style: Deck or journal.

    Raises:
        BadInput: A column is missing.
    """
    missing = [name for name in POSTERIOR_COLUMNS if name not in table]
    if missing or not len(table):
        raise BadInput(f"the table of numbers has no {', '.join(missing) or 'rows'}")
    rows = table.reset_index(drop=True)
    words = _words(rows, about)
    with settings(style):
        page = Page(style, words, POSTERIOR_MM)
        notes = [f"{row['verdict']}, R²\u00a0{row['explained']:.2f}" for _, row in rows.iterrows()]
        words_of_axis = PanelWords(across="Share of the range over which the number was drawn")
        panel = Panel.of_rows(page, page.body, list(rows["name"]), notes, words_of_axis)
        for place, row in rows.iterrows():
            _bar(panel.axes, int(str(place)), row, style)
        panel.horizontal(0.0, 1.0, words_of_axis.across)
    return Chart("posterior", style, page.figure, words, about)


def _bar(axes: Any, height: int, row: pd.Series, style: Style) -> None:
    low, high, at = _shares(row)
    known = row["verdict"] == IDENTIFIED
    axes.barh(height, 1.0, 0.5, color=MIST, alpha=0.55, linewidth=0)
    dash = "solid" if known else (0.0, (1.5, 1.2))
    axes.plot([low, high], [height, height], color=INK if known else SLATE, linestyle=dash, linewidth=2.0 * style.line)
    if at is not None:
        axes.plot([at], [height], "o", color=INK, markersize=4.0 * style.line)


def _shares(row: pd.Series) -> tuple[float, float, float | None]:
    """Interval and estimate as shares of the range."""
    low, span = float(row["prior_low"]), float(row["prior_high"] - row["prior_low"])
    if pd.isna(row["low"]):
        half = min(0.5, 0.45 * float(row["width"]))
        return 0.5 - half, 0.5 + half, None
    at = None if pd.isna(row["estimate"]) else (float(row["estimate"]) - low) / span
    return (float(row["low"]) - low) / span, (float(row["high"]) - low) / span, at


def _words(rows: pd.DataFrame, about: Mapping[str, Any]) -> ChartWords:
    known = int((rows["verdict"] == IDENTIFIED).sum())
    observed = bool(rows["low"].notna().any())
    title = f"{about['scenario']}: patterns identify {known} of {len(rows)} numbers"
    meaning = "Dark line: 90 % interval given the observed patterns; dot: its median"
    if not observed:
        meaning = "Dark line: median width of the 90 % interval of numbers that are known, drawn around the middle"
    subtitle = f"Light bar: the range before. {meaning}. A dotted line is not identified."
    source = f"Simulation · {about['runs']} runs · seed {about['seed']} · sim {__version__}"
    shape = f"{len(rows)} rows, each a light bar with a dark line in it"
    return ChartWords(first_supported_title([title], []), subtitle, "", source, shape)
