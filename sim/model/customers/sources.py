"""Why customers are lost and what brings them: each loss by choice has one reason, each win one source."""

from sim.model.month_context import MonthContext
from sim.numeric.compiling import rule

INVOLUNTARY = -1
DISSATISFACTION, WORD, TROUBLE, RIVAL, PRICE, DROPOUT, SEARCH = range(7)
REASONS_OF_LOSS = (
    "low satisfaction",
    "bad words about the firm",
    "trouble that stayed open",
    "an offer of a rival",
    "the price",
    "the relation was over",
    "own search",
)
OWN_SEARCH, ADVERTISING, PRAISE = range(3)
SOURCES_OF_WINS = ("own search", "advertising", "word of mouth")


@rule
def count_reason(me: MonthContext, firm: int, reason: int) -> None:
    """Count a loss by choice by its reason."""
    counts = me.counts[firm]
    if reason == DISSATISFACTION:
        counts.lost_dissatisfaction += 1
    elif reason == WORD:
        counts.lost_word += 1
    elif reason == TROUBLE:
        counts.lost_trouble += 1
    elif reason == RIVAL:
        counts.lost_rival += 1
    elif reason == PRICE:
        counts.lost_price += 1
    elif reason == DROPOUT:
        counts.lost_dropout += 1
    else:
        counts.lost_search += 1


@rule
def source_of(me: MonthContext, firm: int) -> int:
    """What brings a customer to a firm this month: its advertising, else a neighbour's praise, else own search."""
    if me.relations[firm].contacted == 1:
        return ADVERTISING
    slot = int(me.person.slot)
    for place in range(me.network.start[slot], me.network.start[slot + 1]):
        if int(me.network.audible[me.network.ties[place]]) == 2 * firm + 1:
            return PRAISE
    return OWN_SEARCH


@rule
def count_source(me: MonthContext, firm: int, source: int) -> None:
    """Count a win by its source."""
    if source == ADVERTISING:
        me.counts[firm].won_advertising += 1
    elif source == PRAISE:
        me.counts[firm].won_word += 1
    else:
        me.counts[firm].won_search += 1
