"""Words of the shell, Play, Compare and measures: the same keys in every language."""

import pytest

from sim.experiments.live.band import BAND_MEASURES
from sim.experiments.live.frame_measures import DEPARTMENT_FIGURES
from sim.parameters.decisions import DEPARTMENTS, GROUPS
from tests.support.pages_from_rows import keys, words


@pytest.mark.parametrize("area", ["shell", "opening", "compare", "measures", "settings", "refused"])
def test_both_languages_have_the_same_words(area):
    assert keys(words("en", area)) == keys(words("de", area)), f"sim/web/static/locales/*/{area}.json"


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_figure_of_a_department_and_each_measure_of_a_band_has_its_words(language):
    assert {*DEPARTMENT_FIGURES.values(), *BAND_MEASURES} <= set(words(language, "measures"))


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_department_and_each_group_of_decisions_has_its_words(language):
    compare = words(language, "compare")
    assert set(DEPARTMENTS) <= set(compare["department"])
    assert set(GROUPS) <= set(compare["group"])
