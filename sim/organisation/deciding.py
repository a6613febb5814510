"""How a firm comes to its plan of the month: departments decide by what they see, and what they decide is checked."""

import traceback
from collections.abc import Mapping
from functools import lru_cache
from numbers import Real

from sim.organisation.customer_management import Mandate, has_management, managed, reckon, see
from sim.organisation.facts import told
from sim.organisation.firm import Firm
from sim.organisation.forecasting import QUARTER
from sim.organisation.form import Form, form_of, with_sales_of
from sim.organisation.leadership import lead, led
from sim.organisation.pay import bent, rush, weights_of_value
from sim.organisation.sight import Sight, plan_of_departments
from sim.organisation.transformation import stand_still, transformed
from sim.organisation.walls import hiding_height, level, walls_of
from sim.parameters.decisions import RANGES
from sim.policies.base import Plan, Policy, View
from sim.state import Clock

NEUTRAL = Plan()  # everybody's in the warm-up


def decide(firm: Firm, view: View, clock: Clock, market: Mapping[str, float], on: Mapping[str, bool]) -> None:
    """Set this month's plan: everybody's neutral plan in the warm-up, then the policy's and what the scenario fixes.

    Args:
        firm: Changed in place.
        view: All facts of the firm; its month is negative during the warm-up.
        clock: Where we are.
        market: Numbers of the market.
        on: Which mechanisms are on.
    """
    reported = told(firm.reports, view, clock, firm.key, market, on)
    firm.rush = 0.0
    if view.month < 0:
        firm.plan = NEUTRAL
        return
    sight = Sight(view, reported, firm.walls, hiding_height(market, on))
    firm.plan = planned_on_the_way(firm, sight, clock, market, on)
    if on["departments_pay"]:
        firm.plan = bent(firm.plan, firm.settings.settings, market, RANGES)
        firm.rush = rush(firm.settings.settings, market)
    if has_management(firm.settings.settings, on):
        be_managed(firm, view.month, sight.hides, clock, market, on)


def be_managed(
    firm: Firm, since: int, hides: float, clock: Clock, market: Mapping[str, float], on: Mapping[str, bool]
) -> None:
    """Customer management sees, reckons and has its way as far as it may.

    Args:
        firm: Changed in place.
        since: Months since the policy began. [months]
        hides: Height from which a wall hides the facts behind it. [0-1]
        clock: Where we are.
        market: Numbers of the market.
        on: Which mechanisms are on.
    """
    mandate = Mandate(firm.settings.settings)
    if firm.management.past:
        see(firm.management, mandate, firm.walls, hides, clock, firm.key, market)
        if since % QUARTER == 0:
            reckon(firm.management, mandate, firm.plan, market, RANGES)
    value = weights_of_value(firm.plan, firm.settings.settings) if on["departments_pay"] else {}
    firm.plan = managed(firm.management, mandate, firm.plan, value, RANGES)


def planned_on_the_way(
    firm: Firm, sight: Sight, clock: Clock, market: Mapping[str, float], on: Mapping[str, bool]
) -> Plan:
    """The plan by the firm's policy, or where transformation leads from one to another, as far as it has led."""
    route = firm.policy.path
    if route is None or not on["transformation"]:
        stand_still(firm)
        return planned(firm, firm.policy, sight, on)
    ends = planned(firm, route.origin, sight, on), planned(firm, route.goal, sight, on)
    return transformed(firm, *ends, clock, market, on)


def planned(firm: Firm, policy: Policy, sight: Sight, on: Mapping[str, bool]) -> Plan:
    """What the departments of a firm plan by a policy, and what the scenario fixes."""
    try:
        plan = plan_of_departments(policy, sight)
    except (Exception, SystemExit) as trouble:
        raise UnsoundPlan(
            f"policy {firm.settings.policy} of firm {firm.name} failed at {place_in_policy(policy, trouble)}: "
            f"{type(trouble).__name__}: {trouble}"
        ) from trouble
    plan = sound(plan, firm.name, firm.settings.policy)
    if on["organisation_form"]:
        plan = with_sales_of(plan, firm.settings.settings)
    return plan.changed(firm.settings.decisions)


def update_silo_walls(firm: Firm, warm: bool, market: Mapping[str, float], on: Mapping[str, bool]) -> None:
    """The form and the walls of the month, as plan and scenario have them.

    Args:
        firm: Changed in place.
        warm: True during the warm-up, when all firms are alike.
        market: Numbers of the market.
        on: Which mechanisms are on.
    """
    settings = firm.settings.settings
    firm.form = form_of(firm.plan, settings, market) if on["organisation_form"] and not warm else Form()
    left = firm.form.wall_left(market)
    firm.walls = firm.routines = level(firm.plan.walls) if warm else walls_of(firm.plan.walls, left, settings, on)
    if firm.programme.routines is not None:
        firm.routines = walls_of(firm.programme.routines, left, settings, on)


def apply_leadership(firm: Firm, since: int) -> None:
    """The leadership chooses once a quarter, and the plan goes as far as it has moved it. since: months [months]"""
    if since > 0 and since % QUARTER == 0:
        lead(firm.leadership, firm.hearing.perceived, firm.settings.settings)
    firm.plan = led(firm.plan, firm.leadership.stance, RANGES)


class UnsoundPlan(ValueError):
    """A policy decided what is not allowed."""


def place_in_policy(policy: Policy, trouble: BaseException) -> str:
    """File and line in the policy's own code from which the trouble came, whatever library it came up in."""
    code = getattr(policy.decide, "__code__", None)
    frames = traceback.extract_tb(trouble.__traceback__)
    own = [frame for frame in frames if code is not None and frame.filename == code.co_filename]
    if code is not None and not own:
        return f"{code.co_filename}:{code.co_firstlineno}"
    place = (own or frames)[-1]
    return f"{place.filename}:{place.lineno}"


@lru_cache(maxsize=1024)
def sound(plan: Plan, firm: str, policy: str) -> Plan:
    """The plan with plain numbers, if every decision is a number within its range.

    Raises:
        UnsoundPlan: Names policy, firm, decision, what was decided and what is allowed.
    """
    for name, value in zip(Plan._fields, plan, strict=True):
        low, high = RANGES[name]
        if not isinstance(value, float | Real) or not low <= float(value) <= high:
            raise UnsoundPlan(
                f"policy {policy} of firm {firm} decided {name} = {value!r}; it must lie between {low:g} and {high:g}"
            )
    return Plan(*map(float, plan))
