"""The process that computes: it goes on with the newest request and looks for others between two steps."""

import os
import signal
import traceback
from collections.abc import Iterator
from inspect import signature
from multiprocessing.connection import Connection
from pickle import PicklingError
from typing import Any

from sim.parameters.errors import BadInput, RunFailed
from sim.web.requests import DONE, FAILED, ITEM, REFUSED, Request, Stop, WorkerAnswer, WorkProgress


def work(pipe: Connection, patience: int) -> None:
    """Answer requests until the pipe is closed.

    Args:
        pipe: Where requests come from and answers go.
        patience: How much this process stands back behind others.
    """
    if patience and hasattr(os, "nice"):
        os.nice(patience)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the pipe
    begun: dict[int, Iterator[Any]] = {}
    try:
        while True:
            _take_requests(pipe, begun, patience=0 if begun else None)
            _advance_newest(pipe, begun)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _take_requests(pipe: Connection, begun: dict[int, Iterator[Any]], patience: int | None) -> None:
    """Take what has come.

    Args:
        pipe: Where requests come from.
        begun: What is at hand, to which they are added.
        patience: How long the first is waited for; none without end. [seconds]
    """
    while pipe.poll(patience):
        patience = 0
        message: Request | Stop = pipe.recv()
        if isinstance(message, Stop):
            begun.pop(message.number, None)
        else:
            begun[message.number] = _steps(message, pipe, begun)


def _steps(request: Request, pipe: Connection, begun: dict[int, Iterator[Any]]) -> Iterator[Any]:
    """The steps of a task; the model is loaded when the first one begins."""
    from sim.web.tasks import TASKS

    def tell(done: int, of: int) -> None:
        """How far a step is that takes long; it ends here when its request was given up."""
        pipe.send(WorkerAnswer(request.number, ITEM, WorkProgress(done, of)))
        _take_requests(pipe, begun, patience=0)
        if request.number not in begun:
            raise _GivenUp

    task = TASKS[request.task]
    added = {"tell": tell} if "tell" in signature(task).parameters else {}
    yield from task(**request.arguments, **added)


class _GivenUp(Exception):
    """Nobody waits for this any more."""


def _advance_newest(pipe: Connection, begun: dict[int, Iterator[Any]]) -> None:
    """One step of the newest request."""
    if not begun:
        return
    number = max(begun)
    answer = _next_answer(number, begun[number])
    try:
        pipe.send(answer)
    except (PicklingError, TypeError, AttributeError) as trouble:  # a value that no pipe takes; nothing was sent
        answer = WorkerAnswer(number, FAILED, f"the answer cannot be sent: {trouble}")
        pipe.send(answer)
    if answer.kind != ITEM:
        begun.pop(number, None)


def _next_answer(number: int, steps: Iterator[Any]) -> WorkerAnswer:
    try:
        return WorkerAnswer(number, ITEM, next(steps))
    except StopIteration:
        return WorkerAnswer(number, DONE, None)
    except BadInput as trouble:
        return WorkerAnswer(number, REFUSED, str(trouble))
    except RunFailed as trouble:
        return WorkerAnswer(number, FAILED, str(trouble))
    except Exception:  # whatever it was, the others' requests go on
        return WorkerAnswer(number, FAILED, traceback.format_exc())
