"""A consultant's path: messy files, a scenario, a comparison, a report."""

import pytest
import yaml

from sim import Scenario, calibrate
from sim.calibration.kinds.registry import KINDS
from sim.calibration.project import OF_REPERTOIRE, ORDER, calibrate_project
from sim.cli import main
from sim.reports.calibration_report import calibration_report, status_table
from tests.calibration.test_reading import german
from tests.support.client_files import churn, ledger, payments, purchases

SMALL = [
    "--replications",
    "2",
    "--set",
    "market.customers=40",
    "--set",
    "market.size=400",
    "--set",
    "months=3",
    "--set",
    "market.warm_up=0",
]


def messy_folder(folder):
    folder.mkdir()
    (folder / "Bestellungen.csv").write_bytes(german(purchases(3, customers=400)).encode("cp1252"))
    churn(2).rename(columns={"tenure": "Laufzeit", "churned": "gekündigt"}).to_csv(
        folder / "Kündigungen.csv", sep=";", index=False
    )
    ledger(2).to_csv(folder / "GuV.csv", sep="\t", index=False, decimal=",")
    return folder


@pytest.mark.long
def test_three_messy_files_become_a_scenario_a_comparison_and_a_report(tmp_path, capsys):
    folder = messy_folder(tmp_path / "client")
    world, compared = folder / "calibrated.yaml", tmp_path / "compared"
    assert main(["calibrate", "--project", str(folder)]) == 0
    words = yaml.safe_load(world.read_text(encoding="utf-8"))["sources"]
    assert (
        "Kündigungen.csv" in words["market.choice.propensity_a"]
        and "95 % interval" in words["market.choice.propensity_a"]
    )
    assert main(["compare", str(world), "--policies", "osfa,customer_centric", *SMALL, "--out", str(compared)]) == 0
    assert main(["report", str(compared)]) == 0
    assert (compared / "report.html").is_file()
    page = (folder / "calibrated.html").read_text(encoding="utf-8")
    assert all(
        word in page for word in ("measured", "calibrated", "sourced", "assumed", "How far is this world yours?")
    )


def test_a_named_base_keeps_its_other_numbers(tmp_path):
    payments(2).to_csv(tmp_path / "x.csv", index=False)
    out = tmp_path / "w.yaml"
    assert main(["calibrate", "payments", str(tmp_path / "x.csv"), "--scenario", "telecom", "--out", str(out)]) == 0
    world, base = Scenario.load(out), Scenario.load("telecom")
    assert (
        world.mechanisms["invoices"] and world.market["temper.payment_spread"] != base.market["temper.payment_spread"]
    )
    assert world.market["economics.spend"] == base.market["economics.spend"]


def test_a_file_that_no_kind_knows_is_named_and_the_others_are_used(tmp_path, capsys):
    folder = tmp_path / "client"
    folder.mkdir()
    ledger(2).to_csv(folder / "guv.csv", index=False)
    (folder / "notes.txt").write_text("hello\nworld\n")
    assert main(["calibrate", "--project", str(folder)]) == 0
    assert "notes.txt" in capsys.readouterr().err


def test_a_number_that_two_files_give_is_that_of_the_last_and_both_are_named(tmp_path, capsys):
    for year in (1, 2):
        ledger(year).to_csv(tmp_path / f"guv{year}.csv", index=False)
    assert main(["calibrate", "--project", str(tmp_path)]) == 0
    assert "market.product.unit_cost is that of guv2.csv, not of guv1.csv" in capsys.readouterr().err
    world = Scenario.load(tmp_path / "calibrated.yaml")
    last = calibrate("ledger", tmp_path / "guv2.csv").settings["market.product.unit_cost"]
    assert world.market["product.unit_cost"] == pytest.approx(last, rel=1e-5)


def test_an_empty_folder_is_bad_input(tmp_path, capsys):
    assert main(["calibrate", "--project", str(tmp_path)]) == 2
    assert "no file could be used" in capsys.readouterr().err


def test_the_page_shows_the_values_of_the_base_that_was_named_and_the_first_rows_that_were_dropped(tmp_path):
    table = ledger(2)
    table.loc[3, "revenue"] = 0.0
    table.to_csv(tmp_path / "guv.csv", index=False)
    project = calibrate_project(tmp_path, "grocery")
    numbers = status_table(project).set_index("parameter")
    kept = "market.economics.purchase_rate"
    assert numbers.loc[kept, "value"] == Scenario.load("grocery").market["economics.purchase_rate"]
    assert numbers.loc["market.product.unit_cost", "status"] == "measured"
    page = calibration_report(project, tmp_path, "x.yaml")
    lines = [line for section in page.sections for line in section.paragraphs]
    assert any("Dropped, first: line 5" in line for line in lines) and any("35 of 36 rows" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["purchases", "x.csv", "--out", "folder.yaml"], "--out folder.yaml: this is a folder; name a file"),
        (["purchases", "x.csv", "--scenario", "telcom"], "scenario 'telcom' is neither in the box"),
        (["--project", "x.csv"], "x.csv: this is a file; a folder is needed"),
        (["--project", ".", "--scenario", "telcom"], "scenario 'telcom' is neither in the box"),
        (["purchases", "x.csv", "--columns", "date=date,date=amount"], "a role is named twice"),
        (["purchases", "x.csv", "--columns", "date=date,customer=date"], "the column is named for two roles"),
        (["purchases", "x.csv", "--columns", "=date"], "write it as role=COLUMN"),
    ],
)
def test_what_cannot_be_written_or_meant_is_refused_before_anything_is_fitted(
    words, said, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "x.csv").write_text("customer,date,amount\na,2024-01-01,3\n")
    assert main(["calibrate", *words]) == 2
    shown = capsys.readouterr()
    assert said in shown.err and shown.out == ""


def test_every_kind_has_its_place_in_a_project():
    names = {kind.name for kind in KINDS}
    assert set(ORDER) == names and set(OF_REPERTOIRE) <= names
