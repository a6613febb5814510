"""A room with those who compute for it."""

from typing import NamedTuple

from sim.web.game_desk import GameDesk
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
    """

    room: Room
    playback: Playback
    desk: GameDesk
    looker: Worker
    background: Worker
