"""One run by year: attrition, negative word of mouth and profit, a panel a measure and a line a firm."""

import pandas as pd

from sim.charts.chart import Chart
from sim.charts.fan import FAN_MEASURES, year_marks
from sim.charts.labels import PlacedLabel
from sim.charts.layout import Box, Page
from sim.charts.numbers import places, plain
from sim.charts.panel import Panel, PanelWords, beside
from sim.charts.tables import MEASURE_LABELS, Tables, scale_of, scale_values
from sim.charts.theme import Look, Style, looks_of, settings
from sim.charts.words import ChartWords, period, provenance, title_of_levels

RUN_YEARS_MM = (183.0, 66.0)
TITLED = "attrition"  # the measure whose levels stand in the title
ACROSS = "Year since the policies began"


def draw_run_years(tables: Tables, style: Style) -> Chart:
    """Three panels of yearly measures of all firms.

    Args:
        tables: Uses ``runs`` and ``about`` of one run.
        style: Deck or journal.
    """
    looks = looks_of(tables.about)
    words = _words(tables, looks)
    with settings(style):
        page = Page(style, words, RUN_YEARS_MM)
        boxes = beside(page.body, len(FAN_MEASURES), 0.25 if style.titled else 0.12)
        for place, (box, measure) in enumerate(zip(boxes, FAN_MEASURES, strict=True)):
            _draw(page, box, place, measure, (tables, looks))
    return Chart("multiples", style, page.figure, words, tables.about)


def _lines(tables: Tables, measure: str) -> pd.DataFrame:
    """A column a firm, a row a year, in the reader's unit."""
    runs = tables.runs[(tables.runs["measure"] == measure) & (tables.runs["year"] > 0)]
    lines = runs.pivot(index="year", columns="policy", values="value")
    return lines * scale_of(tables, measure, scale_values(tables, measure)).factor


def _draw(page: Page, box: Box, place: int, measure: str, shown: tuple[Tables, dict[str, Look]]) -> None:
    tables, looks = shown
    lines, row = _lines(tables, measure), MEASURE_LABELS[measure]
    unit = scale_of(tables, measure, scale_values(tables, measure)).unit
    words = PanelWords(row.label, f"{unit} {row.axis}".strip(), ACROSS, place)
    decimals, last = places(lines.to_numpy().ravel()), lines.iloc[-1]
    names = {firm: look.label.partition(" (")[0] for firm, look in looks.items()}  # the note says who has which policy
    labels = [PlacedLabel(float(last[f]), [names[f], plain(float(last[f]), decimals)], looks[f]) for f in looks]
    values = lines.to_numpy()
    panel = Panel.of_lines(page, box, words, (min(0.0, float(values.min())), max(0.0, float(values.max()))), labels, 4)
    first, end = int(lines.index[0]), int(lines.index[-1])
    for firm, look in looks.items():
        panel.axes.plot(
            lines.index, lines[firm], color=look.colour, linestyle=look.dash, linewidth=page.style.line,
            marker="o" if first == end else "",
        )  # fmt: skip
    panel.axes.set_xlim(first - 0.5 * (first == end), end + 0.5 * (first == end))
    panel.axes.set_xticks(year_marks(first, end))
    panel.finish(ACROSS)


def _words(tables: Tables, looks: dict[str, Look]) -> ChartWords:
    lines, row = _lines(tables, TITLED), MEASURE_LABELS[TITLED]
    year, run = int(lines.index[-1]), period(int(tables.about["months"]))
    unit = scale_of(tables, TITLED, scale_values(tables, TITLED)).unit
    decimals = places(lines.iloc[-1])
    levels = {looks[firm].label: f"{plain(float(lines[firm].iloc[-1]), decimals)}\u00a0{unit}" for firm in looks}
    opening = f"Year {year} of one run, {row.in_sentence}"
    closing = f"{run.capitalize()} run: attrition, negative word of mouth and profit of {len(looks)} firms"
    subtitle = f"Attrition, negative share of word of mouth and profit by year of a {run} run, a line a firm."
    named = ", ".join(look.label for look in looks.values())
    remarks = f"{named}. One run has no interval, so no difference is claimed; sim compare repeats it in paired worlds."
    texts = "; ".join(f"{name}: {row.in_sentence} {level} in year {year}" for name, level in levels.items())
    shape = f"Three panels with a line for each of {len(looks)} firms. {texts}"
    return ChartWords(title_of_levels(opening, levels, closing), subtitle, remarks, provenance(tables.about), shape)
