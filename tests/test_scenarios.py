import pytest

from sim.parameters import BadInput, Scenario, scenario_names
from sim.parameters.yaml_reader import parse_yaml


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_loads_and_round_trips(name):
    scenario = Scenario.load(name)
    assert Scenario.from_mapping(scenario.as_mapping()).sha256 == scenario.sha256


def test_an_unknown_key_names_line_and_nearest_key(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("name: x\nmarket:\n  needs:\n    spred: 1.0\nfirms:\n  - {name: a, policy: osfa}\n")
    with pytest.raises(BadInput, match=r"bad.yaml:4: market.needs.spred .* Did you mean needs.spread\?"):
        Scenario.load(path)


def test_a_number_out_of_range_names_the_allowed_range(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("market: {needs: {spread: 99}}\nfirms:\n  - {name: a, policy: osfa}\n")
    with pytest.raises(BadInput, match="must lie between 0 and 3"):
        Scenario.load(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "given twice"),
        ("a: &x 1\nb: *x\n", "anchors"),
        ("a: [1, 2\n", "not valid YAML"),
        ("- 1\n", "mapping"),
        ("", "mapping"),
    ],
)
def test_bad_yaml_is_refused(text, message):
    with pytest.raises(BadInput, match=message):
        parse_yaml(text, "text")


def test_settings_change_only_what_they_name():
    before = Scenario.load("telecom")
    after = before.with_settings({"market.needs.spread": 0.4, "firms.south.decisions.price": 1.1})
    assert after.market["needs.spread"] == 0.4
    assert after.firms[1].settings["decisions.price"] == 1.1
    assert before.market["needs.spread"] != 0.4


def test_settings_refuse_an_unknown_path():
    with pytest.raises(BadInput, match="Did you mean spread"):
        Scenario.load("telecom").with_settings({"market.needs.spreed": 1.0})


def test_two_firms_cannot_share_a_name():
    firms = [{"name": "a", "policy": "osfa"}, {"name": "a", "policy": "osfa"}]
    with pytest.raises(BadInput, match="that name already"):
        Scenario.from_mapping({"firms": firms})
