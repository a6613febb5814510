"""Rows on satisfaction and loyalty in worlds of the box (section A): tenure, satisfaction and causes of leaving."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.answers import answered
from sim.validation.bank import RecordedRun
from sim.validation.customer_histories import YEAR, five_years, is_customer, is_there, months_of_joiners, stays
from sim.validation.judging import RightSign, Within
from sim.validation.row import Control, Entry, Reading
from sim.validation.sbg import fit_sbg
from sim.validation.situation import Situation

EARLY, LATE = (1, 12), (37, 1000)  # months of tenure
SERVICES = ("telecom", "banking", "commodity")  # to households, under contract
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
    answers = answered(run, felt, here.replicate)
    return [Reading("R²", float(np.corrcoef(answers, stayed.astype(float))[0, 1] ** 2))]


def yearly_waves(run: RecordedRun) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Satisfaction of customers at the start of each year, and who of them stayed for it; the dead are left out."""
    felt, stayed = [], []
    for start in range(0, run.scenario.months - YEAR + 1, YEAR):
        group = is_customer(run, start) & is_there(run, start, YEAR)
        felt.append(run.of_supplier("satisfaction")[start][group])
        stayed.append(stays(run, start, YEAR)[group])
    return np.concatenate(felt), np.concatenate(stayed)


def read_satisfied_stay(here: Situation) -> Sequence[Reading]:
    """Odds of staying a year of the most satisfied fifth against those of the fifth below, in logs, over all years."""
    felt, stayed = yearly_waves(five_years(here, "telecom"))
    edges = np.quantile(felt, (0.6, 0.8))
    next_box, top = stayed[(felt > edges[0]) & (felt <= edges[1])], stayed[felt > edges[1]]
    odds = [(part.sum() + 0.5) / ((~part).sum() + 0.5) for part in (top, next_box)]
    return [Reading("log odds ratio", float(np.log(odds[0] / odds[1])))]


def read_causes(here: Situation) -> Sequence[Reading]:
    """Customers lost by failures of product and service less those lost by price, mean over services to households."""
    leads = []
    for world in SERVICES:
        lost = five_years(here, world).measures
        failures = lost["lost_dissatisfaction"].sum() + lost["lost_trouble"].sum()
        leads.append(float((failures - lost["lost_price"].sum()) / lost["losses_voluntary"].sum()))
    return [Reading("failure less price, of losses by choice", float(np.mean(leads)))]


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
    Entry("C18", "More customers leave over failures than over price", "Keaveney (1995), Journal of Marketing 59(2)",
        RightSign("failure less price"), read_causes,
        Control("no incidents, and satisfaction is no reason to look around",
                {"mechanisms.incidents": False, "market.choice.consider_slope": 0.0}), world="telecom", is_quick=False),
)  # fmt: skip
