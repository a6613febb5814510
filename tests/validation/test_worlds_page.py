"""The page of the worlds is what the kept table says, and the kept table knows the rows and targets of the code."""

import json
from pathlib import Path

import pytest

from sim.parameters import Scenario
from sim.parameters.shipped import scenario_names
from sim.reports.validation_pages import worlds_page
from sim.validation.row_table import tally
from sim.validation.split import split
from sim.validation.table import BY_ID
from sim.validation.unreached import UNREACHED_TARGETS
from sim.validation.world_targets import target_names, targets_of

ROOT = Path(__file__).parents[2]
KEPT = json.loads((ROOT / "results" / "validation" / "validation.json").read_text(encoding="utf-8"))


def test_the_page_is_made_from_the_kept_table():
    assert (ROOT / "docs" / "validation-of-worlds.md").read_text(encoding="utf-8") == worlds_page(KEPT)


def test_the_kept_table_has_every_row_and_every_target_that_is_not_reachable():
    assert [line["row"] for line in KEPT["rows"]] == [*BY_ID, *(target.id for target in UNREACHED_TARGETS)]


def test_the_kept_table_is_that_of_the_full_run():
    assert not KEPT["quick"]


@pytest.mark.parametrize("name", BY_ID)
def test_the_kept_table_has_the_tolerance_the_use_and_the_control_of_the_code(name):
    line, row = next(line for line in KEPT["rows"] if line["row"] == name), BY_ID[name]
    kept = (line["tolerance"], line["use"], line["control"], line["target"])
    assert kept == (row.judge.tolerance, split().uses.get(name, ""), row.control.what, row.target)


@pytest.mark.parametrize("world", scenario_names())
def test_the_kept_table_has_the_targets_of_a_world(world):
    scenario = Scenario.load(world)
    targets = targets_of(scenario)
    kept = {line["target"]: (line["low"], line["high"], line["use"]) for line in KEPT["worlds"][world]}
    expected = {name: (targets[name].low, targets[name].high, targets[name].use) for name in target_names(scenario)}
    assert kept == expected


def test_the_kept_verdict_is_the_tally_of_the_kept_rows():
    assert KEPT["verdict"] == tally(KEPT["rows"])


def test_the_page_of_the_validation_says_the_kept_verdict_and_names_every_row_that_is_missed():
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    assert all(sentence in page for sentence in KEPT["verdict"])
    missed = {line["row"] for line in KEPT["rows"] if line["verdict"] == "missed"}
    assert [name for name in missed if f"\n| {name} " not in page] == []
