"""Frames that were computed, by timeline and month; the timelines used longest ago are forgotten."""

from collections import OrderedDict

MOST_TIMELINES = 64


class FrameStore:
    """Frames in memory.

    Args:
        most: Timelines that are kept.
    """

    def __init__(self, most: int = MOST_TIMELINES) -> None:
        self._most = most
        self._frames: OrderedDict[str, list[bytes]] = OrderedDict()

    def frames(self, timeline: str) -> list[bytes]:
        """The frames of a timeline from month 0 on, without gaps.

        Args:
            timeline: Its key.
        """
        if timeline in self._frames:
            self._frames.move_to_end(timeline)
        return self._frames.get(timeline, [])

    def ready(self, timeline: str) -> int:
        """The last month that is computed; -1 when there is none. [month]

        Args:
            timeline: Its key.
        """
        return len(self.frames(timeline)) - 1

    def add(self, timeline: str, month: int, frame: bytes) -> None:
        """Keep a frame; one that is there already or does not follow is left out.

        Args:
            timeline: Key of its timeline.
            month: Its month.
            frame: The frame.
        """
        frames = self._frames.setdefault(timeline, [])
        if month == len(frames):
            frames.append(frame)
        self._frames.move_to_end(timeline)
        while len(self._frames) > self._most:
            self._frames.popitem(last=False)

    def continue_from(self, timeline: str, earlier: str, months: int) -> None:
        """Begin a timeline with the frames that it shares with an earlier one.

        Args:
            timeline: Key of the new timeline.
            earlier: Key of the earlier one.
            months: How many months from 0 on they share.
        """
        if timeline not in self._frames:
            self._frames[timeline] = self.frames(earlier)[:months]
