"""Conduct of the firms of a market: the names of its kinds, and the check of a scenario's choice."""

from typing import Any

from sim.parameters.checking import Place, nearest
from sim.parameters.errors import BadInput

FIXED, REACTIVE, ADAPTIVE = "fixed", "reactive", "adaptive"
ADAPTED = (
    "price",
    "marketing",
    "research",
    "utilisation",
    "newcomer_discount",
    "retention_discount",
)  # by adaptive firms
CONDUCTS = {
    FIXED: "firms carry out their plans",
    REACTIVE: "firms match part of what rivals do to price and discounts, and pass on part of a change of unit cost",
    ADAPTIVE: "firms move price, budgets and discounts by small steps, from what is usual to what their own books say",
}


def checked_conduct(value: Any, place: Place) -> str:
    """The conduct itself, if it is one of `CONDUCTS`.

    Raises:
        BadInput: It is not; says what is allowed.
    """
    if value not in CONDUCTS:
        raise BadInput(
            f"{place.at('market.conduct')} is {value!r}; allowed are {', '.join(CONDUCTS)}."
            f"{nearest(str(value), list(CONDUCTS))}"
        )
    return str(value)
