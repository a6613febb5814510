"""Every mechanism changes what happens, and none of its own numbers does once it is switched off."""

import pytest

from sim.parameters import FIRM, MARKET, MECHANISMS, STARTS_OFF
from sim.parameters.mechanism import Mechanism, labels, neutral_numbers
from sim.parameters.table.mechanisms import MECHANISM_ROWS
from tests.support.worlds import run_market, same, small

# A livelier world, so that rare things happen to a few customers within some months.
LIVELY = {
    "market__customers": 300,
    "months": 14,
    "market__temper__tolerance": 0.0,
    "market__temper__voice_scale": 0.05,
    "market__temper__boldness": 0.6,
    "market__economics__incident_rate": 0.5,
    "market__service__turnover": 0.1,
    "market__service__staffing_time": 20.0,
    "market__choice__consider": 0.2,
    "market__choice__burn_threshold": 0.6,
    "market__satisfaction__start": 0.7,
}


BY_NAME = {row.name: row for row in MECHANISM_ROWS}
NUMBERS = {f"market.{one.name}": one for one in MARKET} | {
    f"firms.{seat}.{one.name}": one for seat in (0, 1) for one in FIRM
}


def lively(row, on):
    return small(**LIVELY).with_settings({**row.needs, f"mechanisms.{row.name}": on})


def with_it(row):
    return lively(row, True).with_settings(row.example if row.idle else {})


def by_name(row):
    return row.name


@pytest.mark.parametrize("row", MECHANISM_ROWS, ids=by_name)
def test_the_example_of_a_mechanism_sets_numbers_away_from_their_defaults(row):
    assert [path for path, value in row.example.items() if value == NUMBERS[path].default] == []


def test_what_is_said_of_mechanisms_follows_from_their_rows():
    assert {name: (label, name in STARTS_OFF) for name, label in MECHANISMS.items()} == {
        row.name: (row.label, row.starts_off) for row in MECHANISM_ROWS
    }


def test_two_mechanisms_of_one_name_are_refused_by_name():
    with pytest.raises(TypeError, match="mechanism queue: declared 2 times"):
        labels([BY_NAME["queue"], BY_NAME["queue"]._replace(label="Work waits")])


def test_a_mechanism_without_an_example_is_refused_by_name():
    with pytest.raises(TypeError, match="mechanism patience: an example is needed"):
        labels([Mechanism("patience", "Customers wait", {})])


def test_a_number_that_is_neutral_without_an_unknown_mechanism_is_refused_by_both_names():
    number = MARKET[0]._replace(off={"patience": 0.0}, customers=True)
    with pytest.raises(TypeError, match=rf"parameter {MARKET[0].name}: off names 'patience', which is no mechanism"):
        neutral_numbers([number], MECHANISMS)


def test_a_neutral_value_of_what_no_customer_reads_is_refused_by_name():
    number = MARKET[0]._replace(off={"voice": 0.0}, customers=False)
    with pytest.raises(TypeError, match=rf"parameter {MARKET[0].name}: off= is for numbers of customers"):
        neutral_numbers([number], MECHANISMS)


@pytest.mark.parametrize("row", MECHANISM_ROWS, ids=by_name)
def test_a_mechanism_changes_what_happens(row):
    world = with_it(row)
    assert not same(run_market(world), run_market(world.with_settings({f"mechanisms.{row.name}": False})))


@pytest.mark.parametrize("row", MECHANISM_ROWS, ids=by_name)
def test_the_numbers_of_a_mechanism_matter_while_it_is_on(row):
    world = lively(row, True)
    assert not same(run_market(world), run_market(world.with_settings(row.example)))


@pytest.mark.parametrize("row", MECHANISM_ROWS, ids=by_name)
def test_the_numbers_of_a_mechanism_do_nothing_once_it_is_off(row):
    off = lively(row, False)
    assert same(run_market(off), run_market(off.with_settings(row.example)))
