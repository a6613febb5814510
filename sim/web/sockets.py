"""The socket: who comes, what each message asks for, and the answer that every command gets."""

import asyncio
import contextlib
import logging
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sim.web.commands_allowed import FACILITATOR, GUEST, PLAYER, PROJECTOR, NotAllowed, command_in, fields_of
from sim.web.compare_commands import COMPARE_CHANGES, COMPARE_READS
from sim.web.connection import Connection
from sim.web.debrief_commands import DEBRIEF_READS
from sim.web.limits import has_place
from sim.web.phone_commands import PHONE_CHANGES, PHONE_READS
from sim.web.room_commands import ROOM_COMMANDS
from sim.web.stage import Stage
from sim.web.studio import Studio
from sim.web.tokens import MEMBER, cookie_name, token_hash
from sim.web.worker import Failed, Refused
from sim.web.workshop_commands import WORKSHOP_CHANGES, WORKSHOP_READS

_LOG = logging.getLogger("sim.web")
TRY_LATER, TOO_FAST = 1013, 1008
_CHANGES = COMPARE_CHANGES | WORKSHOP_CHANGES | PHONE_CHANGES
_READS = COMPARE_READS | WORKSHOP_READS | PHONE_READS | DEBRIEF_READS


async def serve_socket(socket: WebSocket) -> None:
    """Serve one socket until it is closed.

    Args:
        socket: The socket, whose host and origin were checked.
    """
    studio: Studio = socket.app.state.studio
    connection = Connection(socket, *_who(studio, socket))
    if not has_place(connection.caller, [other.caller for other in studio.connections]):
        await socket.close(TRY_LATER)
        return
    studio.come(connection)
    sender: asyncio.Task[None] | None = None
    try:
        await socket.accept()
        sender = asyncio.create_task(_send(studio, connection))
        await _listen(studio, connection)
    finally:
        studio.leave_socket(connection)
        if sender:
            sender.cancel()


def _who(studio: Studio, socket: WebSocket) -> tuple[str, int | None]:
    """Role and member, by the cookies and by the view that is asked for."""
    view = socket.query_params.get("view", FACILITATOR)
    if view == "phone":
        member = _token(studio, socket, MEMBER)
        known = member and studio.current and member[1] == studio.current.room.code
        return (PLAYER, member[2]) if member and known and studio.is_present(member[2]) else (GUEST, None)
    if view in (FACILITATOR, PROJECTOR) and _token(studio, socket, FACILITATOR):
        return view, None
    return (PROJECTOR, None) if view == PROJECTOR and _token(studio, socket, PROJECTOR) else (GUEST, None)


def _token(studio: Studio, socket: WebSocket, role: str) -> tuple[str, str | None, int | None] | None:
    """What is known of the token in the cookie of a role; nothing when it is of another role."""
    cookie = socket.cookies.get(cookie_name(role, studio.options.port), "")
    token = studio.log.token(token_hash(cookie))
    return token if token and token[0] == role else None


async def _send(studio: Studio, connection: Connection) -> None:
    def next_frame(connection: Connection) -> bytes | None:
        return studio.current.room.next_frame(connection) if studio.current else None

    with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # RuntimeError: closed meanwhile
        await connection.send_all(next_frame)


async def _listen(studio: Studio, connection: Connection) -> None:
    """Take messages; each is done in a task of its own, so that a long one does not hold up the rest."""
    tasks: set[asyncio.Task[None]] = set()
    try:
        while True:
            message = await connection.socket.receive_text()
            if not connection.bucket.take():
                await connection.socket.close(TOO_FAST)
                return
            task = asyncio.create_task(_answer(studio, connection, message))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
    except (WebSocketDisconnect, KeyError):  # KeyError: a binary message, which is none of ours
        return


async def _answer(studio: Studio, connection: Connection, message: str) -> None:
    """Do one command, and say that it is done or why not; one that comes again gets the first answer."""
    try:
        command = command_in(message)
    except NotAllowed as trouble:
        connection.tell({"say": "refused", "id": "", "why": trouble.why, **trouble.details})
        return
    answer = studio.answers.known(connection.who, command["id"])
    if answer is not None:
        await answer.repeat(connection)
        return
    studio.answers.begin(connection, command["id"])
    try:
        await _first_answer(studio, connection, command)
    finally:
        studio.answers.finish(connection, command["id"])


async def _first_answer(studio: Studio, connection: Connection, command: dict[str, Any]) -> None:
    """Do a command that has not come before."""
    id = command["id"]
    try:
        fields_of(command, connection.role)
        await _do(studio, connection, command)
    except NotAllowed as trouble:
        connection.tell({"say": "refused", "id": id, "why": trouble.why, **trouble.details})
    except Refused as trouble:
        connection.tell({"say": "refused", "id": id, "why": "setting", "detail": str(trouble)})
    except Failed as trouble:
        _LOG.error("a command failed: %s", trouble)
        connection.tell({"say": "refused", "id": id, "why": "failed"})


async def _do(studio: Studio, connection: Connection, command: dict[str, Any]) -> None:
    stage = studio.current
    if command["do"] in ROOM_COMMANDS:
        await ROOM_COMMANDS[command["do"]](studio, connection, command)
    elif stage is None or connection not in stage.room.connections:
        raise NotAllowed("not_ready")
    elif command["do"] in _READS:
        await _READS[command["do"]](stage, connection, command)
    else:
        await _change(stage, connection, command)
    connection.tell({"say": "done", "id": command["id"], "seq": studio.current.room.seq if studio.current else 0})


async def _change(stage: Stage, connection: Connection, command: dict[str, Any]) -> None:
    """Do what changes the room: one at a time, and each id once."""
    async with stage.room.changing:
        if not stage.room.knows(connection.who, command["id"]):
            await _CHANGES[command["do"]](stage, connection, command)
