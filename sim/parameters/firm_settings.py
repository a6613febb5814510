"""What a scenario says of each firm: name, policy and numbers, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.parameters.checking import Place, flatten
from sim.parameters.decisions import Plan
from sim.parameters.errors import BadInput
from sim.parameters.names import refuse_name
from sim.parameters.policy_texts import anchor
from sim.parameters.policy_transitions import TRANSITION_ENDS, TransitionSettings, ends_of
from sim.parameters.sections import checked_numbers, checked_text
from sim.parameters.table import FIRM

KEYS_BESIDE_NUMBERS = ("name", "policy", *TRANSITION_ENDS)


@dataclass(frozen=True)
class FirmSettings:
    """One firm of a scenario: name, policy, every number of `FIRM`, and the neutral plan of its market."""

    name: str
    policy: str
    settings: Mapping[str, float | None]
    way: TransitionSettings = TransitionSettings()
    neutral: Plan = Plan()

    @cached_property
    def decisions(self) -> dict[str, float]:
        """Decisions that the scenario fixes, whatever the policy says."""
        return {
            key.removeprefix("decisions."): float(value)
            for key, value in self.settings.items()
            if key.startswith("decisions.") and value is not None
        }


def checked_firms(entries: Any, place: Place) -> tuple[FirmSettings, ...]:
    """The firms of a scenario by seat.

    Raises:
        BadInput: No list of firms, or anything wrong in one of them.
    """
    if not isinstance(entries, list) or not entries:
        what = f"is {entries!r:.60}" if entries else "is empty"
        raise BadInput(f"{place.at('firms')} {what}; a list of at least one firm is needed.")
    firms = tuple(_firm(entry, f"firms.{seat}", place) for seat, entry in enumerate(entries))
    names = [firm.name for firm in firms]
    for seat, name in enumerate(names):
        if name in names[:seat]:
            raise BadInput(f"{place.at(f'firms.{seat}.name')} is {name!r}; another firm has that name already.")
    total = sum(firm.settings["offers.start_share"] or 0.0 for firm in firms)
    if total > 1.0 + 1e-9:
        raise BadInput(f"{place.at('firms')}: the starting shares sum to {total:g}; at most 1 is possible.")
    return firms


def _firm(entries: Any, path: str, place: Place) -> FirmSettings:
    if not isinstance(entries, Mapping):
        raise BadInput(f"{place.at(path)} is {entries!r}; a firm with name and policy is needed.")
    values = flatten({key: value for key, value in entries.items() if key not in ("name", "policy")})
    numbers = checked_numbers(
        {key: values[key] for key in values if key not in TRANSITION_ENDS}, FIRM, path, KEYS_BESIDE_NUMBERS, place
    )
    name = checked_text(entries.get("name"), f"{path}.name", place)
    refuse_name(name, f"{path}.name", place)
    ends = {end: anchor(text, place.folder) for end, text in ends_of(values, path, place).items()}
    policy = anchor(checked_text(entries.get("policy"), f"{path}.policy", place), place.folder)
    return FirmSettings(name, policy, numbers, TransitionSettings.of(ends, numbers))
