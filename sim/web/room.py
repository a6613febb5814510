"""A room: what was done in it, and everybody who is connected. Its state is its log replayed."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from sim.web.audience import AUDIENCE
from sim.web.bets import Bets
from sim.web.clock import RoomClock
from sim.web.commands_allowed import FACILITATOR, PROJECTOR
from sim.web.connection import Connection
from sim.web.countdown import PAUSED, RUNNING
from sim.web.frame_header import shown_frame
from sim.web.frame_store import FrameStore
from sim.web.members import Member, Members
from sim.web.pair_state import SIDES, PairState
from sim.web.room_log import RoomEvent, RoomLog
from sim.web.workshop import WORKSHOP_EFFECTS, Workshop, new_workshop

LOOKS = (FACILITATOR, PROJECTOR)  # roles that see the two worlds


class Room:
    """One room.

    Args:
        code: Its code.
        log: Where its events are.
        frames: Frames of all rooms.
    """

    def __init__(self, code: str, log: RoomLog, frames: FrameStore) -> None:
        self.code, self.log, self.frames = code, log, frames
        self.changing = asyncio.Lock()
        self.connections: list[Connection] = []
        self.seq, self.clock_seq = 0, 0
        self.pair, self.clock, self.bets = PairState(), RoomClock(), Bets()
        self.members = Members()
        self.workshop: Workshop | None = None
        self.lesson: dict[str, Any] | None = None
        self.question: dict[str, Any] | None = None
        self._known: set[tuple[str, str]] = set()
        self._replay()

    async def record(self, id: str, kind: str, who: str, contents: dict[str, Any]) -> bool:
        """Append an event to the log, then let it take effect; whether it was new.

        Args:
            id: The sender's name for it.
            kind: What is done.
            who: Who does it.
            contents: With what, plain values.
        """
        event = await asyncio.to_thread(self.log.append, self.code, id, kind, who, contents)
        if event is not None:
            self._apply(event)
        return event is not None

    def knows(self, who: str, id: str) -> bool:
        """Whether a command was done already.

        Args:
            who: Its sender.
            id: The sender's name for it.
        """
        return (who, id) in self._known

    def ready(self) -> dict[str, int]:
        """The last month computed, by side; 0 when there is none. [month]"""
        return {side: max(0, self.frames.ready(self.pair.sides.get(side, ""))) for side in SIDES}

    def ready_both(self) -> int:
        """The last month that both sides have. [month]"""
        return min(self.ready().values())

    def tell(self, message: dict[str, Any]) -> None:
        """Tell everybody who may be told.

        Args:
            message: Plain values.
        """
        for connection in self.connections:
            if connection.role in AUDIENCE[message["say"]]:
                connection.tell({**message, "seq": self.seq})

    def tell_clock(self) -> None:
        """Tell everybody who looks where the clock stands."""
        self.tell({"say": "clock", "clock": self.clock.as_message(self.ready_both())})

    def tell_pair(self) -> None:
        """Tell everybody who looks which worlds are shown."""
        lesson = self.lesson["id"] if self.lesson else None
        message = {"say": "pair", "pair": self.pair.as_message(self.ready()), "lesson": lesson}
        self.tell(message | {"clock": self.clock.as_message(self.ready_both())})

    def next_frame(self, connection: Connection) -> bytes | None:
        """The next frame that a connection has not seen, the side that is behind first.

        Args:
            connection: Who gets it.
        """
        if connection.role not in LOOKS or not self.pair.sides:
            return None
        for side in sorted(SIDES, key=lambda side: connection.shown.get(side, ("", 0))[1]):
            timeline, month = connection.shown.get(side, ("", 0))
            if timeline != self.pair.sides[side]:
                month = min(month, self.pair.begins[side]) if timeline else 0
            frames = self.frames.frames(self.pair.sides[side])
            if month < len(frames):
                connection.shown[side] = self.pair.sides[side], month + 1
                return self._marked(side, frames[month])
        return None

    def shown_frames(self, side: str) -> list[bytes]:
        """All frames of a side that are computed.

        Args:
            side: `left` or `right`.
        """
        return [self._marked(side, frame) for frame in self.frames.frames(self.pair.sides[side])]

    def _marked(self, side: str, frame: bytes) -> bytes:
        return shown_frame(frame, SIDES.index(side), self.pair.history[self.pair.sides[side]].serial)

    def frames_came(self) -> None:
        """Let everybody look for frames."""
        for connection in self.connections:
            connection.wake()

    def marks(self) -> dict[str, float]:
        """Where clock and timer stand, if they run."""
        now, marks = time.time(), {}
        if self.clock.playing:
            marks = {"clock": self.clock.month_at(now, self.ready_both()), "clock after": float(self.clock_seq)}
        if self.workshop and self.workshop.timer.state == RUNNING:
            marks |= {"timer": self.workshop.timer.left_at(now), "timer after": float(self.workshop.timer_seq)}
        return marks

    def as_message(self) -> dict[str, Any]:
        """What somebody who looks is told when he comes."""
        return {
            "code": self.code, "seq": self.seq, "pair": self.pair.as_message(self.ready()),
            "clock": self.clock.as_message(self.ready_both()), "bets": self.bets.as_message(), "lesson": self.lesson,
            "question": self.question,
        }  # fmt: skip

    def _replay(self) -> None:
        """Go through the log; what ran when it broke off stands still where it was last seen."""
        for event in self.log.events(self.code):
            self._apply(event)
        marks = self.log.marks(self.code)
        if self.clock.playing and marks.get("clock after") == self.clock_seq:
            self.clock.month = marks["clock"]
        self.clock.playing = False
        if self.workshop and self.workshop.timer.state == RUNNING:
            timer = self.workshop.timer
            if marks.get("timer after") == self.workshop.timer_seq:
                timer.left = marks["timer"]
            timer.state = PAUSED

    def _apply(self, event: RoomEvent) -> None:
        self.seq = event.seq
        self._known.add((event.who, event.id))
        if event.kind in _EFFECTS:
            _EFFECTS[event.kind](self, event)
        elif self.workshop is not None:
            WORKSHOP_EFFECTS[event.kind](self.workshop, event)


def _pair(room: Room, event: RoomEvent) -> None:
    room.pair.show({name: value for name, value in event.contents.items() if name != "told"}, event.seq)
    if event.contents.get("opened"):
        room.clock, room.clock_seq, room.lesson = RoomClock(at=event.at), event.seq, event.contents.get("told")


def _clock(room: Room, event: RoomEvent) -> None:
    room.clock = RoomClock(**event.contents, at=event.at)
    room.clock_seq = event.seq


def _bet(room: Room, event: RoomEvent) -> None:
    bet = event.contents
    if "count" in bet:
        room.bets.count(bet["question"], bet["answer"], bet["count"])
    else:
        room.bets.bet(bet["question"], event.who, bet["answer"])


def _reveal(room: Room, event: RoomEvent) -> None:
    room.bets.revealed.add(event.contents["question"])


def _game(room: Room, event: RoomEvent) -> None:
    room.workshop = new_workshop(event.contents)


def _question(room: Room, event: RoomEvent) -> None:
    room.question = event.contents


def _join(room: Room, event: RoomEvent) -> None:
    room.members.join(Member(**event.contents))


def _leave(room: Room, event: RoomEvent) -> None:
    room.members.leave(event.contents["member"])
    if room.workshop:
        WORKSHOP_EFFECTS["release"](room.workshop, event)


def _lock(room: Room, event: RoomEvent) -> None:
    room.members.locked = event.contents["on"]


_EFFECTS: dict[str, Callable[[Room, RoomEvent], None]] = {
    "pair": _pair, "clock": _clock, "bet": _bet, "reveal": _reveal, "game": _game, "join": _join, "leave": _leave,
    "lock": _lock, "question": _question,
}  # fmt: skip


def tick(room: Room) -> None:
    """Let the clock of a room go on.

    Args:
        room: The room.
    """
    if room.clock.tick(time.time(), room.ready_both(), room.pair.months):
        room.tell_clock()
