"""Buying from a repertoire: trial, occasions, habit, dropout, and whose customer a person is."""

from sim.model.customers.choice import UNTHINKABLE, judge, pick
from sim.model.customers.common import GONE, be_without_supplier, count_tired, join, leave
from sim.model.customers.draws import draw
from sim.model.customers.notes import NO_DETAILS, note
from sim.model.customers.offer import tailor
from sim.model.customers.price import lowest_known_price
from sim.model.customers.product_categories import usefulness
from sim.model.customers.purchase import basket, occasions, pay, take_further_category, use
from sim.model.customers.sources import DISSATISFACTION, DROPOUT, PRICE, RIVAL, SEARCH, TROUBLE
from sim.model.equations.choice import chance_of_dropout, demand_at
from sim.model.events import BOUGHT, DROPPED_OUT, LAPSED
from sim.model.month_context import MonthContext
from sim.model.randomness import DROPOUT as DROPPING
from sim.model.randomness import TRIAL
from sim.model.state import NEVER, NOBODY
from sim.numeric.compiling import as_float64, inlined, rule


@rule
def occasions_in_repertoire(me: MonthContext) -> int:
    """Purchase occasions of the month; a person without supplier may have to try a firm first, on some day of it."""
    supplier = int(me.person.supplier)
    neutral = me.parameters.satisfaction_neutral
    if supplier != NOBODY:
        return occasions(me, me.relations[supplier].satisfaction, 1.0)
    if me.parameters.choice_trial <= 0.0:
        return occasions(me, neutral, 1.0)
    number = draw(me, TRIAL, 0, 0)
    trial = me.parameters.choice_trial * demand_at(lowest_known_price(me), me.parameters.economics_entry_elasticity)
    if number >= trial:
        return 0
    return 1 + occasions(me, neutral, 1.0 - number / trial)


@inlined
def buy_from_repertoire(me: MonthContext) -> None:
    """Every purchase is a choice among known firms; loyalty is habit."""
    firms = len(me.offers)
    bought = occasions_in_repertoire(me)
    me.person.purchases = 0
    for firm in range(firms):
        me.relations[firm].bought = 0
    if bought > 0:
        judge(me)
        for occasion in range(bought):
            supplier = pick(me, occasion)
            if supplier != NOBODY:
                me.relations[supplier].bought += 1
                learn_habit(me, supplier, firms)
                may_drop_out(me, supplier, occasion)
    for firm in range(firms):
        if me.relations[firm].bought > 0:
            receive(me, firm, int(me.relations[firm].bought))
    settle_supplier(me)
    main = int(me.person.supplier)
    if main != NOBODY and me.relations[main].bought > 0:
        me.person.purchases = me.relations[main].bought
        me.person.line = me.scratch[main].line
        me.person.fit = me.scratch[main].fit
        me.person.depth = me.scratch[main].depth
        me.person.shortfall = me.scratch[main].shortfall
        take_further_category(me, main)


@rule
def learn_habit(me: MonthContext, supplier: int, firms: int) -> None:
    """Habit follows purchases."""
    for firm in range(firms):
        target = 1.0 if firm == supplier else 0.0
        habit = as_float64(me.relations[firm].habit)
        me.relations[firm].habit = habit + me.parameters.choice_habit_learning * (target - habit)


@rule
def receive(me: MonthContext, firm: int, times: int) -> None:
    """What was bought from one firm this month: bill, cost and use."""
    fitting, depth, moved = tailor(me, firm)
    if firm == int(me.person.supplier):
        fitting *= usefulness(me)
    me.counts[firm].purchases += times
    if me.watched:
        note(me, BOUGHT, firm, float(times), NO_DETAILS)
    pay(me, firm, times * basket(me, firm), depth, moved)
    me.scratch[firm].fit = fitting
    me.scratch[firm].depth = depth
    me.scratch[firm].shortfall = use(me, firm, fitting, times, me.parameters.satisfaction_learning_purchase)


@rule
def may_drop_out(me: MonthContext, firm: int, occasion: int) -> None:
    """After a repeat purchase the relation with a firm may be over for good."""
    base = as_float64(me.person.dropout)
    if base <= 0.0 or (me.relations[firm].last_purchase == NEVER and me.relations[firm].bought < 2):
        return
    chance = chance_of_dropout(
        base,
        me.relations[firm].satisfaction,
        me.parameters.satisfaction_neutral,
        me.parameters.economics_dropout_response,
    )
    if draw(me, DROPPING, occasion, me.offers[firm].key) < chance:
        me.relations[firm].burned = GONE
        me.counts[firm].relations_dropped += 1
        me.scratch[firm].value = UNTHINKABLE
        if me.watched:
            note(me, DROPPED_OUT, firm, float(me.relations[firm].bought), NO_DETAILS)


@rule
def main_firm(me: MonthContext) -> int:
    """The firm with the strongest habit among those bought from lately; the present one keeps a lead."""
    best, most = NOBODY, -1.0
    for firm in range(len(me.relations)):
        then = int(me.relations[firm].last_purchase)
        strength = as_float64(me.relations[firm].habit)
        if firm == int(me.person.supplier):
            strength += me.parameters.choice_main_lead
        if then != NEVER and me.clock.month - then < me.parameters.choice_lapse and strength > most:
            best, most = firm, strength
    return best


@rule
def reason_to_switch(me: MonthContext, firm: int, main: int) -> int:
    """Why the main firm changes: what the new one is most ahead in, by its weight in the choice."""
    if me.relations[firm].burned == GONE:
        return DROPOUT
    felt = me.parameters.choice_experience_weight * (me.relations[main].satisfaction - me.relations[firm].satisfaction)
    cheaper = as_float64(me.person.price_weight) * (me.offers[firm].price - me.offers[main].price)
    touch = me.parameters.choice_contact_weight if me.relations[main].contacted == 1 else 0.0
    if max(felt, cheaper, touch) <= 0.0:
        return SEARCH
    if felt >= max(cheaper, touch):
        return TROUBLE if me.person.incident_age >= 1 else DISSATISFACTION
    return PRICE if cheaper >= touch else RIVAL


@rule
def lapse(me: MonthContext, firm: int) -> None:
    """A customer has not bought for so long that the firm does not count it any more."""
    me.counts[firm].lapsed += 1
    if me.watched:
        note(me, LAPSED, firm, float(me.person.tenure), NO_DETAILS)
    be_without_supplier(me)


@rule
def settle_supplier(me: MonthContext) -> None:
    """Repertoire: a customer belongs to the main firm; a new main firm is a loss, no purchase for long a lapse."""
    main = main_firm(me)
    supplier = int(me.person.supplier)
    if main == supplier:
        return
    if supplier != NOBODY:
        if me.relations[supplier].satisfaction < me.parameters.choice_burn_threshold:
            me.relations[supplier].burned = max(int(me.relations[supplier].burned), me.clock.month)
        if me.clock.month - int(me.relations[supplier].last_purchase) >= me.parameters.choice_lapse:
            lapse(me, supplier)
        else:
            count_tired(me)
            leave(me, reason_to_switch(me, supplier, main))
    if main != NOBODY:
        join(me, main)
