"""Writing down what happens to a watched customer, while it happens."""

import math

from sim.model.month_context import MonthContext
from sim.model.state import NOBODY
from sim.numeric.compiling import rule

NO_DETAILS = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@rule
def note(
    me: MonthContext, code: int, firm: int, value: float, details: tuple[float, float, float, float, float, float]
) -> None:
    """Write an event into the log; steps ask `me.watched` first, so that nothing is worked out in vain.

    Args:
        me: The customer's month.
        code: Kind of event, from `sim.model.events`.
        firm: Seat of the firm, or NOBODY.
        value: What the event measures or counts.
        details: As `sim.model.events.EVENTS` declares them.
    """
    at = me.log.used[0]
    me.log.used[0] = at + 1
    if at >= len(me.log.rows):
        return  # the count of used rows says that something was lost
    row = me.log.rows[at]
    row.place = me.person.slot
    row.generation = me.person.generation
    row.code = code
    row.firm = firm
    row.value = value
    row.satisfaction = me.relations[firm].satisfaction if firm != NOBODY else math.nan
    for k in range(len(details)):
        row.details[k] = details[k]


@rule
def flag(true: bool) -> float:
    """A truth value as a detail of an event.

    >>> flag(True), flag(False)
    (1.0, 0.0)
    """
    return 1.0 if true else 0.0


@rule
def per_person(me: MonthContext, amount: int) -> float:
    """Money per person, from cents booked for all people of an agent. [EUR]"""
    return float(amount) / 100.0 / me.clock.weight
