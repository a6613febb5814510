"""Assumed numbers of a world: which they are, to which ends each can be moved, and which cannot act."""

import pytest

from sim import Scenario
from sim.parameters.assumptions import REACH, Assumption, assumptions_of, why_idle
from sim.parameters.parameter import ASSUMED, Parameter
from sim.parameters.provenance import status_of
from sim.parameters.shipped import scenario_names
from tests.support.worlds import run_market, same, small

TELECOM = Scenario.load("telecom")
ASSUMPTIONS = assumptions_of(TELECOM)
OFF = [one for one in ASSUMPTIONS if why_idle(one, TELECOM).startswith("`mechanisms.")]


def assumption(value, low=0.0, high=1.0, unit="share"):
    return Assumption("market.a.b", value, ASSUMED, Parameter("a.b", unit, value, low, high, ASSUMED, "A number"))


@pytest.mark.parametrize("name", scenario_names())
def test_a_world_has_each_assumed_number_once_and_no_other(name):
    found = assumptions_of(Scenario.load(name))
    assert len({one.key for one in found}) == len(found) > 300
    assert {status_of(one.value, one.source) for one in found} == {ASSUMED}


def test_a_number_with_a_source_in_the_world_is_no_assumption():
    assert "market.death" in TELECOM.sources
    assert "market.death" not in {one.key for one in ASSUMPTIONS}


@pytest.mark.parametrize(("value", "ends"), [(0.5, (0.35, 0.65)), (0.9, (0.63, 1.0)), (1.0, (0.7,)), (0.0, ())])
def test_ends_lie_30_percent_away_within_the_allowed_range(value, ends):
    assert assumption(value).ends() == pytest.approx(ends)


def test_ends_of_a_number_below_zero_keep_their_order():
    assert assumption(-0.1, low=-1.0).ends() == pytest.approx((-0.1 * (1 + REACH), -0.1 * (1 - REACH)))


def test_a_count_moves_to_whole_numbers_outside_30_percent():
    assert assumption(3.0, high=10.0, unit="count").ends() == (2.0, 4.0)


def test_every_end_is_a_value_that_the_table_allows():
    assert all(one.row.low <= end <= one.row.high for one in ASSUMPTIONS for end in one.ends())


def test_a_number_of_firms_is_moved_for_all_of_them():
    number = next(one for one in ASSUMPTIONS if one.key == "firms.*.offers.quality")
    moved = number.moved(TELECOM, 0.6)
    assert {firm.settings["offers.quality"] for firm in moved.firms} == {0.6}


def test_numbers_of_mechanisms_that_are_off_change_no_month_together():
    """The reason that the page gives for not moving them."""
    tiny = small("telecom", months=6)
    moved = tiny
    for one in OFF:
        moved = one.moved(moved, one.ends()[-1])
    assert len(OFF) > 50
    assert same(run_market(tiny), run_market(moved))
