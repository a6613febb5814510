import numpy as np
import pytest

from sim import Market, RunFailed, Scenario


def world():
    settings = {"market.customers": 40, "market.size": 400, "months": 2, "market.warm_up": 0}
    return Market(Scenario.load("telecom").with_settings(settings))


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
def test_a_feeling_out_of_range_stops_the_run_by_name(column, value, message):
    market = world()
    market.world.people.person["present"][7] = 0
    market.world.people.known[column][7, 2] = value
    with pytest.raises(RunFailed, match=message):
        market.world.nature = market.world.nature._replace(refill=0.0)
        market.step()


@pytest.mark.parametrize("column", ["goal", "open_hours"])
def test_a_number_that_is_not_finite_stops_the_run_by_name(column):
    market = world()
    market.world.people.person["present"][7] = 0
    market.world.people.person[column][7] = np.inf
    market.world.nature = market.world.nature._replace(refill=0.0)
    with pytest.raises(RunFailed, match=f"month 1, customer 7: {column} is not finite"):
        market.step()
