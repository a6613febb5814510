"""A measure is declared once: tables, charts, the command line and sums over firms read its row."""

import numpy as np
import pytest

from sim import Scenario
from sim.cli import main
from sim.commands.years_text import YEARLY_MEASURES
from sim.experiments.sweep.design.outcomes import Outcome
from sim.experiments.yearly import OF_A_RUN, OF_A_YEAR, with_present_names, yearly
from sim.model.counts import Counts
from sim.model.measures import BY_NAME, COMPARED, FIRM_STANDING, FORKED, HEADLINES, MEASURES, PRINTED, in_order
from sim.model.measures.measure import FIRM_SOURCE, KEY_KIND, MEASURE_KINDS, SUM, refuse_unknown, share
from sim.model.measures.table import OF_A_COMPARISON
from tests.support.worlds import run_market, small

NUMBERS = [measure for measure in MEASURES if measure.kind != KEY_KIND]
COUNTED = [measure for measure in NUMBERS if measure.source.counted or measure.source.whole]
OUTSIDE = ("present", "supplied", *(f"paid_{measure.name}" for measure in MEASURES))  # counts of no customer


def by_name(measure):
    return measure.name


@pytest.fixture(scope="module")
def table():
    return run_market(small(months=24)).monthly()


@pytest.mark.parametrize("measure", BY_NAME.values(), ids=by_name)
def test_a_measure_says_in_words_what_it_is(measure):
    assert measure.label and measure.formula and measure.unit and measure.kind in MEASURE_KINDS


def test_no_two_measures_share_a_name_or_a_label():
    assert len(BY_NAME) == len(MEASURES) + len(OF_A_COMPARISON) == len({one.label for one in BY_NAME.values()})


def test_no_two_measures_share_a_place_in_a_comparison():
    assert len({measure.compared for measure in COMPARED.values()}) == len(COMPARED)


WRONG = {
    "direction": ({"direction": "down"}, "direction 'down' is not known; allowed are higher, lower, neutral"),
    "kind": ({"kind": "part"}, "kind 'part' is not known; allowed are count, amount"),
    "weight": ({"over_firms": "customer"}, "over_firms names 'customer', which is no measure"),
    "count": ({"source": share("complaint", "customers")}, "nothing is counted under the name 'complaint'"),
    "whole": ({"source": share("complaints", "customer")}, "nothing is counted under the name 'customer'"),
}


@pytest.mark.parametrize("part", WRONG)
def test_a_measure_that_names_what_there_is_not_is_refused_by_name_and_part(part):
    parts, message = WRONG[part]
    row = BY_NAME["complaints"]._replace(**parts)
    with pytest.raises(TypeError, match=f"measure complaints: {message}"):
        refuse_unknown([row], Counts._fields)


@pytest.mark.parametrize("measure", COUNTED, ids=by_name)
def test_a_measure_names_counts_that_are_kept(measure):
    assert {measure.source.counted, measure.source.whole} - {""} <= {*Counts._fields, *OUTSIDE}


@pytest.mark.parametrize("measure", [one for one in NUMBERS if one.over_firms], ids=by_name)
def test_a_measure_is_weighted_by_a_measure_that_adds_up(measure):
    assert BY_NAME[measure.over_firms].kind in ("count", "amount", "stock")


@pytest.mark.parametrize("measure", OF_A_COMPARISON, ids=by_name)
def test_a_measure_of_a_comparison_is_computed(measure):
    assert measure.name in {**OF_A_YEAR, **OF_A_RUN}


def test_every_number_of_a_firm_is_a_measure_or_an_hour_of_sales():
    assert set(FIRM_STANDING) - {one.name for one in MEASURES if one.source.how == FIRM_SOURCE} == {"sales_hours_paid"}


@pytest.mark.parametrize("measure", FIRM_STANDING)
def test_a_number_of_a_firm_that_is_missing_is_named(measure):
    with pytest.raises(ValueError, match=rf"differ in: {measure}$"):
        in_order({name: 0.0 for name in FIRM_STANDING if name != measure})


def test_numbers_of_a_firm_are_put_in_order_by_name():
    values = {name: float(place) for place, name in enumerate(FIRM_STANDING)}
    assert in_order(dict(reversed(values.items()))) == tuple(values.values())


def test_a_comparison_has_exactly_the_measures_of_the_rows(table):
    focal = table[table["firm"] == table["firm"].iloc[0]]
    assert set(yearly(focal, 0.01)["measure"]) == set(COMPARED)


@pytest.mark.parametrize("measure", [one for one in NUMBERS if one.firms == SUM], ids=by_name)
def test_what_adds_up_over_firms_is_no_share_of_anything(measure):
    assert not measure.unit.startswith(("share", "0-1", "ratio")) and not measure.of


def test_tables_of_the_first_version_are_read_by_the_names_of_now(table):
    focal = table[table["firm"] == table["firm"].iloc[0]]
    now = yearly(focal, 0.01)
    old = now.replace({"satisfaction_mean": "satisfaction", "share_needs_met": "needs_met"})
    assert with_present_names(old).equals(now)


def test_flows_are_added_and_stocks_taken_last_in_a_year(table):
    focal = table[table["firm"] == table["firm"].iloc[0]]
    values = yearly(focal, 0.01).set_index(["measure", "year"])["value"]
    year = focal.iloc[12:24]
    assert values["profit", 2] == year["profit"].sum() and values["customers", 2] == year["customers"].iloc[-1]


def test_the_printed_measures_are_columns_of_a_run(table):
    assert {measure.name for measure in PRINTED} <= set(table.columns) and len(PRINTED) >= 4


def test_the_yearly_table_of_a_run_shows_the_printed_measures():
    assert {one.measure for one in YEARLY_MEASURES} == {measure.name for measure in PRINTED}


@pytest.mark.parametrize("name", FORKED)
def test_a_measure_of_a_fork_adds_up_over_a_year(name):
    assert BY_NAME[name].of_year == SUM


def test_no_two_measures_share_a_place_in_a_fork():
    assert [BY_NAME[name].forked for name in FORKED] == list(range(1, len(FORKED) + 1))


@pytest.mark.parametrize("name", HEADLINES)
def test_a_headline_of_a_comparison_stands_for_the_whole_run(name):
    assert name in OF_A_RUN


def test_satisfaction_over_all_firms_is_that_of_all_their_customers(table):

    columns = {name: np.asarray(table[name]) for name in table.columns}
    found = Outcome("s", "satisfaction_mean", "all", "last").of(columns, Scenario.load("telecom"))
    last = table[table["month"] == 24]
    assert found == pytest.approx((last["satisfaction_mean"] * last["customers"]).sum() / last["customers"].sum())


@pytest.mark.parametrize("measure", ["adoption", "morale"])
def test_a_rate_that_no_measure_weights_is_refused_over_all_firms(measure):
    assert BY_NAME[measure].firms == ""


def test_the_command_prints_the_measures_that_mention_a_word(capsys):
    assert main(["measures", "promoter"]) == 0
    heads, _, row = capsys.readouterr().out.splitlines()[:3]
    assert heads.split() == ["name", "unit", "kind", "better", "meaning"]
    assert row.split()[:7] == ["nps", "points", "rate", "higher", "Net", "promoter", "score:"]


def test_the_command_names_the_nearest_measure(capsys):
    assert main(["measures", "morrale"]) == 2
    assert "Did you mean morale?" in capsys.readouterr().err
