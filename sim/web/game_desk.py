"""What the workers have said of a room's game: views, standings and what was bought, kept to be shown."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from sim.web.limits import Buckets
from sim.web.room import Room
from sim.web.worker import Failed, Refused, Worker
from sim.web.workshop import SeatName, Workshop

_LOG = logging.getLogger("sim.web")
QUOTES_AT_ONCE, QUOTE_EVERY = 6, 2  # of one member; seconds between two in the long run
Views = dict[str, dict[str, dict[str, Any]]]


class GameDesk:
    """Asks the workers about the game of a room; everything here can be asked again after a restart.

    Args:
        room: The room.
        looker: The worker for what is waited for.
        background: The worker for what may take longer.
    """

    def __init__(self, room: Room, looker: Worker, background: Worker) -> None:
        self.room, self.looker, self.background = room, looker, background
        self.design: dict[str, Any] = {}
        self.quotes = Buckets(QUOTES_AT_ONCE, 1 / QUOTE_EVERY)
        self._tasks: set[asyncio.Task[None]] = set()
        self.forget()

    def forget(self) -> None:
        """Nothing is known of the game any more."""
        self.views: Views = {}
        self.views_before: Views = {}
        self.standing: dict[str, Any] | None = None
        self.history: list[dict[str, Any]] = []
        self.bought: dict[SeatName, list[dict[str, Any]]] = {}

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that nobody waits for; trouble is written on the console.

        Args:
            work: What is done.
        """
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def game(self) -> Workshop:
        """The game of the room, which must be there."""
        assert self.room.workshop is not None
        return self.room.workshop

    async def ask(self, task: str, **arguments: Any) -> Any:
        """What a worker says of the game as it stands.

        Args:
            task: Name of the task.
            arguments: What it is given beside the game.
        """
        return await self.looker.ask(task, record=self.game.record, **arguments)

    async def look(self) -> None:
        """Ask for views and standing after the last round."""
        game = self.game
        if not self.design:
            self.design = await self.ask("game_rules")
        reply = await self.ask("game_standing", entries=game.entries, episode=game.episode)
        self.views, self.views_before = reply["views"], reply["before"]
        self.standing, self.history = reply["standing"], reply["history"]

    async def buy(self, where: SeatName, buy: dict[str, Any]) -> dict[str, Any]:
        """What is bought, as a phone shows it.

        Args:
            where: Team and department that buy.
            buy: What.
        """
        game = self.game
        arguments = {"entries": game.entries, "episode": game.episode, "team": where[0]}
        reply: dict[str, Any] = await self.ask("game_buy", **arguments, buy=buy)
        return reply

    async def check(self, where: SeatName, choice: dict[str, Any]) -> None:
        """Refuse a choice that the role may not make.

        Args:
            where: Team and department.
            choice: What it would send.

        Raises:
            Refused: Says what was found and what is allowed.
        """
        seat = {"team": where[0], "department": where[1]}
        await self.ask("game_check", episode=self.game.episode, **seat, choice=choice)

    async def restore(self) -> None:
        """After a restart: ask again for all that was known."""
        await self.look()
        for where, seat in self.game.seats.items():
            self.bought[where] = [await self.buy(where, buy) for buy in seat.buys]


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except (Failed, Refused) as trouble:
        _LOG.error("work in the background failed: %s", trouble)
