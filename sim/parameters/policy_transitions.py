"""Transition between two policies: the section `policy_settings` of a firm."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.parameters.checking import Place
from sim.parameters.errors import BadInput
from sim.parameters.table.transformation import POLICY_SETTINGS

_NUMBERS = {parameter.name: float(parameter.default or 0.0) for parameter in POLICY_SETTINGS}


class TransitionSettings(NamedTuple):
    """The section `policy_settings` of a firm.

    Args:
        origin: Text of the policy at ``from``.
        goal: Text of the policy at ``to``.
        weight: Share of the goal in a mixture. [0-1]
        additive: How far a mixture keeps both budgets in full. [0-1]
        date: Month of setting out. [months]
    """

    origin: str = "product_centric"
    goal: str = "customer_centric"
    weight: float = _NUMBERS["policy_settings.weight"]
    additive: float = _NUMBERS["policy_settings.additive"]
    date: float = _NUMBERS["policy_settings.date"]

    @classmethod
    def of(cls, ends: Mapping[str, str], numbers: Mapping[str, float | None]) -> "TransitionSettings":
        """The transition settings from a firm's checked settings, by key path."""
        weight, additive, date = (float(numbers[name] or 0.0) for name in _NUMBERS)
        origin, goal = ends.values()
        return cls(origin, goal, weight, additive, date)

    def ends(self) -> dict[str, str]:
        """The two texts by key path."""
        return dict(zip(TRANSITION_ENDS, self[:2], strict=True))


TRANSITION_ENDS = {
    "policy_settings.from": "policy from which a hybrid or transforming firm comes (weight 0)",
    "policy_settings.to": "policy towards which it goes (weight 1)",
}
DEFAULTS = dict(zip(TRANSITION_ENDS, TransitionSettings()[:2], strict=True))


def ends_of(flat: Mapping[str, Any], path: str, place: Place) -> dict[str, str]:
    """The two texts of a firm, by key path.

    Args:
        flat: Settings of the firm by key path.
        path: Where the firm stands.
        place: For messages.

    Raises:
        BadInput: A policy that is no text.
    """
    values = {name: flat.get(name, default) for name, default in DEFAULTS.items()}
    for name, value in values.items():
        if not isinstance(value, str):
            raise BadInput(f"{place.at(f'{path}.{name}')} is {value!r}; the name of a policy is needed.")
    return values
