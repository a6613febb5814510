"""Scenario files made, compared, described; policies that decide rubbish; runs that are interrupted."""

import json
import signal
import subprocess
import sys
import time

import pytest
import yaml

from sim import Market, RunFailed, Scenario
from sim.parameters import scenario_names
from sim.parameters.schema import scenario_schema
from sim.parameters.shipped import shipped_folder
from sim.policies import Plan, Policy, register
from tests.worlds import small


def sim(*words, cwd=None):
    return subprocess.run([sys.executable, "-m", "sim", *words], capture_output=True, text=True, cwd=cwd, check=False)


def fits(value, schema):
    """Whether a value fits the part of JSON Schema that is used here."""
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    allowed = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    if value is None:
        return "null" in allowed
    if "enum" in schema:
        return value in schema["enum"]
    if isinstance(value, float) and value.is_integer() and "integer" in allowed:
        value = int(value)
    if not any(isinstance(value, kinds[kind]) for kind in allowed if kind != "null"):
        return False
    if isinstance(value, dict):
        parts, free = schema.get("properties", {}), schema.get("additionalProperties", True)
        return all(fits(inner, parts[key]) if key in parts else free for key, inner in value.items())
    if isinstance(value, list):
        return all(fits(inner, schema["items"]) for inner in value)
    inside = schema.get("minimum", value), schema.get("maximum", value)
    return isinstance(value, str) or inside[0] <= value <= inside[1]


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_in_the_box_fits_the_schema(name):
    written = yaml.safe_load((shipped_folder("scenarios") / f"{name}.yaml").read_text())
    assert fits(written, scenario_schema())
    assert fits(Scenario.load(name).as_mapping(), scenario_schema())


@pytest.mark.parametrize(
    "wrong", [{"market": {"needs": {"spred": 1}}}, {"market": {"needs": {"spread": 99}}}, {"months": "x"}]
)
def test_the_schema_refuses_what_loading_refuses(wrong):
    assert not fits(wrong, scenario_schema())


def test_the_schema_is_one_json_document():
    assert json.loads(sim("scenario", "schema").stdout)["title"] == "Scenario"


def test_a_new_file_is_sound_and_never_replaces_another(tmp_path):
    assert sim("scenario", "new", "mine.yaml", "--from", "grocery", cwd=tmp_path).returncode == 0
    assert Scenario.load(tmp_path / "mine.yaml").sha256 == Scenario.load("grocery").sha256
    again = sim("scenario", "new", "mine.yaml", cwd=tmp_path)
    assert again.returncode == 2 and "is there already" in again.stderr


def test_diff_names_what_differs_and_nothing_else():
    assert sim("scenario", "diff", "telecom", "telecom").stdout == ""
    told = sim("scenario", "diff", "telecom", "grocery").stdout
    assert "market.relationship: contract -> repertoire" in told and "needs.spread" not in told


@pytest.mark.parametrize("price", [float("nan"), float("inf"), -1.0, "cheap", None])
def test_a_policy_that_decides_rubbish_stops_the_run_by_name(price):
    class Rubbish(Policy):
        """Decides rubbish."""

        name, summary, start = "rubbish", "rubbish", Plan()

        def decide(self, view):
            """Rubbish."""
            return self.start.changed({"price": price})

    register(Rubbish)
    with pytest.raises(RunFailed, match=r"month 1: policy rubbish of firm north decided price"):
        Market(small(firms__0__policy="rubbish")).run()


def test_a_policy_that_fails_stops_the_run_with_file_and_line(tmp_path):
    head = "from sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n"
    body = "    name, summary, start = 'm', 'm', Plan()\n\n    def decide(self, view):\n        return self.nowhere\n"
    (tmp_path / "mine.py").write_text(head + body)
    done = sim("run", "telecom", "--customers", "100", "--policy", "mine.py:Mine", cwd=tmp_path)
    assert done.returncode == 1
    assert "mine.py:8: AttributeError" in done.stderr and "Traceback" not in done.stderr


def test_a_number_that_is_none_stops_the_run_with_month_and_customer():
    market = Market(small())
    market.step()
    market.world.people.satisfaction[3, 0] = float("nan")
    with pytest.raises(
        RunFailed, match=r"month 0, customer 3: satisfaction with north is nan after updated_satisfaction"
    ):
        market.step()


def test_an_interrupted_run_leaves_nothing_and_says_so_in_one_line(tmp_path):
    words = [sys.executable, "-m", "sim", "run", "telecom", "--customers", "200000", "--out", "run"]
    going = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    time.sleep(6.0)
    going.send_signal(signal.SIGINT)
    _, told = going.communicate(timeout=60)
    assert going.returncode == 1
    assert told.strip().endswith("sim: stopped") and "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
