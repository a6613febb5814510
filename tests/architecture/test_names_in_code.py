"""Names in code: no bare participles, and no class or constant that stands for two things."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "sim").rglob("*.py"))
NO_NAMES = frozenset(("told", "lived", "found", "led", "served", "bent", "founded", "one", "data", "helper", "utils"))
OTHER_ROOMS = (
    "sim/model/firm/",
    "sim/simulation/engines/",
    "sim/numeric/",
    "sim/benchmarks/",
)  # loops over columns, whose names are short
TWO_SIDES = {  # names that are defined twice, and why
    "Relations": "the rows in the world, and their view of one customer that the compiler makes",
    "WORD": "the type of a machine word and the mask of its bits, inside the compiler's own files",
}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def names_bound(tree):
    """Names of functions, arguments and variables; attributes and fields of classes are those of their class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def fields_of_classes(tree):
    return {
        node.target.id
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


@cache
def definitions(path):
    """Classes and constants at the top of a module, each with what it stands for."""
    return tuple(defined_in(tree_of(path)))


def defined_in(tree):
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name, ast.unparse(node)
        elif isinstance(node, ast.Assign):
            yield from ((name.id, ast.unparse(node.value)) for name in node.targets if isinstance(name, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, ast.unparse(node.value)


@pytest.mark.parametrize("path", [path for path in FILES if not name_of(path).startswith(OTHER_ROOMS)], ids=name_of)
def test_a_name_says_what_the_thing_is(path):
    tree = tree_of(path)
    names = {name.lstrip("_") for name in names_bound(tree)} - fields_of_classes(tree)
    assert sorted(names & NO_NAMES) == []


def test_a_class_or_a_constant_has_its_name_alone():
    meanings = defaultdict(dict)
    for path in FILES:
        for name, meaning in definitions(path):
            if not name.startswith("_"):
                meanings[name].setdefault(meaning, name_of(path))
    assert {name: files for name, files in meanings.items() if len(files) > 1 and name not in TWO_SIDES} == {}


@pytest.mark.parametrize("name", TWO_SIDES)
def test_a_name_that_may_be_defined_twice_is(name):
    assert sum(name in dict(definitions(path)) for path in FILES) == 2
