"""A supplier leaves the market: what becomes of one of its customers."""

from sim.model.customers.common import leave
from sim.model.customers.customer_account import close_account
from sim.model.customers.notes import NO_DETAILS, note
from sim.model.customers.sources import INVOLUNTARY
from sim.model.events import LOST_SUPPLIER
from sim.model.month_context import MonthContext
from sim.numeric.compiling import rule


@rule
def lose_supplier(me: MonthContext) -> None:
    """The customer pays or does not pay what is owed, and is without supplier for a reason that is not its own."""
    firm = int(me.person.supplier)
    me.counts[firm].lost_supplier += 1
    if me.watched:
        note(me, LOST_SUPPLIER, firm, float(me.person.tenure), NO_DETAILS)
    close_account(me)
    leave(me, INVOLUNTARY)
