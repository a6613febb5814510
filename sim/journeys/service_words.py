"""Words for what happens to an incident: trouble, hand-offs, waiting and service."""

from sim.journeys.event_values import CHANGED, EventValues, Wording, number_with_noun
from sim.model import events as happened

OTHERS = ("product", "marketing", "sales", "finance", "service")  # stops of an incident; the last is another unit


def _stops(bits: float) -> list[str]:
    return [name if stop < 4 else "another unit" for stop, name in enumerate(OTHERS) if int(bits) >> stop & 1]


def _incident(event: EventValues) -> tuple[str, str]:
    likelier, rarer, needed, hidden, *_ = event.details
    why = [f"{100.0 * likelier:.0f} % likelier for the misfit"] if likelier > CHANGED else []
    why += [f"{100.0 * rarer:.0f} % rarer for what was prevented or mended"] if rarer > CHANGED else []
    joined = f"it needs {', '.join(_stops(needed))} beside service" if needed else "service alone can settle it"
    seen = _stops(int(needed) & ~int(hidden))
    return "ran into trouble", "; ".join([*why, joined, *([f"{', '.join(seen)} saw the case"] if seen else [])])


def _handed_on(event: EventValues) -> tuple[str, str]:
    stop, height, again, *_ = event.details
    where = OTHERS[int(stop)] if stop < 4 else "the unit of another line"
    story = "; the story is told again" if again else ""
    return "was handed on", f"a wall of height {height:.2f} hides the case from {where}{story}"


def _wait(name: str) -> Wording:
    def words(event: EventValues) -> tuple[str, str]:
        reached = f"the desk reaches {100.0 * event.details[0]:.0f} % of its work"
        return name, f"{reached}, those first who seem to spend more" if event.details[1] else reached

    return words


def _service(event: EventValues) -> tuple[str, str]:
    _, again, _, handoffs, repeated, senior_and_chance = event.details
    senior = senior_and_chance % 2.0 >= 1.0
    chance = (senior_and_chance - float(senior)) / 2.0
    parts = {
        f"after {number_with_noun(event.value, 'month')}": event.value > 0.0,
        number_with_noun(handoffs, "hand-off"): handoffs > 0.0,
        f"told again {number_with_noun(repeated, 'time')}": repeated > 0.0,
        "by senior staff": senior,
        f"which happens {100.0 * chance:.0f} % of the time": bool(again),
    }
    name = "was served, in vain" if again else "was served"
    return name, ", ".join(part for part, true in parts.items() if true)


SERVICE_WORDS: dict[int, Wording] = {
    happened.INCIDENT: _incident,
    happened.HANDED_ON: _handed_on,
    happened.WAITED: _wait("waited for service"),
    happened.GAVE_UP_WAITING: _wait("gave up waiting"),
    happened.SERVED: _service,
}
