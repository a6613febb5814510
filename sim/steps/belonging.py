"""Whose customer a person is in a repertoire: the main firm, its lead, a change of it, a lapse."""

from sim.compiling import rule
from sim.nature import Nature
from sim.state import NEVER, NOBODY, Clock, Known, Person, Whole
from sim.steps.common import join, leave


@rule
def main_firm(person: Person, known: Known, nature: Nature, clock: Clock) -> int:
    """The firm with the strongest habit among those bought from lately; the present one keeps a lead."""
    best, most = NOBODY, -1.0
    for firm in range(len(known)):
        then = int(known[firm].last_purchase)
        strength = known[firm].habit
        if firm == int(person.supplier):
            strength += nature.choice_main_lead
        if then != NEVER and clock.month - then < nature.choice_lapse and strength > most:
            best, most = firm, strength
    return best


@rule
def settle_supplier(person: Person, known: Known, nature: Nature, clock: Clock, tally: Whole) -> None:
    """Repertoire: a customer belongs to the main firm; a change of main firm or a lapse is a loss."""
    main = main_firm(person, known, nature, clock)
    supplier = int(person.supplier)
    if main == supplier:
        return
    if supplier != NOBODY:
        if known[supplier].satisfaction < nature.choice_burn_threshold:
            known[supplier].burned = max(int(known[supplier].burned), clock.month)
        leave(person, known, clock, tally, False)
    if main != NOBODY:
        join(main, person, known, clock, tally)
