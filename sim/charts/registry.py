"""All forms of chart, and how one is found and drawn by name."""

from collections.abc import Mapping
from typing import Any

from sim.charts.allocation import draw_allocation
from sim.charts.bridge import draw_bridge
from sim.charts.chart import Chart
from sim.charts.claim_forms import CLAIM_FORMS
from sim.charts.differences import draw_gaps
from sim.charts.evidence_forms import draw_evidence_cohort, draw_evidence_shaken
from sim.charts.fan import draw_fan
from sim.charts.form import CLAIMS, COMPARISON, EVIDENCE, RUN, STUDY, SWEEP, WRITTEN_BY, Form
from sim.charts.handoff_flow import draw_handoffs
from sim.charts.illusion import draw_illusion
from sim.charts.indices import draw_drivers, draw_morris, draw_sobol
from sim.charts.j_curve import draw_j_curve
from sim.charts.mechanisms import draw_mechanisms
from sim.charts.phase import draw_phase
from sim.charts.run_years import draw_run_years
from sim.charts.small_multiples import draw_policy_panels
from sim.charts.survival import draw_survival
from sim.charts.sweep_effects import draw_effects, draw_terms
from sim.charts.sweep_fan import draw_sweep_fan
from sim.charts.sweep_lines import draw_line, draw_multiples
from sim.charts.theme import find_style
from sim.charts.tornado import draw_tornado
from sim.charts.whale import draw_whale
from sim.parameters import BadInput
from sim.parameters.checking import nearest

CHART_FORMS: tuple[Form, ...] = (
    Form("multiples", (RUN,), draw_run_years, "attrition, word of mouth and profit by year, a line a firm"),
    Form("fan", (COMPARISON,), draw_fan, "attrition, word of mouth and profit by year, with the paired gap"),
    Form("bridge", (COMPARISON,), draw_bridge, "from one net present value to another, step by step"),
    Form("mechanisms", (COMPARISON,), draw_mechanisms, "what each mechanism or group of decisions adds to the gap"),
    Form("whale", (RUN, COMPARISON), draw_whale, "contribution cumulated over customers, best first"),
    Form("gaps", (COMPARISON,), draw_gaps, "paired differences of every measure"),
    Form("j-curve", (COMPARISON,), draw_j_curve, "cumulated gap in profit, its trough and where it breaks even"),
    Form("multiples", (COMPARISON,), draw_policy_panels, "attrition, word of mouth and profit, a panel a policy"),
    Form("handoffs", (RUN, COMPARISON), draw_handoffs, "where 100 requests go from service, and hand-offs per request"),
    Form("survival", (COMPARISON,), draw_survival, "share of customers that stays, by cohort and policy"),
    Form("allocation", (COMPARISON,), draw_allocation, "what serving customers costs, by what they bring"),
    Form("illusion", (RUN, COMPARISON), draw_illusion, "what the leadership believes against what customers feel"),
    Form("effects", (SWEEP,), draw_effects, "declared contrasts with their smallest effect of interest"),
    Form(
        "phase",
        (SWEEP,),
        draw_phase,
        "a contrast over two factors: cells, undecided ones hatched, and the line of zero",
    ),
    Form("line", (SWEEP,), draw_line, "an outcome over a factor, a line for each level of another"),
    Form("multiples", (SWEEP,), draw_multiples, "all outcomes over a factor, a panel each"),
    Form("fan", (SWEEP,), draw_sweep_fan, "a measure by month: median and bands of runs"),
    Form("terms", (SWEEP,), draw_terms, "main effects and interactions of a factorial"),
    Form("sobol", (SWEEP,), draw_sobol, "total and first-order shares of variance"),
    Form("morris", (SWEEP,), draw_morris, "screening: size of elementary effects against noise"),
    Form("tornado", (STUDY,), draw_tornado, "a difference with one assumed number at a time moved"),
    Form("drivers", (STUDY,), draw_drivers, "rank correlation of a difference with the numbers drawn"),
    Form("cohort", (EVIDENCE,), draw_evidence_cohort, "the cohort of the log against the model"),
    Form(
        "shaken",
        (EVIDENCE,),
        draw_evidence_shaken,
        "differences with one assumption at a time at either end of its range",
    ),
    *CLAIM_FORMS,
)


_NAMED = {CLAIMS: "ledger of claims", EVIDENCE: "folder of evidence"}  # kinds whose name is no singular
OF_SEVERAL_RUNS = {
    "fan": ", since its bands are over replications",
    "bridge": ", since it splits the difference of two policies in paired worlds",
    "mechanisms": ", since it splits the difference of two policies in paired worlds",
    "gaps": ", since it shows differences of paired worlds",
    "j-curve": ", since it cumulates the difference of paired worlds",
    "survival": ", whose folder keeps customers at the end and not those who left",
    "allocation": ", whose folder keeps no cost of service by customer",
}


def forms_of(kind: str) -> dict[str, Form]:
    """The forms that a kind of folder can draw, by name."""
    return {form.name: form for form in CHART_FORMS if kind in form.kinds}


CHARTS: Mapping[str, Form] = forms_of(COMPARISON)


def find_form(kind: str, name: str) -> Form:
    """The form of that name.

    Raises:
        BadInput: The kind of folder has no such form; says which it has.
    """
    forms = forms_of(kind)
    if name in forms:
        return forms[name]
    here, known = _NAMED.get(kind, kind), f"Charts of a {_NAMED.get(kind, kind)}: {', '.join(forms)}"
    kinds = [other for form in CHART_FORMS if form.name == name for other in form.kinds]
    if not kinds:
        raise BadInput(f"chart {name!r} is not known.{nearest(name, forms)} {known}")
    ways = " or ".join(f"a {_NAMED.get(other, other)} ({WRITTEN_BY[other]})" for other in dict.fromkeys(kinds))
    why = OF_SEVERAL_RUNS.get(name, "") if kind == RUN else ""
    raise BadInput(f"chart {name!r} cannot be drawn of a {here}{why}; it needs {ways}. {known}")


def draw_form(kind: str, name: str, tables: Any, style: str = "deck") -> list[Chart]:
    """Draw all charts of a form.

    Args:
        kind: Kind of folder, of `sim.charts.form.FOLDER_KINDS`.
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
