"""Rows on organisation and customising in worlds of the box (section D)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.validation.bank import RecordedRun
from sim.validation.judging import RightSign
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

THREE_YEARS = {"months": 36, "market.customers": 1000, "market.size": 10_000.0}
DEPTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
INSIGHT = 0.05  # of spending
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


def read_hump(here: Situation) -> Sequence[Reading]:
    """Profit at the best inner depth of customising above that at either end, of the mean over depths."""
    profits = [
        float(with_decisions(here, {"depth": depth, "intelligence": INSIGHT}).firm("profit").sum()) for depth in DEPTHS
    ]
    scale = abs(sum(profits)) / len(profits)
    return [Reading("inner best less better end", (max(profits[1:-1]) - max(profits[0], profits[-1])) / scale)]


def read_insight(here: Situation) -> Sequence[Reading]:
    """Gain of satisfaction by customising with insight above the same without insight."""
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


PATTERNS_ORGANISATION_ROWS = (
    Entry("D5", "Profit is highest at a customer orientation between the ends",
        "Homburg, Müller and Klarmann (2011), Journal of Marketing 75(2)",
        RightSign("inner best less better end"), read_hump, NO_COST,
        world="telecom", replicates=(2, 30), is_quick=False),
    Entry("D12", "Customising pays the customer the more, the better preferences are known",
        "Franke, Keinz and Steger (2009), Journal of Marketing 73(5)", RightSign("difference of gains in needs met"),
        read_insight, Control("beliefs do not learn", {"mechanisms.belief_learning": False}), world="telecom",
        replicates=(2, 30), is_quick=False),
    Entry("D11", "Hand-offs between departments cost satisfaction", "SQM benchmark of call centres; sign only",
        RightSign("difference of satisfaction"), read_walls,
        Control("incidents are not handed on", {"mechanisms.handoffs": False}), world="telecom", replicates=(2, 30),
        is_quick=False),
)  # fmt: skip
