"""Tuning: every policy is given the same number of trials to find its own best decisions in the same worlds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.compare import with_policy
from sim.experiments.parallel import side_by_side
from sim.experiments.samplers import DIRECT, SEARCHES, sample
from sim.experiments.search_space import (
    SEARCH_STEPS,
    Decisions,
    Ranges,
    allowed,
    names_at_bound,
    ranges_with,
    searched_policy,
    spread_points,
    tunable_decisions,
)
from sim.model.phases import PhaseObserver
from sim.parameters import Scenario
from sim.parameters.checking import count_argument, nearest
from sim.parameters.errors import BadInput
from sim.simulation.warm_up import warmed_up
from sim.statistics.reap import present_value

TRAINING = 1_000_000  # tuning lives in replications from here on, so that no comparison uses its worlds
WIDE = 0.3  # share of the trials that spread over the ranges


@dataclass(frozen=True)
class Tuned:
    """Best decisions of a policy.

    Args:
        policy: Name of the policy.
        settings: Decisions as settings of a firm, such as ``decisions.price``.
        trials: One row per trial: stage, decisions and mean net present value [money].
        ranges: Where each decision was searched.
    """

    policy: str
    settings: dict[str, float]
    trials: pd.DataFrame
    ranges: Ranges

    @property
    def at_bound(self) -> list[str]:
        """Decisions that ended at a bound of the search, as far as it can tell: better may lie beyond."""
        return names_at_bound(self.settings, self.ranges)


class _Search:
    """The trials of one policy."""

    def __init__(
        self,
        scenario: Scenario,
        policy: str,
        value: Callable[[list[Decisions]], list[float]],
        budget: int,
        ranges: Ranges,
    ) -> None:
        self.policy = policy
        made = searched_policy(scenario, policy)
        self.start = made.start.changed(scenario.firms[0].decisions)
        self.names = tunable_decisions(made, scenario.mechanisms)
        self.ranges = {name: ranges[name] for name in self.names}
        self.value = value
        self.budget = budget
        self.rows: list[dict[str, Any]] = []
        self.best: Decisions = {}
        self.most = -np.inf

    @property
    def left(self) -> int:
        """Trials that are left."""
        return self.budget - len(self.rows)

    def point(self, decisions: Mapping[str, float]) -> Decisions:
        """Decisions that this policy can take, in full and within their ranges."""
        full = {name: decisions.get(name, self.best.get(name, getattr(self.start, name))) for name in self.names}
        return {name: allowed(name, value, self.ranges[name]) for name, value in full.items()}

    def attempt(self, stage: str, points: Sequence[Decisions]) -> list[tuple[Decisions, float]]:
        """Try new points while trials are left; returns the points tried and their values."""
        known = [{name: row[name] for name in self.names} for row in self.rows]
        new = [point for place, point in enumerate(points) if point not in known and point not in points[:place]]
        tried = new[: self.left]
        results = list(zip(tried, self.value(tried), strict=True))
        for decisions, value in results:
            self.rows.append({"stage": stage, **decisions, "npv": value})
            if value > self.most:
                self.best, self.most = decisions, value
        return results

    def search_near(self) -> None:
        """Climb from the best; when nothing near is better, spread further points and climb from the best of those."""
        self._climb(self.best, self.most)
        shared = further = round(WIDE * self.budget)
        while self.left > 0:
            spread = spread_points(further + max(1, shared), self.ranges)[further:]
            points = [self.point(spread_point) for spread_point in spread]
            further += len(points)
            for here, most in sorted(self.attempt("further", points), key=lambda tried: -tried[1])[:1]:
                self._climb(here, most)

    def _climb(self, here: Decisions, most: float) -> None:
        """One decision after the other, a step to either side of the best; smaller steps when nothing gets better."""
        for step in SEARCH_STEPS:
            better = True
            while better and self.left > 0:
                before = most
                for name in self.names:
                    for decisions, value in self.attempt("near", self._move(here, name, step)):
                        if value > most:
                            here, most = decisions, value
                better = most > before

    def sample(self, sampler: str, seed: int) -> None:
        """Let a sampler of a library choose the trials that are left."""
        known = [({name: row[name] for name in self.names}, float(row["npv"])) for row in self.rows]

        def worth(decisions: Decisions) -> float:
            point = self.point(decisions)
            self.attempt(sampler, [point])
            return next(float(row["npv"]) for row in self.rows if point.items() <= row.items())

        sample(sampler, self.ranges, known, worth, self.left, seed)

    def _move(self, here: Decisions, name: str, step: float) -> list[Decisions]:
        low, high = self.ranges[name]
        sides = [here | {name: here[name] + side * step * (high - low)} for side in (1.0, -1.0)]
        return [self.point(side) for side in sides]

    def best_tuning(self) -> Tuned:
        """The best decisions and all trials."""
        settings = {f"decisions.{name}": value for name, value in self.best.items()}
        return Tuned(self.policy, settings, pd.DataFrame(self.rows), self.ranges)


def tune(
    scenario: Scenario,
    policies: Sequence[str],
    budget: int = 60,
    worlds: int = 2,
    seed: int | None = None,
    first_world: int = 0,
    progress: Callable[[int, int], None] | None = None,
    search: str = DIRECT,
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> dict[str, Tuned]:
    """Search the focal firm's decisions for the highest mean net present value, policy by policy.

    Tuned is every decision that does not define the policy and whose mechanism is on in the world. Every policy starts
    from its own decisions and from the same points over the ranges, then tries what was best for each of the others,
    and spends what is left near its best. All trials live in the same worlds.

    Args:
        scenario: The market; the focal firm is its first.
        policies: Policies to tune.
        budget: Trials for each policy, its own decisions included.
        worlds: Replications a trial.
        seed: Seed; the scenario's own if left out.
        first_world: Number of the first replication, counted from `TRAINING`.
        progress: Called with policies done and policies in all, once for each stage.
        search: How the trials after the shared points are chosen: ``direct``, or a sampler of optuna by the names of
            `sim.experiments.samplers.SAMPLERS`, which pays with hundreds of trials.
        ranges: Where to search instead, by decision.

    Raises:
        BadInput: The budget is too small, no such search, or its library is not installed; a range that is not allowed;
            or a policy that does not say which decisions define it.

    Source:
        Direct search: Hooke and Jeeves (1961); points over the ranges: additive recurrence (Korobov 1963).
    """
    budget, worlds = count_argument(budget, "budget"), count_argument(worlds, "worlds", 1)
    first_world = count_argument(first_world, "first_world")
    if budget < 2:
        raise BadInput(f"a tuning budget of {budget} was given; at least 2 trials are needed")
    if search not in SEARCHES:
        raise BadInput(f"search is {search!r}; allowed are {', '.join(SEARCHES)}.{nearest(search, SEARCHES)}")
    chosen = scenario.seed if seed is None else seed
    numbers = [TRAINING + first_world + world for world in range(worlds)]
    searched = ranges_with(ranges, scenario.firms[0].neutral)
    searches = [
        _Search(
            scenario,
            policy,
            lambda points, name=policy: _values(scenario, name, points, numbers, chosen),  # type: ignore[misc]
            budget,
            searched,
        )
        for policy in policies
    ]
    _try_shared_points(searches, searched)
    best = {policy_search.policy: dict(policy_search.best) for policy_search in searches}
    for done, policy_search in enumerate(searches, start=1):
        others = [best[policy] for policy in policies if policy != policy_search.policy]
        policy_search.attempt("of others", [policy_search.point(point) for point in others])
        policy_search.search_near() if search == DIRECT else policy_search.sample(search, chosen)
        if progress:
            progress(done, len(searches))
    return {policy_search.policy: policy_search.best_tuning() for policy_search in searches}


def worth_of(
    scenario: Scenario, policy: str, points: Sequence[Decisions], numbers: Sequence[int], seed: int
) -> np.ndarray:
    """Net present value of the focal firm with each set of decisions in each world, shape (points, worlds). [money]

    Args:
        scenario: The market; the focal firm is its first.
        policy: Policy of the focal firm.
        points: Sets of decisions.
        numbers: Replications, the same for every point.
        seed: Seed.
    """
    focal, rate = scenario.firms[0].name, scenario.market["discount_rate"]

    decided = [{f"decisions.{name}": number for name, number in point.items()} for point in points]
    worlds = [with_policy(scenario, policy, "focal", settings) for settings in decided]

    def value(work: tuple[int, int], halt: PhaseObserver) -> float:
        market = warmed_up(worlds[work[0]], seed, work[1])
        market.watcher = halt
        table = market.run().monthly()
        return present_value(table[table["firm"] == focal], rate)

    work = [(place, number) for place in range(len(points)) for number in numbers]
    return np.array(side_by_side(value, work)).reshape(len(points), len(numbers))


def _values(scenario: Scenario, policy: str, points: list[Decisions], numbers: Sequence[int], seed: int) -> list[float]:
    return [float(mean) for mean in worth_of(scenario, policy, points, numbers, seed).mean(axis=1)]


def _try_shared_points(searches: Sequence[_Search], ranges: Ranges) -> None:
    """Each policy's own decisions, and points over the ranges that are the same for all."""
    anybody = {name for policy_search in searches for name in policy_search.names}
    shared = spread_points(round(WIDE * searches[0].budget), {name: ranges[name] for name in ranges if name in anybody})
    for policy_search in searches:
        policy_search.attempt("own", [policy_search.point({})])
        policy_search.attempt("wide", [policy_search.point(point) for point in shared])
