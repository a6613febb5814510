"""Other figures: what is told as shipped ships, each entry is whole, and the page is made from the file."""

import math
from pathlib import Path

import pytest

from sim.cli import main
from sim.commands.other_figures_text import otherwise_page
from sim.commands.params import STUDY, page_of_other_figures
from sim.parameters import BadInput
from sim.parameters.parameter import ASSUMED
from sim.parameters.shipped import scenario_names
from sim.validation.other_figures import (
    PASSAGES,
    TABLE_DEFAULT,
    OtherFigure,
    grade_in,
    other_figures,
    row_of,
    unfound,
    value_in,
)

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "otherwise.md"
FEWEST_LOOKED_AT = 80  # numbers graded as assumed; a look may be added and not lost
TOLD = [(figure, world) for figure in other_figures() for world in figure.shipped]
ABOUT = {"scenario": "telecom", "customers": 1, "months": 1, "replications": 1}


@pytest.mark.parametrize(("figure", "world"), TOLD, ids=lambda part: getattr(part, "key", part))
def test_what_is_told_as_shipped_is_what_ships(figure, world):
    assert world == TABLE_DEFAULT or world in scenario_names()
    assert value_in(figure.key, world) == figure.shipped[world]


@pytest.mark.parametrize("figure", other_figures(), ids=lambda figure: figure.key)
def test_an_entry_says_who_what_and_why(figure):
    row = row_of(figure.key)
    assert figure.low <= figure.high
    assert figure.low <= row.high, "the figure is in another unit than the number"
    assert figure.seen in PASSAGES
    assert figure.says
    assert figure.kept
    assert "|" not in figure.says + figure.kept


def test_no_number_of_a_world_is_told_twice():
    told = [(figure.key, world) for figure, world in TOLD]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("group", unfound(), ids=lambda group: group.reason[:30])
def test_a_number_without_a_figure_is_graded_as_assumed_and_has_none_elsewhere(group):
    assert {grade_in(key, TABLE_DEFAULT) for key in group.keys} == {ASSUMED}
    assert set(group.keys) & {figure.key for figure in other_figures()} == set()


def test_no_number_without_a_figure_is_listed_twice():
    keys = [key for group in unfound() for key in group.keys]
    assert len(keys) == len(set(keys))


def test_looks_at_assumed_numbers_are_not_lost():
    assumed = {figure.key for figure, world in TOLD if grade_in(figure.key, world) == ASSUMED}
    assert len(assumed | {key for group in unfound() for key in group.keys}) >= FEWEST_LOOKED_AT


@pytest.mark.parametrize(
    ("shipped", "low", "high", "differ", "factor"),
    [
        ({"b2b": 6.0}, 9.0, 12.0, ["b2b"], 6.0 / 9.0),
        ({"b2b": 24.0}, 9.0, 12.0, ["b2b"], 2.0),
        ({"b2b": 9.0}, 9.0, 12.0, [], None),
        ({"b2b": 6.0, "telecom": 60.0}, 9.0, 12.0, ["b2b", "telecom"], 5.0),
        ({"b2b": 6.0}, 0.0, 0.0, ["b2b"], None),
    ],
)
def test_a_world_differs_outside_of_what_sources_say(shipped, low, high, differ, factor):
    figure = OtherFigure("market.network.degree", shipped, low, high, "", "read", "")
    assert figure.worlds_that_differ == differ
    assert figure.factor == (None if factor is None else pytest.approx(factor))


def test_shares_near_one_are_compared_by_what_is_missing():
    figure = OtherFigure("market.temper.payment_reliability", {"banking": 0.98}, 0.9, 0.96, "", "read", "")
    assert figure.factor == pytest.approx(0.5)


def test_a_key_that_no_table_has_is_refused():
    with pytest.raises(BadInput, match="no parameter is called market.degree"):
        row_of("market.degree")


def study_row(key, against, change, low, high):
    return {"key": key, "against": against, "gap": 2e3, "change": change, "change_low": low, "change_high": high}


def test_the_page_marks_clear_changes_and_puts_them_first():
    unmoved = [study_row("none", against, 0.0, 0.0, 0.0) for against in ("osfa", "product_centric")]
    clear = [study_row("market.service.rework_handoff", "osfa", -7e3, -8e3, -6e3)]
    unclear = [study_row("market.service.handoff_hours", "osfa", 9e3, -1e3, 19e3)]
    page = otherwise_page(ABOUT, [*unmoved, *clear, *unclear])
    assert "CC − OS −7*" in page
    assert "CC − OS +9 |" in page
    assert page.index("`market.service.rework_handoff`") < page.index("`market.service.handoff_hours`")


def test_a_change_without_an_interval_is_not_clear():
    unmoved = [study_row("none", against, 0.0, 0.0, 0.0) for against in ("osfa", "product_centric")]
    single = [study_row("market.service.handoff_hours", "osfa", 9e3, math.nan, math.nan)]
    assert "CC − OS +9 |" in otherwise_page(ABOUT, [*unmoved, *single])


def test_the_page_in_the_documentation_is_that_of_the_file_and_the_kept_study():
    written = page_of_other_figures(ROOT / STUDY)
    assert PAGE.read_text(encoding="utf-8") == written, "sim params --format otherwise > docs/otherwise.md"


@pytest.mark.parametrize("page", ["sources", "assumptions", "otherwise"])
def test_a_page_is_printed_whole_or_not_at_all(page, capsys):
    assert main(["params", "price", "--format", page]) == 2
    assert "leave out 'price'" in capsys.readouterr().err
