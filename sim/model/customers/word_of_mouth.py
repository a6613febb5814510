"""Customers talk and listen: praise, blame and departures, what they change, and what the own supplier is warned of."""

from sim.model.customers.draws import draw
from sim.model.customers.notes import flag, note
from sim.model.customers.opinion import may_forget, opinion_of
from sim.model.equations.satisfaction import clip
from sim.model.equations.word_of_mouth import (
    chance_of_blame,
    chance_of_praise,
    chance_to_learn_of,
    chance_to_tell,
    faded_reputation,
    strength_of_tie,
    updated_reputation,
)
from sim.model.events import BLAMED, HEARD_DEPARTURE, HEARD_OF, HEARD_WORDS, PRAISED, SAID_LEFT
from sim.model.month_context import MonthContext
from sim.model.randomness import AWARE, DEPARTURE, TALK, TIE, normals
from sim.model.state import NEVER, NOBODY, WORD_UNIT
from sim.numeric.compiling import as_float64, inlined, rule
from sim.numeric.mathematics import exp, nearest

MOST_WORDS = 127.0  # that a month can hold [WORD_UNIT]


@rule
def gather(me: MonthContext) -> None:
    """Count what the neighbours said last month, by firm and sign."""
    for firm in range(len(me.scratch)):
        me.scratch[firm].praise = 0
        me.scratch[firm].blame = 0
        me.scratch[firm].departures = 0
        me.scratch[firm].warning = 0.0
    slot = int(me.person.slot)
    for place in range(me.network.start[slot], me.network.start[slot + 1]):
        neighbour = int(me.network.ties[place])
        message = int(me.network.audible[neighbour])
        if message < 0:
            firm = -1 - message
            me.scratch[firm].departures += 1
            me.scratch[firm].warning += me.parameters.word_of_mouth_departure_weight * strength(me, neighbour)
        elif message > 0:
            firm = (message - 1) // 2
            if message % 2 == 1:
                me.scratch[firm].praise += 1
            else:
                me.scratch[firm].blame += 1
                me.scratch[firm].warning += strength(me, neighbour)


@rule
def strength(me: MonthContext, neighbour: int) -> float:
    """Strength of the tie to a neighbour, which belongs to the two places. neighbour: its place"""
    spread, slot = me.parameters.word_of_mouth_tie_spread, int(me.person.slot)
    if spread <= 0.0:
        return 1.0
    luck = normals(me.clock.key, min(slot, neighbour), 0, 0, TIE, 0, max(slot, neighbour))[0]
    return strength_of_tie(luck, spread)


@inlined
def hear(me: MonthContext) -> None:
    """Words of others move reputations, make firms known, and warn; firms of which nothing is heard are forgotten."""
    gather(me)
    supplier = int(me.person.supplier)
    warning = me.scratch[supplier].warning if supplier != NOBODY else 0.0
    me.person.bad_words = nearest(min(MOST_WORDS, warning / WORD_UNIT))
    weight = clip(me.parameters.word_of_mouth_weight * float(me.person.susceptibility))
    for firm in range(len(me.scratch)):
        good, bad = me.scratch[firm].praise, me.scratch[firm].blame
        if me.watched and me.scratch[firm].departures > 0:
            details = (me.scratch[firm].warning, flag(firm == supplier), 0.0, 0.0, 0.0, 0.0)
            note(me, HEARD_DEPARTURE, firm, float(me.scratch[firm].departures), details)
        if good + bad == 0:
            me.relations[firm].reputation = faded_reputation(
                me.relations[firm].reputation, me.parameters.satisfaction_neutral, me.parameters.word_of_mouth_fading
            )
            may_forget(me, firm)
            continue
        before = me.relations[firm].reputation
        me.relations[firm].reputation = updated_reputation(before, good, bad, weight)
        if me.watched:
            details = (float(good), float(bad), 0.0, 0.0, 0.0, 0.0)
            note(me, HEARD_WORDS, firm, me.relations[firm].reputation - before, details)
        if me.relations[firm].aware == 0:
            chance = chance_to_learn_of(good + bad, me.parameters.word_of_mouth_awareness)
            if draw(me, AWARE, 0, me.offers[firm].key) < chance:
                me.relations[firm].aware = 1
                if me.watched:
                    note(me, HEARD_OF, firm, 1.0, (float(good), float(bad), 0.0, 0.0, 0.0, 0.0))


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
    if number < chance_of_praise(satisfaction, me.parameters.word_of_mouth_positive, talkative):
        me.person.said = 2 * firm + 1
        me.counts[firm].messages_positive += 1
    elif number >= 1.0 - chance_of_blame(satisfaction, me.parameters.word_of_mouth_negative, talkative):
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
    chance = chance_of_blame(0.0, me.parameters.word_of_mouth_negative, float(me.person.talk))
    if draw(me, TALK, 1, me.offers[firm].key) >= chance:
        return False
    me.person.said = 2 * firm + 2
    me.counts[firm].messages_negative += 1
    me.person.messages += 1
    if me.watched:
        note(me, BLAMED, firm, 1.0, (flag(firm != int(me.person.supplier)), 1.0, 0.0, 0.0, 0.0, 0.0))
    return True
