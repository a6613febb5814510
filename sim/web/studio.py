"""The studio while it runs: its rooms, its workers, and what is the same for all rooms."""

import asyncio
import contextlib
import logging
import os
import time
from pathlib import Path
from typing import Any, NamedTuple

from sim.web.commands_allowed import GUEST
from sim.web.compare_commands import show_pair
from sim.web.connection import Connection
from sim.web.frame_store import FrameStore
from sim.web.limits import Buckets
from sim.web.playback import Playback
from sim.web.room import Room, tick
from sim.web.room_log import RoomLog
from sim.web.stage import Stage
from sim.web.tokens import new_code
from sim.web.worker import Worker

LOG = logging.getLogger("sim.web")
TICK, SECOND = 0.1, 1.0  # how often clocks are looked at, and their place written down [seconds]
JOINS_AT_ONCE, JOINS_A_SECOND = 60.0, 1.0  # from one address: a room of phones may share one
DATABASE = "rooms.sqlite"


class Options(NamedTuple):
    """How the studio was started.

    Args:
        folder: Where rooms are kept.
        host: Address that is listened on.
        port: Port that is listened on.
        lan: Address that others in the network use, such as ``192.168.1.5``; none when the studio is for this machine.
        lesson: Lesson file of one's own; none for those of the box.
    """

    folder: Path
    host: str
    port: int
    lan: str | None = None
    lesson: str | None = None

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts under which the studio may be asked for."""
        names = {self.host, "127.0.0.1", "localhost", "[::1]"} | ({self.lan} if self.lan else set())
        return frozenset(f"{name}:{self.port}" for name in names)

    @property
    def join_address(self) -> str | None:
        """Address for phones; none when the studio is for this machine."""
        return f"http://{self.lan}:{self.port}" if self.lan else None


def data_folder() -> Path:
    """Where rooms are kept unless another folder is asked for."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "customer-centricity" / "studio"


class Studio:
    """Everything that lives as long as the server.

    Args:
        options: How it was started.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.log = RoomLog(options.folder / DATABASE)
        self.frames = FrameStore()
        self.looker, self.background = Worker("of what is looked at"), Worker("of the background")
        self.joins = Buckets(JOINS_AT_ONCE, JOINS_A_SECOND)
        self.stages: dict[str, Stage] = {}
        self.current: Stage | None = None
        self.facts: dict[str, Any] | None = None
        self.refused: list[dict[str, str]] = []
        self.waiting: list[Connection] = []
        self.sockets = 0
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin the workers and the clocks; to be called inside the running event loop."""
        self.looker.start()
        self.background.start()
        self._tasks = [asyncio.create_task(self._get_ready()), asyncio.create_task(self._run_clocks())]

    async def stop(self) -> None:
        """End workers and clocks, and close the log."""
        for task in self._tasks:
            task.cancel()
        for stage in self.stages.values():
            stage.playback.stop()
        self.looker.close()
        self.background.close()
        self.log.close()

    def new_room(self, model: str) -> Stage:
        """Begin a room and make it the current one.

        Args:
            model: Hash of the model.
        """
        code = new_code()
        self.log.add_room(code, model)
        self.current = self._stage(code)
        return self.current

    def delete_room(self, code: str) -> None:
        """Delete a room with everything that belongs to it.

        Args:
            code: Its code.
        """
        self.stages.pop(code).playback.stop()
        self.log.delete_room(code)
        if self.current and self.current.room.code == code:
            self.current = None

    async def _get_ready(self) -> None:
        """Wait for the model, then go on with the newest room of it, or begin one on the world of the box."""
        self.facts = await self.looker.ask("facts")
        assert self.facts is not None
        self._load_rooms(self.facts["model"])
        if self.current is None:
            self.new_room(self.facts["model"])
        assert self.current is not None
        if not self.current.room.pair.sides:
            await show_pair(self.current, "server", "begin", await self.looker.ask("pair") | {"opened": True})
        else:
            self.current.playback.follow()
        waiting, self.waiting = self.waiting, []
        for connection in waiting:
            self.greet(connection)

    def _load_rooms(self, model: str) -> None:
        """Replay the rooms of this model; those of another are named and left alone."""
        for code, made_with in self.log.rooms():
            if made_with != model:
                LOG.warning("room %s was played with model %s; this is %s: it is not opened", code, made_with, model)
                self.refused.append({"code": code, "model": made_with})
            else:
                stage = self._stage(code)
                self.current = self.current or stage

    def _stage(self, code: str) -> Stage:
        room = Room(code, self.log, self.frames)
        stage = Stage(room, Playback(room, self.looker), self.looker, self.background)
        self.stages[code] = stage
        return stage

    def greet(self, connection: Connection) -> None:
        """Tell a connection where it is, now or as soon as the model is there.

        Args:
            connection: Who came.
        """
        ready = self.facts is not None and self.current is not None
        message = self._hello(connection, ready)
        if connection.role == GUEST:
            connection.tell(message)
            return
        if not ready:
            self.waiting.append(connection)
        else:
            assert self.current is not None
            self.current.room.connections.append(connection)
        connection.tell(message)

    def leave(self, connection: Connection) -> None:
        """Forget a connection.

        Args:
            connection: Who left.
        """
        for stage in self.stages.values():
            with contextlib.suppress(ValueError):
                stage.room.connections.remove(connection)
        with contextlib.suppress(ValueError):
            self.waiting.remove(connection)

    def _hello(self, connection: Connection, ready: bool) -> dict[str, Any]:
        told = {
            "say": "hello", "version": 1, "role": connection.role, "member": connection.member, "ready": ready,
            "lan": self.options.join_address, "now": round(time.time() * 1000),
        }  # fmt: skip
        if ready and connection.role != GUEST:
            assert self.facts is not None and self.current is not None
            told |= self.facts | {"room": self.current.room.as_message(), "refused": self.refused}
        return told

    async def _run_clocks(self) -> None:
        """Look at the clocks of all rooms, and write down each second where those that run stand."""
        written = 0.0
        while True:
            await asyncio.sleep(TICK)
            running = [stage.room for stage in self.stages.values() if tick(stage.room)]
            if running and time.monotonic() - written >= SECOND:
                written = time.monotonic()
                for room in running:
                    month = room.clock.month_at(time.time(), room.ready_both())
                    marks = {"clock": month, "clock after": float(room.clock_seq)}
                    await asyncio.to_thread(self.log.set_marks, room.code, marks)
