"""How much of the scores is luck: the same decisions in other worlds, with other people and other arrivals."""

from typing import Any

import numpy as np

from sim.experiments.game.score import SCORES, scores_of
from sim.experiments.game.worlds import GameWorlds, ProgressCall, Script, plain_numbers
from sim.model.state import Floats
from sim.statistics.intervals import students_interval


def luck_of_scores(
    worlds: GameWorlds, script: Script, count: int, progress: ProgressCall | None = None
) -> dict[str, Any]:
    """What the teams' decisions come to in other worlds, and which part of the differences in one world is luck.

    Args:
        worlds: The worlds of the game.
        script: The episode as it was played.
        count: Worlds, of which the first is the one that was played.
        progress: Called with worlds done and worlds in all.

    Returns:
        By score: ``luck``, as `share_of_luck`; for each team its mean with the 95 % interval, and what it was in the
        world that was played; and ``ahead``, in how many worlds a team is ahead of another.
    """
    results = worlds.results([(script, number) for number in range(count)], progress)
    scores = [scores_of(worlds, result) for result in results]
    by_measure = {name: np.array([[score[team][name] for score in scores] for team in worlds.teams]) for name in SCORES}
    return {
        "worlds": count,
        "measures": {name: _about(worlds.teams, values) for name, values in by_measure.items()},
    }


def _about(teams: tuple[str, ...], values: Floats) -> dict[str, Any]:
    return {
        "luck": share_of_luck(values),
        "teams": {team: _of_team(values[seat]) for seat, team in enumerate(teams)},
        "ahead": {
            team: {
                other: int((values[seat] > values[place]).sum()) for place, other in enumerate(teams) if place != seat
            }
            for seat, team in enumerate(teams)
        },
    }


def _of_team(values: Floats) -> dict[str, float]:
    low, high = students_interval(values)
    return plain_numbers({"mean": values.mean(), "low": low, "high": high, "played": values[0]})


def share_of_luck(values: Floats) -> float:
    """Part of the variance between the teams of one world that is luck and not what they decided. [0-1]

    Args:
        values: A score, shape (teams, worlds); at least two of each.

    Returns:
        1 - the intraclass correlation of a two-way layout with teams and worlds: what a world does to all teams alike
        counts neither as luck nor as merit. 1 where the means of the teams differ no more than by luck, or all
        scores are the same.

    Source:
        Shrout and Fleiss (1979), Intraclass correlations: ICC(3,1), Psychological Bulletin 86.

    >>> share_of_luck(np.array([[1.0, 2.0], [5.0, 6.0]])), share_of_luck(np.array([[1.0, 2.0], [2.0, 1.0]]))
    (0.0, 1.0)
    """
    teams, worlds = values.shape
    of_teams = values.mean(axis=1, keepdims=True) - values.mean()
    left = values - values.mean(axis=0) - of_teams
    luck = float((left**2).sum() / ((teams - 1) * (worlds - 1)))
    between = float(worlds * (of_teams**2).sum() / (teams - 1))
    merit = max(0.0, between - luck) / worlds
    return luck / (luck + merit) if luck + merit > 0.0 else 1.0
