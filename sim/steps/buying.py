"""Buy and use: occasions, bills, cost of what is delivered, the experience of use, categories, lapse and dropout."""

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import CROSS, PURCHASES, USE, normals, poisson
from sim.rules.choice import response
from sim.rules.feeling import experience_of_use, updated_expectation, updated_satisfaction
from sim.state import (
    COST_CUSTOMISATION,
    COST_GOODS,
    DISCOUNTS,
    EXPERIENCE,
    NEVER,
    NOBODY,
    PURCHASES_MADE,
    REVENUE,
    USES,
    Clock,
    Known,
    Offers,
    Person,
    Room,
    Whole,
)
from sim.steps.accounts import NOT_HELD, put_on_account
from sim.steps.choosing import discount_granted
from sim.steps.common import cents, fine, luck
from sim.steps.holding import take, usefulness, wanted_next
from sim.steps.offer import tailor
from sim.steps.prospering import EVEN

MOST_PURCHASES = 60  # guard of the inversion


@rule
def occasions(person: Person, known: Known, nature: Nature, clock: Clock, satisfaction: float, part: float) -> int:
    """Purchase occasions of the month, or of the part of it that is left."""
    mean = wide(person.rate) * response(satisfaction, nature.satisfaction_neutral, nature.economics_frequency_response)
    mean *= response(wide(person.outcome), EVEN, nature.outcome_buying)
    return poisson(mean * part, luck(person, known, clock, PURCHASES, 0, 0), MOST_PURCHASES)


@rule
def basket(firm: int, person: Person, known: Known, nature: Nature) -> float:
    """Value of one purchase at list price 1. [EUR]"""
    categories = 1.0 + nature.economics_category_value * (int(person.categories) - 1)
    satisfaction = known[firm].satisfaction
    return (
        person.spend
        * categories
        * response(satisfaction, nature.satisfaction_neutral, nature.economics_basket_response)
    )


@rule
def discount_now(firm: int, person: Person, known: Known, offers: Offers, clock: Clock) -> float:
    """Discount that applies to this month's purchases. [share]"""
    if known[firm].last_purchase == NEVER:
        return offers[firm].newcomer_discount
    return discount_granted(firm, person, known, offers, clock)


@rule
def pay(
    firm: int, amount: float, depth: float, moved: float, person: Person, known: Known, nature: Nature, offers: Offers,
    clock: Clock, tally: Whole,
) -> None:  # fmt: skip
    """Post revenue, discount and cost of what was bought. amount: value at list price 1 [EUR]."""
    list_amount = amount * offers[firm].price
    revenue = cents(list_amount, clock)
    discount = cents(list_amount * discount_now(firm, person, known, offers, clock), clock)
    goods = cents(amount * offers[firm].unit_cost, clock)
    custom = 0
    if depth > 0.0:
        custom = cents(amount * (nature.customisation_fixed_cost + nature.customisation_distance_cost * moved), clock)
    tally[firm, REVENUE] += revenue
    tally[firm, DISCOUNTS] += discount
    tally[firm, COST_GOODS] += goods
    tally[firm, COST_CUSTOMISATION] += custom
    known[firm].contribution += revenue - discount - goods - custom
    known[firm].last_purchase = clock.month
    if nature.credit_terms > 0.0:
        put_on_account(firm, revenue - discount, person, known, nature, clock, tally)


@rule
def use(
    firm: int, fitting: float, times: int, learning: float, person: Person, known: Known, nature: Nature,
    offers: Offers, clock: Clock, tally: Whole,
) -> float:  # fmt: skip
    """Using what was bought moves satisfaction and expectation with the firm; returns the worst shortfall."""
    worst = 0.0
    noise = (
        nature.satisfaction_noise
        * normals(clock.key, int(person.slot), int(person.generation), clock.month, USE, 0, offers[firm].key)[0]
    )
    level = nature.satisfaction_level + nature.outcome_felt * (wide(person.outcome) - EVEN)
    experience = experience_of_use(offers[firm].quality, fitting, nature.satisfaction_quality_weight, level, noise)
    tally[firm, EXPERIENCE] += times * fine(experience)
    tally[firm, USES] += times
    for _ in range(times):
        expectation = known[firm].expectation
        known[firm].satisfaction = updated_satisfaction(
            known[firm].satisfaction,
            experience,
            expectation,
            learning,
            nature.satisfaction_disconfirmation,
            float(person.loss_aversion),
        )
        worst = max(worst, expectation - experience)
        known[firm].expectation = updated_expectation(expectation, experience, nature.satisfaction_expectation_use)
    return worst


@rule
def buy_under_contract(
    person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole
) -> None:
    """A month of supply: the bill, what it cost, and how it was in use."""
    firm = int(person.supplier)
    person.purchases = 0
    for other in range(len(known)):
        known[other].bought = 0
    if firm == NOBODY or person.held != NOT_HELD:
        return
    bought = occasions(person, known, nature, clock, known[firm].satisfaction, 1.0)
    known[firm].bought = bought
    fixed = nature.economics_fixed_share * wide(person.rate) + (1.0 - nature.economics_fixed_share) * bought
    fitting, depth, moved = tailor(firm, person, known, nature, offers, clock, room)
    fitting *= usefulness(person, known, nature)
    person.fit = fitting
    person.depth = depth
    person.purchases = bought
    tally[firm, PURCHASES_MADE] += bought
    pay(firm, fixed * basket(firm, person, known, nature), depth, moved, person, known, nature, offers, clock, tally)
    person.shortfall = use(
        firm, fitting, 1, nature.satisfaction_learning_use, person, known, nature, offers, clock, tally
    )
    take_further_category(firm, person, known, nature, offers, clock)


@rule
def take_further_category(
    firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock
) -> None:
    """A satisfied customer may take a further category, where no sales calls are made."""
    if nature.sales_call_hours > 0.0:
        return
    if int(person.categories) < int(nature.economics_categories):
        chance = nature.economics_cross_sell * known[firm].satisfaction * offers[firm].selling
        if luck(person, known, clock, CROSS, 0, offers[firm].key) < chance:
            take(wanted_next(person, known, nature), person, known)
