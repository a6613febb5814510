"""Behaviour has no constants in code: every number is a row of a table, or a definition with its reason."""

import ast
from functools import cache
from pathlib import Path

import pytest

from sim.parameters.table import FIRM, MARKET
from tests.support.definitions import DEFINITIONS

SIM = Path(__file__).parents[2] / "sim"
ROOMS = ("model", "policies", "simulation")
ADDRESSES_AND_ROWS = ("randomness.py", "events.py", "table.py", "measure.py")  # purposes of draws; columns of rows
FILES = [path for room in ROOMS for path in sorted((SIM / room).rglob("*.py")) if path.name not in ADDRESSES_AND_ROWS]
NO_ASSUMPTION = {0.0, 1.0}
HALVES = (ast.Pow, ast.FloorDiv, ast.Mod, ast.LShift, ast.RShift)
COUNTED = ("range", "lru_cache", "Defining", "Parameter")  # enumerations, sizes of caches, and rows of tables
CENTS = 100
BASE = 2  # of powers that count what is possible
ENDLESS, NEGLIGIBLE = 1e9, 1e-6  # stand for infinity, and keep a division from being by zero


def outermost(tree):
    """Each statement of a module with the name of its function, class or constant."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            yield ",".join(name.id for name in ast.walk(target) if isinstance(name, ast.Name)), node
        else:
            yield getattr(node, "name", ""), node


def is_number(node):
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def numbers_below(node, above=()):
    """Numbers in a statement that are neither places in a row, nor exponents, nor units of money."""
    if is_number(node):
        size, holder = abs(node.value), above[-1]
        cents = size == CENTS and isinstance(holder, ast.BinOp) and isinstance(holder.op, ast.Mult | ast.Div)
        plain = size in NO_ASSUMPTION or size >= ENDLESS or size <= NEGLIGIBLE
        if not (cents or plain or is_place_or_power(node, above)):
            yield size
        return
    called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
    if called not in COUNTED:
        for child in ast.iter_child_nodes(node):
            yield from numbers_below(child, (*above, node))


def is_place_or_power(node, above):
    """Whether a number is an index, or the exponent, divisor or shift of a whole number."""
    holder = above[-1]
    whole = isinstance(holder, ast.BinOp) and isinstance(holder.op, HALVES)
    power = whole and (holder.right is node or node.value == BASE)
    return power or any(isinstance(one, ast.Subscript) for one in above[-3:])


@cache
def literals():
    """Numbers by place, such as ``model/calendar.py MONTHS_PER_YEAR``."""
    found = {}
    for path in FILES:
        for name, node in outermost(ast.parse(path.read_text(encoding="utf-8"))):
            numbers = set(numbers_below(node, (node,)))
            if numbers:
                found.setdefault(f"{path.relative_to(SIM).as_posix()} {name}".strip(), set()).update(numbers)
    return found


@cache
def excused():
    return {row.place: set(row.numbers) for row in DEFINITIONS}


def test_every_number_in_the_code_of_the_model_is_a_row_or_a_definition():
    unknown = {place: sorted(numbers - excused().get(place, set())) for place, numbers in literals().items()}
    assert {place: numbers for place, numbers in unknown.items() if numbers} == {}, (
        "give it a row in sim/parameters/table, or a line with its reason in tests/support/definitions.py"
    )


def test_every_definition_is_still_in_the_code():
    assert {place: numbers - literals().get(place, set()) for place, numbers in excused().items()} == {
        place: set() for place in excused()
    }


def test_a_place_is_defined_once_and_with_a_reason():
    assert len(excused()) == len(DEFINITIONS)
    assert [row.place for row in DEFINITIONS if len(row.reason) < 5] == []


@pytest.mark.parametrize(
    ("code", "numbers"),
    [("LOYAL = 0.7", {0.7}), ("def f(x): return min(0.5, x * x)", {0.5}), ("def f(x): return x ** 2 / 100.0", set())],
)
def test_a_constant_in_code_is_seen(code, numbers):
    assert {size for _, node in outermost(ast.parse(code)) for size in numbers_below(node, (node,))} == numbers


def memories():
    """Lengths of the memories of firms that are written in code."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "maxlen":
                yield f"{path.name}: {ast.unparse(node.value)}"


YEARS_AND_QUARTERS = {  # books of a year or of quarters are definitions; what somebody remembers is a row
    "firm.py: MONTHS_PER_YEAR": "books of a year, from which yearly rates are taken",
    "firm.py: MONTHS_PER_YEAR + 1": "customers now and a year ago",
    "finance.py: MONTHS_PER_YEAR": "debt is held against the operating profit of a year",
    "programme.py: MONTHS_PER_YEAR": "yearly reviews compare a year with the year before",
    "options.py: QUARTER * (QUARTERS + 1)": "a quarter is compared with the year before it",
    "conduct.py: QUARTER": "a quarter is compared with the one before",
    "owner.py: MOST_DELAY + QUARTER": "the figures of a quarter, as late as the table allows",
}


def test_what_firms_and_customers_remember_is_a_row():
    written = {one for one in memories() if ".maxlen" not in one and "market[" not in one}
    assert written - {"firm.py: demands"} == set(YEARS_AND_QUARTERS)


def test_delays_of_customer_management_fit_its_memory():
    assert max(row.high for row in FIRM if row.name == "owner.delay") == 24
    assert {"service.demand_history", "choice.price_memory"} <= {row.name for row in MARKET}
