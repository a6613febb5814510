"""The service desk: limited hours, waiting, morale, turnover and hiring. Crisis is this loop, entered and left."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sim.model.equations.service import waiting_months


class MonthOfWork(NamedTuple):
    """Work of a month that customers are expected to bring.

    Args:
        hours: By the sum over customers of what each is expected to bring. [h]
        typical: The same, if all had one incident a month at the usual quality, fit and process. [h]
    """

    hours: float
    typical: float


def expected_hours(months: Sequence[MonthOfWork]) -> float:
    """Hours expected of this month's customers: what is typical of them now, times how trouble-prone people are.

    How prone they are is the mean of up to three years, since the few customers who bring most of the work would
    otherwise shake a desk in a market of few agents.

    Args:
        months: The months of these years, the last is this one.

    >>> expected_hours([MonthOfWork(1.0, 10.0), MonthOfWork(3.0, 10.0)])
    2.0
    """
    hours, typical = map(math.fsum, zip(*months, strict=True))
    return months[-1].typical * hours / typical if typical > 0.0 else 0.0


@dataclass
class Desk:
    """State of a service desk.

    Args:
        experienced: Experienced staff. [heads]
        recruits: Staff that still learns. [heads]
        average_demand: Hours wanted per month, averaged. [h/month]
        morale: Morale of the staff. [0-1]
        crisis: True while in crisis.
        pressure: Hours wanted per hour available, last month. [ratio]
        served_share: Share of the open work reached this month. [0-1]
        wait: Mean wait inside the month. [month]
        backlog: Hours left over at the end of the month. [h]
        left: Staff that left this month. [heads]
        idle: Hours of the month that nothing wanted. [h]
        kept: Hours of the month that were kept for preventing. [h]
        learning: Part of the hours that learning new ways takes this month. [share]
        carried: Hours that are expected to be open next month, before anybody leaves. [h]
        turnover: Part of the staff that left this month. [share]
        practice: Practice of staff in its own speciality, against that under the neutral plan. [ratio]
        present: Hours that meetings leave, against those under the neutral plan. [ratio]
    """

    experienced: float
    recruits: float
    average_demand: float
    morale: float
    crisis: bool = False
    pressure: float = 0.8
    served_share: float = 1.0
    wait: float = 0.0
    backlog: float = 0.0
    left: float = 0.0
    idle: float = 0.0
    kept: float = 0.0
    learning: float = 0.0
    carried: float = 0.0
    turnover: float = 0.0
    practice: float = 1.0
    present: float = 1.0

    @property
    def heads(self) -> float:
        """All staff. [heads]"""
        return self.experienced + self.recruits


def new_desk(hours: float, utilisation: float, market: Mapping[str, float]) -> Desk:
    """A rested desk staffed for a monthly workload, with the usual share of recruits. hours: [h]"""
    learning = market["service.turnover"] * market["service.recruit_time"]
    recruits = learning / (1.0 + learning)
    output = (1.0 - recruits + market["service.recruit_speed"] * recruits) * market["service.hours_per_head"]
    heads = max(1e-6, hours / utilisation / output)
    return Desk(heads * (1.0 - recruits), heads * recruits, hours, market["service.morale_rest"])


def capacity(desk: Desk, market: Mapping[str, float]) -> float:
    """Hours that the desk can work this month. [h]"""
    working = desk.experienced + market["service.recruit_speed"] * desk.recruits
    learning = min(market["service.most_learning"], desk.learning)
    hours = desk.present * market["service.hours_per_head"]
    return max(1e-9, working * hours * (1.0 - learning))


def work(
    desk: Desk,
    new: float,
    waiting: float,
    other: float,
    market: Mapping[str, float],
    queue: bool,
    kept: float = 0.0,
    units: int = 1,
) -> None:
    """One month at the desk: how much of the open work is reached and how long people wait.

    Args:
        desk: Changed in place.
        new: Expected hours of this month's incidents. [h]
        waiting: Hours left over from earlier months. [h]
        other: Hours asked for by complaints and escalations, which come first up to their share of the desk. [h]
        market: Numbers of the market.
        queue: False when hours are unlimited.
        kept: Part of the hours that is kept for preventing. [share]
        units: Units into which the desk is split, each with its part of the work and of the staff. [count]
    """
    hours = capacity(desk, market)
    available = hours * (1.0 - kept)
    other = min(other, market["service.escalation_share"] * available)
    wanted = new + waiting
    desk.pressure = (wanted + other) / available
    desk.served_share = min(1.0, (available - other) / wanted) if wanted > 0.0 and queue else 1.0
    desk.backlog = wanted * (1.0 - desk.served_share)
    desk.idle = max(0.0, available - wanted - other)
    desk.kept = kept * hours
    service_months = market["service.hours"] / market["service.hours_per_head"]
    most_busy = market["service.most_busy"]
    desk.wait = waiting_months(desk.pressure, desk.heads / units, service_months, most_busy) if queue else 0.0
    if desk.pressure > market["service.crisis_enter"]:
        desk.crisis = True
    elif desk.pressure < market["service.crisis_leave"]:
        desk.crisis = False
    demand = new + other + waiting / market["service.demand_memory"]
    desk.average_demand += (demand - desk.average_demand) / market["service.demand_memory"]


def carry_over(desk: Desk, wanted: float, giving_up: float, rework: float) -> None:
    """What is expected to be open next month: work that was not reached and not given up, and work to be done again.

    Args:
        desk: Changed in place, after its month's work.
        wanted: Expected hours of the month's work, new and waiting. [h]
        giving_up: Chance that a customer gives up who was not reached. [share]
        rework: Chance that a service has to be done again. [share]
    """
    desk.carried = desk.backlog * (1.0 - giving_up) + wanted * desk.served_share * rework


def live(desk: Desk, utilisation: float, market: Mapping[str, float], morale: bool, planned: float = 1.0) -> None:
    """Morale follows pressure; staff leaves, learns and is hired.

    Args:
        desk: Changed in place.
        utilisation: Wanted utilisation. [ratio]
        market: Numbers of the market.
        morale: False when morale stays at rest.
        planned: Hours that are planned for, against the demand of the desk's own memory. [ratio]
    """
    rest = market["service.morale_rest"]
    if morale:
        over = (desk.pressure - market["service.morale_knee"]) / market["service.morale_width"]
        wanted = max(0.0, rest - market["service.morale_drop"] / (1.0 + math.exp(-max(-60.0, min(60.0, over)))))
        desk.morale += (wanted - desk.morale) / market["service.morale_time"]
    leaving = market["service.turnover"] * (1.0 + market["service.turnover_morale"] * (rest - desk.morale))
    turnover = min(market["service.most_leaving"], leaving)
    desk.left, desk.turnover = turnover * desk.heads, turnover
    learned = desk.recruits / market["service.recruit_time"]
    missing = planned * desk.average_demand / utilisation - capacity(desk, market)
    hired = desk.left + missing / market["service.hours_per_head"] / market["service.staffing_time"]
    desk.experienced = max(0.0, desk.experienced * (1.0 - turnover) + learned + min(0.0, hired))
    desk.recruits = max(0.0, desk.recruits * (1.0 - turnover) - learned + max(0.0, hired))


def morale_loss(desk: Desk, market: Mapping[str, float]) -> float:
    """Morale lost against a rested desk. [0-1]"""
    return max(0.0, market["service.morale_rest"] - desk.morale)


def wage(senior: float, market: Mapping[str, float]) -> float:
    """Cost of an hour for a given share of the senior tier. [EUR/h]"""
    return market["service.wage"] * (1.0 + senior * (market["service.senior_wage"] - 1.0))
