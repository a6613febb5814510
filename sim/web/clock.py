"""The clock that a room shares: it runs by itself, waits for months that are not computed, and stops at the end."""

from dataclasses import dataclass
from typing import Any

USUAL_SPEED = 6.0  # months per second: ten seconds for five years
AHEAD = 0.5  # seconds that must be computed ahead before a clock that waited goes on


@dataclass
class RoomClock:
    """Where a room stands in simulated time.

    Args:
        playing: Whether it runs.
        speed: How fast. [months per second]
        month: Where it stood at `at`. [month]
        at: When it stood there. [seconds since 1970]
        waiting: Whether it stands still until more is computed.
    """

    playing: bool = False
    speed: float = USUAL_SPEED
    month: float = 0.0
    at: float = 0.0
    waiting: bool = False

    def month_at(self, now: float, ready: int) -> float:
        """Where it stands. [month]

        Args:
            now: The time. [seconds since 1970]
            ready: Months that are computed.

        >>> RoomClock(True, 6.0, 12.0, 100.0).month_at(101.0, 60)
        18.0
        """
        if not self.playing or self.waiting:
            return self.month
        return max(self.month, min(self.month + self.speed * max(0.0, now - self.at), float(ready)))

    def settle(self, now: float, ready: int) -> None:
        """Write down where it stands now, as a new starting point.

        Args:
            now: The time. [seconds since 1970]
            ready: Months that are computed.
        """
        self.month, self.at = self.month_at(now, ready), now

    def tick(self, now: float, ready: int, months: int) -> bool:
        """Stop at the end, wait for months or go on after waiting; whether any of these happened.

        Args:
            now: The time. [seconds since 1970]
            ready: Months that are computed.
            months: The last month.
        """
        if not self.playing:
            return False
        before = self.playing, self.waiting
        here = self.month_at(now, ready)
        enough = ready >= min(months, here + AHEAD * self.speed)
        if here >= months:
            self.playing, self.waiting = False, False
        elif (self.waiting and enough) or here >= ready:
            self.waiting = not enough
        changed = before != (self.playing, self.waiting)
        if changed:
            self.month, self.at = here, now
        return changed

    def as_message(self, ready: int) -> dict[str, Any]:
        """What the room is told; times in milliseconds.

        Args:
            ready: Months that are computed.
        """
        return {
            "playing": self.playing, "speed": self.speed, "month": self.month, "at": round(self.at * 1000),
            "waiting": self.waiting, "ready": ready,
        }  # fmt: skip
