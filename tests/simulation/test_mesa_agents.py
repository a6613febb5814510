"""A market as Mesa users expect it: sets of agents, collectors, copies; on columns, without making agents."""

import copy
import pickle

import mesa
import numba
import numpy as np
import pandas as pd
import pytest

from sim import BadInput, Market, Scenario
from sim.simulation.agents import Customer, CustomerSet, FirmAgent

SMALL = {"market.customers": 60, "market.size": 600, "months": 3, "market.warm_up": 1}


def small(**settings):
    return Scenario.load("telecom").with_settings(SMALL | settings)


@pytest.fixture
def market():
    one = Market(small(), seed=5)
    one.advance()
    return one


class Counted(Customer):
    made = 0

    def __init__(self, model, slot):
        Counted.made += 1
        super().__init__(model, slot)


# one agent


def test_an_agent_is_a_mesa_agent_that_reads_and_writes_its_row(market):
    customer = market.agents[0]
    assert isinstance(customer, mesa.Agent)
    assert customer.model is market
    assert customer.random is market.random
    assert customer.rng is market.rng
    customer.price_weight = 3.5
    assert market.world.people.price_weight[customer.slot] == 3.5
    assert market.agents[0].price_weight == 3.5


@pytest.mark.parametrize("name", ["mood", "slot", "generation", "unique_id"])
def test_only_declared_attributes_can_be_set(market, name):
    with pytest.raises(AttributeError, match="that can be set"):
        setattr(market.agents[0], name, 1)
    with pytest.raises(AttributeError, match="that can be set"):
        market.agents.set(name, 1)


def test_an_unknown_attribute_is_named_with_those_that_are_known(market):
    with pytest.raises(AttributeError, match="'mood'.*satisfaction"):
        _ = market.agents[0].mood
    with pytest.raises(AttributeError, match="'mood'.*satisfaction"):
        market.agents.get("mood")


def test_two_handles_on_one_place_are_one_agent(market):
    assert market.agents[3] == market.agents[3]
    assert len({market.agents[3], market.agents[3], market.agents[4]}) == 2
    assert market.agents[0] != market.firms[0]


def test_ids_are_unique_over_customers_and_firms(market):
    ids = market.agents.get("unique_id") + market.firms.get("unique_id")
    assert len(set(ids)) == len(ids)


def test_removing_by_hand_is_refused_with_the_way_out(market):
    with pytest.raises(TypeError, match=r"market\.death"):
        market.agents[0].remove()
    with pytest.raises(TypeError, match="use select"):
        market.agents.discard(market.agents[0])


# sets


def test_length_iteration_and_membership_agree(market):
    agents = market.agents
    assert len(agents) == len(list(agents)) == len(agents.to_list()) == sum(1 for _ in agents)
    assert all(agent in agents for agent in agents[:5])
    assert agents[0] not in agents.select(lambda agent: agent.slot != agents[0].slot)
    assert market.firms[0] not in agents


def test_get_reads_one_attribute_or_several(market):
    rates = market.agents.get("rate")
    assert rates == [agent.rate for agent in market.agents]
    assert market.agents.get(["rate", "spend"])[2] == [rates[2], market.agents[2].spend]
    assert market.agents.get("mood", handle_missing="default", default_value=0) == [0] * len(rates)


def test_set_writes_all_of_a_set_and_returns_it(market):
    half = market.agents.select(at_most=0.5)
    assert half.set("price_weight", 9.0) is half
    assert market.agents.get("price_weight").count(9.0) == len(half) == len(market.agents) // 2


def test_select_takes_functions_truths_numbers_and_types(market):
    agents = market.agents
    by_function = agents.select(lambda agent: agent.supplier == 0)
    by_truths = agents.select(agents.column("supplier") == 0)
    assert by_function.get("slot") == by_truths.get("slot")
    assert len(agents.select(at_most=7)) == 7
    assert len(agents.select(agent_type=FirmAgent)) == 0
    assert len(agents.select(agent_type=Customer)) == len(agents)
    assert isinstance(by_truths, CustomerSet)


def test_select_in_place_changes_the_set_and_not_the_market(market):
    mine, before = market.agents, len(market.agents)
    assert mine.select(at_most=3, inplace=True) is mine
    assert (len(mine), len(market.agents)) == (3, before)


def test_agg_takes_one_function_or_several_and_gives_plain_numbers(market):
    agents = market.agents
    assert agents.agg("rate", max) == max(agents.get("rate"))
    assert agents.agg("rate", [min, max]) == [min(agents.get("rate")), max(agents.get("rate"))]
    assert type(agents.agg("rate", np.mean)) is float


def test_groupby_counts_and_aggregates(market):
    groups = market.agents.groupby("supplier")
    assert sum(groups.count().values()) == len(market.agents)
    assert groups.agg("rate", np.mean)[0] == pytest.approx(
        np.mean([agent.rate for agent in market.agents if agent.supplier == 0])
    )
    by_function = market.agents.groupby(lambda agent: agent.supplier >= 0, result_type="list")
    assert by_function.count()[True] == sum(n for supplier, n in groups.count().items() if supplier >= 0)
    assert groups.map(len) == groups.count()


def test_grouping_by_an_attribute_of_several_values_says_what_to_do(market):
    with pytest.raises(ValueError, match="several values"):
        market.agents.groupby("satisfaction")


@pytest.mark.parametrize("ascending", [True, False])
def test_sort_is_by_attribute_or_function(market, ascending):
    rates = market.agents.sort("rate", ascending=ascending).get("rate")
    assert rates == sorted(rates, reverse=not ascending)
    assert rates == market.agents.sort(lambda agent: agent.rate, ascending=ascending).get("rate")


def test_do_map_and_shuffle_do_reach_every_agent_once(market):
    met = []
    market.agents.do(lambda agent: met.append(agent.slot))
    assert met == market.agents.get("slot")
    met.clear()
    market.agents.shuffle_do(lambda agent: met.append(agent.slot))
    assert sorted(met) == market.agents.get("slot")
    assert market.agents.map(lambda agent: agent.slot) == market.agents.get("slot")
    assert sorted(market.agents.shuffle().get("slot")) == market.agents.get("slot")


def test_a_hundred_thousand_customers_are_read_without_making_an_agent():
    market = Market(small(**{"market.customers": 100_000, "market.size": 1e6}), customer_class=Counted)
    Counted.made = 0
    agents = market.agents
    assert 0.0 < agents.agg("satisfaction", np.mean) < 1.0
    chosen = agents.select(agents.column("rate") > 1.0)
    assert chosen.agg("rate", min) > 1.0
    assert sum(agents.groupby("supplier").count().values()) == 100_000
    agents.set("price_weight", 2.0)
    assert Counted.made == 0
    assert chosen[0].price_weight == 2.0
    assert Counted.made == 1


# the model


def test_firms_are_agents_that_show_the_firm(market):
    assert [firm.name for firm in market.firms] == ["north", "south", "west"]
    firm = market.firms[1]
    assert isinstance(firm, mesa.Agent)
    assert firm.policy == "osfa"
    assert firm.price == market.world.firms[1].price
    assert firm.cash == market.world.firms[1].cash / 100
    assert market.firms.get("customers") == [one.customers[-1] for one in market.world.firms]
    assert market.firms.agg("quality", max) == max(one.quality for one in market.world.firms)


def test_setting_a_firm_is_refused_with_the_way_out(market):
    with pytest.raises(AttributeError, match=r"firms\.north\.decisions"):
        market.firms[0].price = 2.0
    with pytest.raises(AttributeError, match="decides through its policy"):
        market.firms.set("price", 2.0)


def test_agents_by_type_are_customers_and_firms(market):
    assert market.agent_types == [Customer, FirmAgent]
    assert {kind: len(agents) for kind, agents in market.agents_by_type.items()} == {
        Customer: len(market.agents),
        FirmAgent: 3,
    }


def test_a_data_collector_collects_every_month(market):
    market.datacollector = mesa.DataCollector(
        model_reporters={"present": lambda model: len(model.agents), "month": "month"},
        agent_reporters={"rate": "rate", "supplier": lambda agent: agent.supplier},
        agenttype_reporters={FirmAgent: {"price": "price"}},
    )
    market.run()
    seen = market.datacollector.get_model_vars_dataframe()
    assert seen["month"].tolist() == [1, 2, 3]
    assert seen["present"].iloc[-1] == len(market.agents)
    last = market.datacollector.get_agent_vars_dataframe().groupby(level=0).get_group(market.steps)
    assert last["rate"].tolist() == market.agents.get("rate")
    firms = market.datacollector.get_agenttype_vars_dataframe(FirmAgent)
    assert firms["price"].tolist()[-3:] == market.firms.get("price")


@pytest.mark.parametrize("engine", ["compiled", "agents"])
@pytest.mark.parametrize("again", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_goes_on_like_the_original_and_apart_from_it(engine, again):
    original = Market(small(), engine=engine)
    original.step()
    other = again(original)
    other.run()
    assert (original.month, other.month) == (1, 3)
    pd.testing.assert_frame_equal(original.run().monthly(), other.monthly())
    assert other.agents[0].model is other


def test_a_copy_runs_the_loops_that_are_compiled_for_the_original():
    original = Market(small())
    original.step()
    other = copy.deepcopy(original)
    other.step()
    kinds = [numba.typeof(market.engine._rows) for market in (original, other)]
    assert kinds[0] == kinds[1]


def test_sets_and_handles_survive_pickling(market):
    agents, firm = pickle.loads(pickle.dumps((market.agents, market.firms[2])))
    assert agents.get("rate") == market.agents.get("rate")
    assert firm.name == "west"


def test_rng_is_another_name_of_seed():
    one, other = Market(small(), seed=5).run(), Market(small(), rng=np.int64(5)).run()
    assert one.monthly().equals(other.monthly())
    assert one.seed_used == other.seed_used == 5
    assert Market(small(), seed=5, rng=5).seed_used == 5
    assert Market(small()).seed_used == small().seed


def test_two_different_seeds_or_a_generator_are_refused():
    with pytest.raises(BadInput, match="two names of one thing"):
        Market(small(), seed=1, rng=2)
    with pytest.raises(BadInput, match="whole number"):
        Market(small(), rng=np.random.default_rng(1))


def test_a_subclass_changes_what_customers_do():
    class Silent(Customer):
        def talk(self, me):
            me.person.said = 0

    quiet = Market(small(), engine="agents", customer_class=Silent).run().monthly()
    assert quiet["messages_positive"].sum() + quiet["messages_negative"].sum() == 0


def test_running_stops_after_the_last_month(market):
    market.run_model() if hasattr(market, "run_model") else market.run()
    assert (market.month, market.running) == (3, False)
