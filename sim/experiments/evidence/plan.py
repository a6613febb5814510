"""The plan of the flagship comparison: budgets and shaken assumptions, read strictly from a file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.parameters.checking import Place, unknown_key, whole
from sim.parameters.conduct import checked_conduct
from sim.parameters.errors import BadInput
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml

_COUNTS: dict[str, tuple[int, int]] = {
    "replications": (2, 10_000),
    "customers": (50, 10_000_000),
    "cohort_customers": (100, 10_000_000),
    "cohort_worlds": (1, 1_000),
    "cohort_quarters": (1, 400),
    "tuning_budget": (2, 10_000),
    "tuning_worlds": (1, 1_000),
    "shaken_worlds": (2, 1_000),
}
_TEXTS = ("scenario", "historical")


@dataclass(frozen=True)
class EvidencePlan:
    """What the flagship comparison does; counts as in ``experiments/evidence.yaml``.

    Args:
        scenario: World to take everything from that the log does not know.
        historical: Policy that shops are taken to have had.
        policies: Policies to compare.
        counts: Budgets.
        shaken: Low and high value of assumptions, by key path.
        conducts: Conducts under which the tuned policies are compared; tuning lives under the scenario's own.
        years: Horizons after which they are compared. [years]
    """

    scenario: str
    historical: str
    policies: tuple[str, ...]
    counts: Mapping[str, int]
    shaken: Mapping[str, tuple[float, float]]
    conducts: tuple[str, ...]
    years: tuple[int, ...]

    @staticmethod
    def load(path: Path | None = None) -> "EvidencePlan":
        """The plan in the box, or from a file.

        Raises:
            BadInput: Anything missing, unknown or not allowed.
        """
        file = path or shipped_folder("experiments") / "evidence.yaml"
        contents, lines = read_yaml(file)
        place = Place(str(file), lines)
        keys = (*_COUNTS, *_TEXTS, "policies", "shaken", "conducts", "years")
        for key in contents:
            if key not in keys:
                raise unknown_key(place, key, key, keys)
        counts = {name: whole(contents.get(name), *bounds, name, place) for name, bounds in _COUNTS.items()}
        scenario, historical = (_text(contents, name, place) for name in _TEXTS)
        policies = _policies(contents, place)
        conducts, years = _conducts(contents, place), _years(contents, place)
        return EvidencePlan(scenario, historical, policies, counts, _shaken(contents, place), conducts, years)

    def quick(self) -> "EvidencePlan":
        """The same plan with the smallest budgets, to see that everything works."""
        small = {name: max(low, 2) for name, (low, _) in _COUNTS.items()}
        few = dict(list(self.shaken.items())[:1])
        return replace(self, counts=small | {"cohort_customers": 3000}, shaken=few)


def _text(contents: Mapping[str, Any], name: str, place: Place) -> str:
    if not isinstance(contents.get(name), str):
        raise BadInput(f"{place.at(name)} is {contents.get(name)!r}; text is needed.")
    return str(contents[name])


def _policies(contents: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    entries = contents.get("policies")
    if not isinstance(entries, list) or len(entries) < 2 or not all(isinstance(entry, str) for entry in entries):
        raise BadInput(f"{place.at('policies')} is {entries!r}; a list of at least two policies is needed.")
    return tuple(entries)


def _conducts(contents: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    entries = contents.get("conducts")
    if not isinstance(entries, list) or not entries or len(set(map(str, entries))) < len(entries):
        raise BadInput(f"{place.at('conducts')} is {entries!r}; a list of different conducts is needed.")
    return tuple(checked_conduct(entry, place) for entry in entries)


def _years(contents: Mapping[str, Any], place: Place) -> tuple[int, ...]:
    entries = contents.get("years")
    if not isinstance(entries, list) or not entries:
        raise BadInput(f"{place.at('years')} is {entries!r}; a list of whole numbers of years is needed.")
    return tuple(whole(entry, 1, 100, "years", place) for entry in entries)


def _shaken(contents: Mapping[str, Any], place: Place) -> dict[str, tuple[float, float]]:
    entries = contents.get("shaken")
    if not isinstance(entries, Mapping):
        raise BadInput(f"{place.at('shaken')} is {entries!r}; key paths with a low and a high value are needed.")
    assumptions = {}
    for key, ends in entries.items():
        numbers = isinstance(ends, list) and len(ends) == 2 and all(type(end) in (int, float) for end in ends)
        if not numbers or not ends[0] < ends[1]:
            raise BadInput(f"{place.at(f'shaken.{key}')} is {ends!r}; write a low and a high number as [low, high].")
        assumptions[str(key)] = (float(ends[0]), float(ends[1]))
    return assumptions
