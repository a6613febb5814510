"""Faults of sweeps that users of neighbouring tools met: each kind, with siblings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.runner.sending import modules_to_send, refuse_of_script
from sim.experiments.sweep.store.keys import world_digest
from sim.experiments.sweep.store.lock import alone, is_locked
from sim.parameters import BadInput, Scenario
from sim.parameters.names import TAKEN
from sim.policies import registry
from sim.statistics.analysis import each_outcome
from tests.support.sweeps import here as sweep_here

SCENARIO = """
name: small
months: 5
market: {customers: 20, size: 200, warm_up: 1}
firms: [{name: us, policy: product_centric}, {name: them, policy: osfa}]
"""
POLICY = """
from sim.policies import Plan, Policy
{imports}
class Mine(Policy):
    name = "mine"
    summary = "A policy of a test."
    start = Plan(price={price})
"""
TAIL = {"replications": 1, "outcomes": {"revenue_sum": {"measure": "revenue"}}}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(registry, "_KNOWN", dict(registry._KNOWN))  # what a test registers ends with it
    Path("small.yaml").write_text(SCENARIO)
    return tmp_path


def policy_file(path="pol.py", price="1.0", imports=""):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(POLICY.format(price=price, imports=imports))


def experiment(factors, **more):
    return Experiment.from_mapping({"name": "test", "scenario": "small.yaml", "factors": factors} | TAIL | more)


def swept(factors, folder="out", **more):
    return sweep_here(experiment(factors, **more), folder)


def revenues(made):
    return dict(zip(made.runs.iloc[:, 5].astype(str), made.runs["revenue_sum"], strict=True))


def test_a_policy_that_changes_twice_in_a_second_is_read_anew(here, monkeypatch):
    """Bytecode knows whole seconds and the length of its source only."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    prices = []
    for price, changed in (("1.0", 0.2), ("1.1", 0.4)):
        policy_file(price=price)
        os.utime("pol.py", (1e9 + changed, 1e9 + changed))
        prices.append(registry.policy_named("pol.py:Mine").start.price)
    assert prices == [1.0, 1.1]


@pytest.mark.parametrize(
    "text",
    ["pol.py:Mine", "osfa with price of pol.py:Mine", "pol.py:Mine with walls of osfa"],
)
def test_a_changed_policy_file_makes_another_world(here, text):
    policy_file(price="1.0")
    before = world_digest(Scenario.load("small.yaml").with_settings({"firms.0.policy": text}))
    policy_file(price="1.3")
    assert world_digest(Scenario.load("small.yaml").with_settings({"firms.0.policy": text})) != before


def test_a_changed_end_of_a_policy_makes_another_world(here):
    policy_file(price="1.0")
    settings = {"firms.0.policy": "hybrid", "firms.0.policy_settings.to": "pol.py:Mine"}
    before = world_digest(Scenario.load("small.yaml").with_settings(settings))
    policy_file(price="1.3")
    assert world_digest(Scenario.load("small.yaml").with_settings(settings)) != before


@pytest.mark.parametrize("module", ["helper.py", "prices/__init__.py"])
def test_a_changed_module_of_a_policy_makes_another_world(here, module):
    name = Path(module).parts[0].removesuffix(".py")
    Path(module).parent.mkdir(exist_ok=True)
    Path(module).write_text("PRICE = 1.0\n")
    policy_file(price="PRICE", imports=f"from {name} import PRICE")
    before = world_digest(Scenario.load("small.yaml").with_settings({"firms.0.policy": "pol.py:Mine"}))
    Path(module).write_text("PRICE = 1.3\n")
    assert world_digest(Scenario.load("small.yaml").with_settings({"firms.0.policy": "pol.py:Mine"})) != before


def test_a_moved_policy_file_makes_the_same_world(here):
    policy_file("a/pol.py")
    policy_file("b/pol.py")
    settings = ({"firms.0.policy": f"{folder}/pol.py:Mine"} for folder in "ab")
    one, other = (world_digest(Scenario.load("small.yaml").with_settings(each)) for each in settings)
    assert one == other


def test_a_sweep_after_a_change_of_a_policy_has_new_numbers_and_no_old_runs(here):
    policy_file(price="1.0")
    factors = {"policy": {"policies": ["osfa with price of pol.py:Mine", "osfa"]}}
    before = revenues(swept(factors))
    policy_file(price="1.3")
    after = revenues(swept(factors))
    mixture = "osfa with price of pol.py:Mine"
    assert after["osfa"] == before["osfa"] and after[mixture] != before[mixture]
    assert len(pd.read_parquet("out/runs")) == 2


def test_verifying_refuses_a_run_whose_policy_has_changed(here):
    policy_file(price="1.0")
    made = swept({"policy": {"policies": ["pol.py:Mine", "osfa"]}})
    policy_file(price="1.3")
    keys = made.runs.set_index("policy")["key"]
    assert main(["verify", str(made.folder), "--run", keys["pol.py:Mine"]]) == 2


@pytest.mark.parametrize(
    "factors",
    [
        {"a": ("firms.0.decisions.price", [1.0, 1.1]), "b": ("firms.us.decisions.price", [1.0, 1.2])},
        {"a": ("months", [1, 2]), "b": ("months", [1, 2])},
        {"a": ("firms.us.policy", ["osfa", "product_centric"]), "b": None},
    ],
)
def test_two_factors_that_set_one_key_are_refused(here, factors):
    made = {
        name: {"path": one[0], "values": one[1]} if one else {"policies": ["osfa", "product_centric"]}
        for name, one in factors.items()
    }
    with pytest.raises(BadInput, match="sets .* which factor a sets too"):
        experiment(made)


def test_two_spellings_of_one_key_in_one_set_of_settings_are_refused(here):
    settings = {"firms.0.decisions.price": 1.0, "firms.us.decisions.price": 1.1}
    with pytest.raises(BadInput, match="one key"):
        Scenario.load("small.yaml").with_settings(settings)


@pytest.mark.parametrize("name", [*TAKEN, "nan", "inf", "007", "1e5", "1_0", "-5", "_x", "=x", ""])
def test_a_firm_cannot_have_a_name_that_means_something_else(here, name):
    mapping = Scenario.load("small.yaml").as_mapping()
    mapping["firms"][0]["name"] = name
    with pytest.raises(BadInput, match="firms.0.name"):
        Scenario.from_mapping(mapping)


@pytest.mark.parametrize("name", ["../../evil", "a:b*?", "nan", "..", "a b"])
def test_an_experiment_cannot_have_a_name_that_is_no_plain_folder(here, name):
    with pytest.raises(BadInput, match="name is"):
        experiment({"months": {"path": "months", "values": [1, 2]}}, name=name)


def test_levels_of_another_kind_are_refused_before_the_first_run(here):
    bundles = {name: {"market.needs.spread": value} for name, value in (("a", 0.5), ("b", 0.7))}
    swept({"plan": {"bundles": bundles}})
    with pytest.raises(BadInput, match="another kind"):
        swept({"plan": {"path": "market.needs.spread", "values": [0.5, 0.7]}})
    assert len(sim.Sweep.load("out").runs) == 2


def test_points_with_the_same_world_have_a_row_each(here):
    bundles = {name: {"market.needs.spread": 0.5} for name in "ab"}
    swept({"plan": {"bundles": bundles}})
    assert sorted(pd.read_parquet("out/runs")["plan"]) == ["a", "b"]
    assert sim.Sweep.load("out").runs["revenue_sum"].nunique() == 1


def test_the_table_of_runs_holds_the_present_levels_under_their_present_names(here):
    def plan(levels):
        return {"plan": {"bundles": {name: {"market.needs.spread": value} for name, value in levels.items()}}}

    first = revenues(swept(plan({"low": 0.5, "middle": 0.6, "high": 0.7})))
    swept(plan({"low": 0.5, "top": 0.7}))
    table = pd.read_parquet("out/runs").set_index("plan")["revenue_sum"].to_dict()
    assert table == {"low": first["low"], "top": first["high"]}
    again = revenues(swept(plan({"low": 0.5, "middle": 0.6, "top": 0.7})))
    assert again["middle"] == first["middle"] and len(list(Path("out/other/runs").iterdir())) == 0


def test_a_loaded_sweep_is_found_from_any_folder(here, monkeypatch):
    swept({"months": {"path": "months", "values": [1, 2]}})
    made = sim.Sweep.load("out")
    monkeypatch.chdir("/")
    assert len(made.runs) == 2


def test_files_are_found_beside_the_experiment(here, monkeypatch):
    policy_file("nested/pol.py")
    shutil.move("small.yaml", "nested/small.yaml")
    Path("nested/e.yaml").write_text(
        "name: e\nscenario: small.yaml\nreplications: 1\noutcomes: {rev: {measure: revenue}}\n"
        "factors: {policy: {policies: ['pol.py:Mine', osfa]}}\n"
    )
    assert [point.labels["policy"] for point in Experiment.load("nested/e.yaml").points] == ["pol.py:Mine", "osfa"]


def test_a_scenario_finds_its_policy_beside_it(here, monkeypatch):
    policy_file("nested/pol.py")
    Path("nested/s.yaml").write_text(SCENARIO.replace("product_centric", "'pol.py:Mine'"))
    stored = Scenario.load("nested/s.yaml").as_mapping()
    monkeypatch.chdir("/")
    assert sim.Market(Scenario.from_mapping(stored)).world is not None


def test_the_command_that_repeats_a_failed_run_can_be_pasted(here):
    policy_file(imports="raise_in_decide = 1\n")
    Path("pol.py").write_text(
        Path("pol.py").read_text() + "    def decide(self, view):\n        raise ValueError('no')\n"
    )
    made = swept({"policy": {"policies": ["pol.py:Mine", "osfa"]}}, "a folder")
    assert f"'{made.folder}'" in made.failures["command"].iloc[0]


@pytest.mark.parametrize("months", [[1, 13], [40, 60]])
def test_an_outcome_beyond_the_end_of_a_run_is_refused(here, months):
    factors = {"spread": {"path": "market.needs.spread", "values": [0.5, 0.7]}}
    with pytest.raises(BadInput, match="has 5 months"):
        experiment(factors, outcomes={"rev": {"measure": "revenue", "months": months}})


def test_an_outcome_beyond_the_end_of_the_shortest_level_is_refused(here):
    with pytest.raises(BadInput, match="has 1 months"):
        experiment(
            {"months": {"path": "months", "values": [1, 2]}}, outcomes={"rev": {"measure": "revenue", "months": [1, 2]}}
        )


def test_neighbouring_seeds_share_no_world_under_independent_luck(here):
    factors = {"spread": {"path": "market.needs.spread", "values": [0.5, 0.6, 0.7, 0.8]}}
    seeds = []
    for seed in (1, 2):
        made = experiment(factors, seed=seed, random_numbers="independent")
        seeds += [made.seed_of(point) for point in made.points]
    assert len(set(seeds)) == 8


@pytest.mark.parametrize("text", ["{spread: 0,5}", "{spread: '0,5'}"])
def test_a_decimal_comma_is_told(here, text):
    Path("s.yaml").write_text(SCENARIO.replace("warm_up: 1", f"warm_up: 1, needs: {text}"))
    with pytest.raises(BadInput, match=r"point|Did you mean 0\.5"):
        Scenario.load("s.yaml")


def analysed_but_for(bad):
    def analysis(outcome):
        if outcome in bad:
            raise BadInput(f"{outcome} never varies")
        return pd.DataFrame({"outcome": [outcome]})

    return analysis


def test_each_outcome_is_analysed_by_itself_and_the_one_left_out_is_named():
    table = each_outcome(analysed_but_for(["flat"]), ["rev", "flat"])
    assert list(table["outcome"]) == ["rev"] and table.attrs["left_out"] == {"flat": "flat never varies"}


def test_no_outcome_at_all_is_refused_with_every_reason():
    with pytest.raises(BadInput, match="a never varies; b never varies"):
        each_outcome(analysed_but_for(["a", "b"]), ["a", "b"])


@pytest.mark.long
def test_an_unguarded_script_is_told_at_once(here):
    Path("script.py").write_text(
        "import sim\n"
        "from sim.experiments.sweep.design import Experiment\n"
        "e = Experiment.from_mapping({'name': 'x', 'scenario': 'small.yaml', 'replications': 1,\n"
        "  'factors': {'m': {'path': 'months', 'values': [1, 2]}}, 'outcomes': {'rev': {'measure': 'revenue'}}})\n"
        "sim.sweep(e, 'out', workers=2)\n"
    )
    root = str(Path(sim.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "script.py"], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": root}
    )
    assert done.returncode == 1 and done.stderr.count("__main__") <= 4 and "under if __name__" in done.stderr
    assert not Path("out").exists()


def test_a_policy_of_a_session_is_refused_before_the_first_run(here):
    registered_by("a_notebook", "session")
    with pytest.raises(BadInput, match="defined in this process"):
        sim.sweep(experiment({"policy": {"policies": ["session", "osfa"]}}), "out", workers=2)
    assert not Path("out").exists()


def registered_by(module, name):
    made = type("Own", (sim.policies.Policy,), {"name": name, "summary": "x", "start": sim.policies.Plan()})
    made.__module__ = module
    return sim.policies.register(made).name


def test_workers_import_the_modules_of_registered_policies(here):
    assert modules_to_send(["osfa", registered_by("tests.support.sweeps", "of_a_module")]) == ("tests.support.sweeps",)


def test_workers_of_a_cluster_get_no_policy_of_the_script(here):
    with pytest.raises(BadInput, match=r"registered by the script itself.*mine\.py:Own"):
        refuse_of_script([registered_by("__main__", "of_the_script")])


@pytest.mark.long
def test_a_failed_run_is_status_1(here, capsys):
    policy_file()
    Path("pol.py").write_text(
        Path("pol.py").read_text() + "    def decide(self, view):\n        raise ValueError('no')\n"
    )
    Path("e.yaml").write_text(
        "name: e\nscenario: small.yaml\nreplications: 1\noutcomes: {rev: {measure: revenue}}\n"
        "factors: {policy: {policies: ['pol.py:Mine', osfa]}}\n"
    )
    assert main(["sweep", "e.yaml", "--workers", "1", "--out", "out"]) == 1


def test_looking_at_a_sweep_never_stops_one_from_starting(here):
    Path("folder").mkdir()
    with alone(Path("folder")):
        assert is_locked(Path("folder"))
        with pytest.raises(BadInput, match="another sweep is running"), alone(Path("folder")):
            pass
    assert not is_locked(Path("folder"))
    assert sorted(path.name for path in Path("folder").iterdir()) == ["sweep.lock"]
