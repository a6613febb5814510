"""Rows on problems, complaints and redress in a contract world (section A): who speaks up, who stays after it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.bank import RecordedRun
from sim.validation.customer_histories import YEAR, five_years, is_customer, is_there, stays
from sim.validation.customer_problems import BORNE, IN_VAIN, MADE_GOOD, NO_PROBLEM
from sim.validation.judging import RightSign, Within
from sim.validation.judging_sweeps import NotAbove
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

MONTHS_OF_COMPLAINTS = 9  # of a year, in the Iranian data
Bools = NDArray[np.bool_]


def had(run: RecordedRun, kind: int, month: int) -> Bools:
    """Customers of the month before and of this one who had a problem of a kind. kind: see `customer_problems`"""
    there = is_customer(run, month) & stays(run, month - 1, 1)
    return np.asarray(there & (run.panel["problem"][month] == kind))


def lost_after(run: RecordedRun, kind: int) -> float:
    """Share lost within a year of a problem of a kind; who died or left the category counts for nothing."""
    lost = count = 0
    for month in range(1, run.scenario.months - YEAR + 1):
        who = had(run, kind, month) & is_there(run, month, YEAR)
        lost += int((who & ~stays(run, month, YEAR)).sum())
        count += int(who.sum())
    return lost / count if count else float("nan")


def read_grievance(here: Situation) -> Sequence[Reading]:
    """Lost within a year of a complaint in vain, above the same of a problem that was borne in silence."""
    run = five_years(here, "telecom")
    return [Reading("difference of yearly loss", lost_after(run, IN_VAIN) - lost_after(run, BORNE))]


def read_redress(here: Situation) -> Sequence[Reading]:
    """Lost within a year of a complaint in vain, above the same of one that was made good."""
    run = five_years(here, "telecom")
    return [Reading("difference of yearly loss", lost_after(run, IN_VAIN) - lost_after(run, MADE_GOOD))]


def read_redress_against_silence(here: Situation) -> Sequence[Reading]:
    """Lost within a year of a problem that was borne in silence, above the same of a complaint made good."""
    run = five_years(here, "telecom")
    return [Reading("difference of yearly loss", lost_after(run, BORNE) - lost_after(run, MADE_GOOD))]


def read_paradox(here: Situation) -> Sequence[Reading]:
    """Satisfaction gained in the month of a complaint made good, above that of customers without a problem."""
    run = five_years(here, "telecom")
    felt, changes = run.of_supplier("satisfaction"), np.zeros((2, 2))
    for month in range(1, run.scenario.months + 1):
        for row, kind in enumerate((MADE_GOOD, NO_PROBLEM)):
            who = had(run, kind, month)
            changes[row] += (felt[month] - felt[month - 1])[who].sum(), who.sum()
    with np.errstate(invalid="ignore"):
        means = changes[:, 0] / changes[:, 1]
    return [Reading("difference of changes of satisfaction", float(means[0] - means[1]))]


def read_no_paradox(here: Situation) -> Sequence[Reading]:
    """Share kept for a year of those whose complaint was made good, above that of those without a problem."""
    run = five_years(here, "telecom")
    return [Reading("difference of shares kept", lost_after(run, NO_PROBLEM) - lost_after(run, MADE_GOOD))]


def read_voice(here: Situation) -> Sequence[Reading]:
    """Part of problems that are spoken of to the firm, in a complaint or a demand."""
    problem = five_years(here, "telecom").panel["problem"]
    some, spoken = int((problem != NO_PROBLEM).sum()), int((problem > BORNE).sum())
    return [Reading("share", spoken / some if some else float("nan"))]


def read_voice_by_severity(here: Situation) -> Sequence[Reading]:
    """Part spoken of in the worse half of problems, above that in the other half."""
    panel = five_years(here, "telecom").panel
    some = panel["problem"] != NO_PROBLEM
    spoken, severity = panel["problem"][some] > BORNE, panel["severity"][some]
    worse = severity > np.median(severity) if len(severity) else spoken
    both = worse.any() and (~worse).any()
    return [Reading("difference", float(spoken[worse].mean() - spoken[~worse].mean()) if both else float("nan"))]


def complained_and_gone(run: RecordedRun) -> NDArray[np.int64]:
    """Customers by whether they complained in nine months and were gone after the year, shape (2, 2)."""
    counts = np.zeros((2, 2), np.int64)
    for start in range(0, run.scenario.months - YEAR + 1, YEAR):
        spoke = np.zeros(len(run.panel["supplier"][start]), np.bool_)
        for month in range(start + 1, start + MONTHS_OF_COMPLAINTS + 1):
            complained = run.panel["complaints"][month] > run.panel["complaints"][month - 1]
            spoke |= complained & stays(run, start, month - start)
        group, gone = is_customer(run, start), ~stays(run, start, YEAR)
        for row, who in enumerate((spoke, ~spoke)):
            counts[row] += int((group & who & gone).sum()), int((group & who & ~gone).sum())
    return counts


def read_complained(here: Situation) -> Sequence[Reading]:
    """How many times the share gone of those who complained is that of the others, less three."""
    counts = complained_and_gone(five_years(here, "telecom"))
    with np.errstate(invalid="ignore", divide="ignore"):
        gone = counts[:, 0] / counts.sum(axis=1)
        return [Reading("ratio of losses less 3", float(gone[0] / gone[1]) - 3.0)]


def read_silent(here: Situation) -> Sequence[Reading]:
    """Part of those who were gone after the year who had complained in its first nine months."""
    gone = complained_and_gone(five_years(here, "telecom"))[:, 0]
    return [Reading("share", float(gone[0] / gone.sum()))]


RAGE = "National Customer Rage Survey (2015)"
IRAN = "UCI Iranian churn data, 3,150 customers"
PARADOX = "de Matos, Henrique and Rossi (2007), Journal of Service Research 10(1)"
TARP = "TARP (1979, 1986); Goodman (2006)"
NO_GRIEVANCES = Control("grievances off", {"mechanisms.grievances": False})
NOT_MADE_GOOD = Control("complaints are never made good", {"mechanisms.recovery": False})
NOBODY_COMPLAINS = Control("nobody complains", {"mechanisms.voice": False})
PATTERNS_PROBLEMS_ROWS = (
    Entry("A17", "A complaint that is made good leaves customers no less satisfied than those without a problem",
        PARADOX, RightSign("difference of changes of satisfaction"), read_paradox, NOT_MADE_GOOD, world="telecom",
        is_quick=False),
    Entry("A17-repurchase", "It does not make them stay more than those without a problem", PARADOX,
        NotAbove("difference of shares kept"), read_no_paradox, NOT_MADE_GOOD, world="telecom", is_quick=False),
    Entry("A14", "Who complained in vain is less loyal than who had a problem and said nothing", RAGE,
        RightSign("difference of yearly loss", 0.03), read_grievance, NO_GRIEVANCES, world="telecom", is_quick=False),
    Entry("A14-redress", "Who complained and got redress is more loyal than who had a problem and said nothing", RAGE,
        RightSign("difference of yearly loss"), read_redress_against_silence,
        Control("a problem is no reason to look around, and neither is dissatisfaction",
                {"mechanisms.grievances": False, "market.choice.consider_slope": 0.0,
                 "market.choice.consider_ticket": 0.0, "market.choice.experience_weight": 0.0}),
        world="telecom", is_quick=False),
    Entry("A15", "A fifth to three fifths of problems are spoken of to the firm", TARP, Within(0.2, 0.6), read_voice,
        NOBODY_COMPLAINS, world="telecom", is_quick=False),
    Entry("A15-severity", "The worse a problem, the more speak of it", TARP, RightSign("difference"),
        read_voice_by_severity,
        Control("whoever is inclined speaks of any problem", {"market.temper.voice_scale": 0.01}), world="telecom",
        is_quick=False),
    Entry("A16", "A complaint that is made good keeps customers", "TARP (1986); sign only",
        RightSign("difference of yearly loss"), read_redress, NO_GRIEVANCES, world="telecom", is_quick=False),
    Entry("A18", "Those who complained leave more than three times as often", IRAN, RightSign("ratio of losses less 3"),
        read_complained, NO_GRIEVANCES, world="telecom", is_quick=False),
    Entry("A18-silent", "Most leave without a complaint", IRAN + ": 40 % had complained", Within(0.15, 0.6, 0.404),
        read_silent, NOBODY_COMPLAINS, world="telecom", is_quick=False),
)  # fmt: skip
