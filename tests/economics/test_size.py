"""No size effect: a market of N agents and one of 4 N for the same people have the same measures within noise."""

import numpy as np
import pytest
from scipy import stats

from sim import Scenario
from sim.model.measures import MEASURES
from sim.model.measures.measure import KEY_KIND
from sim.simulation.warm_up import warmed_up

WORLDS = ("telecom", "b2b", "commodity", "grocery", "cdnow")
MEASURED = tuple(measure.name for measure in MEASURES if measure.kind != KEY_KIND)
FEW = ("customers", "attrition_annual", "satisfaction_mean", "utilisation", "crisis", "profit")
ALARM = 1e-3  # false-alarm rate of all intervals of a test together
FINITE = {  # measures whose mean depends on the number of agents by definition, not by behaviour
    "concentration": "a sum of squares of shares adds the variance of sampling to each",
    "share_unprofitable": "one agent stands for more people, whose luck is then the same",
    "share_met_at_profit": "as share_unprofitable",
    "cost_service_unprofitable": "as share_unprofitable",
}


def alike(name, agents, months):
    """A world as shipped, all of whose firms follow one policy, so that only the number of agents differs."""
    world = Scenario.load(name)
    same = {f"firms.{seat}.policy": "osfa" for seat in range(len(world.firms))}
    return world.with_settings({"market.customers": agents, "months": months, **same})


def means(name, agents, months, replications):
    """Mean of each measure over months and firms, one row a replication, one column a measure."""
    world = alike(name, agents, months)
    found = [warmed_up(world, replicate=number).run().measures() for number in replications]
    return np.array([[float(np.mean(table[measure])) for measure in MEASURED] for table in found])


def differing(few, many, names):
    """Measures whose difference of means is outside its interval, all intervals together at the alarm rate."""
    gap = few.mean(axis=0) - many.mean(axis=0)
    variances = few.var(axis=0, ddof=1) / len(few), many.var(axis=0, ddof=1) / len(many)
    error = np.sqrt(sum(variances))
    freedom = sum(variances) ** 2 / np.maximum(1e-300, sum(part**2 / (len(few) - 1) for part in variances))
    limit = stats.t.ppf(1.0 - ALARM / len(names) / 2.0, np.maximum(1.0, freedom)) * error
    rounding = 1e-9 * np.abs(many.mean(axis=0)) + 1e-12
    outside = dict(zip(MEASURED, np.abs(gap) > limit + rounding, strict=True))
    return [f"{name}: {gap[MEASURED.index(name)]:+.4g}" for name in names if outside[name]]


@pytest.mark.parametrize("name", ["telecom", "cdnow"])
def test_a_quarter_of_the_agents_shows_the_same_market(name):
    few, many = means(name, 500, 24, range(8)), means(name, 2000, 24, range(8, 16))
    assert differing(few, many, FEW) == []


def test_few_agents_do_not_shake_the_service_desk():
    few, many = (means("cdnow", agents, 36, range(6)) for agents in (1000, 4000))
    place = MEASURED.index("crisis")
    assert abs(few[:, place].mean() - many[:, place].mean()) < 0.05


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_every_measure_is_the_same_with_four_times_the_agents(name):
    few, many = means(name, 1000, 60, range(10)), means(name, 4000, 60, range(10, 20))
    assert differing(few, many, [measure for measure in MEASURED if measure not in FINITE]) == []
