"""A room with those who compute for it."""

from pathlib import Path
from typing import NamedTuple

from sim.web.game_desk import GameDesk
from sim.web.opening_scripts import OpeningScripts
from sim.web.playback import Playback
from sim.web.room import Room
from sim.web.worker import Worker


class Stage(NamedTuple):
    """A room with those who compute for it.

    Args:
        room: The room.
        playback: Keeps the worlds that it shows computed.
        desk: What is known of its game.
        looker: The worker for what is looked at now.
        background: The worker for what may take longer.
        own_lesson: File of a lesson of one's own.
        openings: Scripts of the first minute.
    """

    room: Room
    playback: Playback
    desk: GameDesk
    looker: Worker
    background: Worker
    own_lesson: str | None
    openings: OpeningScripts

    def file_of(self, lesson: str) -> str:
        """Name in the box, or file of one's own, of a lesson.

        Args:
            lesson: Its id.
        """
        return self.own_lesson if self.own_lesson and Path(self.own_lesson).stem == lesson else lesson
