"""Safe reading of YAML that remembers the line of every key, and refuses what no scenario needs."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from sim.parameters.errors import BadInput

_DECIMAL = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)
_EXACT = 2**53  # whole numbers up to here are exact
_LONGEST = 300  # digits up to which a whole number is surely a finite number with a decimal point too
MOST_BYTES_OF_FILE = 1_000_000
MOST_DEPTH = 12
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # written in C where libyaml is there: ten times as fast


class Lines(dict[str, int]):
    """Line of each key path in the file."""


def read_yaml(path: Path) -> tuple[dict[str, Any], Lines]:
    """Contents of a YAML file and the line of every key path.

    Raises:
        BadInput: Missing, too large, not UTF-8, not YAML, anchors, duplicate keys, or not a mapping.
    """
    return parse_yaml(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of a file of moderate size.

    Raises:
        BadInput: Missing, too large, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            read = file.read(MOST_BYTES_OF_FILE + 1)  # no more than that, also of a device that never ends
        if len(read) > MOST_BYTES_OF_FILE:
            raise BadInput(f"{path}: the file has more than {MOST_BYTES_OF_FILE} bytes; a scenario has a few thousand")
        return read.decode("utf-8")
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such file") from None
    except (UnicodeDecodeError, IsADirectoryError, PermissionError) as trouble:
        raise BadInput(f"{path}: the file cannot be read as text ({trouble})") from trouble


def parse_yaml(text: str, where: str) -> tuple[dict[str, Any], Lines]:
    """As `read_yaml`, from text; `where` names it in messages."""
    try:
        if any(isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) for event in _events(text)):
            raise BadInput(f"{where}: anchors and aliases (& and *) are not allowed; write the values out")
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as trouble:
        mark = getattr(trouble, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(trouble, "problem", None) or str(trouble).splitlines()[0]
        raise BadInput(f"{where}{line}: this is not valid YAML: {problem}") from trouble
    except RecursionError:
        raise BadInput(f"{where}: the file is nested too deeply") from None
    if not isinstance(node, yaml.MappingNode):
        raise BadInput(f"{where}: a mapping of keys to values was expected at the top")
    lines = Lines()
    built = _build(node, "", lines, where, 0)
    return dict(built), lines


def _events(text: str) -> Iterable[yaml.Event]:
    """The events of a text that may hold an anchor or an alias; of a text without their signs there are none."""
    return yaml.parse(text, Loader=_LOADER) if "&" in text or "*" in text else ()


def _build(node: yaml.Node, path: str, lines: Lines, where: str, depth: int) -> Any:
    if depth > MOST_DEPTH:
        raise BadInput(f"{where}:{node.start_mark.line + 1}: {path} is nested too deeply")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, where, depth)
    if isinstance(node, yaml.SequenceNode):
        lines.update((f"{path}.{k}", item.start_mark.line + 1) for k, item in enumerate(node.value))
        return [_build(item, f"{path}.{k}", lines, where, depth + 1) for k, item in enumerate(node.value)]
    return _plain(node, path, f"{where}:{node.start_mark.line + 1}")


def _plain(node: yaml.Node, path: str, where: str) -> Any:
    """A single value: numbers in decimal notation, exponents allowed; true and false; null; else text.

    The notations of YAML 1.1 that surprise (1e9 is text, 010 is 8, 1:30 is 90, yes is true, a date is an object) are
    read as they look, or refused where they look like no number.
    """
    text = str(node.value)
    if isinstance(node, yaml.ScalarNode) and not node.style and _DECIMAL.fullmatch(text):
        return _decimal(text)
    kind = node.tag.rpartition(":")[2]
    if kind in ("int", "float") and not _NOT_FINITE.fullmatch(text):
        raise BadInput(f"{where}: {path} is {text}; write numbers in decimal notation, such as 1000, 0.5 or 1e9")
    if kind in ("str", "timestamp") or (kind == "bool" and text.lower() not in ("true", "false")):
        return text
    try:
        return yaml.SafeLoader("").construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError) as trouble:
        raise BadInput(f"{where}: {path} cannot be read: {trouble}") from trouble


def _decimal(text: str) -> int | float:
    """The number, whole where it is whole and not too long to count with.

    >>> _decimal("1e5"), _decimal("0.5"), _decimal("007"), _decimal("1.0")
    (100000, 0.5, 7, 1.0)
    """
    if text.lstrip("+-").isdigit() and len(text) <= _LONGEST:
        return int(text)
    number = float(text)
    return int(number) if "." not in text and number.is_integer() and abs(number) < _EXACT else number


def _mapping(node: yaml.MappingNode, path: str, lines: Lines, where: str, depth: int) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadInput(
                f"{where}:{key_node.start_mark.line + 1}: {path or 'the top'} has a key that is no plain text"
            )
        key = str(key_node.value)
        full = f"{path}.{key}" if path else key
        line = key_node.start_mark.line + 1
        if key in result:
            raise BadInput(f"{where}:{line}: {full} is given twice; the first is in line {lines[full]}")
        lines[full] = line
        result[key] = _build(value_node, full, lines, where, depth + 1)
    return result
