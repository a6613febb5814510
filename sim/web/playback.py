"""Keeps a worker computing the worlds that a room shows, and hands their frames on."""

import asyncio
import logging

from sim.web.pair_state import SIDES
from sim.web.room import Room
from sim.web.worker import Failed, Refused, Worker

_LOG = logging.getLogger("sim.web")


class Playback:
    """The computing for one room.

    Args:
        room: The room.
        worker: Who computes.
    """

    def __init__(self, room: Room, worker: Worker) -> None:
        self._room, self._worker = room, worker
        self._task: asyncio.Task[None] | None = None

    def follow(self) -> None:
        """Compute what the room shows now instead of what it showed before."""
        self.stop()
        if self._room.pair.sides:
            self._task = asyncio.create_task(self._compute())

    def stop(self) -> None:
        """Compute no more."""
        if self._task:
            self._task.cancel()

    async def _compute(self) -> None:
        pair, frames = self._room.pair, self._room.frames
        timelines = dict(pair.sides)
        begin = {side: frames.ready(timelines[side]) + 1 for side in SIDES}
        arguments = {side: pair.description(side) for side in SIDES}
        try:
            async for chunk in self._worker.stream("frames", **arguments, begin=begin):
                for side, month, frame in chunk:
                    frames.add(timelines[side], month, frame)
                self._room.frames_came()
        except (Refused, Failed) as trouble:
            _LOG.error("the worlds of room %s were not computed: %s", self._room.code, trouble)
            self._room.tell({"say": "trouble", "why": "worlds"})
