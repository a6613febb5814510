"""Who sees what: each department decides its part of the plan by the facts it sees; walls hide those of the others."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple

from sim.policies.base import DECISIONS, Plan, Policy, View

UNSEEN = float("nan")


class Department(NamedTuple):
    """One department.

    Args:
        keeps: Facts of `View` that it keeps and therefore sees, whatever the walls.
        decides: Decisions of `Plan` that are its own.
    """

    keeps: tuple[str, ...]
    decides: tuple[str, ...]


DEPARTMENTS: Mapping[str, Department] = {
    "marketing": Department(
        ("customers", "customers_year_ago"), ("marketing", "targeting", "promise", "newcomer_discount", "intelligence")
    ),
    "sales": Department(("revenue_per_customer",), ("price", "retention_discount")),
    "product": Department(("quality",), ("research", "lines", "depth")),
    "service": Department(("utilisation",), ("utilisation", "senior", "priority")),
    "finance": Department(("margin_per_customer",), ("walls",)),
}
PUBLIC = ("month", "best_quality", "price", "spending")  # seen by everybody


def view_of_department(name: str, view: View, walls: float, hides: float) -> View:
    """What one department sees: public facts, its own, and those of others unless the walls are too high.

    Args:
        name: Department.
        view: All facts of the firm.
        walls: Height of the walls. [0-1]
        hides: Height from which walls hide the facts of the other departments. [0-1]
    """
    if walls < hides:
        return view
    seen = (*PUBLIC, *DEPARTMENTS[name].keeps)
    hidden: dict[str, Any] = {field.name: UNSEEN for field in fields(View) if field.name not in seen}
    return replace(view, **hidden)


def plan_of_departments(policy: Policy, view: View, walls: float, hides: float) -> Plan:
    """The plan of a firm, each decision taken by the department whose it is, by what that department sees.

    Raises:
        TypeError: The policy decides something else than a plan.
    """
    chosen: dict[str, float] = {}
    for name, department in DEPARTMENTS.items():
        plan = policy.decide(view_of_department(name, view, walls, hides))
        if not isinstance(plan, Plan):
            raise TypeError(f"decide gave {plan!r}; a Plan is needed")
        chosen |= {decision: getattr(plan, decision) for decision in department.decides}
    return Plan(**{decision: chosen[decision] for decision in DECISIONS})
