"""Customers react: complain, demand a discount, talk, grow with the firm; and everybody is counted."""

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.customers.common import to_fixed_point
from sim.model.customers.customer_selection import is_declined
from sim.model.customers.draws import draw
from sim.model.customers.notes import NO_DETAILS, flag, note
from sim.model.customers.opinion import opinion_of
from sim.model.equations.needs import updated_precision
from sim.model.equations.satisfaction import chance_of_voice, clip
from sim.model.equations.word_of_mouth import chance_of_blame, chance_of_praise, chance_to_tell
from sim.model.events import ASKED_DISCOUNT, BLAMED, COMPLAINED, PRAISED, RESOLVED, SAID_LEFT, SILENT
from sim.model.month_context import MonthContext
from sim.model.randomness import DEPARTURE, DISCOUNT, RECOVERY, TALK, VOICE
from sim.model.state import NEVER, NOBODY
from sim.numeric.compiling import as_float64, inlined, rule
from sim.numeric.mathematics import exp

NEED_MET = 0.5  # fit above which a need counts as met; a definition of the measure


@inlined
def speak_up(me: MonthContext) -> None:
    """A disappointed customer complains, demands a discount, or stays silent; a complaint may be made good."""
    firm = int(me.person.supplier)
    shortfall = float(me.person.shortfall)
    me.person.shortfall = 0.0
    if firm == NOBODY or shortfall <= me.parameters.temper_tolerance:
        return
    disappointed = chance_of_voice(shortfall, me.parameters.temper_tolerance, me.parameters.temper_voice_scale, 1.0)
    asks = draw(me, DISCOUNT, 0, me.offers[firm].key) < disappointed * float(me.person.boldness)
    me.counts[firm].complaints_mean += to_fixed_point(disappointed * float(me.person.voice))
    complains = draw(me, VOICE, 0, me.offers[firm].key) < disappointed * float(me.person.voice)
    if asks:
        ask_for_discount(me, firm, shortfall)
    if complains:
        complain(me, firm, shortfall)
    if me.watched and not asks and not complains:
        note(me, SILENT, firm, shortfall, (shortfall, 0.0, 0.0, 0.0, 0.0, 0.0))


@rule
def ask_for_discount(me: MonthContext, firm: int, shortfall: float) -> None:
    """A discount is demanded, and granted where the firm gives any and wants to keep the customer."""
    me.counts[firm].discount_demanded += 1
    months = 0
    if me.offers[firm].retention_discount > 0.0 and not is_declined(me, firm):
        months = int(me.parameters.service_discount_months)
        me.person.discount_until = me.clock.month + months
    if me.watched:
        granted = me.offers[firm].retention_discount if months > 0 else 0.0
        note(me, ASKED_DISCOUNT, firm, float(months), (granted, shortfall, 0.0, 0.0, 0.0, 0.0))


@rule
def complain(me: MonthContext, firm: int, shortfall: float) -> None:
    """A complaint, which the desk may make good."""
    me.person.complaints = min(30_000, me.person.complaints + 1)
    me.person.complaint_month = me.clock.month
    me.counts[firm].complaints += 1
    if me.watched:
        note(me, COMPLAINED, firm, float(me.person.complaints), (shortfall, 0.0, 0.0, 0.0, 0.0, 0.0))
    recover(me, firm, shortfall)


@rule
def recover(me: MonthContext, firm: int, shortfall: float) -> None:
    """A desk that has time may make a complaint good; if not, it rankles."""
    me.person.grievance = 1
    if draw(me, RECOVERY, 0, me.offers[firm].key) < me.offers[firm].served_share * me.parameters.service_made_good:
        me.person.grievance = 0
        me.relations[firm].satisfaction = clip(
            me.relations[firm].satisfaction
            + me.parameters.service_recovery * me.parameters.satisfaction_learning_incident * shortfall
        )
        if me.watched:
            note(me, RESOLVED, firm, 1.0, NO_DETAILS)


@inlined
def talk(me: MonthContext) -> None:
    """Customers, and former customers, talk about their firm: praise, blame or nothing."""
    me.person.said = 0
    if me.person.turned_away > 0 and tells_of_refusal(me):
        return
    if me.person.left_firm > 0 and tells_of_departure(me):
        return
    firm = int(me.person.last_firm)
    if firm == NOBODY:
        return
    share = 1.0 if firm == int(me.person.supplier) else me.parameters.word_of_mouth_former
    if not says(me, firm, share, 0):
        talk_of_former_supplier(me)


@rule
def says(me: MonthContext, firm: int, share: float, number_of_draw: int) -> bool:
    """Whether somebody praises or blames a firm this month. share: of the talk of a customer"""
    own = firm == int(me.person.supplier)
    satisfaction = as_float64(me.relations[firm].satisfaction) if own else opinion_of(me, firm)
    talkative = float(me.person.talk) * share
    number = draw(me, TALK, number_of_draw, me.offers[firm].key)
    praise, blame = chances_to_speak(me, satisfaction, talkative)
    if number < praise:
        me.person.said = 2 * firm + 1
        me.counts[firm].messages_positive += 1
    elif number >= 1.0 - blame:
        me.person.said = 2 * firm + 2
        me.counts[firm].messages_negative += 1
    else:
        return False
    me.person.messages += 1
    if me.watched:
        former = flag(firm != int(me.person.supplier))
        note(me, PRAISED if me.person.said % 2 == 1 else BLAMED, firm, 1.0, (former, 0.0, 0.0, 0.0, 0.0, 0.0))
    return True


@rule
def chances_to_speak(me: MonthContext, satisfaction: float, talkative: float) -> tuple[float, float]:
    """Chances to praise and to blame a firm this month. talkative: factor of the person and of the relation"""
    numbers = me.parameters
    praise, blame, bound = numbers.word_of_mouth_positive, numbers.word_of_mouth_negative, numbers.word_of_mouth_most
    return (
        chance_of_praise(satisfaction, praise, talkative, numbers.word_of_mouth_positive_power, bound),
        chance_of_blame(satisfaction, blame, talkative, numbers.word_of_mouth_negative_power, bound),
    )


@rule
def talk_of_former_supplier(me: MonthContext) -> None:
    """A customer who went to a rival talks about the former supplier, less every month."""
    if me.parameters.word_of_mouth_leaver_memory <= 0.0:
        return
    former, then, key = NOBODY, NEVER, 0
    for firm in range(len(me.relations)):
        last = int(me.relations[firm].last_purchase)
        if firm != int(me.person.last_firm) and (last > then or (last == then != NEVER and me.offers[firm].key > key)):
            former, then, key = firm, last, me.offers[firm].key
    if former != NOBODY:
        share = me.parameters.word_of_mouth_former * exp(
            -(me.clock.month - then) / me.parameters.word_of_mouth_leaver_memory
        )
        says(me, former, share, 2)


@rule
def tells_of_departure(me: MonthContext) -> bool:
    """Who left a firm not long ago may say so: "I left"."""
    firm, months = int(me.person.left_firm) - 1, me.parameters.word_of_mouth_departure_months
    since = me.clock.month - int(me.relations[firm].last_purchase)
    if int(me.person.tenure) >= months or since > months:
        return False
    chance = chance_to_tell(me.parameters.word_of_mouth_departure, as_float64(me.person.talk))
    if draw(me, DEPARTURE, 0, 0) >= chance:
        return False
    me.person.said = -1 - firm
    me.person.messages += 1
    if me.watched:
        note(me, SAID_LEFT, firm, 1.0, (float(since), 0.0, 0.0, 0.0, 0.0, 0.0))
    return True


@rule
def tells_of_refusal(me: MonthContext) -> bool:
    """Who was turned away talks about it as somebody wholly dissatisfied would."""
    firm = int(me.person.turned_away) - 1
    me.person.turned_away = 0
    _, chance = chances_to_speak(me, 0.0, float(me.person.talk))
    if draw(me, TALK, 1, me.offers[firm].key) >= chance:
        return False
    me.person.said = 2 * firm + 2
    me.counts[firm].messages_negative += 1
    me.person.messages += 1
    if me.watched:
        note(me, BLAMED, firm, 1.0, (flag(firm != int(me.person.supplier)), 1.0, 0.0, 0.0, 0.0, 0.0))
    return True


@inlined
def be_understood(me: MonthContext) -> None:
    """Firms' beliefs fade as needs drift, and the supplier's sharpens by what it may see."""
    if me.parameters.needs_spread <= 0.0:
        return
    supplier = int(me.person.supplier)
    for firm in range(len(me.offers)):
        signal = me.offers[firm].signal if firm == supplier else 0.0
        precision = as_float64(me.relations[firm].precision)
        if precision + signal > 0.0:
            me.relations[firm].precision = updated_precision(
                precision, signal, me.parameters.needs_drift, me.parameters.needs_spread
            )


@inlined
def be_counted(me: MonthContext) -> None:
    """End of the month: everybody is counted once, with the firm they belong to."""
    for firm in range(len(me.relations)):
        me.counts[firm].aware += int(me.relations[firm].aware)
        me.counts[firm].reputation += to_fixed_point(me.relations[firm].reputation)
    firm = int(me.person.supplier)
    if firm == NOBODY:
        return
    me.person.tenure += 1
    me.person.served_months += 1
    if me.person.tenure > min(MONTHS_PER_YEAR, me.clock.month + 1):
        me.counts[firm].lasting += 1
    satisfaction = me.relations[firm].satisfaction
    me.counts[firm].customers += 1
    me.counts[firm].satisfaction += to_fixed_point(satisfaction)
    me.counts[firm].precision += to_fixed_point(as_float64(me.relations[firm].precision))
    me.counts[firm].categories += int(me.person.categories)
    if float(me.person.fit) > NEED_MET:
        me.counts[firm].needs_met += 1
