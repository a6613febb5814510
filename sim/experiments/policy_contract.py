"""The contract that every policy keeps, as checks that may be applied to any: those in the box, and a user's own."""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from numbers import Real
from typing import NamedTuple

from sim.model.firm.decide import place_in_policy
from sim.model.firm.organisation.information import DEPARTMENT_TASKS, Information, view_of_department
from sim.model.firm.organisation.walls import level
from sim.parameters.decisions import RANGES
from sim.policies.base import Plan, Policy, View
from sim.policies.defining import nuisance_of

Make = Callable[[], Policy]
EXTREME_FACTS = {
    "customers": (0.0, 1e9),
    "customers_year_ago": (0.0, 1e9),
    "revenue_per_customer": (-1e9, 1e9),
    "margin_per_customer": (-1e9, 1e9),
    "utilisation": (0.0, 100.0),
    "quality": (0.0, 1.0),
    "best_quality": (0.0, 1.0),
    "price": (0.01, 10.0),
    "overdue_share": (0.0, 1.0),
    "spending": (0.01, 1e6),
}  # lowest and highest value of each fact but the month; fmt: skip
EXTREME_MONTHS = (-12, 0, 1, 1200)
HIDING = 0.5  # height from which the walls of the checks hide facts; they are all as high as can be


class BrokenContract(AssertionError):
    """A policy does not keep its contract; the text says how."""


class Check(NamedTuple):
    """One part of the contract.

    Args:
        name: What holds, as a sentence.
        holds: Raises `BrokenContract` when it does not; takes what makes the policy, and views to try.
    """

    name: str
    holds: Callable[[Make, Sequence[View]], None]


class CheckOutcome(NamedTuple):
    """What a check came to; the reason is empty when the policy keeps its contract."""

    name: str
    reason: str


def views_to_try() -> list[View]:
    """Every combination of the lowest and highest facts, in months before, at and after the start, and a usual view."""
    corners = [
        View(EXTREME_MONTHS[k % len(EXTREME_MONTHS)], *facts)
        for k, facts in enumerate(product(*EXTREME_FACTS.values()))
    ]
    return [View(12, 1000.0, 900.0, 40.0, 20.0, 0.8, 0.5, 0.6, 1.0, 0.1, 40.0), *corners]


def says_what_it_is(make: Make, views: Sequence[View]) -> None:
    """Name and summary are texts, and the starting plan is a plan."""
    policy = make()
    for part in ("name", "summary"):
        text = getattr(policy, part, None)
        if not isinstance(text, str) or not text.strip():
            raise BrokenContract(f"{part} is {text!r}; a text is needed")
    if not isinstance(getattr(policy, "start", None), Plan):
        raise BrokenContract(f"start is {getattr(policy, 'start', None)!r}; a Plan is needed")


def starts_within_ranges(make: Make, views: Sequence[View]) -> None:
    """The starting plan is allowed."""
    _require_ranges(make().start, "as its starting plan")


def plans_within_ranges(make: Make, views: Sequence[View]) -> None:
    """Every plan is allowed, whatever the firm sees."""
    policy = make()
    for view in views:
        _require_ranges(_plan(policy, view), f"for {view}")


def moves_what_defines_it_alone(make: Make, views: Sequence[View]) -> None:
    """Decisions that do not define the policy stay as the neutral plan has them, whatever the firm sees."""
    policy = make()
    for view in views:
        plan = _plan(policy, view)
        for name in nuisance_of(policy):
            if getattr(plan, name) != getattr(policy.start, name):
                raise BrokenContract(
                    f"{name} is {getattr(plan, name)!r} for {view}, and the policy does not declare it; put {name} "
                    f"into defining, or leave it at {getattr(policy.start, name):g}, the neutral value of the market"
                )


def decides_by_what_it_sees_alone(make: Make, views: Sequence[View]) -> None:
    """The same view gives the same plan, also after other views and from a fresh policy."""
    policy = make()
    plans = [_plan(policy, view) for view in views]
    for view, plan in zip(views, plans, strict=True):
        if _plan(policy, view) != plan:
            raise BrokenContract(f"it decides otherwise when it sees {view} again; nothing may be remembered")
    again = make()
    for view, plan in zip(reversed(views), reversed(plans), strict=True):
        if _plan(again, view) != plan:
            raise BrokenContract(f"a fresh copy decides otherwise for {view}; nothing but the view may count")


def departments_plan_within_ranges(make: Make, views: Sequence[View]) -> None:
    """A department from which walls hide the facts of others (they are NaN) still decides what is allowed."""
    policy = make()
    for name, department in DEPARTMENT_TASKS.items():
        for view in views:
            department_view = view_of_department(name, Information(view, view, level(1.0), HIDING))
            _require_ranges(
                _plan(policy, department_view), f"for {name}, which sees {department_view}", department.decides
            )


CHECKS = (
    Check("it says what it is: name, summary and a starting plan", says_what_it_is),
    Check("its starting plan lies within the ranges of decisions", starts_within_ranges),
    Check("its plans lie within the ranges, whatever the firm sees", plans_within_ranges),
    Check("it moves only decisions that it declares to define it", moves_what_defines_it_alone),
    Check("it decides by what it sees alone, and remembers nothing", decides_by_what_it_sees_alone),
    Check(
        "a department that sees only its own facts (others NaN) plans within the ranges", departments_plan_within_ranges
    ),
)


def run_checks(make: Make) -> Iterable[CheckOutcome]:
    """The outcome of every check, in turn.

    Args:
        make: Makes the policy anew, as each firm does.
    """
    views = views_to_try()
    for check in CHECKS:
        try:
            check.holds(make, views)
        except BrokenContract as trouble:
            yield CheckOutcome(check.name, str(trouble))
        else:
            yield CheckOutcome(check.name, "")


def _plan(policy: Policy, view: View) -> Plan:
    """What a policy decides.

    Raises:
        BrokenContract: It fails, or gives no plan.
    """
    try:
        plan = policy.decide(view)
    except (Exception, SystemExit) as trouble:
        where = place_in_policy(policy, trouble)
        raise BrokenContract(f"decide fails at {where} for {view}: {type(trouble).__name__}: {trouble}") from trouble
    if not isinstance(plan, Plan):
        raise BrokenContract(f"decide gave {plan!r} for {view}; a Plan is needed")
    return plan


def _require_ranges(plan: Plan, when: str, names: Sequence[str] = Plan._fields) -> None:
    """Stop where a decision is no number within its range.

    Raises:
        BrokenContract: Names decision, value and range.
    """
    for name in names:
        low, high = RANGES[name]
        value = getattr(plan, name)
        if isinstance(value, bool) or not isinstance(value, Real) or not low <= float(value) <= high:
            raise BrokenContract(f"{name} is {value!r} {when}; it must lie between {low:g} and {high:g}")
