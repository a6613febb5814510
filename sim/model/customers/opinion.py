"""What a customer thinks of firms: own experience beside what was heard, how both fade, and what is forgotten."""

from sim.model.customers.draws import draw
from sim.model.customers.notes import NO_DETAILS, note
from sim.model.equations.word_of_mouth import chance_to_forget, opinion, share_kept
from sim.model.events import FORGOT
from sim.model.month_context import MonthContext
from sim.model.randomness import FORGET
from sim.model.state import EXPERIENCE_UNIT, NEVER
from sim.numeric.compiling import as_float64, inlined, rule
from sim.numeric.mathematics import nearest

MOST_EXPERIENCE = 120.0 / EXPERIENCE_UNIT  # that a relation can hold


@rule
def opinion_of(me: MonthContext, firm: int) -> float:
    """What the customer thinks of a firm. [0-1]"""
    row = me.relations[firm]
    if row.last_purchase == NEVER:
        return as_float64(row.reputation)
    return opinion(
        as_float64(row.satisfaction),
        as_float64(row.reputation),
        EXPERIENCE_UNIT * row.experience,
        me.parameters.word_of_mouth_own_experience,
    )


@rule
def experience_after(before: int, kept: float, used: bool) -> int:
    """Own use after a month, up to ten years. [EXPERIENCE_UNIT]"""
    added = 1.0 / EXPERIENCE_UNIT if used else 0.0
    return nearest(min(MOST_EXPERIENCE, kept * before + added))


@inlined
def remember_use(me: MonthContext) -> None:
    """A month of use adds to the experience of a firm, and all experience fades."""
    kept = share_kept(me.parameters.satisfaction_half_life)
    for firm in range(len(me.relations)):
        used = me.relations[firm].last_purchase == me.clock.month
        me.relations[firm].experience = experience_after(int(me.relations[firm].experience), kept, used)


@rule
def may_forget(me: MonthContext, firm: int) -> None:
    """A firm of which nothing is heard may be forgotten, unless it is the supplier; own experience protects."""
    if (
        me.relations[firm].aware == 0
        or firm == int(me.person.supplier)
        or me.parameters.word_of_mouth_forgetting <= 0.0
    ):
        return
    chance = chance_to_forget(
        me.parameters.word_of_mouth_forgetting,
        EXPERIENCE_UNIT * me.relations[firm].experience,
        me.parameters.word_of_mouth_own_experience,
    )
    if draw(me, FORGET, 0, me.offers[firm].key) < chance:
        me.relations[firm].aware = 0
        if me.watched:
            note(me, FORGOT, firm, 1.0, NO_DETAILS)
