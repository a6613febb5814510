"""What every number of the model must say about itself."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

ALWAYS: Mapping[str, float] = MappingProxyType({})  # a number that no mechanism makes neutral
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
        off: Neutral value by mechanism, read instead while that mechanism is off; it may lie out of range.
        customers: Whether customers' rules read it, as the field of `CustomerParameters` named by its key path.
    """

    name: str
    unit: str
    default: float | None
    low: float
    high: float
    source: str
    meaning: str
    off: Mapping[str, float] = ALWAYS
    customers: bool = False

    @property
    def field(self) -> str:
        """The key path with underscores.

        >>> Parameter("needs.spread", "sd", 1.0, 0.0, 3.0, ASSUMED, "Spread of goals").field
        'needs_spread'
        """
        return self.name.replace(".", "_")


of_customers = partial(Parameter, customers=True)
