"""Every event, cause and reason of a life has its words in every language of the studio."""

import json
from importlib.resources import files

import pytest

from sim.experiments.live.event_numbers import CAUSES_OF_CHANGE, EVENT_KEYS, REASONS_TO_CONSIDER, REASONS_TO_LEAVE
from sim.experiments.live.life_table import LIFE_ENDINGS

LOCALES = files("sim.web") / "static" / "locales"


def words(language, area):
    """All words of an area."""
    return json.loads((LOCALES / language / f"{area}.json").read_text(encoding="utf-8"))


def keys(tree, prefix=""):
    """Key paths of all words of a tree."""
    if not isinstance(tree, dict):
        return {prefix}
    return set().union(*(keys(part, f"{prefix}.{name}") for name, part in tree.items()))


@pytest.fixture(params=["en", "de"])
def explain(request):
    """Words of the screen that explains a life, in one language."""
    return words(request.param, "explain")


def test_every_event_has_words(explain):
    assert set(EVENT_KEYS.values()) <= explain["event"].keys()


def test_every_cause_has_words(explain):
    assert set(CAUSES_OF_CHANGE) <= explain["cause"].keys()


def test_every_reason_to_leave_has_words(explain):
    assert {*REASONS_TO_LEAVE, *REASONS_TO_CONSIDER} <= explain["reason"].keys()


def test_every_ending_has_words_with_and_without_hand_offs(explain):
    assert {f"{ending}{handed}" for ending in LIFE_ENDINGS for handed in ("", "_handed")} <= explain["alike"].keys()


@pytest.mark.parametrize("area", ["explain", "lessons"])
def test_both_languages_have_the_same_keys(area):
    assert keys(words("en", area)) == keys(words("de", area))
