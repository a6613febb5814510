"""A chunk of runs in a worker: simulate each, commit all, and mark the run at work."""

import functools
import gc
import hashlib
import multiprocessing
import socket
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sim.experiments.sweep.design.outcomes import MeasureColumns
from sim.experiments.sweep.runner.marks import Marks
from sim.experiments.sweep.runner.sending import import_all
from sim.experiments.sweep.store.keys import model_hash, run_key, world_digest
from sim.experiments.sweep.store.one_run import Live, Run, ready
from sim.experiments.sweep.store.parts import FAILED, OK, Recorded, StoreLayout, write_part
from sim.parameters import BadInput, Scenario
from sim.policies.file_access import noted_reads
from sim.policies.sources import code_files, has_own_code, undeclared_reads

SESSION = "session"
MOST_SWEEPS = 3  # whose scenarios are kept, since several may share a worker
MOST_KNOWN = 100  # scenarios kept, so that the memory of a worker stays flat
ONE_AT_A_TIME = threading.Lock()  # a process has one watchdog


@dataclass(frozen=True)
class Chunk:
    """Runs that one worker simulates and commits together.

    Args:
        folder: Folder of the sweep.
        session: Name of the process that asked; a worker of an older one gives up.
        code: Hash of the model's code that must be lived.
        runs: The runs.
        layout: MeasureColumns of the parts.
        bases: Scenarios that points start from.
        limit: Longest time that a run may take. [s]
        live: How a run is lived.
        modules: Modules that register policies of the sweep.
    """

    folder: Path
    session: str
    code: str
    runs: tuple[Run, ...]
    layout: StoreLayout
    bases: Mapping[str, Scenario]
    limit: float
    live: Live
    modules: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of its parts: the same runs have the same name."""
        keys = "".join(sorted(run.key for run in self.runs))
        return f"part-{hashlib.blake2b(keys.encode(), digest_size=12).hexdigest()}"


class Receipt(NamedTuple):
    """Report of a worker: runs committed, runs failed, and their time. [s]"""

    done: int
    failed: int
    seconds: float


def do_chunk(chunk: Chunk) -> Receipt:
    """Live a chunk and commit it; runs that killed an earlier attempt too often are recorded and left out.

    Raises:
        BadInput: The worker has other code than the process that asked.
        OSError: The folder cannot be written.
    """
    if model_hash() != chunk.code:
        raise BadInput(f"worker {socket.gethostname()} has model code {model_hash()}; the sweep needs {chunk.code}")
    import_all(chunk.modules)
    with ONE_AT_A_TIME:
        prepare_process()
        started = time.perf_counter()
        marks = Marks.of(chunk.folder, chunk.name)
        given_up = marks.given_up()
        worlds = worlds_of(chunk.session, chunk.bases)
        done = [_record(chunk, run, marks, given_up, worlds) for run in chunk.runs]
        marks.rest()
    refuse_changed_code(chunk, worlds)
    refuse_unknown_files(chunk, worlds)
    if (chunk.folder / SESSION).read_text(encoding="utf-8") == chunk.session:
        write_part(chunk.folder, chunk.name, chunk.layout, done, socket.gethostname())
    marks.clear()
    return Receipt(len(done), sum(record.status != OK for record in done), time.perf_counter() - started)


def refuse_changed_code(chunk: Chunk, worlds: "ScenarioCache") -> None:
    """Stop before committing runs during which the code of a user, or a file that it names, changed.

    Raises:
        BadInput: The key of a run names other code than there is now.
    """
    code = model_hash()
    for run, scenario in _with_own_code(chunk, worlds):
        if run_key(world_digest(scenario), run.seed, run.replicate, code) != run.key:
            raise BadInput(
                f"the code of a policy of {run.base} changed while the sweep ran; the same command repeats its runs"
            )


def refuse_unknown_files(chunk: Chunk, worlds: "ScenarioCache") -> None:
    """Stop before runs are committed whose policies or customers read a file that no key knows.

    Raises:
        BadInput: Names the file and how to make it known.
    """
    for run, scenario in _with_own_code(chunk, worlds):
        unknown = undeclared_reads(scenario, worlds.reads.get(run.point, ()))
        if unknown:
            raise BadInput(
                f"a policy or class of customers of {run.base} reads {unknown[0]}, and a change of that file would go "
                "unseen; name the file in the class by its path from there, such as "
                f"files = ({unknown[0].name!r},), so that runs are known by its content"
            )


def _with_own_code(chunk: Chunk, worlds: "ScenarioCache") -> Iterator[tuple[Run, Scenario]]:
    """Runs in which code of a user's takes part, with their worlds; not those that are recorded as failed."""
    for run in chunk.runs:
        try:
            scenario = worlds.of(run)
        except BadInput:
            continue
        if has_own_code(scenario):
            yield run, scenario


def _simulate_with_own_code(chunk: Chunk, run: Run, scenario: Scenario, worlds: "ScenarioCache") -> MeasureColumns:
    """The monthly table of a run; files that users' code reads meanwhile are noted with the worlds."""
    if not has_own_code(scenario):
        return chunk.live(run, scenario)
    with noted_reads(map(str, code_files(scenario))) as files:
        columns = chunk.live(run, scenario)
    worlds.reads.setdefault(run.point, set()).update(files)
    return columns


@functools.cache
def prepare_process() -> None:
    """Be ready, once a process; a worker's libraries are not looked through again each time that memory is tidied."""
    ready()
    if multiprocessing.parent_process() is not None:
        gc.freeze()


class ScenarioCache:
    """The scenarios of points, made once as long as there are few.

    Args:
        session: Name of the process that asked for them.
        bases: Scenarios that points start from.
    """

    def __init__(self, session: str, bases: Mapping[str, Scenario]) -> None:
        self.session, self.bases = session, bases
        self.known: dict[int, Scenario] = {}
        self.reads: dict[int, set[Path]] = {}  # files that users' code read, by point

    def of(self, run: Run) -> Scenario:
        """The scenario of a run's point.

        Raises:
            BadInput: Its settings do not go together.
        """
        if run.point not in self.known:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[run.point] = self.bases[run.base].with_settings(run.settings)
        return self.known[run.point]


_latest: dict[str, ScenarioCache] = {}  # of this process, by session, the latest last


def worlds_of(session: str, bases: Mapping[str, Scenario]) -> ScenarioCache:
    """The worlds of a sweep, kept from chunk to chunk; of the sweeps of this process only the latest are remembered."""
    worlds = _latest.pop(session, None) or ScenarioCache(session, bases)
    _latest[session] = worlds
    while len(_latest) > MOST_SWEEPS:
        del _latest[next(iter(_latest))]
    return worlds


def _record(
    chunk: Chunk, run: Run, marks: Marks, given_up: Mapping[str, tuple[str, str]], worlds: ScenarioCache
) -> Recorded:
    if run.key in given_up:
        status, error = given_up[run.key]
        return Recorded(run, status, {}, {}, error, 0.0)
    started = time.perf_counter()
    try:
        scenario = worlds.of(run)
        with marks.watched(run.key, chunk.limit):
            columns = _simulate_with_own_code(chunk, run, scenario, worlds)
        outcomes = {outcome.name: outcome.of(columns, scenario) for outcome in chunk.layout.outcomes}
    except (Exception, SystemExit) as trouble:
        return Recorded(run, FAILED, {}, {}, describe_error(trouble), time.perf_counter() - started)
    names = ("month", "firm", "policy", *chunk.layout.monthly) if chunk.layout.monthly else ()
    months = {name: columns[name] for name in names}
    return Recorded(run, OK, outcomes, months, "", time.perf_counter() - started)


def describe_error(trouble: BaseException) -> str:
    """An exception in words, with the last place where it was.

    >>> describe_error(ValueError("no"))
    'ValueError: no'
    """
    places = traceback.extract_tb(trouble.__traceback__)
    where = f" ({Path(places[-1].filename).name}:{places[-1].lineno})" if places else ""
    return f"{type(trouble).__name__}: {trouble}{where}"
