"""Sides that a debrief compares: a team in an episode, as it played or as if it had decided nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.experiments.game.game_log import Close, closes_of
from sim.experiments.game.game_market import seat_of
from sim.experiments.game.worlds import GameWorlds, Script
from sim.parameters import BadInput

SIDE_KEYS = ("episode", "team", "as_before")


@dataclass(frozen=True)
class GameSide:
    """A team in an episode.

    Args:
        name: What was asked for: ``episode``, ``team`` and, where the team decides nothing, ``as_before``.
        closes: The rounds of its world.
        script: What its world follows from.
        seat: Seat of its firm.
    """

    name: Mapping[str, Any]
    closes: tuple[Close, ...]
    script: Script
    seat: int


def side_of(worlds: GameWorlds, log: Iterable[Mapping[str, Any]], asked: Mapping[str, Any]) -> GameSide:
    """The side that was asked for.

    Raises:
        BadInput: No such team, episode or key.
    """
    unknown = [key for key in asked if key not in SIDE_KEYS]
    if unknown:
        raise BadInput(f"a side has {', '.join(SIDE_KEYS)}; {unknown[0]!r} was asked for")
    episode, team = worlds.design.episode(str(asked.get("episode"))).name, str(asked.get("team"))
    seat = seat_of(team, worlds.teams)
    closes = closes_of(log, episode)
    if asked.get("as_before"):
        closes = tuple(without_team(close, team) for close in closes)
    return _side(worlds, asked, closes, seat)


def _side(worlds: GameWorlds, name: Mapping[str, Any], closes: tuple[Close, ...], seat: int) -> GameSide:
    episode = str(name["episode"])
    return GameSide(dict(name), closes, worlds.script(episode, closes), seat)


def without_team(close: Close, team: str) -> Close:
    """A round in which a team was silent."""
    return {**close, "choices": {name: roles for name, roles in close.get("choices", {}).items() if name != team}}


def equally_long(worlds: GameWorlds, left: GameSide, right: GameSide) -> tuple[GameSide, GameSide]:
    """Both sides up to the last round that both have played."""
    rounds = min(len(left.closes), len(right.closes))
    first, second = (_side(worlds, side.name, side.closes[:rounds], side.seat) for side in (left, right))
    return first, second
