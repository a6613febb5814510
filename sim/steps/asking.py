"""One question put to both sides: customers know whether they are satisfied, and the firm knows what it is told."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import HEARD
from sim.state import HEARD_DISSATISFIED, NOBODY, SATISFIED, Clock, Known, Offers, Person, Whole
from sim.steps.common import luck

CONTENT = 0.5  # satisfaction from which a customer counts as satisfied; a definition of the measure


@rule
def be_asked(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """A customer is satisfied, or is not and says so to the firm, or is not and stays silent."""
    firm = int(person.supplier)
    if firm == NOBODY:
        return
    if known[firm].satisfaction >= CONTENT:
        tally[firm, SATISFIED] += 1
    elif luck(person, known, clock, HEARD, 0, offers[firm].key) < nature.hearing_reach * float(person.voice):
        tally[firm, HEARD_DISSATISFIED] += 1
