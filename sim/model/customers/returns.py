"""What was sold and serves no need: it disappoints, is given up, and may go back for money."""

from sim.model.customers.common import cents
from sim.model.customers.draws import draw_pair
from sim.model.customers.notes import NO_DETAILS, note, per_person
from sim.model.customers.price import discount_granted
from sim.model.customers.product_categories import further_categories, give_up, has
from sim.model.customers.sales_call import price_of_category
from sim.model.customers.service import feel_service
from sim.model.equations.satisfaction import experience_of_use
from sim.model.events import GAVE_UP_CATEGORY, RETURNED_CATEGORY
from sim.model.month_context import MonthContext
from sim.model.randomness import GIVING_BACK
from sim.numeric.compiling import rule

KEPT, GIVEN_UP, RETURNED = range(3)


@rule
def give_back(me: MonthContext, firm: int) -> None:
    """Each category held for nothing may be given up, in disappointment, and some go back for a refund."""
    if int(me.person.holds) & ~int(me.person.wants) == 0:
        return
    for category in range(further_categories(me)):
        fate = fate_of(me, category, firm)
        if fate == KEPT:
            continue
        give_up(me, category)
        me.counts[firm].categories_given_up += 1
        useless = experience_of_use(
            me.offers[firm].quality,
            0.0,
            me.parameters.satisfaction_quality_weight,
            me.parameters.satisfaction_level,
            0.0,
        )
        feel_service(me, firm, useless)
        if fate == RETURNED:
            refund(me, firm)
        elif me.watched:
            note(me, GAVE_UP_CATEGORY, firm, 1.0, NO_DETAILS)


@rule
def fate_of(me: MonthContext, category: int, firm: int) -> int:
    """What becomes of a category this month: kept, given up, or given up and returned."""
    if not has(int(me.person.holds), category) or has(int(me.person.wants), category):
        return KEPT
    key = me.offers[firm].key
    noticed, returned = draw_pair(me, GIVING_BACK, category, key)
    if noticed >= me.parameters.sales_giving_up:
        return KEPT
    return RETURNED if returned < me.parameters.sales_return_share else GIVEN_UP


@rule
def refund_due(me: MonthContext, firm: int) -> float:
    """Money that goes back for one returned category: some months of it as they were billed on average. [EUR]"""
    billed = me.person.rate * price_of_category(me, firm)
    return me.parameters.sales_refund_months * billed * (1.0 - discount_granted(me, firm))


@rule
def refund(me: MonthContext, firm: int) -> None:
    """Money goes back in cash: posted among the discounts, and taken from what the customer contributed."""
    amount = cents(me, refund_due(me, firm))
    me.counts[firm].categories_returned += 1
    me.counts[firm].refunds += amount
    me.counts[firm].discounts += amount
    me.counts[firm].received -= amount
    me.relations[firm].contribution -= amount
    if me.parameters.bills_kept > 0.0:
        me.relations[firm].billed -= amount
    if me.watched:
        note(me, RETURNED_CATEGORY, firm, per_person(me, amount), (float(amount), 0.0, 0.0, 0.0, 0.0, 0.0))
