"""Answers a question by its form."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from sim.experiments.claims.questions.adoption import adoption_answer
from sim.experiments.claims.questions.answer import Answer
from sim.experiments.claims.questions.break_even import break_even_answer
from sim.experiments.claims.questions.phase import phase_answer
from sim.experiments.claims.questions.plan import Question
from sim.experiments.claims.questions.run import QuestionRun
from sim.experiments.claims.questions.silos import silos_answer
from sim.experiments.claims.questions.sobol import sobol_answer
from sim.experiments.sweep.runner.executors import LOCAL
from sim.experiments.sweep.runner.progress import Show

ANSWER_BY_FORM: Mapping[str, Callable[[QuestionRun, Any], Answer]] = {
    "phase": phase_answer, "break_even": break_even_answer, "sobol": sobol_answer, "silos": silos_answer,
    "adoption": adoption_answer,
}  # fmt: skip


def question_folder(question: Question, folder: Path, quick: bool) -> Path:
    """Where a question keeps its runs and tuned decisions, inside the folder of all questions."""
    return folder / question.id / ("quick" if quick else "full")


def answer(
    question: Question,
    folder: Path,
    quick: bool = False,
    executor: str | Executor = LOCAL,
    workers: int | None = None,
    progress: Show | None = None,
) -> Answer:
    """Answer a question; what its folder already has is not lived again.

    Args:
        question: The question.
        folder: Folder of all questions; runs and tuned decisions go to ``FOLDER/ID/quick`` or ``FOLDER/ID/full``.
        quick: Whether the quick size is run.
        executor: As `sim.experiments.sweep.run.sweep` takes it.
        workers: Processes; as many as there are processors if left out.
        progress: Called about once a second while worlds are lived.

    Raises:
        BadInput: Settings that the world does not take, or a folder of another question.
        OSError: The folder cannot be written.
        RunFailed: A run failed; what is committed is kept.
    """
    place = question_folder(question, folder, quick)
    return ANSWER_BY_FORM[question.form](
        QuestionRun(question, place, quick, executor, workers, progress), question.design
    )
