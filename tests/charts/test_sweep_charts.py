"""Charts of sweeps and studies: what they say of made-up results, how they look, and that plots keep their room."""

import re
from dataclasses import replace

import pytest

from sim.charts import STYLES, NothingToDraw, draw, draw_form, find_style, forms_of
from sim.charts.folder import FolderTables
from sim.charts.indices import morris_chart, sobol_chart
from sim.charts.panel import LEAST_PLOT
from sim.charts.words import LONGEST_TITLE
from tests.charts.test_chart_layout import faults
from tests.support.made_up_comparisons import tables
from tests.support.made_up_sweeps import assumptions_table, monthly_sweep, morris_table, sobol_table, sweep

HORIZON = re.compile(r"\d+-(year|month)|[Mm]onths? \d+|[Yy]ear \d+")
OF_A_GRID = ("effects", "phase", "line", "multiples", "terms")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    assumptions_table().to_csv(folder / "assumptions.csv", index=False)
    about = {"scenario": "telecom", "sha256": "ab", "months": 36, "replications": 3, "seed": 1}
    return FolderTables(folder, about)


@pytest.fixture(scope="module", params=STYLES)
def charts(request, study):
    """All charts of a sweep that finds something, of one style."""
    style, grid = request.param, sweep()
    drawn = [chart for name in OF_A_GRID for chart in draw_form("sweep", name, grid, style)]
    drawn += draw_form("sweep", "fan", monthly_sweep(), style) + draw_form("study", "tornado", study, style)
    drawn.append(sobol_chart(sobol_table(), grid.outcome("npv"), grid.about, find_style(style), "sobol-npv"))
    drawn.append(morris_chart(grid, morris_table(), "npv", find_style(style)))
    return drawn


def test_the_plot_keeps_three_fifths_of_each_panel(charts):
    for chart in charts:
        assert chart.figure.panels, chart.name
        assert all(part.plot.width >= LEAST_PLOT * part.panel.width - 1e-9 for part in chart.figure.panels), chart.name


def test_no_text_of_a_sweep_is_clipped_or_over_another(charts):
    for chart in charts:
        assert faults(chart) == ([], []), chart.name


def test_every_title_names_its_horizon_and_is_short(charts):
    for chart in charts:
        assert HORIZON.search(chart.title), chart.title
        assert len(chart.title) <= LONGEST_TITLE


def test_alternative_texts_hold_numbers_of_the_finding(charts):
    for chart in charts:
        assert re.search(r"\d", chart.words.shape.partition(" ")[2]), chart.name


def test_no_path_of_a_parameter_is_printed(charts):
    for chart in charts:
        assert "needs_spread" not in chart.alt and "market." not in chart.alt


def titles(effect):
    return {
        chart.name: chart.title for name in ("effects", "phase") for chart in draw_form("sweep", name, sweep(effect))
    }


def test_policies_that_are_the_same_give_neutral_titles_everywhere():
    said = titles(0.0) | {chart.name: chart.title for chart in draw_form("sweep", "fan", monthly_sweep(0.0))}
    assert all("no clear difference" in title for title in said.values()), said


def test_a_reversed_sweep_reverses_its_titles():
    up, down = titles(1.0), titles(-1.0)
    assert " higher with customer" in up["effects-npv"] and " lower with customer" in down["effects-npv"]
    assert "ahead in 24 of 24" in up["phase-leaving"] and "behind in 24 of 24" in down["phase-leaving"]


def test_the_share_of_unresolved_cells_is_told():
    chart = draw_form("sweep", "phase", sweep())[0]
    unresolved = int(
        (sweep().phase("needs_spread", "price_weight", "customer_against_product")["sign"] == "open").sum()
    )
    assert f"{100 * unresolved / 24:.0f}\u00a0% of the 24 cells are unresolved" in chart.alt


def test_an_unclear_base_is_told_in_the_title_of_a_tornado(tmp_path, study):
    assumptions_table(base=4e5, half=9e5).to_csv(tmp_path / "assumptions.csv", index=False)
    chart = draw_form("study", "tornado", replace(study, folder=tmp_path))[0]
    assert "base unclear" in chart.title and "no clear difference" in chart.title


def test_a_tornado_counts_the_assumptions_that_turn_the_sign(study):
    assert "1 of 3 assumptions turns it" in draw_form("study", "tornado", study)[0].title


@pytest.mark.parametrize("name", ["phase", "line", "multiples"])
def test_a_form_with_nothing_to_show_says_so_in_a_sentence(name):
    with pytest.raises(NothingToDraw, match=r"\.$"):
        draw_form("sweep", name, monthly_sweep())


def test_labels_of_the_reader_stand_in_titles_and_axes():
    labels = {"customer_centric": "Our way", "market.needs.spread": "Variety of needs", "EUR": "Euro"}
    phase = draw_form("sweep", "phase", sweep(labels=labels))[0]
    assert "Our way" in phase.title
    assert "Variety of needs (sd) across" in phase.words.shape
    assert "Euro" in draw_form("sweep", "effects", sweep(labels=labels))[0].title


def test_long_labels_are_wrapped_and_never_cut():
    long = "The way in which we have always treated each of our customers since the beginning"
    chart = draw_form("sweep", "line", sweep(labels={"customer_centric": long}))[0]
    assert faults(chart) == ([], [])
    shown = " ".join(text.get_text() for text in chart.figure.texts)
    assert all(word in shown for word in long.split()) and "…" not in shown


# --- two charts of one folder ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", [-0.3, 0.0, 0.3])
def test_no_two_charts_of_a_comparison_contradict_each_other(effect):
    """The titles name the horizon, and what they say of value has the sign of the paired difference."""
    made = tables(effect=effect)
    gap = made.gaps.query("measure == 'npv' and policy == 'customer_centric' and against == 'product_centric'")
    rows = gap if len(gap) else made.gaps.query("measure == 'npv' and policy == 'product_centric'")
    low, high = (float(rows[end].iloc[-1]) for end in ("low", "high"))
    said = {name: draw(name, made).title for name in ("fan", "bridge", "mechanisms", "gaps")}
    assert all(HORIZON.search(title) for title in said.values()), said
    about_value = [said[name] for name in ("bridge", "mechanisms", "gaps")]
    claims = {bool(re.search(r"pays .*more|higher \d+-year", title)) for title in about_value}
    neutral = {"no clear difference" in title.lower() for title in about_value}
    assert len(claims) == 1 and len(neutral) == 1
    assert neutral == {low <= 0.0 <= high}


def test_every_kind_of_folder_has_forms_and_every_form_has_a_sentence():
    for kind in ("comparison", "sweep", "study", "evidence"):
        forms = forms_of(kind)
        assert forms and all(form.shows for form in forms.values())
