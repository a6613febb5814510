"""How much less is bought at a higher price, of one firm and of all, and whether rivals answer a price."""

import numpy as np
import pytest

from sim.experiments.elasticity import category_elasticity, own_elasticity
from sim.experiments.supply.neutral_market import neutral_market
from sim.parameters import Scenario, scenario_names
from sim.simulation.warm_up import warmed_up
from tests.support.economics import WORLDS, alike, finding, margin, present_values, shipped, years

NOW = (-4.0, -1.5)  # own elasticity in the year after: mean -2.62 over 1,851 (Bijmolt, van Heerde and Pieters 2005)
CATEGORY = (-1.0, -0.3)  # of foods -.27 to -.81 (Andreyeva, Long and Brownell 2010); the rest assumed alike


@pytest.mark.parametrize("name", WORLDS)
def test_own_elasticity_in_the_first_year_is_that_of_published_studies(name):
    """Mean -2.62 over 1,851 elasticities; Bijmolt, van Heerde and Pieters (2005), J. Marketing Research 42(2)."""
    assert NOW[0] <= own_elasticity(shipped(name, 1500), replications=2).mean <= NOW[1]


STEEPER = pytest.param("cdnow", marks=finding(2, "it is -3.1 in year 1 and -7.0 in year 10"))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*(name for name in WORLDS if name != "cdnow"), STEEPER])
def test_own_elasticity_in_year_ten_is_at_most_twice_that_of_year_one(name):
    """The band is assumed: who minds a price has mostly left after some years, so the long run is no multiple."""
    world = shipped(name, 1500)
    first, tenth = (own_elasticity(world, year, 3).mean for year in (1, 10))
    assert 2.0 * first <= tenth < 0.0


@pytest.mark.parametrize("name", WORLDS)
def test_category_elasticity_is_that_of_published_studies(name):
    """Foods -.27 to -.81 in a review of 160 studies; Andreyeva, Long and Brownell (2010), Am. J. Public Health 100(2).
    That other categories are as inelastic is assumed."""
    assert CATEGORY[0] <= category_elasticity(shipped(name, 1000)).mean <= CATEGORY[1]


@pytest.mark.slow
def test_profit_has_its_best_price_inside_the_range():
    """A firm that doubles its price earns less than one that does not (Lerner 1934: margin is 1 / elasticity)."""
    world = shipped("cdnow", 2000)
    dear = world.with_settings({f"firms.{world.firms[0].name}.decisions.price": 2.0})
    assert present_values(dear, 4).mean() < present_values(world, 4).mean()


def prices_after(price):
    """Mean price of the rivals after a year in which the first firm asks this price."""
    table = years(alike("telecom", 300, months=12, firms__0__decisions__price=price))
    return table[(table.firm != "north") & (table.month == 12)].price.mean()


@pytest.mark.parametrize(("price", "sign"), [(1.2, 1.0), (0.8, -1.0)], ids=["rise", "cut"])
def test_rivals_follow_a_price_within_a_year(price, sign):
    """At least a tenth of the way (assumed); that reactions come in kind where there are any: Steenkamp, Nijs, Hanssens
    and Dekimpe (2005), Marketing Science 24(1)."""
    assert sign * (prices_after(price) - prices_after(1.0)) > 0.02


@pytest.mark.parametrize("policy", ["customer_centric", "osfa"])
def test_firms_plan_anew_as_they_learn(policy):
    """Five plans in five years: the median firm changes a price 1.4 times a year (Blinder and others 1998)."""
    market, plans = warmed_up(shipped("telecom", 300, months=60, firms__0__policy=policy)), set()
    while market.running:
        market.step()
        plans.add(market.world.firms[0].plan)
    assert len(plans) >= 5


def widening(world, replicate=0):
    """Rise of profit in revenue from year 1 to year 10."""
    table = years(world, replicate)
    return margin(table[table.month > 108]) - margin(table[table.month <= 12])


MOST = 0.03  # points of profit in revenue from year 1 to year 10 (assumed): competition passes on what all save
LEARNING = {"b2b": 0.048, "banking": 0.044, "commodity": 0.041, "telecom": 0.031}


def learning(name):
    """The world, marked where the margin of the customer-centric firm rises while what it does takes effect."""
    return pytest.param(name, marks=finding(3, f"it widens by {LEARNING[name]}")) if name in LEARNING else name


@pytest.mark.slow
@pytest.mark.parametrize("name", scenario_names())
def test_margins_of_identical_firms_do_not_widen_over_ten_years(name):
    """A world that moves by itself would add to what policies do. Mean of four worlds."""
    world = neutral_market(Scenario.load(name), 8000, 120)
    assert abs(np.mean([widening(world, replicate) for replicate in range(4)])) < MOST


@pytest.mark.slow
@pytest.mark.parametrize("name", [learning(name) for name in scenario_names()])
def test_margins_do_not_widen_over_ten_years(name):
    assert abs(widening(shipped(name, 1000))) < MOST


def test_elasticity_of_a_price_that_nobody_minds_is_nothing():
    world = shipped("telecom", 300).with_settings(
        {f"mechanisms.{name}": False for name in ("price_response", "price_demand", "advertising")}
    )
    assert own_elasticity(world).mean == pytest.approx(0.0, abs=0.02)
    assert np.isnan(own_elasticity(world).low)
