"""From a client's log to a deck and a workbook, by the commands of docs/tutorial-consultant.md, one after the other."""

import json

import pandas as pd
import pytest

from sim import Scenario
from tests.support.client_files import churn
from tests.support.command_line import sim

pytestmark = pytest.mark.long

TINY = {"market.customers": 100, "market.size": 1000, "market.warm_up": 1, "months": 12}
OPENINGS = {"html": b"<!doctype html", "pptx": b"pk", "xlsx": b"pk"}  # first bytes, in small letters


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A log, a world calibrated from it, and a comparison in that world."""
    place = tmp_path_factory.mktemp("client")
    churn(seed=3, customers=3000).to_csv(place / "contracts.csv", index=False)
    steps = (
        ("calibrate", "churn", "contracts.csv", "--scenario", "telecom", "--out", "client.yaml"),
        ("compare", "client.yaml", "--policies", "osfa,customer_centric", "--replications", "3", "--bridge", "reap",
         "--out", "compared", *(word for key, value in TINY.items() for word in ("--set", f"{key}={value}"))),
    )  # fmt: skip
    for step in steps:
        done = sim(*step, cwd=place)
        assert done.returncode == 0, done.stderr
    return place


def test_the_world_has_the_numbers_of_the_log_and_says_so(folder):
    world, usual = Scenario.load(folder / "client.yaml"), Scenario.load("telecom")
    assert world.market["choice.propensity_a"] != usual.market["choice.propensity_a"]
    assert "contracts.csv" in world.sources["market.choice.propensity_a"]


def test_the_comparison_rests_on_that_world(folder):
    about = json.loads((folder / "compared" / "comparison.json").read_text(encoding="utf-8"))
    assert about["sha256"] == Scenario.load(folder / "client.yaml").with_settings(TINY).sha256


def test_the_interval_of_the_answer_holds_its_mean(folder):
    gaps = pd.read_csv(folder / "compared" / "gaps.csv").query("measure == 'npv' and year == 0")
    assert len(gaps) == 1 and (gaps["low"] <= gaps["mean"]).all() and (gaps["mean"] <= gaps["high"]).all()


@pytest.mark.parametrize("kind", OPENINGS)
def test_the_documents_are_made(folder, kind):
    done = sim("report", "compared", "--format", kind, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "compared" / f"report.{kind}").read_bytes()[:14].lower().startswith(OPENINGS[kind])


def test_the_workbook_has_the_answer_to_the_digit(folder):
    sim("report", "compared", "--format", "xlsx", cwd=folder)
    gaps = pd.read_csv(folder / "compared" / "gaps.csv").query("measure == 'npv' and year == 0")
    sheets = pd.read_excel(folder / "compared" / "report.xlsx", sheet_name=None, header=None)
    numbers = {float(cell) for sheet in sheets.values() for cell in sheet.to_numpy().ravel() if isinstance(cell, float)}
    assert any(abs(number - gaps["mean"].iloc[0]) < 1e-6 for number in numbers)
