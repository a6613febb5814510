"""The map from claims to mechanisms: every claim is there, and every name in it exists."""

import re
from pathlib import Path

import pytest

from sim.model.measures import MEASURES
from sim.parameters import FIRM, MARKET, MECHANISMS

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
COLUMNS = 6
# fmt: off
LEDGER = (
    "silo-experience", "own-sales-teams", "slash-and-burn", "incentive-conflict", "push-selling", "finite-customers",
    "asset-owner", "illusion", "lost-nerve", "needs-first", "partial-definitions", "integrator", "start-from-goals",
    "customers-performance", "kpi-link", "day-jobs", "inherent-conflict", "wasted-resources", "sales-misalignment",
    "disappointed-customers", "crisis-mode", "no-average-customer", "corporate-blindness", "right-customers",
    "rising-expectations", "customer-intelligence", "efficiency-first", "shotgun-marketing", "churn-promotions",
    "short-termism", "initiative-or-strategy", "prevention", "service-last-stop", "cheap-process", "one-mistake",
    "silent-exit", "shared-skill", "voice-volume", "when-it-pays", "when-all-adopt", "how-long", "what-drives-it",
    "price-of-silos",
)
# fmt: on
OF_A_COMPARISON = {"npv", "npv_with_equity"}
PATH = re.compile(r"`((?:market|firms\.\d+|mechanisms)\.[a-z_.]+)`")


def rows():
    tables = PAGE.read_text(encoding="utf-8").partition("\n## Claims\n")[2]
    lines = [line for line in tables.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row for row in cells if row[0] != "id"}


ROWS = rows()


def names(text):
    return re.findall(r"`([a-z_]+)`", text)


def is_key_path(path):
    section, _, rest = path.partition(".")
    if section == "market":
        return rest in {one.name for one in MARKET}
    if section == "mechanisms":
        return rest in MECHANISMS
    key = rest.partition(".")[2]
    return key == "policy" or key in {one.name for one in FIRM}


def test_every_claim_of_the_ledger_is_on_the_map_once():
    tables = PAGE.read_text(encoding="utf-8").partition("\n## Claims\n")[2]
    lines = [line for line in tables.splitlines() if line.startswith("| ")]
    ids = [line.strip("| ").partition(" ")[0] for line in lines]
    assert sorted(one for one in ids if one != "id") == sorted(LEDGER)


@pytest.mark.parametrize("claim", LEDGER)
def test_the_names_of_a_row_exist(claim):
    row = ROWS[claim]
    assert len(row) == COLUMNS
    assert [name for name in names(row[1]) if name not in MECHANISMS] == []
    assert [path for path in PATH.findall(" ".join(row)) if not is_key_path(path)] == []
    measures = {one.name for one in MEASURES} | OF_A_COMPARISON
    assert [name for name in names(row[3]) if name not in measures] == []


@pytest.mark.parametrize("claim", LEDGER)
def test_a_row_says_how_its_claim_is_tested_or_that_it_cannot_be(claim):
    row = ROWS[claim]
    filled = all(row[1:]) and PATH.search(row[2]) or claim == "what-drives-it"
    assert filled or "not carried" in row[5]
