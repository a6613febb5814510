"""Limits that theory knows, reached by switches at random parameters; the expected value comes from its formula."""

import numpy as np
import pytest
from scipy import special, stats

from sim import Market, Scenario
from sim.model.customers.common import GONE
from sim.parameters import MECHANISMS

ALARM = 1e-4  # false-alarm rate of each test
PEOPLE = 4000
RNG = np.random.default_rng(20_260_101)
OFF = dict.fromkeys(MECHANISMS, False)
STILL = {  # everybody the same, nothing learned, no noise, no outside world
    "needs": {"spread": 0.0, "spread_between": 0.0, "weight_spread": 0.0, "distortion": 0.0},
    "economics": {"price_sigma": 0.0, "spend_sigma": 0.0, "rate_shape": 100.0},
    "satisfaction": {"noise": 0.0, "learning_use": 0.0, "learning_purchase": 0.0, "learning_incident": 0.0},
    "choice": {"taste": 0.0, "consider": 0.0, "entry": 0.0, "switching_cost": 0.0, "consider_slope": 0.0},
    "temper": {"spread": 0.0},
}
NO_ARRIVALS = {"category_exit": 0.0, "refill": 0.0}


def world(relationship, firms, months, mechanisms=(), customers=PEOPLE, **sections):
    """A still world with some sections of the market given; each agent stands for ten people."""
    market = {name: dict(numbers) for name, numbers in STILL.items()}
    for name, numbers in sections.items():
        market[name] = market.get(name, {}) | numbers if isinstance(numbers, dict) else numbers
    market |= {"customers": customers, "relationship": relationship, "size": 10.0 * customers, "warm_up": 0}
    on = OFF | dict.fromkeys(mechanisms, True)
    contents = {"name": "limit", "months": months, "market": market, "firms": firms, "mechanisms": on}
    return Scenario.from_mapping(contents)


def firm(name, share, awareness=1.0, **decisions):
    offers = {"start_share": share, "awareness": awareness}
    return {"name": name, "policy": "osfa", "offers": offers, "decisions": {"newcomer_discount": 0.0} | decisions}


def customers_of(table):
    """Customers in agents, from people."""
    return (table.customers / 10.0).round().astype(int)


@pytest.mark.parametrize("death", RNG.uniform(0.005, 0.05, 3))
def test_survival_under_a_constant_hazard_is_geometric(death):
    scenario = world("contract", [firm("only", 1.0)], 24, ["births_and_deaths"], death=death, **NO_ARRIVALS)
    left = customers_of(Market(scenario).run().monthly()).iloc[-1]
    assert stats.binomtest(left, PEOPLE, (1.0 - death) ** 24).pvalue > ALARM


@pytest.mark.parametrize("hazard", RNG.uniform(0.01, 0.2, 3))
def test_leaving_at_a_constant_chance_of_considering_is_geometric(hazard):
    choice = {"consider": hazard, "outside": 10.0, "experience_weight": 0.0, "fit_weight": 0.0}
    left = customers_of(Market(world("contract", [firm("only", 1.0)], 18, choice=choice)).run().monthly()).iloc[-1]
    stays = 1.0 / (1.0 + np.exp(10.0))
    assert stats.binomtest(left, PEOPLE, (1.0 - hazard * (1.0 - stays)) ** 18).pvalue > ALARM


@pytest.mark.parametrize(("a", "b"), RNG.uniform(0.5, 3.0, (3, 2)))
def test_purchases_before_dropout_are_beta_geometric(a, b):
    economics = {"purchase_rate": 2.0, "dropout_a": a, "dropout_b": b}
    market = Market(world("repertoire", [firm("only", 1.0)], 12, economics=economics, choice={"outside": -10.0}))
    bought = purchases_of(market, 12)
    gone = market.world.people.burned[:, 0] == GONE
    for n in (1, 2, 3, 5):
        dropped = int((gone & (bought <= n)).sum())
        expected = 1.0 - np.exp(special.betaln(a, b + n) - special.betaln(a, b))
        assert stats.binomtest(dropped, PEOPLE, expected).pvalue > ALARM / 4


def purchases_of(market, months):
    bought = np.zeros(PEOPLE, int)
    for _ in range(months):
        market.step()
        bought += market.world.people.bought[:, 0]
    return bought


@pytest.mark.parametrize(("low", "high", "weight"), RNG.uniform([0.8, 1.0, 1.0], [1.0, 1.3, 6.0], (3, 3)))
def test_shares_of_a_market_that_looks_around_are_logit(low, high, weight):
    firms = [firm("cheap", 0.0, price=low), firm("dear", 0.0, price=high)]
    choice = {"consider": 0.5, "entry": 0.5, "outside": 4.0, "consider_price": 0.0}
    economics = {"price_weight": weight}
    scenario = world("contract", firms, 40, ["price_response"], economics=economics, choice=choice)
    table = Market(scenario).run().monthly().groupby("firm", sort=False).last()
    seen = [*customers_of(table), PEOPLE - customers_of(table).sum()]
    value = np.array([6.0 * 0.6 + 1.0 + weight * (1.0 - low), 6.0 * 0.6 + 1.0 + weight * (1.0 - high), 4.0])
    expected = PEOPLE * np.exp(value) / np.exp(value).sum()
    assert stats.chisquare(seen, expected).pvalue > ALARM


@pytest.mark.parametrize(("mean", "shape"), RNG.uniform([0.2, 0.3], [1.0, 3.0], (3, 2)))
def test_purchases_in_a_still_market_are_negative_binomial(mean, shape):
    economics = {"purchase_rate": mean, "rate_shape": shape}
    market = Market(world("repertoire", [firm("only", 1.0)], 6, economics=economics, choice={"outside": -10.0}))
    bought = purchases_of(market, 6)
    counts = stats.nbinom(shape, shape / (shape + 6.0 * mean))
    edges = np.arange(int(counts.ppf(0.98)) + 1)
    expected = PEOPLE * np.append(counts.pmf(edges), counts.sf(edges[-1]))
    seen = np.bincount(np.minimum(bought, edges[-1] + 1), minlength=len(edges) + 1)
    assert stats.chisquare(seen, expected).pvalue > ALARM


@pytest.mark.parametrize("death", RNG.uniform(0.01, 0.04, 2))
def test_value_of_customers_with_a_constant_margin_meets_the_closed_form(death):
    """Present value of revenue: sum of m (1 - d)^t / (1 + i)^t; the error is that of binomial survival."""
    months, rate = 36, 0.01
    economics = {"purchase_rate": 1.0, "fixed_share": 1.0, "spend": 40.0}
    firms = [firm("only", 1.0, price=1.0)]
    market = Market(
        world("contract", firms, months, ["births_and_deaths"], death=death, economics=economics, **NO_ARRIVALS)
    )
    monthly = 10.0 * float((market.world.people.rate * market.world.people.spend).sum())
    table = market.run().monthly()
    found = float((table.revenue / (1.0 + rate) ** table.month).sum())
    ratio = (1.0 - death) / (1.0 + rate)
    expected = monthly * ratio * (1.0 - ratio**months) / (1.0 - ratio)
    sigma = expected * np.sqrt(death * months / PEOPLE)
    assert abs(found - expected) < stats.norm.isf(ALARM / 2) * sigma


@pytest.mark.slow
@pytest.mark.parametrize(("innovation", "contagion"), [(0.02, 0.02), (0.005, 0.04)])
def test_diffusion_on_a_complete_network_is_the_discrete_bass_chain(innovation, contagion):
    """Mean adopters by month over many small complete worlds, against the chain-binomial form of Bass (1969)."""
    people, months, worlds, says = 41, 12, 1500, 0.3
    scenario = world(
        "contract",
        [firm("only", 0.0, 0.0, marketing=innovation)],
        months,
        ["advertising", "word_of_mouth"],
        customers=people,
        economics={"purchase_rate": 1.0, "spend": 1.0},
        choice={"entry": 1.0, "outside": -10.0},
        marketing={"contact_cost": 1.0},
        network={"degree": 60.0, "rewiring": 0.0},
        word_of_mouth={"positive": says / 0.36, "negative": 0.0, "awareness": contagion, "weight": 0.0},
    )
    seen = np.array([customers_of(Market(scenario, replicate=k).run().monthly()) for k in range(worlds)])
    chain = bass_chain(people, months, innovation, contagion, says)
    error = np.sqrt(seen.var(axis=0) / worlds + chain.var(axis=0) / len(chain))
    assert (np.abs(seen.mean(axis=0) - chain.mean(axis=0)) < stats.norm.isf(ALARM / months / 2) * error + 1e-9).all()


def bass_chain(people, months, innovation, contagion, says, runs=20_000):
    rng = np.random.default_rng(3)
    adopters, said, found = np.zeros(runs, int), np.zeros(runs, int), []
    for _ in range(months):
        chance = 1.0 - (1.0 - innovation) * (1.0 - contagion) ** said
        adopters = adopters + rng.binomial(people - adopters, chance)
        said = rng.binomial(adopters, says)
        found.append(adopters)
    return np.stack(found, axis=1)
