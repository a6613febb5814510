"""Buy and use: occasions, bills, cost of what is delivered, the experience of use, categories, lapse and dropout."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import CROSS, DROPOUT, PURCHASES, USE, normals, poisson
from sim.rules.choice import chance_of_dropout, response
from sim.rules.feeling import experience_of_use, updated_expectation, updated_satisfaction
from sim.state import (
    COST_CUSTOMISATION,
    COST_GOODS,
    DISCOUNTS,
    NEVER,
    NOBODY,
    PURCHASES_MADE,
    REVENUE,
    Clock,
    Offers,
    Population,
    Scratch,
    Whole,
)
from sim.steps.choosing import judge, pick
from sim.steps.common import GONE, cents, join, leave, luck
from sim.steps.offer import tailor

MOST_PURCHASES = 60  # guard of the inversion


@rule
def occasions(i: int, people: Population, nature: Nature, clock: Clock, satisfaction: float) -> int:
    """Purchase occasions of the month."""
    mean = people.rate[i] * response(satisfaction, nature.satisfaction_neutral, nature.economics_frequency_response)
    return poisson(mean, luck(i, people, clock, PURCHASES, 0, 0), MOST_PURCHASES)


@rule
def basket(i: int, firm: int, people: Population, nature: Nature) -> float:
    """Value of one purchase at list price 1. [EUR]"""
    categories = 1.0 + nature.economics_category_value * (int(people.categories[i]) - 1)
    satisfaction = people.satisfaction[i, firm]
    return (
        people.spend[i]
        * categories
        * response(satisfaction, nature.satisfaction_neutral, nature.economics_basket_response)
    )


@rule
def discount_now(i: int, firm: int, people: Population, offers: Offers, clock: Clock) -> float:
    """Discount that applies to this month's purchases. [share]"""
    if people.last_purchase[i, firm] == NEVER:
        return offers.newcomer_discount[firm]
    if firm == int(people.supplier[i]) and int(people.discount_until[i]) >= clock.month:
        return offers.retention_discount[firm]
    return 0.0


@rule
def pay(
    i: int, firm: int, amount: float, depth: float, moved: float, people: Population, nature: Nature, offers: Offers,
    clock: Clock, tally: Whole,
) -> None:  # fmt: skip
    """Post revenue, discount and cost of what was bought. amount: value at list price 1 [EUR]."""
    list_amount = amount * offers.price[firm]
    revenue = cents(list_amount, clock)
    discount = cents(list_amount * discount_now(i, firm, people, offers, clock), clock)
    goods = cents(amount * offers.unit_cost[firm], clock)
    custom = 0
    if depth > 0.0:
        custom = cents(amount * (nature.customisation_fixed_cost + nature.customisation_distance_cost * moved), clock)
    tally[firm, REVENUE] += revenue
    tally[firm, DISCOUNTS] += discount
    tally[firm, COST_GOODS] += goods
    tally[firm, COST_CUSTOMISATION] += custom
    people.contribution[i] += revenue - discount - goods - custom
    people.last_purchase[i, firm] = clock.month


@rule
def use(
    i: int, firm: int, fitting: float, times: int, learning: float, people: Population, nature: Nature, offers: Offers,
    clock: Clock,
) -> None:  # fmt: skip
    """Using what was bought moves satisfaction and expectation with the firm."""
    noise = (
        nature.satisfaction_noise
        * normals(clock.key, i, int(people.generation[i]), clock.month, USE, 0, offers.key[firm])[0]
    )
    experience = experience_of_use(
        offers.quality[firm], fitting, nature.satisfaction_quality_weight, nature.satisfaction_level, noise
    )
    for _ in range(times):
        expectation = people.expectation[i, firm]
        people.satisfaction[i, firm] = updated_satisfaction(
            people.satisfaction[i, firm],
            experience,
            expectation,
            learning,
            nature.satisfaction_disconfirmation,
            float(people.loss_aversion[i]),
        )
        people.shortfall[i] = max(float(people.shortfall[i]), expectation - experience)
        people.expectation[i, firm] = updated_expectation(expectation, experience, nature.satisfaction_expectation_use)


@rule
def buy_under_contract(
    i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch, tally: Whole
) -> None:
    """A month of supply: the bill, what it cost, and how it was in use."""
    firm = int(people.supplier[i])
    people.purchases[i] = 0
    if firm == NOBODY:
        return
    bought = occasions(i, people, nature, clock, people.satisfaction[i, firm])
    fixed = nature.economics_fixed_share * people.rate[i] + (1.0 - nature.economics_fixed_share) * bought
    fitting, depth, moved = tailor(i, firm, people, nature, offers, clock, scratch)
    people.fit[i] = fitting
    people.depth[i] = depth
    people.purchases[i] = bought
    tally[firm, PURCHASES_MADE] += bought
    pay(i, firm, fixed * basket(i, firm, people, nature), depth, moved, people, nature, offers, clock, tally)
    use(i, firm, fitting, 1, nature.satisfaction_learning_use, people, nature, offers, clock)
    take_further_category(i, firm, people, nature, offers, clock)


@rule
def take_further_category(i: int, firm: int, people: Population, nature: Nature, offers: Offers, clock: Clock) -> None:
    """A satisfied customer may take a further category."""
    if int(people.categories[i]) < int(nature.economics_categories):
        chance = nature.economics_cross_sell * people.satisfaction[i, firm] * offers.selling[firm]
        if luck(i, people, clock, CROSS, 0, offers.key[firm]) < chance:
            people.categories[i] += 1


@rule
def buy_from_repertoire(
    i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch, tally: Whole
) -> None:
    """Every purchase is a choice among known firms; loyalty is habit."""
    firms = offers.key.shape[0]
    supplier = int(people.supplier[i])
    neutral = nature.satisfaction_neutral
    bought = occasions(i, people, nature, clock, people.satisfaction[i, supplier] if supplier != NOBODY else neutral)
    people.purchases[i] = 0
    for firm in range(firms):
        scratch.bought[firm] = 0
    if bought > 0:
        judge(i, people, nature, offers, clock, scratch)
        for occasion in range(bought):
            chosen = pick(i, people, nature, offers, clock, scratch, occasion)
            if chosen != NOBODY:
                scratch.bought[chosen] += 1
                learn_habit(i, chosen, people, nature, firms)
    for firm in range(firms):
        if scratch.bought[firm] > 0:
            receive(i, firm, int(scratch.bought[firm]), people, nature, offers, clock, scratch, tally)
    settle_supplier(i, people, nature, clock, tally)
    main = int(people.supplier[i])
    if main != NOBODY and scratch.bought[main] > 0:
        people.purchases[i] = scratch.bought[main]
        take_further_category(i, main, people, nature, offers, clock)


@rule
def learn_habit(i: int, chosen: int, people: Population, nature: Nature, firms: int) -> None:
    """Habit follows purchases."""
    for firm in range(firms):
        target = 1.0 if firm == chosen else 0.0
        people.habit[i, firm] += nature.choice_habit_learning * (target - people.habit[i, firm])


@rule
def receive(
    i: int, firm: int, times: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch,
    tally: Whole,
) -> None:  # fmt: skip
    """What was bought from one firm this month: bill, cost, use, and perhaps the end of the relation."""
    fitting, depth, moved = tailor(i, firm, people, nature, offers, clock, scratch)
    tally[firm, PURCHASES_MADE] += times
    pay(i, firm, times * basket(i, firm, people, nature), depth, moved, people, nature, offers, clock, tally)
    use(i, firm, fitting, times, nature.satisfaction_learning_purchase, people, nature, offers, clock)
    people.fit[i] = fitting
    people.depth[i] = depth
    base = people.dropout[i]
    if base > 0.0:
        chance = chance_of_dropout(
            base, people.satisfaction[i, firm], nature.satisfaction_neutral, nature.economics_dropout_response
        )
        if luck(i, people, clock, DROPOUT, 0, offers.key[firm]) < 1.0 - (1.0 - chance) ** times:
            people.burned[i, firm] = GONE


@rule
def main_firm(i: int, people: Population, nature: Nature, clock: Clock) -> int:
    """The firm with the strongest habit among those bought from lately, or nobody."""
    best, most = NOBODY, -1.0
    for firm in range(people.habit.shape[1]):
        then = int(people.last_purchase[i, firm])
        if then != NEVER and clock.month - then < nature.choice_lapse and people.habit[i, firm] > most:
            best, most = firm, people.habit[i, firm]
    return best


@rule
def settle_supplier(i: int, people: Population, nature: Nature, clock: Clock, tally: Whole) -> None:
    """Repertoire: a customer belongs to the main firm; a change of main firm or a lapse is a loss."""
    main = main_firm(i, people, nature, clock)
    supplier = int(people.supplier[i])
    if main == supplier:
        return
    if supplier != NOBODY:
        if people.satisfaction[i, supplier] < nature.choice_burn_threshold and nature.choice_burn_months > 0:
            people.burned[i, supplier] = max(int(people.burned[i, supplier]), clock.month)
        leave(i, people, clock, tally, False)
    if main != NOBODY:
        join(i, main, people, clock, tally)
