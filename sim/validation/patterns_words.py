"""Rows on word of mouth in worlds of the box (section C)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.customer_histories import five_years
from sim.validation.judging import RightSign, Within
from sim.validation.limit_worlds import firm
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

NO_WORDS = Control("nobody talks", {"mechanisms.word_of_mouth": False})
BOXES = 10
LEAST_IN_BOX = 200  # months of customers
SPEAKS_A_MONTH = 0.3  # chance of a customer to say something in a month
UNLIKELY, LIKELY = 0.35, 0.65  # reputations that make a choice less and more likely than an even chance


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


def talk_by_box(here: Situation) -> NDArray[np.float64]:
    """Part of customers who say something in a month, by box of satisfaction; only boxes with `LEAST_IN_BOX` months."""
    run = five_years(here, "telecom")
    felt, words = run.of_supplier("satisfaction")[1:].ravel(), (run.panel["said"][1:] > 0).ravel()
    known = np.isfinite(felt)
    boxes = np.clip(felt[known] * BOXES, 0, BOXES - 1).astype(int)
    counts = np.bincount(boxes, minlength=BOXES)
    talk = np.bincount(boxes, words[known], minlength=BOXES) / np.maximum(1, counts)
    return np.asarray(talk[counts >= LEAST_IN_BOX])


def read_valley(here: Situation) -> Sequence[Reading]:
    """How much more both ends of satisfaction talk than the middle."""
    talk = talk_by_box(here)
    shown = talk.any() and len(talk) >= 3
    return [Reading("lower end less middle", float(min(talk[0], talk[-1]) - talk.min()) if shown else float("nan"))]


def read_ends(here: Situation) -> Sequence[Reading]:
    """Talk of the least satisfied box against that of the most satisfied."""
    talk = talk_by_box(here)
    return [Reading("ratio of ends", float(talk[0] / talk[-1]) if talk.any() else float("nan"))]


def chosen_after_words(here: Situation, reputation: float, praise: float, blame: float) -> float:
    """Part of the people without a supplier who choose the one firm in the month after its customers spoke.

    Args:
        here: Replicate.
        reputation: Of the firm before; having no supplier is worth as much as a reputation of one half. [0-1]
        praise: Chance of a customer to praise. [1/month]
        blame: Chance to blame.
    """
    weight = here.parameter(0, 6.0, 3.0, 9.0)
    market = {
        "choice": {"entry": 1.0, "experience_weight": weight, "outside": weight / 2.0, "fit_weight": 0.0},
        "satisfaction": {"neutral": reputation},
        "word_of_mouth": {
            "positive": praise, "negative": blame, "positive_power": 0.0, "negative_power": 0.0, "fading": 0.0,
        },
    }  # fmt: skip
    shape = {"months": 2, "on": ["word_of_mouth"], "firms": [firm("only", 0.3)]}
    seats = here.limit(shape, market, ("supplier",)).panel["supplier"]
    return float((seats[2][seats[1] < 0] >= 0).mean())


def read_shift(here: Situation) -> Sequence[Reading]:
    """How much more praise moves choices than blame below an even chance, or less above, the lesser of both."""
    leads = []
    for reputation, sign in ((UNLIKELY, 1.0), (LIKELY, -1.0)):
        praised, plain, blamed = (
            chosen_after_words(here, reputation, *chances)
            for chances in ((SPEAKS_A_MONTH, 0.0), (0.0, 0.0), (0.0, SPEAKS_A_MONTH))
        )
        leads.append(sign * ((praised - plain) - (plain - blamed)))
    return [Reading("lead of the stronger kind of word", min(leads))]


PATTERNS_WORDS_ROWS = (
    Entry("C1", "There are about three good words to a bad one", "East, Hammond and Wright (2007), IJRM 24(2)",
        Within(2.0, 5.0, 3.0), read_ratio, NO_WORDS, world="telecom", is_quick=False),
    Entry("C1-people", "People who say much good also say much bad", "East, Hammond and Wright (2007), IJRM 24(2)",
        RightSign("correlation"), read_talkers,
        Control("all are equally talkative", {"market.temper.spread": 0.0}), world="telecom", is_quick=False),
    Entry("C4", "The very satisfied and the very dissatisfied talk more than those between",
        "Anderson (1998), Journal of Service Research 1(1)", RightSign("lower end less middle"), read_valley, NO_WORDS,
        world="telecom", is_quick=False),
    Entry("C4-ends", "The very dissatisfied talk somewhat more than the very satisfied",
        "Anderson (1998), Journal of Service Research 1(1)", Within(1.05, 2.0), read_ends, NO_WORDS, world="telecom",
        is_quick=False),
    Entry("C2", "Good words move a choice more than bad ones where it is unlikely before, and less where it is likely",
        "East, Hammond and Lomax (2008), IJRM 25(3)", RightSign("lead of the stronger kind of word"), read_shift,
        Control("words weigh nothing", {"market.word_of_mouth.weight": 0.0}), agents=(4000, 10_000)),
)  # fmt: skip
