"""The order of the month read from the code: phases, their steps, and the fields that each step reads and writes."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any, NamedTuple

from sim.model import month
from sim.simulation.row_access import Fields, Touched, note_body

HELPERS = (
    "sim.model.counts",
    "sim.model.accounting",
    "sim.model.randomness",
    "sim.model.equations",
    "sim.model.customers.common",
    "sim.model.customers.draws",
)
BETWEEN = ("month_of", "nobody_looks", "lost_of")  # neither a phase nor a step


class Step(NamedTuple):
    """One step of a phase.

    Args:
        name: Name of the function.
        module: Module that holds it.
        where: Condition under which it is taken; empty for always.
        what: First line of its docstring.
        reads: Fields read by it and by what it calls, by rows.
        writes: Fields written, counts added to among them.
    """

    name: str
    module: str
    where: str
    what: str
    reads: dict[str, list[str]]
    writes: dict[str, list[str]]


class Phase(NamedTuple):
    """One phase of the month.

    Args:
        name: Name of the function.
        who: Whose phase it is: `customers`, or `firms` for what is done for the whole market.
        what: First line of its docstring.
        reads: Fields read by its own lines, by the rows that they belong to; those of its steps are with the steps.
        writes: Fields written by its own lines.
        steps: Steps in their order.
    """

    name: str
    who: str
    what: str
    reads: dict[str, list[str]]
    writes: dict[str, list[str]]
    steps: list[Step]


def outline() -> list[Phase]:
    """All phases of `sim.model.month.run_month` in their order."""
    phases = []
    for call, _ in _calls(_body_of(month.run_month)):
        function = _function_called(call, month.run_month)
        if function is not None and function.__name__ not in BETWEEN:
            phases += [_phase_of(phase) for phase in (function, *_inner_phases(function))]
    return phases


def _phase_of(function: FunctionType) -> Phase:
    who = "customers" if function in month.PHASES else "firms"
    touched = Touched()
    note_body(_body_of(function), touched)
    reads, writes = _in_order(touched.reads), _in_order(touched.writes)
    return Phase(function.__name__, who, _what(function), reads, writes, _steps_of(function))


def _inner_phases(function: FunctionType) -> list[FunctionType]:
    """Phases of the customers that a phase of the firms asks the engine for."""
    functions = (
        () if function in month.PHASES else (_function_called(call, function) for call, _ in _calls(_body_of(function)))
    )
    return [phase for phase in functions if phase in month.PHASES and phase is not None]


def _steps_of(phase: FunctionType) -> list[Step]:
    """Steps that a phase calls, in their order, with the conditions around them."""
    steps, names = [], set()
    for call, where in _calls(_body_of(phase)):
        function = _function_called(call, phase)
        is_outside = function is None or function in month.PHASES or function.__module__.startswith(HELPERS)
        if is_outside or function is None or function.__name__ in BETWEEN or function in names:
            continue
        names.add(function)
        touched = Touched()
        _walk(function, touched)
        steps.append(
            Step(
                function.__name__,
                function.__module__,
                where,
                _what(function),
                *map(_in_order, (touched.reads, touched.writes)),
            )
        )
    return steps


def _in_order(fields: Fields) -> dict[str, list[str]]:
    return {rows: sorted(names) for rows, names in fields.items() if names}


def _what(function: FunctionType) -> str:
    return (inspect.getdoc(function) or "").partition("\n")[0]


def _plain(function: Any) -> Any:
    """The Python function behind a compiled one."""
    return inspect.unwrap(getattr(function, "py_func", function))


def _body_of(function: Callable[..., Any]) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(_plain(function)))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return tree


def _calls(node: ast.AST, where: str = "") -> Iterator[tuple[ast.Call, str]]:
    """Calls within a node in the order of evaluation, each with the conditions of the `if`s around it."""
    if isinstance(node, ast.If):
        test = ast.unparse(node.test).replace("me.parameters.", "")
        yield from _calls(node.test, where)
        for part in node.body:
            yield from _calls(part, f"{where} and {test}" if where else test)
        for part in node.orelse:
            yield from _calls(part, f"{where} and not {test}" if where else f"not {test}")
        return
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, where)
    if isinstance(node, ast.Call):
        yield node, where


def _function_called(call: ast.Call, caller: Callable[..., Any]) -> FunctionType | None:
    """The function of the model that is called by name, or as a phase of the engine."""
    if isinstance(call.func, ast.Name):
        function = _plain(_plain(caller).__globals__.get(call.func.id))
    elif isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "engine":
        function = getattr(month, call.func.attr, None)
    else:
        return None
    return function if isinstance(function, FunctionType) and function.__module__.startswith("sim.") else None


def _walk(function: FunctionType, touched: Touched) -> None:
    """Note the fields that a function touches, and those that the functions touch that it calls."""
    if function in touched.visited:
        return
    touched.visited.add(function)
    tree = _body_of(function)
    note_body(tree, touched)
    for call, _ in _calls(tree):
        called = _function_called(call, function)
        if called is not None:
            _walk(called, touched)
