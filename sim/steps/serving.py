"""Incidents arise, travel between departments, and are served by a desk with limited hours."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import HOPS, INCIDENTS, REWORK, SENIOR, SERVED, poisson, uniforms
from sim.rules.feeling import clipped, updated_expectation, updated_satisfaction
from sim.rules.service import by_rank, hours_of_incident
from sim.state import (
    COST_SERVICE,
    COST_SERVICE_UNPROFITABLE,
    HANDOFFS,
    HOURS_NEW,
    HOURS_OPEN,
    INCIDENTS_RAISED,
    INCIDENTS_SERVED,
    NOBODY,
    OPEN_OLD,
    WAIT,
    Clock,
    Offers,
    Population,
    Whole,
)
from sim.steps.common import cents, fine, luck
from sim.steps.world import estimated_rank

OTHER_DEPARTMENTS = 4  # product, marketing, sales, finance: whom the service department may need
MOST_INCIDENTS = 20  # guard of the inversion
MOST_HANDOFFS = 1000


@rule
def incident_mean(i: int, firm: int, people: Population, nature: Nature, offers: Offers) -> float:
    """Expected incidents of the month: worse quality and worse fit breed more."""
    misfit = 1.0 - float(people.fit[i])
    mean = people.incident_rate[i] * (1.5 - offers.quality[firm]) * (1.0 + nature.service_failure_demand * misfit)
    if nature.contract:
        return mean
    return mean if people.purchases[i] > 0 else 0.0


@rule
def raise_incidents(i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """New incidents, the departments they need, and the hand-offs where a wall hides what the next one must know."""
    firm = int(people.supplier[i])
    if firm == NOBODY:
        return
    count = poisson(
        incident_mean(i, firm, people, nature, offers), luck(i, people, clock, INCIDENTS, 0, offers.key[firm]),
        MOST_INCIDENTS,
    )  # fmt: skip
    if count > 0:
        open_incidents(i, firm, count, people, nature, offers, clock, tally)
    if people.open_incidents[i] > 0:
        tally[firm, HOURS_OPEN] += fine(people.open_hours[i])
        if people.incident_age[i] >= 1:
            tally[firm, OPEN_OLD] += int(people.open_incidents[i])


@rule
def open_incidents(
    i: int, firm: int, count: int, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole
) -> None:
    """Route this month's incidents hop by hop and add their hours to what is open."""
    handoffs, told = route(i, firm, people, nature, offers, clock)
    complexity = nature.service_complexity * (float(people.depth[i]) + offers.lines[firm] - 1)
    hours = hours_of_incident(
        nature.service_hours,
        handoffs,
        nature.service_handoff_hours,
        nature.service_specialisation * offers.walls[firm],
        complexity,
    )
    people.open_incidents[i] += count
    people.open_hours[i] += count * hours
    people.incident_handoffs[i] = min(MOST_HANDOFFS, people.incident_handoffs[i] + handoffs)
    people.told_again[i] = min(MOST_HANDOFFS, people.told_again[i] + told)
    tally[firm, INCIDENTS_RAISED] += count
    tally[firm, HANDOFFS] += count * handoffs
    tally[firm, HOURS_NEW] += fine(count * hours)


@rule
def route(i: int, firm: int, people: Population, nature: Nature, offers: Offers, clock: Clock) -> tuple[int, int]:
    """Hand-offs of this month's incidents, and how often the customer has to tell the story again."""
    handoffs, told = 0, 0
    generation = int(people.generation[i])
    for department in range(OTHER_DEPARTMENTS):
        needed, hidden = uniforms(clock.key, i, generation, clock.month, HOPS, department, offers.key[firm])
        if needed < nature.service_handoff_need and hidden < offers.walls[firm]:
            handoffs += 1
            if hidden < offers.walls[firm] * nature.service_forgetting:
                told += 1
    return handoffs, told


@rule
def be_served(i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """The desk reaches the customer, or the work waits another month."""
    firm = int(people.supplier[i])
    if firm == NOBODY or people.open_incidents[i] == 0:
        return
    rank = 0.5
    if offers.priority[firm] > 0.0:
        rank = estimated_rank(i, firm, people, nature, offers, clock)
    chance = by_rank(offers.served_share[firm], offers.priority[firm], rank)
    if luck(i, people, clock, SERVED, 0, offers.key[firm]) >= chance:
        people.incident_age[i] += 1
        return
    experience_service(i, firm, rank, people, nature, offers, clock, tally)


@rule
def experience_service(
    i: int, firm: int, rank: float, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole
) -> None:
    """Being served: waiting, hand-offs, telling again and rework spoil it; the senior tier improves it."""
    wait = offers.wait[firm] * (1.0 + offers.priority[firm] * (1.0 - 2.0 * rank)) + float(people.incident_age[i])
    senior = luck(i, people, clock, SENIOR, 0, offers.key[firm]) < by_rank(
        offers.senior[firm], offers.priority[firm], rank
    )
    handoffs, told = float(people.incident_handoffs[i]), float(people.told_again[i])
    again = luck(i, people, clock, REWORK, 0, offers.key[firm]) < min(
        0.5, offers.rework[firm] + nature.service_rework_handoff * handoffs
    )
    experience = nature.service_base - offers.morale_loss[firm] - nature.service_wait_effect * wait
    experience -= nature.service_handoff_effect * handoffs + nature.service_told_again_effect * told
    if senior:
        experience += nature.service_senior_effect
    if again:
        experience -= nature.service_rework_effect
    feel_service(i, firm, clipped(experience), people, nature)
    tally[firm, INCIDENTS_SERVED] += int(people.open_incidents[i])
    tally[firm, WAIT] += fine(wait * float(people.open_incidents[i]))
    charge(i, firm, people, offers, clock, tally)
    close_or_reopen(i, again, people)


@rule
def feel_service(i: int, firm: int, experience: float, people: Population, nature: Nature) -> None:
    """Service moves satisfaction and expectation, and may leave a shortfall to complain about."""
    expectation = people.expectation[i, firm]
    people.satisfaction[i, firm] = updated_satisfaction(
        people.satisfaction[i, firm],
        experience,
        expectation,
        nature.satisfaction_learning_incident,
        nature.satisfaction_disconfirmation,
        float(people.loss_aversion[i]),
    )
    people.shortfall[i] = max(float(people.shortfall[i]), expectation - experience)
    people.expectation[i, firm] = updated_expectation(expectation, experience, nature.satisfaction_expectation_incident)


@rule
def charge(i: int, firm: int, people: Population, offers: Offers, clock: Clock, tally: Whole) -> None:
    """The hours spent are the customer's cost to serve."""
    cost = cents(people.open_hours[i] * offers.wage[firm], clock)
    tally[firm, COST_SERVICE] += cost
    people.contribution[i] -= cost
    if people.contribution[i] < 0:
        tally[firm, COST_SERVICE_UNPROFITABLE] += cost


@rule
def close_or_reopen(i: int, again: bool, people: Population) -> None:
    """Work that must be done again comes back next month with the hours of one incident."""
    if again:
        people.open_hours[i] = people.open_hours[i] / float(people.open_incidents[i])
        people.open_incidents[i] = 1
        people.incident_age[i] += 1
        return
    people.open_incidents[i] = 0
    people.open_hours[i] = 0.0
    people.incident_age[i] = 0
    people.incident_handoffs[i] = 0
    people.told_again[i] = 0
