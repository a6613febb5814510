"""Rows on satisfaction and loyalty in worlds of the box (section A): tenure, satisfaction, complaints and leaving."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sim.model.randomness import normals
from sim.validation.bank import RecordedRun
from sim.validation.customer_histories import YEAR, five_years, is_customer, months_of_joiners, stays
from sim.validation.judging import RightSign, Within
from sim.validation.row import Control, Entry, Reading
from sim.validation.sbg import fit_sbg
from sim.validation.situation import Situation

RELIABILITY = 0.8  # of one question on satisfaction, in the middle of what surveys reach
ANSWER_DRAW = 98  # purpose of the luck of answers; no draw of a world has it
EARLY, LATE = (1, 12), (37, 1000)  # months of tenure
WITHOUT_INERTIA = Control("inertia off: nobody is restless for life", {"mechanisms.inertia": False})
NOBODY_DIFFERS = Control(
    "customers are alike, and satisfaction is no reason to look around",
    {
        "mechanisms.inertia": False, "market.choice.consider_slope": 0.0, "market.choice.taste": 0.0,
        "market.temper.spread": 0.0, "market.economics.price_sigma": 0.0, "market.needs.spread": 0.0,
        "market.economics.incident_shape": 100.0,
    },
)  # fmt: skip

FELT_COUNTS_NOT = Control(
    "satisfaction is no reason to look around or to choose, and customers are alike in what goes with it",
    {
        "market.choice.consider_slope": 0.0, "market.choice.experience_weight": 0.0, "mechanisms.inertia": False,
        "mechanisms.grievances": False, "market.choice.consider_ticket": 0.0, "market.choice.taste": 0.0,
        "mechanisms.price_response": False, "mechanisms.incidents": False,
    },
)  # fmt: skip


def monthly_loss(run: RecordedRun, tenure: tuple[int, int]) -> float:
    """Mean monthly loss of customers of a tenure. [share]"""
    lost = there = 0
    for month in range(run.scenario.months):
        own = run.panel["tenure"][month]
        group = is_customer(run, month) & (own >= tenure[0]) & (own <= tenure[1])
        there += int(group.sum())
        lost += int((group & ~stays(run, month, 1)).sum())
    return lost / there if there else float("nan")


def read_tenure(here: Situation) -> Sequence[Reading]:
    """Log of the loss in the first year against that after three years."""
    run = five_years(here, "telecom")
    return [Reading("log ratio of losses", float(np.log(monthly_loss(run, EARLY) / monthly_loss(run, LATE))))]


def read_alpha(here: Situation) -> Sequence[Reading]:
    """Alpha of the sBG fitted to those who joined in the first year, by years stayed."""
    stayed = months_of_joiners(five_years(here, "telecom"), YEAR, 4 * YEAR) // YEAR
    return [Reading("alpha", fit_sbg(stayed, 4).alpha)]


def read_explained(here: Situation) -> Sequence[Reading]:
    """Squared correlation of a noisy answer on a scale of 1 to 10 with staying for a year, over all yearly waves."""
    run = five_years(here, "telecom")
    felt, stayed = yearly_waves(run)
    answers = answered(felt, here.replicate)
    return [Reading("R²", float(np.corrcoef(answers, stayed.astype(float))[0, 1] ** 2))]


def yearly_waves(run: RecordedRun) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Satisfaction of customers at the start of each year, and who of them stayed for that year."""
    felt, stayed = [], []
    for start in range(0, run.scenario.months - YEAR + 1, YEAR):
        group = is_customer(run, start)
        felt.append(run.of_supplier("satisfaction")[start][group])
        stayed.append(stays(run, start, YEAR)[group])
    return np.concatenate(felt), np.concatenate(stayed)


def answered(felt: NDArray[np.float64], replicate: int) -> NDArray[np.float64]:
    """Answers of a survey on a scale of 1 to 10, of a reliability of `RELIABILITY`. felt: satisfaction [0-1]"""
    noise = felt.std() * np.sqrt(1.0 / RELIABILITY - 1.0)
    key = crc32(b"answers")
    luck = np.array([normals(key, place, 0, 0, ANSWER_DRAW, replicate, 0)[0] for place in range(len(felt))])
    return np.clip(np.round(1.0 + 9.0 * (felt + noise * luck)), 1.0, 10.0)


def lost_by_complaint(run: RecordedRun) -> tuple[float, float, float]:
    """Share lost within a year of those with a grievance, of those whose complaint was made good, and of the silent."""
    lost = {"grieved": [0, 0], "content": [0, 0], "silent": [0, 0]}
    for start in range(YEAR, run.scenario.months - YEAR + 1, YEAR):
        group, gone = is_customer(run, start), ~stays(run, start, YEAR)
        now = run.scenario.market["warm_up"] + start
        recent = (run.panel["complaint_month"][start] >= 0) & (now - run.panel["complaint_month"][start] < YEAR)
        grieved = recent & (run.panel["grievance"][start] == 1)
        for name, who in (("grieved", grieved), ("content", recent & ~grieved), ("silent", ~recent)):
            lost[name][0] += int((group & who & gone).sum())
            lost[name][1] += int((group & who).sum())
    grieved, content, silent = (hits / count if count else float("nan") for hits, count in lost.values())
    return grieved, content, silent


def read_grievance(here: Situation) -> Sequence[Reading]:
    """Yearly loss of dissatisfied complainants above that of customers who did not complain."""
    grieved, _, silent = lost_by_complaint(five_years(here, "telecom"))
    return [Reading("difference of yearly loss", grieved - silent)]


def read_redress(here: Situation) -> Sequence[Reading]:
    """Yearly loss of dissatisfied complainants above that of complainants whose complaint was made good."""
    grieved, content, _ = lost_by_complaint(five_years(here, "telecom"))
    return [Reading("difference of yearly loss", grieved - content)]


def read_complained(here: Situation) -> Sequence[Reading]:
    """How much more often those leave in a quarter who complained in the three before: more than three times."""
    run, lost = five_years(here, "telecom"), np.zeros((2, 2))
    for start in range(YEAR, run.scenario.months - 2, 3):
        since = run.scenario.market["warm_up"] + start - run.panel["complaint_month"][start]
        complained = (run.panel["complaint_month"][start] >= 0) & (since <= 9)
        for row, who in enumerate((complained, ~complained)):
            group = is_customer(run, start) & who
            lost[row] += int((group & ~stays(run, start, 3)).sum()), int(group.sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = lost[:, 0] / lost[:, 1]
    return [Reading("ratio of losses less 3", float(rates[0] / rates[1]) - 3.0)]


def read_silent(here: Situation) -> Sequence[Reading]:
    """Part of those who left by choice who had complained in the year before."""
    run = five_years(here, "telecom")
    return [Reading("share", float(run.measures["losses_complained"].sum() / run.measures["losses_voluntary"].sum()))]


def read_satisfied_stay(here: Situation) -> Sequence[Reading]:
    """Odds of staying a year of the most satisfied fifth against those of the fifth below, in logs, over all years."""
    felt, stayed = yearly_waves(five_years(here, "telecom"))
    edges = np.quantile(felt, (0.6, 0.8))
    next_box, top = stayed[(felt > edges[0]) & (felt <= edges[1])], stayed[felt > edges[1]]
    odds = [(part.sum() + 0.5) / ((~part).sum() + 0.5) for part in (top, next_box)]
    return [Reading("log odds ratio", float(np.log(odds[0] / odds[1])))]


def read_causes(here: Situation) -> Sequence[Reading]:
    """Customers lost by failures of product and service, against those lost by price."""
    run = five_years(here, "telecom")
    failures = run.measures["lost_dissatisfaction"].sum() + run.measures["lost_trouble"].sum()
    price, all_lost = run.measures["lost_price"].sum(), run.measures["losses_voluntary"].sum()
    return [Reading("failure less price, of losses by choice", float((failures - price) / all_lost))]


RAGE = "National Customer Rage Survey (2015)"
IRAN = "UCI Iranian churn data, 3,150 customers"
PATTERNS_LOYALTY_ROWS = (
    Entry("A3", "Customers are the less likely to leave the longer they stayed", "Fader and Hardie (2007)",
        RightSign("log ratio of losses", 0.1), read_tenure, NOBODY_DIFFERS, world="telecom", is_quick=False),
    Entry("E8", "Retention is uneven: α of joiners lies below 1.5", "Fader and Hardie (2007): 0.668 and 0.704",
        Within(0.3, 1.5, 0.69), read_alpha, WITHOUT_INERTIA, world="telecom", is_quick=False),
    Entry("A7", "Satisfaction explains a small part of loyalty",
        "Kumar, Dalla Pozza and Ganesh (2013), J. Retailing 89(3)",
        Within(0.03, 0.25, 0.08), read_explained,
        Control("satisfaction does not count in looking around and choosing",
                {"market.choice.consider_slope": 0.0, "market.choice.experience_weight": 0.0}),
        world="telecom", is_quick=False),
    Entry("A8", "The most satisfied stay with higher odds than those one box below",
        "Jones and Sasser (1995), HBR 73(6)",
        RightSign("log odds ratio"), read_satisfied_stay,
        FELT_COUNTS_NOT,
        world="telecom", is_quick=False),
    Entry("A14", "Dissatisfied complainants are less loyal than those who did not complain", RAGE,
        RightSign("difference of yearly loss", 0.03), read_grievance,
        Control("grievances off", {"mechanisms.grievances": False}), world="telecom", is_quick=False),
    Entry("A16", "A complaint that is made good keeps customers", "TARP (1986); sign only",
        RightSign("difference of yearly loss"), read_redress,
        Control("grievances off", {"mechanisms.grievances": False}), world="telecom", is_quick=False),
    Entry("A18", "Those who complained leave more than three times as often", IRAN, RightSign("ratio of losses less 3"),
        read_complained, Control("grievances off", {"mechanisms.grievances": False}), world="telecom", is_quick=False),
    Entry("A18-silent", "Most leave without a complaint", IRAN + ": 40 % had complained", Within(0.15, 0.6, 0.404),
        read_silent, Control("nobody complains", {"mechanisms.voice": False}), world="telecom", is_quick=False),
    Entry("C18", "More customers leave over failures than over price", "Keaveney (1995), Journal of Marketing 59(2)",
        RightSign("failure less price"), read_causes,
        Control("no incidents, and satisfaction is no reason to look around",
                {"mechanisms.incidents": False, "market.choice.consider_slope": 0.0}), world="telecom", is_quick=False),
)  # fmt: skip
