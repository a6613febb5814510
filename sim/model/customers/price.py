"""Prices as a customer meets them: discounts and what they save, their end, and the lowest price known."""

from sim.model.equations.choice import price_over_stay, price_trigger
from sim.model.month_context import MonthContext
from sim.model.state import NEVER
from sim.numeric.compiling import rule


@rule
def discount_granted(me: MonthContext, firm: int) -> float:
    """Discount that the customer demanded and still has with the supplier. [share]"""
    if firm == int(me.person.supplier) and int(me.person.discount_until) >= me.clock.month:
        return me.offers[firm].retention_discount
    return 0.0


@rule
def price_felt(me: MonthContext, firm: int) -> float:
    """Price of a firm over the expected stay, with what a newcomer, or a customer who was granted a discount, saves."""
    discount, months = 0.0, 0.0
    if me.relations[firm].last_purchase == NEVER:
        discount, months = me.offers[firm].newcomer_discount, 1.0
    elif discount_granted(me, firm) > 0.0:
        left = float(int(me.person.discount_until) - me.clock.month + 1)
        discount, months = discount_granted(me, firm), max(1.0, left)
    return price_over_stay(me.offers[firm].price, discount, months, me.parameters.choice_expected_stay)


@rule
def against_reference(me: MonthContext, firm: int) -> float:
    """Price of a firm against its own mean list price of the last year, to which people have become used. [ratio]"""
    return price_felt(me, firm) / me.offers[firm].reference_price


@rule
def rise_at_end_of_discount(me: MonthContext) -> float:
    """How far the end of a discount that was on the last bill makes the supplier dearer. [ratio]"""
    supplier, ended = int(me.person.supplier), 0.0
    if me.person.promoted == 1:
        ended = me.offers[supplier].newcomer_discount
    elif me.person.discount_until != NEVER and int(me.person.discount_until) == me.clock.month - 1:
        ended = me.offers[supplier].retention_discount
    return me.parameters.choice_discount_end * price_trigger(1.0 - discount_granted(me, supplier), 1.0 - ended)


@rule
def lowest_known_price(me: MonthContext) -> float:
    """The lowest list price among the firms that the customer knows, or the reference where it knows none. [ratio]"""
    lowest = 0.0
    for firm in range(len(me.offers)):
        if me.relations[firm].aware == 1 and (lowest <= 0.0 or me.offers[firm].price < lowest):
            lowest = me.offers[firm].price
    return lowest if lowest > 0.0 else 1.0
