"""What a month was worth to customers and what they are worth to the firm: counted, and read by no decision."""

from sim.model.customers.common import cents, to_fixed_point
from sim.model.customers.price import discount_granted
from sim.model.customers.reaction import NEED_MET
from sim.model.equations.improvement import surplus
from sim.model.month_context import MonthContext
from sim.model.state import NOBODY
from sim.numeric.compiling import as_float64, inlined, rule


@inlined
def be_valued(me: MonthContext) -> None:
    """Count the customer's rank among all, whether it is profitable, and its surplus from being supplied."""
    firm = int(me.person.supplier)
    if firm == NOBODY:
        return
    standing = as_float64(me.person.standing)
    me.counts[firm].standing += to_fixed_point(standing)
    me.counts[firm].standing_squared += to_fixed_point(standing * standing)
    if me.relations[firm].contribution < 0:
        me.counts[firm].unprofitable += 1
    elif me.relations[firm].contribution > 0 and float(me.person.fit) > NEED_MET:
        me.counts[firm].met_at_profit += 1
    me.counts[firm].surplus += cents(me, surplus_in_money(me, firm))


@rule
def surplus_in_money(me: MonthContext, firm: int) -> float:
    """Utility above having no supplier, at the customer's own price weight, for what is spent in a month. [EUR]"""
    weight = as_float64(me.person.price_weight)
    if weight <= 0.0:
        return 0.0
    price = me.offers[firm].price * (1.0 - discount_granted(me, firm))
    gained = surplus(
        me.relations[firm].satisfaction,
        as_float64(me.person.fit),
        me.parameters.choice_outside,
        me.parameters.choice_experience_weight,
        me.parameters.choice_fit_weight,
    )
    return as_float64(me.person.rate) * me.person.spend * (gained / weight + 1.0 - price)
