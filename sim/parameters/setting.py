"""Single settings of a scenario by key path, as typed after --set."""

from typing import Any

from sim.parameters.checking import nearest
from sim.parameters.errors import BadInput
from sim.parameters.yaml_reader import parse_yaml


def setting(text: str) -> tuple[str, Any]:
    """Key path and value of ``key.path=value`` as typed on a command line.

    Raises:
        BadInput: There is no equals sign, or not one plain value.

    >>> setting("market.needs.spread=0.4")
    ('market.needs.spread', 0.4)
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise BadInput(f"--set {text}: write it as key.path=value")
    contents, _ = parse_yaml(f"value: {value}", f"--set {text}")
    if len(contents) > 1:
        raise BadInput(f"--set {text!r}: one value is needed; use --set again for another key")
    return path.strip(), contents["value"]


def set_value(mapping: dict[str, Any], path: str, value: Any, firms: list[str]) -> None:
    """Put a value into a scenario's mapping.

    Args:
        mapping: The scenario in full, changed in place.
        path: Key path; firms by position or name.
        value: The value, not yet checked.
        firms: Names of the firms.

    Raises:
        BadInput: There is no such key.
    """
    if path.startswith("sources."):
        mapping["sources"][path.removeprefix("sources.")] = value
        return
    parts = path.split(".")
    here: Any = mapping
    for depth, part in enumerate(parts):
        if not isinstance(here, dict | list):
            raise BadInput(f"settings: {path} is not a known key; {'.'.join(parts[:depth])} is a single value")
        key: Any = _seat(part, firms) if isinstance(here, list) else part if part in here else None
        if key is None:
            names = firms if isinstance(here, list) else list(here)
            shown = f" Known here: {', '.join(names[:12])}{', …' if len(names) > 12 else ''}"
            raise BadInput(f"settings: {path} is not a known key.{nearest(part, names)}{shown}")
        if depth == len(parts) - 1:
            here[key] = value
        else:
            here = here[key]


def canonical(path: str, firms: list[str]) -> str:
    """The key path with its firm by position, so that two spellings of one key are alike.

    >>> canonical("firms.us.policy", ["us", "them"])
    'firms.0.policy'
    """
    section, dot, rest = path.partition(".")
    firm, _, key = rest.partition(".")
    seat = _seat(firm, firms) if section == "firms" and dot else None
    return path if seat is None else f"firms.{seat}.{key}"


def _seat(part: str, firms: list[str]) -> int | None:
    if part in firms:
        return firms.index(part)
    return int(part) if part.isascii() and part.isdigit() and int(part) < len(firms) else None
