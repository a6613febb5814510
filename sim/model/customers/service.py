"""Incidents arise, travel between departments, and are served by a desk with limited hours."""

from sim.model.customers.common import cents, close_incidents, to_fixed_point
from sim.model.customers.customer_selection import be_remembered
from sim.model.customers.draws import draw, draw_pair
from sim.model.customers.notes import flag, note
from sim.model.customers.own_books import rank_of_value
from sim.model.customers.product_categories import has
from sim.model.customers.relations import use_of_supplier
from sim.model.equations.satisfaction import clip, updated_expectation, updated_satisfaction
from sim.model.equations.service import by_rank, hours_of_incident
from sim.model.events import GAVE_UP_WAITING, HANDED_ON, INCIDENT, SERVED, WAITED
from sim.model.month_context import MonthContext
from sim.model.randomness import GIVING_UP, HOPS, INCIDENTS, REWORK, SENIOR, poisson
from sim.model.randomness import SERVED as REACHED
from sim.model.state import NOBODY, OTHER_DEPARTMENTS
from sim.numeric.compiling import as_float64, inlined, rule

EVEN = 0.5  # common quality at which incidents come at the rate of the customer
MOST_INCIDENTS = 20  # guard of the inversion
MOST_HANDOFFS = 1000


@rule
def incident_mean(me: MonthContext, firm: int) -> float:
    """Expected incidents of the month: worse quality and fit breed more; a repertoire is in use by chance only."""
    mean = as_float64(me.person.incident_rate) * proneness(me, firm)
    if me.parameters.contract:
        return mean
    return mean * use_of_supplier(me, firm)


@rule
def proneness(me: MonthContext, firm: int) -> float:
    """How much likelier incidents are than at the customer's own rate, by what the firm supplies. [ratio]"""
    product = 1.0 + me.parameters.service_quality_effect * (EVEN - me.offers[firm].line_quality[me.person.line])
    misfit = 1.0 - float(me.person.fit)
    return product * (1.0 + me.parameters.service_failure_demand * misfit) * me.offers[firm].trouble


@inlined
def raise_incidents(me: MonthContext) -> None:
    """Draw new incidents, the departments they need, and the hand-offs that walls cause."""
    firm = int(me.person.supplier)
    if firm == NOBODY:
        return
    mean = incident_mean(me, firm)
    expected_handoffs = OTHER_DEPARTMENTS * me.parameters.service_handoff_need * me.offers[firm].walls_of_service
    if me.offers[firm].unit_walls > 0.0:
        expected_handoffs += other_lines_needed(me) * me.offers[firm].unit_walls
    me.counts[firm].incidents_mean += to_fixed_point(mean)
    hours = hours_needed(me, firm, expected_handoffs)
    me.counts[firm].hours_mean += to_fixed_point(mean * hours)
    me.counts[firm].hours_typical += to_fixed_point(proneness(me, firm) * hours)
    begin_incidents(me, firm, mean)


@rule
def begin_incidents(me: MonthContext, firm: int, mean: float) -> None:
    """The incidents that the customer really has this month. mean: expected [incidents]"""
    count = poisson(mean, draw_pair(me, INCIDENTS, 0, me.offers[firm].key)[0], MOST_INCIDENTS)
    if count > 0:
        open_incidents(me, firm, count)


@rule
def hours_needed(me: MonthContext, firm: int, handoffs: float) -> float:
    """Hours of one incident of this customer after a number of hand-offs. [h]"""
    complexity = me.parameters.service_complexity * (float(me.person.depth) + me.offers[firm].desk_lines - 1)
    return hours_of_incident(
        me.parameters.service_hours * me.offers[firm].handling,
        handoffs,
        me.parameters.service_handoff_hours,
        complexity,
    )


@rule
def open_incidents(me: MonthContext, firm: int, count: int) -> None:
    """Route this month's incidents hop by hop and add their hours to what is open."""
    needed, hidden, forgotten = route(me, firm)
    handoffs, repeats = bits_set(hidden), bits_set(forgotten)
    if me.watched:
        note_incidents(me, firm, count, (needed, hidden, forgotten))
    hours = hours_needed(me, firm, float(handoffs))
    me.person.open_incidents += count
    me.person.open_hours += count * hours
    me.person.incident_handoffs = min(MOST_HANDOFFS, me.person.incident_handoffs + handoffs)
    me.person.told_again = min(MOST_HANDOFFS, me.person.told_again + repeats)
    me.counts[firm].incidents += count
    me.counts[firm].handoffs += count * handoffs


@rule
def other_lines_needed(me: MonthContext) -> float:
    """Probability that an incident needs the unit of another product line; it grows with the categories held."""
    further = int(me.parameters.economics_categories) - 1
    return me.parameters.service_handoff_need * (int(me.person.categories) - 1) / further if further > 0 else 0.0


@rule
def route(me: MonthContext, firm: int) -> tuple[int, int, int]:
    """Departments that this month's incidents need, one bit each; those of them that a wall keeps from seeing the case,
    so that it is handed on; and those at which the customer has to repeat the story. The last bit is another unit."""
    needed, hidden, forgotten = 0, 0, 0
    forgetting = me.parameters.service_forgetting * me.offers[firm].repeating
    for stop in range(OTHER_DEPARTMENTS + 1):
        height, need = wall_before(me, firm, stop), me.parameters.service_handoff_need
        if stop == OTHER_DEPARTMENTS:
            if height <= 0.0:
                break
            need = other_lines_needed(me)
        wanted, uniform_draw = draw_pair(me, HOPS, stop, me.offers[firm].key)
        if wanted < need:
            needed |= 1 << stop
            if uniform_draw < height:
                hidden |= 1 << stop
                if uniform_draw < height * forgetting:
                    forgotten |= 1 << stop
    return needed, hidden, forgotten


@rule
def wall_before(me: MonthContext, firm: int, stop: int) -> float:
    """Height of the wall between service and a stop of an incident: another department, or the unit of another line."""
    return me.offers[firm].service_walls[stop] if stop < OTHER_DEPARTMENTS else me.offers[firm].unit_walls


@rule
def bits_set(bits: int) -> int:
    """How many bits are set.

    >>> bits_set(0), bits_set(5), bits_set(31)
    (0, 2, 5)
    """
    count = 0
    while bits:
        count += bits & 1
        bits >>= 1
    return count


@rule
def note_incidents(me: MonthContext, firm: int, count: int, stops: tuple[int, int, int]) -> None:
    """Log new incidents and their hand-offs. stops: needed, hidden, forgotten, one bit each"""
    needed, hidden, forgotten = stops
    likelier = me.parameters.service_failure_demand * (1.0 - float(me.person.fit))
    details = (likelier, 1.0 - me.offers[firm].trouble, float(needed), float(hidden), 0.0, 0.0)
    note(me, INCIDENT, firm, float(count), details)
    for stop in range(OTHER_DEPARTMENTS + 1):
        if has(hidden, stop):
            again = flag(has(forgotten, stop))
            note(me, HANDED_ON, firm, float(count), (float(stop), wall_before(me, firm, stop), again, 0.0, 0.0, 0.0))


@inlined
def be_served(me: MonthContext) -> None:
    """The desk reaches the customer, or the work waits another month, or the customer gives it up, badly served."""
    firm = int(me.person.supplier)
    be_remembered(me)
    if firm == NOBODY or me.person.open_incidents == 0:
        return
    rank = 0.5
    if me.offers[firm].priority > 0.0:
        rank = rank_of_value(me, firm, me.offers[firm].walls_to_value_service, me.offers[firm].books_of_service, 0.0)
    chance = by_rank(me.offers[firm].served_share, me.offers[firm].priority, rank)
    if draw(me, REACHED, 0, me.offers[firm].key) >= chance:
        me.person.incident_age += 1
        details = (me.offers[firm].served_share, flag(rank < EVEN), 0.0, 0.0, 0.0, 0.0)
        if draw(me, GIVING_UP, 0, me.offers[firm].key) < me.parameters.service_giving_up:
            feel_service(me, firm, 0.0)
            if me.watched:
                note(me, GAVE_UP_WAITING, firm, float(me.person.incident_age), details)
            close_incidents(me)
        elif me.watched:
            note(me, WAITED, firm, float(me.person.incident_age), details)
        return
    experience_service(me, firm, rank)


@rule
def experience_service(me: MonthContext, firm: int, rank: float) -> None:
    """Service experience: waiting, hand-offs, repeated stories and rework lower it; the senior tier raises it."""
    wait = me.offers[firm].wait * (1.0 + me.offers[firm].priority * (1.0 - 2.0 * rank)) + float(me.person.incident_age)
    senior = draw(me, SENIOR, 0, me.offers[firm].key) < by_rank(me.offers[firm].senior, me.offers[firm].priority, rank)
    handoffs, repeats = float(me.person.incident_handoffs), float(me.person.told_again)
    rework = me.offers[firm].rework + me.parameters.service_rework_handoff * handoffs
    chance = min(me.parameters.service_most_rework, rework * me.offers[firm].repeating)
    again = draw(me, REWORK, 0, me.offers[firm].key) < chance
    experience = me.parameters.service_base + me.offers[firm].improvement - me.offers[firm].morale_loss
    experience -= me.parameters.service_wait_effect * wait
    experience -= me.parameters.service_handoff_effect * handoffs + me.parameters.service_told_again_effect * repeats
    if senior:
        experience += me.parameters.service_senior_effect
    if again:
        experience -= me.parameters.service_rework_effect
    feel_service(me, firm, clip(experience))
    me.counts[firm].incidents_served += int(me.person.open_incidents)
    me.counts[firm].wait += to_fixed_point(wait * float(me.person.open_incidents))
    cost = charge(me, firm)
    if again:
        me.counts[firm].repeats += 1
    if me.watched:
        details = (
            float(me.person.open_incidents),
            flag(again),
            float(cost),
            handoffs,
            repeats,
            flag(senior) + 2.0 * chance,
        )
        note(me, SERVED, firm, float(me.person.incident_age), details)
    close_or_reopen(me, again)


@rule
def feel_service(me: MonthContext, firm: int, experience: float) -> None:
    """Service moves satisfaction and expectation, and may leave a shortfall to complain about."""
    expectation = me.relations[firm].expectation
    me.relations[firm].satisfaction = updated_satisfaction(
        me.relations[firm].satisfaction,
        experience,
        expectation,
        me.parameters.satisfaction_learning_incident,
        me.parameters.satisfaction_disconfirmation,
        float(me.person.loss_aversion),
    )
    me.person.shortfall = max(float(me.person.shortfall), expectation - experience)
    me.relations[firm].expectation = updated_expectation(
        expectation, experience, me.parameters.satisfaction_expectation_incident
    )


@rule
def charge(me: MonthContext, firm: int) -> int:
    """The hours spent are the customer's cost to serve, which is returned. [cents]"""
    hours = me.person.open_hours
    me.counts[firm].hours_served += to_fixed_point(hours)
    me.counts[firm].hours_squared += to_fixed_point(hours * hours)
    me.counts[firm].hours_by_standing += to_fixed_point(hours * as_float64(me.person.standing))
    if me.parameters.selection_term > 0.0:
        me.person.burden = as_float64(me.person.burden) + hours / me.parameters.selection_memory
    cost = cents(me, hours * me.offers[firm].wage)
    me.counts[firm].cost_service += cost
    me.relations[firm].contribution -= cost
    if me.relations[firm].contribution < 0:
        me.counts[firm].cost_service_unprofitable += cost
    return cost


@rule
def close_or_reopen(me: MonthContext, again: bool) -> None:
    """Work that must be done again comes back next month with the hours of one incident."""
    if again:
        me.person.open_hours = me.person.open_hours / float(me.person.open_incidents)
        me.person.open_incidents = 1
        me.person.incident_age += 1
        return
    close_incidents(me)
