"""Sources: what a sourced value has to say, what is counted, how many there are, and that the page is the table's."""

import re
from pathlib import Path

import pytest

from sim.commands.params import sources_page
from sim.parameters.provenance import (
    ASSUMED,
    CALIBRATED,
    DIRECTION,
    GUARD,
    OPEN,
    RANGE,
    SOURCED,
    STATUSES,
    says,
    sourced_values,
    status_of,
)
from sim.parameters.source_check import BELIEVED, READ, SECOND_READER, UNCHECKED
from sim.parameters.table import FIRM, MARKET
from sim.parameters.verification import CHECKED, WITHDRAWN

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
WANTED = 80
NEW: set[str] = set()  # added by the second reader, and looked at by nobody else yet
FEWEST = 83  # sources may be added and not lost


@pytest.mark.parametrize(
    ("value", "source", "status"),
    [
        (9.0, "Reichheld (2003): promoters answer 9 or 10", SOURCED),
        (0.4, "National Customer Rage Survey (2015): 60 % were not satisfied, which leaves 40 %", SOURCED),
        (0.4, "National Customer Rage Survey (2015): 60 % were not satisfied", ASSUMED),
        (2015.0, "the survey of 2015", ASSUMED),
        (0.3, "sign: Oliver (1980); value assumed", DIRECTION),
        (4.0, "so that own-price elasticity lies near -2.6 (Bijmolt, van Heerde and Pieters 2005)", CALIBRATED),
        (0.275, "range: costs rise by 20 to 35 % (Stalk 1988)", RANGE),
        (0.5, "guard: assumed", GUARD),
        (0.5, "assumed", ASSUMED),
        (None, "policy", OPEN),
    ],
)
def test_a_sourced_value_has_an_author_a_year_and_the_figure(value, source, status):
    assert status_of(value, source) == status


def test_every_row_has_one_of_the_statuses():
    assert {status_of(row.default, row.source) for row in (*MARKET, *FIRM)} <= set(STATUSES)


@pytest.mark.parametrize("row", sourced_values(), ids=lambda row: row.key)
def test_a_source_says_who_when_and_the_number(row):
    assert re.search(r"[A-Z]\w+", row.source), "an author is missing"
    assert re.search(r"\b(19|20)\d\d\b", row.source), "a year is missing"
    assert says(row.source, row.value), f"the source does not say {row.value:g}"


def test_a_default_counts_once_and_a_value_of_a_world_once_for_each_world_and_key():
    keys = [row.key for row in sourced_values()]
    assert len(keys) == len(set(keys))


def test_a_world_that_repeats_a_default_with_its_source_is_not_counted_again():
    defaults = {("market." + row.name, row.default, row.source) for row in MARKET}
    worlds = [(row.key.partition(" ")[2], row.value, row.source) for row in sourced_values() if row.world]
    assert not defaults & set(worlds)


def test_both_readers_say_how_they_know_the_figure_of_every_sourced_value():
    assert {row.key for row in sourced_values()} - set(CHECKED) == set()


def test_all_but_a_few_sourced_values_were_looked_at_a_second_time():
    assert {key for key, check in CHECKED.items() if check.second == UNCHECKED} == NEW


def test_no_withdrawn_source_counts():
    assert {row.key for row in sourced_values()} & set(WITHDRAWN) == set()


def test_sources_do_not_get_fewer():
    assert len(sourced_values()) >= FEWEST


def test_enough_values_are_sourced():
    assert len(sourced_values()) >= WANTED


def test_enough_sourced_values_were_looked_at_by_a_reader_who_did_not_write_the_row():
    assert sum(check.second != UNCHECKED for check in CHECKED.values()) >= WANTED


def test_what_one_reader_alone_has_looked_at_has_a_remark():
    assert [key for key, check in CHECKED.items() if check.second == UNCHECKED and not check.remark] == []


def test_what_was_checked_is_still_sourced():
    assert set(CHECKED) - {row.key for row in sourced_values()} == set()
    assert {check.author for check in CHECKED.values()} <= {READ, BELIEVED}
    assert {check.second for check in CHECKED.values()} <= set(SECOND_READER)


def test_the_page_of_sources_is_that_of_the_table():
    assert PAGE.read_text(encoding="utf-8") == sources_page(), "sim params --format sources > docs/sources.md"
