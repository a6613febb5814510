"""What a facilitator does in a workshop: teams, seats, rounds, timer, episodes, and playing for somebody."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from sim.web.commands_allowed import PLAYER, NotAllowed
from sim.web.connection import Connection
from sim.web.round_end import close_round
from sim.web.seating import seats_for
from sim.web.stage import Stage
from sim.web.workshop import CLOSED, CLOSING, EPISODES, FACILITATOR, LOBBY, OPEN, OVER, SeatName, Workshop
from sim.web.workshop_messages import (
    draft_message,
    greeting,
    tell_game,
    tell_phone,
    tell_standing,
    tell_state,
    tell_view,
    tell_you,
)

WebCommand = dict[str, Any]
CommandHandler = Callable[[Stage, Connection, WebCommand], Awaitable[None]]
USUAL_SEED = 1


async def open_game(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Begin a game with teams; one that was there ends."""
    teams = [team.strip() for team in command["teams"]]
    sizes = {"rounds": command.get("rounds"), "agents": command.get("customers")}
    made = await stage.looker.ask("game_new", teams=teams, seed=command.get("seed", USUAL_SEED), **sizes)
    contents = {"record": made["record"], "rounds": made["rounds"], "episode": command.get("episode", EPISODES[0])}
    if await stage.room.record(command["id"], "game", sender.who, contents):
        stage.desk.forget()
        stage.desk.design = made["design"]
        tell_game(stage.desk, design=True)
        for phone in _phones(stage):
            tell_you(stage.room, phone)


async def assign(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Give everybody who waits a free seat."""
    game = _game(stage)
    seats = seats_for(stage.room.members, game, command.get("merge", False))
    if await stage.room.record(command["id"], "assign", sender.who, {"seats": seats}):
        tell_game(stage.desk)
        for phone in _phones(stage):
            tell_phone(stage.desk, phone)


async def start(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Open the next round."""
    game = _game(stage, LOBBY, CLOSED)
    if not stage.desk.views or game.phase == LOBBY:
        await stage.desk.look()
    if await stage.room.record(command["id"], "start", sender.who, {}):
        stage.desk.bought = {}
        if "seconds" in command:
            await _set_timer(stage, sender, command)
        tell_game(stage.desk)
        for phone in _phones(stage):
            for where in stage.desk.game.seats_of(phone.member):
                tell_view(stage.desk, phone, where)


async def close(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Close the round."""
    game = _game(stage, OPEN)
    if command.get("round", game.round) != game.round:
        raise NotAllowed("phase", phase=game.phase, round=game.round)
    await close_round(stage.desk, sender.who, command["id"])


async def back(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Back to the start of a round."""
    game = _game(stage)
    if not 1 <= command["round"] <= max(1, game.round):
        raise NotAllowed("field", field="round", allowed=f"1 to {max(1, game.round)}")
    if await stage.room.record(command["id"], "back", sender.who, {"round": command["round"]}):
        await stage.desk.look()
        tell_game(stage.desk)
        tell_standing(stage.desk, stage.room.connections)
        for phone in _phones(stage):
            tell_phone(stage.desk, phone)


async def episode(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Another episode, from its start."""
    _game(stage, LOBBY, CLOSED, OVER)
    contents = {"episode": EPISODES[command["number"] - 1]}
    if await stage.room.record(command["id"], "episode", sender.who, contents):
        stage.desk.views, stage.desk.standing = {}, None
        await stage.desk.look()
        tell_game(stage.desk)
        for phone in _phones(stage):
            tell_phone(stage.desk, phone)


async def timer(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Start, extend, pause, go on with or switch off the timer."""
    _game(stage, OPEN)
    if await _set_timer(stage, sender, command):
        tell_game(stage.desk)


async def _set_timer(stage: Stage, sender: Connection, command: WebCommand) -> bool:
    contents = _game(stage).timer.after(command, time.time())
    return await stage.room.record(f"{command['id']}:timer", "timer", sender.who, contents)


async def message(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Tell all, or one team, something."""
    game = _game(stage)
    contents = {"text": command["text"], "team": command.get("team")}
    if contents["team"] not in (None, *game.teams):
        raise NotAllowed("field", field="team", allowed=", ".join(game.teams))
    if await stage.room.record(command["id"], "message", sender.who, contents):
        tell_game(stage.desk)


async def carry_on(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Let the computer carry on as before in a seat, or free it again."""
    where = seat_of(_game(stage), command)
    contents = {"team": where[0], "department": where[1], "on": command.get("on", True)}
    member = _game(stage).seats[where].member
    if await stage.room.record(command["id"], "carry_on", sender.who, contents):
        tell_game(stage.desk)
        for phone in _phones(stage):
            if phone.member == member:
                tell_you(stage.room, phone)


async def play_for(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Decide for a seat, and send it."""
    game = _game(stage, OPEN)
    where = seat_of(game, command)
    choice = {"decisions": command["decisions"], "why": command.get("why", "")}
    await stage.desk.check(where, choice)
    by = {} if game.seats[where].member is not None else {"by": FACILITATOR}
    contents = {"team": where[0], "department": where[1], "sent": True} | choice | by
    if await stage.room.record(command["id"], "draft", sender.who, contents):
        tell_state(stage.desk, where)
        for phone in _phones(stage):
            if phone.member is not None and phone.member == game.seats[where].member:
                phone.tell(draft_message(where, game.seats[where]))


async def drafts(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Show who asks all drafts; never the projector."""
    by_team: dict[str, dict[str, Any]] = {}
    for (team, department), seat in _game(stage).seats.items():
        by_team.setdefault(team, {})[department] = draft_message((team, department), seat)["draft"]
    sender.tell({"say": "drafts", "id": command["id"], "drafts": by_team})


async def seat(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Show who asks what a seat sees and has drafted, to play for it."""
    where = seat_of(_game(stage), command)
    view = stage.desk.views.get(where[0], {}).get(where[1])
    draft = draft_message(where, stage.room.workshop.seats[where])["draft"] if stage.room.workshop else None
    sender.tell({"say": "seat", "id": command["id"], "view": view, "draft": draft})


async def lock(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Let nobody else come, or let them come again."""
    if await stage.room.record(command["id"], "lock", sender.who, {"on": command["on"]}):
        for connection in stage.room.connections:
            if connection.role != PLAYER:
                connection.tell({"say": "room", "room": greeting(stage.desk, connection)})


def seat_of(game: Workshop, command: WebCommand) -> SeatName:
    """The seat that a command names.

    Args:
        game: The game.
        command: With `team` and `department`.

    Raises:
        NotAllowed: There is no such team.
    """
    if command["team"] not in game.teams:
        raise NotAllowed("field", field="team", allowed=", ".join(game.teams))
    return command["team"], command["department"]


def _game(stage: Stage, *phases: str) -> Workshop:
    """The game, in one of some phases; none means in any."""
    game = stage.room.workshop
    if game is None:
        raise NotAllowed("no_game")
    if phases and game.phase not in phases:
        raise NotAllowed("phase", phase=game.phase)
    if not phases and game.phase == CLOSING:
        raise NotAllowed("busy")
    return game


def _phones(stage: Stage) -> list[Connection]:
    return [connection for connection in stage.room.connections if connection.role == PLAYER]


WORKSHOP_CHANGES: dict[str, CommandHandler] = {
    "game": open_game, "assign": assign, "start": start, "close": close, "back": back, "episode": episode,
    "timer": timer, "message": message, "carry_on": carry_on, "play_for": play_for, "lock": lock,
}  # fmt: skip
WORKSHOP_READS: dict[str, CommandHandler] = {"drafts": drafts, "seat": seat}
