"""Where a number comes from: whether its source says that very number, and what was made of checking it."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sim.parameters.scenario import Scenario
from sim.parameters.shipped import scenario_names
from sim.parameters.table import FIRM, MARKET

SOURCED, RANGE, DIRECTION, CALIBRATED, GUARD, ASSUMED, OPEN = (
    "sourced",
    "in a published range",
    "direction sourced",
    "calibrated",
    "guard",
    "assumed",
    "open",
)
STATUSES: Mapping[str, str] = {
    SOURCED: "a publication, a law or counted data say that number",
    RANGE: "a publication gives a range that holds that number, and not the number",
    DIRECTION: "a publication says the form or the sign, not the number",
    CALIBRATED: "set so that a pattern comes out that a publication describes",
    GUARD: "a bound that ordinary months do not reach",
    ASSUMED: "nobody has measured it",
    OPEN: "no number: the policy or another setting decides",
}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(\s*%)?")
_AUTHOR = re.compile(r"[A-Z][\w'’-]+")
_MARKS = (
    (RANGE, ("range:",)),
    (DIRECTION, ("value assumed", "direction:", "signs differ", "checked against")),
    (CALIBRATED, ("calibrated", "so that", "set together")),
    (GUARD, ("guard",)),
    (ASSUMED, ("assumed",)),
)


class SourcedValue(NamedTuple):
    """A number of the table, or of a world in the box, whose source says it.

    Args:
        key: World and key path; ``default`` for the table.
        value: The number.
        unit: Its unit.
        source: What the source says.
    """

    key: str
    value: float
    unit: str
    source: str

    @property
    def world(self) -> str:
        """The world that sets the value; empty for the table.

        >>> SourcedValue("cdnow market.death", 0.0007, "1/month", "").world
        'cdnow'
        """
        return self.key.partition(" ")[0].removeprefix("default")


def says(source: str, value: float) -> bool:
    """Whether a text names a number, as it is or in per cent.

    >>> says("Reichheld (2003): 9 and 10 are promoters", 9.0), says("a third leaves", 0.3), says("40 % complain", 0.4)
    (True, False, True)
    """
    return any(math.isclose(number, value, rel_tol=1e-9, abs_tol=1e-12) for number in _numbers(source))


def _numbers(text: str) -> Iterator[float]:
    for match in _NUMBER.finditer(text):
        number = float(match[0].rstrip(" %\u00a0").replace(",", ""))
        yield number / 100.0 if match[1] else number


def status_of(value: float | None, source: str) -> str:
    """One of `STATUSES`: a sourced value has an author, a year and the figure itself.

    >>> status_of(9.0, "Reichheld (2003): 9"), status_of(0.3, "sign: Oliver (1980); value assumed")
    ('sourced', 'direction sourced')
    """
    if value is None:
        return OPEN
    for status, marks in _MARKS:
        if any(mark in source for mark in marks):
            return status
    complete = _YEAR.search(source) and _AUTHOR.search(source) and says(_YEAR.sub("", source), value)
    return SOURCED if complete else ASSUMED


def sourced_values() -> list[SourcedValue]:
    """Every sourced value of the table, each once, and of the worlds in the box, once for each world and key.

    A world's value that repeats a default together with its source is not counted again.
    """
    table = [("market", row) for row in MARKET] + [("firms.*", row) for row in FIRM]
    rows = [
        SourcedValue(f"default {section}.{row.name}", row.default, row.unit, row.source)
        for section, row in table
        if row.default is not None and status_of(row.default, row.source) == SOURCED
    ]
    return rows + [row for name in scenario_names() for row in _of_world(Scenario.load(name))]


def _of_world(scenario: Scenario) -> Iterator[SourcedValue]:
    table = {row.name: row for row in MARKET}
    for path, source in scenario.sources.items():
        section, _, name = path.partition(".")
        if section == "market" and name in table:
            value, row = scenario.market[name], table[name]
            repeated = (value, source) == (row.default, row.source)
            if status_of(value, source) == SOURCED and not repeated:
                yield SourcedValue(f"{scenario.name} {path}", value, row.unit, source)
