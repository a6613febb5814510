"""Scenario files: what is read, and what is refused in which words."""

import pytest
import yaml

from sim.parameters import BadInput, Scenario, scenario_names, setting
from sim.parameters.shipped import shipped_folder
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
        ("? [a, b]\n: 1\n", "text:1: the top has a key that is no plain text"),
        ("a:\n  ? {b: 1}\n  : 1\n", "text:2: a has a key that is no plain text"),
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


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("firms:\n  - {policy: osfa}\n", r"bad.yaml:2: firms.0.name is missing; text is needed"),
        ("firms:\n  - {name: a, policy: osfa}\n  - {name: b}\n", r"bad.yaml:3: firms.1.policy is missing"),
        (
            "firms: {a: {policy: osfa}}\n",
            r"bad.yaml:1: firms is {'a': {'policy': 'osfa'}}; a list of at least one firm",
        ),
        ("firms: []\n", "firms is empty; a list"),
        ("market: {needs: 7}\n", "bad.yaml:1: market.needs is 7; a mapping of keys to values is needed"),
        ("market: {custmers: 7}\n", "bad.yaml:1: market.custmers is not a known key. Did you mean customers"),
        ("market: {network: {knd: x}}\n", "market.network.knd is not a known key. Did you mean network.kind"),
        ("firms:\n  - {name: a, polcy: osfa}\n", "firms.0.polcy is not a known key. Did you mean policy"),
    ],
)
def test_what_is_missing_or_of_another_kind_is_named_with_its_line(tmp_path, body, message):
    path = tmp_path / "bad.yaml"
    path.write_text(body)
    with pytest.raises(BadInput, match=message):
        Scenario.load(path)


@pytest.mark.parametrize("text", ["market.needs.spread=1\nb: 2", "=5", "market.needs.spread"])
def test_a_setting_is_one_key_and_one_value(text):
    with pytest.raises(BadInput, match="write it as key.path=value|one value is needed"):
        setting(text)


def test_a_source_may_be_set_at_any_path():
    assert (
        Scenario.load("telecom").with_settings({"sources.needs.spread": "a book"}).sources["needs.spread"] == "a book"
    )


def test_two_firms_cannot_share_a_name():
    firms = [{"name": "a", "policy": "osfa"}, {"name": "a", "policy": "osfa"}]
    with pytest.raises(BadInput, match="that name already"):
        Scenario.from_mapping({"firms": firms})


@pytest.mark.parametrize(
    ("written", "read"),
    [("1e5", 100_000.0), ("1.5e4", 15_000.0), ("+20000", 20_000.0), ("0030000", 30_000.0), ("5.e3", 5000.0)],
)
def test_numbers_are_read_as_they_look(written, read):
    scenario = Scenario.load("telecom").with_settings(dict([setting(f"market.size={written}")]))
    assert scenario.market["size"] == read


@pytest.mark.parametrize("written", ["0x7530", "30_000", "8:20:00", "0b11", "0o17"])
def test_numbers_in_other_notations_are_refused_with_the_way_out(written):
    with pytest.raises(BadInput, match=r"decimal notation|a number is needed"):
        Scenario.load("telecom").with_settings(dict([setting(f"market.size={written}")]))


@pytest.mark.parametrize("written", ["1e400", ".inf", "-.inf", ".nan", "'30000'", "2026-11-24", "yes"])
def test_what_is_no_finite_number_is_refused_by_key_and_range(written):
    with pytest.raises(BadInput, match=r"market\.size is .*(must lie between 100 and 1e\+09|a number is needed)"):
        Scenario.load("telecom").with_settings(dict([setting(f"market.size={written}")]))


@pytest.mark.parametrize("digits", [301, 400, 5000])
def test_a_number_too_long_to_count_with_is_refused(digits):
    for key in ("market.size", "months"):
        with pytest.raises(BadInput, match=rf"{key} is (inf|1e)"):
            Scenario.load("telecom").with_settings(dict([setting(f"{key}={'9' * digits}")]))


def test_a_name_is_one_line_that_can_be_printed():
    with pytest.raises(BadInput, match="can be printed in one line"):
        Scenario.load("telecom").with_settings({"name": "a\0b"})


def test_a_device_that_never_ends_is_refused():
    with pytest.raises(BadInput, match="more than 1000000 bytes"):
        Scenario.load("/dev/zero")


@pytest.mark.parametrize("written", ["yes", "on", "1", "'true'"])
def test_a_switch_is_true_or_false(written):
    with pytest.raises(BadInput, match="true or false is needed"):
        Scenario.load("telecom").with_settings(dict([setting(f"mechanisms.queue={written}")]))


def leaves(section, path=()):
    for key, value in section.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        elif isinstance(value, int | float):
            yield ".".join((*path, key))


@pytest.mark.parametrize("name", scenario_names())
def test_every_number_of_a_world_has_a_source_or_is_said_to_be_assumed(name):
    scenario = Scenario.load(name)
    given = yaml.safe_load((shipped_folder("scenarios") / f"{name}.yaml").read_text(encoding="utf-8"))["market"]
    sourced = {key.removesuffix(".other") for key in scenario.sources}
    bare = [path for path in leaves(given, ("market",)) if not any(path.startswith(key) for key in sourced)]
    assert bare == []
