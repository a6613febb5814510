"""Charts of the results that are kept: no text on another, and no title beyond what the intervals carry."""

from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.charts import NothingToDraw, draw_form, find_style, forms_of, read_results
from sim.charts.form import CLAIMS
from sim.charts.sobol_indices import draw_sobol
from sim.parameters import BadInput
from tests.charts.test_chart_layout import faults

ROOT = Path(__file__).parents[2]
FEWEST_DRAWN = {"claims": 4, "evidence": 2, "evidence/tuned": 4}  # by folder; a form with nothing to show is left out
OF_QUESTIONS = ("adoption", "break-even", "silos", "sobol", "wall-heights")


def drawn(folder, style):
    """Charts of a kept folder that have something to show; of claims those that are kept as pictures."""
    results, charts = read_results(ROOT / "results" / folder), []
    for name in OF_QUESTIONS if results.kind == CLAIMS else forms_of(results.kind):
        with suppress(NothingToDraw, BadInput):  # nothing to show, or a table that was not asked for
            charts += draw_form(results.kind, name, results.tables, style)
    return charts


@pytest.mark.parametrize("style", ["deck", "journal"])
@pytest.mark.parametrize("folder", FEWEST_DRAWN)
def test_no_text_of_a_kept_chart_lies_on_another(folder, style):
    found = {chart.name: faults(chart) for chart in drawn(folder, style)}
    assert len(found) >= FEWEST_DRAWN[folder]
    assert {name: fault for name, fault in found.items() if fault != ([], [])} == {}


def with_indices(first, second):
    """Kept tables, in which two assumptions have these intervals."""
    tables = read_results(ROOT / "results" / "claims").tables
    sobol = tables.table("sobol").head(2)
    ends = {place: [pair[place] for pair in (first, second)] for place in (0, 1)}
    total = [sum(pair) / 2.0 for pair in (first, second)]
    changed = sobol.assign(total=total, low=ends[0], high=ends[1])
    return SimpleNamespace(
        about=tables.about, has=tables.has, table=lambda name: changed if name == "sobol" else tables.table(name)
    )


@pytest.mark.parametrize(("second", "most"), [((0.1, 0.2), True), ((-0.1, 0.5), False), ((0.1, 0.5), False)])
def test_an_assumption_moves_the_answer_most_only_beyond_the_intervals_of_all_others(second, most):
    title = draw_sobol(with_indices((0.3, 0.9), second), find_style("deck")).title
    assert ("moves the answer most" in title) is most
