"""Figures of sources beside the values that ship: where they differ, why a value stays, and what was not found."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sim.parameters import FIRM, MARKET, BadInput, Scenario
from sim.parameters.assumptions import FIRM_SECTION, MARKET_SECTION
from sim.parameters.parameter import ASSUMED, Parameter
from sim.parameters.provenance import status_of
from sim.parameters.yaml_reader import read_yaml

FIGURES_FILE = Path(__file__).with_name("other_figures.yaml")
TABLE_DEFAULT = "default"  # stands where a world does, for the default of the table
NEAR_ONE = 0.9  # shares above are compared by what is missing to 1
PASSAGES: Mapping[str, str] = {  # how the passage that says a figure is known
    "counted": "counted or fitted in the data by the project itself",
    "read": "read in the publication, its abstract, a release or a report of its author",
    "report": "read where somebody else reports it",
    "recalled": "recalled, passage not seen",
}


class OtherFigure(NamedTuple):
    """What sources say of one number, beside what ships.

    Args:
        key: Key path; ``firms.*`` is the same number of all firms.
        shipped: Value as it is told here, by world.
        low: Lowest figure of the sources. [unit of the key]
        high: Highest figure of the sources. [unit of the key]
        says: Which source says what, and where.
        seen: How its passage is known, one of `PASSAGES`.
        kept: Why the shipped value stays.
    """

    key: str
    shipped: Mapping[str, float]
    low: float
    high: float
    says: str
    seen: str
    kept: str

    @property
    def worlds_that_differ(self) -> list[str]:
        """Worlds whose value lies outside what sources say."""
        return [world for world, value in self.shipped.items() if not self.low <= value <= self.high]

    @property
    def factor(self) -> float | None:
        """Shipped value against the nearest figure, in the world that is furthest off; None where that figure is 0.

        Shares near 1 are compared by what is missing to 1.

        >>> OtherFigure("market.sales.meeting_hours", {"banking": 0.25}, 1.0, 1.0, "", "read", "").factor
        0.25
        """
        pairs = [(self._measured(self.shipped[world]), self._nearest(world)) for world in self.worlds_that_differ]
        if not pairs or any(value * figure <= 0.0 for value, figure in pairs):
            return None
        return max((value / figure for value, figure in pairs), key=lambda ratio: max(ratio, 1.0 / ratio))

    def _nearest(self, world: str) -> float:
        return self._measured(self.low if self.shipped[world] < self.low else self.high)

    def _measured(self, value: float) -> float:
        near_one = min(self.shipped.values()) > NEAR_ONE and row_of(self.key).unit == "share"
        return 1.0 - value if near_one else value


class Unfound(NamedTuple):
    """Numbers for which nobody says a figure that could be set beside them.

    Args:
        reason: Why not.
        keys: Their key paths.
    """

    reason: str
    keys: tuple[str, ...]


@cache
def other_figures() -> tuple[OtherFigure, ...]:
    """The figures of the package's file, in its order."""
    contents, _ = read_yaml(FIGURES_FILE)
    return tuple(OtherFigure(**entry) for entry in contents["figures"])


@cache
def unfound() -> tuple[Unfound, ...]:
    """The numbers without a figure of the package's file, by reason."""
    contents, _ = read_yaml(FIGURES_FILE)
    return tuple(Unfound(entry["reason"], tuple(entry["keys"])) for entry in contents["nothing"])


def row_of(key: str) -> Parameter:
    """The row of the table that declares a number.

    Raises:
        BadInput: There is none.

    >>> row_of("market.choice.lapse").unit, row_of("firms.*.leadership.horizon").unit
    ('months', 'months')
    """
    section = FIRM_SECTION if key.startswith(FIRM_SECTION) else MARKET_SECTION
    for row in FIRM if section == FIRM_SECTION else MARKET:
        if section + row.name == key:
            return row
    raise BadInput(f"no parameter is called {key}; sim params lists all of them")


def value_in(key: str, world: str) -> float | None:
    """The value that ships, in a world or in the table; of firms that of the first firm.

    >>> value_in("market.choice.lapse", "cdnow"), value_in("market.choice.lapse", TABLE_DEFAULT)
    (12.0, 12.0)
    """
    row = row_of(key)
    if world == TABLE_DEFAULT:
        return row.default
    scenario = Scenario.load(world)
    if key.startswith(FIRM_SECTION):
        return scenario.firms[0].settings[row.name]
    return scenario.market[row.name]


def grade_in(key: str, world: str) -> str:
    """The grade of a value: one of `STATUSES` of the provenance.

    >>> grade_in("market.choice.lapse", TABLE_DEFAULT), grade_in("market.choice.habit_learning", "cdnow")
    ('sourced', 'assumed')
    """
    row, value = row_of(key), value_in(key, world)
    fallback = row.source if value == row.default else ASSUMED
    sources = {} if world == TABLE_DEFAULT else Scenario.load(world).sources
    return status_of(value, sources.get(key, fallback))
