"""What firms of each industry do is what pays: best replies, profit and loss and calm, in worlds as shipped."""

from functools import cache

import numpy as np
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
from sim.statistics.intervals import students_interval
from tests.support.economics import finding, present_values

WORLDS = scenario_names()
CALM = ("utilisation", "crisis", "largest_share")
DEMAND = ("own_elasticity", "elasticity_growth", "category_elasticity")
PLAN = SupplyPlan(customers=1000, replications=4, rounds=0, seed=1)  # another seed than the calibration's

# What is measured where a world misses, by world and condition: `sim calibrate supply WORLD --rounds 0 --seed 1` with
# four replications. The calibration's own seed misses fewer: profit is so flat in most decisions that two worlds do
# not find the same best.
MISSED: dict[tuple[str, str], str] = {
    ("b2b", "best marketing"): "0.00241",
    ("banking", "best marketing"): "0",
    ("banking", "best utilisation"): "0.859",
    ("banking", "best newcomer_discount"): "0",
    ("cdnow", "best price"): "1.25",
    ("cdnow", "best retention_discount"): "0",
    ("commodity", "best price"): "1.35",
    ("commodity", "best newcomer_discount"): "0",
    ("commodity", "own_elasticity"): "-4.15",
    ("grocery", "best price"): "1.13",
    ("grocery", "best newcomer_discount"): "0",
    ("software", "best price"): "1.11",
    ("software", "best marketing"): "0.00277",
    ("software", "best research"): "0.0656",
    ("software", "best newcomer_discount"): "0",
    ("software", "best retention_discount"): "0",
    ("telecom", "best price"): "1.35",
    ("telecom", "best marketing"): "0.00495",
    ("telecom", "best newcomer_discount"): "0",
}
MISSED_AT_FIRST: dict[tuple[str, str], str] = {  # in the first two years, with 500 customers
    ("cdnow", "overhead"): "0.0607, above 0.06",
    ("commodity", "overhead"): "0.16003, above 0.16",
    ("grocery", "profit"): "-0.003, below 0.01",
}


def cases(names, missed):
    """Every world with every name; those that miss are strict failures with their figure."""
    return [
        pytest.param(world, name, marks=[finding(3, f"it is {missed[world, name]}")] if (world, name) in missed else [])
        for world in WORLDS
        for name in names
    ]


@cache
def short_run(name):
    """Figures of identical firms in years 1 and 2."""
    return figures_of(neutral_market(Scenario.load(name), 500, 24), 1)


@cache
def conditions(name):
    """Every condition of a world by name, measured over ten years."""
    world = Scenario.load(name)
    return {one.name: one for one in conditions_of(world, Measuring(PLAN, Answers(None)).all_of(world))}


@pytest.mark.parametrize(("name", "figure"), cases((*PROFIT_AND_LOSS, *CALM), MISSED_AT_FIRST))
def test_the_first_two_years_have_the_accounts_of_the_industry_and_are_calm(name, figure):
    """Bands and sources: section `targets` of each scenario file; calm is assumed."""
    assert targets_of(Scenario.load(name))[figure].holds(short_run(name)[figure].mean)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "condition"), cases([f"best {decision}" for decision in SEARCHED], MISSED))
def test_what_firms_start_with_is_near_the_best_reply(name, condition):
    """Prices: Lerner (1934); budgets: Dorfman and Steiner (1954), checked by best replies."""
    assert conditions(name)[condition].met, conditions(name)[condition]


NEAR, FAR = (0.95, 1.0, 1.05, 1.1), (0.9, 1.2, 1.3, 1.35)  # prices as multiples of the one where firms start
CLIMBING = {  # how much higher value is at 1.35 times the price than at the best one near, as a share of the start's
    "commodity": "0.20 [0.01, 0.38]",
}


def climbing(name):
    """The world, marked where value climbs with the price."""
    return pytest.param(name, marks=[finding(2, f"value climbs by {CLIMBING[name]}")] if name in CLIMBING else [])


@pytest.mark.slow
@pytest.mark.parametrize("name", [climbing(name) for name in WORLDS])
def test_no_price_far_from_where_firms_start_pays_clearly_more_than_the_best_near_it(name):
    """Single best prices are noise where profit is flat; eight paired worlds tell what is clear at 95 %."""
    worlds = {price: at_price(name, price) for price in (*NEAR, *FAR)}
    value = {price: present_values(world, 8) for price, world in worlds.items()}
    best = max((value[price] for price in NEAR), key=np.mean)
    assert [price for price in FAR if students_interval(value[price] - best)[0] > 0.0] == []


def at_price(name, price):
    """Identical firms, of which the first asks a multiple of the neutral price."""
    return neutral_market(Scenario.load(name), 1000, 120).with_settings({"firms.0.decisions.price": price})


@pytest.mark.slow
@pytest.mark.parametrize(("name", "share"), cases(PROFIT_AND_LOSS, MISSED))
def test_years_one_and_ten_have_the_profit_and_loss_of_the_industry(name, share):
    """Bands and sources: section `targets` of each scenario file."""
    assert conditions(name)[share].met, conditions(name)[share]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "figure"), cases((*DEMAND, *CALM), MISSED))
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
