"""The order of the month read from the code: phases, their steps, and the fields that each step reads and writes."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, NamedTuple

from sim.model import month
from sim.model.counts import Counts
from sim.model.customer_parameters import CustomerParameters
from sim.model.state import OFFER, PERSON, RELATION

ROW_NAMES: dict[str, tuple[str, ...]] = {  # what fields belong to, and their names
    "person": PERSON.names or (),
    "relations": RELATION.names or (),
    "offers": OFFER.names or (),
    "parameters": CustomerParameters._fields,
    "counts": Counts._fields,
}
BY_ANNOTATION = {"Person": "person", "Relations": "relations", "Offers": "offers", "Counts": "counts"}  # by annotation
HELPERS = (
    "sim.model.counts",
    "sim.model.accounting",
    "sim.model.randomness",
    "sim.model.equations",
    "sim.model.customers.common",
    "sim.model.customers.draws",
)
BETWEEN = ("month_of", "nobody_looks", "lost_of")  # neither a phase nor a step

Fields = dict[str, set[str]]


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


@dataclass
class Touched:
    """Fields met on a walk through functions."""

    reads: Fields = field(default_factory=lambda: {rows: set() for rows in ROW_NAMES})
    writes: Fields = field(default_factory=lambda: {rows: set() for rows in ROW_NAMES})
    visited: set[FunctionType] = field(default_factory=set)


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
    _note_body(_body_of(function), touched)
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
    _note_body(tree, touched)
    for call, _ in _calls(tree):
        called = _function_called(call, function)
        if called is not None:
            _walk(called, touched)


def _note_body(tree: ast.FunctionDef, touched: Touched) -> None:
    """Note the fields that the function's own lines touch."""
    aliases = _annotations(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            aliases |= _aliases(node)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Subscript):
            _note(node, aliases, touched)
    _note_elements(tree, aliases, touched)


def _annotations(tree: ast.FunctionDef) -> dict[str, str]:
    """Rows that a function takes loose, by its annotations."""
    taken = {
        argument.arg: ast.unparse(argument.annotation) for argument in tree.args.args if argument.annotation is not None
    }
    return {name: BY_ANNOTATION[kind] for name, kind in taken.items() if kind in BY_ANNOTATION} | {"counts": "counts"}


def _aliases(node: ast.Assign) -> dict[str, str]:
    """Local names for rows, such as `offer = me.offers[firm]`."""
    target, value = node.targets[0], node.value
    pairs = [(target, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = list(zip(target.elts, value.elts, strict=True))
    result = {name.id: _rows_of(source, {}) for name, source in pairs if isinstance(name, ast.Name)}
    return {name: rows for name, rows in result.items() if rows is not None}


def _rows_of(node: ast.expr, aliases: dict[str, str]) -> str | None:
    """Rows of an expression: `me.person`, `me.offers[firm]`, `people.person`, or a local name."""
    if isinstance(node, ast.Subscript):
        return _rows_of(node.value, aliases)
    if isinstance(node, ast.Attribute) and node.attr in ROW_NAMES:
        return node.attr
    return aliases.get(node.id) if isinstance(node, ast.Name) else None


def _field_of(node: ast.AST, aliases: dict[str, str]) -> tuple[str, str] | None:
    """Rows and field of `rows.field` or `rows["field"]`."""
    if isinstance(node, ast.Attribute):
        rows, name = _rows_of(node.value, aliases), node.attr
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        rows, name = _rows_of(node.value, aliases), node.slice.value
    else:
        return None
    return (rows, name) if rows is not None and name in ROW_NAMES[rows] else None


def _note(node: ast.Attribute | ast.Subscript, aliases: dict[str, str], touched: Touched) -> None:
    place = _field_of(node, aliases)
    if place is not None:
        (touched.reads if isinstance(node.ctx, ast.Load) else touched.writes)[place[0]].add(place[1])


def _note_elements(tree: ast.FunctionDef, aliases: dict[str, str], touched: Touched) -> None:
    """Writing an element of a field, as in `me.person.goal[k] = …`, writes the field; `+=` reads what it adds to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            place = _field_of(node.value, aliases)
            if place is not None:
                touched.writes[place[0]].add(place[1])
        if isinstance(node, ast.AugAssign):
            place = _field_of(node.target, aliases)
            if place is not None and place[0] != "counts":
                touched.reads[place[0]].add(place[1])
