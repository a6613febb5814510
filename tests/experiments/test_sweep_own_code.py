"""Sweeps over classes of customers, files that a policy reads, and executors that a user brings."""

import multiprocessing
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim import BadInput, Experiment, Market, Scenario, policies
from sim.cli import main
from sim.experiments.sweep.runner.sending import lacking_policies, modules_for
from sim.experiments.sweep.store.keys import world_digest
from sim.experiments.sweep.store.one_run import simulate_run
from sim.policies import registry
from sim.simulation.agents import Customer
from tests.support.sweeps import here as sweep_here

SCENARIO = """
name: small
months: 3
market: {customers: 20, size: 200, warm_up: 1}
firms: [{name: us, policy: product_centric}, {name: them, policy: osfa}]
"""
CUSTOMERS = """
from sim.simulation.agents import Customer

class Untroubled(Customer):
    def raise_incidents(self, me):
        pass

class Counting(Customer):
    columns = {{"seen": {seen}}}
"""
POLICY = """
from pathlib import Path
from sim.policies import Plan, Policy
{top}
class Mine(Policy):
    name, summary, start = "mine", "reads a file", Plan()
    {files}

    def decide(self, view):
        return self.start.changed({{"price": float({price})}})
"""
TROUBLE = {"incidents": {"measure": "incidents", "firm": "all"}}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(registry, "_KNOWN", dict(registry._KNOWN))  # what a test registers ends with it
    Path("small.yaml").write_text(SCENARIO)
    Path("people.py").write_text(CUSTOMERS.format(seen=0))
    return tmp_path


def experiment(factors, **more):
    usual = {"name": "test", "scenario": "small.yaml", "replications": 1, "outcomes": TROUBLE}
    return Experiment.from_mapping(usual | {"factors": factors} | more)


def by_class(*texts):
    return {"people": {"path": "market.customer_class", "values": list(texts)}}


def reading(price="open('prices.csv').read()", top="", files=""):
    Path("prices.csv").write_text("1.1")
    Path("pol.py").write_text(POLICY.format(price=price, top=top, files=files))
    return experiment({"policy": {"policies": ["pol.py:Mine", "osfa"]}})


def digest(settings):
    return world_digest(Scenario.load("small.yaml").with_settings(settings))


# classes of customers


def test_a_class_of_customers_is_a_level_of_a_sweep(here):
    runs = sweep_here(experiment(by_class("usual", "people.py:Untroubled")), "out").runs.set_index("people")[
        "incidents"
    ]
    assert runs["people.py:Untroubled"] == 0.0 < runs["usual"]


def test_a_scenario_names_its_customers_beside_it(here, monkeypatch):
    Path("own").mkdir()
    Path("people.py").rename("own/people.py")
    Path("own/s.yaml").write_text(SCENARIO.replace("warm_up: 1", "warm_up: 1, customer_class: 'people.py:Untroubled'"))
    scenario = Scenario.load("own/s.yaml")
    monkeypatch.chdir("/")
    market = Market(scenario)
    assert (market.customer_class.__name__, market.engine_name) == ("Untroubled", "agents")
    assert Scenario.from_mapping(scenario.as_mapping()) == scenario
    assert market.run().monthly()["incidents"].sum() == 0.0


def test_a_state_with_customers_of_the_scenario_goes_on_by_itself(here):
    market = Market(Scenario.load("small.yaml").with_settings({"market.customer_class": "people.py:Counting"}))
    market.step()
    market.agents.set("seen", 7)
    market.save("state.npz")
    assert set(Market.load("state.npz").agents.get("seen")) == set(market.fork().agents.get("seen")) == {7}


def test_a_changed_class_of_customers_makes_another_world(here):
    before = digest({"market.customer_class": "people.py:Counting"})
    Path("people.py").write_text(CUSTOMERS.format(seen=1))
    assert digest({"market.customer_class": "people.py:Counting"}) != before != digest({})


def test_a_moved_class_of_customers_makes_the_same_world(here):
    Path("b").mkdir()
    Path("b/people.py").write_text(Path("people.py").read_text())
    assert digest({"market.customer_class": "people.py:Untroubled"}) == digest(
        {"market.customer_class": "b/people.py:Untroubled"}
    )


def test_a_class_in_a_module_of_the_path_is_known_by_its_source(here, monkeypatch):
    monkeypatch.syspath_prepend(str(here))
    Path("people_of_the_path.py").write_text(CUSTOMERS.format(seen=0))
    settings = {"market.customer_class": "people_of_the_path:Counting"}
    before = digest(settings)
    assert "seen" in Market(Scenario.load("small.yaml").with_settings(settings)).customers_columns()
    Path("people_of_the_path.py").write_text(CUSTOMERS.format(seen=1))
    assert digest(settings) != before


def test_the_usual_customers_leave_the_identity_of_a_scenario_as_it_was(here):
    scenario = Scenario.load("small.yaml")
    assert scenario.with_settings({"market.customer_class": "usual"}).sha256 == scenario.sha256
    assert scenario.with_settings({"market.customer_class": "people.py:Untroubled"}).sha256 != scenario.sha256


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("people.py:Nobody", "has no class Nobody that extends"),
        ("nowhere.py:Untroubled", "there is no file"),
        ("no_such_module:Untroubled", "ModuleNotFoundError"),
        ("__main__:Untroubled", "put the class into a file"),
        ("Untroubled", "allowed are 'usual' and a class in a file or module"),
        (":Untroubled", "allowed are 'usual' and a class in a file or module"),
    ],
)
def test_a_class_of_customers_that_cannot_be_had_is_refused_before_the_first_run(here, text, message):
    with pytest.raises(BadInput, match=message):
        experiment(by_class("usual", text))


def test_a_call_and_a_scenario_that_name_two_classes_are_refused(here):
    class Other(Customer):
        pass

    scenario = Scenario.load("small.yaml").with_settings({"market.customer_class": "people.py:Untroubled"})
    with pytest.raises(BadInput, match=r"customer_class is Other.*people\.py:Untroubled"):
        Market(scenario, customer_class=Other)


def test_customers_of_a_past_stay_in_a_fork(here):
    with pytest.raises(BadInput, match=r"market\.customer_class cannot change"):
        Market(Scenario.load("small.yaml")).fork({"market.customer_class": "people.py:Untroubled"})


def test_a_command_runs_the_customers_of_the_scenario(here, capsys):
    settings = ["--set", "market.customer_class=people.py:Untroubled", "--set", "months=2", "--out", "run"]
    assert main(["run", "small.yaml", *settings]) == 0
    assert pd.read_parquet("run/monthly.parquet")["incidents"].sum() == 0.0


# files that users' code reads


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"price": "Path(__file__).with_name('prices.csv').read_text()"},
        {"top": "PRICE = open('prices.csv').read()", "price": "PRICE"},
        {"price": "open('pri' + 'ces.csv').read()", "files": "files = ('prices.csv',)"},
    ],
)
def test_a_file_that_a_policy_names_is_part_of_a_run(here, how):
    made = reading(**how)
    prices = []
    for price in ("1.1", "1.3"):
        Path("prices.csv").write_text(price)
        runs = sweep_here(experiment({"policy": {"policies": ["pol.py:Mine", "osfa"]}}), "out").runs
        prices.append(runs.set_index("policy")["key"])
    assert prices[0]["pol.py:Mine"] != prices[1]["pol.py:Mine"] and prices[0]["osfa"] == prices[1]["osfa"]
    assert len(made.points) == 2


@pytest.mark.parametrize(
    "how",
    [
        {"price": "open('pri' + 'ces.csv').read()"},
        {"top": "PRICE = open('pri' + 'ces.csv').read()", "price": "PRICE"},
        {"price": "Path('pri' + 'ces.csv').read_bytes()"},
    ],
)
def test_a_file_that_a_policy_reads_without_naming_it_is_refused(here, how):
    with pytest.raises(BadInput, match=r"reads .*prices\.csv.*files = \('prices\.csv',\)"):
        sweep_here(reading(**how), "out")
    kept = Path("out/runs").glob("*.parquet")
    assert all(set(pd.read_parquet(part)["policy"]) == {"osfa"} for part in kept)


def test_a_module_is_run_again_when_a_file_that_it_read_has_changed(here):
    made = reading(top="PRICE = open('prices.csv').read()", price="PRICE")
    scenario = made.scenario_of(made.points[0])
    Path("prices.csv").write_text("1.3")
    assert Market(scenario).world.firms[0].policy.decide(None).price == 1.3


def test_what_a_policy_writes_and_what_libraries_read_is_no_reason_to_refuse(here):
    top = "import json, decimal\nopen('log.txt', 'w').close()"
    made = reading(top=top, price="1.0 + 0.0 * len(open(json.__file__).read())")
    assert set(sweep_here(made, "out").runs["status"]) == {"ok"}


# executors of a user's


def registered_by(module, name):
    made = type("Own", (policies.Policy,), {"name": name, "summary": "x", "start": policies.Plan()})
    made.__module__ = module
    return policies.register(made).name


class Elsewhere(Executor):
    """Workers that know nothing of this process's registrations, and note what they are sent."""

    def __init__(self):
        self.sent = []

    def submit(self, call, /, *arguments):
        self.sent.append(arguments)
        here_known, future = dict(registry._KNOWN), Future()
        registry._KNOWN = {name: made for name, made in here_known.items() if made.__module__.startswith("sim.")}
        try:
            future.set_result(call(*arguments))
        except Exception as trouble:
            future.set_exception(trouble)
        finally:
            registry._KNOWN = here_known
        return future


def test_workers_of_a_user_s_executor_are_sent_the_modules_of_registered_policies(here):
    executor, name = Elsewhere(), registered_by("tests.support.sweeps", "of_a_module")
    with pytest.raises(BadInput, match=r"'of_a_module' is not known to the workers.*mine\.py:Own"):
        modules_for(executor, ["osfa", name], simulate_run)  # the module does not register it
    assert executor.sent[0][:2] == (("tests.support.sweeps",), (name,))


def test_a_policy_of_this_process_alone_is_refused_by_a_user_s_executor(here):
    name = registered_by("a_notebook", "of_a_notebook")
    with pytest.raises(BadInput, match="'of_a_notebook' is not known to the workers of the executor"):
        sim.sweep(experiment({"policy": {"policies": [name, "osfa"]}}), "out", executor=Elsewhere())
    assert not Path("out").exists()


def test_threads_of_a_user_s_executor_know_what_this_process_knows(here):
    name = registered_by("a_notebook", "of_a_notebook")
    made = sweep_here(experiment({"policy": {"policies": [name, "osfa"]}}), "out")
    assert set(made.runs["status"]) == {"ok"}


def test_what_an_executor_cannot_send_is_refused_before_the_first_run(here):
    executor = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    with executor, pytest.raises(BadInput, match="cannot be given the way to live a run"):
        modules_for(executor, ["osfa"], lambda run, scenario: {})


def test_a_module_that_workers_cannot_import_is_refused_by_name(here):
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        lacking_policies(["no_such_module"], [], simulate_run)
