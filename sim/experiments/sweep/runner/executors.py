"""Where chunks are done: processes of this machine, or the workers of a Dask scheduler; both are executors."""

import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from multiprocessing.connection import wait
from typing import Any

from sim.parameters import BadInput
from sim.parameters.checking import count_argument
from sim.simulation.guard import RunFailed

MOST_WORKERS = 1024
LOCAL, DASK = "local", "dask:"
Maker = Callable[[], AbstractContextManager[Executor]]


def find_executor(name: str | Executor, workers: int | None) -> tuple[Maker, int]:
    """How to get the executor of that name, and how many workers it has.

    Args:
        name: ``local``, or ``dask:ADDRESS`` of a scheduler, or an executor of yours, which stays open.
        workers: Processes of a local executor; as many as there are processors if left out.

    Raises:
        BadInput: No such executor, too few workers, or a scheduler that cannot be reached.
    """
    if workers is not None:
        workers = count_argument(workers, "workers", 1, MOST_WORKERS)
    if isinstance(name, Executor):
        return lambda: nullcontext(name), workers or 1
    if name == LOCAL:
        count = workers or os.cpu_count() or 1
        return lambda: local_pool(count), count
    if name.startswith(DASK):
        return _dask(name.removeprefix(DASK))
    raise BadInput(f"--executor is {name!r}; allowed are {LOCAL} and {DASK}ADDRESS, such as dask:tcp://10.0.0.1:8786")


class OneWorker(Executor):
    """Does what is submitted at once, in this process."""

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Call, and return the result or the exception."""
        future: Future[Any] = Future()
        try:
            future.set_result(call(*arguments, **named))
        except Exception as trouble:
            future.set_exception(trouble)
        return future


def in_this_process() -> AbstractContextManager[Executor]:
    """One worker that needs no process of its own; a run that kills it ends the sweep, which can be gone on with."""
    return nullcontext(OneWorker())


@contextmanager
def local_pool(workers: int) -> Iterator[Executor]:
    """Processes of this machine, started afresh; they end when this process does, however it ends."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=begin_worker)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def begin_worker() -> None:
    """Leave Ctrl-C and standard output to the parent, and end with it; what is inherited is not tidied again."""
    gc.freeze()
    os.dup2(2, 1)  # results are the parent's; what a policy prints is a message
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: Any) -> None:
    wait([sentinel])
    os._exit(1)


def _dask(address: str) -> tuple[Maker, int]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise BadInput('--executor dask needs the extra: pip install "customer-centricity[cluster]"') from None
    try:
        client = distributed.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as trouble:
        raise BadInput(f"--executor dask:{address}: the scheduler cannot be reached ({trouble})") from trouble
    workers = len(client.scheduler_info(n_workers=-1)["workers"])
    if not workers:
        client.close()
        raise BadInput(f"--executor dask:{address}: there are no workers; start some with dask worker {address}")

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is told by the sweep itself

    @contextmanager
    def made() -> Iterator[Executor]:
        if client.status != "running":
            raise RunFailed(f"the scheduler at {address} is lost; what is committed is kept, the same command resumes")
        with client, client.get_executor(pure=False) as executor:
            yield executor

    return made, workers
