"""The claim that docs/how-to/own-claim.md shows is read, can fail, and has a control of exactly zero."""

import re
from pathlib import Path

import pytest

from sim import Scenario
from sim.experiments.claims.shipped import check, load_entry
from tests.support.command_line import sim
from tests.support.worlds import run_market

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "own-claim.md").read_text(encoding="utf-8")
NAME, TEXT = re.search(r"^`([^`\n]+)`, a new file:\n\n```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL).groups()
SMALL = {"market.customers": 150, "market.size": 1500, "market.warm_up": 2, "months": 12}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("claim") / NAME
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def claim(file):
    return load_entry(str(file)).contents


def profits(claim, settings):
    """What the first firm earns on each side, in a small world."""
    base = Scenario.load(claim["other_way"]["world"]).with_settings({**SMALL, **settings})
    months = [run_market(base.with_settings(arm)).monthly() for arm in claim["arms"].values()]
    return [table[table["firm"] == table["firm"].iloc[0]]["profit"].sum() for table in months]


def test_the_file_is_a_claim(file):
    check(load_entry(str(file)))


def test_the_command_lists_it_as_not_registered(file):
    assert "not registered" in sim("claims", str(file), "--list").stdout


def test_in_the_other_world_a_desk_with_spare_hours_earns_less(claim):
    relaxed, tight = profits(claim, claim["other_way"]["settings"])
    assert relaxed < tight


def test_under_its_control_both_sides_earn_exactly_the_same(claim):
    relaxed, tight = profits(claim, claim["control"]["settings"])
    assert relaxed == tight
