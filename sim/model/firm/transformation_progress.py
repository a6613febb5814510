"""A month of transformation: levers build, staff adopts or relapses, leadership reviews, the plan follows."""

import math
from collections.abc import Mapping, Sequence

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.firm.firm import Firm, spending
from sim.model.firm.operations.service_desk import morale_loss
from sim.model.firm.transformation import adoption
from sim.model.firm.transformation.levers import ADOPTED, LEVER_ADOPTERS, ROUTINES, STRATEGY, ways
from sim.model.firm.transformation.programme import GOING, Before, Lever, Programme, Work, cost_of, levers_of
from sim.model.measures.equity import expected_value
from sim.model.randomness import REVIEW, normals
from sim.model.state import Clock
from sim.policies.base import DECISIONS, Plan
from sim.policies.interpolation import between, part_way


def apply_transformation(
    firm: Firm, one: Plan, other: Plan, clock: Clock, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> Plan:
    """The plan during a transformation: what defines either policy moves towards the goal as adopted.

    All others stay as the origin has them, which is neutral.

    Args:
        firm: Changed in place.
        one: Plan by the policy from which it comes.
        other: Plan by the policy to which it goes.
        clock: Where we are.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    programme, month = firm.programme, clock.month - int(market["warm_up"])
    own = {name: float(number or 0.0) for name, number in firm.settings.settings.items()}
    levers = firm_levers(firm)
    if programme.before is None and any(month >= lever.start for lever in levers):
        begin(programme, month, firm, market)
    if programme.before is not None:
        review(programme, month, own, market, clock.key, firm.key)
        build(programme, month, levers)
        adopt(firm, levers, own["leadership.vision"], market, mechanisms)
    firm.desk.learning = programme.joined
    defining = firm.policy.defining or {}
    moved = ways(programme.adopted, round(own["transformation.mapping"]))
    moved |= {name: 0.0 for name in DECISIONS if name not in defining}
    programme.routines = part_way(one.walls, other.walls, moved[ROUTINES])
    return between(one, other, moved)


def stand_still(firm: Firm) -> None:
    """No programme acts on a firm that follows one policy, even if one did before its world was forked."""
    firm.programme.routines, firm.programme.joined, firm.desk.learning = None, 0.0, 0.0
    firm.programme.running = [False] * len(firm.programme.running)


def firm_levers(firm: Firm) -> list[Lever]:
    """The five levers of a firm."""
    return levers_of(firm.settings.settings, firm.settings.way.date)


def begin(programme: Programme, month: int, firm: Firm, market: Mapping[str, float]) -> None:
    """The first lever is pulled: what will be compared is written down."""
    profits = [work.profit for work in programme.year]
    profit = math.fsum(profits) / len(profits) if profits else 0.0
    value = expected_value(firm.year, market["discount_rate"])
    programme.before = Before(month, value, programme.hours_per_incident, profit)
    programme.believed = market["adoption.believed_gain"]


def build(programme: Programme, month: int, levers: Sequence[Lever]) -> None:
    """Advance each active lever at its speed until it is built; dropped levers keep their progress."""
    going = programme.dropped == GOING
    for place, lever in enumerate(levers):
        programme.running[place] = going and month >= lever.start and programme.built[place] < 1.0
        if programme.running[place]:
            programme.built[place] = min(1.0, programme.built[place] + lever.speed)
    programme.adopted[STRATEGY] = programme.built[STRATEGY] if going else 0.0


def adopt(
    firm: Firm, levers: Sequence[Lever], vision: float, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> None:
    """Staff takes up the new ways or falls back; who changes loses hours to learning.

    Args:
        firm: Changed in place.
        levers: The five levers.
        vision: How far departments' targets are aligned. [0-1]
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    programme = firm.programme
    learn_gain(firm, market)
    support = market["adoption.peers"] * adoption.agreement(programme.pulled(), vision)
    lost, programme.joined = morale_loss(firm.desk, market), 0.0
    for place in ADOPTED:
        adopted, attention = programme.adopted[place], market["adoption.attention"] * programme.running[place]
        gain = gain_of(firm, value_share_of_pay(firm, LEVER_ADOPTERS[place], mechanisms), market)
        odds = market["adoption.keenness"] * gain - market["adoption.inertia"] + support * adopted + attention
        strain = adoption.effort(
            levers[place].disruption, market["adoption.patience"], lost, market["adoption.weariness"]
        )
        willing = adoption.chance(odds - market["adoption.keenness"] * strain)
        joined = adoption.uptake(adopted, programme.built[place], willing, market["adoption.learning"])
        left = adoption.relapse(adopted, adoption.chance(odds), market["adoption.forgetting"])
        programme.adopted[place] = adopted + joined - left
        programme.joined += levers[place].disruption * joined


def value_share_of_pay(firm: Firm, department: str, mechanisms: Mapping[str, bool]) -> float:
    """Part of a department's variable pay that hangs on customer value: its own where departments are paid apart."""
    own = firm.settings.settings.get(f"pay.{department}") if mechanisms["departments_pay"] else None
    return firm.plan.pay_value if own is None else own


def gain_of(firm: Firm, pay_value: float, market: Mapping[str, float]) -> float:
    """What the new way brings to a member of staff: by pay, expected value, and hours against before. [share]"""
    programme, before = firm.programme, firm.programme.before
    saved = -adoption.relative(programme.hours_per_incident, before.hours) if before else 0.0
    return adoption.gain(pay_value, programme.believed, saved, market["adoption.pay_share"])


def learn_gain(firm: Firm, market: Mapping[str, float]) -> None:
    """Expected gain of customer value follows what is measured, the more the more staff works in the new way."""
    programme = firm.programme
    if programme.before is None:
        return
    seen = adoption.relative(expected_value(firm.year, market["discount_rate"]), programme.before.value)
    share = programme.adoption
    programme.believed += market["adoption.belief_learning"] * share * (seen - programme.believed * share)


def review(
    programme: Programme, month: int, own: Mapping[str, float], market: Mapping[str, float], key: int, firm_key: int
) -> None:
    """Once a year the leadership compares profit with that before the programme; weak links add noise.

    Args:
        programme: Changed in place.
        month: Months since the policies began. [months]
        own: Numbers of the firm by key path.
        market: Numbers of the market.
        key: Key of the world's draws.
        firm_key: Address of the firm.
    """
    before = programme.before
    if (
        before is None
        or programme.dropped != GOING
        or month == before.month
        or (month - before.month) % MONTHS_PER_YEAR
    ):
        return
    link = own["leadership.kpi_link"]
    came = math.fsum(work.profit - before.profit for work in programme.year)
    luck = normals(key, 0, 0, month, REVIEW, 0, firm_key)[0]
    noise = market["adoption.review_noise"] * abs(before.profit) * MONTHS_PER_YEAR * luck
    programme.cumulated += link * came + (1.0 - link) * noise
    programme.in_loss = programme.in_loss + MONTHS_PER_YEAR if programme.cumulated < 0.0 else 0.0
    if programme.in_loss > 0.0 and programme.in_loss >= own["leadership.resolve"]:
        programme.dropped = month


def cost_of_programme(firm: Firm, people: float, market: Mapping[str, float]) -> float:
    """Cost of the month's programme and its integrator. people: customers [EUR]"""
    if not any(firm.programme.running):
        return 0.0
    vision = float(firm.settings.settings["leadership.vision"] or 0.0)
    share = cost_of(firm.programme, firm_levers(firm), vision * market["adoption.integrator"])
    return share * spending(market) * people


def note_month(firm: Firm, hours: float, incidents: float) -> None:
    """Write down a month once its profit is known: expected hours of new incidents [h], and their number."""
    firm.programme.year.append(Work(hours, incidents, firm.profit))
