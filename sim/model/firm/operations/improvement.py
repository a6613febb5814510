"""Operational improvement: prevention with free hours, repair of causes after complaints, design of processes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sim.model.accounting import to_cents
from sim.model.equations.improvement import remaining_incidents, spared_share
from sim.model.firm.operations.service_desk import Desk
from sim.model.randomness import CAUSES, normals_of_firm
from sim.policies.base import Plan


@dataclass
class Improvement:
    """What a firm has prevented and mended.

    Args:
        work: Preventive work that is not out of date, against that which spares half of what can be spared. [ratio]
        alive: Part of each kind of cause that is there, the largest kind first; none listed: all of all. [0-1]
        heard: Complaints heard a month about each kind, averaged. [people]
        left: Months until the project on each kind is done; 0 without one. [months]
        goals: How far beliefs about needs rest on goals and not on stated preferences. [0-1]
    """

    work: float = 0.0
    alive: list[float] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    goals: float = 0.0


class Address(NamedTuple):
    """Where a firm's luck of a month is: key of the world, month, key of the firm."""

    key: int
    month: int
    firm: int


def prevent(improvement: Improvement, desk: Desk, customers: float, market: Mapping[str, float]) -> None:
    """The desk's hours of the month that cured nothing go into preventing; older work goes out of date.

    Args:
        improvement: Changed in place.
        desk: The desk after its month.
        customers: People supplied. [people]
        market: Numbers of the market.
    """
    hours = desk.kept + market["prevention.idle_use"] * desk.idle
    half = market["prevention.half"] * market["service.hours"] * customers
    improvement.work += (hours / half if half > 0.0 else 0.0) - market["prevention.fading"] * improvement.work


def loads(market: Mapping[str, float]) -> Sequence[float]:
    """Share of the incidents with a cause that can be mended, by kind, the largest first. [0-1]"""
    return _falling_shares(market["causes.concentration"], int(market["causes.kinds"]))


@lru_cache(maxsize=64)
def _falling_shares(concentration: float, kinds: int) -> Sequence[float]:
    raw = [concentration**kind for kind in range(kinds)]
    return [one / math.fsum(raw) for one in raw]


def trouble(improvement: Improvement, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Incidents against those of a firm that prevents and mends nothing. [ratio]"""
    left = 1.0
    if mechanisms["prevention"]:
        left -= market["prevention.most"] * spared_share(improvement.work)
    if mechanisms["root_causes"] and len(improvement.alive) == int(market["causes.kinds"]):
        left *= remaining_incidents(market["causes.mendable"], mended_share(improvement.alive, loads(market)))
    return left


def mended_share(alive: Sequence[float], shares: Sequence[float]) -> float:
    """Part of all causes that is mended, each by the incidents that it makes. [0-1]"""
    return math.fsum(share * (1.0 - part) for share, part in zip(shares, alive, strict=True))


def improvement(state: Improvement, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Experience of service gained by preventive work. [0-1]"""
    return market["prevention.experience"] * spared_share(state.work) if mechanisms["prevention"] else 0.0


def mend(state: Improvement, heard: float, where: Address, market: Mapping[str, float]) -> None:
    """Advance improvement projects, let causes recur in new forms, and start projects where complaints suggest it.

    Args:
        state: Changed in place.
        heard: Complaints of the month, as loud as the firm hears them. [people]
        where: Address of the luck of who complains about what.
        market: Numbers of the market.
    """
    shares = loads(market)
    if len(state.alive) != len(shares):  # nothing known yet, or other kinds since a fork
        state.alive, state.heard, state.left = [1.0] * len(shares), [0.0] * len(shares), [0] * len(shares)
    returning, memory = market["causes.returning"], market["causes.memory"]
    for kind, told in enumerate(complaints_by_kind(state.alive, shares, heard, where, market)):
        state.alive[kind] += returning * (1.0 - state.alive[kind])
        if state.left[kind] > 0:
            state.left[kind] -= 1
            if state.left[kind] == 0:
                state.alive[kind] *= 1.0 - market["causes.effect"]
                state.heard[kind] = 0.0  # what was told of the old cause says nothing of what is left
        else:
            state.heard[kind] += (told - state.heard[kind]) / memory
            if pays(state.heard[kind], market):
                state.left[kind] = int(market["causes.lag"])


def complaints_by_kind(
    alive: Sequence[float], shares: Sequence[float], heard: float, where: Address, market: Mapping[str, float]
) -> list[float]:
    """Complaints of the month by the cause that the firm attributes them to, with random error. [people]"""
    there = [share * part for share, part in zip(shares, alive, strict=True)]
    total, mistaken, kinds, told = math.fsum(there), market["causes.mistaken"], len(there), []
    for one, luck in zip(there, normals_of_firm(where.key, where.month, CAUSES, kinds, where.firm), strict=True):
        right = one / total if total > 0.0 else 1.0 / kinds
        mean = heard * ((1.0 - mistaken) * right + mistaken / kinds)
        told.append(max(0.0, mean + math.sqrt(mean) * luck))
    return told


def pays(heard: float, market: Mapping[str, float]) -> bool:
    """Whether a firm believes that mending a kind of cause pays. heard: complaints a month about it [people]"""
    spared = heard * market["causes.worth"] * market["service.hours"] * market["service.wage"]
    return heard > 0.0 and spared * market["causes.horizon"] >= market["causes.cost"] * market["size"]


def cost_of_mending(state: Improvement, market: Mapping[str, float]) -> int:
    """Cost of this month's projects. [cents]"""
    running = len([months for months in state.left if months > 0])
    return to_cents(running * market["causes.cost"] * market["size"] / market["causes.lag"])


def handling(plan: Plan, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Hours of an incident against those of a usual process. [ratio]"""
    return 1.0 + market["process.care"] * lean(plan) if mechanisms["process_design"] else 1.0


def repeating(plan: Plan, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Chances of rework and of forgetting against those of a usual process. [ratio]"""
    return math.exp(-market["process.repeats"] * lean(plan)) if mechanisms["process_design"] else 1.0


def lean(plan: Plan) -> float:
    """How far processes are designed for least total work: 1, or least handling: -1."""
    return 2.0 * plan.process - 1.0


def ask_for_goals(state: Improvement, plan: Plan, market: Mapping[str, float]) -> None:
    """Beliefs come to rest on what is asked for, slowly: what was learned from stated preferences stays biased."""
    state.goals += (plan.goals_research - state.goals) / market["belief.goals_time"]


def dearness(plan: Plan, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Price of precision against that of asking for preferences. [ratio]"""
    return 1.0 + plan.goals_research * (market["belief.goals_cost"] - 1.0) if mechanisms["goals_research"] else 1.0


def support(plan: Plan, spending: float, market: Mapping[str, float]) -> float:
    """Part of what support could do for customers' outcomes that is done. spending: mean of a person [EUR]"""
    amount = plan.outcome_support * spending
    return amount / (amount + market["outcome.support_scale"])
