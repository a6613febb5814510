"""Calibrated numbers written into a scenario file, with their provenance; comments and all else stay."""

import re
from collections.abc import Mapping
from pathlib import Path

from sim.files.atomic_file import commit_text
from sim.parameters import BadInput, Scenario
from sim.parameters.checking import flatten
from sim.parameters.yaml_reader import parse_yaml, read_text

MARGIN = "  "


def refuse_unwritable(file: Path, numbers: Mapping[str, float]) -> None:
    """Stop before anything is simulated where numbers could not be written.

    Args:
        file: Scenario file that is to be changed.
        numbers: Values by key path without ``market.``, which are tried and not written.

    Raises:
        BadInput: There is no such file, it is no scenario, or such numbers cannot be put into it.
    """
    if not file.is_file():
        raise BadInput(f"--write {file}: there is no such file; name the scenario file to change")
    Scenario.load(file)
    _checked(file, numbers, "")


def write_numbers_into(file: Path, numbers: Mapping[str, float], provenance: str) -> None:
    """Put numbers of the market and their source into a scenario file.

    Args:
        file: The scenario file.
        numbers: Values by key path without ``market.``.
        provenance: What the source of each number says.

    Raises:
        BadInput: They cannot be put into this file; it is as it was.
    """
    commit_text(file, _checked(file, numbers, provenance))


def _checked(file: Path, numbers: Mapping[str, float], provenance: str) -> str:
    """The text of a file with numbers, which were found again in it."""
    text = read_text(file)
    try:
        text = with_numbers(text, numbers, provenance)
        there = flatten(parse_yaml(text, str(file))[0]["market"])
    except (BadInput, KeyError):
        there = {}
    lost = [name for name, value in numbers.items() if there.get(name) != float(f"{value:g}")]
    if lost:
        raise BadInput(
            f"--write {file}: market.{lost[0]} cannot be put into this file; write `market:` and its sections as "
            "blocks, one line a number, as `sim scenario show` prints them"
        )
    return text


def with_numbers(text: str, numbers: Mapping[str, float], provenance: str) -> str:
    """The text of a scenario file with numbers of its market replaced or added, each with a source.

    Args:
        text: The file.
        numbers: Values by key path without ``market.``.
        provenance: What the source of each number says.

    >>> print(with_numbers("market:\\n  product: {unit_cost: 0.5}\\n", {"product.unit_cost": 0.4}, "fitted"), end="")
    market:
      product: {unit_cost: 0.4}
    sources:
      market.product.unit_cost: "fitted"
    """
    lines = text.rstrip("\n").split("\n")
    for name, value in numbers.items():
        lines = _with_number(lines, name, f"{value:g}")
    return "\n".join(_with_sources(lines, [f"market.{name}" for name in numbers], provenance)) + "\n"


def _with_number(lines: list[str], name: str, value: str) -> list[str]:
    section, _, key = name.rpartition(".")
    _, places = parse_yaml("\n".join(lines), "the scenario")
    at = places.get(f"market.{name}")
    if at is not None:
        changed = re.sub(rf"(\b{key}: *)[^,}}\s#]+", rf"\g<1>{value}", lines[at - 1], count=1)
        return [*lines[: at - 1], changed, *lines[at:]]
    at = places.get(f"market.{section}")
    if at is not None:
        return _into_section(lines, at, f"{key}: {value}")
    top = places["market"]
    return [*lines[:top], f"{_margin_below(lines, top)}{section}: {{{key}: {value}}}", *lines[top:]]


def _into_section(lines: list[str], at: int, entry: str) -> list[str]:
    """Put an entry into a section that is written in one line, or as a block."""
    line = lines[at - 1]
    if "{" in line:
        return [*lines[: at - 1], line.replace("{", f"{{{entry}, ", 1), *lines[at:]]
    return [*lines[:at], _margin_below(lines, at) + entry, *lines[at:]]


def _margin_below(lines: list[str], at: int) -> str:
    """Margin of what stands in the block that a line begins; `at` is the number of that line."""
    own, below = (_margin(line) for line in (lines[at - 1], next(filter(str.strip, lines[at:]), "")))
    return below if len(below) > len(own) else own + MARGIN


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _with_sources(lines: list[str], paths: list[str], provenance: str) -> list[str]:
    """Sources at the end of their section, where they count before what is nested above them."""
    written = [f'{MARGIN}{path}: "{provenance}"' for path in paths]
    if not written:
        return lines
    kept = _without(lines, paths)
    if "sources:" not in kept:
        return [*kept, "sources:", *written]
    at = kept.index("sources:") + 1
    while at < len(kept) and kept[at].startswith((" ", "#")):
        at += 1
    return [*kept[:at], *written, *kept[at:]]


def _without(lines: list[str], paths: list[str]) -> list[str]:
    """The lines without the sources of some paths, each with what is indented below it."""
    kept: list[str] = []
    dropped = False
    for line in lines:
        own = line.startswith(MARGIN) and not line.startswith(MARGIN * 2)
        if own or not line.startswith(MARGIN):
            dropped = own and line.strip().partition(":")[0] in paths
        if not dropped:
            kept.append(line)
    return kept
