"""A timeline: a world and the changes that are made to it while it runs; everything that determines its months."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sim.numeric.compiling import NOTHING_COMPILED, source_hash
from sim.parameters import BadInput, Scenario
from sim.parameters.checking import count_argument, every_value, nearest, plain
from sim.parameters.setting import canonical
from sim.policies import policy_of
from sim.simulation.fork import PAST, refuse_another_past
from sim.simulation.headless import seed_of

CHANGEABLE = ("firms", "market", "mechanisms")  # sections of a scenario that a change may touch
PEOPLE_MAKING = ("market.customers", "market.customer_class", *(f"market.{name}" for name in PAST))
NETWORK_SETTINGS = "market.network."
SIGNS_OF_CODE = (":", "/", "\\", ".py")  # in the name of a policy: it is somebody's own code
MOST_SETTINGS_OF_A_CHANGE = 100


class TimelineChange(NamedTuple):
    """Settings that are changed once.

    Args:
        month: Months that stay as they were; 0 changes the first. [months]
        settings: Key paths, firms by position, with their values; in the order of the paths.
    """

    month: int
    settings: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Timeline:
    """One run of a world, never changed itself: `changed` gives another.

    Args:
        scenario: The world before all changes; its warm-up is that of every timeline of it.
        seed: Seed of all draws.
        replicate: Number of the replication.
        changes: Changes in the order of their months, at most one a month.

    Raises:
        BadInput: A setting that is not known, not allowed, or would need another past; names it and what is allowed.
    """

    scenario: Scenario
    seed: int
    replicate: int = 0
    changes: tuple[TimelineChange, ...] = ()

    def __post_init__(self) -> None:
        seed_of(self.scenario, self.seed)
        count_argument(self.replicate, "replicate", 0)
        months = [change.month for change in self.changes]
        if months != sorted(set(months)):
            raise BadInput(f"changes are at months {months}; each month can be changed once, in rising order")
        for month in months:
            _refuse_month(month, self.scenario.months)
        assert self.stages  # so that a wrong setting is refused now

    @cached_property
    def stages(self) -> tuple[tuple[int, Scenario], ...]:
        """The scenario from each month on: (0, before all changes or with those of month 0), (month, …), …"""
        stages = [(0, self.scenario)]
        for change in self.changes:
            before = stages[-1][1]
            after = _checked(before, change)
            stages = [*(stages if change.month else []), (change.month, after)]
        return tuple(stages)

    @cached_property
    def key(self) -> str:
        """Identity of all its months: the content and the model that runs it."""
        content = [self.scenario.sha256, self.scenario.months, self.seed, self.replicate, self.changes, model_hash()]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]

    @property
    def months(self) -> int:
        """Recorded months of the whole run. [months]"""
        return self.scenario.months

    def scenario_at(self, month: int) -> Scenario:
        """What the world is made of after a number of months. [months]"""
        return [scenario for start, scenario in self.stages if start <= month][-1]

    def settings_at(self, month: int) -> dict[str, Any]:
        """What is changed after a number of months; empty for nothing. [months]"""
        return {path: value for change in self.changes if change.month == month for path, value in change.settings}

    def seat_of(self, firm: str) -> int:
        """Seat of a firm. firm: its name

        Raises:
            BadInput: There is no such firm.
        """
        names = [own.name for own in self.scenario.firms]
        if firm not in names:
            raise BadInput(f"there is no firm {firm!r}.{nearest(str(firm), names)} There are: {', '.join(names)}")
        return names.index(firm)

    def changed(self, month: int, settings: Mapping[str, Any]) -> "Timeline":
        """The timeline that leaves this one at a month: changes after it are dropped, and these are made.

        Args:
            month: Months that stay as they were. [months]
            settings: Key paths and values.

        Raises:
            BadInput: As for a new timeline.
        """
        names = [firm.name for firm in self.scenario.firms]
        _refuse_month(month, self.months)
        own = self.settings_at(month) | {canonical(path, names): plain(value) for path, value in settings.items()}
        kept = tuple(change for change in self.changes if change.month < month)
        added = (TimelineChange(month, tuple(sorted(own.items()))),) if own else ()
        return Timeline(self.scenario, self.seed, self.replicate, (*kept, *added))

    def dropped_by(self, month: int) -> tuple[TimelineChange, ...]:
        """Changes that a change at a month would drop. month: recorded months"""
        return tuple(change for change in self.changes if change.month > month)

    def replicated(self, replicate: int) -> "Timeline":
        """The same in a world with other people and other luck. replicate: number of the replication"""
        return Timeline(self.scenario, self.seed, replicate, self.changes)

    def shared_months(self, other: "Timeline") -> int:
        """Months for which two timelines are the same, to the bit; -1 if they have other pasts. [months]"""
        worlds = [(line.scenario.sha256, line.scenario.months, line.seed, line.replicate) for line in (self, other)]
        if worlds[0] != worlds[1]:
            return -1
        months = sorted({change.month for change in (*self.changes, *other.changes)})
        return next((month for month in months if self.settings_at(month) != other.settings_at(month)), self.months)


def model_hash() -> str:
    """Identity of the model's code; numbers of another model are other numbers."""
    return source_hash(NOTHING_COMPILED)


def differences_of(left: Timeline, right: Timeline) -> list[dict[str, Any]]:
    """Settings in which two timelines differ: from which month on, key path with the name of the firm, both values.

    A setting that differs from several months on, with other values, has several rows; one that is alike again has a
    last row with equal values.
    """
    rows: list[dict[str, Any]] = []
    before: dict[str, tuple[Any, Any]] = {}
    for month in sorted({start for line in (left, right) for start, _ in line.stages}):
        now = _apart(left.scenario_at(month), right.scenario_at(month))
        alike = {path: _values(path, left, right, month) for path in before if path not in now}
        rows += [
            {"month": month, "path": path, "left": values[0], "right": values[1]}
            for path, values in (now | alike).items()
            if before.get(path) != values
        ]
        before = now
    return rows


def _apart(left: Scenario, right: Scenario) -> dict[str, tuple[Any, Any]]:
    mine, theirs = _by_name(left), _by_name(right)
    paths = [*mine, *(path for path in theirs if path not in mine)]
    return {path: (mine.get(path), theirs.get(path)) for path in paths if mine.get(path) != theirs.get(path)}


def _values(path: str, left: Timeline, right: Timeline, month: int) -> tuple[Any, Any]:
    return _by_name(left.scenario_at(month)).get(path), _by_name(right.scenario_at(month)).get(path)


def _by_name(scenario: Scenario) -> dict[str, Any]:
    """Every value of the sections that can change, firms by name."""
    mapping = scenario.as_mapping()
    firms = {firm["name"]: firm for firm in mapping["firms"]}
    return every_value({"firms": firms} | {section: mapping[section] for section in CHANGEABLE if section != "firms"})


def _refuse_month(month: int, months: int) -> None:
    if isinstance(month, bool) or not isinstance(month, int) or not 0 <= month < months:
        raise BadInput(f"month is {month!r}; a change can be made after months 0 to {months - 1} of this run")


def _checked(before: Scenario, change: TimelineChange) -> Scenario:
    """The scenario after a change."""
    if len(change.settings) > MOST_SETTINGS_OF_A_CHANGE:
        raise BadInput(
            f"{len(change.settings)} settings are changed at once; at most {MOST_SETTINGS_OF_A_CHANGE} can be"
        )
    allowed_settings(dict(change.settings))
    after = before.with_settings(dict(change.settings))
    refuse_another_past(before, after, change.month)
    for firm in after.firms:
        policy_of(firm)
    return after


def allowed_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same settings, if all may come from another machine: single values that make no people and name no code.

    Raises:
        BadInput: A setting that makes the people or their ties, that names a file or class, or that is no single value.

    >>> allowed_settings({"firms.north.policy": "mine.py:Mine"})
    Traceback (most recent call last):
        ...
    sim.parameters.errors.BadInput: firms.north.policy is 'mine.py:Mine'; allowed is a name of the box, no file or class
    """
    for path, value in settings.items():
        if path.partition(".")[0] not in CHANGEABLE:
            allowed = ", ".join(f"{section}.…" for section in CHANGEABLE)
            raise BadInput(f"{path} is no setting of a world that is watched; allowed are {allowed}")
        if path in PEOPLE_MAKING or path.startswith(NETWORK_SETTINGS):
            raise BadInput(f"{path} makes the people or their ties, which both sides share; it cannot be set")
        if isinstance(value, str) and any(sign in value for sign in SIGNS_OF_CODE):
            raise BadInput(f"{path} is {value!r}; allowed is a name of the box, no file or class")
        if not isinstance(value, str | int | float | None):
            raise BadInput(f"{path} is {value!r}; one number, truth value or name is needed")
    return settings
