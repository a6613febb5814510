"""The answer to a question: its tables, and one sentence that says no more than its interval does."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.experiments.claims.questions.plan import Question
from sim.statistics.intervals import students_interval
from sim.statistics.verdicts import HIGHER, NO_DIFFERENCE, read_interval

ANSWER_COLUMNS = ("id", "question", "answer", "world", "effect", "low", "high", "unit", "months")
THIN_SPACE = "\u202f"


@dataclass(frozen=True)
class AnswerEffect:
    """A number with its interval.

    Args:
        mean: The number.
        low: Lower end; NaN where there is none.
        high: Upper end.
        unit: Unit.
    """

    mean: float
    low: float
    high: float
    unit: str

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes zero."""
        return read_interval(self.low, self.high) != NO_DIFFERENCE

    @property
    def is_higher(self) -> bool:
        """Whether the whole interval lies above zero."""
        return read_interval(self.low, self.high) == HIGHER


@dataclass(frozen=True)
class Answer:
    """The answer to a question.

    Args:
        id: Name of the question.
        tables: Tables by name: ``phase``, ``contours``, ``break_even``, ``break_even_levels``, ``break_even_curves``,
            ``sobol``, ``silos``, ``wall_heights``, ``adoption``, ``tuned``; those of its form.
        row: The row of the table of answers, by `ANSWER_COLUMNS`.
    """

    id: str
    tables: Mapping[str, pd.DataFrame]
    row: Mapping[str, object]


def answer_row(question: Question, sentence: str, effect: AnswerEffect, months: int) -> dict[str, object]:
    """The row of the table of answers. months: over which the answer holds"""
    values = (question.id, question.sentence, sentence, question.world, effect.mean, effect.low, effect.high)
    return dict(zip(ANSWER_COLUMNS, (*values, effect.unit, months), strict=True))


def mean_effect(values: np.ndarray, unit: str) -> AnswerEffect:
    """Mean over replicates with its 95 % t interval."""
    return AnswerEffect(float(values.mean()), *students_interval(values), unit)


def number(value: float) -> str:
    """A number with three significant digits, for a sentence.

    >>> number(1234567.0).replace(THIN_SPACE, " "), number(-0.012345), number(0.0)
    ('1 230 000', '−0.0123', '0')
    """
    if not math.isfinite(value):
        return "unknown"
    digits = 0 if value == 0.0 else max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{float(f'{abs(value):.3g}'):,.{digits}f}".replace(",", THIN_SPACE)
    whole = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{whole}" if value < 0.0 else whole


def interval_in_words(effect: AnswerEffect) -> str:
    """The number with its interval.

    >>> interval_in_words(AnswerEffect(2.0, 1.0, 3.0, "EUR"))
    'EUR 2 (95 % interval 1 to 3)'
    >>> interval_in_words(AnswerEffect(0.5, 0.25, 0.75, "share"))
    '0.5 (95 % interval 0.25 to 0.75)'
    """
    words = f"{number(effect.mean)} (95 % interval {number(effect.low)} to {number(effect.high)})"
    return words if effect.unit.startswith("share") else f"{effect.unit} {words}"


def compared(effect: AnswerEffect, what: str) -> str:
    """What a difference says: more or less only where its interval excludes zero.

    >>> compared(AnswerEffect(2.0, -1.0, 5.0, "EUR"), "earns")
    'earns neither clearly more nor clearly less: EUR 2 (95 % interval −1 to 5)'
    >>> compared(AnswerEffect(-2.0, -3.0, -1.0, "EUR"), "earns")
    'earns less: EUR −2 (95 % interval −3 to −1)'
    >>> compared(AnswerEffect(0.0, 0.0, 0.0, "EUR"), "earns")
    'earns exactly the same'
    """
    if effect.mean == effect.low == effect.high == 0.0:
        return f"{what} exactly the same"
    word = ("more" if effect.is_higher else "less") if effect.is_clear else "neither clearly more nor clearly less"
    return f"{what} {word}: {interval_in_words(effect)}"


def policy_words(policy: str) -> str:
    """A policy as a word of a sentence.

    >>> policy_words("customer_centric"), policy_words("osfa")
    ('customer-centric', 'one-size-fits-all')
    """
    return "one-size-fits-all" if policy == "osfa" else policy.replace("_", "-")


def at_bound_words(tuned: pd.DataFrame) -> str:
    """A sentence on searches that ended at a bound; empty where none did."""
    bound = tuned[tuned["at_bound"].astype(bool)]
    if bound.empty:
        return ""
    names = ", ".join(f"{row.decision} of {policy_words(str(row.arm))}" for row in bound.itertuples())
    few = names if len(bound) <= 3 else f"{len(bound)} of {len(tuned)} decisions"
    return f" The search for the best decisions ended at the bound of its range for {few}."
