"""The design of a game: which market, how long, who decides what, which episodes, and what information costs."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from sim.parameters import BadInput, Scenario
from sim.parameters.checking import count_argument
from sim.parameters.decisions import SEARCH_RANGES

FEWEST_TEAMS, MOST_TEAMS = 2, 8
FEWEST_ROUNDS, FEWEST_AGENTS = 2, 200  # that may be chosen; the most are those of the design
REPORT, SURVEY, FIGURES = "report", "survey", "figures"
BUYS = (REPORT, SURVEY, FIGURES)
EVERY_FIRM = "firms.*."


@dataclass(frozen=True)
class RoleDecision:
    """One decision of a role.

    Args:
        name: Decision of the model.
        step: Step of its slider; 0 where there is a list of values. [unit of the decision]
        prices: Key paths of the numbers that price it.
        values: The only values that may be chosen; empty where any of the range may be.
    """

    name: str
    step: float
    prices: tuple[str, ...]
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Episode:
    """The rules under which the teams play once.

    Args:
        name: Its name.
        settings: Settings by key path; ``firms.*`` is every firm.
        holds: Decisions that nobody may change.
        buys: Kinds of information that are sold, of `BUYS`.
        pay: Part of each department's pay that hangs on customer value, as it is shown to the head of it. [0-1]
    """

    name: str
    settings: Mapping[str, Any]
    holds: tuple[str, ...]
    buys: tuple[str, ...]
    pay: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class GameDesign:
    """A game as its file states it; two are equal by their content.

    Args:
        name: Name.
        description: One sentence.
        scenario: Scenario of the box, or a path.
        policy: Policy of every firm.
        opening: Months before the first round. [months]
        months: Months of a round. [months]
        rounds: Rounds of an episode.
        agents: Simulated customers of the market.
        settings: Settings by key path, in every episode.
        grows: Key paths of numbers that are in proportion to the number of teams.
        shrinks: Key paths of numbers that are in inverse proportion to it.
        departments: Decisions by department.
        episodes: Episodes by name, in the order of play.
        information: Values that may be bought and key paths of their prices, by kind.
        mechanisms: Mechanisms by group, over which a debrief splits a gap.
    """

    name: str
    description: str
    scenario: str
    policy: str
    opening: int
    months: int
    rounds: int
    agents: int
    settings: Mapping[str, Any]
    grows: tuple[str, ...]
    shrinks: tuple[str, ...]
    departments: Mapping[str, tuple[RoleDecision, ...]]
    episodes: Mapping[str, Episode]
    information: Mapping[str, Mapping[str, Any]]
    mechanisms: Mapping[str, tuple[str, ...]]

    @cached_property
    def sha256(self) -> str:
        """Identity of the content."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GameDesign) and self.sha256 == other.sha256

    @cached_property
    def box(self) -> Scenario:
        """The scenario of the box with the settings of every episode."""
        return Scenario.load(self.scenario).with_settings({"months": self.whole_length, **self.settings})

    @property
    def switched(self) -> dict[str, bool]:
        """Mechanisms that stand otherwise than in the scenario of the box, whose numbers were fitted without that."""
        box = Scenario.load(self.scenario).mechanisms
        return {name: on for name, on in self.box.mechanisms.items() if on != box[name]}

    @property
    def whole_length(self) -> int:
        """Months of an episode. [months]"""
        return self.opening + self.rounds * self.months

    def of_size(self, rounds: int | None = None, agents: int | None = None) -> "GameDesign":
        """The same game with fewer rounds of an episode or fewer simulated customers; None leaves them as they are.

        Raises:
            BadInput: Fewer than `FEWEST_ROUNDS` or `FEWEST_AGENTS`, or more than the design has.
        """
        fewer = self.rounds if rounds is None else count_argument(rounds, "rounds", FEWEST_ROUNDS, self.rounds)
        smaller = self.agents if agents is None else count_argument(agents, "agents", FEWEST_AGENTS, self.agents)
        return replace(self, rounds=fewer, agents=smaller)

    def episode(self, name: str) -> Episode:
        """An episode by name.

        Raises:
            BadInput: There is none; says which there are.
        """
        if name not in self.episodes:
            raise BadInput(f"episode is {name!r}; this game has {', '.join(self.episodes)}")
        return self.episodes[name]

    def changed(self, path: str, teams: int) -> float:
        """A number of the box as it is with so many teams. path: in a scenario; ``firms.*`` is every firm"""
        times = teams / len(self.box.firms)
        value = float(self._number(path))
        return value * times if path in self.grows else value / times if path in self.shrinks else value

    def range_of(self, decision: str, teams: int) -> tuple[float, float]:
        """Smallest and largest value that a role may choose: where tuning searches, in proportion to the teams."""
        low, high = SEARCH_RANGES[decision]
        if f"market.neutral.{decision}" not in self.shrinks:
            return low, high
        times = teams / len(self.box.firms)
        return low / times, high / times

    def row(self, department: str, decision: str) -> RoleDecision:
        """The row of a department's decision; it must be one of `decisions_of`."""
        return next(row for row in self.departments[department] if row.name == decision)

    def describe(self, teams: int = FEWEST_TEAMS) -> dict[str, Any]:
        """The rules for so many teams as plain data: `sim.experiments.game.rules.rules_of`."""
        from sim.experiments.game.rules import rules_of  # which builds on this module

        return rules_of(self, teams)

    def _number(self, path: str) -> Any:
        section, _, key = path.partition(".")
        return self.box.market[key] if section == "market" else self.box.firms[0].settings[key.removeprefix("*.")]

    def decisions_of(self, department: str) -> tuple[str, ...]:
        """Decisions of a department by name.

        Raises:
            BadInput: There is no such department; says which there are.
        """
        if department not in self.departments:
            raise BadInput(f"department is {department!r}; this game has {', '.join(self.departments)}")
        return tuple(row.name for row in self.departments[department])
