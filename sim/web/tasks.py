"""What workers can be asked for: each task gives its values one after the other, as plain as a pipe needs them."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from sim.experiments.live.pair import USUAL_PAIR, Pair, describe, open_pair
from sim.experiments.live.timeline import Change, Timeline, model_hash
from sim.experiments.live.watched_world import WatchedWorld, WatchedWorlds
from sim.web.game_tasks import GAME_TASKS

Description = Mapping[str, Any]
Steps = Iterator[Any]
WORLD = ("world", "firm", "customers", "months", "seed", "settings")  # keys of a pair that both sides share


@cache
def worlds() -> WatchedWorlds:
    """The worlds that this process keeps."""
    return WatchedWorlds()


def facts() -> Steps:
    """What is the same for all rooms: model, measures, departments."""
    yield {"model": model_hash()} | describe()


def pair(**asked: Any) -> Steps:
    """A pair that a facilitator asks for, as a room keeps and shows it."""
    shared = {name: value for name, value in asked.items() if name in WORLD}
    yield _described(open_pair(asked), shared)


def change(left: Description, right: Description, side: str, month: int, settings: Mapping[str, Any]) -> Steps:
    """A pair after a fork at a month."""
    yield _described(_pair(left, right).changed(side, month, settings), left["world"])


def both(left: Description, right: Description) -> Steps:
    """A pair of timelines that were made before."""
    yield _described(_pair(left, right), left["world"])


def frames(left: Description, right: Description, begin: Mapping[str, int]) -> Steps:
    """Frames of both sides as they are computed: side, month and bytes; the side that is behind catches up first."""
    shown = _pair(left, right)
    starts = {side: min(begin[side], shown.months + 1) for side in ("left", "right")}
    level = max(starts.values())
    for side, start in starts.items():
        for month in range(start, level):
            yield [(side, month, _frame(shown, side, month))]
    for month in range(level, shown.months + 1):
        yield [(side, month, _frame(shown, side, month)) for side in ("left", "right")]


def _frame(shown: Pair, side: str, month: int) -> bytes:
    return next(_world(shown, side).frames(("left", "right").index(side), month))


def _world(shown: Pair, side: str) -> WatchedWorld:
    return worlds().of(getattr(shown, side), shown.firm)


def _timeline(description: Description) -> Timeline:
    """The timeline that a room describes."""
    start = open_pair({**description["world"], "left": {}, "right": {}}).left
    changes = (Change(made["month"], tuple(sorted(made["settings"].items()))) for made in description["changes"])
    return Timeline(start.scenario, start.seed, start.replicate, tuple(changes))


def _pair(left: Description, right: Description) -> Pair:
    firm = open_pair({**left["world"], "left": {}, "right": {}}).firm
    return Pair(_timeline(left), _timeline(right), firm)


def _described(shown: Pair, world: Description) -> dict[str, Any]:
    """A pair as a room keeps it."""
    sides = {
        side: {"timeline": line.key, "description": _description(line, world)}
        for side, line in zip(("left", "right"), shown.sides, strict=True)
    }
    first = _world(shown, "left")
    return sides | {
        "differences": shown.differences, "months": shown.months, "firm": shown.firm, "places": first.places,
        "bounds": list(first.bounds), "seed": shown.left.seed, "world": world.get("world", USUAL_PAIR["world"]),
    }  # fmt: skip


def _description(line: Timeline, world: Description) -> dict[str, Any]:
    changes = [{"month": made.month, "settings": dict(made.settings)} for made in line.changes]
    return {"world": dict(world), "months": line.months, "changes": changes}


TASKS: dict[str, Callable[..., Steps]] = {
    "facts": facts, "pair": pair, "change": change, "both": both, "frames": frames, **GAME_TASKS,
}  # fmt: skip
