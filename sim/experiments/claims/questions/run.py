"""Worlds of a question, each with settings of its own, lived as one sweep that can be resumed."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.experiments.claims.questions.plan import Question, Size
from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.result import Sweep
from sim.experiments.sweep.run import sweep
from sim.experiments.sweep.runner.executors import LOCAL
from sim.experiments.sweep.runner.progress import Show
from sim.experiments.sweep.store.parts import OK
from sim.model.state import Floats
from sim.parameters import Scenario
from sim.parameters.errors import RunFailed

WORLD = "world"
NPV: Mapping[str, Any] = {"npv": {"measure": "profit", "aggregation": "present_value"}}
LIMIT = 3600.0  # seconds after which a run counts as hung
Worlds = Mapping[str, Mapping[str, Any]]  # settings by name of the world


@dataclass(frozen=True)
class QuestionRun:
    """A question at work.

    Args:
        question: The question.
        folder: Its folder; sweeps and tuned decisions are kept there, so that a run that was killed goes on.
        is_quick: Whether the quick size is run.
        executor: As `sim.experiments.sweep.run.sweep` takes it.
        workers: Processes; as many as there are processors if None.
        progress: Called about once a second by the sweep at work.
    """

    question: Question
    folder: Path
    is_quick: bool = False
    executor: str | Executor = LOCAL
    workers: int | None = None
    progress: Show | None = None

    @property
    def size(self) -> Size:
        """How much is run."""
        return self.question.size(self.is_quick)

    @property
    def scenario(self) -> Scenario:
        """The world as it comes."""
        return self.question.scenario(self.is_quick)

    def experiment(self, worlds: Worlds, outcomes: Mapping[str, Any], monthly: Sequence[str] = ()) -> Experiment:
        """The worlds as an experiment with one factor.

        Args:
            worlds: Settings by name of the world; two or more.
            outcomes: Outcomes as in the file of an experiment.
            monthly: Measures kept by month.

        Raises:
            BadInput: Settings that the world does not take.
        """
        question, size = self.question, self.size
        counts = {"market.customers": size.customers, "months": size.months}
        contents = {
            "name": question.id, "description": question.sentence, "scenario": question.world,
            "settings": counts | dict(question.settings), "factors": {WORLD: {"bundles": worlds}},
            "replications": size.pairs, "seed": question.seed, "outcomes": outcomes, "monthly": list(monthly),
            "limit": LIMIT,
        }  # fmt: skip
        return Experiment.from_mapping(contents, question.id)

    def live(self, worlds: Worlds, outcomes: Mapping[str, Any], monthly: Sequence[str] = ()) -> Sweep:
        """Live what is missing of the worlds; arguments as of `experiment`.

        Raises:
            BadInput: As `experiment`, or the folder holds other worlds.
            RunFailed: A run failed, so that its pair is not whole.
        """
        wanted = self.experiment(worlds, outcomes, monthly)
        place = self.folder / "runs"
        result = sweep(wanted, place, self.workers, self.executor, self.progress, retry=True)
        runs = result.runs
        bad = runs[runs["status"] != OK]
        if len(bad):
            first = bad.iloc[0]
            raise RunFailed(
                f"{self.question.id}: {len(bad)} of {len(runs)} runs failed, the first in world {first[WORLD]!r}, "
                f"replicate {first['replicate']}; sim analyse {place} tells why, the same command tries them again"
            )
        return result


def by_world(result: Sweep, outcome: str) -> dict[str, Floats]:
    """An outcome by world, one number a replicate, in the order of replicates."""
    table = result.runs.pivot(index="replicate", columns=WORLD, values=outcome).sort_index()
    return {str(name): np.asarray(table[name], dtype=float) for name in table}
