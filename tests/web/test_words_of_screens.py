"""Words of the shell, Play, Compare and measures: the same keys in every language."""

import json
from importlib.resources import files

import pytest

from sim.experiments.live.band import BAND_MEASURES
from sim.experiments.live.frame_measures import DEPARTMENT_FIGURES
from sim.parameters.decisions import DEPARTMENTS, GROUPS

LOCALES = files("sim.web") / "static" / "locales"
PLURALS = {"zero", "one", "other"}


def words(language, area):
    """All words of an area."""
    return json.loads((LOCALES / language / f"{area}.json").read_text(encoding="utf-8"))


def keys(tree, prefix=""):
    """Key paths of all sentences; forms of a plural count as one."""
    if not isinstance(tree, dict) or set(tree) <= PLURALS:
        return {prefix}
    return set().union(*(keys(part, f"{prefix}.{name}") for name, part in tree.items()))


@pytest.mark.parametrize("area", ["shell", "opening", "compare", "measures", "settings", "refused"])
def test_both_languages_have_the_same_words(area):
    assert keys(words("en", area)) == keys(words("de", area))


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_figure_of_a_department_and_each_measure_of_a_band_has_its_words(language):
    assert {*DEPARTMENT_FIGURES.values(), *BAND_MEASURES} <= set(words(language, "measures"))


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_department_and_each_group_of_decisions_has_its_words(language):
    compare = words(language, "compare")
    assert set(DEPARTMENTS) <= set(compare["department"])
    assert set(GROUPS) <= set(compare["group"])
