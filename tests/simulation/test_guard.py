"""The guard: a number that is none, or out of its range, stops the run by month, customer, column and rule."""

import re
from pathlib import Path

import numpy as np
import pytest

import sim
from sim import Market, RunFailed, Scenario
from sim.model.customers.range_check import FINITE, IN_RANGE, UNWATCHED, first_trouble
from sim.model.month import MARKET_PHASE
from sim.model.state import PERSON, RELATION, empty_population

SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(sim.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("column", [*PERSON.names, *RELATION.names])
def test_a_number_with_a_fraction_is_watched_or_said_not_to_be(column):
    kind = (PERSON.fields | RELATION.fields)[column][0]
    watched = column in FINITE or column in IN_RANGE or column in UNWATCHED
    assert watched or kind.base.kind != "f", f"{column} stands in none of the tables of sim.model.customers.range_check"


@pytest.mark.parametrize("column", FINITE)
def test_the_watch_sees_a_number_of_a_person_that_is_not_finite(column):
    people = empty_population(3, 2)
    people.keep(column)
    people.person[column][1] = np.inf
    assert first_trouble(people)[0] == 1, f"sim.model.customers.range_check.is_finite leaves out {column}"


@pytest.mark.parametrize("column", IN_RANGE)
def test_the_watch_sees_a_feeling_out_of_range(column):
    people = empty_population(3, 2)
    people.keep(column)
    people.relations[column][1, 1] = 1.5
    assert tuple(first_trouble(people)) == (1, 1), f"sim.model.customers.range_check.trouble_of leaves out {column}"


def test_the_watch_sees_nothing_in_sound_people():
    assert first_trouble(empty_population(3, 2))[0] == -1


@pytest.mark.parametrize("rule", sorted({*FINITE.values(), *IN_RANGE.values()}))
def test_the_rule_that_a_message_names_exists(rule):
    assert re.search(rf"^def {rule}\(", SOURCES, re.MULTILINE)


def spoilt(engine, kind, column, place, value):
    """A market in which customer 7 gets a bad number in the middle of the month, when no rule writes it any more."""
    settings = {"market.customers": 40, "market.size": 400, "months": 2, "market.warm_up": 0}
    world = "grocery" if column == "habit" else "telecom"  # under contract nobody has habits of buying
    market = Market(Scenario.load(world).with_settings(settings), engine=engine)

    def spoil(phase, world):
        if phase == MARKET_PHASE:
            getattr(world.people, kind)[column][place] = value
            world.people.person["open_incidents"][7] = 0

    market.watcher = spoil
    return market


@pytest.mark.parametrize("engine", ["compiled", "agents"])
@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (
            "reputation",
            1.5,
            "month 1, customer 7: reputation with west is 1.5 after updated_reputation; it must lie between 0 and 1",
        ),
        ("habit", np.nan, "month 1, customer 7: habit with west is nan after learn_habit; it must lie between 0 and 1"),
    ],
)
def test_a_feeling_out_of_range_stops_the_run_by_name(engine, column, value, message):
    with pytest.raises(RunFailed, match=message):
        spoilt(engine, "relations", column, (7, 2), value).step()


@pytest.mark.parametrize("engine", ["compiled", "agents"])
@pytest.mark.parametrize("column", ["goal", "open_hours"])
def test_a_number_that_is_not_finite_stops_the_run_by_name(engine, column):
    with pytest.raises(RunFailed, match=f"month 1, customer 7: {column} is not finite"):
        spoilt(engine, "person", column, 7, np.inf).step()
