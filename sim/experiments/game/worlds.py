"""The worlds of a game: what an episode and its rounds come to, run by forks and kept as long as there is room."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.game.game_design import GameDesign
from sim.experiments.game.game_log import Close, settings_by_round
from sim.experiments.game.game_market import firm_names, scenario_of
from sim.experiments.game.game_state import GameState
from sim.experiments.parallel import side_by_side
from sim.model.person_numbers import numbers_of
from sim.model.phases import PhaseObserver
from sim.model.state import IntArray
from sim.simulation.market import Market
from sim.simulation.warm_up import warmed_up
from sim.statistics.reap import present_value

MOST_MARKETS, MOST_RESULTS = 24, 96  # kept at a time
RoundSettings = tuple[tuple[str, float], ...]
ProgressCall = Callable[[int, int], None]


@dataclass(frozen=True)
class Script:
    """All that a world of a game follows from, beside people and luck.

    Args:
        episode: Whose rules hold.
        rounds: RoundSettings that each round sets from then on, by key path.
        off: Mechanisms that are off.
    """

    episode: str
    rounds: tuple[RoundSettings, ...]
    off: tuple[str, ...] = ()

    def first(self, rounds: int) -> "Script":
        """The same up to a round."""
        return replace(self, rounds=self.rounds[:rounds])


def script_of(design: GameDesign, episode: str, closes: Iterable[Close], teams: tuple[str, ...]) -> Script:
    """The script of an episode as its rounds were closed."""
    return Script(episode, tuple(tuple(settings.items()) for settings in settings_by_round(design, closes, teams)))


@dataclass(frozen=True)
class WorldResult:
    """What came out of one world.

    Args:
        monthly: Measures, one row a month and firm.
        kept: Share of each firm's customers of the start who are its customers at the end, by seat. [0-1]
    """

    monthly: pd.DataFrame
    kept: tuple[float, ...]

    def of_firm(self, seat: int) -> pd.DataFrame:
        """The months of one firm, in order."""
        name = firm_names(len(self.kept))[seat]
        return self.monthly[self.monthly["firm"] == name].reset_index(drop=True)


class GameWorlds:
    """The worlds of one game.

    Args:
        design: The game.
        teams: Names of the teams by seat.
        seed: Seed of all draws.
        workers: Worlds of a debrief at a time, in processes where they may be forked.
    """

    def __init__(self, design: GameDesign, teams: tuple[str, ...], seed: int, workers: int = 1) -> None:
        self.design, self.teams, self.seed, self.workers = design, teams, seed, workers
        self._kept: OrderedDict[Script, GameState] = OrderedDict()
        self._results: OrderedDict[tuple[Script, int], WorldResult] = OrderedDict()
        self._month_ago: dict[Script, Market] = {}  # of the script that was asked for last

    @property
    def rate(self) -> float:
        """Discount rate. [1/month]"""
        return self.design.box.market["discount_rate"]

    def script(self, episode: str, closes: Iterable[Close]) -> Script:
        """The script of an episode as its rounds were closed."""
        return script_of(self.design, episode, closes, self.teams)

    def state(self, script: Script) -> GameState:
        """The world that was played at the end of the rounds of a script.

        Raises:
            RunFailed: A number was no number or out of its range.
        """
        if script not in self._kept:
            self._kept[script] = GameState(self._live(script))
        self._kept.move_to_end(script)
        while len(self._kept) > MOST_MARKETS:
            self._kept.popitem(last=False)
        return self._kept[script]

    def _live(self, script: Script, short: int = 0) -> Market:
        """The world that was played, so many months short of the end."""
        if not script.rounds:
            return _advanced(self._beginning(script, 0), self.design.opening - short)
        before = self.state(script.first(len(script.rounds) - 1))
        return _advanced(before.market.fork(dict(script.rounds[-1])), self.design.months - short)

    def month_ago(self, script: Script) -> Market:
        """The world that was played a month before the end of the rounds of a script, to be forked, not to be advanced.

        Raises:
            RunFailed: A number was no number or out of its range.
        """
        if script not in self._month_ago:
            self._month_ago = {script: self._live(script, 1)}
        return self._month_ago[script]

    def _beginning(self, script: Script, replicate: int) -> Market:
        scenario = scenario_of(self.design, len(self.teams), script.episode)
        off = {f"mechanisms.{name}": False for name in script.off}
        return warmed_up(scenario.with_settings(off) if off else scenario, self.seed, replicate)

    def at_once(self, script: Script, replicate: int) -> WorldResult:
        """One world from start to end, of which nothing is kept."""
        market = self._beginning(script, replicate)
        first = customers_by_firm(market)
        market = _advanced(market, self.design.opening)
        for settings in script.rounds:
            market = _advanced(market.fork(dict(settings)) if settings else market, self.design.months)
        return WorldResult(market.monthly(), shares_kept(first, market))

    def result(self, script: Script) -> WorldResult:
        """What came out of the world that was played, from the markets kept."""
        state = self.state(script)
        return WorldResult(state.monthly, shares_kept(customers_by_firm(self._beginning(script, 0)), state.market))

    def results(self, tasks: Sequence[tuple[Script, int]], progress: ProgressCall | None = None) -> list[WorldResult]:
        """The worlds of several scripts and replicates; those run before are kept. progress: may raise, and stops it"""

        def live(task: tuple[Script, int], halt: PhaseObserver) -> WorldResult:
            return self.at_once(*task)

        known = {task: self._results[task] for task in tasks if task in self._results}
        missing = [task for task in dict.fromkeys(tasks) if task not in known]
        known |= zip(missing, side_by_side(live, missing, self.workers, progress), strict=True)
        self._results |= known
        while len(self._results) > MOST_RESULTS:
            self._results.popitem(last=False)
        return [known[task] for task in tasks]

    def worth(self, result: WorldResult, seat: int) -> float:
        """Present value of a firm's profits from month 1 on. [money]"""
        return present_value(result.of_firm(seat), self.rate)


def _advanced(market: Market, months: int) -> Market:
    market.live_warm_up()
    for _ in range(months):
        market.step()
    return market


def customers_by_firm(market: Market) -> list[IntArray]:
    """Numbers of the people whom each firm supplies, by seat."""
    people = market.world.people
    numbers = numbers_of(people)
    return [numbers[people.supplier == seat] for seat in range(len(market.world.firms))]


def shares_kept(first: Sequence[IntArray], market: Market) -> tuple[float, ...]:
    """Share of each firm's first customers who are its customers now; 0 where it had none. first: by seat [0-1]"""
    now = customers_by_firm(market)
    return tuple(
        float(np.isin(before, after).mean()) if len(before) else 0.0 for before, after in zip(first, now, strict=True)
    )


def plain_list(values: Iterable[float]) -> list[float | None]:
    """Numbers as JSON has them, None for those that are none.

    >>> plain_list([1.0, float("nan")])
    [1.0, None]
    """
    return [float(value) if np.isfinite(value) else None for value in values]


def plain_numbers(values: Mapping[str, Any]) -> dict[str, float]:
    """Numbers as JSON has them, without those that are none."""
    return {name: float(value) for name, value in values.items() if np.isfinite(value)}
