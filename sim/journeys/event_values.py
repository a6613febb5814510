"""What the words of an event are made from, and the words that many events share."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

CHANGED = 0.005  # a change that is smaller is not worth a sentence

Details = tuple[float, ...]


class EventValues(NamedTuple):
    """What the words of an event are made from: value and details as written by the step, and the satisfaction."""

    value: float
    satisfaction: float
    details: Details


Wording: TypeAlias = Callable[[EventValues], tuple[str, str]]  # name and reason of an event


def number_with_noun(number: float, noun: str) -> str:
    """A whole number and what it counts.

    >>> number_with_noun(1.0, "month"), number_with_noun(2.0, "month")
    ('1 month', '2 months')
    """
    return f"{number:.0f} {noun}{'' if number == 1.0 else 's'}"
