"""One section of a design file, read strictly; all complaints are collected and reported together."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.parameters.checking import Place, as_whole, nearest, unknown_key
from sim.parameters.errors import BadInput
from sim.parameters.names import refuse_name

MOST_SHOWN = 12  # names in a message


def _bounds(low: float, high: float) -> str:
    """Bounds in words; a lower one next to zero is there to keep zero out.

    >>> _bounds(1e-12, math.inf), _bounds(0.5, 2.0)
    ('above 0', 'between 0.5 and 2')
    """
    return f"between {low:g} and {high:g}" if math.isfinite(high) else f"above {0.0 if low < 1e-6 else low:g}"


class StrictSection:
    """A section whose keys are read one by one; what is wrong is noted and a harmless value is returned.

    Args:
        contents: The section.
        path: Its key path; empty at the top.
        place: The file and its lines.
        complaints: Where complaints are kept; sections of one file share the list.
    """

    def __init__(self, contents: Any, path: str, place: Place, complaints: list[str]) -> None:
        self.path, self.place, self.complaints = path, place, complaints
        if not isinstance(contents, Mapping):
            self._note("", f"is {contents!r}; a mapping of keys to values is needed.")
        self.contents: Mapping[str, Any] = contents if isinstance(contents, Mapping) else {}

    def of(self, key: str) -> str:
        """Key path of a key."""
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def complain(self, key: str, what: str) -> None:
        """Note what is wrong with a key, with file and line."""
        self._note(key, what)

    def _note(self, key: str, what: str) -> None:
        self.complaints.append(f"{self.place.at(self.of(key))} {what}")

    def only(self, allowed: Sequence[str]) -> None:
        """Note every key that is not allowed."""
        for key in self.contents:
            if key not in allowed:
                self.complaints.append(str(unknown_key(self.place, self.of(key), key, allowed)))

    def text(self, key: str, default: str | None = None) -> str:
        """A text; needed unless there is a default."""
        value = self.contents.get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            self._note(key, f"is {value!r}; text is needed.")
            return ""
        return value

    def name(self, key: str) -> str:
        """A text that can name a folder."""
        name = self.text(key)
        try:
            refuse_name(name, self.of(key), self.place)
        except BadInput as trouble:
            self.complaints.append(str(trouble))
        return name

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One of some names."""
        names, value = list(allowed), self.contents.get(key, default)
        if value not in names:
            shown = ", ".join(names[:MOST_SHOWN]) + (", …" if len(names) > MOST_SHOWN else "")
            self._note(key, f"is {value!r}.{nearest(str(value), names)} Allowed: {shown}")
            return names[0] if names else ""
        return str(value)

    def amount(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number within bounds."""
        value = self.contents.get(key, default)
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if not plain or not math.isfinite(float(value or 0)) or not low <= float(value or 0) <= high:
            problem = "is missing" if value is None else f"is {value!r}"
            self._note(key, f"{problem}; a number {_bounds(low, high)} is needed.")
            return low
        return float(value or 0)

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within bounds."""
        value = self.contents.get(key, default)
        number = as_whole(value)
        if number is None or not low <= number <= high:
            self._note(key, f"is {value!r}; a whole number between {low} and {high} is needed.")
            return low
        return number

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.contents.get(key, default)
        if not isinstance(value, bool):
            self._note(key, f"is {value!r}; true or false is needed.")
        return bool(value)

    def items(self, key: str, fewest: int = 1) -> list[Any]:
        """A list of plain values, none twice."""
        value = self.contents.get(key)
        plain = isinstance(value, list) and all(isinstance(item, str | int | float) for item in value)
        if not isinstance(value, list) or not plain or len(value) < fewest or len({*map(repr, value)}) < len(value):
            self._note(key, f"is {value!r}; a list of at least {fewest} different values is needed.")
            return []
        return value

    def section(self, key: str) -> "StrictSection":
        """A section inside; an empty one when the key is missing."""
        return StrictSection(self.contents.get(key, {}), self.of(key), self.place, self.complaints)

    def sections(self, key: str) -> dict[str, "StrictSection"]:
        """The named sections of a section."""
        outer = self.section(key)
        return {str(name): outer.section(str(name)) for name in outer.contents}

    def tell(self) -> None:
        """Raise all complaints as one message.

        Raises:
            BadInput: There is at least one complaint.
        """
        if self.complaints:
            raise BadInput("\n".join(dict.fromkeys(self.complaints)))
