"""Incidents arise, travel between departments, and are served by a desk with limited hours."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import GIVING_UP, HOPS, INCIDENTS, REWORK, SENIOR, SERVED, poisson, uniforms
from sim.rules.feeling import clipped, updated_expectation, updated_satisfaction
from sim.rules.service import by_rank, hours_of_incident
from sim.state import (
    COST_SERVICE,
    COST_SERVICE_UNPROFITABLE,
    HANDOFFS,
    HOURS_BY_STANDING,
    HOURS_MEAN,
    HOURS_NEW,
    HOURS_OPEN,
    HOURS_SERVED,
    HOURS_SQUARED,
    INCIDENTS_MEAN,
    INCIDENTS_RAISED,
    INCIDENTS_SERVED,
    NOBODY,
    OPEN_OLD,
    OTHER_DEPARTMENTS,
    REPEATS,
    WAIT,
    Clock,
    Known,
    Offers,
    Person,
    Whole,
)
from sim.steps.common import cents, close_incidents, fine, luck
from sim.steps.selecting import be_remembered
from sim.steps.world import rank_of_value

EVEN = 0.5  # common quality at which incidents come at the rate of the customer
MOST_REWORK = 0.5  # guard: the loop of work done again must stay below one
MOST_INCIDENTS = 20  # guard of the inversion
MOST_HANDOFFS = 1000


@rule
def incident_mean(firm: int, person: Person, known: Known, nature: Nature, offers: Offers) -> float:
    """Expected incidents of the month: worse quality and worse fit breed more."""
    misfit = 1.0 - float(person.fit)
    product = 1.0 + nature.service_quality_effect * (EVEN - offers[firm].quality)
    mean = wide(person.incident_rate) * product * (1.0 + nature.service_failure_demand * misfit) * offers[firm].trouble
    if nature.contract:
        return mean
    return mean if person.purchases > 0 else 0.0


@rule
def raise_incidents(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """New incidents, the departments they need, and the hand-offs where a wall hides what the next one must know."""
    firm = int(person.supplier)
    if firm == NOBODY:
        return
    mean = incident_mean(firm, person, known, nature, offers)
    expected_handoffs = OTHER_DEPARTMENTS * nature.service_handoff_need * offers[firm].walls_of_service
    if offers[firm].unit_walls > 0.0:
        expected_handoffs += other_lines_needed(person, known, nature) * offers[firm].unit_walls
    tally[firm, INCIDENTS_MEAN] += fine(mean)
    tally[firm, HOURS_MEAN] += fine(mean * hours_needed(firm, expected_handoffs, person, known, nature, offers))
    count = poisson(mean, luck(person, known, clock, INCIDENTS, 0, offers[firm].key), MOST_INCIDENTS)
    if count > 0:
        open_incidents(firm, count, person, known, nature, offers, clock, tally)
    if person.open_incidents > 0:
        tally[firm, HOURS_OPEN] += fine(person.open_hours)
        if person.incident_age >= 1:
            tally[firm, OPEN_OLD] += int(person.open_incidents)


@rule
def hours_needed(firm: int, handoffs: float, person: Person, known: Known, nature: Nature, offers: Offers) -> float:
    """Hours of one incident of this customer after so many hand-offs. [h]"""
    complexity = nature.service_complexity * (float(person.depth) + offers[firm].desk_lines - 1)
    return hours_of_incident(
        nature.service_hours * offers[firm].handling,
        handoffs,
        nature.service_handoff_hours,
        nature.service_specialisation * offers[firm].walls_of_service,
        complexity,
    )


@rule
def open_incidents(
    firm: int, count: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole
) -> None:
    """Route this month's incidents hop by hop and add their hours to what is open."""
    handoffs, told = route(firm, person, known, nature, offers, clock)
    hours = hours_needed(firm, float(handoffs), person, known, nature, offers)
    person.open_incidents += count
    person.open_hours += count * hours
    person.incident_handoffs = min(MOST_HANDOFFS, person.incident_handoffs + handoffs)
    person.told_again = min(MOST_HANDOFFS, person.told_again + told)
    tally[firm, INCIDENTS_RAISED] += count
    tally[firm, HANDOFFS] += count * handoffs
    tally[firm, HOURS_NEW] += fine(count * hours)


@rule
def other_lines_needed(person: Person, known: Known, nature: Nature) -> float:
    """Chance that an incident needs the unit of another line: one who holds everything needs it like a department."""
    further = int(nature.economics_categories) - 1
    return nature.service_handoff_need * (int(person.categories) - 1) / further if further > 0 else 0.0


@rule
def route(firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> tuple[int, int]:
    """Hand-offs of this month's incidents, and how often the customer has to tell the story again."""
    handoffs, told = 0, 0
    generation = int(person.generation)
    for department in range(OTHER_DEPARTMENTS):
        needed, hidden = uniforms(
            clock.key, int(person.slot), generation, clock.month, HOPS, department, offers[firm].key
        )
        height = offers[firm].service_walls[department]
        if needed < nature.service_handoff_need and hidden < height:
            handoffs += 1
            if hidden < height * nature.service_forgetting * offers[firm].repeating:
                told += 1
    height = offers[firm].unit_walls
    if height > 0.0:
        key = offers[firm].key
        needed, hidden = uniforms(clock.key, int(person.slot), generation, clock.month, HOPS, OTHER_DEPARTMENTS, key)
        if needed < other_lines_needed(person, known, nature) and hidden < height:
            handoffs += 1
            if hidden < height * nature.service_forgetting * offers[firm].repeating:
                told += 1
    return handoffs, told


@rule
def be_served(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """The desk reaches the customer, or the work waits another month, or the customer gives it up, badly served."""
    firm = int(person.supplier)
    be_remembered(person, known, nature, offers)
    if firm == NOBODY or person.open_incidents == 0:
        return
    rank = 0.5
    if offers[firm].priority > 0.0:
        rank = rank_of_value(firm, offers[firm].walls_to_value_service, person, known, nature, offers, clock)
    chance = by_rank(offers[firm].served_share, offers[firm].priority, rank)
    if luck(person, known, clock, SERVED, 0, offers[firm].key) >= chance:
        person.incident_age += 1
        if luck(person, known, clock, GIVING_UP, 0, offers[firm].key) < nature.service_giving_up:
            feel_service(firm, 0.0, person, known, nature)
            close_incidents(person, known)
        return
    experience_service(firm, rank, person, known, nature, offers, clock, tally)


@rule
def experience_service(
    firm: int, rank: float, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole
) -> None:
    """Being served: waiting, hand-offs, telling again and rework spoil it; the senior tier improves it."""
    wait = offers[firm].wait * (1.0 + offers[firm].priority * (1.0 - 2.0 * rank)) + float(person.incident_age)
    senior = luck(person, known, clock, SENIOR, 0, offers[firm].key) < by_rank(
        offers[firm].senior, offers[firm].priority, rank
    )
    handoffs, told = float(person.incident_handoffs), float(person.told_again)
    again = luck(person, known, clock, REWORK, 0, offers[firm].key) < min(
        MOST_REWORK, (offers[firm].rework + nature.service_rework_handoff * handoffs) * offers[firm].repeating
    )
    experience = nature.service_base + offers[firm].improvement - offers[firm].morale_loss
    experience -= nature.service_wait_effect * wait
    experience -= nature.service_handoff_effect * handoffs + nature.service_told_again_effect * told
    if senior:
        experience += nature.service_senior_effect
    if again:
        experience -= nature.service_rework_effect
    feel_service(firm, clipped(experience), person, known, nature)
    tally[firm, INCIDENTS_SERVED] += int(person.open_incidents)
    tally[firm, WAIT] += fine(wait * float(person.open_incidents))
    charge(firm, person, known, nature, offers, clock, tally)
    if again:
        tally[firm, REPEATS] += 1
    close_or_reopen(again, person, known)


@rule
def feel_service(firm: int, experience: float, person: Person, known: Known, nature: Nature) -> None:
    """Service moves satisfaction and expectation, and may leave a shortfall to complain about."""
    expectation = known[firm].expectation
    known[firm].satisfaction = updated_satisfaction(
        known[firm].satisfaction,
        experience,
        expectation,
        nature.satisfaction_learning_incident,
        nature.satisfaction_disconfirmation,
        float(person.loss_aversion),
    )
    person.shortfall = max(float(person.shortfall), expectation - experience)
    known[firm].expectation = updated_expectation(expectation, experience, nature.satisfaction_expectation_incident)


@rule
def charge(firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """The hours spent are the customer's cost to serve."""
    hours = person.open_hours
    tally[firm, HOURS_SERVED] += fine(hours)
    tally[firm, HOURS_SQUARED] += fine(hours * hours)
    tally[firm, HOURS_BY_STANDING] += fine(hours * wide(person.standing))
    if nature.selection_term > 0.0:
        person.burden = wide(person.burden) + hours / nature.selection_memory
    cost = cents(hours * offers[firm].wage, clock)
    tally[firm, COST_SERVICE] += cost
    known[firm].contribution -= cost
    if known[firm].contribution < 0:
        tally[firm, COST_SERVICE_UNPROFITABLE] += cost


@rule
def close_or_reopen(again: bool, person: Person, known: Known) -> None:
    """Work that must be done again comes back next month with the hours of one incident."""
    if again:
        person.open_hours = person.open_hours / float(person.open_incidents)
        person.open_incidents = 1
        person.incident_age += 1
        return
    close_incidents(person, known)
