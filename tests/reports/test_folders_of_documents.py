"""Folders that are foreign, cut off or changed are refused by name, with status 2."""

import json

import pandas as pd
import pytest

from sim.cli import main
from tests.support import made_up_claims, made_up_results


@pytest.fixture
def comparison(tmp_path):
    made_up_results.comparison().write(tmp_path / "cmp")
    return tmp_path / "cmp"


def refused(folder, capsys):
    assert main(["report", str(folder)]) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("name", ["runs.csv", "gaps.csv", "bridge.csv", "whale.csv", "decisions.csv"])
def test_a_changed_table_is_named(comparison, capsys, name):
    path = comparison / name
    path.write_text(path.read_text(encoding="utf-8").replace("1", "2", 1), encoding="utf-8")
    assert f"{name} was changed or cut after it was written" in refused(comparison, capsys)


def test_a_table_that_is_cut_off_is_named(comparison, capsys):
    path = comparison / "runs.csv"
    path.write_text(path.read_text(encoding="utf-8")[:200], encoding="utf-8")
    assert "runs.csv" in refused(comparison, capsys)


def test_a_missing_table_is_named(comparison, capsys):
    (comparison / "whale.csv").unlink()
    assert "whale.csv is missing" in refused(comparison, capsys)


def of_an_earlier_version(folder):
    """Without hashes, as folders of earlier versions are."""
    mark = folder / "comparison.json"
    about = json.loads(mark.read_text(encoding="utf-8"))
    del about["files"]
    mark.write_text(json.dumps(about), encoding="utf-8")


def test_without_hashes_a_difference_has_to_follow_from_its_runs(comparison, capsys):
    of_an_earlier_version(comparison)
    gaps = pd.read_csv(comparison / "gaps.csv")
    gaps.loc[0, "mean"] += 5.0
    gaps.to_csv(comparison / "gaps.csv", index=False)
    said = refused(comparison, capsys)
    assert "gaps.csv" in said and "but runs.csv gives" in said


def test_without_hashes_a_missing_column_is_named(comparison, capsys):
    of_an_earlier_version(comparison)
    pd.read_csv(comparison / "gaps.csv").drop(columns="verdict").to_csv(comparison / "gaps.csv", index=False)
    assert "the column verdict is missing" in refused(comparison, capsys)


def test_evidence_is_checked_with_both_of_its_comparisons(tmp_path, capsys):
    made_up_results.evidence().write(tmp_path / "ev")
    path = tmp_path / "ev" / "untuned" / "gaps.csv"
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    assert "gaps.csv" in refused(tmp_path / "ev", capsys)
    (tmp_path / "ev" / "sensitivity.csv").write_text("x\n", encoding="utf-8")
    assert "sensitivity.csv" in refused(tmp_path / "ev", capsys)


def test_a_foreign_folder_says_what_is_needed(tmp_path, capsys):
    said = refused(tmp_path, capsys)
    assert "this folder holds no results" in said and "a comparison" in said and "a ledger of claims" in said


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"verdict": "proven"}, "'proven' is no verdict"), ({"effect": 9.0}, "the effect of silo-experience"),
     ({"id": "another"}, "its claims are not those")],
)  # fmt: skip
def test_verdicts_have_to_fit_the_ledger(tmp_path, capsys, changes, message):
    assert message in refused(made_up_claims.write(tmp_path / "claims", changes), capsys)


def test_a_ledger_that_is_cut_off_names_the_file(tmp_path, capsys):
    folder = made_up_claims.write(tmp_path / "claims")
    (folder / "effects.csv").unlink()
    assert "effects.csv is missing" in refused(folder, capsys)


def test_a_mark_that_is_no_document_is_refused(tmp_path, capsys):
    folder = made_up_claims.write(tmp_path / "claims")
    (folder / "claims.json").write_text("[]")
    assert "claims.json: this is not what sim claims writes" in refused(folder, capsys)


def test_answers_without_claims_are_told_to_be_drawn(tmp_path, capsys):
    ledger = tmp_path / "questions"
    ledger.mkdir()
    (ledger / "claims.json").write_text(json.dumps({"kind": "claims", "claims": [], "questions": ["when-it-pays"]}))
    said = refused(ledger, capsys)
    assert "judges no claim" in said and "sim chart" in said
