"""How much and how often: sizes of messages, and buckets that empty with use and fill with time."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

MOST_MESSAGE_BYTES = 4096  # of a message to the server
MOST_SOCKETS = 240  # at once: 60 phones with a spare, projectors and reloads that are not yet noticed
KEPT_FOR_THE_FRONT = 40  # of them, for facilitator and projector
MOST_GUESTS, MOST_GUESTS_OF_ADDRESS = 100, 70  # at once; a room of phones may share one address
MOST_OF_MEMBER = 6  # at once; a phone that comes again may have left sockets that are not yet noticed


class Caller(NamedTuple):
    """Who is behind a socket.

    Args:
        role: As in `sim.web.commands_allowed`.
        member: Number of the member; none for others.
        address: Whence he comes.
    """

    role: str
    member: int | None
    address: str


def has_place(caller: Caller, others: Sequence[Caller]) -> bool:
    """Whether one more may come: those in front always find a place, and members do however many guests there are.

    Args:
        caller: Who comes.
        others: Those who are there.

    >>> crowd = [Caller("guest", None, "192.0.2.7")] * 100
    >>> has_place(Caller("guest", None, "192.0.2.8"), crowd), has_place(Caller("player", 1, "192.0.2.7"), crowd)
    (False, True)
    """
    if caller.role in ("facilitator", "projector"):
        return len(others) < MOST_SOCKETS
    if len(others) >= MOST_SOCKETS - KEPT_FOR_THE_FRONT:
        return False
    if caller.member is not None:
        return sum(other.member == caller.member for other in others) < MOST_OF_MEMBER
    guests = [other.address for other in others if other.role == caller.role]
    return len(guests) < MOST_GUESTS and guests.count(caller.address) < MOST_GUESTS_OF_ADDRESS


class Bucket:
    """Lets through a burst, then a steady rate.

    Args:
        burst: What may come at once.
        rate: What may come in the long run. [per second]
        clock: Tells the time. [seconds]

    >>> bucket = Bucket(2, 1.0, lambda: 0.0)
    >>> bucket.take(), bucket.take(), bucket.take()
    (True, True, False)
    """

    def __init__(self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst, self.rate, self._clock = burst, rate, clock
        self._left, self._seen = burst, clock()

    def take(self) -> bool:
        """Whether one more may come now."""
        now = self._clock()
        self._left = min(self.burst, self._left + self.rate * (now - self._seen))
        self._seen = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    @property
    def full(self) -> bool:
        """Whether nothing was taken for so long that it need not be remembered."""
        return self._left + self.rate * (self._clock() - self._seen) >= self.burst


class Buckets:
    """One bucket per address.

    Args:
        burst: What may come at once from one address.
        rate: What may come in the long run from one address. [per second]
    """

    def __init__(self, burst: float, rate: float) -> None:
        self._burst, self._rate = burst, rate
        self._buckets: dict[str, Bucket] = {}

    def take(self, address: str) -> bool:
        """Whether one more may come from this address now.

        Args:
            address: Whence it comes.
        """
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if not bucket.full or name == address}
        return self._buckets.setdefault(address, Bucket(self._burst, self._rate)).take()
