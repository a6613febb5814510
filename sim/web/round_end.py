"""The end of a round: drafts are frozen, the months are lived, and everybody is told what is his."""

import contextlib
import logging
import time

from sim.web.commands_allowed import PLAYER, NotAllowed
from sim.web.game_desk import GameDesk
from sim.web.worker import Failed, Refused
from sim.web.workshop import CLOSING, OPEN
from sim.web.workshop_messages import tell_game, tell_result, tell_standing, tell_view

_LOG = logging.getLogger("sim.web")


async def close_round(desk: GameDesk, who: str, id: str) -> None:
    """Close the round that is open.

    Args:
        desk: The game.
        who: Who closes it.
        id: The sender's name for it.

    Raises:
        NotAllowed: No round is open.
    """
    game = desk.game
    if game.phase != OPEN:
        raise NotAllowed("phase", phase=game.phase)
    entry = {"do": "close", "episode": game.episode, "round": game.round, "choices": game.choices()}
    if await desk.room.record(id, "close", who, {"entry": entry}):
        tell_game(desk)
        if not await finish_round(desk):
            raise NotAllowed("round")


async def finish_round(desk: GameDesk) -> bool:
    """Live the months of a round whose drafts are frozen, if they can be; after a restart this is done again.

    Args:
        desk: The game.

    Returns:
        Whether they were lived; if not, the round is open again with all that was sent.
    """
    game, room = desk.game, desk.room
    try:
        await desk.look()
    except (Failed, Refused) as trouble:
        _LOG.error("round %s of room %s was not lived: %s", game.round, room.code, trouble)
        await room.record(f"take back {game.episode} {game.round} {room.seq}", "take_back", "server", {})
        tell_game(desk)
        room.tell({"say": "trouble", "why": "round"})
        return False
    await room.record(f"closed {game.episode} {game.round} {room.seq}", "closed", "server", {})
    desk.bought = {}
    tell_game(desk)
    tell_standing(desk, room.connections)
    for phone in room.connections:
        if phone.role == PLAYER:
            for where in game.seats_of(phone.member):
                tell_result(desk, phone, where)
                tell_view(desk, phone, where)
    return True


async def close_in_time(desk: GameDesk) -> None:
    """Close the round when its time is up, unless somebody was faster.

    Args:
        desk: The game.
    """
    game = desk.room.workshop
    if game is None or not game.timer.is_up(time.time()):
        return
    async with desk.room.changing:
        if game.phase == OPEN and game.timer.is_up(time.time()):
            with contextlib.suppress(NotAllowed):  # those in front were told that it is open again
                await close_round(desk, "server", f"time is up {game.timer_seq}")


async def restore_game(desk: GameDesk) -> None:
    """After a restart: know the game again, and finish a round that was being closed.

    Args:
        desk: The game.
    """
    if desk.room.workshop is None:
        return
    if desk.game.phase == CLOSING and await finish_round(desk):
        return
    try:
        await desk.restore()
    except (Failed, Refused) as trouble:
        _LOG.error("the game of room %s was not restored: %s", desk.room.code, trouble)
