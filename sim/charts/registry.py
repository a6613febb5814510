"""Charts by name."""

from collections.abc import Callable

from sim.charts.bridge import draw_bridge
from sim.charts.chart import Chart
from sim.charts.differences import draw_gaps
from sim.charts.fan import draw_fan
from sim.charts.mechanisms import draw_mechanisms
from sim.charts.tables import Tables
from sim.charts.theme import Style, find_style
from sim.charts.whale import draw_whale
from sim.parameters import BadInput
from sim.parameters.checking import nearest

CHARTS: dict[str, Callable[[Tables, Style], Chart]] = {
    "fan": draw_fan,
    "bridge": draw_bridge,
    "mechanisms": draw_mechanisms,
    "whale": draw_whale,
    "gaps": draw_gaps,
}


def draw(name: str, comparison: Tables, style: str = "deck") -> Chart:
    """Draw one chart of a comparison.

    Args:
        name: Name of the chart, one of `CHARTS`.
        comparison: The tables.
        style: ``deck`` or ``journal``.

    Raises:
        BadInput: Unknown chart or style, or tables that cannot be drawn.
    """
    if name not in CHARTS:
        raise BadInput(f"chart {name!r} is not known.{nearest(name, CHARTS)} Known: {', '.join(CHARTS)}")
    try:
        return CHARTS[name](comparison, find_style(style))
    except (KeyError, IndexError) as trouble:
        raise BadInput(f"chart {name}: the tables of this comparison lack {trouble}") from trouble
