"""Rows on organisation and customising in worlds of the box (section D)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import stats

from sim.validation.bank import RecordedRun
from sim.validation.judging import RightSign
from sim.validation.judging_sweeps import InvertedU
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

THREE_YEARS = {"months": 36, "market.customers": 1000, "market.size": 10_000.0}
SWEPT_LEVELS = {
    "depth": tuple(np.linspace(0.0, 1.0, 11).round(2).tolist()),
    "utilisation": tuple(np.linspace(0.6, 1.1, 11).round(2).tolist()),
}  # eleven of each decision that is swept
NEWCOMER_DISCOUNT = 0.3
INSIGHT = 0.05  # of spending
AS_SHIPPED = {"market.customers": 3000, "market.size": 30_000.0}
ALL_OSFA = {f"firms.{firm}.policy": "osfa" for firm in ("north", "south", "west")}

NO_COST = Control(
    "customising costs nothing",
    {
        "market.customisation.fixed_cost": 0.0, "market.customisation.distance_cost": 0.0,
        "market.service.complexity": 0.0,
    },
)  # fmt: skip


def with_decisions(here: Situation, decisions: Mapping[str, float]) -> RecordedRun:
    """Three years of telecom in which all firms are alike but for what the first decides."""
    own: dict[str, Any] = {f"firms.north.decisions.{name}": value for name, value in decisions.items()}
    return here.built_in({"scenario": "telecom"} | THREE_YEARS | ALL_OSFA | own)


def swept(here: Situation, decision: str, measure: str, fixed: Mapping[str, float]) -> list[float]:
    """A measure of the first firm at each level of a decision: its sum for profit, else the mean of the last year."""
    values = []
    for level in SWEPT_LEVELS[decision]:
        series = with_decisions(here, {decision: level, **fixed}).firm(measure)
        values.append(float(series.sum() if measure == "profit" else series[-12:].mean()))
    return values


def read_profit_by_depth(here: Situation) -> Sequence[Reading]:
    """Profit at each depth of customising, with what is needed to know customers."""
    profits = swept(here, "depth", "profit", {"intelligence": INSIGHT})
    return [
        Reading(f"profit at {level:g}", profit) for level, profit in zip(SWEPT_LEVELS["depth"], profits, strict=True)
    ]


def read_profit_by_service(here: Situation) -> Sequence[Reading]:
    """Profit at each load of the service desk, from a desk with much time to one with none."""
    profits = swept(here, "utilisation", "profit", {})
    return [
        Reading(f"profit at {level:g}", profit)
        for level, profit in zip(SWEPT_LEVELS["utilisation"], profits, strict=True)
    ]


def read_attitude(here: Situation) -> Sequence[Reading]:
    """Rank correlation of satisfaction with the time that the desk has, less 0.9."""
    felt = swept(here, "utilisation", "satisfaction_mean", {})
    rank = stats.spearmanr(SWEPT_LEVELS["utilisation"], felt).statistic
    return [Reading("rank correlation less 0.9", -float(rank) - 0.9)]


def read_betrayal(here: Situation) -> Sequence[Reading]:
    """Yearly loss where everybody notices what newcomers get, above that where nobody does."""
    losses = []
    for notice in (1.0, 0.0):
        own = {"firms.north.decisions.newcomer_discount": NEWCOMER_DISCOUNT, "market.marketing.notice": notice}
        run = here.built_in({"scenario": "telecom"} | THREE_YEARS | ALL_OSFA | own)
        losses.append(float(run.firm("attrition_annual")[[-13, -1]].mean()))
    return [Reading("difference of yearly loss", losses[0] - losses[1])]


def read_productivity(here: Situation) -> Sequence[Reading]:
    """Satisfaction lost by a busier desk where service matters much, above that where it matters little."""
    lost = []
    for incidents in (0.24, 0.03):
        ends = [
            here.built_in(
                {"scenario": "telecom"} | THREE_YEARS | ALL_OSFA
                | AS_SHIPPED | {"mechanisms.finance": False, "firms.north.decisions.utilisation": busy}
                | {"market.economics.incident_rate": incidents}
            ).firm("satisfaction_mean")[-12:].mean()
            for busy in (0.7, 1.0)
        ]  # fmt: skip
        lost.append(float(ends[0] - ends[1]))
    return [Reading("difference of losses of satisfaction", lost[0] - lost[1])]


def read_insight(here: Situation) -> Sequence[Reading]:
    """Gain in needs met by customising with insight above the same without insight."""
    gains = []
    for insight in (INSIGHT, 0.0):
        ends = [
            with_decisions(here, {"depth": depth, "intelligence": insight}).firm("share_needs_met")[-12:].mean()
            for depth in (1.0, 0.0)
        ]
        gains.append(float(ends[0] - ends[1]))
    return [Reading("difference of gains in needs met", gains[0] - gains[1])]


def read_walls(here: Situation) -> Sequence[Reading]:
    """Satisfaction behind no walls above that behind full ones, which every incident has to cross."""
    low, high = (with_decisions(here, {"walls": walls}) for walls in (0.0, 1.0))
    felt = [float(run.firm("satisfaction_mean")[-12:].mean()) for run in (low, high)]
    return [Reading("difference of satisfaction", felt[0] - felt[1])]


UNLIMITED = Control(
    "the desk has unlimited hours and no morale", {"mechanisms.queue": False, "mechanisms.morale": False}
)
HOMBURG_2011 = "Homburg, Müller and Klarmann (2011), Journal of Marketing 75(2)"
PATTERNS_ORGANISATION_ROWS = (
    Entry("D5", "Profit is highest at a depth of customising between the ends",
        HOMBURG_2011, InvertedU(SWEPT_LEVELS["depth"]),
        read_profit_by_depth, NO_COST, world="telecom", replicates=(2, 30), is_quick=False),
    Entry("D5-service", "Profit is highest at a service between the ends",
        HOMBURG_2011, InvertedU(SWEPT_LEVELS["utilisation"]),
        read_profit_by_service,
        Control("service hours cost nothing", {"market.service.wage": 0.0}), world="telecom", replicates=(2, 30),
        is_quick=False),
    Entry("D5-attitude", "Customers' attitude rises throughout with service", HOMBURG_2011,
        RightSign("rank correlation less 0.9"), read_attitude,
        UNLIMITED, world="telecom", replicates=(2, 30),
        is_quick=False),
    Entry("D16", "Customers who see that newcomers get more leave more often",
        "Feinberg, Krishna and Zhang (2002), Journal of Marketing Research 39(3)",
        RightSign("difference of yearly loss"), read_betrayal,
        Control("betrayal off", {"mechanisms.betrayal": False}), world="telecom", replicates=(2, 30), is_quick=False),
    Entry("A22", "Productivity of the desk and satisfaction are in tension the more, the more service there is",
        "Anderson, Fornell and Rust (1997), Marketing Science 16(2)",
        RightSign("difference of losses of satisfaction"), read_productivity,
        UNLIMITED, world="telecom", replicates=(2, 30),
        is_quick=False),
    Entry("D12", "Customising pays the customer the more, the better preferences are known",
        "Franke, Keinz and Steger (2009), Journal of Marketing 73(5)", RightSign("difference of gains in needs met"),
        read_insight, Control("beliefs do not learn", {"mechanisms.belief_learning": False}), world="telecom",
        replicates=(2, 30), is_quick=False),
    Entry("D11", "Hand-offs between departments cost satisfaction", "SQM benchmark of call centres; sign only",
        RightSign("difference of satisfaction"), read_walls,
        Control("incidents are not handed on", {"mechanisms.handoffs": False}), world="telecom", replicates=(2, 30),
        is_quick=False),
)  # fmt: skip
