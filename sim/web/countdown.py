"""The timer of a round: it runs, pauses, is extended or switched off, and goes on after a restart where it stood."""

from dataclasses import dataclass
from typing import Any

OFF, RUNNING, PAUSED = "off", "running", "paused"


@dataclass
class Countdown:
    """Time that is left.

    Args:
        state: `OFF`, `RUNNING` or `PAUSED`.
        left: What was left at `at`. [seconds]
        of: What there was in all, extensions included. [seconds]
        at: When `left` was right. [seconds since 1970]
    """

    state: str = OFF
    left: float = 0.0
    of: float = 0.0
    at: float = 0.0

    def left_at(self, now: float) -> float:
        """What is left. [seconds]

        Args:
            now: The time. [seconds since 1970]

        >>> Countdown("running", 60.0, 60.0, 100.0).left_at(110.0)
        50.0
        """
        return max(0.0, self.left - max(0.0, now - self.at)) if self.state == RUNNING else self.left

    def after(self, asked: dict[str, Any], now: float) -> dict[str, Any]:
        """What it is after a command, as an event keeps it.

        Args:
            asked: One of `seconds`, `extend`, `off`, `pause`, `resume`.
            now: The time. [seconds since 1970]
        """
        left = self.left_at(now)
        if "seconds" in asked:
            return {"state": RUNNING, "left": asked["seconds"], "of": asked["seconds"]}
        if "extend" in asked:
            state = PAUSED if self.state == PAUSED else RUNNING
            return {"state": state, "left": left + asked["extend"], "of": self.of + asked["extend"]}
        if asked.get("pause") and self.state == RUNNING:
            return {"state": PAUSED, "left": left, "of": self.of}
        if asked.get("resume") and self.state == PAUSED:
            return {"state": RUNNING, "left": left, "of": self.of}
        return {"state": OFF if asked.get("off") else self.state, "left": left, "of": self.of}

    def is_up(self, now: float) -> bool:
        """Whether it has run out.

        Args:
            now: The time. [seconds since 1970]
        """
        return self.state == RUNNING and self.left_at(now) <= 0.0

    def as_message(self, now: float) -> dict[str, Any]:
        """What a room is told.

        Args:
            now: The time. [seconds since 1970]
        """
        return {"state": self.state, "left": round(self.left_at(now), 1), "of": self.of}
