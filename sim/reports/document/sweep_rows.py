"""A declared contrast of a sweep, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.reports.document.context import Context
from sim.reports.document.model import kind_of_unit
from sim.reports.document.pairs import UNCLEAR
from sim.reports.document.words import DocumentWords
from sim.statistics.verdicts import EQUIVALENT, UNDECIDED, is_precise, read_interval


@dataclass(frozen=True)
class SweepRow:
    """One declared contrast as the document speaks of it.

    Args:
        values: The row of the table of contrasts.
    """

    values: Mapping[Any, Any]

    @property
    def reading(self) -> str:
        """What the interval says, unless the tests over the whole family say undecided or equivalent."""
        if self.values["verdict"] in (UNDECIDED, EQUIVALENT):
            return {UNDECIDED: UNCLEAR, EQUIVALENT: EQUIVALENT}[str(self.values["verdict"])]
        word = read_interval(float(self.values["low"]), float(self.values["high"]))
        return word if word in ("higher", "lower") else UNCLEAR

    def sentence(self, context: Context, stem: str) -> str:
        """The sentence of a stem; the size is named only where the interval is narrow."""
        row, words = self.values, context.words
        kind, numbers = kind_of_unit(str(row["unit"])), [float(row[key]) for key in ("mean", "low", "high")]
        size = f" {words('part.by', size=words.value(abs(numbers[0]), kind))}" if is_precise(*numbers) else ""
        names = {key: _level(row[key], words) for key in ("one", "other")} | {"pairs": row["pairs"]}
        names |= {"factor": in_plain_words(row["factor"]), "outcome": outcome_name(row["outcome"], words)}
        parts = {"interval": words.interval(numbers[1], numbers[2], kind), "size": size,
                 "level": words.value(float(row["baseline"]), kind)}  # fmt: skip
        return words(f"{stem}.{self.reading}", **names, **parts)


def _level(level: Any, words: DocumentWords) -> str:
    return words.number(float(level)) if isinstance(level, int | float) else in_plain_words(level)


def outcome_name(name: Any, words: DocumentWords) -> str:
    """An outcome inside a sentence: a measure of a comparison by its label, others by their name."""
    return words.inside(words.known(f"measure.{name}", in_plain_words(name)))


def in_plain_words(name: Any) -> str:
    """A name of a file as words.

    >>> in_plain_words("word_of_mouth")
    'word of mouth'
    """
    return str(name).replace("_", " ")
