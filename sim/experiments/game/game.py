"""A game: a pure function of its record (teams, seed, rounds, design, model) and of the log of rounds closed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.experiments.game.game_design import GameDesign
from sim.experiments.game.game_log import checked_choice, closes_of, kinds_bought
from sim.experiments.game.game_market import scenario_of, seat_of
from sim.experiments.game.information_sold import delivered
from sim.experiments.game.pay import TeamRole
from sim.experiments.game.quote import quote
from sim.experiments.game.record import record_of, refuse_change
from sim.experiments.game.role_view import role_view
from sim.experiments.game.score import round_figures, scores_of
from sim.experiments.game.worlds import GameWorlds, Script
from sim.parameters import BadInput
from sim.parameters.checking import count_argument

GameLog = Sequence[Mapping[str, Any]]


class TeamGame:
    """A game of some teams.

    Args:
        design: Its design.
        teams: Names of the teams by seat.
        seed: Seed of all draws.
        rounds: Rounds of an episode; None for those of the design.
        agents: Simulated customers; None for those of the design.

    Raises:
        BadInput: Too few or too many teams, rounds or customers, or two teams of one name.
    """

    def __init__(
        self,
        design: GameDesign,
        teams: Iterable[str],
        seed: int = 1,
        rounds: int | None = None,
        agents: int | None = None,
    ) -> None:
        self.design, self.teams = design.of_size(rounds, agents), tuple(teams)
        self.seed = count_argument(seed, "seed")
        if len(set(self.teams)) < len(self.teams):
            raise BadInput(f"teams are {', '.join(self.teams)}; two have one name")
        scenario_of(self.design, len(self.teams), next(iter(design.episodes)))
        self.worlds = GameWorlds(self.design, self.teams, self.seed)

    def record(self) -> dict[str, Any]:
        """What the game is made of, to be kept beside its log."""
        return record_of(self.design, self.teams, self.seed)

    @classmethod
    def of(cls, record: Mapping[str, Any], design: GameDesign) -> "TeamGame":
        """The game of a record.

        Raises:
            ChangedModel: The record was made by another model or with another design; names both.
        """
        design = design.of_size(record.get("rounds"), record.get("agents"))
        refuse_change(record, design)
        return cls(design, record["teams"], record["seed"])

    def check(self, episode: str, team: str, department: str, choice: Any) -> dict[str, Any]:
        """What a role sends, if it may.

        Raises:
            BadInput: Anything else; names what was found and what is allowed.
        """
        seat_of(team, self.teams)
        return checked_choice(self.design, episode, department, choice, len(self.teams))

    def script(self, log: GameLog, episode: str) -> Script:
        """What the world of an episode follows from."""
        self.design.episode(episode)
        return self.worlds.script(episode, closes_of(log, episode))

    def standing(self, log: GameLog, episode: str) -> dict[str, Any]:
        """Where an episode is after its last closed round: scores of all teams, and the figures of that round."""
        closes = closes_of(log, episode)
        script = self.script(log, episode)
        result = self.worlds.result(script)
        return {
            "episode": episode,
            "round": len(closes),
            "month": self.design.opening + len(closes) * self.design.months,
            "over": len(closes) >= self.design.rounds,
            "scores": scores_of(self.worlds, result),
            "round_figures": round_figures(self.worlds, script, result),
        }

    def close(self, log: GameLog) -> dict[str, Any]:
        """Play the round that the last entry of the log closes, and say where the episode is.

        Raises:
            BadInput: The last entry closes no round, or all rounds of the episode were played already.
        """
        if not log or log[-1].get("do") != "close":
            raise BadInput("log: its last entry closes no round")
        episode = str(log[-1]["episode"])
        if len(closes_of(log, episode)) > self.design.rounds:
            raise BadInput(f"episode {episode} has {self.design.rounds} rounds, and all were played")
        return self.standing(log, episode)

    def view(self, log: GameLog, episode: str, team: str, department: str) -> dict[str, Any]:
        """What a role is sent at the start of the next round."""
        self.design.decisions_of(department)
        closes, role = closes_of(log, episode), TeamRole(seat_of(team, self.teams), department)
        state = self.worlds.state(self.script(log, episode))
        place = {"episode": episode, "round": len(closes) + 1, "team": team, "department": department}
        buys = kinds_bought(closes[-1], team, department) if closes else []
        bought = delivered(self.design, state, role.seat, buys)
        return place | role_view(state, role, self.design, episode) | ({"bought": bought} if bought else {})

    def views(self, log: GameLog, episode: str) -> dict[str, dict[str, dict[str, Any]]]:
        """What every role is sent at the start of the next round, by team and department."""
        return {
            team: {department: self.view(log, episode, team, department) for department in self.design.departments}
            for team in self.teams
        }

    def quote(self, log: GameLog, episode: str, team: str, roles: Mapping[str, Any]) -> dict[str, Any]:
        """What a draft would have changed in the role's own accounts in the last month: `sim.experiments.game.quote`.

        Args:
            log: The log.
            episode: Name of the episode.
            team: The team.
            roles: Choices by department.
        """
        seat_of(team, self.teams)
        cost = quote(self.worlds, episode, closes_of(log, episode), team, roles)
        return {"cost": cost, "total": sum(cost.values())}
