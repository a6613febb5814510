"""The numbers of a world that nobody has measured, and the ends to which each of them can be moved alone."""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sim.parameters.parameter import Parameter
from sim.parameters.provenance import ASSUMED, status_of
from sim.parameters.scenario import Scenario
from sim.parameters.table import FIRM, MARKET

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
        return scenario.with_settings({key: end for key in self._paths(scenario)})

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
    """Why a number cannot act in a world, as far as its row says; empty where it may act.

    A value of 0 has no 30 %. A number of a mechanism that is off is read at its neutral value.
    """
    if assumption.value == 0.0:
        return "it is 0"
    off = [name for name in assumption.row.off if not scenario.mechanisms[name]]
    return f"mechanism `{off[0]}` is off" if off else ""
