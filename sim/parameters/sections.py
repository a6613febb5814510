"""Sections of a scenario file and what stands in them, checked: texts, and numbers of a table."""

from collections.abc import Iterable, Mapping
from typing import Any

from sim.parameters.checking import Place, flatten, number, unknown_key
from sim.parameters.errors import BadInput
from sim.parameters.parameter import Parameter


def checked_section(contents: Mapping[str, Any], key: str, place: Place) -> Mapping[str, Any]:
    """A section of a file; one that is left out is empty.

    Raises:
        BadInput: Something else than a mapping.
    """
    section = contents.get(key) or {}
    if not isinstance(section, Mapping):
        raise BadInput(f"{place.at(key)} is {section!r}; a mapping of keys to values is needed.")
    return section


def checked_text(value: Any, path: str, place: Place) -> str:
    """A text at a key path.

    Raises:
        BadInput: Anything else, or nothing.
    """
    if not isinstance(value, str):
        raise BadInput(f"{place.at(path)} is {'missing' if value is None else repr(value)}; text is needed.")
    return value


def checked_numbers(
    entries: Mapping[str, Any], table: tuple[Parameter, ...], prefix: str, beside: Iterable[str], place: Place
) -> dict[str, float | None]:
    """Every number of a table, at its default where the section does not give it.

    Args:
        entries: The section.
        table: Rows of the numbers.
        prefix: Key path of the section.
        beside: Keys that the section may have beside the numbers, to be named to somebody who gives another.
        place: Where the section stands.

    Raises:
        BadInput: Unknown key, or a number that is not allowed.
    """
    flat = flatten(entries)
    names = {parameter.name for parameter in table}
    for key, value in flat.items():
        if key not in names:
            if any(name.startswith(f"{key}.") for name in names):
                raise BadInput(f"{place.at(f'{prefix}.{key}')} is {value!r}; a mapping of keys to values is needed.")
            raise unknown_key(place, f"{prefix}.{key}", key, sorted([*names, *beside]))
    return {p.name: number(flat.get(p.name, p.default), p, f"{prefix}.{p.name}", place) for p in table}
