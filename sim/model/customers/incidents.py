"""Incidents arise, need departments, and are handed on at walls."""

from sim.model.customers.common import to_fixed_point
from sim.model.customers.draws import draw_pair
from sim.model.customers.notes import flag, note
from sim.model.customers.product_categories import has
from sim.model.customers.relations import use_of_supplier
from sim.model.equations.service import hours_of_incident
from sim.model.events import HANDED_ON, INCIDENT
from sim.model.month_context import MonthContext
from sim.model.randomness import HOPS, INCIDENTS, poisson
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
