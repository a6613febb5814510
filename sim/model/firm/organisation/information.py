"""Who sees what: each department decides its part of the plan by the facts it sees; walls hide those of the others."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from sim.model.firm.organisation.walls import Walls
from sim.parameters.decisions import DEPARTMENTS as NAMES
from sim.parameters.decisions import decided_by
from sim.policies.base import DECISIONS, Plan, Policy, View

UNSEEN = float("nan")
_NOTHING = (UNSEEN,) * len(View._fields)


class Department(NamedTuple):
    """One department.

    Args:
        keeps: Facts of `View` that it keeps and therefore sees, whatever the walls.
        decides: Decisions of `Plan` that are its own.
    """

    keeps: tuple[str, ...]
    decides: tuple[str, ...]


FACTS_KEPT_BY: Mapping[str, tuple[str, ...]] = {
    "marketing": ("customers", "customers_year_ago"),
    "sales": ("revenue_per_customer",),
    "product": ("quality",),
    "service": ("utilisation",),
    "finance": ("margin_per_customer", "overdue_share"),
}
DEPARTMENT_TASKS: Mapping[str, Department] = {name: Department(FACTS_KEPT_BY[name], decided_by(name)) for name in NAMES}
_SEAT = {name: seat for seat, name in enumerate(DEPARTMENT_TASKS)}
_DECIDER = {decision: _SEAT[name] for name, department in DEPARTMENT_TASKS.items() for decision in department.decides}
_own_decisions = itemgetter(*(_DECIDER[name] * len(DECISIONS) + place for place, name in enumerate(DECISIONS)))
PUBLIC = ("month", "best_quality", "price", "spending")  # seen by everybody
KEEPER = {fact: name for name, department in DEPARTMENT_TASKS.items() for fact in department.keeps}


class Information(NamedTuple):
    """What there is to see in a firm this month.

    Args:
        facts: All facts, as those who keep them have them.
        told: The same facts as others are told of them.
        walls: Heights of the walls that stand.
        hides: Height from which a wall hides the facts behind it. [0-1]
    """

    facts: View
    reported: View
    walls: Walls
    hiding_threshold: float

    @property
    def open(self) -> bool:
        """Whether all departments see the same."""
        return self.reported == self.facts and max(self.walls.pairs) < self.hiding_threshold


def view_of_department(name: str, sight: Information) -> View:
    """What one department sees: public facts, its own, and others' facts as reported unless a wall hides them."""
    return views_of(sight)[_SEAT[name]]


def views_of(sight: Information) -> list[View]:
    """What each department sees, in the order of `DEPARTMENT_TASKS`."""
    sources = (*sight.facts, *sight.reported, *_NOTHING)
    return [View._make(seen(sources)) for seen in _views_through_walls(sight.walls, sight.hiding_threshold)]


@lru_cache(maxsize=256)  # walls stand for months
def _views_through_walls(walls: Walls, hiding_threshold: float) -> list["itemgetter[Any]"]:
    """For each department, the selector of its facts: exact, reported or hidden."""
    return [itemgetter(*_sources(name, walls, hiding_threshold)) for name in DEPARTMENT_TASKS]


def _sources(name: str, walls: Walls, hiding_threshold: float) -> list[int]:
    """Source of each fact: own and public facts exact; others as reported by their owner, or hidden by a wall."""
    found = []
    for place, keeper in enumerate(KEEPER.get(fact, name) for fact in View._fields):
        source = 0 if keeper == name else int(walls.between(name, keeper) >= hiding_threshold) + 1
        found.append(source * len(View._fields) + place)
    return found


def plan_of_departments(policy: Policy, sight: Information) -> Plan:
    """The plan of a firm: each department takes its own decisions by what it sees."""
    if not _answers(policy) or sight.open:
        return _ask(policy, sight.facts)  # all see the same, or nobody looks: all would make the same plan
    plans = [_ask(policy, view) for view in views_of(sight)]
    return Plan._make(_own_decisions(tuple(chain.from_iterable(plans))))


def looks(policy: Policy) -> bool:
    """Whether a policy, or one between which it is in transition, decides by what it sees."""
    route = policy.transition
    return _answers(policy) or (route is not None and (_answers(route.origin) or _answers(route.goal)))


def _answers(policy: Policy) -> bool:
    return type(policy).decide is not Policy.decide


def _ask(policy: Policy, view: View) -> Plan:
    plan = policy.decide(view)
    if not isinstance(plan, Plan):
        raise TypeError(f"decide gave {plan!r}; a Plan is needed")
    return plan
