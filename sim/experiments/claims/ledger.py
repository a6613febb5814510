"""The ledger: claims and questions run one after the other into a folder from which the same command goes on."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.claims.claim import Claim, digest_of
from sim.experiments.claims.designs import FULL_LEDGER, LedgerSize, load_bank
from sim.experiments.claims.judging import Judged, in_world, judge, tune_claim
from sim.experiments.claims.questions.answer import Answer
from sim.experiments.claims.questions.answering import answer
from sim.experiments.claims.questions.plan import Question
from sim.experiments.claims.shipped import EXPLORATORY, REGISTERED, LedgerEntry, bank_digest, registration_of
from sim.experiments.claims.tables import RUNS, LedgerResult, result_of
from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.run import sweep
from sim.experiments.sweep.runner.executors import LOCAL, find_executor
from sim.experiments.sweep.store.keys import model_hash
from sim.parameters import BadInput
from sim.parameters.errors import RunFailed

Tell = Callable[[str, int, int], None]
TellDone = Callable[[str, int], None]


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
    report = _counted(tell, len(claims) + len(questions))
    judged, failed = _judge_all(claims, where, size, report)
    answers, unanswered = _answer_all(questions, where, size, report)
    report("done", 0)
    stamps = {entry.id: stamp_of(entry, size, world) for entry in entries}
    about: dict[str, Any] = {
        "quick": size.is_quick, "seed": size.seed, "sampled_worlds": size.sampled, "trials": size.trials,
        "world": world or "", "seconds": round(time.monotonic() - begun, 1), "failed": failed | unanswered,
    }  # fmt: skip
    return result_of(judged, answers, stamps, about)


def _judge_all(
    claims: Sequence[Claim], where: Where, size: LedgerSize, report: TellDone
) -> tuple[list[Judged], dict[str, str]]:
    """Claims that have a verdict, and why others have none."""
    bank, judged, failed = load_bank(), list[Judged](), dict[str, str]()
    places = {claim.id: where.folder / RUNS / claim.id / work_name(claim, size) for claim in claims}
    for claim in claims:
        report(f"tuning {claim.id}", 0)
        with suppress(BadInput):  # told again, and for this claim alone, when it is judged
            tune_claim(claim, size, places[claim.id])
    with _shared(where) as (executor, workers):

        def run(experiment: Experiment, place: Path) -> pd.DataFrame:
            return sweep(experiment, place, workers, executor).runs

        for claim in claims:
            try:
                judged.append(judge(claim, size, bank, run, places[claim.id]))
            except BadInput as trouble:
                failed[claim.id] = str(trouble)
            report(f"{claim.id} is not judged: {failed[claim.id]}" if claim.id in failed else claim.id, 1)
    return judged, failed


def _answer_all(
    questions: Sequence[Question], where: Where, size: LedgerSize, report: TellDone
) -> tuple[list[Answer], dict[str, str]]:
    """Questions that have an answer, and why others have none."""
    answers, failed = list[Answer](), dict[str, str]()
    for question in questions:
        try:
            answers.append(answer(question, where.folder / RUNS, size.is_quick, where.executor, where.workers))
        except (BadInput, RunFailed) as trouble:
            failed[question.id] = str(trouble)
        report(question.id, 1)
    return answers, failed


def _counted(tell: Tell | None, total: int) -> TellDone:
    """Tells what is done, with the count of what is."""
    done = [0]

    def report(what: str, more: int) -> None:
        done[0] += more
        if tell:
            tell(what, done[0], total)

    return report


def work_name(claim: Claim, size: LedgerSize) -> str:
    """Name of the folder of a claim's runs: other contents, bank, sizes or code have another, so nothing clashes."""
    whole = {"claim": claim.sha256, "worlds": claim.worlds, "bank": bank_digest(), "code": model_hash(), **asdict(size)}
    return digest_of(whole)[:12]


def stamp_of(entry: LedgerEntry, size: LedgerSize, world: str | None) -> str:
    """What is said of the registration of a result: of less than the registered design it is exploratory."""
    stamp = registration_of(entry)
    if not stamp.startswith(REGISTERED):
        return stamp
    return f"{EXPLORATORY}: {'another world' if world else 'a quick run'}" if world or size.is_quick else stamp


def _placed(entry: LedgerEntry, world: str | None) -> Claim:
    claim = entry.claim()
    return in_world(claim, world) if world else claim


@contextmanager
def _shared(where: Where) -> Iterator[tuple[str | Executor, int | None]]:
    """One executor for all sweeps of the ledger, so that workers start and load compiled code once."""
    if where.executor != LOCAL:
        yield where.executor, where.workers
        return
    make, count = find_executor(LOCAL, where.workers)
    with make() as executor:
        yield executor, count
