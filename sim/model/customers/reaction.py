"""Customers react: complain, demand a discount, talk, grow with the firm; and everybody is counted."""

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.customers.common import to_fixed_point
from sim.model.customers.customer_selection import is_declined
from sim.model.customers.draws import draw
from sim.model.customers.notes import NO_DETAILS, note
from sim.model.equations.needs import updated_precision
from sim.model.equations.satisfaction import chance_of_voice, clip
from sim.model.events import ASKED_DISCOUNT, COMPLAINED, RESOLVED, SILENT
from sim.model.month_context import MonthContext
from sim.model.randomness import DISCOUNT, RECOVERY, VOICE
from sim.model.state import NOBODY
from sim.numeric.compiling import as_float64, inlined, rule

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
    """End of the month: everybody is counted once, with the firm they belong to and are with for a month longer."""
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
