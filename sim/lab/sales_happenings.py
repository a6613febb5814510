"""What sales had to do with one customer in a month: calls, what was taken in them, and what went back."""

from typing import NamedTuple

from sim.lab.moments import Event, Moment, Scene
from sim.state import NOBODY
from sim.steps.giving_back import KEPT, RETURNED, fate_of, refund_due
from sim.steps.holding import further_categories, has


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
    if moment.after.calls:
        events.append(Event("was called on", "sales", firm, float(moment.after.calls), _kind_of_calls(moment, scene)))
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
    return bool(moment.after.calls) and float(moment.after.fatigue) - 1.0 > scene.nature.sales_fatigue_level


def dealings_of(moment: Moment, scene: Scene) -> Dealings:
    """What was taken and given up, from what was held before and after, and the customer's own luck."""
    firm, person = int(moment.after.supplier), moment.before.copy()
    if firm != int(person.supplier):
        person.holds = 0
    categories = range(further_categories(scene.nature))
    fates = [_fate(category, firm, person, moment, scene) for category in categories]
    held, now = int(person.holds), int(moment.after.holds)
    gone = tuple(category for category in categories if fates[category] != KEPT)
    taken = tuple(k for k in categories if has(now, k) and (not has(held, k) or k in gone))
    return Dealings(taken, gone, tuple(k for k in gone if fates[k] == RETURNED))


def _fate(category: int, firm: int, person: object, moment: Moment, scene: Scene) -> int:
    if scene.nature.sales_call_hours <= 0.0:
        return KEPT
    return int(fate_of(category, firm, person, moment.knows, scene.nature, scene.offers, scene.clock))


def _gave_up(category: int, dealings: Dealings, moment: Moment, scene: Scene) -> Event:
    firm, why = int(moment.after.supplier), "it serves no need"
    if category not in dealings.returned:
        return Event("gave up a category", "sales", firm, 1.0, why)
    money = refund_due(firm, moment.after, moment.knows, scene.nature, scene.offers, scene.clock)
    return Event("returned a category", "finance", firm, float(money), why)


def _kind_of_calls(moment: Moment, scene: Scene) -> str:
    calls, pushed = int(moment.after.calls), int(moment.after.pushed)
    kind = "by quota" if pushed == calls else "for a believed need" if not pushed else f"{pushed} by quota"
    return f"{kind}, too often lately" if _is_tired(moment, scene) else kind


def _why(category: int, moment: Moment, scene: Scene) -> str:
    if scene.nature.sales_call_hours <= 0.0:
        return ""
    if has(int(moment.after.wants), category):
        return "it serves a need"
    calls, pushed = int(moment.after.calls), int(moment.after.pushed)
    sold = "sold by quota" if pushed == calls else "wrongly believed to be needed" if not pushed else "talked into it"
    return f"it serves no need, {sold}"
