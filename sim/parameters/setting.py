"""Single settings of a scenario by key path, as typed on a command line."""

from typing import Any

from sim.parameters.checking import nearest
from sim.parameters.errors import BadInput
from sim.parameters.yaml_reader import parse_yaml


def setting(text: str) -> tuple[str, Any]:
    """Key path and value of ``key.path=value`` as typed on a command line.

    Raises:
        BadInput: There is no equals sign, or the value is not plain.

    >>> setting("market.needs.spread=0.4")
    ('market.needs.spread', 0.4)
    """
    path, equals, value = text.partition("=")
    if not equals:
        raise BadInput(f"--set {text}: write it as key.path=value")
    contents, _ = parse_yaml(f"value: {value}", f"--set {text}")
    return path.strip(), contents["value"]


def put(mapping: dict[str, Any], path: str, value: Any, firms: list[str]) -> None:
    """Set one key path of a scenario as a nested mapping.

    Args:
        mapping: Changed in place.
        path: Key path; a firm by its place or name.
        value: What to set.
        firms: Names of the firms.

    Raises:
        BadInput: No such key path.
    """
    parts = path.split(".")
    here: Any = mapping
    for depth, part in enumerate(parts):
        key: Any = part
        if isinstance(here, list):
            key = (
                firms.index(part) if part in firms else int(part) if part.isdigit() and int(part) < len(here) else None
            )
        known = key is not None and (isinstance(here, list) or key in here or ".".join(parts[:1]) == "sources")
        if not known:
            names = firms if isinstance(here, list) else here
            raise BadInput(f"settings: {path} is not a known key.{nearest(part, list(names))}")
        if depth == len(parts) - 1:
            here[key] = value
        else:
            here = here[key]
            if not isinstance(here, dict | list):
                raise BadInput(f"settings: {path} is not a known key; {'.'.join(parts[: depth + 1])} is a single value")
