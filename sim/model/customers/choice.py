"""Evaluate and choose: who looks around, and which firm they take."""

from sim.model.customers.common import count_tired, join, leave
from sim.model.customers.customer_account import close_account, count_held
from sim.model.customers.customer_selection import be_dropped, be_turned_away, is_declined, review_contract
from sim.model.customers.draws import draw_arrival, draw_pair
from sim.model.customers.notes import note
from sim.model.customers.offer import nearest_line, state_preference
from sim.model.customers.opinion import opinion_of
from sim.model.customers.price import against_reference, lowest_known_price, price_felt, rise_at_end_of_discount
from sim.model.customers.sources import DISSATISFACTION, PRICE, RIVAL, SEARCH, TROUBLE, WORD
from sim.model.equations.choice import chance_to_consider, demand_at, price_trigger, value_of_firm
from sim.model.equations.needs import fit
from sim.model.events import CONSIDERED_LEAVING
from sim.model.month_context import MonthContext
from sim.model.randomness import CONSIDER
from sim.model.state import LASTING_UNIT, NEVER, NOBODY, WORD_UNIT
from sim.numeric.compiling import as_float64, inlined, rule
from sim.numeric.mathematics import exp

UNTHINKABLE = -1e9
REASONS = (
    "its supply is ending",
    "low satisfaction",
    "bad words about the firm, or neighbours who left it",
    "trouble open for a month or more",
    "a price above what it used to be",
    "an offer of a rival",
    "a rival that has become cheaper",
    "a discount that has ended",
    "a complaint that was not made good",
)


@rule
def is_burned(me: MonthContext, firm: int) -> bool:
    """True while the customer stays away from the firm after a bad end."""
    then = int(me.relations[firm].burned)
    return then != NEVER and me.clock.month - then < me.parameters.choice_burn_months


@rule
def has_grievance(me: MonthContext) -> bool:
    """True for some months after a complaint that was not made good."""
    since = me.clock.month - int(me.person.complaint_month)
    return me.person.grievance == 1 and since < me.parameters.choice_complaint_months


@rule
def reasons_to_look(me: MonthContext) -> float:
    """Extra chance of looking around from this month's events."""
    supplier = int(me.person.supplier)
    reasons = me.parameters.choice_consider_word * (WORD_UNIT * me.person.bad_words)
    if me.person.incident_age >= 1:
        reasons += me.parameters.choice_consider_ticket
    if has_grievance(me):
        reasons += me.parameters.choice_consider_complaint
    price = against_reference(me, supplier)
    dearer = max(rise_at_end_of_discount(me), price_trigger(price, 1.0))
    for firm in range(len(me.offers)):
        if firm != supplier and me.relations[firm].contacted == 1:
            reasons += me.parameters.choice_consider_contact
            dearer = max(dearer, price_trigger(price, against_reference(me, firm)))
    return reasons + me.parameters.choice_consider_price * dearer


@rule
def reasons_given(me: MonthContext) -> int:
    """Why a customer considers leaving, one bit for each reason of `REASONS` that applies."""
    supplier = int(me.person.supplier)
    price = against_reference(me, supplier)
    bits = 128 if rise_at_end_of_discount(me) > 0.0 else 0
    if has_grievance(me):
        bits |= 256
    if me.person.notice > 0:
        bits |= 1
    if me.relations[supplier].satisfaction < me.parameters.satisfaction_neutral:
        bits |= 2
    if me.person.bad_words > 0:
        bits |= 4
    if me.person.incident_age >= 1:
        bits |= 8
    if price_trigger(price, 1.0) > 0.0:
        bits |= 16
    for firm in range(len(me.offers)):
        if firm != supplier and me.relations[firm].contacted == 1:
            bits |= 32
            if price_trigger(price, against_reference(me, firm)) > 0.0:
                bits |= 64
    return bits


@rule
def looks_around(me: MonthContext) -> bool:
    """Whether the customer considers the market this month."""
    supplier = int(me.person.supplier)
    number = draw_pair(me, CONSIDER, 0, 0)[0]  # the second is for purchases
    if supplier == NOBODY or me.person.notice > 0:
        return number < me.parameters.choice_entry * demand_at(
            lowest_known_price(me), me.parameters.economics_entry_elasticity
        )
    return number < as_float64(me.person.propensity) * chance_to_consider(
        me.relations[supplier].satisfaction,
        me.parameters.satisfaction_neutral,
        me.parameters.choice_consider,
        me.parameters.choice_consider_slope,
        reasons_to_look(me),
    )


@rule
def worth(me: MonthContext, firm: int) -> float:
    """Utility of one known firm before the luck of the day."""
    own = firm == int(me.person.supplier)
    tried = me.relations[firm].last_purchase != NEVER
    standing = opinion_of(me, firm)
    _, distance = nearest_line(me, firm)
    offer = 0.0
    if me.relations[firm].contacted == 1 and not own:
        offer += me.parameters.choice_contact_weight
    if not tried and me.parameters.choice_effort > 0.0:
        offer -= me.parameters.choice_effort * (me.offers[firm].lines - 1)
    if own and me.parameters.contract:
        offer += me.parameters.choice_switching_cost
    taste = LASTING_UNIT * me.relations[firm].taste
    value = value_of_firm(
        standing,
        fit(distance, me.parameters.needs_tolerance),
        price_felt(me, firm),
        offer,
        me.parameters.choice_experience_weight,
        me.parameters.choice_fit_weight,
        as_float64(me.person.price_weight),
    )
    return (
        value
        + me.parameters.choice_taste * taste
        + me.parameters.choice_habit_weight * as_float64(me.relations[firm].habit)
    )


@rule
def judge(me: MonthContext) -> None:
    """Utility of every firm; unknown and burned ones are unthinkable."""
    state_preference(me)
    for firm in range(len(me.offers)):
        if me.relations[firm].aware == 0 or is_burned(me, firm):
            me.scratch[firm].value = UNTHINKABLE
        else:
            me.scratch[firm].value = worth(me, firm)
            me.scratch[firm].lateness = exp(-me.scratch[firm].value)


@rule
def pick(me: MonthContext, number: int) -> int:
    """The best firm of the moment, or nobody: a logit choice as a race of firms that arrive at rates exp(value)."""
    best = NOBODY
    first = draw_arrival(me, number, 0) * exp(-me.parameters.choice_outside)
    for firm in range(len(me.offers)):
        if me.scratch[firm].value > UNTHINKABLE:
            when = draw_arrival(me, number, me.offers[firm].key) * me.scratch[firm].lateness
            if when < first:
                best, first = firm, when
    return best


@rule
def be_accepted(me: MonthContext) -> int:
    """The best firm of the moment that accepts the person, or nobody."""
    supplier = pick(me, 0)
    while supplier != NOBODY and supplier != me.person.supplier and is_declined(me, supplier):
        be_turned_away(me, supplier)
        me.scratch[supplier].value = UNTHINKABLE
        supplier = pick(me, 0)
    return supplier


@inlined
def choose_supplier(me: MonthContext) -> None:
    """Contract: those who look around, or are given notice, choose a supplier that takes them, or none."""
    review_contract(me)
    if not looks_around(me):
        return
    judge(me)
    supplier = int(me.person.supplier)
    if me.watched and supplier != NOBODY:
        details = (float(reasons_given(me)), 0.0, 0.0, 0.0, 0.0, 0.0)
        note(me, CONSIDERED_LEAVING, supplier, me.relations[supplier].satisfaction, details)
    if me.person.notice > 0:
        me.scratch[supplier].value = UNTHINKABLE
    next_supplier = be_accepted(me)
    if next_supplier == supplier or (me.person.notice > 0 and next_supplier == NOBODY):
        return
    if me.person.notice > 0:
        be_dropped(me)
    elif supplier != NOBODY:
        walk_out(me, supplier)
    if next_supplier != NOBODY:
        join(me, next_supplier)


@rule
def reason_to_leave(me: MonthContext, supplier: int) -> int:
    """Without what the customer would not have looked around: the part of the chance in which its luck falls."""
    parameters, propensity = me.parameters, as_float64(me.person.propensity)
    number = draw_pair(me, CONSIDER, 0, 0)[0]
    neutral, base, slope = parameters.satisfaction_neutral, parameters.choice_consider, parameters.choice_consider_slope
    satisfaction = me.relations[supplier].satisfaction
    if number < propensity * chance_to_consider(max(satisfaction, neutral), neutral, base, slope, 0.0):
        return SEARCH
    reached = chance_to_consider(satisfaction, neutral, base, slope, 0.0)
    if number < propensity * reached:
        return DISSATISFACTION
    reached += parameters.choice_consider_word * (WORD_UNIT * me.person.bad_words)
    if number < propensity * reached:
        return WORD
    reached += parameters.choice_consider_ticket if me.person.incident_age >= 1 else 0.0
    reached += parameters.choice_consider_complaint if has_grievance(me) else 0.0
    if number < propensity * reached:
        return TROUBLE
    for firm in range(len(me.offers)):
        if firm != supplier and me.relations[firm].contacted == 1:
            reached += parameters.choice_consider_contact
    return RIVAL if number < propensity * reached else PRICE


@rule
def walk_out(me: MonthContext, supplier: int) -> None:
    """The customer leaves by choice."""
    reason = reason_to_leave(me, supplier)
    if me.relations[supplier].satisfaction < me.parameters.choice_burn_threshold:
        me.relations[supplier].burned = me.clock.month
    count_tired(me)
    count_held(me)
    close_account(me)
    leave(me, reason)
