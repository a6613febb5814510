"""Which fields of the model's rows a function's own lines read and write, from its syntax."""

import ast
from dataclasses import dataclass, field
from types import FunctionType

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

Fields = dict[str, set[str]]


@dataclass
class Touched:
    """Fields met on a walk through functions."""

    reads: Fields = field(default_factory=lambda: {rows: set() for rows in ROW_NAMES})
    writes: Fields = field(default_factory=lambda: {rows: set() for rows in ROW_NAMES})
    visited: set[FunctionType] = field(default_factory=set)


def note_body(tree: ast.FunctionDef, touched: Touched) -> None:
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
