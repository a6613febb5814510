"""The studio while it runs: its rooms, its workers, and what is the same for all rooms."""

import asyncio
import contextlib
import logging
import time
from typing import Any

from sim.web.answers import AnswerBook
from sim.web.commands_allowed import GUEST, PLAYER
from sim.web.compare_commands import show_pair
from sim.web.connection import Connection
from sim.web.first_screen import FirstScreen, kept_screen, usual_pair, warm_up
from sim.web.frame_store import FrameStore
from sim.web.game_desk import GameDesk
from sim.web.limits import Buckets
from sim.web.members import Member
from sim.web.opening_scripts import OpeningScripts
from sim.web.options import Options
from sim.web.playback import Playback
from sim.web.room import Room, tick
from sim.web.room_log import RoomLog
from sim.web.round_end import close_in_time, restore_game
from sim.web.stage import Stage
from sim.web.tokens import MEMBER, new_code, new_token
from sim.web.worker import Worker
from sim.web.workshop_messages import greeting, tell_game, tell_phone, tell_standing

_LOG = logging.getLogger("sim.web")
TICK, SECOND = 0.1, 1.0  # how often clocks are looked at, and their place written down [seconds]
JOINS_AT_ONCE, JOINS_A_SECOND = 80.0, 1.0  # from one address: a room of phones may share one
STANDS_BACK = 19  # of the worker in the background: pages on the same machine come first
DATABASE = "rooms.sqlite"


class Studio:
    """Everything that lives as long as the server.

    Args:
        options: How it was started.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.log = RoomLog(options.folder / DATABASE)
        self.frames = FrameStore()
        self.looker, self.background = Worker("of what is looked at"), Worker("of the background", STANDS_BACK)
        self.joins = Buckets(JOINS_AT_ONCE, JOINS_A_SECOND)
        self.stages: dict[str, Stage] = {}
        self.current: Stage | None = None
        self.facts: dict[str, Any] | None = None
        self.openings, self.answers = OpeningScripts(), AnswerBook()
        self.first: FirstScreen | None = None
        self.since = round(time.time() * 1000)
        self.refused: list[dict[str, str]] = []
        self.connections: list[Connection] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin the workers and the clocks; to be called inside the running event loop."""
        self.looker.start()
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

    async def begin_room(self) -> None:
        """Begin a room with the usual worlds, make it the current one, and greet everybody there."""
        assert self.facts is not None
        self.answers.forget()
        code = new_code()
        self.log.add_room(code, self.facts["model"])
        self.current = self._stage(code)
        await show_pair(self.current, "server", "begin", await usual_pair(self.looker, self.first) | {"opened": True})
        self._greet_all()

    async def delete_room(self, code: str) -> None:
        """Delete a room with everything that belongs to it; after the current one another begins.

        Args:
            code: Its code.
        """
        stage = self.stages.pop(code, None)
        if stage:
            stage.playback.stop()
            stage.room.tell({"say": "deleted", "code": code})
        self.log.delete_room(code)
        self.answers.forget()
        self.refused = [room for room in self.refused if room["code"] != code]
        if self.current is stage:
            await self.begin_room()

    async def join(self, nickname: str, watches: bool) -> tuple[int, str]:
        """Let somebody into the current room: number and token of the new member.

        Args:
            nickname: What he wants to be called; empty for nothing.
            watches: Whether he only looks on.
        """
        assert self.current is not None
        room = self.current.room
        async with room.changing:
            number = room.members.latest + 1
            await room.record(f"join {number}", "join", "server", Member(number, nickname, watches)._asdict())
        tell_game(self.current.desk)
        return number, new_token(self.log, MEMBER, room.code, number)

    def is_present(self, member: int | None) -> bool:
        """Whether a member is in the current room.

        Args:
            member: His number.
        """
        return self.current is not None and member in self.current.room.members.present

    async def leave(self, member: int) -> None:
        """Let a member of the current room go.

        Args:
            member: His number.
        """
        assert self.current is not None
        room = self.current.room
        async with room.changing:
            await room.record(f"leave {member} {room.seq}", "leave", "server", {"member": member})
        tell_game(self.current.desk)

    async def _get_ready(self) -> None:
        """Open the newest room of this model, or begin one; wait for the model where the first screen is not kept."""
        self.first = await asyncio.to_thread(kept_screen)
        self.facts = self.first.facts if self.first else await self.looker.ask("facts")
        self.background.start()
        if self.first:
            self.first.add_frames(self.frames)
            self.openings.scripts[self.first.sides] = self.first.opening
        self._load_rooms(self.facts["model"])
        if self.current is None:
            await self.begin_room()
        else:
            self.current.playback.follow()
            self._greet_all()
            await restore_game(self.current.desk)
            self._greet_all()
        await warm_up(self.looker, self.facts, self.first)

    def _load_rooms(self, model: str) -> None:
        """Replay the rooms of this model; those of another are named and left alone."""
        for code, made_with in self.log.rooms():
            if made_with != model:
                _LOG.warning("room %s was played with model %s; this is %s: it is not opened", code, made_with, model)
                self.refused.append({"code": code, "model": made_with})
            else:
                stage = self._stage(code)
                self.current = self.current or stage

    def _stage(self, code: str) -> Stage:
        room = Room(code, self.log, self.frames)
        desk = GameDesk(room, self.looker, self.background)
        own = self.options.lesson
        stage = Stage(room, Playback(room, self.looker), desk, self.looker, self.background, own, self.openings)
        self.stages[code] = stage
        return stage

    def come(self, connection: Connection) -> None:
        """Take in a connection.

        Args:
            connection: Who came.
        """
        self.connections.append(connection)
        self._greet(connection)

    def leave_socket(self, connection: Connection) -> None:
        """Forget a connection.

        Args:
            connection: Who left.
        """
        self.connections.remove(connection)
        for stage in self.stages.values():
            with contextlib.suppress(ValueError):
                stage.room.connections.remove(connection)
                if connection.role == PLAYER:
                    tell_game(stage.desk)

    def _greet_all(self) -> None:
        """Tell everybody where he is now; phones of another room are told to join."""
        for stage in self.stages.values():
            stage.room.connections.clear()
        for connection in self.connections:
            self._greet(connection)

    def _greet(self, connection: Connection) -> None:
        """Tell a connection where it is, now or as soon as the model is there."""
        stage = self.current
        if connection.role == PLAYER and stage and not self.is_present(connection.member):
            connection.role = GUEST
        ready = self.facts is not None and stage is not None
        message = {
            "say": "hello", "version": 1, "role": connection.role, "member": connection.member, "ready": ready,
            "lan": self.options.join_address, "now": round(time.time() * 1000), "since": self.since,
        }  # fmt: skip
        if not ready or connection.role == GUEST:
            connection.early = not ready
            connection.tell(message)
            return
        assert self.facts is not None and stage is not None
        about = self.facts | {"refused": self.refused, "own_lesson": self.options.lesson_id}
        facts = {} if connection.role == PLAYER else about
        connection.shown.clear()
        for say in ("game", "view"):
            connection.forget(say)
        stage.room.connections.append(connection)
        whole = message | facts | {"room": greeting(stage.desk, connection)}
        connection.tell(whole)
        if connection.early:
            connection.tell(whole | {"say": "ready"})
            connection.early = False
        if connection.role == PLAYER:
            tell_phone(stage.desk, connection)
            tell_game(stage.desk)
        else:
            tell_standing(stage.desk, [connection])

    async def _run_clocks(self) -> None:
        """Look at clocks and timers of all rooms, and write down each second where those that run stand."""
        written = 0.0
        while True:
            await asyncio.sleep(TICK)
            for stage in list(self.stages.values()):
                tick(stage.room)
                await close_in_time(stage.desk)
            if time.monotonic() - written >= SECOND:
                written = time.monotonic()
                await self._write_marks()

    async def _write_marks(self) -> None:
        for stage in list(self.stages.values()):
            if marks := stage.room.marks():
                await asyncio.to_thread(self.log.set_marks, stage.room.code, marks)
