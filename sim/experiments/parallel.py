"""Independent work side by side, in processes where they can be forked; the order of results is that of the work."""

import multiprocessing
import os
import pickle
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from mmap import mmap
from typing import Any, TypeVar

from sim.experiments.sweep.runner.executors import begin_worker
from sim.model.phases import PhaseObserver
from sim.model.world import World
from sim.parameters.checking import count_argument
from sim.parameters.errors import RunFailed

Task = TypeVar("Task")
Done = TypeVar("Done")

_loaded: list[bool] = []  # whether this process has simulated a world, and with it loaded compiled code
_inherited: list[tuple[Callable[[Any, PhaseObserver], Any], list[Any], PhaseObserver]] = []  # what forked workers do


class Halted(Exception):
    """Work in flight was stopped because other work failed or somebody interrupted it."""


def side_by_side(
    call: Callable[[Task, PhaseObserver], Done],
    work: Iterable[Task],
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Done]:
    """Results of a call for every piece of work, in the order of the work.

    Small worlds spend most of their time in Python, which holds one thread at a time; so the work is done in forked
    processes, which need no start-up and know everything this one knows. Where a process must not be forked, as in a
    notebook whose kernel has threads, threads do it, which run together while a compiled month is simulated.

    Args:
        call: What to do with one piece; as a market's watcher its second argument stops the world when all must stop.
            Its results can be pickled.
        work: The pieces.
        workers: How many at a time; as many as the machine has processors if left out.
        progress: Called with pieces done and pieces in all.

    Raises:
        BadInput: A number of workers that is no whole number from 1 on.
        RunFailed: A process was killed, or what a piece raised cannot be handed from process to process.
    """
    workers = workers if workers is None else count_argument(workers, "workers", 1)
    pieces, stopping = list(work), mmap(-1, 1)  # memory that forked processes share

    def halt(phase: str, world: World) -> None:
        if stopping[0]:
            raise Halted(phase)

    count = min(workers or os.cpu_count() or 1, len(pieces))
    before: list[Done] = []
    if count > 1 and can_fork() and not _loaded:  # so that workers inherit compiled code and need not load it
        before.append(call(pieces[0], halt))
        _loaded.append(True)
        _tell(progress, 1, len(pieces))
    with _pool(count) as pool:
        try:
            asked = _submitted(pool, call, pieces[len(before) :], halt)
            for done, future in enumerate(as_completed(asked), start=len(before) + 1):
                future.result()
                _tell(progress, done, len(pieces))
        except BaseException as trouble:
            stopping[0] = 1
            pool.shutdown(cancel_futures=True)
            if isinstance(trouble, BrokenProcessPool):
                raise RunFailed(
                    f"one of {count} processes was killed before its work was done, perhaps because memory ran out; "
                    "give the same command again"
                ) from trouble
            raise
    return before + [future.result() for future in asked]


def _tell(progress: Callable[[int, int], None] | None, done: int, count: int) -> None:
    if progress:
        progress(done, count)


def can_fork() -> bool:
    """Whether work may be done in forked processes: on Linux, from a process of its own that has no other threads."""
    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    return sys.platform == "linux" and alone


def _pool(workers: int) -> Executor:
    if workers > 1 and can_fork():
        return ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), begin_worker)
    return ThreadPoolExecutor(max(1, workers))


def _submitted(
    pool: Executor, call: Callable[[Task, PhaseObserver], Done], pieces: list[Task], halt: PhaseObserver
) -> list["Future[Done]"]:
    if isinstance(pool, ThreadPoolExecutor):
        return [pool.submit(call, piece, halt) for piece in pieces]
    _inherited.append((call, pieces, halt))
    try:
        with warnings.catch_warnings():  # the only other threads are those of linear algebra, which handles forks
            warnings.simplefilter("ignore", DeprecationWarning)
            return [pool.submit(_do_inherited, place) for place in range(len(pieces))]
    finally:
        _inherited.pop()


def _do_inherited(place: int) -> Any:
    call, pieces, halt = _inherited[-1]
    try:
        return call(pieces[place], halt)
    except Exception as trouble:
        if _is_portable(trouble):
            raise
        raise RunFailed(f"{type(trouble).__name__}: {trouble}") from trouble


def _is_portable(trouble: Exception) -> bool:
    """Whether an exception arrives in another process as it is."""
    try:
        return type(pickle.loads(pickle.dumps(trouble))) is type(trouble)
    except Exception:  # whatever its own code does when it is copied
        return False
