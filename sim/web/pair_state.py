"""The two worlds that a room compares: every timeline ever made, and which two are shown."""

from dataclasses import dataclass, field
from typing import Any

SIDES = ("left", "right")


@dataclass
class ShownTimeline:
    """A timeline that was made in the room.

    Args:
        timeline: Its key.
        description: What it is made of: world, seed, months, changes by month.
        side: For which side it was made.
        seq: Number of the event that made it.
        serial: Its number in the room, from 1; frames carry it.
    """

    timeline: str
    description: dict[str, Any]
    side: str
    seq: int
    serial: int


@dataclass
class PairState:
    """The timelines of a room; none is ever taken away.

    Args:
        history: All that were made, by key, in order.
        sides: The key shown on each side; empty before a pair is opened.
        begins: Month from which the frames of a side are others than before the last change. [month]
        facts: What the worker said about the pair: differences, firm, world, places, bounds.
    """

    history: dict[str, ShownTimeline] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    begins: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def months(self) -> int:
        """The last month of the pair; 0 before a pair is opened."""
        return int(self.facts.get("months", 0))

    def show(self, pair: dict[str, Any], seq: int) -> None:
        """Show another pair.

        Args:
            pair: What the worker said: for each side `timeline` and `description`, and facts of the pair.
            seq: Number of the event.
        """
        for side in SIDES:
            made = ShownTimeline(pair[side]["timeline"], pair[side]["description"], side, seq, len(self.history) + 1)
            self.begins[side] = self._first_difference(side, made)
            self.history.setdefault(made.timeline, made)
            self.sides[side] = made.timeline
        self.facts = {name: value for name, value in pair.items() if name not in SIDES}

    def description(self, side: str) -> dict[str, Any]:
        """What the world shown on a side is made of.

        Args:
            side: `left` or `right`.
        """
        return self.history[self.sides[side]].description

    def as_message(self, ready: dict[str, int]) -> dict[str, Any] | None:
        """What the room is told; nothing before a pair is opened.

        Args:
            ready: Months that are computed, by side.
        """
        if not self.sides:
            return None
        sides = {side: self._side(side) | {"ready": ready[side]} for side in SIDES}
        return self.facts | sides

    def _side(self, side: str) -> dict[str, Any]:
        shown = self.history[self.sides[side]]
        changes = shown.description["changes"]
        return {"timeline": shown.timeline, "serial": shown.serial, "changes": changes, "from": self.begins[side]}

    def _first_difference(self, side: str, made: ShownTimeline) -> int:
        """The first month whose frame may differ from what the side showed before. [month]"""
        if side not in self.sides:
            return 0
        before, after = self.description(side), made.description
        if made.timeline == self.sides[side]:
            return int(after["months"]) + 1
        if {**before, "changes": 0} != {**after, "changes": 0}:
            return 0
        return _first_other_change(before["changes"], after["changes"])


def _first_other_change(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> int:
    """The month after the first change that only one of two timelines has: frames up to the change are the same."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    return min(int(change["month"]) for change in (*before[same:], *after[same:])) + 1
