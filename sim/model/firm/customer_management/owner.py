"""Customer management: who looks after customers as a whole, with which facts, how late, and how far it is obeyed."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.model.firm.customer_management.customer_value import (
    MANAGED_DECISIONS,
    Figures,
    ManagedDecision,
    next_level,
    worth_of_customer,
)
from sim.model.firm.leadership.forecast import QUARTER
from sim.model.firm.organisation.walls import PAIRS, Walls
from sim.model.randomness import OWNER, normals
from sim.model.state import Clock
from sim.policies.base import Plan

MOST_DELAY = 24
OWN = "customer management"  # who sees, where customer strategy is a function of its own
FIGURES_KEPT_BY: Mapping[str, tuple[str, ...]] = {
    "marketing": ("attrition", "adds", "targeting"),
    "sales": ("revenue", "demanded", "sold", "retention_discount", "price", "most_calls"),
    "product": ("customising", "known", "depth"),
    "service": ("service", "pressure", "utilisation", "priority"),
    "finance": ("margin",),
}
_DECISIONS = frozenset(lever.decision for lever in MANAGED_DECISIONS.values())
_KEEPER = {figure: name for name, figures in FIGURES_KEPT_BY.items() for figure in figures}


@dataclass
class CustomerManagement:
    """State of a firm's customer management.

    Args:
        past: Figures of the last months, newest last.
        seen: What each who reckons believes the figures to be: the owner, or every department that holds the skill.
        levels: Where it would have its decisions, by decision of `Plan`.
        gap: How far the plan was from that when last decided, as a mean share of what is allowed. [0-1]
    """

    past: deque[Figures] = field(default_factory=lambda: deque(maxlen=MOST_DELAY + QUARTER))
    seen: dict[str, Figures] = field(default_factory=dict)
    levels: dict[str, float] = field(default_factory=dict)
    gap: float = 0.0


def has_management(settings: Mapping[str, float | None], mechanisms: Mapping[str, bool]) -> bool:
    """Whether somebody in the firm looks after customers as a whole."""
    return mechanisms["owner"] and (settings["owner.present"] or 0.0) >= 0.5


class Mandate:
    """Who may change what, after what delay, with which facts, by the numbers of one firm.

    Args:
        settings: Numbers of the firm by key path.
    """

    def __init__(self, settings: Mapping[str, float | None]) -> None:
        self.numbers = {
            key.removeprefix("owner."): float(value or 0.0)
            for key, value in settings.items()
            if key.startswith("owner.")
        }
        self.shared = self.numbers["shared"] >= 0.5
        self.levers = [lever for name, lever in MANAGED_DECISIONS.items() if self.numbers[name] >= 0.5]

    @property
    def departments(self) -> list[str]:
        """Departments whose decisions are concerned."""
        return sorted({lever.department for lever in self.levers})

    @property
    def viewers(self) -> list[str]:
        """Who reckons: the owner for all, or each department for itself."""
        return self.departments if self.shared else [OWN]

    def delay(self, agreement_time: float) -> int:
        """Months between what is seen and what is done. agreement_time: for each further department [months]"""
        if self.shared:
            return min(MOST_DELAY, round(agreement_time * max(0, len(self.departments) - 1)))
        return int(self.numbers["delay"])

    def sight(self, viewer: str, figure: str, walls: Walls, hiding_threshold: float) -> float:
        """How far a figure that is new is believed: the owner's sight, or what walls leave a department. [0-1]"""
        if not self.shared:
            return self.numbers["sight"]
        return 1.0 if walls.between(viewer, _KEEPER[figure]) < hiding_threshold else 0.0

    def authority(self, lever: ManagedDecision, paid_by_value: Mapping[str, float]) -> float:
        """How far a decision follows: the owner's authority, or what a department is paid for. [0-1]"""
        return paid_by_value.get(lever.department, 1.0) if self.shared else self.numbers["authority"]


def see(
    management: CustomerManagement,
    mandate: Mandate,
    walls: Walls,
    hiding_threshold: float,
    clock: Clock,
    firm_key: int,
    market: Mapping[str, float],
) -> None:
    """What is believed of the customers after the report of a quarter: late, inexact, and only of what is in sight.

    Args:
        management: Changed in place.
        mandate: Who may see what.
        walls: Heights of the firm's walls.
        hiding_threshold: Height from which a wall hides the facts behind it. [0-1]
        clock: Where we are.
        firm_key: Address of the firm.
        market: Numbers of the market.
    """
    past = list(management.past)
    newest = max(1, len(past) - mandate.delay(market["owner.agreement_time"]))
    months = past[max(0, newest - QUARTER) : newest]
    report = Figures(*(math.fsum(column) / len(months) for column in zip(*months, strict=True)))
    for viewer in mandate.viewers:
        last = management.seen.setdefault(viewer, report)
        new: list[float] = []
        for place, (name, before) in enumerate(zip(Figures._fields, last, strict=True)):
            sight = mandate.sight(viewer, name, walls, hiding_threshold)
            if sight <= 0.0:
                new.append(before)  # not looked at, whatever it is
                continue
            luck = normals(clock.key, 0, 0, clock.month, OWNER, place, firm_key)[0]
            error = 0.0 if name in _DECISIONS else mandate.numbers["error"] * luck  # what was decided is no estimate
            said = getattr(report, name) * math.exp(error)
            new.append(before + sight * (said - before))
        management.seen[viewer] = Figures(*new)


def reckon(
    management: CustomerManagement,
    mandate: Mandate,
    plan: Plan,
    market: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
) -> None:
    """Once a quarter each decision of the mandate goes a step to where customers are believed to be worth most.

    Args:
        management: Changed in place.
        mandate: Which decisions, and what is believed of them.
        plan: The plan without customer management; where a decision starts from.
        market: Numbers of the market.
        ranges: What each decision may be.
    """
    for lever in mandate.levers:
        low, high = ranges[lever.decision]
        level = management.levels.get(lever.decision, getattr(plan, lever.decision))
        seen = management.seen[lever.department if mandate.shared else OWN]
        step = mandate.numbers["step"] * (high - low)
        management.levels[lever.decision] = next_level(level, step, lever, seen, mandate.numbers, market, (low, high))


def apply_mandate(
    management: CustomerManagement,
    mandate: Mandate,
    plan: Plan,
    paid_by_value: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
) -> Plan:
    """The plan, moved towards customer management's wishes by the power of its mandate.

    Args:
        management: Its gap is noted.
        mandate: Which decisions, with what authority.
        plan: The plan of the departments.
        paid_by_value: Part of the pay that hangs on customer value, of departments that have such pay.
        ranges: What each decision may be.
    """
    changed: dict[str, float] = {}
    gaps: list[float] = []
    for lever in mandate.levers:
        own, wanted = getattr(plan, lever.decision), management.levels.get(lever.decision)
        if wanted is None:
            continue
        low, high = ranges[lever.decision]
        changed[lever.decision] = own + mandate.authority(lever, paid_by_value) * (wanted - own)
        gaps.append(abs(wanted - changed[lever.decision]) / (high - low))
    management.gap = math.fsum(gaps) / len(gaps) if gaps else 0.0
    return plan.changed(changed)


def believed_value(management: CustomerManagement, mandate: Mandate) -> float:
    """Worth of a present customer as those who reckon believe it, on average; 0 before anything was seen. [EUR]"""
    worth: Sequence[float] = [
        worth_of_customer(seen.margin, seen.attrition, mandate.numbers["impatience"])
        for seen in management.seen.values()
    ]
    return math.fsum(worth) / len(worth) if worth else 0.0


def cost_of_management(
    mandate: Mandate, people: float, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> float:
    """Salary and links of an owner, or hours of departments that hold the skill and have to agree. [EUR/month]

    Args:
        mandate: Placement, sight and salary.
        people: Customers. [people]
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    if mandate.shared:
        parties = len(mandate.departments)
        hours = market["owner.meeting_hours"] * parties * (parties + 1) / 2.0
        return hours * people * market["service.wage"]
    per_link = market["organisation.link_cost"] / len(PAIRS) if mechanisms["link_costs"] else 0.0
    links = per_link * mandate.numbers["sight"] * len(FIGURES_KEPT_BY)
    return mandate.numbers["salary"] * market["size"] + links * people
