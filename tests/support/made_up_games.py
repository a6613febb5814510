"""Small games for tests: few customers, short rounds, and logs of what teams chose."""

from dataclasses import replace
from functools import cache

from sim.experiments.game.design_file import game_design
from sim.experiments.game.game import TeamGame

TEAMS = ("red", "blue")
WALLS, JOINED = "walls", "joined_up"


@cache
def small_design():
    return replace(game_design(), agents=300, opening=3, months=3, rounds=2)


def small_game(teams=TEAMS, seed=1):
    return TeamGame(small_design(), teams, seed)


def close(number, choices=None, episode=WALLS):
    return {"do": "close", "episode": episode, "round": number, "choices": choices or {}}


def decide(department, why="", **decisions):
    return {department: {"decisions": decisions, "buys": [], "why": why}}


def buy(department, *buys):
    return {department: {"decisions": {}, "buys": list(buys), "why": ""}}
