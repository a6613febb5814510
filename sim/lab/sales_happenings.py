"""What sales had to do with one customer in a month: calls, what was taken in them, and what went back."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.lab.moments import Event, Moment, Scene
from sim.rules.selling import is_by_quota
from sim.state import FURTHER_CATEGORIES, NOBODY
from sim.steps.giving_back import KEPT, RETURNED, fate_of, refund_due
from sim.steps.holding import further_categories, has
from sim.steps.selling import TOGETHER, is_on_its_own, mood_of_seller


class Dealings(NamedTuple):
    """Further categories of a month, by their numbers.

    Args:
        taken: Newly held.
        given_up: Held before and given up, returned or not.
        returned: Those of them that went back for a refund.
    """

    taken: tuple[int, ...]
    given_up: tuple[int, ...]
    returned: tuple[int, ...]


def sales_events(moment: Moment, scene: Scene) -> list[Event]:
    """Calls, categories taken, given up and returned, with their reasons."""
    firm = int(moment.after.supplier)
    if firm == NOBODY:
        return []
    dealings = dealings_of(moment, scene)
    events = [_gave_up(category, dealings, moment, scene) for category in dealings.given_up]
    offered = [category for category in range(FURTHER_CATEGORIES) if has(int(moment.after.offered), category)]
    if offered:
        kind = _kind_of_calls(offered, moment, scene)
        events.append(Event("was called on", "sales", firm, float(len(offered)), kind))
    held = int(moment.after.categories) - len(dealings.taken)
    for more, category in enumerate(dealings.taken, 1):
        events.append(
            Event("took a further category", "sales", firm, float(held + more), _why(category, moment, scene))
        )
    return events


def weighs_on_satisfaction(moment: Moment, scene: Scene) -> bool:
    """Whether one call too many or something given up moved satisfaction too."""
    return bool(dealings_of(moment, scene).given_up) or _is_tired(moment, scene)


def _is_tired(moment: Moment, scene: Scene) -> bool:
    return bool(moment.after.offered) and float(moment.after.fatigue) - 1.0 > scene.parameters.sales_fatigue_level


def dealings_of(moment: Moment, scene: Scene) -> Dealings:
    """What was taken and given up, from what was held before and after, and the customer's own luck."""
    firm, person = int(moment.after.supplier), moment.before.copy()
    if firm != int(person.supplier):
        person.holds = 0
    categories = range(further_categories(scene.context(person, moment.knows)))
    fates = [_fate(category, firm, person, moment, scene) for category in categories]
    held, now = int(person.holds), int(moment.after.holds)
    gone = tuple(category for category in categories if fates[category] != KEPT)
    taken = tuple(k for k in categories if has(now, k) and (not has(held, k) or k in gone))
    return Dealings(taken, gone, tuple(k for k in gone if fates[k] == RETURNED))


def _fate(category: int, firm: int, person: object, moment: Moment, scene: Scene) -> int:
    if scene.parameters.sales_call_hours <= 0.0:
        return KEPT
    return int(fate_of(scene.context(person, moment.knows), category, firm))


def _gave_up(category: int, dealings: Dealings, moment: Moment, scene: Scene) -> Event:
    firm, why = int(moment.after.supplier), "it serves no need"
    if category not in dealings.returned:
        return Event("gave up a category", "sales", firm, 1.0, why)
    money = refund_due(scene.context(moment.after, moment.knows), firm)
    return Event("returned a category", "finance", firm, float(money), why)


def _is_by_quota(category: int, moment: Moment, scene: Scene) -> bool:
    """Whether the seller of the day who offered a category followed the quota."""
    firm, me = int(moment.after.supplier), scene.context(moment.after, moment.knows)
    alone = is_on_its_own(me, firm, category)
    rota = category if alone else TOGETHER
    firmness, _ = mood_of_seller(me, firm, rota)
    return bool(is_by_quota(float(scene.offers[firm].pay_value), firmness))


def _kind_of_calls(offered: Sequence[int], moment: Moment, scene: Scene) -> str:
    pushed = sum(_is_by_quota(category, moment, scene) for category in offered)
    kind = "by quota" if pushed == len(offered) else "for a believed need" if not pushed else f"{pushed} by quota"
    return f"{kind}, too often lately" if _is_tired(moment, scene) else kind


def _why(category: int, moment: Moment, scene: Scene) -> str:
    if scene.parameters.sales_call_hours <= 0.0:
        return f"satisfied, {float(moment.knows[int(moment.after.supplier)].satisfaction):.2f}"
    if has(int(moment.after.wants), category):
        return "it serves a need"
    sold = "sold by quota" if _is_by_quota(category, moment, scene) else "wrongly believed to be needed"
    return f"it serves no need, {sold}"
