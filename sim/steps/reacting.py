"""Customers react: complain, demand a discount, talk, grow with the firm; and everybody is counted."""

import math

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import DISCOUNT, RECOVERY, TALK, VOICE
from sim.rules.feeling import chance_of_voice, clipped
from sim.rules.needs import sharpened
from sim.rules.word_of_mouth import chance_of_blame, chance_of_praise
from sim.state import (
    AWARE_COUNT,
    CATEGORIES_HELD,
    COMPLAINTS,
    CUSTOMERS,
    DETRACTORS,
    DISCOUNT_DEMANDED,
    MESSAGES_NEGATIVE,
    MESSAGES_POSITIVE,
    NEEDS_MET,
    NEVER,
    NOBODY,
    PRECISION,
    PROMOTERS,
    REPUTATION,
    SATISFACTION,
    Clock,
    Known,
    Offers,
    Person,
    Whole,
)
from sim.steps.common import fine, luck
from sim.steps.selecting import is_declined

NEED_MET = 0.5  # fit above which a need counts as met; a definition of the measure
PROMOTER, DETRACTOR = 0.85, 0.65  # satisfaction as a 0-10 answer: 9 and 10, and 0 to 6 (Reichheld 2003)


@rule
def speak_up(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """A disappointed customer complains, demands a discount, or stays silent; a complaint may be made good."""
    firm = int(person.supplier)
    shortfall = float(person.shortfall)
    person.shortfall = 0.0
    if firm == NOBODY or shortfall <= nature.temper_tolerance:
        return
    disappointed = chance_of_voice(shortfall, nature.temper_tolerance, nature.temper_voice_scale, 1.0)
    if luck(person, known, clock, DISCOUNT, 0, offers[firm].key) < disappointed * float(person.boldness):
        tally[firm, DISCOUNT_DEMANDED] += 1
        declined = is_declined(firm, person, known, nature, offers, clock)
        if offers[firm].retention_discount > 0.0 and not declined:
            person.discount_until = clock.month + int(nature.service_discount_months)
    if luck(person, known, clock, VOICE, 0, offers[firm].key) < disappointed * float(person.voice):
        person.complaints = min(30_000, person.complaints + 1)
        person.complaint_month = clock.month
        tally[firm, COMPLAINTS] += 1
        recover(firm, shortfall, person, known, nature, offers, clock)


@rule
def recover(
    firm: int, shortfall: float, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock
) -> None:
    """A desk that has time makes a complaint good."""
    if luck(person, known, clock, RECOVERY, 0, offers[firm].key) < offers[firm].served_share:
        known[firm].satisfaction = clipped(
            known[firm].satisfaction + nature.service_recovery * nature.satisfaction_learning_incident * shortfall
        )


@rule
def talk(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """Customers, and former customers, talk about their firm: praise, blame or nothing."""
    person.said = 0
    if person.turned_away > 0 and tells_of_refusal(person, known, nature, offers, clock, tally):
        return
    firm = int(person.last_firm)
    if firm == NOBODY:
        return
    share = 1.0 if firm == int(person.supplier) else nature.word_of_mouth_former
    if not says(firm, share, 0, person, known, nature, offers, clock, tally):
        talk_of_the_one_left(person, known, nature, offers, clock, tally)


@rule
def says(
    firm: int, share: float, draw: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock,
    tally: Whole,
) -> bool:  # fmt: skip
    """Whether somebody praises or blames a firm this month. share: of the talk of a customer; draw: of the luck"""
    satisfaction = known[firm].satisfaction
    talkative = float(person.talk) * share
    number = luck(person, known, clock, TALK, draw, offers[firm].key)
    if number < chance_of_praise(satisfaction, nature.word_of_mouth_positive, talkative):
        person.said = 2 * firm + 1
        tally[firm, MESSAGES_POSITIVE] += 1
    elif number >= 1.0 - chance_of_blame(satisfaction, nature.word_of_mouth_negative, talkative):
        person.said = 2 * firm + 2
        tally[firm, MESSAGES_NEGATIVE] += 1
    else:
        return False
    person.messages += 1
    return True


@rule
def talk_of_the_one_left(
    person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole
) -> None:
    """Who went to a rival goes on talking about the firm left last, ever less; firms of one month by their keys."""
    if nature.word_of_mouth_leaver_memory <= 0.0:
        return
    left, then, key = NOBODY, NEVER, 0
    for firm in range(len(known)):
        last = int(known[firm].last_purchase)
        if firm != int(person.last_firm) and (last > then or (last == then != NEVER and offers[firm].key > key)):
            left, then, key = firm, last, offers[firm].key
    if left != NOBODY:
        share = nature.word_of_mouth_former * math.exp(-(clock.month - then) / nature.word_of_mouth_leaver_memory)
        says(left, share, 2, person, known, nature, offers, clock, tally)


@rule
def tells_of_refusal(person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> bool:
    """Who was turned away talks about it as somebody wholly dissatisfied would."""
    firm = int(person.turned_away) - 1
    person.turned_away = 0
    chance = chance_of_blame(0.0, nature.word_of_mouth_negative, float(person.talk))
    if luck(person, known, clock, TALK, 1, offers[firm].key) >= chance:
        return False
    person.said = 2 * firm + 2
    tally[firm, MESSAGES_NEGATIVE] += 1
    person.messages += 1
    return True


@rule
def be_understood(person: Person, known: Known, nature: Nature, offers: Offers) -> None:
    """Firms' beliefs fade as needs drift, and the supplier's sharpens by what it may see."""
    if nature.needs_spread <= 0.0:
        return
    supplier = int(person.supplier)
    for firm in range(len(offers)):
        signal = offers[firm].signal if firm == supplier else 0.0
        precision = wide(known[firm].precision)
        if precision + signal > 0.0:
            known[firm].precision = sharpened(precision, signal, nature.needs_drift, nature.needs_spread)


@rule
def be_counted(person: Person, known: Known, tally: Whole) -> None:
    """End of the month: everybody is counted once, with the firm they belong to."""
    for firm in range(len(known)):
        tally[firm, AWARE_COUNT] += int(known[firm].aware)
        tally[firm, REPUTATION] += fine(known[firm].reputation)
    firm = int(person.supplier)
    if firm == NOBODY:
        return
    person.tenure += 1
    person.served_months += 1
    satisfaction = known[firm].satisfaction
    tally[firm, CUSTOMERS] += 1
    tally[firm, SATISFACTION] += fine(satisfaction)
    tally[firm, PRECISION] += fine(wide(known[firm].precision))
    tally[firm, CATEGORIES_HELD] += int(person.categories)
    if float(person.fit) > NEED_MET:
        tally[firm, NEEDS_MET] += 1
    if satisfaction >= PROMOTER:
        tally[firm, PROMOTERS] += 1
    elif satisfaction < DETRACTOR:
        tally[firm, DETRACTORS] += 1
