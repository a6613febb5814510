"""Conduct in the worlds as shipped: rivals answer, prices rest, and adaptive firms come to rest near each other."""

from functools import cache

import numpy as np
import pytest

from sim import Scenario
from sim.parameters import scenario_names
from sim.parameters.conduct import ADAPTED
from sim.parameters.decisions import RANGES, SEARCH_RANGES
from sim.policies import Plan, Policy, register
from sim.simulation.warm_up import warmed_up
from tests.support.economics import open_finding

WORLDS = scenario_names()
YEARS, LAST = 30, 24  # of an adaptive market [years], and months at its end over which it is looked at
NEAR = 0.25  # share of the range that tuning searches, within which starts are near each other
PLACES = (
    0.1,
    0.3,
    0.5,
    0.7,
    0.9,
)  # of the five starts in the range of each decision, shuffled from decision to decision


UNLEARNED = {
    "b2b": -0.028, "banking": -0.013, "cdnow": -0.080, "commodity": -0.067, "grocery": -0.013, "software": -0.001,
    "telecom": -0.006,
}  # change of price by what firms learn where goods cost a fifth more  # fmt: skip


def shipped(name, **settings):
    chosen = {key.replace("__", "."): value for key, value in settings.items()}
    return Scenario.load(name).with_settings({"market.customers": 500, "months": 13, **chosen})


@cache
def prices(name, focal):
    """List prices by month and firm; the first firm's price is fixed by the scenario."""
    world = shipped(name, firms__0__decisions__price=focal)
    return warmed_up(world).run().monthly().pivot(index="month", columns="firm", values="price")


def rivals_of(name):
    return [firm.name for firm in Scenario.load(name).firms[1:]]


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize(("focal", "sign"), [(0.8, -1.0), (1.2, 1.0)], ids=["cut", "rise"])
def test_every_rival_answers_a_price_within_a_year(name, focal, sign):
    """In part and in kind: Amiti, Itskhoki and Konings (2019)."""
    moved = prices(name, focal).loc[13] - prices(name, 1.0).loc[13]
    assert all(0.0 < sign * moved[rival] < sign * (focal - 1.0) for rival in rivals_of(name))


def alike(name, **settings):
    firms = range(len(Scenario.load(name).firms))
    return shipped(name, **{f"firms__{seat}__policy": "osfa" for seat in firms}, months=36, **settings)


# What moves a price although no rival does: costs of volume, leadership's own moves, and errors in what is reported.
MOVING_BY_THEMSELVES = ("experience_curve", "own_lines", "leadership", "facts")


@pytest.mark.parametrize("name", WORLDS)
def test_identical_firms_stay_at_their_plan(name):
    """Nobody deviates, so nobody has anything to answer; unit cost and what is known of rivals are held."""
    market = warmed_up(alike(name, **{f"mechanisms__{one}": False for one in MOVING_BY_THEMSELVES})).run()
    plan = market.world.firms[0].policy.start.price
    assert set(market.monthly().price) == {plan}


@pytest.mark.parametrize("name", WORLDS)
def test_prices_of_identical_firms_follow_unit_cost_down_and_no_further(name):
    """Firms that see each other pass a common fall of cost on in full, since 0.6 / (1 - 0.4) = 1, with a lag."""
    world = alike(name, mechanisms__leadership=False, mechanisms__facts=False)
    months = warmed_up(world).run().monthly()
    first, last = (months[months.month == month].set_index("firm") for month in (1, 36))
    most = world.market["rivals.pass_through"] / (1.0 - world.market["rivals.price_match"])
    fall, falls = last.price - first.price, last.unit_cost - first.unit_cost
    assert (fall <= 0.0).all() and fall.min() >= most * falls.min()


def start(k):
    """The five starts: Latin square of places in the ranges, the same for all firms of a market."""
    decided = {}
    for row, name in enumerate(ADAPTED):
        low, high = SEARCH_RANGES[name]
        high = min(high, low + 0.3) if name.endswith("discount") else high
        decided[name] = low + PLACES[(k + 2 * row) % len(PLACES)] * (high - low)
    return Plan(**decided)


def beginning(k):
    """The name of a policy that begins at a start and decides nothing else."""
    chosen = type(f"Beginning{k}", (Policy,), {"name": f"beginning{k}", "summary": "a start", "start": start(k)})
    register(chosen)
    return chosen.name


@cache
def at_the_end(name, k):
    """Means over the last months of firms still in the market: decisions, shape (firms, decisions), and shares."""
    seats = range(len(Scenario.load(name).firms))
    follow = {f"firms__{seat}__policy": beginning(k) for seat in seats}
    market = warmed_up(shipped(name, **follow, market__conduct="adaptive", months=12 * YEARS, market__customers=1000))
    plans = []
    market.watcher = lambda phase, world: phase == "decisions" and plans.append([firm.plan for firm in world.firms])
    customers = market.run().monthly().query(f"month > {12 * YEARS - LAST}").groupby("firm").customers.mean()
    decided = [[[getattr(plan, one) for one in ADAPTED] for plan in month] for month in plans[-LAST:]]
    left = customers.reindex([firm.name for firm in market.world.firms]).to_numpy() > 0.0
    return np.mean(decided, axis=0)[left], customers[customers > 0.0] / customers.sum()


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("decision", ADAPTED)
def test_five_starts_of_adaptive_firms_come_to_rest_near_each_other(name, decision):
    """Mean decisions of the firms of a market differ between starts by at most a quarter of the range searched."""
    low, high = SEARCH_RANGES[decision]
    ends = [at_the_end(name, k)[0][:, ADAPTED.index(decision)] for k in range(5)]
    means = [end.mean() for end in ends if len(end)]  # a market that everybody has left rests nowhere, see below
    assert max(means) - min(means) <= NEAR * (high - low)


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_adaptive_firms_are_still_in_the_market_at_the_end(name):
    assert [len(at_the_end(name, k)[1]) for k in range(5)] == [len(rivals_of(name)) + 1] * 5


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_no_adaptive_firm_has_more_than_three_fifths_of_the_customers(name):
    shares = [at_the_end(name, k)[1] for k in range(5)]
    assert max(share.max() for share in shares if len(share)) <= 0.6


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_no_price_of_adaptive_firms_stands_at_an_end_of_its_range(name):
    low, high = RANGES["price"]
    ends = np.concatenate([at_the_end(name, k)[0][:, ADAPTED.index("price")] for k in range(5)])
    assert (low < ends).all() and (ends < high).all()


def price_at_the_end(name, **settings):
    """Mean list price of the last five of twenty years, over three worlds of adaptive firms without a policy."""
    seats = {f"firms__{seat}__policy": "osfa" for seat in range(len(Scenario.load(name).firms))}
    adaptive = {"market__conduct": "adaptive", "months": 240, "market__customers": 1000}
    worlds = [shipped(name, **seats, **adaptive, **settings, seed=seed) for seed in (1, 2, 3)]
    return np.mean([warmed_up(world).run().monthly().query("month > 180").price.mean() for world in worlds])


@pytest.mark.slow
def test_firms_whose_usual_price_is_too_low_learn_a_higher_one():
    """Profit falls steeply below the price of the world. What is usual would keep firms at 0.88; their books do not."""
    learned = price_at_the_end("telecom", market__neutral__price=0.88)
    unlearned = price_at_the_end("telecom", market__neutral__price=0.88, market__rivals__response=0.0)
    assert learned - unlearned > 0.03


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_firms_ask_a_higher_price_where_goods_cost_a_fifth_more(name):
    """A cost that was higher before they began, so that it is not passed on; at least half of it comes into prices."""
    cost = Scenario.load(name).market["product.unit_cost"]
    dearer = price_at_the_end(name, market__product__unit_cost=1.2 * cost)
    assert dearer - price_at_the_end(name) > 0.5 * 0.2 * cost


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=open_finding(f"it is {change}")) for name, change in UNLEARNED.items()]
)
def test_firms_learn_from_their_books_that_goods_cost_a_fifth_more(name):
    """The same where the usual cost of the industry is higher too, so that custom says nothing of it."""
    market = Scenario.load(name).market
    cost = market["product.unit_cost"]
    usual = market["rivals.usual_cost"] + 0.2 * cost
    dearer = price_at_the_end(name, market__product__unit_cost=1.2 * cost, market__rivals__usual_cost=usual)
    assert dearer - price_at_the_end(name) > 0.5 * 0.2 * cost


@pytest.mark.parametrize("name", WORLDS)
def test_the_usual_cost_of_a_world_is_that_of_identical_firms_when_the_policies_begin(name):
    """So the neutral price, which was found with that cost, is the usual price of such firms."""
    months = warmed_up(alike(name)).run().monthly()
    costs = months[months.month == 1].unit_cost
    assert costs.mean() == pytest.approx(Scenario.load(name).market["rivals.usual_cost"], abs=0.005)
