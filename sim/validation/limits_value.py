"""Rows on the value of customers: elasticities of a firm's value, whale curves, and lognormal spending."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from sim.validation.closed_forms_of_value import gini_of_lognormal, profit_of_incidents, top_share_of_lognormal
from sim.validation.judging import ClosedForm, Within
from sim.validation.limit_worlds import firm
from sim.validation.limits_buying import concentration
from sim.validation.limits_retention import DIFFERENT, customer_values, proportion
from sim.validation.row import Control, Curve, Entry, Reading
from sim.validation.situation import Situation

INTEREST_OF_FIRMS = 0.12  # a year, as in the source
RETENTION_OF_FIRMS = (0.70, 0.95)  # of the five firms of the source
STEP_OF_VALUE = 0.01
YEARS_OF_VALUE = 60
TOP_FIFTH = 0.2
ALIKE_SHAPE = 100.0  # of gamma distributions, the largest that the model knows
INCIDENTS_A_MONTH, MONTHS_OF_INCIDENTS = 3.0, 12
SPREAD_OF_SPEND = 1.282  # for a top fifth that has two thirds


def read_elasticity(here: Situation) -> Sequence[Reading]:
    """Elasticity of customer value to the retention rate, by a step of one percent to either side."""
    retention = here.parameter(0, 0.8, *RETENTION_OF_FIRMS)
    up, down = (
        customer_values(here, retention * factor, YEARS_OF_VALUE, INTEREST_OF_FIRMS).mean()
        for factor in (1.0 + STEP_OF_VALUE, 1.0 - STEP_OF_VALUE)
    )
    return [Reading("elasticity to retention", float((up - down) / (STEP_OF_VALUE * (up + down))))]


def value_of_firm(here: Situation, spend: float, contact: float) -> float:
    """Present value of margins less marketing of a firm that wins all its customers by marketing.

    Args:
        here: Replicate.
        spend: Of a customer, against the plain case; goods cost their share of it. [ratio]
        contact: Price of a contact, against the plain case. [ratio]
    """
    reach, leaving = here.parameter(0, 0.05, 0.02, 0.2), here.parameter(1, 0.15, 0.05, 0.2)
    share = here.parameter(2, 0.5, 0.2, 0.6)
    market = {
        "economics": {"purchase_rate": 1.0, "spend": 100.0 * spend, "fixed_share": 1.0},
        "choice": {"entry": 1.0, "outside": -10.0},
        "marketing": {"contact_cost": 100.0 * contact}, "product": {"unit_cost": share},
        "death": leaving, "category_exit": 0.0, "refill": 1.0,
    }  # fmt: skip
    firms = [firm("only", 0.0, 0.0, marketing=reach * contact / spend)]
    on = ["advertising", "births_and_deaths"]
    run = here.limit({"months": 24, "firms": firms, "on": on}, market)
    flow = run.firm("revenue") - run.firm("cost_goods") - run.firm("cost_marketing")
    return float((flow / (1.0 + INTEREST_OF_FIRMS / 12.0) ** run.firm("month")).sum())


def read_homogeneous(here: Situation) -> Sequence[Reading]:
    """Elasticity to margin less that to acquisition cost."""
    plain = value_of_firm(here, 1.0, 1.0)
    ends = (1.0 + STEP_OF_VALUE, 1.0 - STEP_OF_VALUE)
    margin, contact = (
        (up - down) / (2.0 * STEP_OF_VALUE * plain)
        for up, down in (
            [value_of_firm(here, end, 1.0) for end in ends],
            [value_of_firm(here, 1.0, end) for end in ends],
        )
    )
    return [Reading("elasticity to margin less that to acquisition cost", margin + contact, 1.0, 0.002, False)]


class Profits(NamedTuple):
    """What customers brought in a year, and what theory knows of it.

    Args:
        each: Profit of each customer. [EUR]
        bill: Mean bill. [EUR]
        cost: Cost of an incident. [EUR]
    """

    each: NDArray[np.float64]
    bill: float
    cost: float


def profits_of_customers(here: Situation) -> Profits:
    """A year of a contract market in which incidents cost what they cost, and nothing else does."""
    economics = {
        "fixed_share": 1.0, "incident_rate": INCIDENTS_A_MONTH, "incident_shape": ALIKE_SHAPE,
        "rate_shape": ALIKE_SHAPE, "spend": here.parameter(0, 127.0, 122.0, 145.0), "purchase_rate": 1.0,
    }  # fmt: skip
    service = {"hours": 1.0, "quality_effect": 0.0, "rework": 0.0, "handoff_need": 0.0, "complexity": 0.0,
               "escalation_hours": 0.0}  # fmt: skip
    market = {"economics": economics, "service": service, "product": {"unit_cost": 0.0}}
    run = here.limit({"months": MONTHS_OF_INCIDENTS, "on": ["incidents"]}, market, ("billed", "contribution", "rate"))
    billed, each = (run.panel[name][-1, :, 0] / 100.0 for name in ("billed", "contribution"))
    cost = float((billed - each).sum() * run.weight / run.firm("incidents").sum())
    bill = MONTHS_OF_INCIDENTS * float(economics["spend"]) * run.weight
    return Profits(each, bill, cost)


def read_whale(here: Situation) -> Sequence[Reading]:
    """Peak of the whale curve against the total, share of unprofitable customers, and share of the top fifth."""
    profits = profits_of_customers(here)
    mean = INCIDENTS_A_MONTH * MONTHS_OF_INCIDENTS
    peak, losing, top = profit_of_incidents((profits.bill, profits.cost), (ALIKE_SHAPE, ALIKE_SHAPE), mean, TOP_FIFTH)
    each, gains = profits.each, np.maximum(profits.each, 0.0)
    ratio = float(gains.mean() / each.mean())
    error = float((gains - ratio * each).std() / each.mean() / np.sqrt(len(each)))
    _, top_reading = concentration(each, 0.0, top)
    return [
        Reading("peak against total", ratio, peak, error),
        proportion("unprofitable", each < 0.0, losing),
        top_reading,
    ]


def draw_whale(here: Situation) -> Curve:
    """The whale curve beside that of normally distributed profit of the same mean and spread."""
    each = np.sort(profits_of_customers(here).each)[::-1]
    parts = np.linspace(0.0, 1.0, 101)
    curve = np.append(0.0, each.cumsum())[np.round(parts * len(each)).astype(int)] / each.sum()
    spread = each.std() / each.mean()
    normal = parts + spread * stats.norm.pdf(stats.norm.isf(np.clip(parts, 1e-12, 1.0 - 1e-12)))
    lines = {"Model": curve, "Normal profit": normal}
    return Curve("Cumulated profit of customers, the best first", "Share of customers", parts, lines)


def read_lognormal(here: Situation) -> Sequence[Reading]:
    """Gini coefficient and top fifth of revenue where spending is lognormal and rates are nearly alike."""
    spread = here.parameter(0, SPREAD_OF_SPEND, 0.5, 1.7)
    economics = {"fixed_share": 1.0, "rate_shape": ALIKE_SHAPE, "spend": 10_000.0, "spend_sigma": spread}
    bill = here.limit({"months": 1}, {"economics": economics}, ("billed",)).panel["billed"][1, :, 0].astype(float)
    whole = float(np.sqrt(spread**2 + special.polygamma(1, ALIKE_SHAPE)))
    return list(concentration(bill, gini_of_lognormal(whole), top_share_of_lognormal(whole, TOP_FIFTH)))


GUPTA_2004 = "Gupta, Lehmann and Stuart (2004), Journal of Marketing Research 41(1)"
LIMITS_VALUE_ROWS = (
    Entry("B3", "One percent of retention is worth three to seven percent of customer value at 12 % interest",
        GUPTA_2004, Within(3.0, 7.0, 5.0), read_elasticity, DIFFERENT, agents=(4000, 4000), is_quick=False),
    Entry("B4", "A firm's value is homogeneous: its elasticity to margin is 1 above that to acquisition cost",
        GUPTA_2004, ClosedForm(tolerance="0.002 (cents are whole)"), read_homogeneous,
        Control("customers spend the same whatever the margin", {"market.economics.spend": 100.0}),
        agents=(4000, 4000), replicates=(2, 10)),
    Entry("F16", "A whale curve peaks at E[profit⁺] / E[profit] where incidents are all that costs",
        "negative binomial incidents; near the normal case Φ(1/cv) + cv φ(1/cv)", ClosedForm(), read_whale,
        Control("customers differ in how often incidents happen", {"market.economics.incident_shape": 0.6}),
        picture=draw_whale),
    Entry("F9-lognormal", "Gini and top fifth of lognormal spending", "Aitchison and Brown (1957)", ClosedForm(),
        read_lognormal, Control("customers also differ in how often they buy", {"market.economics.rate_shape": 0.5})),
)  # fmt: skip
