"""What was sold and serves no need: it disappoints, is given up, and may go back for money."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import GIVING_BACK, uniforms
from sim.rules.feeling import experience_of_use
from sim.state import (
    CATEGORIES_GIVEN_UP,
    CATEGORIES_RETURNED,
    DISCOUNTS,
    RECEIVED,
    REFUNDS,
    Clock,
    Known,
    Offers,
    Person,
    Whole,
)
from sim.steps.calling import price_of_category
from sim.steps.choosing import discount_granted
from sim.steps.common import cents
from sim.steps.holding import further_categories, give_up, has
from sim.steps.serving import feel_service

KEPT, GIVEN_UP, RETURNED = range(3)


@rule
def give_back(
    firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole
) -> None:
    """Each category held for nothing may be given up, in disappointment, and some go back for a refund."""
    if int(person.holds) & ~int(person.wants) == 0:
        return
    for category in range(further_categories(nature)):
        fate = fate_of(category, firm, person, known, nature, offers, clock)
        if fate == KEPT:
            continue
        give_up(category, person, known)
        tally[firm, CATEGORIES_GIVEN_UP] += 1
        useless = experience_of_use(
            offers[firm].quality, 0.0, nature.satisfaction_quality_weight, nature.satisfaction_level, 0.0
        )
        feel_service(firm, useless, person, known, nature)
        if fate == RETURNED:
            refund(firm, person, known, nature, offers, clock, tally)


@rule
def fate_of(
    category: int, firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock
) -> int:
    """What becomes of a category this month: kept, given up, or given up and returned."""
    if not has(int(person.holds), category) or has(int(person.wants), category):
        return KEPT
    slot, generation, key = int(person.slot), int(person.generation), offers[firm].key
    noticed, returned = uniforms(clock.key, slot, generation, clock.month, GIVING_BACK, category, key)
    if noticed >= nature.sales_giving_up:
        return KEPT
    return RETURNED if returned < nature.sales_return_share else GIVEN_UP


@rule
def refund_due(firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock) -> float:
    """Money that goes back for one returned category: some months of it as they were billed on average. [EUR]"""
    billed = person.rate * price_of_category(firm, person, known, nature, offers)
    return nature.sales_refund_months * billed * (1.0 - discount_granted(firm, person, known, offers, clock))


@rule
def refund(firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """Money goes back in cash: posted among the discounts, and taken from what the customer contributed."""
    amount = cents(refund_due(firm, person, known, nature, offers, clock), clock)
    tally[firm, CATEGORIES_RETURNED] += 1
    tally[firm, REFUNDS] += amount
    tally[firm, DISCOUNTS] += amount
    tally[firm, RECEIVED] -= amount
    known[firm].contribution -= amount
