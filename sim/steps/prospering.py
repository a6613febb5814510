"""A customer's own business: how supply, service and support leave it, and whether it fails."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import FAILING, OWN_OUTCOME, normals
from sim.rules.feeling import clipped
from sim.rules.prospering import chance_to_fail, help_given, result_of_month
from sim.rules.selling import trust_in_belief
from sim.state import LOSSES_FAILED, NOBODY, OUTCOME, Clock, Known, Offers, Person, Whole
from sim.steps.accounts import collect
from sim.steps.common import fine, luck

EVEN = 0.5  # outcome of a business that does neither well nor badly


@rule
def prosper(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """A month leaves its mark on the customer's outcome: fit helps or hurts, open trouble hurts, support helps."""
    if nature.outcome_pace <= 0.0:
        return
    normal = normals(clock.key, int(person.slot), int(person.generation), 0, OWN_OUTCOME, 0, 0)[0]
    result, firm = EVEN + nature.outcome_spread * normal, int(person.supplier)
    if firm != NOBODY:
        result = result_of_month(
            result,
            wide(person.fit),
            nature.outcome_usual_fit,
            nature.outcome_fit_effect,
            float(person.open_incidents),
            nature.outcome_trouble,
            support_of(firm, person, known, nature, offers),
        )
    outcome = wide(person.outcome)
    person.outcome = outcome + nature.outcome_pace * (clipped(result) - outcome)
    if firm != NOBODY:
        tally[firm, OUTCOME] += fine(wide(person.outcome))


@rule
def support_of(firm: int, person: Person, known: Known, nature: Nature, offers: Offers) -> float:
    """What the supplier's support does for the outcome: without knowing the goal, little."""
    goal_known = trust_in_belief(wide(known[firm].precision), nature.needs_spread)
    return help_given(nature.outcome_help, offers[firm].support, nature.outcome_blind, goal_known)


@rule
def fails(person: Person, known: Known, nature: Nature, clock: Clock) -> bool:
    """Whether the customer's business fails this month."""
    if nature.outcome_failing <= 0.0:
        return False
    return luck(person, known, clock, FAILING, 0, 0) < chance_to_fail(wide(person.outcome), nature.outcome_failing)


@rule
def leave_debts(person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """A business that fails pays nothing any more: what it owes goes to collections."""
    tally[int(person.supplier), LOSSES_FAILED] += 1
    if person.owed > 0:
        collect(int(person.supplier), person, known, nature, clock, tally)
