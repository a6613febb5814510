"""Charts of a folder of claims: what they draw, say, count and refuse; null and reversed worlds."""

import itertools
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from sim.charts import NothingToDraw, draw_form, find_style, forms_of, read_results, save
from sim.charts.claim_effects import draw_effects
from sim.charts.claim_tables import claim_name, horizon, unit_scale
from sim.charts.form import CLAIMS
from sim.charts.grid_curve import special_of
from sim.charts.names import MEANINGS, Names
from sim.charts.phase_diagram import edges
from sim.charts.silos_bridge import silo_bridge
from sim.charts.words import LONGEST_TITLE
from sim.parameters import BadInput
from tests.charts.test_chart_layout import faults, shown_texts
from tests.support.made_up_ledger import silos, wilson, write_claims

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
FORMS = list(forms_of(CLAIMS))
CLAIM_WORLDS = {"as claimed": 1.0, "null": 0.0, "reversed": -1.0}
NEUTRAL = {
    "verdicts": "without a difference that matters",
    "effects": "no clear difference",
    "reach": "no difference that matters",
    "grid": "no best value",
    "phase": "No policy is clearly worth most",
    "break-even": "No run",
    "sobol": "No assumption clearly moves",
    "silos": "No clear price",
    "wall-heights": "No height of walls is clearly worth most",
    "adoption": "No clear difference",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    place = tmp_path_factory.mktemp("claims")
    return {name: read_results(write_claims(place / name, effect)).tables for name, effect in CLAIM_WORLDS.items()}


@pytest.fixture(scope="module")
def charts(folders):
    """First chart of every form in every world and style."""
    cases = itertools.product(CLAIM_WORLDS, FORMS, ("deck", "journal"))
    return {case: draw_form(CLAIMS, case[1], folders[case[0]], case[2])[0] for case in cases}


@pytest.mark.parametrize("style", ["deck", "journal"])
@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("world", CLAIM_WORLDS)
def test_no_text_is_clipped_or_over_another(charts, world, name, style):
    chart = charts[world, name, style]
    assert faults(chart) == ([], [])
    assert min(text.get_fontsize() for text in shown_texts(chart.figure)) >= (10 if style == "deck" else 5)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("world", CLAIM_WORLDS)
def test_a_title_fits_and_has_the_horizon(charts, world, name):
    title = charts[world, name, "deck"].title
    assert len(title) <= LONGEST_TITLE and "…" not in title
    assert "months" in title


@pytest.mark.parametrize("name", FORMS)
def test_a_null_world_gives_a_neutral_title(charts, name):
    assert NEUTRAL[name].lower() in charts["null", name, "deck"].title.lower()


@pytest.mark.parametrize("name", FORMS)
def test_a_reversed_world_does_not_keep_the_title(charts, name):
    up, down = (charts[world, name, "deck"].title for world in ("as claimed", "reversed"))
    assert (up != down) or name == "sobol"  # shares of a variance have no sign


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("verdicts", ("supported", "refuted")),
        ("effects", ("higher", "lower")),
        ("silos", ("cost", "save")),
        ("adoption", ("higher", "lower")),
    ],
)
def test_a_reversed_world_reverses_the_title(charts, name, words):
    up, down = (charts[world, name, "deck"].title for world in ("as claimed", "reversed"))
    assert words[0] in up and words[1] in down


@pytest.mark.parametrize("name", FORMS)
def test_the_alternative_text_has_numbers(charts, name):
    assert sum(letter.isdigit() for letter in charts["as claimed", name, "deck"].words.shape) >= 4


def test_the_reach_counts_the_worlds_and_has_the_interval_of_wilson(folders):
    chart = draw_form(CLAIMS, "reach", folders["as claimed"])[0]
    table = folders["as claimed"].table("reach")
    own = table[table["claim"] == "silo-experience"]
    count = int((own["sign"] == "claimed").sum())
    low, high = wilson(count, len(own))
    assert f"{count} as claimed" in chart.words.shape
    assert f"[{100 * low:.0f}, {100 * high:.0f}]" in chart.words.shape


def test_claims_that_fill_more_than_a_page_get_more_pages(tmp_path):
    claims = tuple(f"claim-{k}" for k in range(38))
    pages = draw_form(CLAIMS, "verdicts", read_results(write_claims(tmp_path, 1.0, claims)).tables)
    assert [page.name for page in pages] == [f"verdicts-{k}" for k in range(1, len(pages) + 1)] and len(pages) > 2
    texts = [text.get_text() for page in pages for text in shown_texts(page.figure)]
    assert sum(text in ("supported", "depends") for text in texts) == 38
    assert all("suspected" in page.subtitle for page in pages)


def test_the_kept_ledger_takes_five_slides_at_most_each_with_the_alternative_text_of_its_rows():
    tables = read_results(ROOT / "results" / "claims").tables
    pages = draw_form(CLAIMS, "verdicts", tables)
    assert len(pages) <= 5
    ids = [claim_name(claim) for claim in tables.table("verdicts")["id"]]
    assert [sum(f"{name} " in page.words.shape for page in pages) for name in ids] == [1] * len(ids)


@pytest.mark.parametrize("style", ["deck", "journal"])
def test_effects_that_fill_more_than_a_page_get_more_pages(folders, style):
    tables = folders["as claimed"]
    effects = tables.table("effects")
    first = effects[effects["claim"] == effects["claim"].iloc[0]]
    many = pd.concat([first.assign(measure=f"measure_{number}") for number in range(20)])
    own = SimpleNamespace(
        about=tables.about, has=tables.has, table=lambda name: many if name == "effects" else tables.table(name)
    )
    charts = draw_effects(own, find_style(style))
    assert len(charts) > 1 and len({chart.name for chart in charts}) == len(charts)
    assert [faults(chart) for chart in charts] == [([], [])] * len(charts)
    assert sum(chart.words.shape.count("Measure") for chart in charts) == len(many)


def test_numbers_along_an_axis_have_the_same_decimals(charts):
    for case in (("as claimed", "phase", "deck"), ("as claimed", "phase", "journal")):
        axes = next(one for one in charts[case].figure.axes if one.get_xticklabels())
        for labels in (axes.get_xticklabels(), axes.get_yticklabels()):
            texts = [label.get_text() for label in labels]
            assert len({len(text.partition(".")[2]) for text in texts}) == 1 and len(set(texts)) == len(texts)


def test_months_of_a_question_stand_in_its_title(folders):
    for name in ("sobol", "silos", "adoption"):
        assert "120 months" in draw_form(CLAIMS, name, folders["as claimed"])[0].title


def test_a_factor_is_named_in_words_of_its_parameter():
    assert Names().factor("distance_cost") == MEANINGS["market"]["customisation.distance_cost"].partition(";")[0]
    assert Names().factor("unit_cost") == "Unit cost"  # two parameters have this name, so neither is meant
    assert Names({"unit_cost": "Cost of a unit"}).factor("unit_cost") == "Cost of a unit"


def test_an_exploratory_claim_is_stamped(folders):
    notes = {chart.name: chart.words.provenance for chart in draw_form(CLAIMS, "reach", folders["as claimed"])}
    assert "EXPLORATORY" in notes["reach-reputation-spiral"]
    assert "EXPLORATORY" not in notes["reach-silo-experience"]


def test_runs_that_never_break_even_are_counted_in_the_title(folders):
    table = folders["as claimed"].table("break_even")
    never = int(table["never"].sum())
    title = draw_form(CLAIMS, "break-even", folders["as claimed"])[0].title
    assert title.startswith(f"{never} of {len(table)} runs never break even")


def test_cells_that_are_not_decided_are_hatched(charts, folders):
    cells = folders["as claimed"].table("phase")
    own = cells[cells["diagram"] == "needs-word"]
    axes = charts["as claimed", "phase", "deck"].figure.axes[0]
    assert sum(bool(patch.get_hatch()) for patch in axes.patches) == int((~own["resolved"]).sum())


def test_steps_that_do_not_add_up_are_refused():
    table = silos(1.0)
    assert silo_bridge(table).total.mean == pytest.approx(sum(step.mean for step in silo_bridge(table).steps.values()))
    table.loc[0, "mean"] += 1.0
    with pytest.raises(BadInput, match="the steps add up to"):
        silo_bridge(table)


@pytest.mark.parametrize(
    ("means", "kind"),
    [([-3.0, 1.0, 3.0], "crossing"), ([0.0, 3.0, 0.5], "best"), ([1.0, 2.0, 9.0], None), ([0.1, 0.2, 0.1], None)],
)
def test_a_curve_singles_out_a_crossing_or_an_inner_best_value(means, kind):
    import numpy as np

    middle = np.array(means)
    found = special_of(np.array([0.0, 1.0, 2.0]), np.array([middle - 0.5, middle, middle + 0.5]))
    assert (found.kind if found else None) == kind


def test_edges_of_cells_lie_halfway():
    assert edges([0.0, 2.0]).tolist() == [-1.0, 1.0, 3.0]


def test_units_are_those_of_the_reader():
    assert unit_scale("share/year", [0.1]).gap_unit == "points a year"
    assert unit_scale("count", [3.0]).unit == "count"
    assert horizon({}) == "its registered horizon"


def test_a_table_without_a_column_is_refused_by_name(tmp_path):
    folder = write_claims(tmp_path)
    path = folder / "verdicts.csv"
    pd.read_csv(path).drop(columns="reach").to_csv(path, index=False)
    with pytest.raises(BadInput, match="verdicts.csv of this folder has no reach"):
        draw_form(CLAIMS, "verdicts", read_results(folder).tables)


def test_the_same_folder_gives_the_same_bytes(folders, tmp_path):
    one, other = (
        save(draw_form(CLAIMS, "verdicts", folders["as claimed"])[0], tmp_path / f"{k}.svg").read_bytes()
        for k in range(2)
    )
    assert one == other


def test_nothing_to_draw_is_no_error_of_the_input():
    assert not issubclass(NothingToDraw, BadInput)
