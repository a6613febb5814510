"""Independent work side by side: compiled months let other threads run; the order of results is that of the work."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import TypeVar

from sim.model.month import PhaseObserver
from sim.model.world import World
from sim.parameters.checking import count_argument

Task = TypeVar("Task")
Done = TypeVar("Done")


class Halted(Exception):
    """Work in flight was stopped because other work failed or somebody interrupted it."""


def side_by_side(
    call: Callable[[Task, PhaseObserver], Done],
    work: Iterable[Task],
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Done]:
    """Results of a call for every piece of work, in the order of the work.

    Args:
        call: What to do with one piece; as a market's watcher its second argument stops the world when all must stop.
        work: The pieces.
        workers: How many at a time; as many as the machine has processors if left out.
        progress: Called with pieces done and pieces in all.

    Raises:
        BadInput: A number of workers that is no whole number from 1 on.
    """
    workers = workers if workers is None else count_argument(workers, "workers", 1)
    pieces, stopping = list(work), Event()

    def halt(phase: str, world: World) -> None:
        if stopping.is_set():
            raise Halted(phase)

    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        asked = [pool.submit(call, piece, halt) for piece in pieces]
        try:
            for done, future in enumerate(as_completed(asked), start=1):
                future.result()
                if progress:
                    progress(done, len(pieces))
        except BaseException:
            stopping.set()
            pool.shutdown(cancel_futures=True)
            raise
    return [future.result() for future in asked]
