"""The table of the validation: every row is declared in full, and the quick rows pass where theory knows the answer."""

import json

import pytest

from sim.cli import main
from sim.parameters import BadInput
from sim.parameters.shipped import scenario_names
from sim.reports.validation_pages import worlds_page
from sim.validation.evaluation import evaluate
from sim.validation.row import EXACT
from sim.validation.row_table import tally
from sim.validation.split import split
from sim.validation.table import ROWS, rows_asked
from sim.validation.unreached import UNREACHED_TARGETS

EXACT_ROWS = [row for row in ROWS if row.judge.kind == EXACT and row.is_quick]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_says_what_it_is(row):
    assert row.target and row.source and row.control.what and row.control.changes
    assert row.world in ("limit", *scenario_names())


def test_no_row_is_named_twice():
    names = [row.id for row in (*ROWS, *UNREACHED_TARGETS)]
    assert len(names) == len(set(names))


def test_every_published_row_is_either_fitted_or_held_out():
    assert set(split().uses) == {row.id for row in ROWS if row.judge.kind != EXACT}


def test_the_split_is_dated():
    assert len(split().dated) == len("2026-11-29")


@pytest.mark.long
@pytest.mark.parametrize("row", EXACT_ROWS, ids=lambda row: row.id)
def test_the_model_meets_the_closed_form_and_leaves_it_in_the_control(row):
    outcome = evaluate([row], {}, quick=True)[0]
    assert outcome.judgement.passed, outcome.judgement.distance
    assert outcome.control_gone


def test_a_row_that_is_not_there_is_refused_with_the_nearest_name():
    with pytest.raises(BadInput, match="Did you mean F13"):
        rows_asked(["F113"], quick=True)


def test_a_target_that_is_not_reachable_is_refused_with_the_reason():
    with pytest.raises(BadInput, match="nobody speaks for one generation"):
        rows_asked(["F15"], quick=True)


def test_a_row_asked_for_twice_is_run_once():
    assert [row.id for row in rows_asked(["F1", "F2", "F1"], quick=True)] == ["F1", "F2"]


def test_the_control_of_a_row_that_is_missed_counts_for_nothing():
    rows = [
        {"class": "SIGN", "verdict": verdict, "control_gone": gone}
        for verdict, gone in (("pass", True), ("pass", False), ("missed", True))
    ]
    assert tally(rows) == ["SIGN: 2 of 3 rows pass; the pattern is gone in the control of 1 of these 2."]


@pytest.mark.long
def test_the_report_has_the_table_a_picture_and_a_page_of_worlds(tmp_path, capsys):
    assert main(["validate", "--quick", "--row", "F1", "--json", "--out", str(tmp_path / "v")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["row"] for row in told["rows"]] == ["F1"]
    assert (tmp_path / "v" / "charts" / "F1.svg").is_file()
    assert "(1 − θ)ᵗ" in (tmp_path / "v" / "report.html").read_text(encoding="utf-8")
    assert (tmp_path / "v" / "worlds.md").read_text(encoding="utf-8").startswith("# Validation of the worlds")


def test_the_page_of_a_world_has_its_rows_its_targets_and_their_count():
    target = {
        "target": "profit", "meaning": "share of revenue", "use": "CAL", "source": "its industry",
        "low": 0.1, "high": 0.2, "first": 0.15, "last": 0.3, "verdict": "missed",
    }  # fmt: skip
    page = worlds_page({"rows": [], "worlds": {"telecom": [target]}})
    assert "| [telecom](#telecom) | none | 0 of 1 pass | none |" in page
    assert "| profit: share of revenue | CAL | its industry | 0.1 to 0.2 | 0.15 | 0.3 | missed |" in page
