"""Names of modules are words of the glossary, and the rooms of the tests mirror those of the code."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
WORDS = set(re.findall(r"[a-z0-9]+", GLOSSARY))
MODULES = sorted(path for path in (ROOT / "sim").rglob("*.py") if not path.name.startswith("__"))
OF_THEIR_OWN = {"architecture", "customers", "economics", "equations", "firm", "support", "theory"}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def known(word):
    return bool({word, word + "s", word.removesuffix("s"), word.removesuffix("ies") + "y"} & WORDS)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_name_of_a_module_is_made_of_words_of_the_glossary(path):
    assert [word for word in path.stem.split("_") if not known(word)] == [], "words that docs/glossary.md does not have"


@pytest.mark.parametrize("path", sorted((ROOT / "tests").glob("*/__init__.py")), ids=name_of)
def test_a_room_of_the_tests_has_the_name_of_a_room_of_the_code(path):
    assert path.parent.name in OF_THEIR_OWN or (ROOT / "sim" / path.parent.name).is_dir()


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=name_of)
def test_a_file_of_tests_stands_in_a_room_and_begins_with_a_heading(path):
    assert path.parent.parent.name == "tests"
    assert path.read_text(encoding="utf-8").startswith('"""')
