"""A market keeps what a Mesa user relies on: time, identity, own columns, memory, and whole numbers of any library."""

import copy
import inspect
import pickle
import random
import re
import sys
from collections import deque
from pathlib import Path

import mesa
import numpy as np
import pandas as pd
import pytest

from sim import BadInput, Experiment, Market, Scenario, compare
from sim.journeys.recorder import Journeys
from sim.parameters.checking import as_whole, count_argument, plain
from sim.policies import Plan, Policy, register
from sim.simulation.agents import Customer
from tests.support.worlds import same

SMALL = {"market.customers": 40, "market.size": 400, "months": 4, "market.warm_up": 2}
FEWEST = {"market.customers": 10, "market.size": 100, "market.warm_up": 1}  # where agents step one by one
WHOLE = [3, 3.0, np.int64(3), np.int8(3), np.float32(3.0), np.array(3)]
NOT_WHOLE = [True, np.True_, None, "3", 1.5, float("nan"), float("inf"), -1]


def small(**settings):
    return Scenario.load("telecom").with_settings(SMALL | settings)


class Collected(Market):
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.datacollector = mesa.DataCollector({"month": "month", "customers": lambda model: len(model.agents)})
        self.seen = []

    def step(self):
        super().step()
        self.seen.append(self.month)


class Moody(Customer):
    columns = {"mood": 0.0, "met": 0}

    def talk(self, me):
        super().talk(me)
        self.mood += 0.5


class Humming(Customer):
    def talk(self, me):
        me.person.talk = self.random.random()
        super().talk(me)


class Keeping(Policy):
    """Answers what it saw before, by luck of its own."""

    name, summary, start = "keeping", "remembers", Plan()

    def __init__(self):
        self.prices, self.luck, self.plan = deque([1.0], maxlen=3), random.Random(1), self.start

    def decide(self, view):
        self.prices.append(0.5 * self.prices[0] + 0.5 + 0.01 * self.luck.random())
        self.plan = self.plan.changed({"price": self.prices[-1]})
        return self.plan


class Hoarding(Policy):
    name, summary, start = "hoarding", "remembers what no file can hold", Plan()

    def decide(self, view):
        self.view = lambda: view
        return self.start


for _policy in (Keeping, Hoarding):
    register(_policy)


def batch(model, parameters, **how):
    rows = mesa.batch_run(model, parameters, display_progress=False, data_collection_period=1, **how)
    return pd.DataFrame(rows)


# time


@pytest.mark.parametrize("most", [4, 120])
def test_batch_run_ends_at_the_months_of_the_scenario_without_rows_of_the_warm_up(most):
    rows = batch(Collected, {"scenario": [small()]}, max_steps=most)
    assert rows["month"].tolist() == [1, 2, 3, 4]


def test_mesa_counts_recorded_months_as_steps_also_after_a_load_and_in_a_fork(tmp_path):
    market = Market(small())
    market.step()
    assert market.steps == market.month == 1
    market.save(tmp_path / "state.npz")
    for other in (market.fork(), Market.load(tmp_path / "state.npz"), copy.deepcopy(market)):
        other.step()
        assert other.steps == other.month == 2


def test_the_first_step_lives_the_warm_up_that_can_be_lived_apart():
    together, apart = Market(small()), Market(small())
    apart.live_warm_up()
    assert (apart.month, apart.steps) == (0, 0)
    assert same(together.run(), apart.run())


def test_a_finished_market_is_not_running_however_it_came_about(tmp_path):
    market = Market(small()).run()
    market.save(tmp_path / "state.npz")
    for one in (market, Market.load(tmp_path / "state.npz"), market.fork(), copy.deepcopy(market)):
        assert not one.running
    assert market.fork({"months": 6}).running


def test_batch_run_of_a_market_without_a_collector_reports_the_measures_of_the_first_firm():
    rows = batch(Market, {"scenario": [small()]}, max_steps=4)
    months = Market(small()).run().monthly()
    own = months[months["firm"] == small().firms[0].name].reset_index(drop=True)
    for name in ("month", "revenue", "satisfaction_mean"):
        assert rows[name].tolist() == own[name].tolist()


def test_a_market_without_a_collector_can_be_asked_before_its_first_month():
    assert Market(small()).datacollector.get_model_vars_dataframe()["revenue"].tolist() == []


def test_a_collector_that_is_taken_away_leaves_the_measures():
    market = Collected(small())
    market.datacollector = None
    market.run()
    assert len(market.datacollector.get_model_vars_dataframe()["profit"]) == 4


# iterations


def test_iterations_of_batch_run_are_the_replicates_of_their_numbers():
    rows = batch(Collected, {"scenario": [small(**{"market.death": 0.1})]}, max_steps=4, iterations=3)
    last = rows[rows["month"] == 4].set_index("iteration")["customers"]
    expected = {k: len(Market(small(**{"market.death": 0.1}), replicate=k).run().agents) for k in range(3)}
    assert last.to_dict() == expected and len(set(expected.values())) > 1


def test_iterations_of_a_given_replicate_are_refused_with_the_way_out():
    with pytest.raises(BadInput, match=r"would be the same run.*leave replicate out"):
        batch(Collected, {"scenario": [small()], "replicate": [0, 1]}, max_steps=4, iterations=2)


def test_a_fork_or_load_inside_an_iteration_keeps_its_own_replicate(tmp_path):
    Market(small()).save(tmp_path / "state.npz")

    class Forking(Collected):
        def step(self):
            super().step()
            assert self.fork().replicate == self.replicate
            assert Market.load(tmp_path / "state.npz").replicate == 0

    batch(Forking, {"scenario": [small(months=1)]}, max_steps=1, iterations=2)


# identity


def test_a_number_is_never_used_for_two_people():
    market = Market(small(**{"market.death": 0.2, "market.refill": 0.5, "months": 12}))
    person = {}
    while market.month < 12:
        market.step()
        for one in market.agents:
            who = (one.slot, one.generation)
            assert person.setdefault(one.unique_id, who) == who
    assert len(person) > 40


def test_sets_and_handles_stay_with_their_people():
    market = Market(small(**{"market.death": 0.2, "market.refill": 0.5, "months": 12}))
    market.step()
    first, numbers = market.agents, set(market.agents.get("unique_id"))
    handles = list(first)
    market.run()
    still = numbers & set(market.agents.get("unique_id"))
    assert set(first.get("unique_id")) == still < numbers
    assert {one.unique_id for one in handles if one in market.agents} == still
    replaced = [one for one in handles if one.slot in market.agents.get("slot") and one.unique_id not in still]
    with pytest.raises(AttributeError, match=r"has left.*unique_id"):
        _ = replaced[0].spend


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_tables_carry_the_number_of_the_person(engine):
    market = Market(small(**{"market.death": 0.2, "market.refill": 0.5, "months": 8}), engine=engine)
    journeys = Journeys(range(40), 40)
    market.watcher = journeys.look
    table = market.run().customers_table().set_index("slot")
    for one in market.agents:
        assert table.loc[one.slot, "unique_id"] == one.unique_id
    events = journeys.table()
    ends = events[events["event"].isin(["died", "left the category"])]
    assert len(ends) and ends["unique_id"].is_unique
    arrivals = events[events["event"] == "came to the market"]
    assert len(arrivals) and arrivals["unique_id"].is_unique and (arrivals["unique_id"] > 40).all()


def test_firms_and_customers_share_no_number():
    market = Market(small())
    assert not set(market.firms.get("unique_id")) & set(market.agents.get("unique_id"))
    assert max(market.firms.get("unique_id")) < 0


# own columns


def test_columns_of_a_class_are_read_written_and_collected_like_the_model_s():
    market = Market(small(**FEWEST), customer_class=Moody)
    market.datacollector = mesa.DataCollector(agent_reporters={"mood": "mood"})
    market.step()
    lived = 2  # a month of warm-up and a recorded one
    assert market.agents.agg("mood", [min, max]) == [0.5 * lived] * 2
    market.agents[0].met = 7
    market.agents.set("mood", np.arange(len(market.agents)))
    assert market.agents.get(["met", "mood"])[0] == [7, 0.0]
    assert market.agents.groupby("met").count()[7] == 1
    assert market.customers_table()["mood"].max() == len(market.agents) - 1
    assert market.datacollector.get_agent_vars_dataframe()["mood"].tolist() == [0.5 * lived] * len(market.agents)


@pytest.mark.parametrize("again", ["load", "fork", "deepcopy", "pickle"])
def test_columns_are_kept_and_newcomers_begin_anew(again, tmp_path):
    market = Market(
        small(**{"market.death": 0.2, "market.refill": 0.9, "months": 8}), extra_columns={"leaning": [1, 2]}
    )
    market.live_warm_up()
    market.agents.set("leaning", [8, 9])
    market.save(tmp_path / "state.npz")
    ways = {
        "load": lambda: Market.load(tmp_path / "state.npz"),
        "fork": market.fork,
        "deepcopy": lambda: copy.deepcopy(market),
        "pickle": lambda: pickle.loads(pickle.dumps(market)),
    }
    other = ways[again]().run()
    old = np.array(other.agents.get("unique_id")) <= np.array(market.agents.get("unique_id")).max()
    leanings = other.agents.column("leaning")
    assert old.any() and not old.all()
    assert set(map(tuple, leanings[~old].tolist())) == {(1, 2)}
    assert set(map(tuple, leanings[leanings[:, 0] != 1].tolist())) == {(8, 9)}


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"spend": 0.0}, "uses that name already"),
        ({"talk": 0.0}, "uses that name already"),
        ({"unique_id": 0}, "uses that name already"),
        ({"my mood": 0.0}, "letters, digits"),
        ({"_mood": 0.0}, "letters, digits"),
        ({"mood": "happy"}, "a number, a truth value or a list"),
    ],
)
def test_a_column_that_cannot_be_is_refused(columns, message):
    with pytest.raises(BadInput, match=message):
        Market(small(), extra_columns=columns)


# what classes do and remember


def test_a_state_goes_on_with_the_class_that_it_was_saved_with(tmp_path):
    market = Market(small(**FEWEST), customer_class=Humming)
    market.step()
    market.save(tmp_path / "state.npz")
    with pytest.raises(BadInput, match=r"Humming.*customer_class=Humming"):
        Market.load(tmp_path / "state.npz")
    loaded, forked = Market.load(tmp_path / "state.npz", customer_class=Humming), market.fork()
    assert same(market.run(), loaded.run()) and same(market, forked.run())


def test_a_state_of_a_class_of_markets_is_loaded_by_it_with_its_attributes(tmp_path):
    market = Collected(small())
    market.step()
    market.save(tmp_path / "state.npz")
    with pytest.raises(BadInput, match=r"Collected\.load"):
        Market.load(tmp_path / "state.npz")
    assert Collected.load(tmp_path / "state.npz").seen == [1]
    forked = market.fork().run()
    assert forked.seen == [1, 2, 3, 4] and market.seen == [1]
    assert forked.datacollector.get_model_vars_dataframe()["month"].tolist() == [1, 2, 3, 4]


def test_an_attribute_that_no_file_can_hold_is_refused_with_the_way_out(tmp_path):
    market = Market(small())
    market.look_up = lambda: 1
    with pytest.raises(BadInput, match=r"'look_up'.*unsaved ="):
        market.save(tmp_path / "state.npz")


@pytest.mark.parametrize("policy", ["keeping", "osfa with price of keeping", "hybrid"])
def test_what_a_policy_remembers_goes_on_bit_for_bit(policy, tmp_path):
    market = Market(small(**{"firms.0.policy": policy, "firms.0.policy_settings.from": "keeping", "months": 8}))
    for _ in range(3):
        market.step()
    market.save(tmp_path / "state.npz")
    others = Market.load(tmp_path / "state.npz"), market.fork(), pickle.loads(pickle.dumps(market))
    assert market.run().monthly()["revenue"].nunique() > 1
    assert all(same(market, other.run()) for other in others)


def test_a_memory_that_no_file_can_hold_is_refused_and_not_dropped(tmp_path):
    market = Market(small(**{"firms.0.policy": "hoarding"}))
    market.step()
    with pytest.raises(BadInput, match=r"policy hoarding remembers attribute 'view' of type function"):
        market.save(tmp_path / "state.npz")


def test_a_comparison_takes_a_class_of_customers():
    class Mute(Customer):
        def talk(self, me):
            me.person.said = 0

    scenario = small(**FEWEST | {"months": 2})
    found = compare(scenario, ["osfa", "product_centric"], replications=2, customer_class=Mute)
    assert (found.monthly["messages_positive"] + found.monthly["messages_negative"]).sum() == 0


def test_an_agent_of_another_kind_cannot_join_unseen():
    with pytest.raises(TypeError, match=r"cannot join a market"):
        mesa.Agent(Market(small()))
    with pytest.raises(TypeError, match="by its own rules"):
        Market(small()).remove_all_agents()


def test_the_generator_of_mesa_goes_back_to_the_seed_of_the_market():
    market = Market(small(), seed=3)
    first = market.random.random()
    market.reset_randomizer()
    assert market.random.random() == first == random.Random(3).random()


# policies in files


def written(folder, price, helper="PRICE"):
    folder.mkdir()
    (folder / "helper_of_prices.py").write_text(f"PRICE = {price}\n")
    (folder / "mine_in_a_file.py").write_text(
        f"from helper_of_prices import {helper}\nfrom sim.policies import Plan, Policy\n\n\n"
        "class Mine(Policy):\n    name, summary, start = 'mine', 'mine', Plan(price=PRICE)\n"
    )
    return f"{folder / 'mine_in_a_file.py'}:Mine"


def test_a_policy_finds_the_module_beside_its_file_and_each_its_own(tmp_path):
    files = {price: written(tmp_path / f"v{k}", price) for k, price in enumerate((1.25, 0.75))}
    for price, file in (*files.items(), *reversed(files.items())):
        assert Market(small(**{"firms.0.policy": file})).world.firms[0].policy.start.price == price
    assert str(tmp_path / "v0") in sys.path


def test_a_policy_whose_helper_has_changed_is_loaded_anew(tmp_path):
    file = written(tmp_path / "v", 1.25)
    scenario = small(**{"firms.0.policy": file})
    assert Market(scenario).world.firms[0].policy.start.price == 1.25
    (tmp_path / "v" / "helper_of_prices.py").write_text("PRICE = 0.5  # changed\n")
    assert Market(scenario).world.firms[0].policy.start.price == 0.5


@pytest.mark.parametrize("other", ["", " with price of osfa"])
def test_a_market_with_a_policy_from_a_file_can_be_pickled(tmp_path, other):
    market = Market(small(**{"firms.0.policy": written(tmp_path / "v", 1.25) + other}))
    market.step()
    again = pickle.loads(pickle.dumps(market))
    assert same(market.run(), again.run())


# whole numbers


@pytest.mark.parametrize("value", WHOLE)
def test_a_whole_number_is_whole_whatever_holds_it(value):
    assert count_argument(value, "n") == as_whole(value) == 3 and type(as_whole(value)) is int


@pytest.mark.parametrize("value", NOT_WHOLE)
def test_what_is_no_whole_number_is_refused_by_every_call(value):
    calls = {
        "replicate": lambda: Market(small(), replicate=value),
        "threads": lambda: Market(small(), threads=value),
        "replications": lambda: compare(small(), ["osfa", "product_centric"], replications=value),
    }
    if value is not None:
        calls["seed"] = lambda: Market(small(), seed=value)
        calls["workers"] = lambda: compare(small(), ["osfa", "product_centric"], replications=2, workers=value)
    for name, call in calls.items():
        with pytest.raises(BadInput, match=f"{name} is "):
            call()


def test_a_thread_is_needed():
    with pytest.raises(BadInput, match="threads is 0; a whole number from 1 to 1024 is needed"):
        Market(small(), threads=0)


def test_a_replicate_of_any_type_is_the_same_world():
    assert same(Market(small(), replicate=np.float32(1.0)).run(), Market(small(), replicate=1).run())


@pytest.mark.parametrize(
    ("key", "value", "usual"),
    [
        ("market.customers", np.int64(80), 80),
        ("months", 12.0, 12),
        ("market.death", np.float32(0.2), 0.2),
        ("mechanisms.morale", np.False_, False),
        ("market.needs.segments", np.float64(3), 3),
    ],
)
def test_settings_of_numpy_give_the_scenario_of_python_s(key, value, usual):
    found, expected = small(**{key: value}), small(**{key: usual})
    assert found.sha256 == expected.sha256 and found.as_mapping() == expected.as_mapping()


def test_a_design_takes_arrays_and_numbers_of_numpy():
    design = {
        "name": "numpy", "scenario": "telecom", "replications": np.int64(2), "seed": np.float64(3),
        "factors": {"spread": {"path": "market.needs.spread", "values": np.array([0.5, 0.75])}},
        "design": {"kind": "full_factorial"}, "outcomes": {"rev": {"measure": "revenue"}},
    }  # fmt: skip
    found = Experiment.from_mapping(design)
    assert (found.replications, found.seed, len(found.points)) == (2, 3, 2)
    assert [type(level.label) for level in found.factors[0].levels] == [float, float]


def test_plain_values_are_those_of_python():
    found = plain({"a": np.array([1, 2]), "b": (np.str_("x"), range(2)), "c": pd.Series([0.5])})
    assert found == {"a": [1, 2], "b": ["x", [0, 1]], "c": [0.5]}


# the page on Mesa


def examples():
    page = (Path(__file__).parents[2] / "docs" / "mesa.md").read_text(encoding="utf-8")
    names = {"__name__": "__main__"}
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(block, "docs/mesa.md", "exec"), names)
    return names


def test_the_page_on_mesa_runs_and_its_model_can_be_made_anew_by_solara(capsys):
    names = examples()
    assert "iteration" in capsys.readouterr().out
    params = names["model_params"]
    assert set(params) <= set(inspect.signature(names["SliderMarket"]).parameters)
    values = {name: value["value"] if isinstance(value, dict) else value for name, value in params.items()}
    model = names["SliderMarket"](**values)
    again = type(model)(**values)
    for one in (model, again):
        one.step()
        assert one.running
    first, second = (one.datacollector.get_model_vars_dataframe()["mood"] for one in (model, again))
    assert first.equals(second) and first.tolist() == [model.agents.agg("mood", np.mean)]
    assert names["market"].datacollector.get_model_vars_dataframe()["month"].tolist() == [1, 2, 3, 4, 5, 6]
