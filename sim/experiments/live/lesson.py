"""What a lesson is: a question, a bet, two worlds, where to stop, what to change, and what is read from the run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.experiments.live.pair import SIDES, TimelinePair
from sim.experiments.sweep.design.outcomes import MeasureColumns, Outcome
from sim.model.measures import BY_NAME
from sim.parameters import Scenario

LEFT, RIGHT, NEITHER, RIGHT_LESS_LEFT = "left", "right", "alike", "difference"
BOTH_SIDES = "both"
SIDE_READINGS = (LEFT, RIGHT, NEITHER)  # which side is higher
Texts = Mapping[str, str]  # by language


@dataclass(frozen=True)
class LessonSide:
    """One of the two worlds.

    Args:
        name: What the room calls it.
        settings: Settings from month 0 on, by key path.
    """

    name: Texts
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class LessonStop:
    """A month at which the story pauses.

    Args:
        month: Months lived by then. [months]
        text: What is said there.
    """

    month: int
    text: Texts


@dataclass(frozen=True)
class LessonChange:
    """Something that is changed while the worlds live.

    Args:
        month: Months lived by then; the month after is the first that is changed. [months]
        side: ``left``, ``right`` or ``both``.
        settings: Settings by key path.
        text: What is said of it.
    """

    month: int
    side: str
    settings: Mapping[str, Any]
    text: Texts


@dataclass(frozen=True)
class LessonNumber:
    """A number of one world.

    Args:
        outcome: Measure, firm, aggregation and months.
        part_of: What it is taken as a part of; none for the number itself.
    """

    outcome: Outcome
    part_of: Outcome | None = None

    @property
    def display(self) -> str:
        """How it is written: ``money``, ``share``, ``people`` or ``index``."""
        return "share" if self.part_of else BY_NAME[self.outcome.measure].display

    @property
    def better(self) -> str:
        """What is better for the firm: ``higher``, ``lower`` or ``neutral``."""
        return BY_NAME[self.outcome.measure].direction

    def of(self, columns: MeasureColumns, scenario: Scenario) -> float:
        """The number of a run; NaN where there is nothing that it could be a part of.

        Args:
            columns: Monthly table by column; one row per month and firm.
            scenario: The world that was lived.
        """
        value = self.outcome.of(columns, scenario)
        whole = self.part_of.of(columns, scenario) if self.part_of else 1.0
        return value / whole if whole else float("nan")


@dataclass(frozen=True)
class Reveal:
    """A number of both worlds, and a sentence for whichever side is higher.

    Args:
        number: The number.
        smallest: Smallest difference that counts as one, in the unit of the number.
        forms: The sentence by reading: ``left`` is higher, ``right`` is higher, or they are ``alike``.
        gives: The reading that the model gave when the texts were written; the tests ask for it.
    """

    number: LessonNumber
    smallest: float
    forms: Mapping[str, Texts]
    gives: str


@dataclass(frozen=True)
class Choice:
    """An answer that one can bet on.

    Args:
        id: Name of the answer: a reading, or its position.
        text: What it says.
        up_to: Largest number for which it is right, where numbers are bet on; none for the last.
    """

    id: str
    text: Texts
    up_to: float | None = None


@dataclass(frozen=True)
class Bet:
    """The question that everybody answers before the worlds are lived.

    Args:
        question: The question.
        number: The number that decides it.
        side: ``left``, ``right`` or ``difference`` (right less left) for a bet on a number; empty for a bet on the
            side that is higher.
        smallest: Smallest difference that counts as one, for a bet on the higher side.
        choices: The answers.
        gives: Id of the answer that the model gave when the texts were written.
    """

    question: Texts
    number: LessonNumber
    side: str
    smallest: float
    choices: tuple[Choice, ...]
    gives: str


@dataclass(frozen=True)
class CustomerToSee:
    """Whose life is looked at.

    Args:
        rule: Rule by which the customer is picked.
        side: World in which the rule picks.
        text: What to look for.
    """

    rule: str
    side: str
    text: Texts


@dataclass(frozen=True)
class Lesson:
    """A lesson, checked.

    Args:
        id: Its name.
        title: Its title.
        question: The question that it asks.
        story: What the room is told before it bets.
        idea: The idea of the articles that it is about.
        claims: Claims of the ledger by id, each with its sentence by language where the lesson translates it.
        world: Name of the scenario.
        settings: Settings of both worlds from their start, warm-up included, by key path.
        left: The left world.
        right: The right world.
        centric: LessonSide that is the more customer-centric; empty where neither is.
        stops: Where to stop.
        changes: What is changed in the course of the story.
        what_if: What to try afterwards, each a fork.
        bet: The bet.
        reveal: What the run gives.
        customer: Whose life is looked at.
        discussion: Questions for discussion.
        pair: The two worlds with their firm, months and seed, and with what the story changes.
    """

    id: str
    title: Texts
    question: Texts
    story: Texts
    idea: Texts
    claims: Mapping[str, Texts]
    world: str
    settings: Mapping[str, Any]
    left: LessonSide
    right: LessonSide
    centric: str
    stops: tuple[LessonStop, ...]
    changes: tuple[LessonChange, ...]
    what_if: tuple[LessonChange, ...]
    bet: Bet
    reveal: tuple[Reveal, ...]
    customer: CustomerToSee
    discussion: tuple[Texts, ...]
    pair: TimelinePair

    def goes_against(self, answer: str) -> bool:
        """Whether the more customer-centric side loses the bet, where that is on the side with more of something.

        Args:
            answer: Id of the choice that was right.
        """
        if not self.centric or answer not in SIDES:
            return False
        is_good = self.bet.number.better == "higher"
        return (answer if is_good else other_side(answer)) != self.centric


def other_side(side: str) -> str:
    """The other world.

    >>> other_side("left")
    'right'
    """
    return RIGHT if side == LEFT else LEFT
