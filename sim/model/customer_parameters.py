"""The numbers that customers' rules read, with switched-off mechanisms set to their neutral value."""

import math
from collections import namedtuple
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.parameters.mechanism import neutral_numbers
from sim.parameters.table import MARKET, MECHANISMS

# A mechanism of the customers is off when these numbers take these values; those of firms: see `sim.model.firm`.
NEUTRAL_NUMBERS = neutral_numbers(MARKET, MECHANISMS)

FIELDS = (*(row.field for row in MARKET if row.customers), "contract", "bills_kept")

if TYPE_CHECKING:

    class _Numbers(tuple[float, ...]):
        """The fields as the type checker sees them; a test looks for names that are none."""

        __slots__ = ()
        _fields: ClassVar[tuple[str, ...]]

        def __new__(cls, **numbers: float) -> Self: ...
        def _replace(self, **numbers: float) -> Self: ...
        def __getattr__(self, name: str) -> float: ...

else:
    _Numbers = namedtuple("_Numbers", FIELDS)


class CustomerParameters(_Numbers):
    """How customers are in this world: a field for each row of `sim.parameters.MARKET` that is one of customers.

    A field has the key path with underscores. The last two are `contract`: 1 for one supplier at a time, 0 for a
    repertoire; and `bills_kept`: 1 where what each customer was billed is kept, 0 where nobody asks for it.
    """

    __slots__ = ()

    def __hash__(self) -> int:
        """Of some of the numbers: it is asked for in every month, and few worlds share these."""
        return hash(self[:12])


PARAMETER_DTYPE = np.dtype([(name, np.float64) for name in CustomerParameters._fields])


@lru_cache(maxsize=16)
def parameter_rows(parameters: CustomerParameters) -> NDArray[np.void]:
    """The same numbers as the single row of an array, the form that compiled loops take; read only."""
    rows = np.array([tuple(map(float, parameters))], PARAMETER_DTYPE)
    rows.flags.writeable = False
    return rows


def parameters_of(
    market: Mapping[str, float], mechanisms: Mapping[str, bool], contract: bool, bills_kept: bool = True
) -> CustomerParameters:
    """The numbers of one world, with the mechanisms that are off made neutral.

    Args:
        market: Every number of the market by key path.
        mechanisms: Which mechanisms are on.
        contract: True for one supplier at a time, False for a repertoire.
        bills_kept: Whether what each customer was billed is kept.
    """
    values = {key.replace(".", "_"): value for key, value in market.items()}
    for mechanism, neutral in NEUTRAL_NUMBERS.items():
        if not mechanisms[mechanism]:
            values.update(neutral)
    values |= {"contract": contract, "bills_kept": bills_kept}
    return CustomerParameters(**{name: float(values[name]) for name in FIELDS})


@lru_cache(maxsize=64)
def spread_of_log_gamma(shape: float) -> float:
    """Standard deviation of the log of a gamma number.

    >>> round(spread_of_log_gamma(1.0), 4)  # pi / sqrt(6)
    1.2825
    """
    return math.sqrt(special.polygamma(1, shape))
