"""The house rules, checked: rooms, sizes, and that every number, measure and mechanism says what it is."""

import ast
import math
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from sim import Market, Scenario, __version__
from sim.commands.table import COMMAND_NAMES
from sim.model.customer_parameters import FIELDS, NEUTRAL_NUMBERS
from sim.model.measures import MEASURES
from sim.parameters import FIRM, MARKET, MECHANISMS, STARTS_OFF
from sim.policies.base import DECISIONS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "sim").rglob("*.py"))
USUAL_LINES_OF_FILE, MOST_LINES_OF_FILE, MOST_LINES_OF_FUNCTION = 250, 350, 40  # more only where a topic is whole
PAGES = {page: (ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("odd.md", "glossary.md")}
LINTER = Path(sys.executable).with_name("lint-imports")


def name_of(path):
    return str(path.relative_to(ROOT))


def lines_of(function):
    """Lines of a function without its docstring."""
    text = ast.get_docstring(function, clean=False)
    documented = function.body[0].end_lineno - function.body[0].lineno + 1 if text is not None else 0
    return function.end_lineno - function.lineno + 1 - documented


def test_imports_go_one_way():
    command = str(LINTER) if LINTER.exists() else "lint-imports"
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES_OF_FILE
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if lines_of(node) > MOST_LINES_OF_FUNCTION] == [], "longer than 40 lines"


def test_long_files_are_the_exception():
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in FILES]
    assert sum(length > USUAL_LINES_OF_FILE for length in lengths) <= 0.03 * len(lengths)


KNOW_NUMBA = ("compiling.py", "compiled_bits.py", "compiled_rows.py", "compiled_types.py", "compiled_units.py")


@pytest.mark.parametrize("path", [path for path in FILES if path.name not in KNOW_NUMBA], ids=name_of)
def test_one_room_knows_numba(path):
    assert not re.search(r"^\s*(import|from) numba\b", path.read_text(encoding="utf-8"), re.MULTILINE)


ADDING = {"customers", "equations", "firm", "measures", "policies"}


@pytest.mark.parametrize("path", [path for path in FILES if ADDING & set(path.parts)], ids=name_of)
def test_numbers_are_added_alike_by_every_python(path):
    """`sum` of floats rounds otherwise from Python 3.12 on; `math.fsum` is exact in all, and counts are lengths."""
    assert not re.search(r"(?<![\w.])sum\(", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("parameter", [*MARKET, *FIRM], ids=lambda parameter: parameter.name)
def test_a_parameter_says_what_it_is(parameter):
    assert parameter.unit
    assert parameter.source
    assert parameter.meaning
    assert math.isfinite(parameter.low)
    assert math.isfinite(parameter.high)
    assert parameter.low < parameter.high
    assert parameter.default is None or parameter.low <= parameter.default <= parameter.high


def test_no_parameter_is_named_twice():
    for table in (MARKET, FIRM):
        names = [parameter.name for parameter in table]
        assert len(names) == len(set(names))


def numbers_read(path):
    """Fields of the customers' numbers that a file reads, as ``parameters.NAME`` or ``me.parameters.NAME``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and not node.attr.startswith("_"):
            holder = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if holder == "parameters":
                yield node.attr


@cache
def read():
    """A file that reads it, for each field that is read; arrays of numbers have attributes of their own."""
    return {name: name_of(path) for path in FILES for name in numbers_read(path)}


def test_the_numbers_of_customers_that_code_reads_are_rows_of_the_table():
    assert {name: file for name, file in read().items() if name not in FIELDS} == {}, "a row C(…) is missing"


@pytest.mark.parametrize("name", FIELDS)
def test_a_number_of_the_customers_is_read(name):
    assert name in set(read()), f"no file reads parameters.{name}, by `me.parameters` or a variable called `parameters`"


def test_every_decision_of_a_plan_is_a_parameter():
    named = {parameter.name for parameter in FIRM if parameter.name.startswith("decisions.")}
    assert named == {f"decisions.{name}" for name in DECISIONS}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_a_measure_says_what_it_is(measure):
    assert measure.unit
    assert measure.formula
    assert measure.direction in ("higher", "lower", "neutral")


def test_a_run_writes_exactly_the_measures_of_the_table():
    settings = {"market.customers": 30, "market.size": 300, "market.warm_up": 0, "months": 1}
    columns = Market(Scenario.load("telecom").with_settings(settings)).run().monthly().columns
    assert sorted(columns) == sorted(measure.name for measure in MEASURES)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_the_glossary_has_the_words_of_a_measure(measure):
    found = re.search(rf"\b{measure.name}\b", PAGES["glossary.md"])
    assert found is not None, f"docs/glossary.md does not name {measure.name}"


@pytest.mark.parametrize("command", COMMAND_NAMES)
def test_the_glossary_has_every_command(command):
    assert f"`sim {command}" in PAGES["glossary.md"]


def test_the_citation_names_the_version():
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'\nversion = "{__version__}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_the_odd_page_lists_every_mechanism_once(mechanism):
    section = PAGES["odd.md"].partition("### 7.16")[2].partition("### 7.17")[0]
    assert section.count(f"`{mechanism}`") == 1, f"docs/odd.md, 7.16, does not name `{mechanism}` once"
    assert (f"`{mechanism}` (starts off" in section) == (mechanism in STARTS_OFF), "say (starts off) of those that do"


@pytest.mark.parametrize("parameter", MARKET, ids=lambda parameter: parameter.name)
def test_the_odd_page_has_every_parameter_of_the_market(parameter):
    named = f"`{parameter.name}`" in PAGES["odd.md"]
    assert named, f"docs/odd.md does not name `{parameter.name}`"


def test_the_odd_page_names_no_parameter_that_is_gone():
    sections = {parameter.name.partition(".")[0] for parameter in MARKET if "." in parameter.name}
    written = re.findall(r"`([a-z_]+)\.([a-z_]+)`", PAGES["odd.md"])
    names = {parameter.name for parameter in MARKET}
    assert [f"{a}.{b}" for a, b in written if a in sections and f"{a}.{b}" not in names] == []


def test_a_mechanism_that_is_off_is_neutral_in_known_numbers():
    assert set(NEUTRAL_NUMBERS) <= set(MECHANISMS)
    assert {name for numbers in NEUTRAL_NUMBERS.values() for name in numbers} <= set(FIELDS)
