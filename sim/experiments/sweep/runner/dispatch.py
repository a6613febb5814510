"""Chunks out, receipts in: a bounded number in flight, sized by time; a broken executor is made again."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import ExitStack

from sim.experiments.sweep.runner.chunk import Chunk, Receipt, do_chunk
from sim.experiments.sweep.runner.executors import Maker
from sim.experiments.sweep.runner.marks import Marks
from sim.experiments.sweep.store.one_run import Run
from sim.simulation.guard import RunFailed

AIM = 2.0  # seconds of a chunk
MOST_RUNS = 2_000  # of a chunk
MOST_FRUITLESS = 10  # breakdowns in a row during which no run was at work
DIES_AT_ONCE = (
    "worker processes die before they begin a run. Is there memory enough? Try fewer --workers. A script that calls "
    'sim.sweep must do so under if __name__ == "__main__", for workers read it too; it cannot come from standard input'
)


class Dispatcher:
    """Does runs on an executor until none is left.

    Args:
        maker: Makes the executor, again when it broke.
        workers: Workers of the executor.
        chunked: Makes a chunk of runs.
        received: Called with every receipt, and with None about once a second.
        fixed: Runs of a chunk; sized by time if left out.
    """

    def __init__(
        self,
        maker: Maker,
        workers: int,
        chunked: Callable[[Iterable[Run]], Chunk],
        received: Callable[[Receipt | None], None],
        fixed: int | None = None,
    ) -> None:
        self.maker, self.workers, self.chunked, self.received, self.fixed = maker, workers, chunked, received, fixed
        self.again: deque[Chunk] = deque()
        self.suspects: deque[Chunk] = deque()
        self.on_trial: Chunk | None = None
        self.flying: dict[Future[Receipt], Chunk] = {}
        self.seconds_of_run = math.inf  # not known yet
        self.fruitless = 0

    def do(self, runs: Iterable[Run], count: int) -> None:
        """Do runs.

        Args:
            runs: The runs.
            count: How many they are.

        Raises:
            BadInput: A worker has other code.
            OSError: The folder cannot be written.
            RunFailed: Workers die before they begin, or the scheduler is lost.
        """
        self.left, todo = count, iter(runs)
        while True:
            with ExitStack() as stack:
                executor = stack.enter_context(self.maker())
                if not self._broke(executor, todo):
                    return

    def _broke(self, executor: Executor, todo: Iterator[Run]) -> bool:
        """Do what is left; True when the executor broke."""
        try:
            while self._fly(executor, todo) or self.flying:
                self._land()
                self.received(None)
        except BrokenExecutor:
            return self._sort_out(list(self.flying.values()))
        return False

    def _fly(self, executor: Executor, todo: Iterator[Run]) -> bool:
        """Submit as many chunks as may be in flight, one alone while there is a suspect. True if any was submitted."""
        submitted = False
        while len(self.flying) < self._most() and (chunk := self._next(todo)):
            try:
                self.flying[executor.submit(do_chunk, chunk)] = chunk
            except BrokenExecutor:
                self.again.appendleft(chunk)
                raise
            submitted = True
        return submitted

    def _most(self) -> int:
        on_trial = self.on_trial in self.flying.values() if self.on_trial else False
        return 1 if self.suspects or on_trial else 2 * self.workers + 1

    def _next(self, todo: Iterator[Run]) -> Chunk | None:
        if self.suspects:
            self.on_trial = self.suspects.popleft()
            return self.on_trial
        if self.again:
            return self.again.popleft()
        taken = [run for _, run in zip(range(self._size()), todo, strict=False)]
        self.left -= len(taken)
        return self.chunked(taken) if taken else None

    def _size(self) -> int:
        """Runs of the next chunk: some seconds of work, fewer when little is left, one until a run was timed."""
        if self.fixed:
            return self.fixed
        fair = math.ceil(self.left / (2 * self.workers))
        return max(1, min(int(AIM / max(self.seconds_of_run, 1e-6)), fair, MOST_RUNS))

    def _land(self) -> None:
        done, _ = wait(self.flying, timeout=1.0, return_when=FIRST_COMPLETED)
        for future in done:
            self._take(future)

    def _take(self, future: Future[Receipt]) -> None:
        try:
            receipt = future.result()
        except BrokenExecutor:
            raise
        except CancelledError:
            raise RunFailed("the executor is lost; what is committed is kept, the same command resumes") from None
        except Exception as trouble:
            if not is_death(trouble):
                raise
            self._sort_out([self.flying.pop(future)])
            return
        del self.flying[future]
        self.fruitless = 0
        latest = receipt.seconds / max(1, receipt.done)
        self.seconds_of_run = latest if math.isinf(self.seconds_of_run) else (self.seconds_of_run + latest) / 2.0
        self.received(receipt)

    def _sort_out(self, chunks: list[Chunk]) -> bool:
        """Chunks whose worker died during a run are tried alone, the others simply again."""
        begun = [chunk for chunk in chunks if Marks.of(chunk.folder, chunk.name).started()]
        self.suspects.extend(begun)
        self.again.extend(chunk for chunk in chunks if chunk not in begun)
        self.flying = {future: chunk for future, chunk in self.flying.items() if chunk not in chunks}
        self.fruitless = 0 if begun else self.fruitless + 1
        if self.fruitless > MOST_FRUITLESS:
            raise RunFailed(DIES_AT_ONCE)
        time.sleep(0.1 * self.fruitless)
        return True


def is_death(trouble: BaseException) -> bool:
    """Whether an exception means that a worker died, not that the chunk failed."""
    return type(trouble).__name__ in ("KilledWorker", "LostWorker")
