"""How a firm comes to its plan of the month: departments decide by what they see, and what they decide is checked."""

import traceback
from collections.abc import Mapping
from functools import lru_cache
from numbers import Real

from sim.model.firm.customer_management.owner import Mandate, apply_mandate, has_management, reckon, see
from sim.model.firm.execution import execution_of
from sim.model.firm.firm import Firm, channel_of
from sim.model.firm.leadership.forecast import QUARTER
from sim.model.firm.leadership.options import apply_stance, lead
from sim.model.firm.organisation.incentives import hours_skipped, weights_of_value, with_incentives
from sim.model.firm.organisation.information import Information, looks, plan_of_departments
from sim.model.firm.organisation.organisation_form import OrganisationForm, form_of, with_sales_of
from sim.model.firm.organisation.reporting import note_facts, reported_view
from sim.model.firm.organisation.walls import hiding_height, level, walls_of
from sim.model.firm.transformation_progress import apply_transformation, stand_still
from sim.model.state import Clock
from sim.parameters.decisions import RANGES
from sim.policies.base import Plan, Policy, View


def decide(firm: Firm, view: View, clock: Clock, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> None:
    """Set this month's plan: everybody's neutral plan in the warm-up, then the policy's and what the scenario fixes.

    Args:
        firm: Changed in place.
        view: All facts of the firm; its month is negative during the warm-up.
        clock: Where we are.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    reported = facts_reported(firm, view, clock, market, mechanisms)
    firm.hours_skipped = 0.0
    if view.month < 0:
        firm.plan = firm.settings.neutral
        return
    if firm.workload:
        channel = channel_of(firm, view.month, clock.key, market, mechanisms)
        firm.execution = execution_of(firm.figures, firm.customers[-1], firm.workload, firm.feedback, channel)
    sight = Information(view, reported, firm.walls, hiding_height(market, mechanisms))
    firm.plan = plan_in_transition(firm, sight, clock, market, mechanisms)
    if mechanisms["departments_pay"]:
        firm.plan = with_incentives(firm.plan, firm.settings.settings, market)
        firm.hours_skipped = hours_skipped(firm.settings.settings, market)
    if has_management(firm.settings.settings, mechanisms):
        apply_customer_management(firm, view.month, sight.hiding_threshold, clock, market, mechanisms)


def facts_reported(
    firm: Firm, view: View, clock: Clock, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> View:
    """The facts as departments are told of them; where nobody decides by them they only come through."""
    if view.month >= 0 and looks(firm.policy):
        return reported_view(firm.reports, view, clock, firm.key, market, mechanisms)
    if mechanisms["facts"]:
        note_facts(firm.reports, view, market)
    return view


def apply_customer_management(
    firm: Firm,
    since: int,
    hiding_threshold: float,
    clock: Clock,
    market: Mapping[str, float],
    mechanisms: Mapping[str, bool],
) -> None:
    """Customer management reads the figures, computes its wishes and changes the plan within its mandate.

    Args:
        firm: Changed in place.
        since: Months since the policy began. [months]
        hiding_threshold: Height from which a wall hides the facts behind it. [0-1]
        clock: Where we are.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    mandate = Mandate(firm.settings.settings)
    if firm.management.past:
        see(firm.management, mandate, firm.walls, hiding_threshold, clock, firm.key, market)
        if since % QUARTER == 0:
            reckon(firm.management, mandate, firm.plan, market, RANGES)
    value = weights_of_value(firm.plan, firm.settings.settings) if mechanisms["departments_pay"] else {}
    firm.plan = apply_mandate(firm.management, mandate, firm.plan, value, RANGES)


def plan_in_transition(
    firm: Firm, sight: Information, clock: Clock, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> Plan:
    """The policy's plan; during a transformation, interpolated between old and new policy by progress so far."""
    route = firm.policy.transition
    if route is None or not mechanisms["transformation"]:
        stand_still(firm)
        return plan_by_policy(firm, firm.policy, sight, mechanisms)
    ends = plan_by_policy(firm, route.origin, sight, mechanisms), plan_by_policy(firm, route.goal, sight, mechanisms)
    return apply_transformation(firm, *ends, clock, market, mechanisms)


def plan_by_policy(firm: Firm, policy: Policy, sight: Information, mechanisms: Mapping[str, bool]) -> Plan:
    """What the departments of a firm plan by a policy, and what the scenario fixes."""
    try:
        plan = plan_of_departments(policy, sight)
    except (Exception, SystemExit) as trouble:
        raise UnsoundPlan(
            f"policy {firm.settings.policy} of firm {firm.name} failed at {place_in_policy(policy, trouble)}: "
            f"{type(trouble).__name__}: {trouble}"
        ) from trouble
    plan = sound(plan, firm.name, firm.settings.policy)
    if mechanisms["organisation_form"]:
        plan = with_sales_of(plan, firm.settings.settings)
    return plan.changed(firm.settings.decisions)


def update_silo_walls(firm: Firm, warm: bool, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> None:
    """The form and the walls of the month, as plan and scenario have them.

    Args:
        firm: Changed in place.
        warm: True during the warm-up, when all firms are alike.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    settings = firm.settings.settings
    firm.form = (
        form_of(firm.plan, settings, market) if mechanisms["organisation_form"] and not warm else OrganisationForm()
    )
    left = firm.form.wall_left(market)
    firm.walls = firm.routines = (
        level(firm.plan.walls) if warm else walls_of(firm.plan.walls, left, settings, mechanisms)
    )
    if firm.programme.routines is not None:
        firm.routines = walls_of(firm.programme.routines, left, settings, mechanisms)


def apply_leadership(firm: Firm, since: int) -> None:
    """The leadership chooses once a quarter; the plan moves by the steps chosen so far. since: months [months]"""
    if since > 0 and since % QUARTER == 0:
        lead(firm.leadership, firm.hearing.perceived, firm.settings.settings)
    firm.plan = apply_stance(firm.plan, firm.leadership.stance, RANGES)


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
