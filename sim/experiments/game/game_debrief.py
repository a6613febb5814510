"""The debrief of a game: what happened and why, as plain data for people to look at."""

from typing import Any

from sim.experiments.game.best_change import best_change
from sim.experiments.game.bets import bets_against
from sim.experiments.game.game import GameLog, TeamGame
from sim.experiments.game.game_bridges import bridge_by_accounts, bridge_by_decisions, bridge_by_mechanisms
from sim.experiments.game.game_log import closes_of
from sim.experiments.game.information_value import values_of_information
from sim.experiments.game.luck import luck_of_scores
from sim.experiments.game.paired_sides import paired_sides
from sim.experiments.game.score import SCORES, scores_of
from sim.experiments.game.sides import GameSide, side_of
from sim.experiments.game.timeline import timeline_of
from sim.experiments.game.worlds import ProgressCall
from sim.parameters.checking import count_argument

MOST_WORLDS, MOST_CHANGES = 200, 2000
Asked = dict[str, Any]  # a side: episode, team, and perhaps as_before


class GameDebrief:
    """Questions about a game that was played; every answer follows from its log.

    Args:
        game: The game.
        log: Its log.

    Raises:
        BadInput: From every question: a team or episode that there is not, or a number of worlds that cannot be.
    """

    def __init__(self, game: TeamGame, log: GameLog) -> None:
        self.worlds, self.log = game.worlds, log
        self.design, self.teams = game.design, game.teams

    def side(self, asked: Asked) -> GameSide:
        """The side that was asked for."""
        return side_of(self.worlds, self.log, asked)

    def scores(self) -> dict[str, dict[str, dict[str, float]]]:
        """Scores by episode and team, of the episodes that were begun."""
        played = {}
        for episode in self.design.episodes:
            closes = closes_of(self.log, episode)
            if closes:
                result = self.worlds.result(self.worlds.script(episode, closes))
                played[episode] = scores_of(self.worlds, result)
        return played

    def episodes(self) -> dict[str, Any]:
        """Every team's scores in each episode, over the rounds that all of them have, and the last minus the first."""
        counts = {name: len(closes_of(self.log, name)) for name in self.design.episodes}
        begun = [name for name, count in counts.items() if count]
        rounds = min((counts[name] for name in begun), default=0)
        scores = {name: self._scores_after(name, rounds) for name in begun}
        teams = {
            team: {name: score[team] for name, score in scores.items()}
            | ({"difference": _difference(scores[begun[0]][team], scores[begun[-1]][team])} if begun[1:] else {})
            for team in self.teams
        }
        return {"rounds": rounds, "teams": teams}

    def _scores_after(self, episode: str, rounds: int) -> dict[str, dict[str, float]]:
        closes = closes_of(self.log, episode)[:rounds]
        result = self.worlds.result(self.worlds.script(episode, closes))
        return scores_of(self.worlds, result)

    def luck(self, episode: str, worlds: int = 16, progress: ProgressCall | None = None) -> dict[str, Any]:
        """How much of the scores of an episode is luck."""
        closes = closes_of(self.log, episode)
        script, count = self.worlds.script(episode, closes), count_argument(worlds, "worlds", 2, MOST_WORLDS)
        return {"episode": episode} | luck_of_scores(self.worlds, script, count, progress)

    def bridge_reap(self, left: Asked, right: Asked) -> dict[str, Any]:
        """The gap, right minus left, by accounting terms."""
        return bridge_by_accounts(self.worlds, self.side(left), self.side(right))

    def bridge_decisions(self, left: Asked, right: Asked, progress: ProgressCall | None = None) -> dict[str, Any]:
        """The gap, right minus left, by whose decisions."""
        return bridge_by_decisions(self.worlds, self.side(left), self.side(right), progress)

    def bridge_mechanisms(self, left: Asked, right: Asked, progress: ProgressCall | None = None) -> dict[str, Any]:
        """The gap, right minus left, by mechanisms."""
        return bridge_by_mechanisms(self.worlds, self.side(left), self.side(right), progress)

    def paired(
        self, left: Asked, right: Asked, worlds: int = 16, progress: ProgressCall | None = None
    ) -> dict[str, Any]:
        """Right minus left over paired worlds."""
        count = count_argument(worlds, "worlds", 1, MOST_WORLDS)
        return paired_sides(self.worlds, self.side(left), self.side(right), count, progress)

    def timeline(self, asked: Asked) -> dict[str, Any]:
        """What a team decided and bought, with its reasons, and its firm month by month."""
        return timeline_of(self.worlds, self.side(asked))

    def best_change(
        self, asked: Asked, most: int = 60, worlds: int = 8, progress: ProgressCall | None = None
    ) -> dict[str, Any]:
        """A team's best single change."""
        tried = count_argument(most, "most", 1, MOST_CHANGES)
        count = count_argument(worlds, "worlds", 1, MOST_WORLDS)
        return {"side": dict(asked)} | best_change(self.worlds, self.side(asked), tried, count, progress)

    def value_of_information(
        self, asked: Asked, worlds: int = 8, progress: ProgressCall | None = None
    ) -> list[dict[str, Any]]:
        """What the information was worth that a team bought."""
        count = count_argument(worlds, "worlds", 1, MOST_WORLDS)
        return values_of_information(self.worlds, self.side(asked), count, progress)

    def bets(self, bets: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Bets against what came out."""
        return bets_against(bets, self.scores())


def _difference(first: dict[str, float], last: dict[str, float]) -> dict[str, float]:
    return {name: last[name] - first[name] for name in SCORES}
