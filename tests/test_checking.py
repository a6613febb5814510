"""The guard: a number that is none, or out of its range, stops the run by month, customer, column and rule."""

import numpy as np
import pytest

from sim import Market, RunFailed, Scenario
from sim.month import MARKET


def spoilt(engine, kind, column, place, value):
    """A market in which customer 7 gets a bad number in the middle of the month, when no rule writes it any more."""
    settings = {"market.customers": 40, "market.size": 400, "months": 2, "market.warm_up": 0}
    market = Market(Scenario.load("telecom").with_settings(settings), engine=engine)

    def spoil(phase, world):
        if phase == MARKET:
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
