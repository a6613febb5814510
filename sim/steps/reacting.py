"""Customers react: complain, demand a discount, talk, grow with the firm; and everybody is counted."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import DISCOUNT, RECOVERY, TALK, VOICE
from sim.rules.feeling import chance_of_voice, clipped
from sim.rules.needs import sharpened
from sim.rules.word_of_mouth import chance_of_blame, chance_of_praise
from sim.state import (
    AWARE_COUNT,
    COMPLAINTS,
    CUSTOMERS,
    DETRACTORS,
    DISCOUNT_DEMANDED,
    MESSAGES_NEGATIVE,
    MESSAGES_POSITIVE,
    NEEDS_MET,
    NOBODY,
    PRECISION,
    PROMOTERS,
    REPUTATION,
    SATISFACTION,
    Clock,
    Offers,
    Population,
    Whole,
)
from sim.steps.common import fine, luck

DISCOUNT_MONTHS = 12  # a discount that is granted lasts a year
NEED_MET = 0.5  # fit above which a need counts as met; a definition of the measure
PROMOTER, DETRACTOR = 0.85, 0.65  # satisfaction as a 0-10 answer: 9 and 10, and 0 to 6 (Reichheld 2003)


@rule
def speak_up(i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """A disappointed customer complains, demands a discount, or stays silent; a complaint may be made good."""
    firm = int(people.supplier[i])
    shortfall = float(people.shortfall[i])
    people.shortfall[i] = 0.0
    if firm == NOBODY or shortfall <= nature.temper_tolerance:
        return
    disappointed = chance_of_voice(shortfall, nature.temper_tolerance, nature.temper_voice_scale, 1.0)
    if luck(i, people, clock, DISCOUNT, 0, offers.key[firm]) < disappointed * float(people.boldness[i]):
        tally[firm, DISCOUNT_DEMANDED] += 1
        if offers.retention_discount[firm] > 0.0:
            people.discount_until[i] = clock.month + DISCOUNT_MONTHS
    if luck(i, people, clock, VOICE, 0, offers.key[firm]) < disappointed * float(people.voice[i]):
        people.complaints[i] = min(30_000, people.complaints[i] + 1)
        people.complaint_month[i] = clock.month
        tally[firm, COMPLAINTS] += 1
        recover(i, firm, shortfall, people, nature, offers, clock)


@rule
def recover(
    i: int, firm: int, shortfall: float, people: Population, nature: Nature, offers: Offers, clock: Clock
) -> None:
    """A desk that has time makes a complaint good."""
    if luck(i, people, clock, RECOVERY, 0, offers.key[firm]) < offers.served_share[firm]:
        people.satisfaction[i, firm] = clipped(
            people.satisfaction[i, firm] + nature.service_recovery * nature.satisfaction_learning_incident * shortfall
        )


@rule
def talk(i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """Customers, and former customers, talk about their firm: praise, blame or nothing."""
    people.said[i] = 0
    firm = int(people.last_firm[i])
    if firm == NOBODY:
        return
    share = 1.0 if firm == int(people.supplier[i]) else nature.word_of_mouth_former
    satisfaction = people.satisfaction[i, firm]
    talkative = float(people.talk[i]) * share
    number = luck(i, people, clock, TALK, 0, offers.key[firm])
    praise = chance_of_praise(satisfaction, nature.word_of_mouth_positive, talkative)
    if number < praise:
        people.said[i] = 2 * firm + 1
        tally[firm, MESSAGES_POSITIVE] += 1
        people.messages[i] += 1
    elif number >= 1.0 - chance_of_blame(satisfaction, nature.word_of_mouth_negative, talkative):
        people.said[i] = 2 * firm + 2
        tally[firm, MESSAGES_NEGATIVE] += 1
        people.messages[i] += 1


@rule
def be_understood(i: int, people: Population, nature: Nature, offers: Offers) -> None:
    """Firms' beliefs fade as needs drift, and the supplier's sharpens by what it may see."""
    if nature.needs_spread <= 0.0:
        return
    supplier = int(people.supplier[i])
    for firm in range(offers.key.shape[0]):
        signal = offers.signal[firm] if firm == supplier else 0.0
        if people.precision[i, firm] + signal > 0.0:
            people.precision[i, firm] = sharpened(
                people.precision[i, firm], signal, nature.needs_drift, nature.needs_spread
            )


@rule
def be_counted(i: int, people: Population, tally: Whole) -> None:
    """End of the month: everybody is counted once, with the firm they belong to."""
    for firm in range(people.aware.shape[1]):
        tally[firm, AWARE_COUNT] += int(people.aware[i, firm])
        tally[firm, REPUTATION] += fine(people.reputation[i, firm])
    firm = int(people.supplier[i])
    if firm == NOBODY:
        return
    people.tenure[i] += 1
    people.served_months[i] += 1
    satisfaction = people.satisfaction[i, firm]
    tally[firm, CUSTOMERS] += 1
    tally[firm, SATISFACTION] += fine(satisfaction)
    tally[firm, PRECISION] += fine(people.precision[i, firm])
    if float(people.fit[i]) > NEED_MET:
        tally[firm, NEEDS_MET] += 1
    if satisfaction >= PROMOTER:
        tally[firm, PROMOTERS] += 1
    elif satisfaction < DETRACTOR:
        tally[firm, DETRACTORS] += 1
