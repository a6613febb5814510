"""Tasks on two worlds that are shown side by side, and on lessons."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from sim.experiments.game.design_file import game_design
from sim.experiments.game.game_design import FEWEST_ROUNDS
from sim.experiments.live.assumed_numbers import assumed_numbers
from sim.experiments.live.customer_life import Lives
from sim.experiments.live.lesson import Lesson
from sim.experiments.live.lesson_file import lesson_names, load_lesson
from sim.experiments.live.lesson_reveal import SidesLived, result_of, run_sides
from sim.experiments.live.lesson_words import lesson_as_json, lesson_heading
from sim.experiments.live.pair import USUAL_PAIR, TimelinePair, describe, open_pair
from sim.experiments.live.settings_to_change import settings_to_change
from sim.experiments.live.timeline import Timeline, TimelineChange, model_hash
from sim.experiments.live.watched_world import WatchedWorld, WatchedWorlds
from sim.parameters.errors import BadInput

Description = Mapping[str, Any]
TaskSteps = Iterator[Any]
_WORLD = ("world", "firm", "customers", "months", "seed", "settings")  # keys of a pair that both sides share

REVEAL_WORLDS = (1, 4, 8, 16)  # paired worlds after which a lesson tells what they give
LATEST_PAIR: dict[str, TimelinePair] = {}  # the pair that was asked for last, by its description
LIVES: dict[tuple[str, str, str], Lives] = {}  # of the pair that was asked for last


@cache
def worlds() -> WatchedWorlds:
    """The worlds that this process keeps."""
    return WatchedWorlds()


def facts() -> TaskSteps:
    """What is the same for all rooms: model, measures, departments, and the rounds that a game may have."""
    design = game_design()
    rounds = {"least": FEWEST_ROUNDS, "most": design.rounds, "months": design.months}
    yield {"model": model_hash(), "rounds": rounds} | describe()


def pair(**asked: Any) -> TaskSteps:
    """A pair that a facilitator asks for, as a room keeps and shows it."""
    shared = {name: value for name, value in asked.items() if name in _WORLD}
    yield _described(open_pair(asked), shared)


def lesson_opened(lesson: str, own: str | None) -> Lesson:
    """A lesson of the box, or the one of one's own that the studio was started with; no other file is opened.

    Args:
        lesson: Its name or file.
        own: The file of one's own.

    Raises:
        BadInput: Another one.
    """
    if lesson not in (own, *lesson_names()):
        raise BadInput(f"lesson {lesson!r} is not in the box; there are {', '.join(lesson_names())}")
    return load_lesson(lesson)


def lesson(lesson: str, own: str | None) -> TaskSteps:
    """A lesson with its pair, in which what the lesson changes is changed already."""
    opened = lesson_opened(lesson, own)
    whole = lesson_as_json(opened)
    yield _described(opened.pair, {name: whole[name] for name in _WORLD}) | {"told": whole}


def lessons(own: str | None) -> TaskSteps:
    """The headings of all lessons of the box, and of one's own first."""
    names = ([own] if own else []) + lesson_names()
    yield [lesson_heading(load_lesson(name)) for name in names]


def reveal(lesson: str, own: str | None) -> TaskSteps:
    """What the worlds of a lesson give: of the one that is shown, then of more and more."""
    opened = lesson_opened(lesson, own)
    sides: list[SidesLived] = []
    for count in REVEAL_WORLDS:
        while len(sides) < count:
            sides.append(run_sides(opened, len(sides)))
            yield None  # so that something newer can come between
        yield result_of(opened, sides).as_json() | {"worlds": count, "of": REVEAL_WORLDS[-1]}


def life(left: Description, right: Description, place: int, at: int) -> TaskSteps:
    """One customer's life in both worlds."""
    yield from _lives(left, right, lambda lives: lives.life(place, at))


def pick(left: Description, right: Description, rule: str, side: str) -> TaskSteps:
    """The life of a customer picked by a rule."""
    yield from _lives(left, right, lambda lives: lives.pick(rule, side))


def _lives(left: Description, right: Description, question: Callable[[Lives], Any]) -> TaskSteps:
    """The answer of the lives in a pair."""
    for lives in lives_of(pair_of(left, right)):
        yield None if lives is None else question(lives)


def lives_of(shown: TimelinePair) -> Iterator[Lives | None]:
    """The lives in a pair; None between the months that must be lived first.

    Args:
        shown: The pair.
    """
    key = shown.left.key, shown.right.key, shown.firm
    if key not in LIVES:
        seen = [_world(shown, side) for side in ("left", "right")]
        for month in range(shown.months + 1):
            for world in seen:
                world.run_to(month)
            yield None
        LIVES.clear()
        LIVES[key] = Lives(*seen)
    yield LIVES[key]


def settings(left: Description, right: Description) -> TaskSteps:
    """What can be changed."""
    yield settings_to_change(pair_of(left, right))


def change(left: Description, right: Description, side: str, month: int, settings: Mapping[str, Any]) -> TaskSteps:
    """A pair after a fork at a month."""
    before = pair_of(left, right)
    sides = ("left", "right") if side == "both" else (side,)
    dropped = {name: [made.month for made in getattr(before, name).dropped_by(month)] for name in sides}
    yield _described(before.changed(side, month, settings), left["world"]) | {"dropped": dropped}


def both(left: Description, right: Description) -> TaskSteps:
    """A pair of timelines that were made before."""
    yield _described(pair_of(left, right), left["world"])


def frames(left: Description, right: Description, begin: Mapping[str, int]) -> TaskSteps:
    """Frames of both sides as they are computed: side, month and bytes; the side that is behind catches up first."""
    shown = pair_of(left, right)
    starts = {side: min(begin[side], shown.months + 1) for side in ("left", "right")}
    level = max(starts.values())
    for side, start in starts.items():
        for month in range(start, level):
            yield [(side, month, _frame(shown, side, month))]
    for month in range(level, shown.months + 1):
        yield [(side, month, _frame(shown, side, month)) for side in ("left", "right")]


def _frame(shown: TimelinePair, side: str, month: int) -> bytes:
    return next(_world(shown, side).frames(("left", "right").index(side), month))


def _world(shown: TimelinePair, side: str) -> WatchedWorld:
    return worlds().of(getattr(shown, side), shown.firm)


def _timeline(description: Description) -> Timeline:
    """The timeline that a room describes."""
    start = open_pair({**description["world"], "left": {}, "right": {}}).left
    changes = tuple(
        TimelineChange(made["month"], tuple(sorted(made["settings"].items()))) for made in description["changes"]
    )
    return Timeline(start.scenario, start.seed, start.replicate, changes)


def pair_of(left: Description, right: Description) -> TimelinePair:
    """The pair that a room describes.

    Args:
        left: What its left side is made of.
        right: What its right side is made of.
    """
    key = json.dumps([left, right], sort_keys=True)
    if key not in LATEST_PAIR:
        firm = open_pair({**left["world"], "left": {}, "right": {}}).firm
        LATEST_PAIR.clear()
        LATEST_PAIR[key] = TimelinePair(_timeline(left), _timeline(right), firm)
    return LATEST_PAIR[key]


def _described(shown: TimelinePair, world: Description) -> dict[str, Any]:
    """A pair as a room keeps it."""
    sides = {
        side: {"timeline": line.key, "description": _description(line, world)}
        for side, line in zip(("left", "right"), shown.sides, strict=True)
    }
    first = _world(shown, "left")
    return sides | {
        "differences": shown.differences, "months": shown.months, "firm": shown.firm, "places": first.places,
        "weight": first.weight,
        "bounds": list(first.bounds), "seed": shown.left.seed, "world": world.get("world", USUAL_PAIR["world"]),
    }  # fmt: skip


def _description(line: Timeline, world: Description) -> dict[str, Any]:
    changes = [{"month": made.month, "settings": dict(made.settings)} for made in line.changes]
    return {"world": dict(world), "months": line.months, "changes": changes}


def assumptions(left: Description, right: Description) -> TaskSteps:
    """The numbers of the world that nobody has measured."""
    yield assumed_numbers(pair_of(left, right).left.scenario)


PAIR_TASKS: dict[str, Callable[..., TaskSteps]] = {
    "facts": facts, "pair": pair, "change": change, "both": both, "frames": frames, "life": life, "pick": pick,
    "lesson": lesson, "lessons": lessons, "reveal": reveal, "settings": settings,
    "assumptions": assumptions,
}  # fmt: skip
