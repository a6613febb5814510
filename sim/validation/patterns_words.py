"""Rows on word of mouth in worlds of the box (section C)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.customer_histories import five_years
from sim.validation.judging import RightSign, Within
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

NO_WORDS = Control("nobody talks", {"mechanisms.word_of_mouth": False})
BOXES = 10


def read_ratio(here: Situation) -> Sequence[Reading]:
    """Positive messages against negative ones."""
    run = five_years(here, "telecom")
    negative = float(run.measures["messages_negative"].sum())
    positive = float(run.measures["messages_positive"].sum())
    return [Reading("positive per negative", positive / negative if negative else float("nan"))]


def said(here: Situation, world: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each customer praised and blamed in each month, shape (months, places)."""
    words = five_years(here, world).panel["said"][1:]
    return (words > 0) & (words % 2 == 1), (words > 0) & (words % 2 == 0)


def read_talkers(here: Situation) -> Sequence[Reading]:
    """Correlation over people of how often they praise and how often they blame."""
    praise, blame = (words.sum(axis=0).astype(float) for words in said(here, "telecom"))
    both = praise.std() * blame.std()
    return [Reading("correlation", float(np.corrcoef(praise, blame)[0, 1]) if both else float("nan"))]


def read_valley(here: Situation) -> Sequence[Reading]:
    """How much more both ends of satisfaction talk than the middle."""
    run = five_years(here, "telecom")
    felt, words = run.of_supplier("satisfaction")[1:].ravel(), (run.panel["said"][1:] > 0).ravel()
    boxes = np.clip((felt * BOXES), 0, BOXES - 1)
    known = np.isfinite(boxes)
    counts = np.bincount(boxes[known].astype(int), minlength=BOXES)
    talk = np.bincount(boxes[known].astype(int), words[known], minlength=BOXES) / np.maximum(1, counts)
    filled = np.flatnonzero(counts >= 200)
    if not talk.any() or len(filled) < 3:
        return [Reading("lower end less middle", float("nan"))]
    return [Reading("lower end less middle", float(min(talk[filled[0]], talk[filled[-1]]) - talk[filled].min()))]


PATTERNS_WORDS_ROWS = (
    Entry("C1", "There are about three good words to a bad one", "East, Hammond and Wright (2007), IJRM 24(2)",
        Within(2.0, 5.0, 3.0), read_ratio, NO_WORDS, world="telecom", is_quick=False),
    Entry("C1-people", "People who say much good also say much bad", "East, Hammond and Wright (2007), IJRM 24(2)",
        RightSign("correlation"), read_talkers,
        Control("all are equally talkative", {"market.temper.spread": 0.0}), world="telecom", is_quick=False),
    Entry("C4", "The very satisfied and the very dissatisfied talk more than those between",
        "Anderson (1998), Journal of Service Research 1(1)", RightSign("lower end less middle"), read_valley, NO_WORDS,
        world="telecom", is_quick=False),
)  # fmt: skip
