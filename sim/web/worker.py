"""A worker seen from the server: requests go to a process of its own, which is begun again when it dies."""

import asyncio
import itertools
import logging
import multiprocessing
import threading
from collections.abc import AsyncIterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sim.web.requests import DONE, FAILED, ITEM, REFUSED, Request, Stop, WorkerAnswer
from sim.web.worker_process import work

_LOG = logging.getLogger("sim.web")
_PATIENCE = 1.0  # seconds in which a process that hung up ends
_MOST_DEATHS = 2  # a request that has seen this many workers die is given up


class Refused(Exception):
    """What was asked cannot be done; the text says why."""


class Failed(Exception):
    """The work broke down; the text is for the console, not for the page."""


class _Open:
    """A request that is not answered in full."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.answers: asyncio.Queue[WorkerAnswer] = asyncio.Queue()
        self.deaths = 0


class Worker:
    """One process that computes.

    Args:
        name: For messages on the console.
        patience: How much it stands back behind other processes (`os.nice`).
    """

    def __init__(self, name: str, patience: int = 0) -> None:
        self.name, self.patience = name, patience
        self._numbers = itertools.count(1)
        self._open: dict[int, _Open] = {}
        self._closing = False
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Begin the process; to be called inside the running event loop."""
        self._loop = asyncio.get_running_loop()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=work, args=(theirs, self.patience), name=f"studio {self.name}", daemon=True
        )
        self._process.start()
        theirs.close()
        threading.Thread(target=self._listen, args=(self._pipe,), daemon=True).start()

    @property
    def process_number(self) -> int | None:
        """Number of the process that computes now; none before it is begun."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process."""
        self._closing = True
        if self._process:
            self._pipe.close()
            self._process.terminate()

    async def ask(self, task: str, **arguments: Any) -> Any:
        """The one value that a task gives.

        Args:
            task: Name of the task.
            arguments: What the task is given.

        Raises:
            Refused: The input cannot be used.
            Failed: The work broke down.
        """
        return [value async for value in self.stream(task, **arguments)][-1]

    async def stream(self, task: str, **arguments: Any) -> AsyncIterator[Any]:
        """All values that a task gives, as they come; leaving the loop gives the task up.

        Args:
            task: Name of the task.
            arguments: What the task is given.

        Raises:
            Refused: The input cannot be used.
            Failed: The work broke down.
        """
        begun = _Open(Request(next(self._numbers), task, arguments))
        self._open[begun.request.number] = begun
        self._send(begun.request)
        try:
            while (answer := await begun.answers.get()).kind == ITEM:
                if answer.value is not None:  # None: only a pause in which something newer could begin
                    yield answer.value
            del self._open[begun.request.number]
            _raise_trouble(answer)
        finally:
            if self._open.pop(begun.request.number, None):
                self._send(Stop(begun.request.number))

    def _send(self, message: Request | Stop) -> None:
        try:
            self._pipe.send(message)
        except OSError:  # the process has died: its listener sends all open requests to the next one
            _LOG.debug("worker %s took no message", self.name)

    def _listen(self, pipe: Connection) -> None:
        """Hand answers to the event loop; runs in a thread."""
        try:
            while True:
                self._loop.call_soon_threadsafe(self._take, pipe.recv())
        except (EOFError, OSError, RuntimeError):  # RuntimeError: the loop is closed
            if not self._closing and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._loop.call_later, _PATIENCE, self._begin_again)

    def _take(self, answer: WorkerAnswer) -> None:
        if answer.number in self._open:
            self._open[answer.number].answers.put_nowait(answer)

    def _begin_again(self) -> None:
        """A new process, which is sent what was not answered."""
        if self._closing or self._process is None:
            return
        self._process.join(0)
        _LOG.warning("worker %s died (exit code %s) and is begun again", self.name, self._process.exitcode)
        self._process.kill()  # one that hung up and lives on would compute for nobody
        self.start()
        for begun in list(self._open.values()):
            begun.deaths += 1
            if begun.deaths < _MOST_DEATHS:
                self._send(begun.request)
            else:
                self._take(WorkerAnswer(begun.request.number, FAILED, f"{begun.request.task}: the process died twice"))


def _raise_trouble(answer: WorkerAnswer) -> None:
    if answer.kind == REFUSED:
        raise Refused(answer.value)
    if answer.kind == FAILED:
        raise Failed(answer.value)
    assert answer.kind == DONE
