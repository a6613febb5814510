"""Two timelines side by side: the same people and the same luck, and what differs between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.experiments.live.frame import Bounds
from sim.experiments.live.frame_measures import DEPARTMENT_FIGURES, FRAME_MEASURES, OTHER_UNIT, STOPS
from sim.experiments.live.timeline import Timeline, allowed_settings, differences_of
from sim.experiments.live.watched_world import WatchedWorld
from sim.parameters import BadInput, Scenario
from sim.parameters.checking import count_argument, nearest
from sim.parameters.decisions import DEPARTMENTS
from sim.parameters.shipped import scenario_names

SIDES = ("left", "right")
USUAL_PAIR: Mapping[str, Any] = {
    "world": "telecom",
    "firm": "north",
    "customers": 2000,
    "months": 60,
    "seed": 1,
    "settings": {},
    "left": {"firms.north.policy": "product_centric"},
    "right": {"firms.north.policy": "customer_centric"},
}
MOST_CUSTOMERS, MOST_MONTHS, MOST_FIRMS = 4000, 120, 8


@dataclass(frozen=True)
class TimelinePair:
    """Two timelines of one world.

    Args:
        left: Shown on the left.
        right: Shown on the right.
        firm: Name of the firm whose customers are shown.
        history: Every timeline that was shown, oldest first; nothing is ever taken out.

    Raises:
        BadInput: The two have other people or other luck, or there is no such firm.
    """

    left: Timeline
    right: Timeline
    firm: str
    history: tuple[Timeline, ...] = ()

    def __post_init__(self) -> None:
        for what in ("seed", "replicate", "months"):
            mine, theirs = getattr(self.left, what), getattr(self.right, what)
            if mine != theirs:
                raise BadInput(f"{what} is {mine} on the left and {theirs} on the right; a pair needs the same on both")
        if self.left.scenario.sha256 != self.right.scenario.sha256:
            raise BadInput("the two sides start from other worlds; a pair needs one world with changes on either side")
        self.left.seat_of(self.firm)
        seen = dict.fromkeys((*(line.key for line in self.history), self.left.key, self.right.key))
        by_key = {line.key: line for line in (*self.history, self.left, self.right)}
        object.__setattr__(self, "history", tuple(by_key[key] for key in seen))

    @property
    def sides(self) -> tuple[Timeline, Timeline]:
        """Left and right."""
        return self.left, self.right

    @property
    def months(self) -> int:
        """Recorded months of both. [months]"""
        return self.left.months

    @property
    def differences(self) -> list[dict[str, Any]]:
        """Settings in which the sides differ, as `differences_of` gives them."""
        return differences_of(self.left, self.right)

    def changed(self, side: str, month: int, settings: Mapping[str, Any]) -> "TimelinePair":
        """The pair with a fork of one side or both at a month.

        Args:
            side: ``left``, ``right`` or ``both``.
            month: Months that stay as they were. [months]
            settings: Key paths and values.

        Raises:
            BadInput: No such side, or a setting or month that is not allowed.
        """
        if side not in (*SIDES, "both"):
            raise BadInput(f"side is {side!r}; allowed are left, right and both")
        sides = SIDES if side == "both" else (side,)
        return replace(self, **{name: getattr(self, name).changed(month, settings) for name in sides})

    def chosen(self, left: str, right: str) -> "TimelinePair":
        """The pair with timelines of the history. left, right: their keys

        Raises:
            BadInput: A key that is not in the history.
        """
        by_key = {line.key: line for line in self.history}
        for key in (left, right):
            if key not in by_key:
                raise BadInput(f"timeline {key!r} is not in the history of this pair")
        return replace(self, left=by_key[left], right=by_key[right])

    def replicated(self, replicate: int) -> "TimelinePair":
        """The same pair among other people with other luck, without its history."""
        return TimelinePair(self.left.replicated(replicate), self.right.replicated(replicate), self.firm)


def open_pair(wanted: Mapping[str, Any]) -> TimelinePair:
    """The pair that a mapping describes; what it does not name is as in `USUAL_PAIR`.

    Args:
        wanted: ``world`` (a name in the box), ``firm``, ``customers``, ``months``, ``seed``, and settings by key path:
            ``settings`` for both sides from the start of the world, warm-up included, ``left`` and ``right`` from
            month 0. A world other than the usual one shows its first firm, and starts without ``left`` and ``right``.

    Raises:
        BadInput: A key or value that is not known or not allowed; says which, and what is allowed.
    """
    for key in wanted:
        if key not in USUAL_PAIR:
            raise BadInput(f"{key} is no part of a pair.{nearest(str(key), USUAL_PAIR)} Known: {', '.join(USUAL_PAIR)}")
    parts = {**USUAL_PAIR, **_usual_of(wanted), **wanted}
    if parts["world"] not in scenario_names():
        names = scenario_names()
        raise BadInput(
            f"world {parts['world']!r} is not in the box.{nearest(str(parts['world']), names)} "
            f"In the box: {', '.join(names)}"
        )
    scenario = _world_of(parts)
    seed = count_argument(parts["seed"], "seed", 0, 2**53)
    line = Timeline(scenario, seed)
    left, right = (line.changed(0, _mapping(parts, side)) for side in SIDES)
    return TimelinePair(left, right, str(parts["firm"]))


def _usual_of(wanted: Mapping[str, Any]) -> dict[str, Any]:
    world = wanted.get("world", USUAL_PAIR["world"])
    if world == USUAL_PAIR["world"] or world not in scenario_names():
        return {}
    return {"firm": Scenario.load(world).firms[0].name, "left": {}, "right": {}}


def _world_of(parts: Mapping[str, Any]) -> Scenario:
    """The world with the settings of both sides, checked as any change is."""
    months = count_argument(parts["months"], "months", 1, MOST_MONTHS)
    customers = count_argument(parts["customers"], "customers", 10, MOST_CUSTOMERS)
    scenario = Scenario.load(parts["world"]).with_settings({"market.customers": customers, "months": months})
    settings = _mapping(parts, "settings")
    allowed_settings(settings)
    changed = scenario.with_settings(settings)
    if len(changed.firms) > MOST_FIRMS:
        raise BadInput(f"world {parts['world']!r} has {len(changed.firms)} firms; at most {MOST_FIRMS} can be watched")
    return changed


def _mapping(parts: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    if not isinstance(parts[name], Mapping):
        raise BadInput(f"{name} is {parts[name]!r}; key paths with values are needed")
    return parts[name]


def unpaired_places(left: WatchedWorld, right: WatchedWorld, month: int) -> list[int]:
    """Places that somebody else holds on the other side, or that are empty on one side only.

    Args:
        left: Left world, seen until the month.
        right: Right world, seen until the month.
        month: Recorded months.
    """
    return [int(place) for place in np.flatnonzero(left.months[month].holder != right.months[month].holder)]


def describe(bounds: Bounds | None = None) -> dict[str, Any]:
    """What a page must know before frames come: measures in their order, departments, stops of an incident, bounds.

    Args:
        bounds: Of a watched world; None leaves them out.
    """
    departments = [{"name": name, "figure": DEPARTMENT_FIGURES[name]} for name in DEPARTMENTS]
    about: dict[str, Any] = {
        "measures": [measure._asdict() for measure in FRAME_MEASURES],
        "departments": departments,
        "stops": [*STOPS, OTHER_UNIT],
    }
    return about | ({"bounds": list(bounds)} if bounds is not None else {})
