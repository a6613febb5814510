"""Words of what can be set: English is the table's, and every other language has all of it."""

import re
from importlib.resources import files

import pytest

from sim.parameters import FIRM, MARKET, MECHANISMS
from sim.parameters.decisions import DECISION_ROWS
from sim.policies.registry import policy_named, policy_names
from tests.support.pages_from_rows import COMMAND, MEANINGS, english_settings, words

BOTH = pytest.mark.parametrize("language", ["en", "de"])
ENGLISH = f"sim/web/static/locales/en/settings.json: {COMMAND} writes them"


def missing(expected, found):
    """What has no words."""
    return sorted(set(expected) - {name for name, text in found.items() if text})


def lacks(language, area="settings"):
    """What to say of a file of words."""
    return f"write their words in sim/web/static/locales/{language}/{area}.json; {COMMAND} lists all that are missing"


def test_english_words_of_decisions_are_those_of_the_table():
    assert words("en")["decisions"] == english_settings()["decisions"], ENGLISH


def test_english_words_of_mechanisms_are_those_of_the_table():
    assert words("en")["mechanisms"] == english_settings()["mechanisms"], ENGLISH


def meaning_of(path, tree):
    """The sentence on a number of the table."""
    for part in path.split("."):
        tree = tree.get(part, {})
    return tree.get("meaning")


def test_english_meanings_of_numbers_are_those_of_the_table():
    tree = words("en")
    assert {path: meaning for path, meaning in MEANINGS.items() if meaning_of(path, tree) != meaning} == {}, ENGLISH


@BOTH
def test_each_decision_has_a_label_and_a_meaning(language):
    decisions = words(language)["decisions"]
    assert missing(DECISION_ROWS, decisions) == [], lacks(language)
    assert all(row["label"] and row["meaning"] for row in decisions.values())


@BOTH
def test_each_mechanism_has_its_words(language):
    assert missing(MECHANISMS, words(language)["mechanisms"]) == [], lacks(language)


@BOTH
def test_each_unit_of_the_table_has_its_words(language):
    units = {re.sub(r"\W+", "_", row.unit) for row in (*MARKET, *FIRM, *DECISION_ROWS.values())}
    assert units <= words(language)["unit"].keys()  # a plain number has a unit without words


@BOTH
def test_each_policy_has_its_words(language):
    ours = [name for name in policy_names() if type(policy_named(name)).__module__.startswith("sim.")]  # not of tests
    assert missing(ours, words(language, "compare")["value"]["policy"]) == []


@BOTH
def test_each_decision_has_its_words_on_a_phone(language):
    assert missing(DECISION_ROWS, words(language, "phone")["decision"]) == [], lacks(language, "phone")


@BOTH
def test_each_reason_for_a_refusal_has_its_words(language):
    code = "".join(path.read_text(encoding="utf-8") for path in files("sim.web").iterdir() if path.name.endswith(".py"))
    reasons = re.findall(
        r'NotAllowed\(\s*"(\w+)"|JSONResponse\(\{"why": "(\w+)"|"say": "refused".*"why": "(\w+)"', code
    )
    assert missing({"".join(found) for found in reasons}, words(language, "refused")) == []
