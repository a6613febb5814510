"""Keys of scenario files that had another name, or meant something, in an earlier version, and their rewriting."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml


class Rename(NamedTuple):
    """One key with another name, or without a successor.

    Args:
        section: Key path of the section that holds it, firms by ``*``; empty for the top.
        old: Name before.
        new: Name now; empty where nothing takes its place.
        version: Version from which on it has the new name, or is gone.
        why: What to do without it, where nothing takes its place.
    """

    section: str
    old: str
    new: str
    version: str
    why: str = ""

    def about(self, path: str) -> str:
        """What became of the key at a path of a file.

        >>> Rename("market", "size", "people", "9.9").about("market.size")
        'market.size is called market.people from version 9.9 on'
        """
        if self.new:
            return f"{path} is called {path.removesuffix(self.old)}{self.new} from version {self.version} on"
        return f"{path} is no longer known from version {self.version} on: {self.why}"


RENAMES: tuple[Rename, ...] = (  # one row for each key that gets another name or goes; version 0.1.0 is the first
    Rename(
        "market.choice",
        "promotion_weight",
        "",
        "0.2.0",
        "a discount counts once, in the price, by what it saves over market.choice.expected_stay",
    ),
)


def find_rename(path: str, renames: Sequence[Rename] = RENAMES) -> Rename | None:
    """The row of a key path, if the key has another name now.

    >>> find_rename("firms.0.cash.price", [Rename("firms.*.cash", "price", "list_price", "9.9")]).new
    'list_price'
    """
    section, _, key = ".".join("*" if part.isdigit() else part for part in path.split(".")).rpartition(".")
    return next((rename for rename in renames if (rename.section, rename.old) == (section, key)), None)


def upgraded(text: str, where: str, renames: Sequence[Rename] = RENAMES) -> tuple[str, list[str]]:
    """A scenario file with the present names of its keys, otherwise unchanged, and a line for each change.

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
    for path, mapping, place in _keys(node, ""):
        row, key = find_rename(path, renames), mapping.value[place][0]
        if row is not None:
            changes.append(f"{where}:{key.start_mark.line + 1}: {row.about(path)}")
            named = (key.start_mark.index, key.end_mark.index, row.new)
            places.append(named if row.new else _without(text, mapping, place))
    for start, end, new in reversed(places):
        text = text[:start] + new + text[end:]
    return text, changes


def _without(text: str, mapping: yaml.MappingNode, place: int) -> tuple[int, int, str]:
    """Start and end of what goes with a key and its value, and what stands there afterwards."""
    pairs = mapping.value
    start, end = pairs[place][0].start_mark.index, pairs[place][1].end_mark.index
    if len(pairs) == 1:
        return start, end, "" if mapping.flow_style else "{}"
    if not mapping.flow_style:
        line_end = text.find("\n", end) + 1
        return start - pairs[place][0].start_mark.column, line_end or len(text), ""
    if place + 1 < len(pairs):
        return start, pairs[place + 1][0].start_mark.index, ""
    return pairs[place - 1][1].end_mark.index, end, ""


def _keys(node: yaml.Node | None, path: str) -> Iterator[tuple[str, yaml.MappingNode, int]]:
    """Every key of a file in the order of the text: its path, the mapping that holds it, and its place there."""
    if isinstance(node, yaml.MappingNode):
        for place, (key, value) in enumerate(node.value):
            full = f"{path}.{key.value}" if path else str(key.value)
            yield full, node, place
            yield from _keys(value, full)
    elif isinstance(node, yaml.SequenceNode):
        for seat, value in enumerate(node.value):
            yield from _keys(value, f"{path}.{seat}")
