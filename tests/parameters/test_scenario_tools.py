"""Scenario files made, compared, described; policies that decide rubbish."""

import json

import numpy as np
import pytest
import yaml

from sim import Market, RunFailed, Scenario
from sim.commands.scenario import annotate
from sim.model.customers.range_check import FINITE
from sim.model.firm.decide import RANGES
from sim.parameters import scenario_names
from sim.parameters.schema import scenario_schema
from sim.parameters.shipped import shipped_folder
from sim.policies import Plan, Policy, register
from sim.policies.base import DECISIONS
from tests.support.command_line import sim
from tests.support.worlds import small


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
    made = Scenario.load(tmp_path / "mine.yaml")
    assert made.name == "mine" and made.with_settings({"name": "grocery"}).sha256 == Scenario.load("grocery").sha256
    again = sim("scenario", "new", "mine.yaml", cwd=tmp_path)
    assert again.returncode == 2 and "is there already" in again.stderr


@pytest.mark.parametrize("name", ["a: b", "true", "12", "#x", "-", "it's", "ü"])
def test_a_new_file_has_its_name_as_text_whatever_it_is(name, tmp_path):
    place = tmp_path / f"{name}.yaml"
    assert sim("scenario", "new", str(place)).returncode == 0
    assert Scenario.load(place).name == name


def test_a_new_file_needs_a_folder(tmp_path):
    done = sim("scenario", "new", str(tmp_path / "nowhere" / "x.yaml"))
    assert done.returncode == 2 and "there is no folder" in done.stderr


@pytest.mark.parametrize("name", scenario_names())
def test_a_new_file_says_what_its_numbers_mean(name, tmp_path):
    (tmp_path / "mine.yaml").write_text(annotate(shipped_folder("scenarios") / f"{name}.yaml"))
    assert Scenario.load(tmp_path / "mine.yaml").sha256 == Scenario.load(name).sha256
    text = (tmp_path / "mine.yaml").read_text()
    assert "# months [months; 1 to 1200]: Months to record" in text
    assert name != "grocery" or "  # purchase_rate [1/month; 0.01 to 30]: Mean purchase occasions" in text


def test_diff_tells_units(tmp_path):
    text = "market:\n  needs: {spread: 0.5}\nfirms:\n  - {name: a, policy: osfa, decisions: {price: 1.2}}\n"
    (tmp_path / "one.yaml").write_text(text)
    (tmp_path / "other.yaml").write_text(text.replace("0.5", "0.7").replace("1.2", "1.3"))
    told = sim("scenario", "diff", "one.yaml", "other.yaml", cwd=tmp_path).stdout
    assert told == "firms.0.decisions.price: 1.2 -> 1.3 [ratio]\nmarket.needs.spread: 0.5 -> 0.7 [sd]\n"


def test_diff_names_what_differs_and_nothing_else():
    assert sim("scenario", "diff", "telecom", "telecom").stdout == ""
    told = sim("scenario", "diff", "telecom", "grocery").stdout
    assert "market.relationship: contract -> repertoire" in told and "needs.spread" not in told


def test_a_scenario_with_an_unknown_policy_is_not_sound(tmp_path):
    (tmp_path / "x.yaml").write_text("firms:\n  - {name: a, policy: ofsa}\n")
    done = sim("scenario", "check", str(tmp_path / "x.yaml"))
    assert done.returncode == 2 and "Did you mean osfa" in done.stderr


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


@pytest.mark.parametrize("body", ["return None", "return {'price': 1.0}", "return Plan"])
def test_what_is_no_plan_is_named_with_the_file(body, tmp_path):
    head = (
        "from sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n    name, summary, start = 'm', 'm', Plan()\n"
    )
    (tmp_path / "mine.py").write_text(f"{head}\n    def decide(self, view):\n        {body}\n")
    with pytest.raises(RunFailed, match=r"mine.py:7: TypeError: decide gave .*a Plan is needed"):
        Market(small(firms__0__policy=f"{tmp_path / 'mine.py'}:Mine")).run()


def test_trouble_inside_a_library_is_named_where_the_policy_called_it(tmp_path):
    head = "import json\nfrom sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n"
    body = (
        "    name, summary, start = 'm', 'm', Plan()\n\n    def decide(self, view):\n        return json.loads('{')\n"
    )
    (tmp_path / "mine.py").write_text(head + body)
    with pytest.raises(RunFailed, match=r"mine.py:9: JSONDecodeError"):
        Market(small(firms__0__policy=f"{tmp_path / 'mine.py'}:Mine")).run()


def test_a_policy_file_that_decides_no_number_ends_with_status_1(tmp_path):
    head = "from sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n"
    (tmp_path / "mine.py").write_text(head + "    name, summary, start = 'm', 'm', Plan(price=float('nan'))\n")
    done = sim("run", "telecom", "--customers", "100", "--policy", "mine.py:Mine", "--out", "run", cwd=tmp_path)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"month 1: policy {tmp_path / 'mine.py'}:Mine of firm north decided price = nan; it must lie" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "__pycache__"] == ["mine.py"]


def test_numbers_of_numpy_and_whole_numbers_are_numbers():
    class Exact(Policy):
        """Decides in numbers of numpy."""

        name, summary, start = "exact", "exact", Plan(price=np.float32(0.5), lines=np.int64(2), promise=1)

    register(Exact)
    plan = Market(small(firms__0__policy="exact", market__conduct="fixed")).run().world.firms[0].plan
    assert (plan.price, plan.lines, plan.promise) == (0.5, 2.0, 1.0)
    assert {type(getattr(plan, name)) for name in DECISIONS} == {float}


def test_every_decision_has_a_range():
    assert set(RANGES) == set(DECISIONS)


@pytest.mark.parametrize("engine", ["compiled", "agents"])
@pytest.mark.parametrize("column", [name for name in FINITE if name != "open_hours"])  # gone once served
def test_a_person_of_no_number_stops_the_run_with_month_customer_and_column(engine, column):
    market = Market(small(), engine=engine)
    market.advance()
    customer = next(one for one in market.agents if one.supplier >= 0)
    setattr(customer, column, float("nan"))
    with pytest.raises(RunFailed, match=rf"month -?\d+, customer \d+: {column} is "):
        for _ in range(3):
            market.step()


def test_a_number_that_is_none_stops_the_run_with_month_and_customer():
    market = Market(small())
    market.advance()
    market.agents[3].satisfaction = float("nan")
    with pytest.raises(
        RunFailed, match=r"month 0, customer 3: satisfaction with north is nan after updated_satisfaction"
    ):
        market.advance()
