"""What a member does with a phone: take a seat, draft, send, buy."""

from collections.abc import Awaitable, Callable
from typing import Any

from sim.web.commands_allowed import NotAllowed
from sim.web.connection import Connection
from sim.web.game_desk import QUOTE_EVERY
from sim.web.stage import Stage
from sim.web.workshop import LOBBY, NOBODY, OPEN, SeatName, Workshop
from sim.web.workshop_commands import seat_of
from sim.web.workshop_messages import draft_message, tell_game, tell_phone, tell_state

WebCommand = dict[str, Any]
CommandHandler = Callable[[Stage, Connection, WebCommand], Awaitable[None]]


async def claim(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Take a free seat, one more in the own team, or one in another team instead."""
    game = _game(stage)
    where = seat_of(game, command)
    if stage.room.members.present[sender.member or 0].watches:
        raise NotAllowed("not_allowed")
    if game.seats[where].by != NOBODY and where not in game.seats_of(sender.member):
        raise NotAllowed("taken")
    contents = {"team": where[0], "department": where[1], "member": sender.member}
    if await stage.room.record(command["id"], "claim", sender.who, contents):
        if not stage.desk.views and game.phase != LOBBY:
            await stage.desk.look()
        tell_game(stage.desk)
        tell_phone(stage.desk, sender)


async def release(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Give up one seat, or all."""
    contents = {"member": sender.member, "department": command.get("department")}
    if await stage.room.record(command["id"], "release", sender.who, contents):
        tell_game(stage.desk)
        tell_phone(stage.desk, sender)


async def draft(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Write down what is thought of."""
    await _write(stage, sender, command, sent=False)


async def send(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Decide for this round; until it closes a later one counts instead."""
    await _write(stage, sender, command, sent=True)


async def revise(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Think again; what was sent counts until something else is sent."""
    await _write(stage, sender, command, sent=False)


async def _write(stage: Stage, sender: Connection, command: WebCommand, sent: bool) -> None:
    game = _open_game(stage)
    where = _own_seat(game, sender, command)
    seat = game.seats[where]
    choice = {"decisions": command.get("decisions", seat.decisions), "why": command.get("why", seat.why)}
    await stage.desk.check(where, choice)
    contents = {"team": where[0], "department": where[1], "sent": sent} | choice
    before = seat.state
    if await stage.room.record(command["id"], "draft", sender.who, contents):
        _tell_own(stage, sender, draft_message(where, seat))
        if seat.state != before:
            tell_state(stage.desk, where)


async def quote(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Say what a draft would have changed in the role's own costs in the last month."""
    game = _open_game(stage)
    if not stage.desk.quotes.take(sender.who):
        raise NotAllowed("often", count=QUOTE_EVERY)
    where = _own_seat(game, sender, command)
    arguments = {"entries": game.entries, "episode": game.episode, "team": where[0]}
    choice = {"decisions": command.get("decisions", game.seats[where].decisions)}
    reply = await stage.desk.ask("game_quote", **arguments, choices={where[1]: choice})
    message = draft_message(where, game.seats[where])
    message["draft"]["quote"] = reply
    sender.tell(message | {"id": command["id"]})


async def buy(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Buy information."""
    game = _open_game(stage)
    where = _own_seat(game, sender, command)
    what = {name: value for name, value in command.items() if name not in ("do", "id", "department")}
    what["buy"] = what.pop("what")
    if (what["buy"], what.get("about")) in [(buy["buy"], buy.get("about")) for buy in game.seats[where].buys]:
        raise NotAllowed("bought")
    await stage.desk.check(where, {"buys": [*game.seats[where].buys, what]})
    bought = await stage.desk.buy(where, what)
    contents = {"team": where[0], "department": where[1], "buy": what}
    if await stage.room.record(command["id"], "buy", sender.who, contents):
        stage.desk.bought.setdefault(where, []).append(bought)
        _tell_own(stage, sender, {"say": "bought", "department": where[1], "bought": stage.desk.bought[where]})


def _tell_own(stage: Stage, sender: Connection, message: dict[str, Any]) -> None:
    """Tell all sockets of the same member: a phone may be open twice."""
    for connection in stage.room.connections:
        if connection.role == sender.role and connection.member == sender.member:
            connection.tell(message)


def _game(stage: Stage) -> Workshop:
    if stage.room.workshop is None:
        raise NotAllowed("no_game")
    return stage.room.workshop


def _open_game(stage: Stage) -> Workshop:
    game = _game(stage)
    if game.phase != OPEN:
        raise NotAllowed("late", phase=game.phase)
    return game


def _own_seat(game: Workshop, sender: Connection, command: WebCommand) -> SeatName:
    """The seat of the sender that a command is about; the only one when none is named."""
    own = [where for where in game.seats_of(sender.member) if command.get("department") in (None, where[1])]
    if not own:
        raise NotAllowed("no_seat")
    return own[0]


PHONE_CHANGES: dict[str, CommandHandler] = {
    "claim": claim, "release": release, "draft": draft, "send": send, "revise": revise, "buy": buy,
}  # fmt: skip
PHONE_READS: dict[str, CommandHandler] = {"quote": quote}
