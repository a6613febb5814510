"""Tasks on the game of a workshop."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sim.experiments.game.design_file import game_design
from sim.experiments.game.game import TeamGame
from sim.experiments.game.game_design import GameDesign
from sim.experiments.game.game_log import closes_of
from sim.experiments.game.rules import rules_of
from sim.experiments.live.assumed_numbers import assumed_numbers

TaskSteps = Iterator[Any]
Record = Mapping[str, Any]
Entries = Sequence[Mapping[str, Any]]
GAMES: dict[str, TeamGame] = {}  # by what they are made of; each keeps its worlds


@cache
def design() -> GameDesign:
    """The design of the box."""
    return game_design()


def game_of(record: Record) -> TeamGame:
    """The game of a record, with the worlds it has run already.

    Args:
        record: What the game is made of.
    """
    key = repr(sorted(record.items()))
    if key not in GAMES:
        GAMES.clear()  # worlds of an earlier game are not asked for again
        GAMES[key] = TeamGame.of(record, design())
    return GAMES[key]


def new_game(teams: Sequence[str], seed: int, rounds: int | None, agents: int | None) -> TaskSteps:
    """Record and design of a new game."""
    made = TeamGame(design(), teams, seed, rounds, agents)
    yield {"record": made.record(), "rounds": made.design.rounds, "design": rules_of(made.design, len(teams))}


def rules(record: Record) -> TaskSteps:
    """The rules of a game, as pages show them."""
    yield rules_of(game_of(record).design, len(record["teams"]))


def standing(record: Record, entries: Entries, episode: str) -> TaskSteps:
    """Where an episode is after its last closed round, and what every role sees then and saw a round earlier."""
    played = game_of(record)
    result = {"standing": played.standing(entries, episode), "views": played.views(entries, episode)}
    history = [dict(line) for line in _history(played, entries)]
    yield result | {"before": _views_before(played, entries, episode), "history": history}


def _views_before(played: TeamGame, entries: Entries, episode: str) -> dict[str, Any]:
    """What every role saw a round earlier; empty before the first was closed."""
    closes = closes_of(entries, episode)
    return played.views(closes[:-1], episode) if closes else {}


def _history(played: TeamGame, entries: Entries) -> Iterator[Mapping[str, Any]]:
    """The standing after each round that counts, episode by episode."""
    for episode in played.design.episodes:
        closes = closes_of(entries, episode)
        for count in range(1, len(closes) + 1):
            yield played.standing(closes[:count], episode)


def check(record: Record, episode: str, team: str, department: str, choice: Mapping[str, Any]) -> TaskSteps:
    """What a role may send, cleaned."""
    yield game_of(record).check(episode, team, department, choice)


def quote(record: Record, entries: Entries, episode: str, team: str, choices: Mapping[str, Any]) -> TaskSteps:
    """What a draft would change in the costs of its first month."""
    yield game_of(record).quote(entries, episode, team, choices)


def information(record: Record, entries: Entries, episode: str, team: str, buy: Mapping[str, Any]) -> TaskSteps:
    """What is bought, which is there with the view of the next round."""
    game_of(record).design.episode(episode)
    yield dict(buy)


def assumptions(record: Record) -> TaskSteps:
    """The numbers of the market that nobody has measured."""
    yield assumed_numbers(game_of(record).design.box)


GAME_TASKS: dict[str, Callable[..., TaskSteps]] = {
    "game_new": new_game, "game_rules": rules, "game_standing": standing, "game_check": check,
    "game_quote": quote, "game_buy": information, "game_assumptions": assumptions,
}  # fmt: skip
