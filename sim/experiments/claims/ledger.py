"""The ledger: claims and questions run into a folder from which the same command goes on."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.claims.claim import Claim, digest_of
from sim.experiments.claims.designs import FULL_LEDGER, LedgerSize, load_bank
from sim.experiments.claims.judging import Judged, in_world, judge, tune_claim
from sim.experiments.claims.questions.answer import Answer
from sim.experiments.claims.questions.answering import answer, question_folder
from sim.experiments.claims.questions.plan import Question
from sim.experiments.claims.questions.run import QuestionRun
from sim.experiments.claims.questions.tuning import tune_question
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
AT_A_TIME = 2  # claims or questions at work at a time


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
    """
    begun = time.monotonic()
    claims = [_placed(entry, world) for entry in entries if not entry.is_question]
    questions = [] if world else [entry.question() for entry in entries if entry.is_question]
    report = _counted(tell, len(claims) + len(questions))
    _tune_all(claims, questions, where, size, report)
    with _shared(where) as (executor, workers):
        bank = load_bank()

        def run(experiment: Experiment, place: Path) -> pd.DataFrame:
            return sweep(experiment, place, workers, executor).runs

        jobs: dict[str, Callable[[], Judged | Answer]] = {
            claim.id: partial(judge, claim, size, bank, run, _place_of(claim, where, size)) for claim in claims
        }
        runs = where.folder / RUNS
        jobs |= {each.id: partial(answer, each, runs, size.is_quick, executor, workers) for each in questions}
        own = executor if where.executor == LOCAL and isinstance(executor, Executor) else None
        done, failed = _done(jobs, report, own)
    judged = [made for claim in claims if isinstance(made := done.get(claim.id), Judged)]
    answers = [made for each in questions if isinstance(made := done.get(each.id), Answer)]
    report("done", 0)
    stamps = {entry.id: stamp_of(entry, size, world) for entry in entries}
    about: dict[str, Any] = {
        "quick": size.is_quick, "seed": size.seed, "sampled_worlds": size.sampled, "trials": size.trials,
        "world": world or "", "seconds": round(time.monotonic() - begun, 1), "failed": failed,
    }  # fmt: skip
    return result_of(judged, answers, stamps, about)


def _tune_all(
    claims: Sequence[Claim], questions: Sequence[Question], where: Where, size: LedgerSize, report: TellDone
) -> None:
    """Tune before anything is run, since tuning forks processes, which needs a process without other threads."""
    for claim in claims:
        report(f"tuning {claim.id}", 0)
        with suppress(BadInput):  # told again, and for this claim alone, when it is judged
            tune_claim(claim, size, _place_of(claim, where, size))
    for question in questions:
        report(f"tuning {question.id}", 0)
        place = question_folder(question, where.folder / RUNS, size.is_quick)
        with suppress(BadInput, RunFailed):
            tune_question(QuestionRun(question, place, size.is_quick))


def _done(
    jobs: Mapping[str, Callable[[], Judged | Answer]], report: TellDone, own: Executor | None
) -> tuple[dict[str, Judged | Answer], dict[str, str]]:
    """Results of jobs by name, and why others have none.

    Some jobs are at work at a time, so that workers simulate for one while this process prepares and reads another.

    Args:
        jobs: What to do.
        report: Called with the name of each job that is done.
        own: Executor that is shut down when somebody interrupts, so that no job waits for its runs.
    """
    done, failed = dict[str, Judged | Answer](), dict[str, str]()
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        names = {threads.submit(job): name for name, job in jobs.items()}
        try:
            for future in as_completed(names):
                name = names[future]
                try:
                    done[name] = future.result()
                except (BadInput, RunFailed) as trouble:
                    failed[name] = str(trouble)
                report(f"{name} is not judged: {failed[name]}" if name in failed else name, 1)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            if own is not None:
                own.shutdown(wait=False, cancel_futures=True)
            raise
    return done, failed


def _place_of(claim: Claim, where: Where, size: LedgerSize) -> Path:
    """Folder of the runs of a claim."""
    return where.folder / RUNS / claim.id / work_name(claim, size)


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
