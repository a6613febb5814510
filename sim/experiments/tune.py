"""Tuning: every policy is given the same number of trials to find its own best decisions in the same worlds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.compare import with_policy
from sim.experiments.parallel import side_by_side
from sim.experiments.samplers import DIRECT, SEARCHES, sample
from sim.model.month import PhaseObserver
from sim.parameters import Scenario
from sim.parameters.checking import count_argument, nearest
from sim.parameters.decisions import TUNED, TUNING_RANGES
from sim.parameters.errors import BadInput
from sim.parameters.policy_transitions import TransitionSettings
from sim.policies import Plan, policy_named
from sim.simulation.warm_up import warmed_up
from sim.statistics.reap import present_value

Decisions = dict[str, float]

TRAINING = 1_000_000  # tuning lives in replications from here on, so that no comparison uses its worlds
WIDE = 0.3  # share of the trials that spread over the ranges
SEARCH_STEPS = (0.25, 0.125, 0.0625)  # of the search near the best, as shares of a range


@dataclass(frozen=True)
class Tuned:
    """Best decisions of a policy.

    Args:
        policy: Name of the policy.
        settings: Decisions as settings of a firm, such as ``decisions.price``.
        trials: One row per trial: stage, decisions and mean net present value [money].
    """

    policy: str
    settings: dict[str, float]
    trials: pd.DataFrame

    @property
    def at_bound(self) -> list[str]:
        """Decisions that ended at an end of their range: there may be better beyond it."""
        values = {name.removeprefix("decisions."): value for name, value in self.settings.items()}
        return [name for name, value in values.items() if value in TUNING_RANGES[name]]


def tunable_decisions(start: Plan) -> tuple[str, ...]:
    """What may be tuned of a policy, such as depth only where the policy customises at all.

    >>> tunable_decisions(Plan())
    ('utilisation', 'research', 'price', 'marketing')
    """
    return tuple(name for name, tuning in TUNED.items() if not tuning.if_used or getattr(start, name) > 0.0)


class _Search:
    """The trials of one policy."""

    def __init__(
        self, policy: str, way: TransitionSettings, value: Callable[[list[Decisions]], list[float]], budget: int
    ) -> None:
        self.policy = policy
        self.start = policy_named(policy, way).start
        self.names = tunable_decisions(self.start)
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
        return {name: round(float(np.clip(value, *TUNING_RANGES[name])), 6) for name, value in full.items()}

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
            points = [self.point(spread_point) for spread_point in spread_points(further + max(1, shared))[further:]]
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

        sample(sampler, {name: TUNING_RANGES[name] for name in self.names}, known, worth, self.left, seed)

    def _move(self, here: Decisions, name: str, step: float) -> list[Decisions]:
        low, high = TUNING_RANGES[name]
        sides = [here | {name: here[name] + side * step * (high - low)} for side in (1.0, -1.0)]
        return [self.point(side) for side in sides]

    def best_tuning(self) -> Tuned:
        """The best decisions and all trials."""
        settings = {f"decisions.{name}": value for name, value in self.best.items()}
        return Tuned(self.policy, settings, pd.DataFrame(self.rows))


def tune(
    scenario: Scenario,
    policies: Sequence[str],
    budget: int = 30,
    worlds: int = 2,
    seed: int | None = None,
    first_world: int = 0,
    progress: Callable[[int, int], None] | None = None,
    search: str = DIRECT,
) -> dict[str, Tuned]:
    """Search the focal firm's decisions for the highest mean net present value, policy by policy.

    Every policy starts from its own decisions and from the same points over the ranges, then tries what was best for
    each of the others, and spends what is left near its best. All trials live in the same worlds.

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

    Raises:
        BadInput: The budget is too small, no such search, or its library is not installed.

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
    searches = [
        _Search(
            policy,
            scenario.firms[0].way,
            lambda points, name=policy: _values(scenario, name, points, numbers, chosen),  # type: ignore[misc]
            budget,
        )
        for policy in policies
    ]
    for policy_search in searches:
        policy_search.attempt("own", [policy_search.point({})])
        policy_search.attempt("wide", [policy_search.point(point) for point in spread_points(round(WIDE * budget))])
    best = {policy_search.policy: dict(policy_search.best) for policy_search in searches}
    for done, policy_search in enumerate(searches, start=1):
        others = [best[policy] for policy in policies if policy != policy_search.policy]
        policy_search.attempt("of others", [policy_search.point(point) for point in others])
        policy_search.search_near() if search == DIRECT else policy_search.sample(search, chosen)
        if progress:
            progress(done, len(searches))
    return {policy_search.policy: policy_search.best_tuning() for policy_search in searches}


def spread_points(count: int, ranges: Mapping[str, tuple[float, float]] = TUNING_RANGES) -> list[Decisions]:
    """So many points over the ranges, the same for every policy; any few of them lie far apart in every direction."""
    root = 2.0
    for _ in range(50):  # the positive root of x^(d + 1) = x + 1
        root = (1.0 + root) ** (1.0 / (len(ranges) + 1))
    points = []
    for k in range(1, count + 1):
        places = [(0.5 + k * root ** -(j + 1)) % 1.0 for j in range(len(ranges))]
        placed = zip(ranges.items(), places, strict=True)
        points.append({name: low + place * (high - low) for (name, (low, high)), place in placed})
    return points


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
