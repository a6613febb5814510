"""The study of assumptions: what it keeps, how it resumes, and what its table and its page say."""

import math
from pathlib import Path

import pandas as pd
import pytest

from sim.cli import main
from sim.commands.assumptions_text import assumptions_page
from sim.commands.params import STUDY
from sim.experiments.studies import assumptions as study
from sim.experiments.studies.assumptions import (
    UNMOVED,
    WORLDS_FILE,
    AssumptionsPlan,
    assumptions_study,
    read_table,
    table_of,
)
from sim.files.atomic_folder import STUDY_MARK
from sim.parameters import BadInput, Scenario
from sim.parameters.assumptions import assumptions_of
from tests.support.pages_from_rows import assumptions
from tests.support.worlds import small

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "assumptions.md"
ACTING, IDLE = "market.needs.spread", "firms.*.transformation.culture.speed"  # nobody is transformed in this world
PLAN = AssumptionsPlan(customers=60, months=3, replications=2)


def values(one_size, customer, product):
    return {"osfa": one_size, "customer_centric": customer, "product_centric": product}


@pytest.fixture
def few(monkeypatch):
    """A world of which two numbers are moved."""
    world = small("telecom")
    chosen = [one for one in assumptions_of(world) if one.key in (ACTING, IDLE)]
    monkeypatch.setattr(study, "assumptions_of", lambda scenario: chosen)
    return world


def silent(done, total):
    pass


def stop_after(most):
    def progress(done, total):
        if done == most:
            raise KeyboardInterrupt

    return progress


def test_changes_are_means_of_paired_differences_of_differences():
    lived = {(UNMOVED, 0.0, k): values(100.0, 100.0 + 10.0 * k, 90.0) for k in range(3)}
    lived |= {(ACTING, 0.7, k): values(130.0, 100.0 + 10.0 * k, 90.0) for k in range(3)}
    table = table_of(lived).set_index(["key", "policy", "against"])
    moved = table.loc[ACTING, "customer_centric", "osfa"]
    assert (moved["change"], moved["change_low"], moved["change_high"]) == (-30.0, -30.0, -30.0)
    assert moved["gap"] == pytest.approx(10.0 - 30.0)
    assert moved["turns"]
    assert table.loc[ACTING, "customer_centric", "product_centric"]["change"] == 0.0


def test_a_move_that_a_world_refuses_has_no_row():
    lived = {(UNMOVED, 0.0, 0): values(1.0, 2.0, 3.0), (ACTING, 0.7, 0): {}}
    assert set(table_of(lived)["key"]) == {UNMOVED}


def test_a_number_that_acts_is_lived_in_all_replications_and_an_idle_one_in_the_first(few, tmp_path):
    table = assumptions_study(few, PLAN, tmp_path / "s", silent).set_index("key")
    assert set(table.loc[ACTING, "replications"]) == {PLAN.replications}
    assert (table.loc[ACTING, "change"] != 0.0).any()
    assert set(table.loc[IDLE, "replications"]) == {1}
    assert set(table.loc[IDLE, "change"]) == {0.0}


def test_a_study_that_was_stopped_goes_on_and_ends_alike(few, tmp_path):
    whole = assumptions_study(few, PLAN, tmp_path / "whole", silent)
    with pytest.raises(KeyboardInterrupt):
        assumptions_study(few, PLAN, tmp_path / "parts", stop_after(3))
    kept = (tmp_path / "parts" / WORLDS_FILE).read_text().splitlines()
    pd.testing.assert_frame_equal(assumptions_study(few, PLAN, tmp_path / "parts", silent), whole)
    lines = (tmp_path / "parts" / WORLDS_FILE).read_text().splitlines()
    assert lines[: len(kept)] == kept
    assert sorted(lines) == sorted((tmp_path / "whole" / WORLDS_FILE).read_text().splitlines())


def test_a_folder_of_another_size_is_refused(few, tmp_path):
    assumptions_study(few, PLAN, tmp_path / "s", silent)
    with pytest.raises(BadInput, match="another months"):
        assumptions_study(few, AssumptionsPlan(60, 4, 2), tmp_path / "s", silent)


def test_the_page_shows_the_largest_change_first_and_what_is_idle_apart():
    world = Scenario.load("telecom")
    rows = [row(UNMOVED, 0.0, 0.0), row("market.needs.spread", 0.7, 5.0), row("market.needs.tolerance", 0.7, -9.0)]
    page = assumptions_page({"scenario": "telecom", "customers": 1, "months": 1, "replications": 1}, rows, Path("x"))
    acting, _, idle = page.partition("## Numbers that do not act")
    assert acting.index("needs.tolerance") < acting.index("needs.spread")
    assert all(f"`{one.key}`" in page for one in assumptions_of(world))
    assert "`market.credit.laxity`" in idle


def row(key, end, change):
    nothing = math.nan
    return {
        "key": key, "end": end, "policy": "customer_centric", "against": "osfa", "replications": 1, "gap": 1e3,
        "gap_low": nothing, "gap_high": nothing, "change": change * 1e3, "change_low": nothing, "change_high": nothing,
        "turns": False,
    }  # fmt: skip


def test_the_page_in_the_documentation_is_that_of_the_code_and_the_kept_table():
    assert PAGE.read_text(encoding="utf-8") == assumptions(), "sim params --format assumptions > docs/assumptions.md"


def test_the_page_has_every_assumed_number_of_the_world_once():
    page = PAGE.read_text(encoding="utf-8")
    about, _ = read_table(ROOT / STUDY)
    numbers = [one.key for one in assumptions_of(Scenario.load(about["scenario"]))]
    lacking = [key for key in numbers if page.count(f"\n| `{key}` |") != 1]
    assert lacking == [], "sim params --format assumptions > docs/assumptions.md"


def test_a_folder_without_a_study_says_how_to_make_one(tmp_path, capsys):
    assert main(["params", "--format", "assumptions", "--study", str(tmp_path)]) == 2
    assert "sim study assumptions telecom --out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["assumptions"], "needs a world and --out"),
        (["assumptions", "telecom", "--out", "x", "--worlds", "3"], "--worlds is nothing of"),
        (["assumptions", "telecom", "--out", "x", "--policies", "osfa"], "the study assumptions has none"),
        (["walls", "telecom"], "world is nothing of"),
        (["walls", "--months", "3"], "--months is nothing of"),
    ],
)
def test_options_of_another_study_are_refused(words, message, capsys):
    assert main(["study", *words]) == 2
    assert message in capsys.readouterr().err


def test_the_kept_study_is_marked_as_one():
    assert (ROOT / STUDY / STUDY_MARK).is_file()
