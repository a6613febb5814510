"""What is said in one place is not said again elsewhere: rows of measures and decisions, marks, words of results."""

import ast
from functools import cache
from pathlib import Path

import pytest

from sim.files import atomic_folder
from sim.model.measures import BY_NAME
from sim.model.measures.measure import KEY_KIND
from sim.parameters.decisions import DECISIONS
from sim.statistics.verdicts import NO_DIFFERENCE

ROOT = Path(__file__).parents[2]
KEYS = [measure.name for measure in BY_NAME.values() if measure.kind == KEY_KIND]
PRINTING = sorted((ROOT / "sim" / "commands").rglob("*.py")) + sorted((ROOT / "sim" / "reports").rglob("*.py"))
FILES = sorted((ROOT / "sim").rglob("*.py"))
MARKS = [getattr(atomic_folder, name) for name in dir(atomic_folder) if name.endswith("_MARK")]
TUNING = sorted((ROOT / "sim" / "experiments").glob("tun*.py"))


def lists_of_names(path, known):
    """Lists, tuples, sets and keys of mappings in a file that hold at least two names and nothing else."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        elements = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        names = [one.value for one in elements if isinstance(one, ast.Constant)]
        if len(names) == len(elements) > 1 and set(names) <= set(known):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {', '.join(names)}"


@pytest.mark.parametrize("path", PRINTING, ids=lambda path: path.stem)
def test_what_is_printed_of_measures_follows_from_their_rows(path):
    assert list(lists_of_names(path, set(BY_NAME) - set(KEYS))) == []


@pytest.mark.parametrize("path", [*PRINTING, *TUNING], ids=lambda path: path.stem)
def test_what_is_said_of_decisions_follows_from_their_rows(path):
    assert list(lists_of_names(path, DECISIONS)) == []


@cache
def constants_of(path):
    """Texts that a file holds as constants."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def places_of(wanted):
    """Files of the package that hold a constant text."""
    return [path.name for path in FILES if wanted in constants_of(path)]


@pytest.mark.parametrize("mark", MARKS)
def test_the_mark_of_a_kind_of_results_is_named_once(mark):
    assert places_of(mark) == ["atomic_folder.py"]


def test_a_result_is_known_to_be_ours_by_its_mark():
    assert len(MARKS) >= 5 and set(MARKS) <= atomic_folder.OURS


def test_the_word_for_no_difference_is_written_once():
    assert places_of(NO_DIFFERENCE) == ["verdicts.py"]


def test_students_distribution_is_inverted_in_one_place():
    asking = [path.name for path in FILES if "stdtrit" in path.read_text(encoding="utf-8")]
    assert asking == ["intervals.py"]
