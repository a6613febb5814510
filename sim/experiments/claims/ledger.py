"""The ledger: claims and questions run one after the other into a folder from which the same command goes on."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.claims.claim import Claim
from sim.experiments.claims.designs import FULL_LEDGER, LedgerSize, load_bank
from sim.experiments.claims.judging import Judged, in_world, judge, tune_claim
from sim.experiments.claims.questions.answer import Answer
from sim.experiments.claims.questions.answering import answer
from sim.experiments.claims.shipped import LedgerEntry, registration_of
from sim.experiments.claims.tables import RUNS, LedgerResult, result_of
from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.run import sweep
from sim.experiments.sweep.runner.executors import LOCAL, find_executor
from sim.parameters import BadInput
from sim.parameters.errors import RunFailed

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Where:
    """Where and by whom runs are made.

    Args:
        folder: Folder of the ledger; runs are kept in ``runs`` inside.
        workers: Processes; as many as there are processors if left out.
        executor: ``local``, ``dask:ADDRESS``, or an executor.
    """

    folder: Path
    workers: int | None = None
    executor: str | Executor = LOCAL


@dataclass
class LedgerProgress:
    """What has been done so far.

    Args:
        judged: Claims that have a verdict.
        answers: Answers to questions.
        failed: Why a claim has none, by id.
    """

    judged: list[Judged] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def run_ledger(
    entries: Sequence[LedgerEntry],
    where: Where,
    size: LedgerSize = FULL_LEDGER,
    world: str | None = None,
    tell: Tell | None = None,
) -> LedgerResult:
    """Run claims and judge them; what the folder holds of an earlier call is not run again.

    Args:
        entries: Claims of the ledger, or of files.
        where: Where and by whom runs are made.
        size: How much is run.
        world: Scenario to take instead of the base worlds of the claims; questions are left out then.
        tell: Called with what is done now, claims done and claims in all.

    Raises:
        BadInput: A file is wrong, or the folder is at work.
        RunFailed: Workers died; what is committed is kept.
    """
    begun = time.monotonic()
    claims = [_placed(entry, world) for entry in entries if not entry.is_question]
    questions = [] if world else [entry.question() for entry in entries if entry.is_question]
    total = len(claims) + len(questions)
    bank, folder, done = load_bank(), where.folder / RUNS, LedgerProgress()
    for number, claim in enumerate(claims):
        _tell(tell, f"tuning {claim.id}", number, total)
        tune_claim(claim, size, folder / claim.id)
    with _shared(where) as (executor, workers):

        def run(experiment: Experiment, place: Path) -> pd.DataFrame:
            return sweep(experiment, place, workers, executor).runs

        for number, claim in enumerate(claims):
            _tell(tell, claim.id, number, total)
            try:
                done.judged.append(judge(claim, size, bank, run, folder / claim.id))
            except BadInput as trouble:
                done.failed[claim.id] = str(trouble)
                _tell(tell, f"{claim.id} is not judged: {trouble}", number, total)
    for number, question in enumerate(questions, start=len(claims)):
        _tell(tell, question.id, number, total)
        try:
            done.answers.append(answer(question, folder, size.is_quick, where.executor, where.workers))
        except (BadInput, RunFailed) as trouble:
            done.failed[question.id] = str(trouble)
    _tell(tell, "done", total, total)
    stamps = {entry.id: registration_of(entry) for entry in entries}
    about: dict[str, Any] = {
        "quick": size.is_quick, "seed": size.seed, "sampled_worlds": size.sampled, "trials": size.trials,
        "world": world or "", "seconds": round(time.monotonic() - begun, 1), "failed": done.failed,
    }  # fmt: skip
    return result_of(done.judged, done.answers, stamps, about)


def _placed(entry: LedgerEntry, world: str | None) -> Claim:
    claim = entry.claim()
    return in_world(claim, world) if world else claim


def _tell(tell: Tell | None, what: str, done: int, total: int) -> None:
    if tell:
        tell(what, done, total)


@contextmanager
def _shared(where: Where) -> Iterator[tuple[str | Executor, int | None]]:
    """One executor for all sweeps of the ledger, so that workers start and load compiled code once."""
    if where.executor != LOCAL:
        yield where.executor, where.workers
        return
    make, count = find_executor(LOCAL, where.workers)
    with make() as executor:
        yield executor, count
