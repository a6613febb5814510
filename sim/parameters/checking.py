"""Strict checks of single values, with messages that name what, where, found, allowed and the nearest name."""

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.parameters.errors import BadInput
from sim.parameters.parameter import Parameter

LEAST_ALIKE = 0.6  # similarity below which no name is suggested


class Place:
    """Where a value stands: the source and the line of each key path."""

    def __init__(self, where: str, lines: Mapping[str, int] | None = None) -> None:
        self.where = where
        self.lines = lines or {}

    @property
    def folder(self) -> Path:
        """Folder that relative paths are relative to: that of the file, or where we are."""
        path = Path(self.where)
        return path.parent if path.is_file() else Path()

    def at(self, path: str) -> str:
        """``file:line: key path`` of a value."""
        line, part = self.lines.get(path), path
        while line is None and "." in part:  # of something that is missing: the line of what it is missing in
            part = part.rpartition(".")[0]
            line = self.lines.get(part)
        return f"{self.where}:{line}: {path}" if line else f"{self.where}: {path}"


def nearest(name: str, allowed: Iterable[str]) -> str:
    """A question that suggests the nearest allowed name, or nothing."""
    near = difflib.get_close_matches(name, list(allowed), 1, LEAST_ALIKE)
    return f" Did you mean {near[0]}?" if near else ""


def unknown(place: Place, path: str, key: str, allowed: Iterable[str]) -> BadInput:
    """The error for a key that is not known."""
    names = list(allowed)
    shown = ", ".join(names) if len(names) <= 12 else f"{', '.join(names[:12])}, …"
    hint = (
        " Decimals are written with a point, such as 0.5." if key.rpartition(".")[2].isdigit() else nearest(key, names)
    )
    return BadInput(f"{place.at(path)} is not a known key.{hint} Known here: {shown}")


def number(value: Any, parameter: Parameter, path: str, place: Place) -> float | None:
    """A value checked against its parameter.

    Raises:
        BadInput: Not a number, not finite, out of range, or not whole where it counts something.
    """
    if value is None and parameter.default is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput(f"{place.at(path)} is {value!r}; a number is needed ({parameter.unit}).{decimal_hint(value)}")
    amount = float(value)
    allowed = f"it must lie between {parameter.low:g} and {parameter.high:g}"
    if not math.isfinite(amount) or not parameter.low <= amount <= parameter.high:
        raise BadInput(f"{place.at(path)} is {value} {parameter.unit}; {allowed}.")
    if parameter.unit == "count" and amount != int(amount):
        raise BadInput(f"{place.at(path)} is {value}; a whole number is needed.")
    return amount


def decimal_hint(value: Any) -> str:
    """A sentence on decimals, for a number that was written with a comma; else nothing.

    >>> decimal_hint("0,5"), decimal_hint("half")
    (' Did you mean 0.5?', '')
    """
    written = isinstance(value, str) and re.fullmatch(r"\s*[-+]?\d+,\d+\s*", value)
    return f" Did you mean {str(value).strip().replace(',', '.')}?" if written else ""


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
