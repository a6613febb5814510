"""What is declared of a kind of event: the department that it concerns, its details, and the counts that it books."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

COUNT_OF_ONE = "one"  # an event counts as one
VALUE = "value"


class OneWhere(NamedTuple):
    """An event counts as one where a detail has a value.

    Args:
        detail: Number of the detail.
        value: Value.
    """

    detail: int
    value: float


Booked: TypeAlias = str | int | OneWhere


class Event(NamedTuple):
    """One kind of event.

    Args:
        department: Department of the firm that it concerns; empty for none, `detail` where a detail says which.
        books: By count of a firm (`sim.model.counts.Counts`): what of the event adds up to it. `COUNT_OF_ONE`, `VALUE`,
            the number of a detail, with a sign where it is taken off, or a detail with a value.
        details: Meaning of the details in their order.
    """

    department: str
    books: Mapping[str, Booked]
    details: tuple[str, ...] = ()
