"""Keys of scenario files that had another name in an earlier version, and the rewriting of files that hold them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml


class Rename(NamedTuple):
    """One key with another name.

    Args:
        section: Key path of the section that holds it, firms by ``*``; empty for the top.
        old: Name before.
        new: Name now.
        version: Version from which on it has the new name.
    """

    section: str
    old: str
    new: str
    version: str


RENAMES: tuple[Rename, ...] = ()  # one row for each key that gets another name; version 0.1.0 is the first


def find_rename(path: str, renames: Sequence[Rename] = RENAMES) -> Rename | None:
    """The row of a key path, if the key has another name now.

    >>> find_rename("firms.0.cash.price", [Rename("firms.*.cash", "price", "list_price", "9.9")]).new
    'list_price'
    """
    section, _, key = ".".join("*" if part.isdigit() else part for part in path.split(".")).rpartition(".")
    return next((rename for rename in renames if (rename.section, rename.old) == (section, key)), None)


def upgraded(text: str, where: str, renames: Sequence[Rename] = RENAMES) -> tuple[str, list[str]]:
    """A scenario file with the present names of its keys, all else as it is, and a line for each change.

    Args:
        text: The file.
        where: Its name in messages.
        renames: Which keys have another name.

    Raises:
        BadInput: The text is not valid YAML.

    >>> upgraded("market:\\n  size: 5  # people", "x.yaml", [Rename("market", "size", "people", "9.9")])
    ('market:\\n  people: 5  # people', ['x.yaml:2: market.size is called market.people from version 9.9 on'])
    """
    from sim.parameters.yaml_reader import parse_yaml

    parse_yaml(text, where)
    node = yaml.compose(text, Loader=yaml.SafeLoader)  # in Python: its marks count characters
    changes, places = [], []
    for path, key in _keys(node, ""):
        row = find_rename(path, renames)
        if row is not None:
            new = f"{path.removesuffix(row.old)}{row.new}"
            changes.append(f"{where}:{key.start_mark.line + 1}: {path} is called {new} from version {row.version} on")
            places.append((key.start_mark.index, key.end_mark.index, row.new))
    for start, end, new in reversed(places):
        text = text[:start] + new + text[end:]
    return text, changes


def _keys(node: yaml.Node | None, path: str) -> Iterator[tuple[str, yaml.Node]]:
    """Every key of a file with its path, in the order of the text."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            full = f"{path}.{key.value}" if path else str(key.value)
            yield full, key
            yield from _keys(value, full)
    elif isinstance(node, yaml.SequenceNode):
        for seat, value in enumerate(node.value):
            yield from _keys(value, f"{path}.{seat}")
