"""What several steps need: posting of amounts, joining and leaving a firm."""

from sim.model.customers.notes import flag, note
from sim.model.customers.opinion import opinion_of
from sim.model.customers.sources import INVOLUNTARY, count_reason, count_source, source_of
from sim.model.equations.repertoire import TWO_YEARS, has_lapsed
from sim.model.events import JOINED, LEFT
from sim.model.month_context import MonthContext
from sim.model.state import FIXED_POINT, NEVER, NOBODY
from sim.numeric.compiling import inlined, rule
from sim.numeric.mathematics import nearest

MEMORY_OF_COMPLAINTS = (
    12  # months in which a complaint counts as "complained before leaving"; a definition of the measure
)
GONE = 32_000  # month of a break that never ends


@inlined
def cents(me: MonthContext, amount: float) -> int:
    """Whole cents of an amount per customer [EUR], times the people per agent."""
    return nearest(amount * me.clock.weight * 100.0)


@inlined
def to_fixed_point(value: float) -> int:
    """A fraction in whole millionths."""
    return nearest(value * FIXED_POINT)


@rule
def complained_lately(me: MonthContext) -> bool:
    """True when the customer complained within the memory of the measure."""
    then = int(me.person.complaint_month)
    return then != NEVER and me.clock.month - then < MEMORY_OF_COMPLAINTS


@rule
def close_incidents(me: MonthContext) -> None:
    """Nothing waits for the desk any more."""
    me.person.open_incidents = 0
    me.person.incident_age = 0
    me.person.open_hours = 0.0
    me.person.incident_handoffs = 0
    me.person.told_again = 0


@rule
def close_matters(me: MonthContext) -> None:
    """Forget what was open between a customer and the supplier."""
    close_incidents(me)
    me.person.discount_until = NEVER
    me.person.promoted = 0
    me.person.notice = 0


@rule
def forget_sales(me: MonthContext) -> None:
    """What the supplier sold and how often it called is over with the relation."""
    me.person.holds = 0
    me.person.told = 0
    me.person.offered = 0
    me.person.fatigue = 0.0


@rule
def count_tired(me: MonthContext) -> None:
    """A customer about to leave by choice is counted if sales calls had become too many."""
    if is_tired(me):
        me.counts[int(me.person.supplier)].losses_tired += 1


@rule
def note_leaving(me: MonthContext, firm: int, reason: int) -> None:
    """Write down that the customer leaves by choice, why, and in which mood."""
    complained = flag(complained_lately(me))
    burned = flag(int(me.relations[firm].burned) >= me.clock.month)
    tired = flag(is_tired(me))
    details = (complained, burned, tired, flag(me.person.held != 0), 1.0 - complained, float(reason))
    note(me, LEFT, firm, float(me.person.tenure), details)


@rule
def is_tired(me: MonthContext) -> bool:
    """Whether sales calls have become too many for the customer."""
    return me.parameters.sales_call_hours > 0.0 and float(me.person.fatigue) > me.parameters.sales_fatigue_level


@rule
def leave(me: MonthContext, reason: int) -> None:
    """The customer leaves the supplier; the loss is counted by kind and by reason (`sim.model.customers.sources`)."""
    firm = int(me.person.supplier)
    if reason == INVOLUNTARY:
        me.counts[firm].losses_involuntary += 1
    else:
        me.person.left_firm = firm + 1
        count_reason(me, firm, reason)
        if complained_lately(me):
            me.counts[firm].losses_complained += 1
        else:
            me.counts[firm].losses_silent += 1
        if me.watched:
            note_leaving(me, firm, reason)
    be_without_supplier(me)


@rule
def be_without_supplier(me: MonthContext) -> None:
    """Nothing is left of having been a customer."""
    me.person.supplier = NOBODY
    me.person.tenure = 0
    me.person.categories = 1
    forget_sales(me)
    close_matters(me)


@rule
def join(me: MonthContext, firm: int) -> None:
    """The customer becomes a customer of a firm."""
    me.person.supplier = firm
    me.person.last_firm = firm
    me.person.tenure = 0
    me.person.complaint_month = NEVER
    me.person.grievance = 0
    if int(me.person.left_firm) == firm + 1:
        me.person.left_firm = 0
    me.counts[firm].gross_adds += 1
    source, returns = source_of(me, firm), comes_back(me, firm)
    me.person.won_by = source
    count_source(me, firm, source)
    if returns:
        me.counts[firm].reactivated += 1
    if me.watched:
        note_joining(me, firm, source, returns)


@rule
def comes_back(me: MonthContext, firm: int) -> bool:
    """Whether somebody who becomes a customer had lapsed before."""
    return has_lapsed(int(me.relations[firm].history), min(TWO_YEARS, int(me.parameters.choice_lapse)))


@rule
def note_joining(me: MonthContext, firm: int, source: int, returns: bool) -> None:
    """Write down that the customer joins a firm, and what attracted it: contact 0, own experience 1, reputation 2."""
    row = me.relations[firm]
    tried = row.last_purchase != NEVER
    kind = 0.0 if row.contacted == 1 else 1.0 if tried else 2.0
    note(me, JOINED, firm, 1.0, (kind, opinion_of(me, firm), float(source), flag(returns), 0.0, 0.0))
