"""In which markets each policy wins: phase diagrams over two numbers, every policy tuned by the same trials."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.claims.questions.answer import Answer, AnswerEffect, answer_row, at_bound_words, policy_words
from sim.experiments.claims.questions.designs import Axis, PhaseDiagrams
from sim.experiments.claims.questions.plan import CENTRE
from sim.experiments.claims.questions.run import NPV, QuestionRun, by_world
from sim.experiments.claims.questions.tuning import (
    ENDS,
    Kept,
    between,
    corner,
    settings_of,
    tuned_at,
    tuned_table,
    tuning_places,
)
from sim.model.randomness import resampling
from sim.model.state import Floats
from sim.statistics.intervals import interval
from sim.statistics.zero_line import fitted_zero_line

NO_WINNER = "none"
PHASE_COLUMNS = [
    "question", "diagram", "x_path", "x", "y_path", "y", "winner", "difference", "low", "high", "resolved",
]  # fmt: skip
CONTOUR_COLUMNS = ["question", "diagram", "one", "other", "x_path", "x", "y_path", "y", "low", "high", "rising"]


@dataclass(frozen=True)
class Cell:
    """A place of a diagram.

    Args:
        diagram: Name of the diagram.
        axes: Across and up.
        at: Place of the level across and up, from 0.
        levels: Levels of each side.
    """

    diagram: str
    axes: tuple[Axis, Axis]
    at: tuple[int, int]
    levels: int

    @property
    def shares(self) -> tuple[float, float]:
        """Shares of the way across and up."""
        return self.at[0] / (self.levels - 1), self.at[1] / (self.levels - 1)

    @property
    def settings(self) -> dict[str, float]:
        """The two numbers."""
        return {axis.path: axis.at(share) for axis, share in zip(self.axes, self.shares, strict=True)}

    def world(self, policy: str) -> str:
        """Name of its world under a policy."""
        return f"{self.diagram} {self.at[0]} {self.at[1]} {policy}"


def cells_of(design: PhaseDiagrams, levels: int) -> list[Cell]:
    """All places of all diagrams; up runs fastest."""
    places = [(i, j) for i in range(levels) for j in range(levels)]
    return [Cell(name, axes, place, levels) for name, axes in design.diagrams.items() for place in places]


def _decisions(cell: Cell, policy: str, kept: Kept) -> Mapping[str, float]:
    """What a policy was tuned to for a cell: at the centre for all, or between the corners of its diagram."""
    if CENTRE in kept:
        return kept[CENTRE][policy].settings
    corners = {(i, j): kept[corner(cell.diagram, i, j)][policy].settings for i in ENDS for j in ENDS}
    return between(corners, *cell.shares)


def phase_answer(run: QuestionRun, design: PhaseDiagrams) -> Answer:
    """Who wins where, the zero lines of the first policy against the others, and what was tuned."""
    kept = tuned_at(run, tuning_places(design, run.size.places), design.policies)
    cells = cells_of(design, run.size.levels)
    worlds: dict[str, Any] = {
        cell.world(policy): cell.settings | settings_of(policy, _decisions(cell, policy, kept))
        for cell in cells
        for policy in design.policies
    }
    values = by_world(run.live(worlds, NPV), "npv")
    question = run.question
    diagrams = phase_table(question.id, cells, design.policies, values)
    tuned = tuned_table(question.id, kept)
    lines = contour_table(question.id, cells, design.policies, values)
    tables = {"phase": diagrams, "contours": lines, "tuned": tuned}
    words, effect = winners_in_words(diagrams, design.policies)
    row = answer_row(question, words + at_bound_words(tuned), effect, run.size.months)
    return Answer(question.id, tables, row)


def phase_table(
    question: str, cells: list[Cell], policies: tuple[str, ...], values: Mapping[str, Floats]
) -> pd.DataFrame:
    """The winner of every cell and its paired lead over the second best; resolved if it leads each rival clearly."""
    rows = []
    for cell in cells:
        by_policy = {policy: values[cell.world(policy)] for policy in policies}
        (x_path, x), (y_path, y) = cell.settings.items()
        place = {"question": question, "diagram": cell.diagram, "x_path": x_path, "x": x, "y_path": y_path, "y": y}
        rows.append(place | winner_of(by_policy, cell.world("")))
    return pd.DataFrame(rows, columns=PHASE_COLUMNS)


def winner_of(by_policy: Mapping[str, Floats], where: str) -> dict[str, Any]:
    """The policy that earns most over paired worlds.

    Args:
        by_policy: Value by policy and replicate. [money]
        where: Place, the address of resampling.

    Returns:
        Winner (``none`` if the two best are exactly equal in every pair), its lead over the second best with the 95 %
        interval, and whether its lead over every rival excludes zero.
    """
    best, second, *rest = sorted(by_policy, key=lambda policy: -by_policy[policy].mean())
    leads = [
        interval(by_policy[best] - by_policy[rival], resampling(1, f"{where}: {best} against {rival}"))
        for rival in (second, *rest)
    ]
    first = leads[0]
    is_equal = first.mean == first.low == first.high == 0.0
    return {
        "winner": NO_WINNER if is_equal else best, "difference": first.mean, "low": first.low, "high": first.high,
        "resolved": all(lead.low > 0.0 for lead in leads),
    }  # fmt: skip


def contour_table(
    question: str, cells: list[Cell], policies: tuple[str, ...], values: Mapping[str, Floats]
) -> pd.DataFrame:
    """Zero lines of a fitted surface: the first policy against each other, diagram by diagram."""
    lines = [
        line for name in dict.fromkeys(cell.diagram for cell in cells) for line in _lines(name, cells, policies, values)
    ]
    table = pd.concat(lines, ignore_index=True) if lines else pd.DataFrame()
    return table.assign(question=question).reindex(columns=CONTOUR_COLUMNS)


def _lines(
    diagram: str, cells: list[Cell], policies: tuple[str, ...], values: Mapping[str, Floats]
) -> Iterator[pd.DataFrame]:
    here = [cell for cell in cells if cell.diagram == diagram]
    levels, axes = here[0].levels, here[0].axes
    sides = [np.array([axis.at(k / (levels - 1)) for k in range(levels)]) for axis in axes]
    for other in policies[1:]:
        gaps = np.array([values[cell.world(policies[0])] - values[cell.world(other)] for cell in here])
        line = fitted_zero_line(gaps.T.reshape(-1, levels, levels), sides[0], sides[1])
        if len(line):
            names = {"diagram": diagram, "one": policies[0], "other": other}
            yield line.rename(columns={"across": "x", "up": "y"}).assign(
                x_path=axes[0].path, y_path=axes[1].path, **names
            )


def winners_in_words(diagrams: pd.DataFrame, policies: tuple[str, ...]) -> tuple[str, AnswerEffect]:
    """Who wins in how many cells; and the share of cells that the first policy wins, between surely and possibly."""
    cells, resolved = len(diagrams), diagrams["resolved"].astype(bool)
    counts = {policy: int((resolved & (diagrams["winner"] == policy)).sum()) for policy in policies}
    wins = ", ".join(f"{policy_words(policy)} in {count}" for policy, count in counts.items())
    is_open = int(cells - resolved.sum())
    parts = [
        f"{name}: " + ", ".join(f"{policy_words(policy)} {_wins(part, policy)}" for policy in policies)
        for name, part in diagrams.groupby("diagram", sort=False)
    ]
    sentence = (
        f"Of {cells} markets, the policy that clearly earns most is {wins}; {is_open} are not decided "
        f"({'; '.join(parts)})."
    )
    first = counts[policies[0]] / cells
    return sentence, AnswerEffect(first, first, first + is_open / cells, f"share of markets that {policies[0]} wins")


def _wins(part: pd.DataFrame, policy: str) -> int:
    return int((part["resolved"].astype(bool) & (part["winner"] == policy)).sum())
