"""One question put to both sides: customers know whether they are satisfied, and the firm knows what it is told."""

from sim.compiling import inlined
from sim.month_context import MonthContext
from sim.randomness import HEARD
from sim.state import NOBODY
from sim.steps.draws import draw

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
