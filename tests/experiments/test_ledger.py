"""The ledger as a user runs it: tables, resumption, null pairs, and folders that are not its own."""

import pandas as pd
import pytest

from sim.cli import main
from sim.experiments.claims.designs import LedgerSize
from sim.experiments.claims.ledger import Where, run_ledger
from sim.experiments.claims.tables import LedgerResult
from sim.parameters import BadInput
from tests.support.claims import entry

pytestmark = pytest.mark.long

TINY = LedgerSize(sampled=2, trials=2, training=1)
PLACEBO = {"market.service.handoff_need": 0.3}  # a number of a mechanism that is off in this pair


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ledger")


@pytest.fixture(scope="module")
def result(folder):
    placebo = entry(
        id="placebo", arms={"one": PLACEBO, "other": {}}, settings={"mechanisms.handoffs": False}, tuned=[],
        untuned="Nothing differs.", grid=None, control={"settings": {"firms.0.decisions.walls": 0.5}},
    )  # fmt: skip
    made = run_ledger([entry(), placebo], Where(folder, 1), TINY)
    made.write(folder)
    return made


def test_every_claim_has_a_verdict(result):
    assert list(result.verdicts["id"]) == ["walls", "placebo"] and result.about["failed"] == {}


def test_the_control_is_exactly_zero(result):
    assert list(result.verdicts["control"]) == ["exactly zero", "exactly zero"]


def test_a_pair_that_differs_in_a_number_of_a_mechanism_that_is_off_is_exactly_zero(result):
    own = result.tables["effects"].query("claim == 'placebo'")
    assert (own[["mean", "low", "high"]] == 0.0).all(axis=None)


def test_such_a_pair_is_equivalent(result):
    assert result.verdicts.set_index("id").loc["placebo", "verdict"] == "equivalent"


def test_both_arms_tune_by_the_same_budget(result):
    assert list(result.tables["tuned"]["arm"]) == ["walls", "open"]


def test_the_curve_starts_at_its_first_value(result):
    assert list(result.tables["grids"]["mean"])[0] == 0.0


def test_the_factors_of_sampled_worlds_stand_in_the_table_of_reach(result):
    assert "needs_spread" in result.tables["reach"] and "handoff_need" in result.tables["reach"]


def test_what_was_written_is_read_again(result, folder):
    again = LedgerResult.read(folder)
    pd.testing.assert_frame_equal(again.tables["effects"], result.tables["effects"], check_dtype=False, rtol=1e-5)


def test_every_column_has_a_meaning(result, folder):
    assert pd.read_csv(folder / "dictionary.csv")["meaning"].notna().all()


def test_the_same_call_runs_nothing_again(result, folder):
    parts = sorted(folder.rglob("part-*.parquet"))
    before = [path.stat().st_mtime_ns for path in parts]
    again = run_ledger([entry()], Where(folder, 1), TINY)
    assert before == [path.stat().st_mtime_ns for path in sorted(folder.rglob("part-*.parquet"))]
    assert again.verdicts["effect"][0] == result.verdicts["effect"][0]


def test_a_truncated_folder_is_refused_by_name(result, folder, tmp_path):
    (tmp_path / "claims.json").write_text('{"tables": ["verdicts"]}')
    with pytest.raises(BadInput, match=str(tmp_path)):
        LedgerResult.read(tmp_path)


def test_a_foreign_folder_is_refused_before_anything_is_run(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["claims", "silo-experience", "--quick", "--out", str(tmp_path)]) == 2
    assert "thesis.txt" in capsys.readouterr().err


def test_the_ledger_can_be_listed_without_a_run(capsys):
    assert main(["claims", "silo-experience", "--list"]) == 0
    assert "The more walls" in capsys.readouterr().out


def test_an_unknown_claim_is_bad_input(capsys):
    assert main(["claims", "silos"]) == 2 and "silo" in capsys.readouterr().err


@pytest.mark.slow
def test_no_shipped_claim_is_true_by_construction(tmp_path):
    """In the world that each ships for it, a claim does not come out as stated, and its control is exactly zero."""
    from sim.experiments.claims.shipped import entry_names, load_entry

    entries = [load_entry(name) for name in entry_names()]
    made = run_ledger([item for item in entries if not item.is_question], Where(tmp_path),
                      LedgerSize(worlds=1, pairs=8, sampled=2, trials=0, grid=False))  # fmt: skip
    can_fail = made.verdicts[made.verdicts["definitional"] == ""]
    assert made.about["failed"] == {} and not (can_fail["other_way"] == "supported").any()
    assert (can_fail["control"] == "exactly zero").all()
