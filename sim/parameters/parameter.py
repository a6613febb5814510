"""What every number of the model must say about itself."""

from typing import NamedTuple

ASSUMED = "assumed"  # the source of a number that nobody has measured


class Parameter(NamedTuple):
    """One number the model knows.

    Args:
        name: Key path inside its section, such as ``needs.spread``.
        unit: Unit, ``1`` for a pure number.
        default: Value where a scenario is silent; None lets a policy choose.
        low: Smallest value allowed.
        high: Largest value allowed.
        source: Where the default comes from, or ``assumed``.
        meaning: One plain sentence.
    """

    name: str
    unit: str
    default: float | None
    low: float
    high: float
    source: str
    meaning: str
