"""Run replications: readings of all replicates, the negative control, the picture, and a table of distances."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sim.validation.bank import Bank
from sim.validation.evaluation import CONTROL_REPLICATES, RowProgress, quiet
from sim.validation.replications.description import PublishedFigure, Replication
from sim.validation.replications.recipes import RECIPES
from sim.validation.replications.setup import Setup
from sim.validation.row import Curve, Judgement, Reading, only_numbers
from sim.validation.row_table import MISSED
from sim.validation.situation import Situation

REPRODUCED = "reproduced"


class FigureOutcome(NamedTuple):
    """A figure after the runs.

    Args:
        figure: What is compared.
        judgement: Whether the model reproduces it.
        closed_form: Mean of the closed form of exactly what is run; NaN where there is none.
    """

    figure: PublishedFigure
    judgement: Judgement
    closed_form: float


class ReplicationOutcome(NamedTuple):
    """A replication after its runs.

    Args:
        replication: What was run.
        figures: Its figures.
        control: Judgement of the control's quantity under the control.
        curve: The run beside published or closed-form values.
    """

    replication: Replication
    figures: Sequence[FigureOutcome]
    control: Judgement
    curve: Curve

    @property
    def control_gone(self) -> bool:
        """Whether the negative control fails, as it must."""
        return not self.control.passed


def replicate(asked: Sequence[Replication], quick: bool, tell: RowProgress = quiet) -> list[ReplicationOutcome]:
    """Run replications with their negative controls.

    Args:
        asked: Replications.
        quick: Whether the small sizes are used.
        tell: Is told how many replications are done, and of how many.
    """
    outcomes = []
    for number, replication in enumerate(asked, start=1):
        with TemporaryDirectory() as folder:
            outcomes.append(_run(replication, quick, Path(folder)))
        tell(number, len(asked))
    return outcomes


def _run(replication: Replication, quick: bool, folder: Path) -> ReplicationOutcome:
    bank, size = Bank(), 0 if quick else 1
    recipe, count = RECIPES[replication.recipe], replication.replicates[size]
    numbers = {**replication.numbers, **(replication.quick if quick else {})}

    def setup(number: int, changes: Mapping[str, Any]) -> Setup:
        here = Situation(bank, replication.name, number, replication.agents[size], changes)
        return Setup(here, numbers, folder)

    readings = [recipe.read(setup(number, {})) for number in range(count)]
    changes = replication.control.changes
    without = [recipe.read(setup(number, changes)) for number in range(min(CONTROL_REPLICATES, count))]
    figures = [_outcome(figure, readings) for figure in replication.figures]
    control = _outcome(replication.figure(replication.control_quantity), without).judgement
    return ReplicationOutcome(replication, figures, control, recipe.draw(setup(0, {})))


def _outcome(figure: PublishedFigure, replicates: Sequence[Sequence[Reading]]) -> FigureOutcome:
    own = [[reading for reading in readings if reading.quantity == figure.quantity] for readings in replicates]
    known = only_numbers([reading.expected for readings in own for reading in readings])
    return FigureOutcome(figure, figure.judge.judge(own), float(known.mean()) if len(known) else math.nan)


def lines_of_replication(outcome: ReplicationOutcome) -> list[dict[str, Any]]:
    """One line a figure, numbers as numbers."""
    return [_line(outcome, figure) for figure in outcome.figures]


def _line(outcome: ReplicationOutcome, row: FigureOutcome) -> dict[str, Any]:
    judged, figure = row.judgement, row.figure
    return {
        "replication": outcome.replication.name,
        "quantity": figure.quantity,
        "class": figure.judge.kind,
        "from": figure.origin,
        "published": figure.value if math.isfinite(figure.value) else figure.judge.expected,
        "reproduced": judged.got,
        "low": judged.low,
        "high": judged.high,
        "distance": judged.got - figure.value,
        "closed_form": row.closed_form,
        "distance_closed_form": judged.got - row.closed_form,
        "tolerance": figure.judge.tolerance,
        "verdict": REPRODUCED if judged.passed else MISSED,
        "control": outcome.replication.control.what,
        "control_quantity": outcome.replication.control_quantity,
        "control_reproduced": outcome.control.got,
        "control_gone": outcome.control_gone,
    }
