"""The month in blocks: every column and count as the steps give them, whatever the number of threads or places."""

import pytest

from sim import Market
from sim.model.counts import Counts
from sim.model.customers.common import GONE
from sim.numeric.columns import BLOCK
from sim.simulation.engines import compiled
from tests.support.worlds import same, same_people, small

WORLDS = ("telecom", "grocery")
PLACES = (10, BLOCK - 1, BLOCK + 1, 2 * BLOCK + 4)


@pytest.fixture
def by_steps(monkeypatch):
    """Whoever asks is told that nothing is plain, so that all customers take all steps."""
    for question in ("lives_are_plain", "market_is_plain", "service_is_plain"):
        monkeypatch.setattr(compiled, question, lambda month: False)


def after(scenario, months=9, **how):
    market = Market(scenario, seed=3, **how)
    for _ in range(months):
        market.step()
    return market


def equal(one, other):
    """Whether the people are alike; counts that are not are named."""
    differing = [name for name in Counts._fields if (one.world.counts[name] != other.world.counts[name]).any()]
    assert differing == [], "a loop of sim/simulation/engines/block_*.py counts these otherwise than the step"
    return same_people(one, other)


@pytest.mark.long
@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("places", PLACES)
def test_blocks_and_agents_give_the_same_bits(world, places):
    scenario = small(world, market__customers=places, market__size=3000, months=6)
    assert equal(after(scenario, 6), after(scenario, 6, engine="agents"))


@pytest.mark.long
@pytest.mark.parametrize("policy", ["osfa", "product_centric", "customer_centric", "hybrid"])
def test_blocks_and_agents_give_the_same_bits_under_every_policy(policy):
    scenario = small(firms__0__policy=policy, months=14, market__customers=60)
    assert equal(after(scenario, 14), after(scenario, 14, engine="agents"))


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("threads", [2, 3, 4])
def test_blocks_give_the_same_bits_on_any_number_of_threads(world, threads):
    scenario = small(world, market__customers=700, months=6)
    assert equal(after(scenario, 6), after(scenario, 6, threads=threads))


@pytest.mark.parametrize("world", WORLDS)
def test_blocks_go_on_alike_after_saving(world, tmp_path):
    scenario = small(world, market__customers=300, months=6)
    half = after(scenario, 4)
    half.save(tmp_path / "state.npz")
    assert same(Market(scenario, seed=3).run(), Market.load(tmp_path / "state.npz").run())


def dropping_out():
    return small("cdnow", market__customers=300, market__size=3000, market__economics__purchase_rate=2.0, months=9)


@pytest.mark.long
def test_customers_drop_out_of_blocks_as_they_drop_out_of_steps():
    scenario = dropping_out()
    assert equal(after(scenario), after(scenario, engine="agents"))


def test_the_world_of_the_test_above_has_people_who_drop_out():
    assert (after(dropping_out()).world.people.relations["burned"] == GONE).sum() > 10


@pytest.mark.long
@pytest.mark.parametrize("policy", ["osfa", "product_centric", "customer_centric", "hybrid"])
def test_blocks_and_agents_give_the_same_bits_in_a_repertoire_under_every_policy(policy):
    scenario = small("grocery", firms__0__policy=policy, months=9, market__customers=60)
    assert equal(after(scenario), after(scenario, engine="agents"))


@pytest.mark.long
def test_blocks_and_agents_give_the_same_bits_where_newcomers_try_a_firm_first_and_habits_lapse():
    scenario = small("grocery", market__choice__trial=0.3, market__choice__lapse=2.0, market__choice__outside=4.0)
    assert equal(after(scenario), after(scenario, engine="agents"))


def test_a_world_with_a_rare_mechanism_takes_steps_and_is_the_same_in_both_engines():
    scenario = small(mechanisms__outcome=True, months=6)
    month = after(scenario, 6)
    assert equal(month, after(scenario, 6, engine="agents"))


@pytest.mark.parametrize("world", WORLDS)
def test_steps_for_all_give_the_same_bits_as_blocks(world, by_steps, monkeypatch):
    scenario = small(world, market__customers=300, months=6)
    steps = after(scenario, 6)
    monkeypatch.undo()
    assert equal(steps, after(scenario, 6))
