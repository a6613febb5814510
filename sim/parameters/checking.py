"""Strict checks of single values, with messages that name what, where, found, allowed and the nearest name."""

import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from shlex import quote
from typing import Any

from sim.parameters.errors import BadInput
from sim.parameters.parameter import Parameter
from sim.parameters.renames import find_rename

MOST_THREADS = 1024
PLAIN = (float, int, str, bool, type(None))  # what YAML gives, most of what is checked


class Place:
    """Source file and line of each key path."""

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


ALIKE = 0.65  # similarity (Ratcliff and Obershelp) from which a name is suggested


def nearest(name: str, allowed: Iterable[str]) -> str:
    """A question that suggests the nearest allowed name, or nothing where none is alike.

    >>> nearest("telecm", ["telecom"]), nearest("calibrate", ["chart", "analyse"])
    (' Did you mean telecom?', '')
    """
    import difflib  # only where something is wrong

    near = difflib.get_close_matches(name, list(allowed), 1, ALIKE)
    return f" Did you mean {near[0]}?" if near else ""


def unknown_key(place: Place, path: str, key: str, allowed: Iterable[str]) -> BadInput:
    """The error for a key that is not known."""
    row = find_rename(path)
    if row is not None:
        where = place.at(path).removesuffix(path)
        return BadInput(f"{where}{row.about(path)}; use sim scenario upgrade {quote(place.where)}")
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
    if type(value) is float and parameter.low <= value <= parameter.high < math.inf and parameter.unit != "count":
        return value
    if value is None and parameter.default is None:
        return None
    value = plain(value)
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
    """A whole number within bounds; 80.0 is 80.

    Raises:
        BadInput: Anything else.
    """
    as_number = as_whole(value)
    if as_number is None or not low <= as_number <= high:
        raise BadInput(f"{place.at(path)} is {value!r}; it must be a whole number between {low} and {high}.")
    return as_number


def count_argument(value: Any, name: str, low: int = 0, high: int | None = None) -> int:
    """A whole number that was given to a call; 3.0 and the whole numbers of numpy are whole.

    Args:
        value: What was given.
        name: Name of the argument, for the message.
        low: Smallest number allowed.
        high: Largest number allowed, if there is one.

    Raises:
        BadInput: Anything else, `True` and `None` too.

    >>> count_argument(3.0, "workers", 1)
    3
    """
    as_number = as_whole(value)
    if as_number is None or as_number < low or (high is not None and as_number > high):
        bounds = f"from {low}" if high is None else f"from {low} to {high}"
        raise BadInput(f"{name} is {value!r}; a whole number {bounds} is needed")
    return as_number


def as_whole(value: Any) -> int | None:
    """A whole number as Python's own, from whatever type holds it; None if it is none. Truth values are no numbers.

    >>> as_whole(80.0), as_whole(True), as_whole("80"), as_whole(1.5)
    (80, None, None, None)
    """
    value = plain(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def plain(value: Any) -> Any:
    """A value as YAML would give it: numbers, texts and truth values of numpy and pandas as Python's own.

    Arrays, tuples and ranges are lists; what is inside a list or a mapping is plain too. A number of 32 bits is the
    decimal number that it shows, so that a 0.2 of 32 bits is 0.2.
    """
    if type(value) in PLAIN:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {plain(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | range) or hasattr(value, "ndim") and value.ndim:
        return [plain(item) for item in value]
    if str(getattr(value, "dtype", "")) in ("float16", "float32"):
        return float(str(value))
    return value.item() if hasattr(value, "dtype") else value


def flatten(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested mapping as key paths with dots."""
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        path = f"{prefix}.{key}" if prefix else str(key)
        if type(inner) not in PLAIN and isinstance(inner, Mapping):
            flat |= flatten(inner, path)
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
    result: dict[str, object] = {}
    for key, inner in items:
        result |= every_value(inner, f"{prefix}.{key}" if prefix else str(key))
    return result


def nest(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Key paths with dots as nested mapping; the inverse of `flatten`."""
    result: dict[str, Any] = {}
    for path, value in flat.items():
        *outer, last = path.split(".")
        here = result
        for part in outer:
            here = here.setdefault(part, {})
        here[last] = value
    return result
