"""Answers to commands, kept so that a command that comes again is answered as it was, and not done again."""

import asyncio
from collections import OrderedDict
from typing import Any

from sim.web.audience import AUDIENCE
from sim.web.connection import Connection

MOST_KEPT = 40  # commands of one sender


class CommandAnswer:
    """All that one command was answered.

    Args:
        asker: The connection that is told while the command is done.
    """

    def __init__(self, asker: Connection) -> None:
        self.asker = asker
        self.messages: list[dict[str, Any]] = []
        self.finished = asyncio.Event()

    async def repeat(self, asker: Connection) -> None:
        """Tell it again, once it is whole; on a line that is told it anyway nothing is said twice.

        Args:
            asker: Who has sent the command again.
        """
        if asker is self.asker and not self.finished.is_set():
            return
        self.asker = asker
        await self.finished.wait()
        for message in self.messages:
            if asker.role in AUDIENCE[message["say"]]:
                asker.tell(message)


class AnswerBook:
    """The answers of a studio, by sender and by the sender's name for the command."""

    def __init__(self) -> None:
        self._kept: dict[str, OrderedDict[str, CommandAnswer]] = {}

    def known(self, who: str, id: str) -> CommandAnswer | None:
        """What a command is or was answered; None when it has not come before, or long ago.

        Args:
            who: Its sender.
            id: The sender's name for it.
        """
        return self._kept.get(who, OrderedDict()).get(id)

    def begin(self, asker: Connection, id: str) -> None:
        """Keep what a connection is told about a command from now on.

        Args:
            asker: Who has sent it.
            id: The sender's name for it.
        """
        answer = CommandAnswer(asker)
        own = self._kept.setdefault(asker.who, OrderedDict())
        own[id] = answer
        asker.answering[id] = answer.messages
        while len(own) > MOST_KEPT:
            own.popitem(last=False)

    def finish(self, asker: Connection, id: str) -> None:
        """The command is answered in full; one that broke down without an answer may be done again.

        Args:
            asker: Who has sent it.
            id: The sender's name for it.
        """
        del asker.answering[id]
        answer = self.known(asker.who, id)
        if answer is None:
            return
        answer.finished.set()
        if not answer.messages:
            del self._kept[asker.who][id]

    def forget(self) -> None:
        """Forget all that is answered in full: its room is gone, or others have come."""
        for own in self._kept.values():
            for id in [id for id, answer in own.items() if answer.finished.is_set()]:
                del own[id]
