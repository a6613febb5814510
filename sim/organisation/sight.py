"""Who sees what: each department decides its part of the plan by the facts it sees; walls hide those of the others."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.policies.base import Plan, Policy, View

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
    "sales": Department(
        ("revenue_per_customer",), ("price", "retention_discount", "sales_structure", "sales_force", "most_calls")
    ),
    "product": Department(("quality",), ("research", "lines", "depth")),
    "service": Department(("utilisation",), ("utilisation", "senior", "priority", "prevention", "process")),
    "finance": Department(("margin_per_customer", "overdue_share"), ("walls", "pay_value", "hold_after", "reminders")),
}
PUBLIC = ("month", "best_quality", "price", "spending")  # seen by everybody


_SEEN = {
    name: tuple(fact in PUBLIC or fact in department.keeps for fact in View._fields)
    for name, department in DEPARTMENTS.items()
}


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
    facts: list[Any] = [fact if seen else UNSEEN for fact, seen in zip(view, _SEEN[name], strict=True)]
    return View._make(facts)


def plan_of_departments(policy: Policy, view: View, walls: float, hides: float) -> Plan:
    """The plan of a firm, each decision taken by the department whose it is, by what that department sees."""
    if walls < hides or type(policy).decide is Policy.decide:
        return _asked(policy, view)  # all see the same, or nobody looks: all would make the same plan
    chosen: dict[str, float] = {}
    for name, department in DEPARTMENTS.items():
        plan = _asked(policy, view_of_department(name, view, walls, hides))
        for decision in department.decides:
            chosen[decision] = getattr(plan, decision)
    return Plan(**chosen)


def _asked(policy: Policy, view: View) -> Plan:
    plan = policy.decide(view)
    if not isinstance(plan, Plan):
        raise TypeError(f"decide gave {plan!r}; a Plan is needed")
    return plan
