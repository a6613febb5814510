"""Rows on word of mouth in worlds of the box (section C)."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.answers import answered, correlation
from sim.validation.customer_histories import YEAR, five_years, is_customer, is_there, stays
from sim.validation.judging import RightSign, Within
from sim.validation.limit_worlds import firm
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

NO_WORDS = Control("nobody talks", {"mechanisms.word_of_mouth": False})
BOXES = 10
LEAST_IN_BOX = 200  # answers
HALF_YEAR = 6  # for which the source asks what was said
# The source asks about any brand: who went to a rival talks about the former supplier, too.
TALK_OF_ANY = {"mechanisms.leavers_talk": True}
SPEAKS_A_MONTH = 0.3  # chance of a customer to say something in a month
UNLIKELY, LIKELY = 0.35, 0.65  # reputations that make a choice less and more likely than an even chance


def half_years(here: Situation) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """How often each person praised and blamed any firm in each half-year; people who were there all the time."""
    run = five_years(here, "telecom", TALK_OF_ANY)
    words = run.panel["said"]
    for first in range(0, run.scenario.months - HALF_YEAR + 1, HALF_YEAR):
        spoken = words[first + 1 : first + HALF_YEAR + 1][:, is_there(run, first, HALF_YEAR)]
        yield ((spoken > 0) & (spoken % 2 == 1)).sum(axis=0), ((spoken > 0) & (spoken % 2 == 0)).sum(axis=0)


def read_ratio(here: Situation) -> Sequence[Reading]:
    """Positive messages against negative ones."""
    run = five_years(here, "telecom", TALK_OF_ANY)
    negative = float(run.measures["messages_negative"].sum())
    positive = float(run.measures["messages_positive"].sum())
    return [Reading("positive per negative", positive / negative if negative else float("nan"))]


def read_senders(here: Situation) -> Sequence[Reading]:
    """People who praised in a half-year against people who blamed."""
    counts = np.array([[(praise > 0).sum(), (blame > 0).sum()] for praise, blame in half_years(here)]).sum(axis=0)
    return [Reading("people who praised per one who blamed", float(counts[0] / counts[1]) if counts[1] else math.nan)]


def read_talkers(here: Situation) -> Sequence[Reading]:
    """Correlation over people and half-years of how often they praise and how often they blame."""
    praise, blame = (np.concatenate(counts).astype(float) for counts in zip(*half_years(here), strict=True))
    return [Reading("correlation", correlation(praise, blame))]


def talk_by_box(here: Situation) -> NDArray[np.float64]:
    """Part of the months of a year in which customers say something, by their answer on satisfaction after it.

    Customers of one supplier for that year; only boxes with `LEAST_IN_BOX` of them.
    """
    run, felt, talk = five_years(here, "telecom"), [], []
    for wave in range(YEAR, run.scenario.months + 1, YEAR):
        group = is_customer(run, wave) & stays(run, wave - YEAR, YEAR)
        felt.append(run.of_supplier("satisfaction")[wave][group])
        talk.append((run.panel["said"][wave - YEAR + 1 : wave + 1][:, group] > 0).mean(axis=0))
    boxes = answered(run, np.concatenate(felt), here.replicate).astype(int)
    counts = np.bincount(boxes, minlength=BOXES + 1)
    means = np.bincount(boxes, np.concatenate(talk), minlength=BOXES + 1) / np.maximum(1, counts)
    return np.asarray(means[counts >= LEAST_IN_BOX])


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
    Entry("C1-senders", "About three people say something good to one who says something bad",
        "East, Hammond and Wright (2007), IJRM 24(2)", Within(2.0, 5.0, 3.0), read_senders, NO_WORDS, world="telecom",
        is_quick=False),
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
