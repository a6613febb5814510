"""All forms of chart, and how one is found and drawn by name."""

from collections.abc import Mapping
from typing import Any

from sim.charts.bridge import draw_bridge
from sim.charts.chart import Chart
from sim.charts.differences import draw_gaps
from sim.charts.fan import draw_fan
from sim.charts.form import COMPARISON, Form
from sim.charts.mechanisms import draw_mechanisms
from sim.charts.theme import find_style
from sim.charts.whale import draw_whale
from sim.parameters import BadInput
from sim.parameters.checking import nearest

FORMS: tuple[Form, ...] = (
    Form("fan", (COMPARISON,), draw_fan, "attrition, word of mouth and profit by year, with the paired gap"),
    Form("bridge", (COMPARISON,), draw_bridge, "from one net present value to another, step by step"),
    Form("mechanisms", (COMPARISON,), draw_mechanisms, "what each mechanism or group of decisions adds to the gap"),
    Form("whale", (COMPARISON,), draw_whale, "contribution cumulated over customers, best first"),
    Form("gaps", (COMPARISON,), draw_gaps, "paired differences of every measure"),
)


def forms_of(kind: str) -> dict[str, Form]:
    """The forms that a kind of folder can draw, by name."""
    return {form.name: form for form in FORMS if kind in form.kinds}


CHARTS: Mapping[str, Form] = forms_of(COMPARISON)


def find_form(kind: str, name: str) -> Form:
    """The form of that name.

    Raises:
        BadInput: The kind of folder has no such form; says which it has.
    """
    forms = forms_of(kind)
    if name not in forms:
        raise BadInput(f"chart {name!r} is not known.{nearest(name, forms)} Known of a {kind}: {', '.join(forms)}")
    return forms[name]


def draw_form(kind: str, name: str, tables: Any, style: str = "deck") -> list[Chart]:
    """Draw all charts of a form.

    Args:
        kind: Kind of folder, of `sim.charts.form.KINDS`.
        name: Name of the form.
        tables: Tables of the folder.
        style: ``deck`` or ``journal``.

    Raises:
        BadInput: Unknown form or style, or tables that cannot be drawn.
        NothingToDraw: The chart would show nothing.
    """
    form = find_form(kind, name)
    try:
        return form.charts(tables, find_style(style))
    except (KeyError, IndexError) as trouble:
        raise BadInput(f"chart {name}: the tables of this {kind} lack {trouble}") from trouble


def draw(name: str, comparison: Any, style: str = "deck") -> Chart:
    """Draw one chart of a comparison; arguments and errors as `draw_form`."""
    return draw_form(COMPARISON, name, comparison, style)[0]
