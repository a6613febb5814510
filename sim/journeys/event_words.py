"""Names and reasons of events in words, from the events that the steps wrote."""

from typing import NamedTuple

import numpy as np

from sim.journeys.event_values import CHANGED, EventValues, Wording, number_with_noun
from sim.journeys.service_words import OTHERS, SERVICE_WORDS
from sim.model import events as happened
from sim.model.customers.choice import REASONS
from sim.model.customers.sources import REASONS_OF_LOSS, SOURCES_OF_WINS
from sim.model.state import NOBODY

CHANCE = "by chance, the same in every world"


class EventSentence(NamedTuple):
    """An event in words.

    Args:
        name: What happened.
        department: Department that it concerns; empty for none.
        reason: Why, or how; empty when the name says it all.
    """

    name: str
    department: str
    reason: str


def words_of(event: np.void) -> EventSentence | None:
    """An event as written by a step, in words; None for a change too small to mention."""
    code = int(event["code"])
    values = EventValues(float(event["value"]), float(event["satisfaction"]), tuple(map(float, event["details"])))
    if code == happened.HEARD_WORDS and abs(values.value) <= CHANGED:
        return None
    if code == happened.SAW_NEWCOMER_OFFER and values.value >= 0.0:
        return None
    name, reason = _WORDS[code](values)
    department = happened.EVENTS[code].department
    if code == happened.HANDED_ON:
        department = OTHERS[int(values.details[0])]
    if code == happened.DIED and int(event["firm"]) == NOBODY:
        department = ""
    return EventSentence(name, department, reason)


def _plain(name: str, reason: str = "") -> Wording:
    return lambda event: (name, reason)


def _word_of_mouth(event: EventValues) -> tuple[str, str]:
    return ("heard good words" if event.value > 0.0 else "heard bad words"), _from_neighbours(event)


def _from_neighbours(event: EventValues) -> str:
    kinds = zip(event.details, ("praised it", "blamed it"), strict=False)
    return ", ".join(f"{count:.0f} {kind}" for count, kind in kinds if count)


def _contact(event: EventValues) -> tuple[str, str]:
    by = "mass marketing" if event.details[0] else "chosen for what the firm takes them to spend"
    return "was contacted", f"{by}, and promised more than was expected" if event.details[2] else by


def _saw_offer(event: EventValues) -> tuple[str, str]:
    return "saw what newcomers get", f"{100.0 * event.details[0]:.0f} % off, satisfaction {event.value:+.2f}"


def _margin(name: str) -> Wording:
    return lambda event: (name, f"expected to leave it {event.details[0]:,.2f} a month")


def _consideration(event: EventValues) -> tuple[str, str]:
    given = [reason for bit, reason in enumerate(REASONS) if int(event.details[0]) >> bit & 1]
    return "considered leaving", ", ".join(given) or "no special reason"


def _leaving(event: EventValues) -> tuple[str, str]:
    complained, burned, tired, held, _, why = event.details
    extra = {"tired of sales calls": tired, "its supply was held": held}
    mood = [
        f"mainly for {REASONS_OF_LOSS[int(why)]}",
        "burned: will stay away" if burned else "no hard feelings",
        *(why for why, true in extra.items() if true),
    ]
    return ("left after complaining" if complained else "left without a word"), ", ".join(mood)


def _joining(event: EventValues) -> tuple[str, str]:
    kind, felt, source, returns, *_ = event.details
    reasons = ("reached by its marketing", f"own experience, {felt:.2f}", f"its reputation, {felt:.2f}")
    came = f"{reasons[int(kind)]}, won by {SOURCES_OF_WINS[int(source)]}"
    return "became a customer", f"{came}, after a lapse" if returns else came


def _age(overdue: float) -> str:
    if overdue <= 0.0:
        return "due this month" if overdue == 0.0 else "not due yet"
    return f"{overdue:.0f} month{'s' if overdue > 1.0 else ''} overdue"


def _account(name: str) -> Wording:
    return lambda event: (name, _age(event.details[0]) + (", the account is closed" if event.details[1] else ""))


def _hold(event: EventValues) -> tuple[str, str]:
    overdue, mistaken, late, *_ = event.details
    mistake = "the payment was not in the ledger yet" if late else "the ledger was wrong"
    return "was held", f"by mistake: {mistake}" if mistaken else _age(overdue)


def _bill(event: EventValues) -> tuple[str, str]:
    revenue, discount, _, _, on_account, *_ = event.details
    share = 100.0 * discount / revenue if revenue else 0.0
    return ("was invoiced" if on_account else "was billed"), f"discount of {share:.0f} %" if discount else ""


def _use(event: EventValues) -> tuple[str, str]:
    return "used the product", f"satisfaction {event.details[0]:+.2f}, now expecting {event.details[1]:.2f}"


def _took(event: EventValues) -> tuple[str, str]:
    sold, useless, _, _, by_quota, satisfaction = event.details
    if not sold:
        return "took a further category", f"satisfied, {satisfaction:.2f}"
    why = "sold by quota" if by_quota else "wrongly believed to be needed"
    return "took a further category", f"it serves no need, {why}" if useless else "it serves a need"


def _call(event: EventValues) -> tuple[str, str]:
    kind = "by quota" if event.details[0] else "for a believed need"
    return "was called on", f"{kind}, too often lately" if event.details[3] else kind


def _short(name: str) -> Wording:
    return lambda event: (name, f"{event.details[0]:.2f} below what was expected")


def _asked_discount(event: EventValues) -> tuple[str, str]:
    granted, shortfall, *_ = event.details
    if granted > 0.0:
        return "was granted a discount", f"{100.0 * granted:.0f} %"
    return "was refused a discount", f"{shortfall:.2f} below what was expected"


def _spoke(name: str) -> Wording:
    def words(event: EventValues) -> tuple[str, str]:
        former = ", as a former customer" if event.details[0] else ""
        refused = ", after being turned away" if event.details[1] else ""
        return name, f"satisfaction {event.satisfaction:.2f}{former}{refused}"

    return words


def _departure(event: EventValues) -> tuple[str, str]:
    number = f"{number_with_noun(event.value, 'neighbour')} left it"
    return "heard of departures", f"{number}, a reason to look around" if event.details[1] else number


_WORDS: dict[int, Wording] = {
    happened.DIED: _plain("died", CHANCE),
    happened.LEFT_CATEGORY: _plain("left the category", CHANCE),
    happened.FAILED: lambda event: ("failed", f"its business did badly: outcome {event.details[0]:.2f}"),
    happened.CAME: _plain("came to the market", CHANCE),
    happened.HEARD_OF: lambda event: ("heard of the firm", _from_neighbours(event)),
    happened.HEARD_WORDS: _word_of_mouth,
    happened.CONTACTED: _contact,
    happened.SAW_NEWCOMER_OFFER: _saw_offer,
    happened.GIVEN_NOTICE: _margin("was given notice"),
    happened.LOST_SUPPLIER: _plain("lost its supplier", "the firm left the market"),
    happened.NOT_KEPT: _plain("was not kept", "notice had been given"),
    happened.TURNED_AWAY: _margin("was turned away"),
    happened.CONSIDERED_LEAVING: _consideration,
    happened.LEFT: _leaving,
    happened.JOINED: _joining,
    happened.LAPSED: _plain("lapsed", "no purchase for many months"),
    happened.REMINDED: lambda event: ("was reminded", _age(event.details[0])),
    happened.PAID: _account("paid the account"),
    happened.DID_NOT_PAY: _account("did not pay"),
    happened.HELD_SUPPLY: _hold,
    happened.SUPPLIED_ANYWAY: _plain("was supplied all the same", "sales overrode the ledger"),
    happened.SAW_NO_CHECKS: _plain("saw that nobody checks", "overdue, and neither reminded nor held"),
    happened.COLLECTED: _account("was made to pay"),
    happened.WRITTEN_OFF: _account("was written off"),
    happened.BOUGHT: _plain("bought"),
    happened.BILLED: _bill,
    happened.USED: _use,
    happened.DROPPED_OUT: _plain("dropped out for good", "chance after a purchase, the likelier the less satisfied"),
    happened.RELATION_OVER: _plain("has no relation with the firm any more", "the person is gone"),
    happened.TOOK_CATEGORY: _took,
    happened.CALLED_ON: _call,
    happened.GAVE_UP_CATEGORY: _plain("gave up a category", "it serves no need"),
    happened.RETURNED_CATEGORY: _plain("returned a category", "it serves no need"),
    happened.COMPLAINED: _short("complained"),
    happened.RESOLVED: _plain("was made good", "the desk has time for it"),
    happened.ASKED_DISCOUNT: _asked_discount,
    happened.SILENT: _short("kept silent"),
    happened.PRAISED: _spoke("praised"),
    happened.BLAMED: _spoke("blamed"),
    happened.SAID_LEFT: lambda event: (
        "told neighbours that it had left",
        f"{number_with_noun(event.details[0], 'month')} after the last purchase there",
    ),
    happened.HEARD_DEPARTURE: _departure,
    happened.FORGOT: _plain("forgot the firm", "nothing was heard of it"),
    happened.SAID_DISSATISFIED: _plain(
        "said that it is not satisfied", "satisfaction is in the lower half, and the firm listened"
    ),
    **SERVICE_WORDS,
}
