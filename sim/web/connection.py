"""One socket: who is behind it, what it still has to be sent, and the loop that sends it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from starlette.websockets import WebSocket

from sim.web.audience import AUDIENCE
from sim.web.limits import Bucket, Caller

COMMANDS_AT_ONCE, COMMANDS_A_SECOND = 40, 15
MOST_WAITING = 500  # messages; a socket that takes so few is closed, and comes again when it can


class Connection:
    """A socket in a room.

    Args:
        socket: The socket.
        role: Of who is behind it.
        member: Number of the member; none for facilitator and projector.
    """

    def __init__(self, socket: WebSocket, role: str, member: int | None = None) -> None:
        self.socket, self.role, self.member = socket, role, member
        self.who = f"member {member}" if member is not None else role
        self.bucket = Bucket(COMMANDS_AT_ONCE, COMMANDS_A_SECOND)
        self.early = False  # whether it came before the model was loaded
        self.shown: dict[str, tuple[str, int]] = {}  # by side: timeline, and the month of the next frame to send
        self.answering: dict[str, list[dict[str, Any]]] = {}  # what was told about a command at hand, by its id
        self._messages: list[str] = []
        self._known: dict[tuple[str, str], dict[str, Any]] = {}  # what was told, by message and department
        self._news = asyncio.Event()

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message when its turn comes.

        Args:
            message: Plain values.

        Raises:
            AssertionError: The role may not be told this.
        """
        assert self.role in AUDIENCE[message["say"]], (self.role, message["say"])
        if message.get("id") in self.answering:
            self.answering[message["id"]].append(message)
        self._messages.append(json.dumps(message, allow_nan=False, separators=(",", ":")))
        self._news.set()

    def tell_changes(self, message: dict[str, Any], part: str, always: tuple[str, ...] = ()) -> None:
        """Send of a part only the entries that are new on this line; nothing when none is.

        Args:
            message: Plain values; `changed` is added where `part` holds changes only.
            part: Name of the entry that is told in changes.
            always: Entries of the part that go with every change, and are none themselves.
        """
        key, now = (message["say"], str(message[part].get("department", ""))), message[part]
        before, self._known[key] = self._known.get(key), dict(now)
        if before is None or before.keys() - now.keys():
            self.tell(message)
            return
        changed = {name for name in now.keys() - {*always} if name not in before or before[name] != now[name]}
        if changed:
            entries = {name: value for name, value in now.items() if name in changed or name in always}
            self.tell(message | {part: entries, "changed": True})

    def forget(self, say: str, entry: str | None = None) -> None:
        """Tell all of it again when it is told next: the page has thrown it away, or has something newer.

        Args:
            say: Name of the messages.
            entry: The one entry that is told again; all if left out.
        """
        for key in [key for key in self._known if key[0] == say]:
            if entry is None:
                del self._known[key]
            else:
                self._known[key].pop(entry, None)

    @property
    def caller(self) -> Caller:
        """Who is behind it, for the count of sockets."""
        return Caller(self.role, self.member, self.socket.client.host if self.socket.client else "")

    def wake(self) -> None:
        """Look whether there are frames to send."""
        self._news.set()

    async def send_all(self, next_frame: "Callable[[Connection], bytes | None]") -> None:
        """Send messages and frames as they come; messages first, so that a frame never belongs to an older pair.

        Args:
            next_frame: Gives the next frame of this connection; nothing when all that is computed was sent.
        """
        while True:
            await self._news.wait()
            self._news.clear()
            if len(self._messages) > MOST_WAITING:
                await self.socket.close(1013)
                return
            await self._send_messages()
            while frame := next_frame(self):
                await self.socket.send_bytes(frame)
                await self._send_messages()

    async def _send_messages(self) -> None:
        while self._messages:
            await self.socket.send_text(self._messages.pop(0))
