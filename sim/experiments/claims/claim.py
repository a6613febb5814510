"""A claim: a sentence of a practitioner, stated so that it can fail."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.experiments.claims.measures import ClaimMeasure
from sim.parameters import Scenario

SOURCES = {
    "L": "D. Leather, The Challenges of Implementing Customer-Centric Strategy",
    "M": "A. Mitchell, Customer centricity (2011)",
    "A": "L. Arussy, Customer Centric Organizations: the price of failure",
    "Y": "G. Yankelovich, Top 5 reasons why customer-centric efforts fail",
    "C": "Aren't we just kicking the customer can down the road? (2011)",
    "O": "a question of this project",
}
ADOPTERS = ("focal", "all")


@dataclass(frozen=True)
class Counterexample:
    """A world in which a claim comes out the other way.

    Args:
        world: Scenario of the box.
        settings: Settings on top of it.
        why: By which mechanism.
    """

    world: str
    settings: Mapping[str, Any]
    why: str


@dataclass(frozen=True)
class Grid:
    """A curve told beside a verdict.

    Args:
        path: Key path of what varies.
        values: Its values.
        measure: What is shown: the difference between arms; where an arm sets the path, the first arm at each value
            against the first value.
    """

    path: str
    values: tuple[float, ...]
    measure: ClaimMeasure


@dataclass(frozen=True)
class Claim:
    """A claim as its file states it; ``docs/claims.md`` describes the keys.

    Args:
        id: Name, also of its file.
        source: Letters of `SOURCES`.
        sentence: The sentence of the source.
        statement: The same, stated so that it can fail.
        idea: By which mechanism it could come out, and by which it could not.
        mechanisms: Mechanisms that carry it.
        adopt: Who takes the arms: the focal firm or all firms.
        worlds: Base worlds.
        months: Months of a run.
        customers: Simulated customers.
        pairs: Replications in each base world.
        settings: Settings of all arms.
        arms: Settings by name of the arm; the first is the one that the claim is about.
        money: Why the arms cost the same, or that money is the question.
        tuned: Decisions that every arm tunes by the same budget.
        untuned: Why nothing is tuned; empty where something is.
        measures: What must hold, all of it.
        report: What is told beside, without a verdict.
        grid: A curve told beside; None without one.
        ranges: Factors that its sampled worlds have besides those of the bank.
        without: Factors of the bank that its sampled worlds do not vary.
        other_way: A world in which it comes out the other way; None for a definitional claim.
        control: Settings under which the arms differ by exactly zero.
        definitional: Why it cannot fail; empty if it can.
        contents: The file as it was read.
    """

    id: str
    source: str
    sentence: str
    statement: str
    idea: str
    mechanisms: tuple[str, ...]
    adopt: str
    worlds: tuple[str, ...]
    months: int
    customers: int
    pairs: int
    settings: Mapping[str, Any]
    arms: Mapping[str, Mapping[str, Any]]
    money: str
    tuned: tuple[str, ...]
    untuned: str
    measures: tuple[ClaimMeasure, ...]
    report: tuple[ClaimMeasure, ...]
    grid: Grid | None
    ranges: Mapping[str, Any]
    without: tuple[str, ...]
    other_way: Counterexample | None
    control: Mapping[str, Any]
    definitional: str
    contents: Mapping[str, Any]

    @cached_property
    def sha256(self) -> str:
        """Hash of everything that the file says."""
        return digest_of(self.contents)

    @property
    def paths(self) -> frozenset[str]:
        """Key paths that the claim sets, in all arms or in some."""
        return frozenset(self.settings) | {path for settings in self.arms.values() for path in settings}

    def arm_settings(self, world: Scenario) -> dict[str, dict[str, Any]]:
        """Settings of every arm in a world: of its first firm, or of all its firms."""
        return {name: self._for_adopters(settings, world) for name, settings in self.arms.items()}

    def _for_adopters(self, settings: Mapping[str, Any], world: Scenario) -> dict[str, Any]:
        if self.adopt == "focal":
            return dict(settings)
        seats = range(len(world.firms))
        return {place: value for path, value in settings.items() for place in _places(path, seats)}


def _places(path: str, seats: Sequence[int]) -> list[str]:
    """The key path of the first firm for each firm; another path as it is.

    >>> _places("firms.0.decisions.walls", range(2)), _places("market.refill", range(2))
    (['firms.0.decisions.walls', 'firms.1.decisions.walls'], ['market.refill'])
    """
    own = path.removeprefix("firms.0.")
    return [path] if own == path else [f"firms.{seat}.{own}" for seat in seats]


def digest_of(contents: Mapping[str, Any]) -> str:
    """Hash of the contents of a file, whatever its layout and comments.

    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()


def arms_in(claim: Claim, world: Scenario, settings: Mapping[str, Any]) -> dict[str, Scenario]:
    """The scenario of every arm in a world.

    Args:
        claim: The claim.
        world: The world.
        settings: Settings on top of those of the claim and its arms.

    Raises:
        BadInput: Settings that the world does not take.
    """
    common = {"months": claim.months, "market.customers": claim.customers} | dict(claim.settings)
    return {
        name: world.with_settings(common | chosen | dict(settings))
        for name, chosen in claim.arm_settings(world).items()
    }
