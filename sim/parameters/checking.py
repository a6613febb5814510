"""Strict checks of single values, with messages that name what, where, found, allowed and the nearest name."""

import math
from collections.abc import Iterable, Mapping
from shlex import quote
from typing import Any

from sim.parameters.errors import BadInput
from sim.parameters.parameter import Parameter
from sim.parameters.renames import renamed


class Place:
    """Where a value stands: the source and the line of each key path."""

    def __init__(self, where: str, lines: Mapping[str, int] | None = None) -> None:
        self.where = where
        self.lines = lines or {}

    def at(self, path: str) -> str:
        """``file:line: key path`` of a value."""
        line, part = self.lines.get(path), path
        while line is None and "." in part:  # of something that is missing: the line of what it is missing in
            part = part.rpartition(".")[0]
            line = self.lines.get(part)
        return f"{self.where}:{line}: {path}" if line else f"{self.where}: {path}"


ALIKE = 0.65  # similarity (Ratcliff and Obershelp) from which a name is suggested


def nearest(name: str, allowed: Iterable[str]) -> str:
    """A question that suggests the nearest allowed name, or nothing where none is alike.

    >>> nearest("telecm", ["telecom"]), nearest("calibrate", ["chart", "analyse"])
    (' Did you mean telecom?', '')
    """
    import difflib  # only where something is wrong

    near = difflib.get_close_matches(name, list(allowed), 1, ALIKE)
    return f" Did you mean {near[0]}?" if near else ""


def unknown(place: Place, path: str, key: str, allowed: Iterable[str]) -> BadInput:
    """The error for a key that is not known."""
    row = renamed(path)
    if row is not None:
        return BadInput(
            f"{place.at(path)} is called {row.new} from version {row.version} on; "
            f"use sim scenario upgrade {quote(place.where)}"
        )
    names = list(allowed)
    shown = ", ".join(names) if len(names) <= 12 else f"{', '.join(names[:12])}, …"
    return BadInput(f"{place.at(path)} is not a known key.{nearest(key, names)} Known here: {shown}")


def number(value: Any, parameter: Parameter, path: str, place: Place) -> float | None:
    """A value checked against its parameter.

    Raises:
        BadInput: Not a number, not finite, out of range, or not whole where it counts something.
    """
    if value is None and parameter.default is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput(f"{place.at(path)} is {value!r}; a number is needed ({parameter.unit}).")
    amount = float(value)
    allowed = f"it must lie between {parameter.low:g} and {parameter.high:g}"
    if not math.isfinite(amount) or not parameter.low <= amount <= parameter.high:
        raise BadInput(f"{place.at(path)} is {value} {parameter.unit}; {allowed}.")
    if parameter.unit == "count" and amount != int(amount):
        raise BadInput(f"{place.at(path)} is {value}; a whole number is needed.")
    return amount


def whole(value: Any, low: int, high: int, path: str, place: Place) -> int:
    """A whole number within bounds.

    Raises:
        BadInput: Anything else.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadInput(f"{place.at(path)} is {value!r}; it must be a whole number between {low} and {high}.")
    return value


def flattened(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested mapping as key paths with dots."""
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        path = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(inner, Mapping):
            flat |= flattened(inner, path)
        else:
            flat[path] = inner
    return flat


def every_value(value: object, prefix: str = "") -> dict[str, object]:
    """Every single value of a nested mapping or list by its key path.

    >>> every_value({"a": [{"b": 1}]})
    {'a.0.b': 1}
    """
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        return {prefix: value}
    found: dict[str, object] = {}
    for key, inner in items:
        found |= every_value(inner, f"{prefix}.{key}" if prefix else str(key))
    return found


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Key paths with dots as nested mapping; the inverse of `flattened`."""
    result: dict[str, Any] = {}
    for path, value in flat.items():
        *outer, last = path.split(".")
        here = result
        for part in outer:
            here = here.setdefault(part, {})
        here[last] = value
    return result
