"""What a customer's account saw in a month: payments, reminders, holds, collections, write-offs, and the reasons.

The month is lived again with the customer's own luck on copies of the rows, and what was counted then is told.
"""

from sim.lab.moments import Event, Moment, Row, Scene
from sim.state import NOBODY
from sim.steps.accounts import close_account, months_overdue
from sim.steps.owing import keep_account

CENTS = 100.0
UNCHECKED = "overdue, and neither reminded nor held"


def credit_events(moment: Moment, scene: Scene) -> list[Event]:
    """What became of the account before this month's supply, or when its customer went elsewhere."""
    if scene.parameters.credit_terms <= 0.0 or moment.before.supplier == NOBODY:
        return []
    if moment.after.supplier != moment.before.supplier:
        return closing_events(moment, scene)
    person, counted = _lived_again(moment, scene)
    overdue = int(months_overdue(scene.context(moment.before, moment.knew)))
    events = _reminded(overdue, person, counted) + _cleared(overdue, counted, moment, scene)
    events += _held(overdue, person, counted, moment, scene)
    return events + _learned(moment)


def closing_events(moment: Moment, scene: Scene) -> list[Event]:
    """What became of the account of a customer who went, and of a debt on it."""
    if scene.parameters.credit_terms <= 0.0 or moment.before.supplier == NOBODY:
        return []
    me = scene.context(moment.before.copy(), moment.knew.copy())
    overdue = int(months_overdue(me))
    close_account(me)
    return _cleared(overdue, me.counts[int(moment.before.supplier)], moment, scene, "the account is closed")


def _lived_again(moment: Moment, scene: Scene) -> tuple[Row, Row]:
    """The person after the month's account, and what was counted of it."""
    me = scene.context(moment.before.copy(), moment.knew.copy())
    keep_account(me)
    return me.person, me.counts[int(me.person.supplier)]


def _reminded(overdue: int, person: Row, counted: Row) -> list[Event]:
    if not counted.reminders:
        return []
    return [Event("was reminded", "finance", int(person.supplier), float(overdue), _age(overdue))]


def _age(overdue: int) -> str:
    if overdue <= 0:
        return "due this month" if overdue == 0 else "not due yet"
    return f"{overdue} month{'s' if overdue > 1 else ''} overdue"


def _cleared(overdue: int, counted: Row, moment: Moment, scene: Scene, why: str = "") -> list[Event]:
    """Paid, collected, written off, or let pass when due; amounts per person. [money]"""
    firm, owed = int(moment.before.supplier), int(moment.before.owed)
    amount = owed / CENTS / scene.clock.weight
    reasons = ", ".join(part for part in (_age(overdue), why) if part)
    if counted.written_off:
        return [Event("was written off", "finance", firm, amount, reasons)]
    if counted.received:
        collected = bool(counted.collected)
        return [Event("was made to pay" if collected else "paid the account", "finance", firm, amount, reasons)]
    if owed and overdue == 0:
        return [Event("did not pay", "finance", firm, amount, _age(overdue))]
    return []


def _held(overdue: int, person: Row, counted: Row, moment: Moment, scene: Scene) -> list[Event]:
    """Supply was held, or would have been, had sales not overridden it."""
    firm = int(person.supplier)
    if counted.holds:
        why = _mistake(overdue, scene, firm) if counted.holds_by_mistake else _age(overdue)
        return [Event("was held", "sales", firm, 1.0, why)]
    strict_scene = scene._replace(parameters=scene.parameters._replace(credit_override=0.0))
    _, strict = _lived_again(moment, strict_scene)
    if not strict.holds:
        return []
    return [Event("was supplied all the same", "sales", firm, float(max(0, overdue)), "sales overrode the ledger")]


def _mistake(overdue: int, scene: Scene, firm: int) -> str:
    late = overdue >= scene.offers[firm].hold_after
    return "by mistake: the payment was not in the ledger yet" if late else "by mistake: the ledger was wrong"


def _learned(moment: Moment) -> list[Event]:
    """An overdue account that nobody checked taught its customer to pay later."""
    left = float(moment.after.discipline)
    if left >= float(moment.before.discipline):
        return []
    return [Event("saw that nobody checks", "finance", int(moment.before.supplier), left, UNCHECKED)]
