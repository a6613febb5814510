"""What a facilitator does with rooms: begin another, delete one, open a projector."""

from collections.abc import Awaitable, Callable
from typing import Any

from sim.web.commands_allowed import NotAllowed
from sim.web.connection import Connection
from sim.web.studio import Studio
from sim.web.tokens import PROJECTOR, new_link

WebCommand = dict[str, Any]
RoomHandler = Callable[[Studio, Connection, WebCommand], Awaitable[None]]


async def new_room(studio: Studio, sender: Connection, command: WebCommand) -> None:
    """Begin another room; who is in the one before is greeted there, phones must join again."""
    await studio.begin_room()


async def delete_room(studio: Studio, sender: Connection, command: WebCommand) -> None:
    """Delete a room with everything that belongs to it; after the current one another begins."""
    code = command["code"]
    if code not in {known for known, _ in studio.log.rooms()}:
        raise NotAllowed("field", field="code", allowed="code of a room")
    await studio.delete_room(code)


async def projector(studio: Studio, sender: Connection, command: WebCommand) -> None:
    """A link that opens the projector's view once, also on another machine."""
    address = studio.options.join_address or f"http://127.0.0.1:{studio.options.port}"
    link = f"{address}/projector#start={new_link(studio.log, PROJECTOR)}"
    sender.tell({"say": "projector", "id": command["id"], "address": link})


ROOM_COMMANDS: dict[str, RoomHandler] = {"new_room": new_room, "delete_room": delete_room, "projector": projector}
