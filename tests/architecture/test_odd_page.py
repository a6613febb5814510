"""The ODD page leads from every submodel to the functions that do what it says."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
SUBMODELS = PAGE.partition("\n## 7. ")[2].partition("\n## 8. ")[0]
SECTIONS = {part.partition("\n")[0]: part for part in re.split(r"^### ", SUBMODELS, flags=re.MULTILINE)[1:]}
CODE = re.compile(r"\[([\w/]+\.py)\]\(\.\./(sim/[\w/]+\.py)\)(?:: (`\w+`(?:, `\w+`)*))?")
LINKS = [(text, target, tuple(re.findall(r"\w+", names))) for text, target, names in CODE.findall(PAGE)]
ROOMS = [path for room in ("equations", "customers") for path in (ROOT / "sim" / "model" / room).glob("[!_]*.py")]


@cache
def defined_in(target):
    """Functions and classes of a file, methods among them."""
    tree = ast.parse((ROOT / target).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_submodel_opens_with_links_to_its_code(section):
    opening = SECTIONS[section].split("\n")[2]
    assert opening.startswith("Code: ")
    assert CODE.search(opening)


@pytest.mark.parametrize(("text", "target", "names"), LINKS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_file_that_the_page_links_has_the_functions_named_there(text, target, names):
    assert (ROOT / target).is_file()
    assert target == f"sim/{text}"
    assert set(names) - defined_in(target) == set()


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_of_customers_or_equations_is_linked(path):
    linked = path.relative_to(ROOT).as_posix() in {target for _, target, _ in LINKS}
    assert linked, f"no line Code: of a submodel in docs/odd.md links {path.relative_to(ROOT)}"


def test_no_two_submodels_have_one_number():
    numbers = [name.partition(" ")[0] for name in SECTIONS]
    assert len(numbers) == len(set(numbers)) > 30
