"""What can happen to a customer in a month: each event once, with the counts that it books."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.model.event_kind import COUNT_OF_ONE, VALUE, Booked, Event, OneWhere
from sim.model.state import IntArray

DETAILS = 6  # numbers that an event keeps beside its value
MOST_EVENTS, MOST_BY_FIRM = 96, 10  # of one customer in one month: a guard, more are refused

EVENT = np.dtype(
    [
        ("place", np.int64),
        ("generation", np.int64),
        ("code", np.int64),
        ("firm", np.int64),  # seat, or NOBODY
        ("value", np.float64),
        ("satisfaction", np.float64),  # with the firm when the event is written
        ("details", np.float64, (DETAILS,)),
    ]
)
EventRows: TypeAlias = Any  # rows of dtype EVENT


class Log(NamedTuple):
    """Where steps write what happens to watched customers.

    Args:
        watched: Whether each place is watched, shape (N,); (0,) when nobody is.
        rows: Events of the month, rows of dtype EVENT.
        used: How many of the rows are used, shape (1,); more than there are rows says that some were lost.
    """

    watched: NDArray[np.bool_]
    rows: EventRows
    used: IntArray


def empty_log(watched: NDArray[np.bool_], firms: int) -> Log:
    """An empty log with room for a month of all watched customers.

    Args:
        watched: Whether each place is watched, shape (N,).
        firms: Number of firms.
    """
    capacity = int(np.count_nonzero(watched)) * (MOST_EVENTS + MOST_BY_FIRM * firms)
    return Log(watched, np.zeros(capacity, EVENT), np.zeros(1, np.int64))


def room_like(log: Log) -> Log:
    """An empty log with as much room, for a thread of its own."""
    return log._replace(rows=np.zeros(len(log.rows), EVENT), used=np.zeros(1, np.int64))


def append(log: Log, more: Log) -> None:
    """Write the events of one log behind those of another."""
    at, count = int(log.used[0]), int(more.used[0])
    capacity = max(0, min(len(log.rows) - at, count, len(more.rows)))
    log.rows[at : at + capacity] = more.rows[:capacity]
    log.used[0] = at + count


NO_LOG = empty_log(np.zeros(0, np.bool_), 0)


def logged_events(log: Log) -> NDArray[np.void]:
    """The events of a log, in the order in which they were written.

    Raises:
        OverflowError: More happened than the log had room for.
    """
    used = int(log.used[0])
    if used > len(log.rows):
        raise OverflowError(f"{used} events happened to watched customers in one month; the log has {len(log.rows)}")
    events: NDArray[np.void] = log.rows[:used]
    return events


(
    DIED, LEFT_CATEGORY, FAILED, CAME,
    HEARD_OF, HEARD_WORDS, CONTACTED, SAW_NEWCOMER_OFFER,
    GIVEN_NOTICE, NOT_KEPT, TURNED_AWAY, CONSIDERED_LEAVING, LEFT, JOINED,
    REMINDED, PAID, DID_NOT_PAY, HELD_SUPPLY, SUPPLIED_ANYWAY, SAW_NO_CHECKS, COLLECTED, WRITTEN_OFF,
    BOUGHT, BILLED, USED, DROPPED_OUT, TOOK_CATEGORY,
    CALLED_ON, GAVE_UP_CATEGORY, RETURNED_CATEGORY,
    INCIDENT, HANDED_ON, WAITED, GAVE_UP_WAITING, SERVED,
    COMPLAINED, RESOLVED, ASKED_DISCOUNT, SILENT, PRAISED, BLAMED, SAID_DISSATISFIED,
    LAPSED, RELATION_OVER, SAID_LEFT, HEARD_DEPARTURE, FORGOT, LOST_SUPPLIER,
) = range(48)  # fmt: skip


def _where(detail: int, names: tuple[str, ...]) -> dict[str, Booked]:
    """Counts of which an event books the one whose place is the value of a detail."""
    return {name: OneWhere(detail, float(place)) for place, name in enumerate(names)}


_LEFT = ("1 after a complaint", "1 burned", "1 tired of calls", "1 while supply was held")
_REASONS = (
    "lost_dissatisfaction", "lost_word", "lost_trouble", "lost_rival", "lost_price", "lost_dropout", "lost_search",
)  # fmt: skip
_SOURCES = ("won_search", "won_advertising", "won_word")
_ACCOUNT = ("months overdue", "1 when the account is closed", "amount [cents]")
EVENTS: dict[int, Event] = {
    DIED: Event("", {"losses_involuntary": COUNT_OF_ONE, "lost_death": COUNT_OF_ONE}),
    LEFT_CATEGORY: Event("", {"losses_involuntary": COUNT_OF_ONE, "lost_exit": COUNT_OF_ONE}),
    FAILED: Event("", {"losses_involuntary": COUNT_OF_ONE, "losses_failed": COUNT_OF_ONE}, ("outcome",)),
    CAME: Event("", {}),
    HEARD_OF: Event("", {}, ("praise", "blame")),
    HEARD_WORDS: Event("", {}, ("praise", "blame")),
    CONTACTED: Event(
        "marketing",
        {"contacts_mass": 0, "contacts_targeted": 1},
        ("mass", "targeted", "1 when the promise raised an expectation"),
    ),
    SAW_NEWCOMER_OFFER: Event("marketing", {}, ("discount",)),
    GIVEN_NOTICE: Event("sales", {"notices": COUNT_OF_ONE}, ("expected margin [EUR/month]",)),
    LOST_SUPPLIER: Event("finance", {"losses_involuntary": COUNT_OF_ONE, "lost_supplier": COUNT_OF_ONE}),
    NOT_KEPT: Event("sales", {"losses_involuntary": COUNT_OF_ONE, "losses_declined": COUNT_OF_ONE}),
    TURNED_AWAY: Event("sales", {"turned_away": COUNT_OF_ONE}, ("expected margin [EUR/month]",)),
    CONSIDERED_LEAVING: Event("sales", {}, ("reasons, one bit each",)),
    LEFT: Event(
        "sales",
        {
            "losses_silent": 4,
            "losses_complained": 0,
            "losses_tired": 2,
            "losses_held": 3,
            **_where(5, _REASONS),
        },  # fmt: skip
        (*_LEFT, "1 without a complaint", "reason of `sim.model.customers.sources`"),
    ),
    LAPSED: Event("", {"lapsed": COUNT_OF_ONE}),
    JOINED: Event(
        "sales",
        {"gross_adds": COUNT_OF_ONE, "reactivated": 3, **_where(2, _SOURCES)},
        ("kind of attraction", "satisfaction or reputation", "source", "1 after a lapse"),
    ),
    REMINDED: Event("finance", {"reminders": COUNT_OF_ONE}, ("months overdue",)),
    PAID: Event("finance", {"received": 2}, _ACCOUNT),
    DID_NOT_PAY: Event("finance", {}, _ACCOUNT),
    HELD_SUPPLY: Event(
        "sales",
        {"holds": COUNT_OF_ONE, "holds_by_mistake": 1},
        ("months overdue", "1 by mistake", "1 when a payment was not posted yet"),
    ),
    SUPPLIED_ANYWAY: Event("sales", {}, ("months overdue",)),
    SAW_NO_CHECKS: Event("finance", {}),
    COLLECTED: Event("finance", {"received": 2, "collected": 2, "collection_fees": 3}, (*_ACCOUNT, "fee [cents]")),
    WRITTEN_OFF: Event("finance", {"written_off": 2}, _ACCOUNT),
    BOUGHT: Event("sales", {"purchases": VALUE}),
    BILLED: Event(
        "finance",
        {"revenue": 0, "discounts": 1, "cost_goods": 2, "cost_customisation": 3, "shipments_overdue": 5},
        (
            "revenue [cents]",
            "discount [cents]",
            "cost of goods [cents]",
            "cost of customising [cents]",
            "1 on account",
            "billed to an account a year overdue [cents]",
        ),
    ),
    USED: Event(
        "product",
        {"uses": 2, "experience": 3},
        ("change of satisfaction", "expectation", "times", "experience times uses [1e-6]"),
    ),
    DROPPED_OUT: Event("", {"relations_dropped": COUNT_OF_ONE}),
    RELATION_OVER: Event("", {"relations_gone": COUNT_OF_ONE}),
    TOOK_CATEGORY: Event(
        "sales",
        {"categories_sold": 0, "categories_sold_unneeded": 1, "new_business": 2, "chases": 3},
        (
            "1 sold in a call",
            "1 sold without need",
            "new business [cents/month]",
            "departments to chase",
            "1 by quota",
            "satisfaction",
        ),
    ),
    CALLED_ON: Event(
        "sales",
        {"calls": COUNT_OF_ONE, "calls_by_quota": 0, "customers_called": 1, "meetings": 2},
        ("1 by quota", "1 first call of the month", "meetings before it", "1 too many of late"),
    ),
    GAVE_UP_CATEGORY: Event("sales", {"categories_given_up": COUNT_OF_ONE}),
    RETURNED_CATEGORY: Event(
        "finance",
        {
            "categories_given_up": COUNT_OF_ONE,
            "categories_returned": COUNT_OF_ONE,
            "refunds": 0,
            "discounts": 0,
            "received": "-0",
        },
        ("refund [cents]",),
    ),
    INCIDENT: Event(
        "service",
        {"incidents": VALUE},
        ("likelier by misfit", "rarer by prevention", "departments needed, one bit each", "of them hidden by a wall"),
    ),
    HANDED_ON: Event(
        "detail", {"handoffs": VALUE}, ("department", "height of the wall", "1 when the story is repeated")
    ),
    WAITED: Event("service", {}, ("served share", "1 when those who seem to spend more go first")),
    GAVE_UP_WAITING: Event("service", {}, ("served share", "1 when those who seem to spend more go first")),
    SERVED: Event(
        "service",
        {"incidents_served": 0, "repeats": 1, "cost_service": 2},
        (
            "incidents",
            "1 when work must be done again",
            "cost [cents]",
            "hand-offs",
            "repetitions of the story",
            "1 by senior staff, and the chance of rework",
        ),
    ),
    COMPLAINED: Event("service", {"complaints": COUNT_OF_ONE}, ("shortfall",)),
    RESOLVED: Event("service", {}),
    ASKED_DISCOUNT: Event("sales", {"discount_demanded": COUNT_OF_ONE}, ("discount granted", "shortfall")),
    SILENT: Event("", {}, ("shortfall",)),
    PRAISED: Event("", {"messages_positive": COUNT_OF_ONE}, ("1 as a former customer",)),
    BLAMED: Event("", {"messages_negative": COUNT_OF_ONE}, ("1 as a former customer", "1 for having been turned away")),
    SAID_DISSATISFIED: Event("", {"heard_dissatisfied": COUNT_OF_ONE}),
    SAID_LEFT: Event("", {}, ("months since the last purchase there",)),
    HEARD_DEPARTURE: Event("", {}, ("reasons to look around [messages]", "1 of the own supplier")),
    FORGOT: Event("", {}),
}
