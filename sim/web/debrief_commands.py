"""The debrief of a workshop: part after part of what happened and why, for those in front."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from sim.web.commands_allowed import NotAllowed
from sim.web.connection import Connection
from sim.web.requests import WorkProgress
from sim.web.stage import Stage
from sim.web.worker import Failed, Refused

WebCommand = dict[str, Any]
CommandHandler = Callable[[Stage, Connection, WebCommand], Awaitable[None]]
_LOG = logging.getLogger("sim.web")
DEBRIEF_PARTS = ("timeline", "episodes", "reap", "paired", "luck", "decisions", "best", "information", "mechanisms")


async def debrief(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Compute the parts one after the other; one that cannot be computed says so, and the others go on."""
    sides = command["left"], command["right"]
    for part in command.get("parts", DEBRIEF_PARTS):
        try:
            await _tell_part(stage, sender, part, sides, command["id"])
        except Refused as trouble:
            stage.room.tell({"say": "progress", "part": part, "refused": str(trouble)})
        except Failed as trouble:
            _LOG.error("part %s of a debrief failed: %s", part, trouble)
            stage.room.tell({"say": "progress", "part": part, "failed": True})


async def _tell_part(
    stage: Stage, sender: Connection, part: str, sides: tuple[WebCommand, WebCommand], id: str
) -> None:
    game = stage.room.workshop
    if game is None:
        raise NotAllowed("no_game")
    arguments = {"record": game.record, "entries": list(game.entries), "part": part, "sides": sides}
    async for value in stage.background.stream("debrief", **arguments):
        if isinstance(value, WorkProgress):
            stage.room.tell({"say": "progress", "part": part, "done": value.done, "of": value.of})
        else:
            message = {"say": "debrief", "id": id, "part": part, "left": sides[0], "right": sides[1]}
            _tell_front(stage, sender, message | {"value": value})


def _tell_front(stage: Stage, sender: Connection, message: WebCommand) -> None:
    """Tell those in front; a sender whose line is lost gets it with the answer when the command comes again."""
    stage.room.tell(message)
    if sender not in stage.room.connections:
        sender.tell(message)


async def debrief_bets(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """What the room bet on the game against what came."""
    game = stage.room.workshop
    if game is None:
        raise NotAllowed("no_game")
    given = stage.room.bets.on_game(game.teams)
    reply = await stage.background.ask("game_bets", record=game.record, entries=list(game.entries), given=given)
    _tell_front(stage, sender, {"say": "debrief", "id": command["id"], "part": "bets", "value": reply})


async def assumptions(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Send the numbers that nobody has measured: of the game, or of the worlds that are shown."""
    game, pair = stage.room.workshop, stage.room.pair
    if game:
        rows = await stage.looker.ask("game_assumptions", record=game.record)
    else:
        rows = await stage.looker.ask("assumptions", **{side: pair.description(side) for side in pair.sides})
    sender.tell({"say": "assumptions", "id": command["id"], "rows": rows})


DEBRIEF_READS: dict[str, CommandHandler] = {
    "debrief": debrief,
    "debrief_bets": debrief_bets,
    "assumptions": assumptions,
}
