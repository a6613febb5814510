"""Behavioural numbers that are calibrated, and the ranges over which a bank of runs draws them."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.parameters import MARKET, BadInput, Parameter, Scenario
from sim.parameters.checking import nearest

PREFIX = "market."
USUAL_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "contract": (
        "satisfaction.learning_use=0.01..0.2",
        "choice.consider_slope=0..8",
        "choice.consider_word=0..0.05",
        "choice.switching_cost=0.5..3.5",
        "economics.price_weight=2..10",
    ),
    "repertoire": (
        "satisfaction.learning_purchase=0.02..0.5",
        "choice.experience_weight=1..12",
        "word_of_mouth.weight=0.01..0.5",
        "choice.habit_weight=0..3",
        "economics.price_weight=2..10",
    ),
}  # learning, sensitivity, words, inertia or habit, weight of price; ranges in which a market works, assumed
_ROWS = {row.name: row for row in MARKET}


class NumberRange(NamedTuple):
    """A number and the range over which it is drawn, each value as likely as any other.

    Args:
        name: Its key path without ``market.``.
        low: Lower end, in the unit of the table of parameters.
        high: Upper end.
    """

    name: str
    low: float
    high: float

    @property
    def column(self) -> str:
        """Name of its column in the bank."""
        return self.name.replace(".", "_")


def number_ranges(texts: Sequence[str], scenario: Scenario) -> tuple[NumberRange, ...]:
    """The numbers asked for, or the usual ones of the kind of market.

    Args:
        texts: ``PATH`` for the range of the table of parameters, or ``PATH=LOW..HIGH``.
        scenario: The world.

    Raises:
        BadInput: An unknown number, one that is no plain number, a range outside that of the table, or a number twice.
    """
    asked = tuple(map(_number_range, texts or USUAL_NUMBERS[scenario.relationship]))
    names = [number.name for number in asked]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise BadInput(f"--parameters names {twice} twice")
    return asked


def _number_range(text: str) -> NumberRange:
    path, equals, ends = text.partition("=")
    row = _row(path.strip().removeprefix(PREFIX))
    low, high = _ends(text, ends) if equals else (row.low, row.high)
    if not row.low <= low < high <= row.high:
        raise BadInput(
            f"--parameters {text}: the range must rise and lie between {row.low:g} and {row.high:g}, as the table of "
            "parameters says"
        )
    return NumberRange(row.name, low, high)


def _row(name: str) -> Parameter:
    if name not in _ROWS:
        raise BadInput(
            f"--parameters {name}: the market has no such number.{nearest(name, _ROWS)} `sim params WORD` lists those "
            "of a word"
        )
    row = _ROWS[name]
    if row.unit == "count" or row.default is None:
        raise BadInput(f"--parameters {name}: only numbers that may take any value in a range are calibrated")
    return row


def _ends(text: str, ends: str) -> tuple[float, float]:
    try:
        low, high = map(float, ends.split(".."))
    except ValueError:
        raise BadInput(
            f"--parameters {text}: write PATH, or PATH=LOW..HIGH such as choice.consider_slope=1..8"
        ) from None
    if not (math.isfinite(low) and math.isfinite(high)):
        raise BadInput(f"--parameters {text}: both ends must be finite")
    return low, high
