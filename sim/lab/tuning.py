"""Tuning: every policy is given the same small budget to find its own best decisions in a world."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import qmc

from sim.lab.comparison import adopted
from sim.lab.reap import present_value
from sim.lab.side_by_side import side_by_side
from sim.market import Market
from sim.month import Look
from sim.parameters import Scenario
from sim.parameters.errors import BadInput
from sim.policies import Plan, policy_named
from sim.state import Floats

# What may be tuned, and between which values; what defines a policy (walls, lines, priority) is left alone.
RANGES: dict[str, tuple[float, float]] = {
    "utilisation": (0.65, 0.95),
    "research": (0.0, 0.12),
    "price": (0.85, 1.25),
    "depth": (0.0, 1.0),
    "marketing": (0.0, 0.03),
}
TRAINING = 1_000_000  # tuning lives in replications from here on, so that no comparison uses its worlds
NEAR = 0.2  # width of the second half of the search, as a share of each range


@dataclass(frozen=True)
class Tuned:
    """Best decisions found.

    Args:
        policy: Name of the policy.
        settings: Decisions as settings of a firm, such as ``decisions.price``.
        trials: One row per trial: decisions and mean net present value [EUR].
        budget: Number of trials.
    """

    policy: str
    settings: dict[str, float]
    trials: pd.DataFrame
    budget: int


def tuned_decisions(start: Plan) -> tuple[str, ...]:
    """What may be tuned of a policy: depth only where the policy customises at all.

    >>> tuned_decisions(Plan())
    ('utilisation', 'research', 'price', 'marketing')
    """
    return tuple(name for name in RANGES if name != "depth" or start.depth > 0.0)


def tune(
    scenario: Scenario,
    policy: str,
    budget: int = 16,
    worlds: int = 2,
    seed: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Tuned:
    """Search the focal firm's decisions for the highest mean net present value.

    The policy's own decisions are the first trial; half of the others spread over the ranges, the rest lie near the
    best so far. Every trial lives in the same worlds.

    Args:
        scenario: The market; the focal firm is its first.
        policy: Policy to tune.
        budget: Number of trials, the policy's own included.
        worlds: Replications a trial.
        seed: Seed; the scenario's own if left out.
        progress: Called with trials done and trials in all.

    Raises:
        BadInput: The budget is too small.

    Source:
        Low-discrepancy search: Halton (1960).
    """
    if budget < 2:
        raise BadInput(f"a tuning budget of {budget} was given; at least 2 trials are needed")
    names = tuned_decisions(policy_named(policy).start)
    chosen = scenario.seed if seed is None else seed
    wide = budget // 2
    trials: list[tuple[dict[str, float], float]] = []

    def tried(decisions: list[dict[str, float]]) -> None:
        values = _values(scenario, policy, decisions, worlds, chosen)
        trials.extend(zip(decisions, values, strict=True))
        if progress:
            progress(len(trials), budget)

    tried([{}, *_spread(names, wide, {})])
    best = max(trials, key=lambda one: one[1])[0]
    if budget - 1 - wide > 0:
        tried(_spread(names, budget - 1 - wide, best or _own(policy, names)))
    best = max(trials, key=lambda one: one[1])[0]
    table = pd.DataFrame([decisions | {"npv": value} for decisions, value in trials])
    return Tuned(policy, {f"decisions.{name}": value for name, value in best.items()}, table, budget)


def _own(policy: str, names: tuple[str, ...]) -> dict[str, float]:
    start = policy_named(policy).start
    return {name: float(getattr(start, name)) for name in names}


def _spread(names: tuple[str, ...], count: int, centre: dict[str, float]) -> list[dict[str, float]]:
    """Points over the ranges, or near a centre."""
    points: Floats = qmc.Halton(len(names), scramble=False).random(count + 1)[1:]
    found = []
    for point in points:
        decisions = {}
        for name, place in zip(names, point, strict=True):
            low, high = RANGES[name]
            value = low + place * (high - low)
            if centre:
                value = centre[name] + NEAR * (high - low) * (2.0 * place - 1.0)
            decisions[name] = round(float(np.clip(value, low, high)), 6)
        found.append(decisions)
    return found


def _values(scenario: Scenario, policy: str, decisions: list[dict[str, float]], worlds: int, seed: int) -> list[float]:
    focal, rate = scenario.firms[0].name, scenario.market["discount_rate"]

    def value(work: tuple[int, int], halt: Look) -> float:
        settings: dict[str, Any] = {f"decisions.{name}": one for name, one in decisions[work[0]].items()}
        world = adopted(scenario, policy, "focal", settings)
        market = Market(world, seed=seed, replicate=TRAINING + work[1])
        market.watcher = halt
        table = market.run().monthly()
        return present_value(table[table["firm"] == focal], rate)

    work = [(trial, world) for trial in range(len(decisions)) for world in range(worlds)]
    found = np.array(side_by_side(value, work)).reshape(len(decisions), worlds)
    return [float(mean) for mean in found.mean(axis=1)]
