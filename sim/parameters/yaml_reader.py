"""Safe reading of YAML that remembers the line of every key, and refuses what no scenario needs."""

from pathlib import Path
from typing import Any

import yaml

from sim.parameters.errors import BadInput

MOST_BYTES = 1_000_000
MOST_DEPTH = 12


class Lines(dict[str, int]):
    """Line of each key path in the file."""


def read_yaml(path: Path) -> tuple[dict[str, Any], Lines]:
    """Contents of a YAML file and the line of every key path.

    Raises:
        BadInput: Missing, too large, not UTF-8, not YAML, anchors, duplicate keys, or not a mapping.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(f"{path}: the file has more than {MOST_BYTES} bytes; a scenario has a few thousand")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such file") from None
    except (UnicodeDecodeError, IsADirectoryError, PermissionError) as trouble:
        raise BadInput(f"{path}: the file cannot be read as text ({trouble})") from trouble
    return parse_yaml(text, str(path))


def parse_yaml(text: str, where: str) -> tuple[dict[str, Any], Lines]:
    """As `read_yaml`, from text; `where` names it in messages."""
    try:
        if any(isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) for event in yaml.parse(text)):
            raise BadInput(f"{where}: anchors and aliases (& and *) are not allowed; write the values out")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
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


def _build(node: yaml.Node, path: str, lines: Lines, where: str, depth: int) -> Any:
    if depth > MOST_DEPTH:
        raise BadInput(f"{where}:{node.start_mark.line + 1}: {path} is nested too deeply")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, where, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, f"{path}.{k}", lines, where, depth + 1) for k, item in enumerate(node.value)]
    try:
        return yaml.SafeLoader("").construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError) as trouble:
        raise BadInput(f"{where}:{node.start_mark.line + 1}: {path} cannot be read: {trouble}") from trouble


def _mapping(node: yaml.MappingNode, path: str, lines: Lines, where: str, depth: int) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        full = f"{path}.{key}" if path else key
        line = key_node.start_mark.line + 1
        if key in result:
            raise BadInput(f"{where}:{line}: {full} is given twice; the first is in line {lines[full]}")
        lines[full] = line
        result[key] = _build(value_node, full, lines, where, depth + 1)
    return result
