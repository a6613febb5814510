"""All forms of chart, and how one is found and drawn by name."""

from collections.abc import Mapping
from typing import Any

from sim.charts.adoption import draw_adoption
from sim.charts.break_even import draw_break_even
from sim.charts.bridge import draw_bridge
from sim.charts.chart import Chart
from sim.charts.claim_effects import draw_effects
from sim.charts.differences import draw_gaps
from sim.charts.fan import draw_fan
from sim.charts.form import CLAIMS, COMPARISON, Form
from sim.charts.grid_curve import draw_grids
from sim.charts.handoff_flow import draw_handoffs
from sim.charts.j_curve import draw_j_curve
from sim.charts.mechanisms import draw_mechanisms
from sim.charts.phase_diagram import draw_phase
from sim.charts.reach_strip import draw_reach
from sim.charts.silos_bridge import draw_silos, draw_wall_heights
from sim.charts.small_multiples import draw_multiples
from sim.charts.sobol_indices import draw_sobol
from sim.charts.theme import find_style
from sim.charts.verdict_table import draw_verdicts
from sim.charts.whale import draw_whale
from sim.parameters import BadInput
from sim.parameters.checking import nearest

FORMS: tuple[Form, ...] = (
    Form("fan", (COMPARISON,), draw_fan, "attrition, word of mouth and profit by year, with the paired gap"),
    Form("bridge", (COMPARISON,), draw_bridge, "from one net present value to another, step by step"),
    Form("mechanisms", (COMPARISON,), draw_mechanisms, "what each mechanism or group of decisions adds to the gap"),
    Form("whale", (COMPARISON,), draw_whale, "contribution cumulated over customers, best first"),
    Form("gaps", (COMPARISON,), draw_gaps, "paired differences of every measure"),
    Form("j-curve", (COMPARISON,), draw_j_curve, "cumulated gap in profit, its trough and where it breaks even"),
    Form("multiples", (COMPARISON,), draw_multiples, "attrition, word of mouth and profit, a panel for each policy"),
    Form("handoffs", (COMPARISON,), draw_handoffs, "where 100 service requests go, and hand-offs per request"),
    Form("verdicts", (CLAIMS,), draw_verdicts, "every claim with its verdict, effect, reach and where it fails"),
    Form("effects", (CLAIMS,), draw_effects, "effects of each claim over its base worlds"),
    Form("reach", (CLAIMS,), draw_reach, "each claim in all sampled worlds"),
    Form("grid", (CLAIMS,), draw_grids, "a claim's measure along a grid, with its best value or crossing"),
    Form("phase", (CLAIMS,), draw_phase, "which policy is worth most where two assumptions vary"),
    Form("break-even", (CLAIMS,), draw_break_even, "months until a change has earned back its cost, by moderator"),
    Form("sobol", (CLAIMS,), draw_sobol, "which assumptions move the answer, and the share of luck"),
    Form("silos", (CLAIMS,), draw_silos, "what walls cost, mechanism by mechanism"),
    Form("wall-heights", (CLAIMS,), draw_wall_heights, "net present value by height of the walls"),
    Form("adoption", (CLAIMS,), draw_adoption, "what a change is worth when no, one or all firms adopt it"),
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
