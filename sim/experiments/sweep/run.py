"""A sweep: an experiment run on an executor into a folder."""

import sys
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.result import Sweep
from sim.experiments.sweep.runner.chunk import SESSION, Chunk, Receipt
from sim.experiments.sweep.runner.dispatch import Dispatcher
from sim.experiments.sweep.runner.executors import LOCAL, Maker, find_executor, in_this_process
from sim.experiments.sweep.runner.progress import Progress, Show, Watch
from sim.experiments.sweep.runner.sending import (
    UNGUARDED,
    is_unguarded,
    modules_for,
    modules_to_send,
    refuse_of_script,
    refuse_unsendable,
)
from sim.experiments.sweep.stopping import ROUND, enough
from sim.experiments.sweep.store.cleaning import finished_runs, forget_failures, tidy
from sim.experiments.sweep.store.folder import layout_of, manifest, open_folder, runs_of, write_design
from sim.experiments.sweep.store.lock import alone
from sim.experiments.sweep.store.one_run import Live, Run, simulate_run
from sim.experiments.sweep.store.parts import OK
from sim.experiments.sweep.store.present import keep_present
from sim.experiments.sweep.store.research_crate import write_crate
from sim.experiments.sweep.store.tables import read_design
from sim.files.atomic_file import commit_text
from sim.files.notebook import shown_line
from sim.parameters import BadInput

How = tuple[Maker, int, int | None]  # executor, workers, runs of a chunk


def sweep(
    experiment: Experiment | str | Path,
    folder: str | Path | None = None,
    workers: int | None = None,
    executor: str | Executor = LOCAL,
    progress: Show | None = None,
    chunk: int | None = None,
    retry: bool = False,
    live: Live = simulate_run,
    command: Sequence[str] | None = None,
) -> Sweep:
    """Live what is missing of an experiment in a folder.

    Args:
        experiment: The experiment, or its name in the box or a path.
        folder: Where to; ``results/sweeps/NAME`` if left out.
        workers: Processes; as many as there are processors if left out.
        executor: ``local``, ``dask:ADDRESS`` of a scheduler whose workers see the folder under the same path, or any
            executor, whose workers import the modules of registered policies; one of threads must have one worker.
        progress: Called about once a second; in a notebook a line of text if left out.
        chunk: Runs of a chunk; sized by time if left out.
        retry: Whether runs that failed before are lived again.
        live: How a run is lived; must be importable in the workers.
        command: Command to tell in the manifest; that of this process if left out.

    Raises:
        BadInput: Anything wrong in the experiment, a folder of another sweep, or one that is at work.
        OSError: The folder cannot be written.
        RunFailed: Workers die before they begin, or the scheduler is lost; what is committed is kept.
    """
    wanted = experiment if isinstance(experiment, Experiment) else Experiment.load(experiment)
    place = folder_of(wanted, folder).absolute()
    if chunk is not None and chunk < 1:
        raise BadInput(f"chunk is {chunk}; at least 1 run is needed")
    maker, count = find_executor(executor, workers)
    modules: tuple[str, ...] = ()
    if executor == LOCAL and count == 1 and must_stay(wanted, live):
        maker = in_this_process
    elif executor == LOCAL:
        modules = prepared_to_send(wanted, live)
    elif isinstance(executor, str):
        modules = prepared_for_cluster(wanted, live)
    else:
        modules = modules_for(executor, wanted.policies, live)
    open_folder(place, wanted, sys.argv if command is None else command)
    with alone(place):
        tidy(place)
        if retry:
            forget_failures(place)
        try:
            chunked = _chunker(wanted, place, live, modules)
            show = progress or shown_line(lambda now: bool(now.done == now.total))
            _live_missing(wanted, place, chunked, (maker, count, chunk), show)
        finally:
            write_crate(place)
    return Sweep(place)


def folder_of(experiment: Experiment, folder: str | Path | None) -> Path:
    """The folder asked for, or the usual one."""
    return Path(folder) if folder is not None else Path("results") / "sweeps" / experiment.name


def _live_missing(
    experiment: Experiment, folder: Path, chunked: Callable[[Iterable[Run]], Chunk], how: How, show: Show | None
) -> None:
    """Live round by round until there are replications enough; without a stopping rule all are one round."""
    rule = experiment.stopping
    upto = rule.minimum + rule.look_ahead if rule else experiment.replications
    keep_present(folder, layout_of(experiment), runs_of(experiment))
    while True:
        runs = list(runs_of(experiment, range(min(upto, experiment.replications))))
        write_design(folder, experiment, runs)
        _live_round(runs, folder, chunked, how, show)
        if upto >= experiment.replications or enough(experiment, Sweep(folder).runs):
            return
        upto += ROUND


def _live_round(
    runs: Sequence[Run],
    folder: Path,
    chunked: Callable[[Iterable[Run]], Chunk],
    how: How,
    show: Show | None,
) -> None:
    finished = finished_runs(folder)
    missing = together(run for run in runs if run.key not in finished)
    all_keys = {run.key for run in runs}
    failed = sum(finished.get(key, OK) != OK for key in all_keys)
    watch = Watch(folder, len(all_keys), len(all_keys) - len(missing), failed, show)

    def received(receipt: Receipt | None) -> None:
        if receipt is not None:
            watch.add(receipt.done, receipt.failed)
        watch.tell()

    maker, workers, size = how
    if missing:
        Dispatcher(maker, workers, chunked, received, size).do(missing.values(), len(missing))
    watch.tell(every=0.0)


def together(runs: Iterable[Run]) -> dict[str, Run]:
    """Runs by key; points whose world is the same share one."""
    results: dict[str, Run] = {}
    for run in runs:
        first = results.setdefault(run.key, run)
        if first is not run:
            results[run.key] = replace(first, twins=(*first.twins, run.labels))
    return results


def must_stay(experiment: Experiment, live: Live) -> bool:
    """Whether runs must stay in this process, because workers cannot start from this script or see a policy."""
    try:
        prepared_to_send(experiment, live)
    except BadInput:
        return True
    return False


def prepared_to_send(experiment: Experiment, live: Live) -> tuple[str, ...]:
    """Modules that worker processes must import first.

    Raises:
        BadInput: The call is one that every worker would repeat, or something cannot be sent to a worker.
    """
    if is_unguarded():
        raise BadInput(UNGUARDED)
    refuse_unsendable(live, "live")
    return modules_to_send(experiment.policies)


def prepared_for_cluster(experiment: Experiment, live: Live) -> tuple[str, ...]:
    """Modules that workers of a cluster must import first; they do not read the script that asks.

    Raises:
        BadInput: Something cannot be sent to a worker.
    """
    refuse_unsendable(live, "live")
    refuse_of_script(experiment.policies)
    return modules_to_send(experiment.policies)


def _chunker(experiment: Experiment, folder: Path, live: Live, modules: tuple[str, ...]) -> partial[Chunk]:
    session = uuid.uuid4().hex
    commit_text(folder / SESSION, session)
    return partial(
        _chunk,
        common={
            "folder": folder,
            "session": session,
            "code": manifest(folder)["identity"]["code"],
            "layout": layout_of(experiment),
            "bases": experiment.bases,
            "limit": experiment.limit,
            "live": live,
            "modules": modules,
        },
    )


def _chunk(runs: Iterable[Run], common: dict[str, Any]) -> Chunk:
    return Chunk(runs=tuple(runs), **common)


def progress_of(folder: Path) -> Progress:
    """How far a sweep is by what is committed; rate and time are not known from that."""
    finished = finished_runs(folder)
    keys = set(read_design(folder)["key"])
    bad = sum(finished[key] != OK for key in keys & finished.keys())
    return Progress(len(keys), len(keys & finished.keys()), bad, 0.0, 0.0)
