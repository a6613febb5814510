"""Events of a life as keys and numbers: names of the constants of `sim.model.events`, and of what each event keeps."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.experiments.live.frame_measures import OTHER_UNIT, STOPS
from sim.model import events as happened
from sim.model.customer_parameters import CustomerParameters
from sim.model.event_kind import OneWhere

EVENT_KEYS: Mapping[int, str] = {
    code: name.lower()
    for name, code in vars(happened).items()
    if name.isupper() and isinstance(code, int) and name not in ("DETAILS", "MOST_EVENTS", "MOST_BY_FIRM")
}
"""Key of each kind of event: the name of its constant in small letters."""

UNEXPLAINED = "unexplained"  # key of a change of satisfaction that no event tells of
REASONS_TO_CONSIDER = (
    "notice", "dissatisfaction", "word", "trouble", "price", "rival", "rival_price", "discount_ended", "grievance",
)  # fmt: skip
KINDS_OF_ATTRACTION = ("marketing", "experience", "reputation")
CENTS = 100.0
_LEFT_REASON_AT, _SOURCE_AT, _KIND_AT = 5, 2, 0


class Unit(NamedTuple):
    """What money of an event is divided by: cents of all people for whom an agent stands.

    Args:
        weight: People for whom one place stands. [people]
    """

    weight: float

    def each(self, cents: float) -> float:
        """Money of one person. [EUR]"""
        return round(cents / CENTS / self.weight, 2)


def _booked_by(code: int, detail: int, prefix: str) -> tuple[str, ...]:
    """Names of the counts that an event books by the value of a detail, in the order of the values."""
    books = happened.EVENTS[code].books
    places = {how.value: name for name, how in books.items() if isinstance(how, OneWhere) and how.detail == detail}
    return tuple(places[value].removeprefix(prefix) for value in sorted(places))


REASONS_TO_LEAVE = _booked_by(happened.LEFT, _LEFT_REASON_AT, "lost_")
SOURCES_OF_JOINING = _booked_by(happened.JOINED, _SOURCE_AT, "won_")
_ACCOUNT = ("overdue_months", "closed", "amount")
_NAMES: Mapping[int, tuple[str, ...]] = {
    happened.FAILED: ("outcome",),
    happened.HEARD_OF: ("praise", "blame"),
    happened.HEARD_WORDS: ("praise", "blame"),
    happened.CONTACTED: ("mass", "targeted", "promised"),
    happened.SAW_NEWCOMER_OFFER: ("discount",),
    happened.GIVEN_NOTICE: ("margin",),
    happened.TURNED_AWAY: ("margin",),
    happened.LEFT: ("complained", "burned", "tired", "held", "silent"),
    happened.JOINED: ("", "felt", "", "returns"),
    happened.REMINDED: ("overdue_months",),
    happened.PAID: _ACCOUNT,
    happened.DID_NOT_PAY: _ACCOUNT,
    happened.HELD_SUPPLY: ("overdue_months", "mistaken", "not_posted"),
    happened.SUPPLIED_ANYWAY: ("overdue_months",),
    happened.COLLECTED: (*_ACCOUNT, "fee"),
    happened.WRITTEN_OFF: _ACCOUNT,
    happened.BILLED: ("revenue", "discount", "goods", "customising", "on_account"),
    happened.USED: ("change", "expectation", "times"),
    happened.TOOK_CATEGORY: ("sold", "unneeded", "new_business", "departments", "by_quota"),
    happened.CALLED_ON: ("by_quota", "first", "meetings", "too_many"),
    happened.RETURNED_CATEGORY: ("refund",),
    happened.INCIDENT: ("likelier", "rarer"),
    happened.HANDED_ON: ("", "height", "again"),
    happened.WAITED: ("reached",),
    happened.GAVE_UP_WAITING: ("reached",),
    happened.SERVED: ("incidents", "again", "cost", "handoffs", "repeated"),
    happened.COMPLAINED: ("shortfall",),
    happened.ASKED_DISCOUNT: ("granted", "shortfall"),
    happened.SILENT: ("shortfall",),
    happened.PRAISED: ("former",),
    happened.BLAMED: ("former", "refused"),
    happened.SAID_LEFT: ("months",),
    happened.HEARD_DEPARTURE: ("reasons", "own"),
}
_MONEY = ("amount", "fee", "revenue", "discount", "goods", "customising", "new_business", "refund", "cost")
_MONEY_ALREADY = (happened.SAW_NEWCOMER_OFFER,)  # whose `discount` is a share


def numbers_of_event(event: np.void, unit: Unit) -> dict[str, Any]:
    """What an event says, by name: numbers, truth values as 0 and 1, and lists of keys.

    Args:
        event: A row of `KEPT_EVENT`.
        unit: For money.
    """
    code, details = int(event["code"]), [float(value) for value in event["details"]]
    named = {name: value for name, value in zip(_NAMES.get(code, ()), details, strict=False) if name}
    money = () if code in _MONEY_ALREADY else _MONEY
    numbers: dict[str, Any] = {
        name: unit.each(value) if name in money else round(value, 6) for name, value in named.items()
    }
    return numbers | (_KEYS[code](details) if code in _KEYS else {})


def _stops(bits: float) -> list[str]:
    return [name for stop, name in enumerate((*STOPS, OTHER_UNIT)) if int(bits) >> stop & 1]


def _of_incident(details: list[float]) -> dict[str, Any]:
    return {"needed": _stops(details[2]), "hidden": _stops(details[3])}


def _of_consideration(details: list[float]) -> dict[str, Any]:
    return {"reasons": [key for bit, key in enumerate(REASONS_TO_CONSIDER) if int(details[0]) >> bit & 1]}


def _of_departure(details: list[float]) -> dict[str, Any]:
    return {"reason": REASONS_TO_LEAVE[int(details[_LEFT_REASON_AT])]}


def _of_joining(details: list[float]) -> dict[str, Any]:
    return {"kind": KINDS_OF_ATTRACTION[int(details[_KIND_AT])], "source": SOURCES_OF_JOINING[int(details[_SOURCE_AT])]}


def _of_service(details: list[float]) -> dict[str, Any]:
    """Whether senior staff served, which is packed with twice the chance of rework."""
    senior = int(details[5] % 2.0 >= 1.0)
    return {"senior": senior, "rework_chance": round((details[5] - senior) / 2.0, 6)}


_KEYS: Mapping[int, Callable[[list[float]], dict[str, Any]]] = {
    happened.INCIDENT: _of_incident,
    happened.CONSIDERED_LEAVING: _of_consideration,
    happened.LEFT: _of_departure,
    happened.JOINED: _of_joining,
    happened.SERVED: _of_service,
}


def department_of(event: np.void) -> str:
    """Department that an event concerns; of a hand-off the one that it goes to, empty for none."""
    code = int(event["code"])
    if code == happened.HANDED_ON:
        return (*STOPS, OTHER_UNIT)[int(event["details"][0])]
    return happened.EVENTS[code].department


_PARTS = ("handoff", "retelling", "rework")  # of a service that can take most of the experience; waiting is a cause too
_CAUSES = {
    happened.USED: "use",
    happened.GAVE_UP_WAITING: "waiting",
    happened.SAW_NEWCOMER_OFFER: "betrayal",
    happened.RESOLVED: "recovery",
    happened.CALLED_ON: "sales_calls",
    happened.TURNED_AWAY: "refusal",
    happened.GIVEN_NOTICE: "refusal",
    happened.GAVE_UP_CATEGORY: "unneeded",
    happened.RETURNED_CATEGORY: "unneeded",
}
CAUSES_OF_CHANGE = (*dict.fromkeys(_CAUSES.values()), "service", *_PARTS, UNEXPLAINED)
"""Keys of what can move satisfaction; parts of a bad service among them."""


def cause_of(event: np.void, parts: Mapping[str, float], change: float) -> str:
    """Why an event moved satisfaction: a key; of a bad service the part that took most of the experience.

    Args:
        event: A row of `KEPT_EVENT`.
        parts: As `parts_of_service` gives them.
        change: Change of satisfaction. [-1 to 1]
    """
    taken = {name: -size for name, size in parts.items() if size < 0.0}
    if change < 0.0 and taken:
        return max(taken, key=lambda name: taken[name])
    return _CAUSES.get(int(event["code"]), "service" if int(event["code"]) == happened.SERVED else UNEXPLAINED)


def parts_of_service(event: np.void, numbers: CustomerParameters) -> dict[str, float]:
    """What took from the experience of a service, or added to it, beside its base; empty for other events. [0-1]

    Args:
        event: A row of `KEPT_EVENT`.
        numbers: Numbers of the customers' rules in that month.
    """
    if int(event["code"]) != happened.SERVED:
        return {}
    details = [float(value) for value in event["details"]]
    parts = {
        "waiting": -numbers.service_wait_effect * float(event["value"]),  # whole months alone
        "handoff": -numbers.service_handoff_effect * details[3],
        "retelling": -numbers.service_told_again_effect * details[4],
        "rework": -numbers.service_rework_effect * details[1],
        "senior": numbers.service_senior_effect * _of_service(details)["senior"],
    }
    return {name: round(size, 6) for name, size in parts.items() if size}
