"""Events of one life as rows of keys and numbers, with each change of satisfaction and its cause."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiments.live.event_numbers import (
    EVENT_KEYS,
    UNEXPLAINED,
    Unit,
    cause_of,
    department_of,
    numbers_of_event,
    parts_of_service,
)
from sim.experiments.live.watched_world import WatchedWorld
from sim.model import events as happened
from sim.model.customer_parameters import CustomerParameters, parameters_of
from sim.model.equations.customer_selection import feeling_after_refusal

ROUNDING_OF_32_BITS = 1e-6  # a change of satisfaction below this is rounding of 32 bits
DIGITS_OF_SATISFACTION = 6
REFUSALS = (happened.GIVEN_NOTICE, happened.TURNED_AWAY)
SPEAKING = (happened.PRAISED, happened.BLAMED, happened.SAID_LEFT)


def events_of_life(world: WatchedWorld, place: int, generation: int, first: int) -> Iterator[dict[str, Any]]:
    """What happened to a person, in order, with each change of satisfaction with the firm.

    Args:
        world: The watched world.
        place: Place in the market.
        generation: Which holder of it.
        first: Month when the person is first seen. [months]
    """
    level = _level_at_first(world, place, first)
    stages = _numbers_by_stage(world)
    for month in range(max(1, first), world.month + 1):
        numbers = [of_stage for start, of_stage in stages if start < month][-1]
        rows, seen = _own_events(world, month, place, generation), world.months[month]
        end = float(seen.satisfaction[place]) if seen.holder[place] == generation else None
        for event, now in zip(rows, _levels_after(rows, world.seat, (level, end), numbers), strict=True):
            yield _row_of_event(world, month, event, (level, now), numbers)
            level = now
        if end is not None and abs(end - level) > ROUNDING_OF_32_BITS:
            yield _unexplained(month, level, end, world.firm)
            level = end


def _levels_after(
    rows: NDArray[np.void], seat: int, ends: tuple[float, float | None], numbers: CustomerParameters
) -> list[float]:
    """Satisfaction with the firm after each event of a month.

    A refusal is written before it is felt, so what it does is seen in what comes next.

    Args:
        rows: Events of the person in the month.
        seat: Seat of the firm.
        ends: Satisfaction before the first event, and at the end of the month, if it is known.
        numbers: Numbers of the customers' rules in the month.
    """
    level, levels = ends[0], []
    for place, event in enumerate(rows):
        own = int(event["firm"]) == seat
        level = float(event["satisfaction"]) if own else level
        if own and int(event["code"]) in REFUSALS:
            after = feeling_after_refusal(level, numbers.selection_resentment)
            later = [float(row["satisfaction"]) for row in rows[place + 1 :] if int(row["firm"]) == seat]
            following = later[0] if later else ends[1]
            given = int(event["code"]) == happened.GIVEN_NOTICE
            moved = following is not None and abs(following - level) > ROUNDING_OF_32_BITS
            level = after if given or moved else level
        levels.append(level)
    return levels


def _level_at_first(world: WatchedWorld, place: int, first: int) -> float:
    """Satisfaction with the firm when the person is first seen."""
    seen = world.months[first]
    return float(seen.first_satisfaction[np.flatnonzero(seen.newcomers == place)[0]])


def _own_events(world: WatchedWorld, month: int, place: int, generation: int) -> NDArray[np.void]:
    rows = world.months[month].events
    return rows[(rows["place"] == place) & (rows["generation"] == generation)]


def _row_of_event(
    world: WatchedWorld, month: int, event: np.void, level: tuple[float, float], numbers: CustomerParameters
) -> dict[str, Any]:
    """An event as keys and numbers. level: satisfaction with the firm before and after"""
    change = level[1] - level[0] if abs(level[1] - level[0]) > ROUNDING_OF_32_BITS else 0.0
    parts, seat = parts_of_service(event, numbers), int(event["firm"])
    row = {
        "month": month,
        "event": EVENT_KEYS[int(event["code"])],
        "department": department_of(event),
        "firm": world.firms[seat] if seat >= 0 else "",
        "value": round(float(event["value"]), DIGITS_OF_SATISFACTION),
        "before": round(level[0], DIGITS_OF_SATISFACTION),
        "satisfaction": round(level[1], DIGITS_OF_SATISFACTION),
        "change": round(change, DIGITS_OF_SATISFACTION),
        "cause": cause_of(event, parts, change) if change else "",
        "numbers": numbers_of_event(event, Unit(world.weight)),
    }
    row |= {"parts": parts} if parts else {}
    return row | ({"to": world.listeners(int(event["place"]))} if int(event["code"]) in SPEAKING else {})


def _unexplained(month: int, before: float, after: float, firm: str) -> dict[str, Any]:
    levels = {"before": round(before, DIGITS_OF_SATISFACTION), "satisfaction": round(after, DIGITS_OF_SATISFACTION)}
    change = {"change": round(after - before, DIGITS_OF_SATISFACTION), "cause": UNEXPLAINED, "numbers": {}}
    return {"month": month, "event": UNEXPLAINED, "department": "", "firm": firm, "value": 0.0} | levels | change


def _numbers_by_stage(world: WatchedWorld) -> list[tuple[int, CustomerParameters]]:
    """Numbers of the customers' rules from each change on."""
    return [
        (start, parameters_of(scenario.market, scenario.mechanisms, scenario.relationship == "contract"))
        for start, scenario in world.timeline.stages
    ]
