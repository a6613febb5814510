"""A customer's own business: how supply, service and support leave it, and whether it fails."""

from sim.model.customers.common import to_fixed_point
from sim.model.customers.customer_account import collect
from sim.model.customers.draws import draw, draw_lasting_normals
from sim.model.equations.customer_outcome import chance_to_fail, gain_by_support, result_of_month
from sim.model.equations.sales_calls import trust_in_belief
from sim.model.equations.satisfaction import clip
from sim.model.month_context import MonthContext
from sim.model.randomness import FAILING, OWN_OUTCOME
from sim.model.state import NOBODY
from sim.numeric.compiling import as_float64, inlined, rule

EVEN = 0.5  # outcome of a business that does neither well nor badly


@inlined
def prosper(me: MonthContext) -> None:
    """A month leaves its mark on the customer's outcome: fit helps or hurts, open trouble hurts, support helps."""
    if me.parameters.outcome_pace <= 0.0:
        return
    normal = draw_lasting_normals(me, OWN_OUTCOME, 0, 0)[0]
    result, firm = EVEN + me.parameters.outcome_spread * normal, int(me.person.supplier)
    if firm != NOBODY:
        result = result_of_month(
            result,
            as_float64(me.person.fit),
            me.parameters.outcome_usual_fit,
            me.parameters.outcome_fit_effect,
            float(me.person.open_incidents),
            me.parameters.outcome_trouble,
            support_of(me, firm),
        )
    outcome = as_float64(me.person.outcome)
    me.person.outcome = outcome + me.parameters.outcome_pace * (clip(result) - outcome)
    if firm != NOBODY:
        me.counts[firm].outcome += to_fixed_point(as_float64(me.person.outcome))


@rule
def support_of(me: MonthContext, firm: int) -> float:
    """What the supplier's support does for the outcome: without knowing the goal, little."""
    goal_known = trust_in_belief(as_float64(me.relations[firm].precision), me.parameters.needs_spread)
    return gain_by_support(me.parameters.outcome_help, me.offers[firm].support, me.parameters.outcome_blind, goal_known)


@rule
def fails(me: MonthContext) -> bool:
    """Whether the customer's business fails this month."""
    if me.parameters.outcome_failing <= 0.0:
        return False
    return draw(me, FAILING, 0, 0) < chance_to_fail(as_float64(me.person.outcome), me.parameters.outcome_failing)


@rule
def leave_debts(me: MonthContext) -> None:
    """A business that fails pays nothing any more: what it owes goes to collections."""
    me.counts[int(me.person.supplier)].losses_failed += 1
    if me.person.owed > 0:
        collect(me, int(me.person.supplier), True)
