"""The numbers of a world that nobody has measured, and the ends to which each of them can be moved alone."""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sim.parameters.parameter import Parameter
from sim.parameters.provenance import ASSUMED, status_of
from sim.parameters.scenario import Scenario
from sim.parameters.table import FIRM, MARKET
from sim.parameters.table.mechanisms import MECHANISM_ROWS

UNMOVED = "none"  # stands where the key of a number does, for the world as it is
REACH = 0.3  # share of its value by which a number is moved to either side
MARKET_SECTION, FIRM_SECTION = "market.", "firms.*."


class Assumption(NamedTuple):
    """A number of a world that is graded as assumed.

    Args:
        key: Key path; ``firms.*`` is the same number of all firms.
        value: Its value in the world.
        source: What the world or the table says about where it comes from.
        row: Its row of the table, with unit, range and meaning.
    """

    key: str
    value: float
    source: str
    row: Parameter

    def ends(self) -> tuple[float, ...]:
        """The values 30 % below and above, within the allowed range; counts become whole numbers further away.

        >>> row = Parameter("temper.voice", "share", 0.4, 0.0, 0.5, ASSUMED, "Propensity")
        >>> Assumption("market.temper.voice", 0.4, ASSUMED, row).ends()
        (0.28, 0.5)
        """
        reach, row = REACH * abs(self.value), self.row
        low, high = round(self.value - reach, 12), round(self.value + reach, 12)
        if row.unit == "count":
            low, high = float(math.floor(low)), float(math.ceil(high))
        return tuple(end for end in (max(low, row.low), min(high, row.high)) if end != self.value)

    def moved(self, scenario: Scenario, end: float) -> Scenario:
        """The world with this number alone at an end, for all firms where it is a number of firms.

        Raises:
            BadInput: The world does not allow it.
        """
        return scenario.with_settings(dict.fromkeys(self._paths(scenario), end))

    def _paths(self, scenario: Scenario) -> list[str]:
        if self.key.startswith(FIRM_SECTION):
            return [self.key.replace("*", str(seat), 1) for seat in range(len(scenario.firms))]
        return [self.key]


def assumptions_of(scenario: Scenario) -> list[Assumption]:
    """The numbers of a world that are graded as assumed, in the order of the table.

    Numbers of firms are those of the first firm.
    """
    return [*_of_market(scenario), *_of_firms(scenario)]


def _of_market(scenario: Scenario) -> Iterator[Assumption]:
    for row in MARKET:
        value, key = scenario.market.get(row.name), MARKET_SECTION + row.name
        source = scenario.sources.get(key, row.source if value == row.default else ASSUMED)
        if value is not None and status_of(value, source) == ASSUMED:
            yield Assumption(key, value, source, row)


def _of_firms(scenario: Scenario) -> Iterator[Assumption]:
    settings: Mapping[str, float | None] = scenario.firms[0].settings
    for row in FIRM:
        value = settings[row.name]
        source = row.source if value == row.default else ASSUMED
        if value is not None and status_of(value, source) == ASSUMED:
            yield Assumption(FIRM_SECTION + row.name, value, source, row)


def why_idle(assumption: Assumption, scenario: Scenario) -> str:
    """Why a number cannot act in a world, as far as the tables say; empty where it may act.

    A value of 0 has no 30 %. A number of a mechanism that is off is read at its neutral value. A section of the table
    acts through mechanisms alone where the examples of mechanisms name it and all of those are off.
    """
    if assumption.value == 0.0:
        return "it is 0"
    acting = assumption.row.off or _mechanisms_by_section().get(_section(assumption.key), ())
    off = [name for name in acting if not scenario.mechanisms[name]]
    blocked = off if assumption.row.off else off if len(off) == len(acting) else []
    return f"`mechanisms.{blocked[0]}` is off" if blocked else ""


@cache
def _mechanisms_by_section() -> Mapping[str, tuple[str, ...]]:
    """Names of the mechanisms whose examples name a number of a section, by section."""
    names: dict[str, tuple[str, ...]] = {}
    for row in MECHANISM_ROWS:
        for section in dict.fromkeys(_section(path) for path in row.example):
            names[section] = (*names.get(section, ()), row.name)
    return names


def _section(path: str) -> str:
    """The section of a key path, alike for all firms.

    >>> _section("firms.0.owner.sight"), _section("firms.*.owner.sight"), _section("market.credit.laxity")
    ('firms.owner', 'firms.owner', 'market.credit')
    """
    parts = path.split(".")
    return ".".join((parts[0], parts[2] if parts[0] == "firms" else parts[1]))
