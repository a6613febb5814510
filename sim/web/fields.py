"""What may stand in a field of a command: types, ranges and lengths."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

PATH = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+){0,5}")
_WORD = re.compile(r"[A-Za-z0-9_.:-]{1,40}")
NAME_OF_SETTING = re.compile(r"[A-Za-z0-9_ +,-]{1,60}")  # no slash, dot or colon: never a file with code
_MOST_SETTINGS = 40


class CommandField(NamedTuple):
    """One field of a command.

    Args:
        fits: Whether a value may stand there.
        allowed: What may stand there, for the answer when something else does.
        needed: Whether it must be there.
    """

    fits: Callable[[Any], bool]
    allowed: str
    needed: bool = True

    def left_out(self) -> "CommandField":
        """The same field where it may be left out."""
        return self._replace(needed=False)


def whole(low: int, high: int) -> CommandField:
    """A whole number.

    Args:
        low: The least.
        high: The most.
    """
    return CommandField(lambda value: type(value) is int and low <= value <= high, f"whole number from {low} to {high}")


def number(low: float, high: float) -> CommandField:
    """A number.

    Args:
        low: The least.
        high: The most.
    """
    return CommandField(lambda value: _is_number(value) and low <= value <= high, f"number from {low} to {high}")


def flag() -> CommandField:
    """True or false."""
    return CommandField(lambda value: type(value) is bool, "true or false")


def choice(*names: str) -> CommandField:
    """One of some words.

    Args:
        names: The words.
    """
    return CommandField(lambda value: isinstance(value, str) and value in names, " | ".join(names))


def word() -> CommandField:
    """A name without spaces."""
    return CommandField(lambda value: isinstance(value, str) and bool(_WORD.fullmatch(value)), _WORD.pattern)


def text(most: int) -> CommandField:
    """Free text on one line.

    Args:
        most: Characters at most.
    """
    return CommandField(lambda value: _is_line(value) and len(value) <= most, f"one line of at most {most} characters")


def texts(most: int, length: int) -> CommandField:
    """Several different lines of free text.

    Args:
        most: Lines at most.
        length: Characters of a line at most.
    """

    def fits(values: Any) -> bool:
        if not isinstance(values, list) or not 1 <= len(values) <= most:
            return False
        return all(_is_line(value) and 1 <= len(value.strip()) <= length for value in values)

    return CommandField(fits, f"1 to {most} lines of at most {length} characters")


def settings() -> CommandField:
    """Settings by path: numbers, switches and names of things in the box."""

    def fits(values: Any) -> bool:
        if not isinstance(values, Mapping) or len(values) > _MOST_SETTINGS:
            return False
        return all(PATH.fullmatch(path) and _is_setting(value) for path, value in values.items())

    return CommandField(fits, f"at most {_MOST_SETTINGS} settings: path to number, true, false or name")


def game_side(length: int, episodes: tuple[str, ...]) -> CommandField:
    """One side of a comparison in a game: an episode of a team, played or as if the team had decided nothing.

    Args:
        length: Characters of the name of a team at most.
        episodes: Names of the episodes.
    """

    def fits(value: Any) -> bool:
        if not isinstance(value, Mapping) or not {"episode", "team"} <= value.keys() <= {
            "episode",
            "team",
            "as_before",
        }:
            return False
        named = value["episode"] in episodes and _is_line(value["team"]) and len(value["team"]) <= length
        return named and isinstance(value.get("as_before", False), bool)

    return CommandField(fits, f"episode ({' | '.join(episodes)}), team, as_before")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_setting(value: Any) -> bool:
    if isinstance(value, str):
        return bool(NAME_OF_SETTING.fullmatch(value))
    return isinstance(value, bool) or _is_number(value)


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()
