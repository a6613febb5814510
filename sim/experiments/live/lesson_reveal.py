"""What the two worlds of a lesson give: the reading of every number of the reveal, and which bet was right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from sim.experiments.live.band import run_unwatched
from sim.experiments.live.lesson import LEFT, NEITHER, RIGHT, RIGHT_LESS_LEFT, Bet, Lesson, LessonNumber
from sim.experiments.live.pair import SIDES
from sim.experiments.sweep.design.outcomes import MeasureColumns
from sim.statistics.paired import PairedDifference, paired_difference


class SidesLived(NamedTuple):
    """Monthly measures of both worlds with the same people and luck, by column."""

    left: MeasureColumns
    right: MeasureColumns


@dataclass(frozen=True)
class RevealedNumber:
    """A number of both worlds.

    Args:
        left: Mean over the paired worlds on the left.
        right: The same on the right.
        story: The number of either side in the world that is shown, the first.
        gap: Right less left, with its interval; a single world has none.
        reading: ``left`` or ``right``, whichever is higher, or ``alike``.
    """

    left: float
    right: float
    story: Mapping[str, float]
    gap: PairedDifference
    reading: str

    def as_json(self) -> dict[str, Any]:
        """For the wire; what is not known is None."""
        return {
            "left": known(self.left), "right": known(self.right), "difference": known(abs(self.gap.mean)),
            "low": known(self.gap.low), "high": known(self.gap.high), "worlds": self.gap.replications,
            "ahead": self.gap.wins, "reading": self.reading,
            "story": {side: known(value) for side, value in self.story.items()},
        }  # fmt: skip


@dataclass(frozen=True)
class LessonResult:
    """What a lesson's worlds gave.

    Args:
        reveal: The numbers, in the order of the lesson's reveal.
        answer: Id of the choice that was right.
        decided: The number that decides the bet.
        goes_against: Whether the more customer-centric side lost the bet.
    """

    reveal: tuple[RevealedNumber, ...]
    answer: str
    decided: RevealedNumber
    goes_against: bool

    def as_json(self) -> dict[str, Any]:
        """For the wire."""
        rows = [number.as_json() for number in self.reveal]
        decided = self.decided.as_json()
        return {"reveal": rows, "answer": self.answer, "decided": decided, "goes_against": self.goes_against}


def known(value: float) -> float | None:
    """The number, or None where it is none.

    >>> known(float("nan")), known(1.5)
    (None, 1.5)
    """
    return value if np.isfinite(value) else None


def run_sides(lesson: Lesson, replicate: int = 0) -> SidesLived:
    """Run both worlds of a lesson to their end, with what the lesson changes.

    Args:
        lesson: The lesson.
        replicate: Number of the paired world; 0 is the one that is shown.

    Raises:
        RunFailed: A number was no number or out of its range.
    """
    pair = lesson.pair.replicated(replicate) if replicate else lesson.pair
    return SidesLived(*(run_unwatched(line).measures() for line in pair.sides))


def result_of(lesson: Lesson, worlds: Sequence[SidesLived]) -> LessonResult:
    """What the worlds give.

    Args:
        lesson: The lesson.
        worlds: Paired worlds, the one that is shown first.

    Raises:
        ValueError: There are no worlds.
    """
    decided = _revealed(lesson, lesson.bet.number, lesson.bet.smallest, worlds)
    reveal = tuple(_revealed(lesson, row.number, row.smallest, worlds) for row in lesson.reveal)
    answer = _answer(lesson.bet, decided)
    return LessonResult(reveal, answer, decided, lesson.goes_against(answer))


def _revealed(lesson: Lesson, number: LessonNumber, smallest: float, worlds: Sequence[SidesLived]) -> RevealedNumber:
    left, right = (
        np.array([number.of(getattr(world, side), line.scenario) for world in worlds])
        for side, line in zip(SIDES, lesson.pair.sides, strict=True)
    )
    gap = paired_difference(right, left)
    story = {LEFT: float(left[0]), RIGHT: float(right[0])}
    return RevealedNumber(float(left.mean()), float(right.mean()), story, gap, reading_of(gap, smallest))


def reading_of(gap: PairedDifference, smallest: float) -> str:
    """Which side is higher, or ``alike``: less than what counts apart, or an interval that holds 0.

    Args:
        gap: Right less left over paired worlds; a single world has no interval.
        smallest: Smallest difference that counts, in the unit of the gap.

    >>> reading_of(paired_difference([3.0, 3.1, 2.9], [1.0, 1.0, 1.0]), 0.5)
    'right'
    >>> reading_of(paired_difference([3.0], [1.0]), 2.5)
    'alike'
    """
    if gap.mean == 0.0 or abs(gap.mean) < smallest or gap.low <= 0.0 <= gap.high:
        return NEITHER
    return RIGHT if gap.mean > 0.0 else LEFT


def _answer(bet: Bet, decided: RevealedNumber) -> str:
    if not bet.side:
        return decided.reading
    value = {LEFT: decided.left, RIGHT: decided.right, RIGHT_LESS_LEFT: decided.gap.mean}[bet.side]
    right = (choice.id for choice in bet.choices if choice.up_to is None or value <= choice.up_to)
    return next(right)
