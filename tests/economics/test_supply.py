"""What firms of each industry do is what pays: best replies, profit and loss and calm, in worlds as shipped."""

from functools import cache

import pytest

from sim import Scenario
from sim.experiments.supply.answers import Answers
from sim.experiments.supply.conditions import SEARCHED
from sim.experiments.supply.figures import figures_of
from sim.experiments.supply.measuring import Measuring, Seen
from sim.experiments.supply.neutral_market import neutral_market
from sim.experiments.supply.plan import SupplyPlan
from sim.experiments.supply.result import conditions_of, targets_of
from sim.parameters import scenario_names
from sim.parameters.targets import PROFIT_AND_LOSS

WORLDS = scenario_names()
CALM = ("utilisation", "crisis", "largest_share")
PLAN = SupplyPlan(customers=1000, replications=2, rounds=0, seed=1)  # another seed than the calibration's


@cache
def short_run(name):
    """Figures of identical firms in years 1 and 2."""
    return figures_of(neutral_market(Scenario.load(name), 500, 24), 1)


@cache
def conditions(name):
    """Every condition of a world by name, measured over ten years."""
    world = Scenario.load(name)
    return {one.name: one for one in conditions_of(world, Measuring(PLAN, Answers(None)).all_of(world))}


@pytest.mark.parametrize("share", PROFIT_AND_LOSS)
@pytest.mark.parametrize("name", WORLDS)
def test_the_first_years_have_the_profit_and_loss_of_the_industry(name, share):
    """Bands and sources: section `targets` of each scenario file."""
    assert targets_of(Scenario.load(name))[share].holds(short_run(name)[share].mean)


@pytest.mark.parametrize("figure", CALM)
@pytest.mark.parametrize("name", WORLDS)
def test_the_first_years_are_calm(name, figure):
    """Assumed: a market that works has desks that are busy and not overrun, and no firm that has most of it."""
    assert targets_of(Scenario.load(name))[figure].holds(short_run(name)[figure].mean)


@pytest.mark.slow
@pytest.mark.parametrize("decision", SEARCHED)
@pytest.mark.parametrize("name", WORLDS)
def test_what_firms_start_with_is_near_the_best_reply(name, decision):
    """Prices: Lerner (1934); budgets: Dorfman and Steiner (1954), checked by best replies."""
    assert conditions(name)[f"best {decision}"].met, conditions(name)[f"best {decision}"]


@pytest.mark.slow
@pytest.mark.parametrize("share", PROFIT_AND_LOSS)
@pytest.mark.parametrize("name", WORLDS)
def test_year_one_and_year_ten_have_the_profit_and_loss_of_the_industry(name, share):
    assert conditions(name)[share].met, conditions(name)[share]


@pytest.mark.slow
@pytest.mark.parametrize("figure", ["own_elasticity", "elasticity_growth", "category_elasticity", *CALM])
@pytest.mark.parametrize("name", WORLDS)
def test_demand_and_calm_of_ten_years_lie_in_their_bands(name, figure):
    """Own elasticity: Bijmolt, van Heerde and Pieters (2005); category: Andreyeva, Long and Brownell (2010)."""
    assert conditions(name)[figure].met, conditions(name)[figure]


def test_a_condition_can_fail():
    """A telecom operator that buys for half as much again makes no profit of its industry."""
    world = Scenario.load("telecom")
    dear = world.with_settings({"market.product.unit_cost": 1.5 * world.market["product.unit_cost"]})
    seen = Seen(figures_of(neutral_market(dear, 200, 24), 1), {}, {})
    bands = {name: band for name, band in targets_of(dear).items() if name in ("goods", "profit")}
    assert not any(bands[name].holds(seen.figures[name].mean) for name in bands)
