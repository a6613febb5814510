"""Scripts of the first minute by the keys of the two timelines; each is computed once, whoever asks."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sim.web.connection import Connection

OpeningKey = tuple[str, ...]
OpeningScript = dict[str, Any]


class OpeningScripts:
    """The scripts that are known, the surest of each pair, and who waits for surer ones."""

    def __init__(self) -> None:
        self.scripts: dict[OpeningKey, OpeningScript] = {}
        self.asking: dict[OpeningKey, list[Connection]] = {}  # by the pair whose script gets surer now
        self.sure: set[OpeningKey] = set()  # pairs whose script gets no surer
        self._first: dict[OpeningKey, asyncio.Future[OpeningScript]] = {}

    async def script(self, key: OpeningKey, compute: Callable[[], Awaitable[OpeningScript]]) -> OpeningScript:
        """The surest script of a pair so far; who asks while the first is computed waits for the same.

        Args:
            key: Of the pair.
            compute: Computes the first script.
        """
        if key not in self.scripts:
            if key not in self._first:
                self._first[key] = asyncio.ensure_future(compute())
                self._first[key].add_done_callback(lambda _: self._first.pop(key, None))
            self.scripts.setdefault(key, await asyncio.shield(self._first[key]))
        return self.scripts[key]

    def begins(self, key: OpeningKey, asker: Connection) -> bool:
        """Note that somebody waits for surer scripts; whether they have to be computed from now on.

        Args:
            key: Of the pair.
            asker: Who waits.
        """
        new = key not in self.asking and key not in self.sure
        if key not in self.sure:
            self.asking.setdefault(key, []).append(asker)
        return new
