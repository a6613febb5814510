"""Charts of one run: what a run folder supports is drawn from its tables, and what it does not is refused by name."""

import re
import shutil

import numpy as np
import pandas as pd
import pytest

from sim.charts import draw_form, forms_of, read_results
from sim.charts.form import NothingToDraw
from sim.charts.registry import OF_SEVERAL_RUNS
from sim.cli import main
from sim.parameters import BadInput

COMPARES = re.compile(r"\b(higher|lower|more|less|better|worse|fewer)\b")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two years of a small market."""
    place = tmp_path_factory.mktemp("charts") / "run"
    assert main(["run", "telecom", "--years", "2", "--customers", "200", "--out", str(place)]) == 0
    return place


@pytest.fixture(scope="module")
def tables(folder):
    return read_results(folder).tables


def drawn(tables, name, style="deck"):
    """The charts of a form, none where it has nothing to show."""
    try:
        return draw_form("run", name, tables, style)
    except NothingToDraw:
        return []


@pytest.mark.parametrize("name", sorted(forms_of("run")))
@pytest.mark.parametrize("style", ["deck", "journal"])
def test_no_title_of_one_run_compares(tables, name, style):
    assert not any(COMPARES.search(chart.title) for chart in drawn(tables, name, style))


@pytest.mark.parametrize("name", sorted(forms_of("run")))
def test_the_note_says_that_it_is_one_run(tables, name):
    assert all("one\u00a0run" in chart.words.provenance for chart in drawn(tables, name))


def test_every_firm_has_a_line_by_its_name_and_policy(tables):
    (chart,) = draw_form("run", "multiples", tables)
    firms = tables.months[["firm", "policy"]].drop_duplicates()
    assert len(firms) == 3 and all(firm.capitalize() in chart.alt for firm in firms["firm"])


def test_the_title_has_the_attrition_of_the_last_year(tables):
    (chart,) = draw_form("run", "multiples", tables)
    last = tables.months[tables.months["month"] == 24].set_index("firm")["attrition_annual"]
    assert all(f"{100 * share:.1f}" in chart.title for share in last)


def test_a_whale_curve_ends_at_what_all_customers_of_a_firm_contribute(tables):
    ends = tables.whale[tables.whale["rank_share"] == 1.0].set_index("policy")["cumulated"]
    whole = tables.customers.groupby("supplier")["contribution"].sum()
    assert all(ends[firm] == pytest.approx(whole[firm]) for firm in tables.about["policies"])


def test_a_reader_labels_a_firm(folder):
    tables = read_results(folder, {"north": "Vodafone"}).tables
    (chart,) = draw_form("run", "multiples", tables)
    assert "Vodafone" in chart.title


@pytest.mark.parametrize("name", sorted(OF_SEVERAL_RUNS))
def test_a_form_of_several_runs_is_refused_with_the_way_out(folder, name, capsys):
    assert main(["chart", str(folder), name]) == 2
    told = capsys.readouterr().err
    assert f"{name!r} cannot be drawn of a run" in told and "sim compare SCENARIO --out DIR" in told


def test_no_reason_is_given_for_a_form_that_a_run_has():
    assert not OF_SEVERAL_RUNS.keys() & forms_of("run").keys()


def cut_rows(path):
    table = pd.read_parquet(path)
    table.iloc[:-1].to_parquet(path)


def cut_bytes(path):
    path.write_bytes(path.read_bytes()[:500])


@pytest.mark.parametrize(
    ("harm", "name", "said"),
    [
        (cut_rows, "monthly.parquet", "monthly.parquet has 71 rows"),
        (cut_bytes, "monthly.parquet", "no whole run folder"),
        (cut_bytes, "customers.parquet", "no whole run folder"),
        (cut_bytes, "run.json", "no whole run folder"),
    ],
)
def test_a_run_folder_that_is_not_whole_is_refused(folder, tmp_path, harm, name, said):
    place = tmp_path / "run"
    shutil.copytree(folder, place)
    harm(place / name)
    with pytest.raises(BadInput, match=said):
        read_results(place)


def test_a_run_in_which_leaders_see_everything_has_no_illusion(tables):
    seeing = tables.months.assign(satisfaction_perceived=tables.months["share_satisfied"])
    clear = type(tables)(tables.about, seeing, tables.customers, tables.discount_rate)
    with pytest.raises(NothingToDraw, match="no illusion"):
        draw_form("run", "illusion", clear)


def test_flows_of_a_run_are_those_of_its_months(tables):
    (chart,) = draw_form("run", "handoffs", tables)
    last = tables.months[tables.months["month"] > 12].groupby("firm")[["incidents", "repeat_contacts"]].sum()
    repeats = 100.0 * last["repeat_contacts"] / last["incidents"]
    assert all(f"repeat contact {np.round(share, 1):.1f}" in chart.alt for share in repeats)
