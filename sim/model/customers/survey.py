"""Survey: true satisfaction of customers, and the dissatisfaction that firms hear of."""

from sim.model.customers.draws import draw
from sim.model.customers.notes import NO_DETAILS, note
from sim.model.events import SAID_DISSATISFIED
from sim.model.month_context import MonthContext
from sim.model.randomness import HEARD
from sim.model.state import NOBODY
from sim.numeric.compiling import inlined

CONTENT = 0.5  # satisfaction from which a customer counts as satisfied; a definition of the measure


@inlined
def be_asked(me: MonthContext) -> None:
    """A customer is satisfied, or is not and says so to the firm, or is not and stays silent."""
    firm = int(me.person.supplier)
    if firm == NOBODY:
        return
    if me.relations[firm].satisfaction >= CONTENT:
        me.counts[firm].satisfied += 1
    elif draw(me, HEARD, 0, me.offers[firm].key) < me.parameters.hearing_reach * float(me.person.voice):
        me.counts[firm].heard_dissatisfied += 1
        if me.watched:
            note(me, SAID_DISSATISFIED, firm, 1.0, NO_DETAILS)
